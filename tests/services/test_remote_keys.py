"""A key at a trust service signs, and whatever goes wrong there writes nothing here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain import errors
from app.domain.verdict import Verdict
from app.services import batching, identities, remote_keys, remote_login, sealing_files, signing_at_once, verifying
from app.services.house import House
from app.services.remote_login import Account, Session
from tests.fakes.csc import OTP, PIN, TOKEN, TRIES, Trust, trust_service
from tests.support import leases
from tests.support.certo import Certo, certo
from tests.support.pages import write_pdf


@pytest.fixture(scope="module")
def pki(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Certo]:
    with certo(tmp_path_factory.mktemp("pki")) as served:
        yield served


@pytest.fixture
def trust(pki: Certo) -> Iterator[Trust]:
    with trust_service({"k1": pki.person("alice"), "k2": pki.person("carol")}) as served:
        yield served


def account(house: House, url: str) -> Session:
    return remote_login.session(house, Account(url, secret=TOKEN))


def add(house: House, trust: Trust, key: str = "k1", name: str = "far") -> None:
    remote_keys.add(account(house, trust.url), name, key)


def seal(house: House, folder: Path, secret: str | None = PIN) -> Path:
    out = folder / "sealed.pdf"
    key = sealing_files.signing_key(house, "far", secret)
    sealing_files.seal_file(house, write_pdf(folder / "a.pdf"), out, key, sealing_files.Order())
    return out


def listed(house: House, folder: Path) -> set[str]:
    return {str(each) for root in (folder, house.folder / "blobs") for each in root.rglob("*") if each.is_file()}


@pytest.mark.parametrize(("key", "person"), [("k1", "Alice"), ("k2", "Carol")])
def test_a_file_is_sealed_by_the_service_and_verifies(
    house: House, trust: Trust, pki: Certo, tmp_path: Path, key: str, person: str
) -> None:
    add(house, trust, key)
    ((record, card),) = identities.cards(house)
    assert (record.kind, card.name, card.usable) == ("csc", person, None)
    assert key in card.where
    verifying.add_trust(house, pki.root_file(tmp_path))
    judged = verifying.verify(house, seal(house, tmp_path)).report
    assert (judged.verdict, judged.signatures[0].signer) == (Verdict.VALID, person)
    assert trust.signed == 1


def test_a_recipient_signs_every_document_with_it(house: House, trust: Trust, pki: Certo, tmp_path: Path) -> None:
    add(house, trust)
    verifying.add_trust(house, pki.root_file(tmp_path))
    envelope_id = leases.sent(house, tmp_path, "buyer")
    signing_at_once.sign(house, envelope_id, "buyer", leases.act("buyer", identity="far", passphrase=PIN))
    (document,) = house.library.envelope(house.library.resolve(envelope_id)).documents
    judged = verifying.verify(house, house.library.blobs.path(document.latest)).report
    assert (judged.verdict, judged.signatures[0].signer) == (Verdict.VALID, "Alice")


def test_a_one_time_password_comes_behind_the_pin(house: House, trust: Trust, tmp_path: Path) -> None:
    trust.asks = ("PIN", "OTP")
    add(house, trust)
    for short in ("", None, PIN):
        with pytest.raises(errors.PassphraseWrong):
            seal(house, tmp_path, short)
    assert seal(house, tmp_path, f"{PIN} {OTP}").exists()


def two_documents(house: House, folder: Path) -> str:
    write_pdf(folder / "second.pdf")
    return leases.sent(house, folder, "buyer", documents=[{"path": "lease.pdf"}, {"path": "second.pdf"}])


def test_one_release_is_for_every_document_of_a_recipient(house: House, trust: Trust, tmp_path: Path) -> None:
    trust.asks, trust.at_once, trust.otp_uses = ("PIN", "OTP"), 10, 1
    add(house, trust)
    envelope_id = two_documents(house, tmp_path)
    secret = f"{PIN} {OTP}"
    signing_at_once.sign(house, envelope_id, "buyer", leases.act("buyer", identity="far", passphrase=secret))
    documents = house.library.envelope(house.library.resolve(envelope_id)).documents
    for document in documents:
        report = verifying.verify(house, house.library.blobs.path(document.latest)).report
        assert (report.signatures[0].signer, report.signatures[0].intact) == ("Alice", True)
    assert len({document.latest for document in documents}) == 2
    assert (trust.releases, trust.signed) == (1, 2)


def test_where_the_second_document_is_not_released_nothing_is_signed(
    house: House, trust: Trust, tmp_path: Path
) -> None:
    trust.asks, trust.otp_uses = ("PIN", "OTP"), 1
    add(house, trust)
    envelope_id = two_documents(house, tmp_path)
    before = house.library.envelope(house.library.resolve(envelope_id))
    act = leases.act("buyer", identity="far", passphrase=f"{PIN} {OTP}")
    blobs = listed(house, house.folder)
    with pytest.raises(errors.KeyNotReleased):
        signing_at_once.sign(house, envelope_id, "buyer", act)
    assert house.library.envelope(house.library.resolve(envelope_id)).documents == before.documents
    assert {each for each in listed(house, house.folder) - blobs if each.endswith(".pdf")} == set()


@pytest.mark.parametrize(("at_once", "releases"), [(1, 7), (3, 3), (100, 1)])
def test_many_files_are_released_together(
    house: House, trust: Trust, tmp_path: Path, at_once: int, releases: int
) -> None:
    trust.at_once = at_once
    add(house, trust)
    files = [write_pdf(tmp_path / f"{number}.pdf") for number in range(7)]
    key = sealing_files.signing_key(house, "far", PIN)
    outcomes = batching.seal_files(house, files, tmp_path / "out", key, sealing_files.Order(), lambda *_: None)
    assert [each.error for each in outcomes] == [None] * 7
    assert (trust.releases, trust.signed) == (releases, 7)


def test_a_file_that_cannot_be_sealed_takes_no_signature(house: House, trust: Trust, tmp_path: Path) -> None:
    trust.at_once = 5
    add(house, trust)
    files = [write_pdf(tmp_path / "a.pdf"), tmp_path / "b.pdf", write_pdf(tmp_path / "c.pdf")]
    files[1].write_bytes(b"%PDF-1.7 and no more")
    key = sealing_files.signing_key(house, "far", PIN)
    outcomes = batching.seal_files(house, files, tmp_path / "out", key, sealing_files.Order(), lambda *_: None)
    assert [each.error is None for each in outcomes] == [True, False, True]
    assert (trust.releases, trust.signed) == (1, 2)


def test_with_several_keys_one_must_be_named_and_the_token_is_kept_in_the_vault(house: House, trust: Trust) -> None:
    with pytest.raises(errors.UsageError) as several:
        remote_keys.add(account(house, trust.url), "far")
    assert "k1, k2" in several.value.problem
    assert house.vault.names() == ()
    add(house, trust)
    assert TOKEN not in str(identities.records(house)[0].where)
    identities.remove(house, "far")
    assert house.vault.names() == ()


@pytest.mark.parametrize(
    ("fault", "problem"),
    [
        ("another key", errors.SealNotTrusted), ("another hash", errors.SealNotTrusted),
        ("garbled", errors.AnswerUnreadable), ("one more", errors.AnswerUnreadable), ("401", errors.CredentialRefused),
        ("down", errors.RemoteDown), pytest.param("silent", errors.RemoteError, marks=pytest.mark.slow),
    ],
)  # fmt: skip
def test_what_goes_wrong_there_writes_nothing_here(
    house: House, trust: Trust, tmp_path: Path, fault: str, problem: type[errors.ParaphError]
) -> None:
    add(house, trust)
    trust.fault = fault
    write_pdf(tmp_path / "a.pdf")
    before = listed(house, tmp_path)
    with pytest.raises(problem):
        seal(house, tmp_path)
    assert listed(house, tmp_path) == before


def test_a_wrong_pin_and_a_locked_key_are_told_in_the_words_of_the_service(
    house: House, trust: Trust, tmp_path: Path
) -> None:
    add(house, trust)
    for _ in range(TRIES):
        with pytest.raises(errors.KeyNotReleased) as refused:
            seal(house, tmp_path, "0000")
        assert refused.value.message == "The PIN is invalid"
    with pytest.raises(errors.KeyNotReleased) as refused:
        seal(house, tmp_path)
    assert "locked" in refused.value.message
    assert not (tmp_path / "sealed.pdf").exists()
    assert trust.signed == 0


def test_no_secret_stands_in_the_list_of_connections(house: House, trust: Trust, tmp_path: Path) -> None:
    add(house, trust)
    with pytest.raises(errors.KeyNotReleased) as refused:
        seal(house, tmp_path, "9182736455")
    seal(house, tmp_path)
    told = str(house.library.connections.newest()) + str(refused.value.facts)
    assert not [secret for secret in (TOKEN, PIN, "9182736455") if secret in told]


@pytest.mark.parametrize(
    ("state", "certificate", "reason"), [("disabled", "valid", "disabled"), ("enabled", "revoked", "revoked")]
)
def test_what_the_service_says_of_the_key_is_heeded_each_time(
    house: House, trust: Trust, tmp_path: Path, state: str, certificate: str, reason: str
) -> None:
    add(house, trust)
    trust.status, trust.certificate_status = state, certificate
    for way in (lambda: seal(house, tmp_path), lambda: add(house, trust, "k2", "other")):
        with pytest.raises(errors.IdentityUnusable) as refused:
            way()
        assert refused.value.reason == reason
    assert trust.signed == 0


def test_a_certificate_that_expired_is_not_taken_in(house: House, pki: Certo) -> None:
    with trust_service({"k1": pki.person("expired")}) as trust, pytest.raises(errors.IdentityUnusable) as refused:
        remote_keys.add(account(house, trust.url), "far")
    assert refused.value.reason == "expired"
    assert identities.records(house) == ()


def test_a_revoked_one_spends_no_pin(house: House, pki: Certo, tmp_path: Path) -> None:
    with trust_service({"k1": pki.person("mallory")}) as trust:
        remote_keys.add(account(house, trust.url), "far")
        with pytest.raises(errors.IdentityUnusable) as refused:
            seal(house, tmp_path)
        assert refused.value.reason == "revoked"
        assert (trust.wrong, trust.signed, trust.released) == (0, 0, {})


def test_a_service_without_https_is_not_spoken_to(house: House) -> None:
    with pytest.raises(errors.TargetRefused):
        remote_keys.add(account(house, "http://trust.example/csc/v2"), "far")
