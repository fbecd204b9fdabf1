"""Answers about certificates serve all files of a run, as long as they are good and say nothing bad."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from asn1crypto import crl, ocsp

from app.domain import errors
from app.domain.level import Level
from app.domain.verdict import Verdict
from app.sealing import Sealer
from app.sealing.levels import Kind, Want
from app.sealing.levels.keeping import LONGEST
from app.sealing.levels.sources import good_until
from tests.sealing.test_levels import signer, verdict
from tests.support.certo import Certo, certo
from tests.support.raising import Inline, fetching, raised, sealed

NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture(scope="module")
def pki(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Certo]:
    with certo(tmp_path_factory.mktemp("pki")) as served:
        yield served


def asked(pki: Certo) -> dict[str, int]:
    """How often each kind of service was asked since the last look."""
    found = Counter(path.split("/")[2] for path in pki.asked)
    pki.asked.clear()
    return dict(found)


def test_many_files_cost_one_answer_of_each_authority_and_a_time_stamp_each(pki: Certo, tmp_path: Path) -> None:
    sealer, source = Sealer(Inline()), sealed(tmp_path, pki.person("alice"))
    asked(pki)
    for number in range(5):
        raised(source, tmp_path / f"{number}.pdf", Level.B_LT, pki, sealer=sealer)
    assert all(count == 1 for count in Counter(path for path in pki.asked if "/tsa/" not in path).values())
    assert asked(pki) == {"tsa": 5, "ocsp": 1, "crls": 1}
    files = [tmp_path / f"{number}.pdf" for number in range(5)]
    assert [signer(verdict(file, pki)) for file in files] == [(Verdict.VALID, Level.B_LT)] * 5
    assert all(b"/OCSPs" in file.read_bytes() for file in files)
    assert all(b"/CRLs" in file.read_bytes() for file in files)


def test_another_signer_and_another_time_are_asked_about_anew(pki: Certo, tmp_path: Path) -> None:
    sealer, later = Sealer(Inline()), datetime.now(UTC) + LONGEST + timedelta(minutes=1)
    alice = sealed(tmp_path, pki.person("alice")).rename(tmp_path / "alice.pdf")
    sources = [alice, sealed(tmp_path, pki.person("carol"))]
    asked(pki)
    for number, source in enumerate(sources):
        raised(source, tmp_path / f"{number}.pdf", Level.B_LT, pki, sealer=sealer)
    assert asked(pki) == {"tsa": 2, "ocsp": 2, "crls": 1}
    with pki.time(later):
        raised(alice, tmp_path / "later.pdf", Level.B_LT, pki, sealer=sealer, now=later)
    assert asked(pki) == {"tsa": 1, "ocsp": 1, "crls": 1}


def test_an_answer_is_not_used_beyond_its_next_update(pki: Certo, tmp_path: Path) -> None:
    """The responder's answers are good for ten minutes."""
    sealer, now = Sealer(Inline()), datetime.now(UTC)
    source = sealed(tmp_path, pki.person("alice"))
    raised(source, tmp_path / "0.pdf", Level.B_LT, pki, sealer=sealer)
    asked(pki)
    for minutes, wanted in ((8, {"tsa": 1}), (11, {"tsa": 1, "ocsp": 1})):
        moment = now + timedelta(minutes=minutes)
        with pki.time(moment):
            raised(source, tmp_path / f"{minutes}.pdf", Level.B_LT, pki, sealer=sealer, now=moment)
        assert asked(pki) == wanted


def test_silence_is_not_kept_and_what_was_not_enough_is_asked_again(pki: Certo, tmp_path: Path) -> None:
    sealer, source = Sealer(Inline()), sealed(tmp_path, pki.person("alice"))
    with pki.out_of_order("crls"), pytest.raises(errors.EvidenceMissing):
        raised(source, tmp_path / "no.pdf", Level.B_LT, pki, sealer=sealer)
    asked(pki)
    raised(source, tmp_path / "out.pdf", Level.B_LT, pki, sealer=sealer)
    assert asked(pki) == {"tsa": 1, "ocsp": 1, "crls": 1}


