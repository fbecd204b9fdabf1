"""The signature inside the seal, octet by octet as the standards want it."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from asn1crypto import cms, core
from cryptography import x509 as certificates
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from hypothesis import given
from hypothesis import strategies as st

from app.domain import errors
from app.domain.identity import KeyMaterial
from app.sealing import der
from app.sealing.cms import cms_template
from app.sealing.revising import seal_revision
from app.sealing.signing_key import signing_key
from tests.support.acts import an_act
from tests.support.documents import Party, Sheet, prepared
from tests.support.pki import NOW, a_signer, judged, pdfsig

KEYS = {
    "p256": lambda: ec.generate_private_key(ec.SECP256R1()),
    "p384": lambda: ec.generate_private_key(ec.SECP384R1()),
    "p521": lambda: ec.generate_private_key(ec.SECP521R1()),
    "rsa": lambda: rsa.generate_private_key(65537, 2048),
    "ed25519": ed25519.Ed25519PrivateKey.generate,
}


def own(kind: str) -> KeyMaterial:
    """A self-signed certificate over a key of this kind, as another program might have made it."""
    key = KEYS[kind]()
    name = certificates.Name([certificates.NameAttribute(NameOID.COMMON_NAME, f"Owner of {kind}")])
    builder = (
        certificates.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number((1 << 158) | 1)
        .not_valid_before(NOW - timedelta(days=1))
        .not_valid_after(NOW + timedelta(days=1))
    )
    usage = certificates.KeyUsage(True, True, *(False,) * 7)
    signed = builder.add_extension(usage, critical=True).sign(key, None if kind == "ed25519" else SHA256())
    der_key = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return KeyMaterial(der_key, signed.public_bytes(Encoding.DER))


@pytest.mark.parametrize("kind", sorted(KEYS))
def test_every_kind_of_key_makes_a_seal_that_pyhanko_and_poppler_find_valid(tmp_path: Path, kind: str) -> None:
    source, out, key = prepared(tmp_path / "a.pdf", Sheet(parties=(Party(1),))), tmp_path / "b.pdf", own(kind)
    seal_revision(an_act(source, out, Party(1), key))
    assert judged(out, key)[0].good
    if kind != "ed25519":  # NSS, beneath poppler, does not know it
        assert "Signature is Valid" in pdfsig(out)


def test_the_signed_data_is_der_and_holds_what_pades_b_b_demands(authority: KeyMaterial) -> None:
    material = a_signer(authority)
    template = cms_template(signing_key(material))
    digest = hashlib.sha256(b"document").digest()
    data = template.signature_over(digest)
    assert len(data) <= template.size
    content = cms.ContentInfo.load(data, strict=True)
    assert content.dump(force=True) == data
    signed = content["content"]
    assert signed["version"].native == "v1"
    assert signed["encap_content_info"]["content"].native is None
    assert {each.chosen.dump() for each in signed["certificates"]} == {
        material.certificate_der, authority.certificate_der,
    }  # fmt: skip
    (info,) = signed["signer_infos"]
    assert info["sid"].chosen["serial_number"].native == signing_key(material).certificate.serial_number
    attributes = {each["type"].native: each["values"][0] for each in info["signed_attrs"]}
    # EN 319 142-1, 6.3: content-type, message-digest and ESS signing-certificate-v2 must be there, signing-time not.
    assert set(attributes) == {
        "content_type", "message_digest", "signing_certificate_v2", "cms_algorithm_protection",
    }  # fmt: skip
    assert attributes["content_type"].native == "data"
    assert attributes["message_digest"].native == digest
    certificate_id = attributes["signing_certificate_v2"]["certs"][0]
    assert certificate_id["cert_hash"].native == hashlib.sha256(material.certificate_der).digest()


def test_no_signature_outgrows_the_room_kept_for_it(authority: KeyMaterial) -> None:
    template = cms_template(signing_key(a_signer(authority)))
    sizes = {len(template.signature_over(hashlib.sha256(bytes([n])).digest())) for n in range(200)}
    assert max(sizes) <= template.size


def test_a_key_that_is_damaged_or_not_its_certificates_is_refused(authority: KeyMaterial) -> None:
    material = a_signer(authority)
    for broken, reason in (
        (replace(material, key_der=b"no key"), "damaged"),
        (replace(material, certificate_der=b"no certificate"), "damaged"),
        (replace(material, key_der=own("rsa").key_der), "no_key"),
    ):
        with pytest.raises(errors.IdentityUnusable) as refused:
            signing_key(broken)
        assert refused.value.reason == reason


@given(st.integers(min_value=0, max_value=1 << 200))
def test_an_integer_is_written_as_asn1_reads_it(number: int) -> None:
    assert core.Integer.load(der.integer(number), strict=True).native == number


@given(st.lists(st.binary(max_size=300), max_size=5))
def test_a_sequence_splits_into_what_it_was_made_of(parts: list[bytes]) -> None:
    elements = [der.octets(part) for part in parts]
    assert der.children(der.sequence(*elements)) == elements


@pytest.mark.parametrize("cut", [b"", b"\x30", b"\x30\x05\x04\x01", b"\x30\x03\x04\x05a", b"\x30\x82\x01"])
def test_a_cut_off_value_is_a_value_error(cut: bytes) -> None:
    with pytest.raises(ValueError, match=r"DER value"):
        der.children(cut)


@pytest.mark.parametrize("dotted", ["1.2.840.10045.4.3.2", "2.16.840.1.101.3.4.2.1", "0.4.0.1862", "2.999.3"])
def test_an_object_identifier_is_written_as_asn1_reads_it(dotted: str) -> None:
    assert core.ObjectIdentifier.load(der.oid(dotted)).dotted == dotted
