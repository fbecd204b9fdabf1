"""What is shown before a key is used, and what is refused (robustness, fault 80)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed25519, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from app.domain import errors
from app.identities import authority_name, card, check_usable, create_authority, issue_signer

NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
KEYS = {
    "p256": lambda: ec.generate_private_key(ec.SECP256R1()),
    "p192": lambda: ec.generate_private_key(ec.SECP192R1()),
    "rsa1024": lambda: rsa.generate_private_key(65537, 1024),  # noqa: S505 - the weak key that is refused
    "rsa2048": lambda: rsa.generate_private_key(65537, 2048),
    "dsa": lambda: dsa.generate_private_key(2048),
    "ed25519": ed25519.Ed25519PrivateKey.generate,
}


def a_certificate(key: str = "p256", start: int = -1, end: int = 1, *extensions: x509.ExtensionType) -> bytes:
    """Self-signed, valid from `start` to `end` days beside NOW."""
    private = KEYS[key]()
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Jane Smith")])
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(private.public_key())
        .serial_number(0xABCDEF0123456789)
        .not_valid_before(NOW + timedelta(days=start))
        .not_valid_after(NOW + timedelta(days=end))
    )
    for extension in extensions:
        builder = builder.add_extension(extension, critical=False)
    signed = builder.sign(private, None if key == "ed25519" else hashes.SHA256())
    return signed.public_bytes(serialization.Encoding.DER)


def a_usage(**said: bool) -> x509.KeyUsage:
    every = ("digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
             "key_cert_sign", "crl_sign", "encipher_only", "decipher_only")  # fmt: skip
    return x509.KeyUsage(**{name: said.get(name, False) for name in every})


SERVER_ONLY = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH])
BOTH = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.EMAIL_PROTECTION])


@pytest.mark.parametrize(
    ("certificate", "reason"),
    [
        (a_certificate, None),
        (lambda: a_certificate("rsa2048"), None),
        (lambda: a_certificate("ed25519"), None),
        (lambda: a_certificate("p256", -1, 1, a_usage(content_commitment=True)), None),
        (lambda: a_certificate("p256", -1, 1, BOTH), None),
        (lambda: a_certificate("p256", -9, -1), "expired"),
        (lambda: a_certificate("p256", 1, 9), "not_yet_valid"),
        (lambda: a_certificate("p256", -1, 1, a_usage(key_encipherment=True)), "usage"),
        (lambda: a_certificate("p256", -1, 1, SERVER_ONLY), "usage"),
        (lambda: a_certificate("rsa1024"), "weak_key"),
        (lambda: a_certificate("p192"), "weak_key"),
        (lambda: a_certificate("dsa"), "weak_key"),
    ],
)
def test_fault_80_a_certificate_that_must_not_sign_is_refused_with_the_reason(certificate, reason) -> None:  # type: ignore[no-untyped-def]
    der = certificate()
    assert card(der, NOW).usable == reason
    if reason is None:
        check_usable(der, NOW)
        return
    with pytest.raises(errors.IdentityUnusable) as refused:
        check_usable(der, NOW)
    assert (refused.value.reason, refused.value.name) == (reason, "Jane Smith")


def test_fault_80_an_authority_does_not_sign_documents() -> None:
    assert card(create_authority(authority_name(), NOW), NOW).usable == "usage"


@pytest.mark.parametrize("data", [b"", b"no certificate", a_certificate()[:-20]])
def test_what_is_no_certificate_is_damaged(data: bytes) -> None:
    with pytest.raises(errors.IdentityUnusable) as refused:
        card(data, NOW)
    assert refused.value.reason == "damaged"


def test_a_card_shows_name_issuer_last_digits_validity_and_place() -> None:
    authority = create_authority("Paraph device authority – 12ab", NOW)
    material = issue_signer(authority, name="Jane Smith", now=NOW)
    shown = card(material, NOW, where="this device", kind="device")
    serial = x509.load_der_x509_certificate(material.certificate_der).serial_number
    assert (shown.name, shown.issuer) == ("Jane Smith", "Paraph device authority – 12ab")
    assert shown.serial_tail == f"{serial:X}"[-8:]
    assert shown.not_before < NOW < shown.not_after
    assert (shown.where, shown.kind, shown.usable) == ("this device", "device", None)