def test_fault_80_a_revoked_signer_is_asked_about_each_time(pki: Certo, tmp_path: Path) -> None:
    sealer, source = Sealer(Inline()), sealed(tmp_path, pki.person("mallory"))
    asked(pki)
    for number in range(1, 3):
        with pytest.raises(errors.IdentityUnusable):
            raised(source, tmp_path / "out.pdf", Level.B_LT, pki, sealer=sealer)
        assert asked(pki)["ocsp"] == 1, number


# -- how long an answer is good ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def answers(pki: Certo, tmp_path_factory: pytest.TempPathFactory) -> dict[Kind, bytes]:
    """Real ones, to be altered: nobody looks at their signatures here."""
    came: dict[Kind, bytes] = {}

    def noting(want: Want) -> bytes:
        came[want.kind] = fetching()(want)
        return came[want.kind]

    folder = tmp_path_factory.mktemp("answers")
    raised(sealed(folder, pki.person("alice")), folder / "out.pdf", Level.B_LT, pki, fetch=noting)
    return came


def answered(data: bytes, **more: Any) -> bytes:
    """An OCSP answer with these facts in the place of its own; None takes one away."""
    whole = ocsp.OCSPResponse.load(data)
    basic = whole.response_data
    (one,) = basic["responses"]
    for name, value in {"this_update": NOW, "next_update": NOW + HOUR, **more}.items():
        one[name] = value
    wrapped = whole["response_bytes"]["response"].parsed
    return ocsp.OCSPResponse(
        {
            "response_status": "successful",
            "response_bytes": {
                "response_type": "basic_ocsp_response",
                "response": ocsp.BasicOCSPResponse(
                    {
                        "tbs_response_data": basic,
                        "signature_algorithm": wrapped["signature_algorithm"],
                        "signature": wrapped["signature"],
                    }
                ),
            },
        }
    ).dump(force=True)


@pytest.mark.parametrize(
    ("facts", "until"),
    [
        ({}, NOW + HOUR),
        ({"next_update": None}, None),
        ({"next_update": NOW}, None),
        ({"this_update": NOW + HOUR / 2}, None),
        ({"cert_status": ocsp.CertStatus("unknown", None)}, None),
        ({"cert_status": ocsp.CertStatus("revoked", {"revocation_time": NOW - HOUR})}, None),
    ],
)
def test_only_a_good_answer_that_names_its_end_may_serve_others(
    answers: dict[Kind, bytes], facts: dict[str, Any], until: datetime | None
) -> None:
    assert good_until(Kind.OCSP, answered(answers[Kind.OCSP], **facts), NOW) == until


def test_a_list_serves_others_until_its_next_update(answers: dict[Kind, bytes]) -> None:
    found = crl.CertificateList.load(answers[Kind.CRL])["tbs_cert_list"]
    begin, end = found["this_update"].native, found["next_update"].native
    assert good_until(Kind.CRL, answers[Kind.CRL], begin) == end
    assert good_until(Kind.CRL, answers[Kind.CRL], end) is None
    assert good_until(Kind.CRL, answers[Kind.CRL], begin - HOUR) is None
    endless = crl.CertificateList.load(answers[Kind.CRL])
    endless["tbs_cert_list"]["next_update"] = None
    assert good_until(Kind.CRL, endless.dump(force=True), begin) is None


def test_a_certificate_serves_others_while_it_lives_and_what_cannot_be_read_serves_nobody(pki: Certo) -> None:
    assert good_until(Kind.ISSUER, pki.certificate("issuing"), datetime.now(UTC)) is not None
    assert good_until(Kind.ISSUER, pki.certificate("expired"), datetime.now(UTC)) is None
    for kind in (Kind.OCSP, Kind.CRL, Kind.ISSUER):
        for data in (b"", b"<html>", json.dumps({}).encode()):
            assert good_until(kind, data, NOW) is None
