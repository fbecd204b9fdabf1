"""A person's own certificates, and the device's."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.serialization import pkcs12

from app import identities as making
from app.domain import errors
from app.services import device, identities, reading, signing_at_once, verifying, viewing
from app.services.house import House
from tests.support import leases


def pkcs12_file(path: Path, passphrase: bytes, name: str = "Jane Smith") -> Path:
    made = making.self_signed(name, "jane@example.com", datetime.now(UTC))
    key = serialization.load_der_private_key(made.key_der, None)
    certificate = x509.load_der_x509_certificate(made.certificate_der)
    protected = serialization.BestAvailableEncryption(passphrase)
    path.write_bytes(pkcs12.serialize_key_and_certificates(name.encode(), key, certificate, None, protected))  # type: ignore[arg-type]
    return path


def test_signing_with_a_personal_identity_puts_that_certificate_into_the_file(house: House, tmp_path: Path) -> None:
    identities.create(house, "mine", "Jane Q. Smith", "jane@example.com")
    envelope_id = leases.sent(house, tmp_path, "buyer")
    signing_at_once.sign(house, envelope_id, "buyer", leases.act("buyer", identity="mine"))
    envelope = reading.envelope(house, envelope_id)
    report = verifying.verify(house, viewing.blob_path(house, envelope.documents[0].latest)).report
    assert report.signatures[0].signer == "Jane Q. Smith"
    assert report.verdict == "indeterminate"


def test_a_pkcs12_file_is_imported_listed_and_signs_with_its_passphrase(house: House, tmp_path: Path) -> None:
    path = pkcs12_file(tmp_path / "jane.p12", b"secret")
    with pytest.raises(errors.PassphraseWrong):
        identities.import_pkcs12(house, path, "wrong")
    identities.import_pkcs12(house, path, "secret")
    ((record, card),) = identities.cards(house)
    assert (record.name, card.name, card.usable) == ("jane", "Jane Smith", None)
    with pytest.raises(errors.PassphraseWrong):
        identities.key(house, "jane", "wrong")
    assert identities.key(house, "jane", "secret").certificate_der
    with pytest.raises(errors.IdentityExists):
        identities.import_pkcs12(house, path, "secret")


def test_fault_80_a_certificate_that_expired_meanwhile_does_not_sign(house: House, tmp_path: Path) -> None:
    identities.create(house, "mine", "Jane Smith")
    record = identities.records(house)[0]
    with pytest.raises(errors.IdentityUnusable) as refused:
        making.check_usable(making.self_signed("x", "", datetime(2001, 1, 1, tzinfo=UTC)), record.not_after)
    assert refused.value.reason == "expired"


def test_the_device_authority_is_made_once_and_kept(house: House) -> None:
    first, second = device.authority(house), device.authority(house)
    assert first == second
    assert device.seal(house) == device.seal(house)
    assert [trusted.source for trusted in verifying.trust_list(house)] == ["device"]
    with pytest.raises(errors.IdentityUnusable):
        identities.remove(house, identities.records(house)[0].name)


def test_removing_an_identity_destroys_its_key(house: House) -> None:
    identities.create(house, "mine", "Jane Smith")
    assert "mine" in house.vault.names()
    identities.remove(house, "mine")
    assert "mine" not in house.vault.names()
    assert identities.records(house) == ()
