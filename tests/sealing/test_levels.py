"""Levels above B-B against an authority of our own on loopback: reached, renewed, and refused whenever one answer is
missing or wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from asn1crypto import tsp

from app import codec
from app.domain import errors
from app.domain.level import Level
from app.domain.verdict import Report, Verdict
from app.sealing.levels import Kind, Want
from app.sealing.verifying import TrustAnchor
from app.sealing.verifying.jobs import verify as judge
from app.services.messages import words
from tests.support.certo import DAY, Certo, certo
from tests.support.raising import Noted, fetching, raised, sealed

ABOVE = (Level.B_T, Level.B_LT, Level.B_LTA)


@pytest.fixture(scope="module")
def pki(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Certo]:
    with certo(tmp_path_factory.mktemp("pki")) as served:
        yield served


def verdict(path: Path, pki: Certo, at: datetime | None = None) -> Report:
    """Without any network: from the bytes of the file and the root alone."""
    payload = {
        "path": str(path),
        "trust": codec.encode(pki.anchors, tuple[TrustAnchor, ...]),
        "at": (at or datetime.now(UTC)).isoformat(),
        "renderer_repairs": False,
        "brought": {},
    }
    return codec.decode(Report, judge(payload))


def signer(report: Report) -> tuple[Verdict, str]:
    first = next(each for each in report.signatures if not each.is_timestamp)
    return first.verdict, first.level


@pytest.mark.parametrize("level", ABOVE)
@pytest.mark.parametrize("person", ["alice", "carol"])
def test_a_new_seal_reaches_the_level_that_was_asked_for(pki: Certo, tmp_path: Path, level: Level, person: str) -> None:
    out = tmp_path / "out.pdf"
    made = raised(sealed(tmp_path, pki.person(person)), out, level, pki)
    assert made.level is level
    report = verdict(out, pki)
    assert (report.verdict, signer(report)) == (Verdict.VALID, (Verdict.VALID, level))
    assert report.sha256 == made.sha256


@pytest.mark.parametrize("level", ABOVE)
def test_a_file_sealed_offline_is_strengthened_by_increments(pki: Certo, tmp_path: Path, level: Level) -> None:
    source, out = sealed(tmp_path, pki.person("carol"), room=0), tmp_path / "out.pdf"
    before = source.read_bytes()
    raised(source, out, level, pki, fresh=False)
    assert out.read_bytes().startswith(before)
    assert source.read_bytes() == before
    assert signer(verdict(out, pki)) == (Verdict.VALID, level)


def test_every_level_stands_on_the_one_below(pki: Certo, tmp_path: Path) -> None:
    current = sealed(tmp_path, pki.person("alice"))
    for level in ABOVE:
        raised(current, tmp_path / f"{level}.pdf", level, pki)
        current = tmp_path / f"{level}.pdf"
        assert signer(verdict(current, pki)) == (Verdict.VALID, level)


def test_a_file_that_lasts_is_checked_offline_and_renewed_for_decades(pki: Certo, tmp_path: Path) -> None:
    current = tmp_path / "0.pdf"
    raised(sealed(tmp_path, pki.person("alice")), current, Level.B_LTA, pki)
    begin = datetime.now(UTC)
    for years in (1, 3, 6, 9):
        moment = begin + timedelta(days=365 * years + 30)
        assert signer(verdict(current, pki, moment)) == (Verdict.VALID, Level.B_LTA)
        renewed = tmp_path / f"{years}.pdf"
        with pki.time(moment):
            raised(current, renewed, Level.B_LTA, pki, now=moment, fresh=False)
        assert renewed.read_bytes().startswith(current.read_bytes())
        assert signer(verdict(renewed, pki, moment)) == (Verdict.VALID, Level.B_LTA)
        current = renewed


def test_a_time_stamp_proves_that_an_expired_certificate_was_good(pki: Certo, tmp_path: Path) -> None:
    out = tmp_path / "out.pdf"
    raised(sealed(tmp_path, pki.person("carol")), out, Level.B_LT, pki)
    late = datetime.now(UTC) + 500 * DAY
    assert "expired_since" in verdict(out, pki, late).signatures[0].reasons
    assert signer(verdict(out, pki, late))[0] is Verdict.VALID


def test_fault_80_a_revoked_signer_gets_no_level_that_says_otherwise(pki: Certo, tmp_path: Path) -> None:
    source, out = sealed(tmp_path, pki.person("mallory")), tmp_path / "out.pdf"
    for level in (Level.B_LT, Level.B_LTA):
        with pytest.raises(errors.IdentityUnusable) as refused:
            raised(source, out, level, pki)
        assert refused.value.reason == "revoked"
        assert refused.value.instead == ""
        assert not out.exists()


@pytest.mark.parametrize("kind", ["crls", "certs"])
def test_fault_81_no_answer_about_revocation_makes_no_lower_level(pki: Certo, tmp_path: Path, kind: str) -> None:
    key = pki.person("alice")
    source, out = sealed(tmp_path, replace(key, chain_der=())), tmp_path / "out.pdf"
    for level in (Level.B_LT, Level.B_LTA):
        with pki.out_of_order(kind), pytest.raises(errors.EvidenceMissing) as refused:
            raised(source, out, level, pki)
        assert refused.value.reason in ("unreachable", "unknown_trust")
        assert refused.value.instead == Level.B_T
        assert "level B-T (--level B-T)" in words(refused.value).todo
        assert not out.exists()


def test_a_list_is_asked_where_the_responder_is_silent(pki: Certo, tmp_path: Path) -> None:
    ledger, out = Noted(), tmp_path / "out.pdf"
    with pki.out_of_order("ocsp"):
        raised(sealed(tmp_path, pki.person("alice")), out, Level.B_LT, pki, fetch=fetching(ledger))
    assert signer(verdict(out, pki)) == (Verdict.VALID, Level.B_LT)
    assert {"RemoteDown", "200"} == {line.outcome for line in ledger.lines}


def test_a_missing_issuer_is_fetched_from_where_the_certificate_says(pki: Certo, tmp_path: Path) -> None:
    key, out = pki.person("carol"), tmp_path / "out.pdf"
    raised(sealed(tmp_path, replace(key, chain_der=())), out, Level.B_LTA, pki)
    assert signer(verdict(out, pki)) == (Verdict.VALID, Level.B_LTA)


# -- fault 79: nine ways for a time-stamp authority to go wrong ------------------------------------------------------


def other_imprint(want: Want) -> Want:
    query = tsp.TimeStampReq.load(want.body)
    query["message_imprint"]["hashed_message"] = bytes(32)
    return Want(want.kind, want.url, query.dump(force=True))


def other_nonce(want: Want) -> Want:
    query = tsp.TimeStampReq.load(want.body)
    query["nonce"] = 5
    return Want(want.kind, want.url, query.dump(force=True))


def answered_with(pki: Certo, change: Callable[[Want], Want]) -> Callable[[Want], bytes]:
    honest = fetching()
    return lambda want: honest(change(want) if want.kind is Kind.TIMESTAMP else want)


def refused(pki: Certo, folder: Path, **more: object) -> errors.ParaphError:
    """What B-T fails with; nothing may be written."""
    source, out = sealed(folder, pki.person("carol")), folder / "out.pdf"
    with pytest.raises(errors.ParaphError) as problem:
        raised(source, out, Level.B_T, pki, **more)
    assert not out.exists()
    assert sorted(each.name for each in folder.iterdir()) == ["laid.pdf", "sealed.pdf"]
    assert problem.value.instead == Level.B_B
    assert "only if you choose it, level B-B (--level B-B)" in words(problem.value).todo
    return problem.value


def test_fault_79_an_authority_that_is_down_is_said_so(pki: Certo, tmp_path: Path) -> None:
    assert isinstance(refused(pki, tmp_path, tsa_url="http://127.0.0.1:9/tsa"), errors.NoConnection)


def test_fault_79_an_authority_with_trouble_is_said_so(pki: Certo, tmp_path: Path) -> None:
    with pki.out_of_order("tsa"):
        assert isinstance(refused(pki, tmp_path), errors.RemoteDown)


def test_fault_79_a_login_page_is_no_time_stamp(pki: Certo, tmp_path: Path) -> None:
    with pki.out_of_order("tsa", "200 OK", b"<html>Welcome to our hotel</html>"):
        assert isinstance(refused(pki, tmp_path), errors.NotTheService)


def test_fault_79_an_authority_that_hangs_is_given_up(pki: Certo, tmp_path: Path) -> None:
    from tests.support.http_server import Silence, serving

    with serving(Silence()) as server:
        problem = refused(pki, tmp_path, tsa_url=server.url, fetch=fetching(wall_s=0.3))
    assert isinstance(problem, errors.RemoteTimedOut)


def test_fault_79_garbage_is_no_time_stamp(pki: Certo, tmp_path: Path) -> None:
    problem = refused(pki, tmp_path, fetch=lambda _want: b"\x30\x03\x02\x01\x00" * 7)
    assert (problem.kind, problem.facts["reason"]) == ("TimestampRefused", "unreadable")


def test_fault_79_a_refusal_is_said_so(pki: Certo, tmp_path: Path) -> None:
    no = tsp.PKIStatusInfo({"status": "rejection"}).dump()
    problem = refused(pki, tmp_path, fetch=lambda _want: b"\x30" + bytes([len(no)]) + no)
    assert problem.facts["reason"] == "rejected"


def test_fault_79_a_replayed_answer_is_found_out(pki: Certo, tmp_path: Path) -> None:
    assert refused(pki, tmp_path, fetch=answered_with(pki, other_nonce)).facts["reason"] == "replayed"


def test_fault_79_a_time_stamp_over_something_else_is_found_out(pki: Certo, tmp_path: Path) -> None:
    assert refused(pki, tmp_path, fetch=answered_with(pki, other_imprint)).facts["reason"] == "imprint"


@pytest.mark.parametrize("off", [timedelta(hours=-1), timedelta(hours=1), timedelta(minutes=6)])
def test_fault_79_a_wrong_time_is_found_out(pki: Certo, tmp_path: Path, off: timedelta) -> None:
    with pki.time(datetime.now(UTC) + off):
        assert refused(pki, tmp_path).facts["reason"] == "time"


def test_fault_79_a_time_before_the_authority_itself_is_found_out(pki: Certo, tmp_path: Path) -> None:
    with pki.time(datetime.now(UTC) - 3 * DAY):
        assert refused(pki, tmp_path, tsa_url=pki.young_tsa_url).facts["reason"] == "before_certificate"


def test_fault_79_a_time_stamp_that_was_changed_is_found_out(pki: Certo, tmp_path: Path) -> None:
    def bent(want: Want) -> bytes:
        reply = bytearray(fetching()(want))
        reply[-10] ^= 1
        return bytes(reply)

    assert refused(pki, tmp_path, fetch=bent).facts["reason"] in ("signature", "unreadable")


def test_fault_79_an_authority_nobody_trusts_proves_nothing(pki: Certo, tmp_path: Path) -> None:
    with certo(tmp_path_for(tmp_path)) as stranger:
        source, out = sealed(tmp_path, pki.person("carol")), tmp_path / "out.pdf"
        with pytest.raises(errors.TimestampRefused) as problem:
            raised(source, out, Level.B_T, pki, tsa_url=stranger.tsa_url)
    assert problem.value.reason == "unknown_trust"
    assert not out.exists()


def test_fault_79_the_time_stamp_for_archives_that_fails_leaves_the_choice_of_what_was_reached(
    pki: Certo, tmp_path: Path
) -> None:
    stamped: list[Want] = []

    def first_only(want: Want) -> bytes:
        if want.kind is Kind.TIMESTAMP:
            stamped.append(want)
        return fetching()(want) if len(stamped) < 2 else b"garbage"

    source, out = sealed(tmp_path, pki.person("carol")), tmp_path / "out.pdf"
    with pytest.raises(errors.TimestampRefused) as problem:
        raised(source, out, Level.B_LTA, pki, fetch=first_only)
    assert problem.value.instead == Level.B_LT
    assert not out.exists()


def test_fault_79_a_file_that_is_extended_keeps_its_level_or_gets_what_can_be_had(pki: Certo, tmp_path: Path) -> None:
    source, out = sealed(tmp_path, pki.person("carol"), room=0), tmp_path / "out.pdf"
    with pki.out_of_order("tsa"), pytest.raises(errors.RemoteDown) as silent:
        raised(source, out, Level.B_T, pki, fresh=False)
    assert silent.value.instead == errors.AS_IS
    assert "The file is as before" in words(silent.value).todo
    with pki.out_of_order("crls"), pytest.raises(errors.EvidenceMissing) as missing:
        raised(source, out, Level.B_LT, pki, fresh=False)
    assert missing.value.instead == Level.B_T
    raised(source, out, Level.B_T, pki, fresh=False)
    with pki.out_of_order("crls"), pytest.raises(errors.EvidenceMissing) as kept:
        raised(out, tmp_path / "higher.pdf", Level.B_LT, pki, fresh=False)
    assert kept.value.instead == errors.AS_IS


def tmp_path_for(folder: Path) -> Path:
    keys = folder / "keys"
    keys.mkdir()
    return keys


def test_without_an_authority_nothing_is_passed_off_as_a_time_stamp(pki: Certo, tmp_path: Path) -> None:
    assert isinstance(refused(pki, tmp_path, tsa_url=""), errors.NoTimestampAuthority)


def test_the_ledger_names_every_connection(pki: Certo, tmp_path: Path) -> None:
    ledger = Noted()
    raised(sealed(tmp_path, pki.person("carol")), tmp_path / "o.pdf", Level.B_LTA, pki, fetch=fetching(ledger))
    assert {line.why for line in ledger.lines} == {"time stamp", "certificate status", "revocation list"}
    assert all(line.outcome == "200" and line.received for line in ledger.lines)
