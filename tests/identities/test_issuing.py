"""What the device issues, and that it holds together."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives.serialization import load_der_private_key
from cryptography.x509.oid import NameOID

from app.domain.identity import KeyMaterial
from app.identities import (
    authority_name,
    card,
    check_usable,
    create_authority,
    create_device_seal,
    issue_signer,
    self_signed,
)

NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def authority() -> KeyMaterial:
    return create_authority(authority_name(), NOW)


def certificate(material: KeyMaterial) -> x509.Certificate:
    return x509.load_der_x509_certificate(material.certificate_der)


def signer(authority: KeyMaterial, **given: str) -> KeyMaterial:
    facts = {"name": "Jane Smith", "email": "jane@example.com", "identified_by": "passport 123", "envelope": "01J9",
             "role": "buyer"} | given  # fmt: skip
    return issue_signer(authority, now=NOW, **facts)  # type: ignore[arg-type]


def test_the_authority_signs_certificates_and_nothing_else_for_ten_years(authority: KeyMaterial) -> None:
    found = certificate(authority)
    constraints = found.extensions.get_extension_for_class(x509.BasicConstraints)
    usage = found.extensions.get_extension_for_class(x509.KeyUsage).value
    assert (constraints.value.ca, constraints.value.path_length, constraints.critical) == (True, 0, True)
    assert usage.key_cert_sign
    assert usage.crl_sign
    assert not usage.digital_signature
    assert found.not_valid_after_utc - found.not_valid_before_utc > timedelta(days=3650)


def test_two_devices_have_different_names_that_tell_nothing_about_them() -> None:
    one, two = authority_name(), authority_name()
    assert one != two
    assert one.startswith("Paraph device authority – ")


@pytest.mark.parametrize("kind", ["signer", "seal"])
def test_what_it_issues_verifies_against_it_and_belongs_to_its_key(authority: KeyMaterial, kind: str) -> None:
    issued = signer(authority) if kind == "signer" else create_device_seal(authority, NOW)
    found = certificate(issued)
    found.verify_directly_issued_by(certificate(authority))
    key = load_der_private_key(issued.key_der, None)
    assert key.public_key() == found.public_key()
    assert issued.chain_der == (authority.certificate_der,)
    usage = found.extensions.get_extension_for_class(x509.KeyUsage).value
    assert usage.digital_signature
    assert usage.content_commitment
    assert not usage.key_cert_sign
    check_usable(issued, NOW)


def test_a_signer_certificate_says_who_how_identified_which_part_and_which_envelope(authority: KeyMaterial) -> None:
    found = certificate(signer(authority))
    subject = {attribute.oid: attribute.value for attribute in found.subject}
    assert subject == {
        NameOID.COMMON_NAME: "Jane Smith",
        NameOID.ORGANIZATIONAL_UNIT_NAME: "Identified by: passport 123",
        NameOID.TITLE: "buyer",
        NameOID.SERIAL_NUMBER: "01J9",
    }
    names = found.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert names.get_values_for_type(x509.RFC822Name) == ["jane@example.com"]


def test_a_signer_certificate_lives_a_week_and_says_that_nobody_revokes_it(authority: KeyMaterial) -> None:
    found = certificate(signer(authority))
    assert found.not_valid_before_utc == NOW - timedelta(minutes=5)
    assert found.not_valid_after_utc == NOW + timedelta(days=7)
    no_revocation = found.extensions.get_extension_for_oid(x509.ObjectIdentifier("2.5.29.56"))
    assert not no_revocation.critical


def test_every_issue_has_a_new_key_and_a_random_serial(authority: KeyMaterial) -> None:
    one, two = signer(authority), signer(authority)
    assert one.key_der != two.key_der
    assert certificate(one).serial_number != certificate(two).serial_number
    assert certificate(one).serial_number.bit_length() > 100


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Ελένη", "Ελένη"),
        ("Мария", "Мария"),
        ("محمد العربي", "محمد العربي"),
        ("שרה", "שרה"),
        ("李雷", "李雷"),
        ("O'Brien, Ltd. + Co", "O'Brien, Ltd. + Co"),
        (" a\nb\t", "a b"),
        ("Zoë 🖋", "Zoë"),
        ("🖋", "jane@example.com"),
        ("محمد Ali 42", "محمد"),
        ("محمد 42", "محمد"),
        ("Mohammed محمد", "Mohammed"),
        ("x" * 200, "x" * 61 + "…"),
        ("Ж" * 40, "Ж" * 30 + "…"),
        ("م" * 40, "م" * 30),
        ("\u202eevil\u202c", "evil"),
    ],
)
def test_a_name_in_any_script_and_of_any_length_becomes_a_subject_that_verifiers_can_read(
    authority: KeyMaterial, name: str, written: str
) -> None:
    material = signer(authority, name=name, identified_by=name)
    assert card(material, NOW).name == written
    assert asn1.Certificate.load(material.certificate_der).subject.hashable


def test_what_a_subject_cannot_hold_stands_in_the_user_notice(authority: KeyMaterial) -> None:
    name = "محمد Ali 🖋 " + "Ж" * 40
    policies = certificate(signer(authority, name=name)).extensions.get_extension_for_class(x509.CertificatePolicies)
    (policy,) = policies.value
    assert policy.policy_qualifiers is not None
    (words,) = policy.policy_qualifiers
    assert isinstance(words, x509.UserNotice)
    assert words.explicit_text == f"{name}; buyer; Identified by: passport 123"


@pytest.mark.parametrize("email", ["jörg@example.com", "用户@例子.广告", "jane@bücher.example"])
def test_an_address_outside_ascii_is_written_as_rfc_9598_wants(authority: KeyMaterial, email: str) -> None:
    found = certificate(signer(authority, email=email))
    names = found.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    (name,) = names
    if email.startswith("jane"):
        assert name == x509.RFC822Name("jane@xn--bcher-kva.example")
    else:
        assert isinstance(name, x509.OtherName)
        assert name.value[2:].decode() == email


def test_a_seal_never_outlives_its_authority(authority: KeyMaterial) -> None:
    late = certificate(authority).not_valid_after_utc - timedelta(days=30)
    assert certificate(create_device_seal(authority, late)).not_valid_after_utc <= late + timedelta(days=30)


def test_a_self_signed_identity_is_its_own_issuer() -> None:
    own = self_signed("Jane Smith", "jane@example.com", NOW)
    found = certificate(own)
    found.verify_directly_issued_by(found)
    assert own.chain_der == ()
    check_usable(own, NOW)


def test_a_key_never_shows_in_a_message_or_a_log() -> None:
    own = self_signed("Jane Smith", "", NOW)
    assert repr(own.key_der) not in repr(own)
    assert "key_der" not in repr(own)
