"""What a certificate says about itself, and whether one may sign with it (robustness, fault 80)."""

from datetime import UTC, datetime

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed25519, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from app.domain import errors
from app.domain.identity import Card, KeyMaterial

SMALLEST_RSA_BITS = 2048
SMALLEST_CURVE_BITS = 256
_OTHER_PURPOSES = frozenset({
    ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CODE_SIGNING, ExtendedKeyUsageOID.TIME_STAMPING,
    ExtendedKeyUsageOID.OCSP_SIGNING,
})  # fmt: skip
"""A certificate made for these alone says that its key is not for documents."""


def card(certificate: KeyMaterial | bytes, now: datetime, *, where: str = "", kind: str = "") -> Card:
    """`certificate` as key material or DER; raises `IdentityUnusable` (damaged) for what is no certificate."""
    found = read(certificate)
    return Card(
        name=common_name(found.subject),
        issuer=common_name(found.issuer),
        serial_tail=f"{found.serial_number:X}"[-8:],
        not_before=found.not_valid_before_utc,
        not_after=found.not_valid_after_utc,
        where=where,
        kind=kind,
        usable=reason_against(found, now),
    )


def check_usable(certificate: KeyMaterial | bytes, now: datetime) -> None:
    """Raises `IdentityUnusable` with the reason why nobody should sign with this certificate now."""
    found = read(certificate)
    reason = reason_against(found, now)
    if reason:
        raise errors.IdentityUnusable(name=common_name(found.subject), reason=reason)


def read(certificate: KeyMaterial | bytes) -> x509.Certificate:
    der = certificate.certificate_der if isinstance(certificate, KeyMaterial) else certificate
    try:
        return x509.load_der_x509_certificate(der)
    except ValueError:
        raise errors.IdentityUnusable(name="", reason="damaged") from None


def is_authority(certificate: bytes) -> bool:
    """RFC 5280, 4.2.1.9."""
    try:
        return bool(read(certificate).extensions.get_extension_for_class(x509.BasicConstraints).value.ca)
    except (x509.ExtensionNotFound, ValueError):
        return False


def common_name(name: x509.Name) -> str:
    """The common name, else the most telling part there is."""
    for oid in (NameOID.COMMON_NAME, NameOID.PSEUDONYM, NameOID.ORGANIZATION_NAME):
        for attribute in name.get_attributes_for_oid(oid):
            return str(attribute.value)
    return name.rfc4514_string()


def reason_against(certificate: x509.Certificate, now: datetime) -> str | None:
    """expired, not_yet_valid, usage, weak_key, damaged, or None; the first that holds."""
    moment = now.astimezone(UTC)
    if moment < certificate.not_valid_before_utc:
        return "not_yet_valid"
    if moment > certificate.not_valid_after_utc:
        return "expired"
    try:
        if not _may_sign_documents(certificate.extensions):
            return "usage"
        return None if _is_strong(certificate) else "weak_key"
    except (ValueError, x509.DuplicateExtension, UnsupportedAlgorithm):
        return "damaged"


def _may_sign_documents(extensions: x509.Extensions) -> bool:
    """RFC 5280, 4.2.1.3 and 4.2.1.12: what is not stated is not restricted."""
    try:
        usage = extensions.get_extension_for_class(x509.KeyUsage).value
        if not (usage.digital_signature or usage.content_commitment):
            return False
    except x509.ExtensionNotFound:
        pass
    try:
        purposes = set(extensions.get_extension_for_class(x509.ExtendedKeyUsage).value)
    except x509.ExtensionNotFound:
        return True
    return not purposes <= _OTHER_PURPOSES


def _is_strong(certificate: x509.Certificate) -> bool:
    digest = certificate.signature_hash_algorithm
    if digest is not None and digest.name in ("md5", "sha1"):
        return False
    match certificate.public_key():
        case rsa.RSAPublicKey() as key:
            return key.key_size >= SMALLEST_RSA_BITS
        case ec.EllipticCurvePublicKey() as key:
            return key.key_size >= SMALLEST_CURVE_BITS
        case dsa.DSAPublicKey():
            return False
        case key:
            return isinstance(key, ed25519.Ed25519PublicKey)
