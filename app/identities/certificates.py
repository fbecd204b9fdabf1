"""The certificate profiles of everything the device issues: RFC 5280, with ECDSA P-256 throughout.

P-256 because one signature costs 0.02 ms where RSA-3072 costs over 3, and every verifier of PDFs knows it.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import CertificatePoliciesOID, ExtendedKeyUsageOID, ObjectIdentifier

from app.domain.identity import KeyMaterial
from app.identities.naming import directory_text

DOCUMENT_SIGNING: Final = ObjectIdentifier("1.3.6.1.5.5.7.3.36")
"""id-kp-documentSigning, RFC 9336."""
NO_REVOCATION: Final = ObjectIdentifier("2.5.29.56")
"""id-ce-noRevAvail, RFC 9608: the certificate is so short-lived that nobody publishes its revocation."""
SMTP_UTF8_MAILBOX: Final = ObjectIdentifier("1.3.6.1.5.5.7.8.9")
"""RFC 9598: an e-mail address whose local part is not ASCII."""
LONGEST_NOTICE: Final = 200
"""Characters of a user notice, RFC 5280 4.2.1.4."""

Extension = tuple[x509.ExtensionType, bool]


def new_key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def key_der(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def certificate_der(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.DER)


def subject(*parts: tuple[ObjectIdentifier, str]) -> x509.Name:
    """A distinguished name of the parts that can be written and are not empty."""
    written = [(oid, directory_text(text)) for oid, text in parts]
    return x509.Name([x509.NameAttribute(oid, text) for oid, text in written if text])


def of_authority() -> Sequence[Extension]:
    return (
        (x509.BasicConstraints(ca=True, path_length=0), True),
        (_usage(certificates=True), True),
    )


def of_signer(email: str = "") -> Sequence[Extension]:
    """For keys that sign documents; e-mail protection stands beside it for verifiers older than RFC 9336."""
    usages = x509.ExtendedKeyUsage([DOCUMENT_SIGNING, ExtendedKeyUsageOID.EMAIL_PROTECTION])
    extensions: list[Extension] = [
        (x509.BasicConstraints(ca=False, path_length=None), True),
        (_usage(certificates=False), True),
        (usages, False),
    ]
    if email:
        extensions.append((x509.SubjectAlternativeName([_mailbox(email)]), False))
    return extensions


def notice(text: str) -> Extension:
    """Free words for people, in any script, under no particular policy (RFC 5280, 4.2.1.4)."""
    words = x509.UserNotice(None, text[:LONGEST_NOTICE])
    policy = x509.PolicyInformation(CertificatePoliciesOID.ANY_POLICY, [words])
    return x509.CertificatePolicies([policy]), False


def never_revoked() -> Extension:
    """RFC 9608: a device publishes no revocations, and nobody need look for any."""
    return x509.UnrecognizedExtension(NO_REVOCATION, b"\x05\x00"), False


def issue(
    key: ec.EllipticCurvePrivateKey,
    name: x509.Name,
    validity: tuple[datetime, datetime],
    extensions: Sequence[Extension],
    authority: KeyMaterial | None = None,
) -> KeyMaterial:
    """A certificate for `key`, signed by the authority or, without one, by itself. The serial is random (159 bits)."""
    issuer = x509.load_der_x509_certificate(authority.certificate_der) if authority else None
    issuer_key = _private(authority) if authority else key
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(issuer.subject if issuer else name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(validity[0].astimezone(UTC))
        .not_valid_after(validity[1].astimezone(UTC))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False)
    )
    for extension, critical in extensions:
        builder = builder.add_extension(extension, critical=critical)
    certificate = builder.sign(issuer_key, hashes.SHA256())
    chain = (authority.certificate_der, *authority.chain_der) if authority else ()
    return KeyMaterial(key_der(key), certificate_der(certificate), chain)


def _usage(*, certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not certificates,
        content_commitment=not certificates,
        key_cert_sign=certificates,
        crl_sign=certificates,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _private(authority: KeyMaterial) -> ec.EllipticCurvePrivateKey:
    key = serialization.load_der_private_key(authority.key_der, None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise TypeError("a device authority has an elliptic-curve key")
    return key


def _mailbox(email: str) -> x509.GeneralName:
    """The part before the @ decides: the domain alone can be written in ASCII by IDNA (RFC 9598, 3)."""
    local, _, domain = email.rpartition("@")
    if local.isascii():
        return x509.RFC822Name(f"{local}@{domain if domain.isascii() else domain.encode('idna').decode()}")
    data = email.encode()
    return x509.OtherName(SMTP_UTF8_MAILBOX, b"\x0c" + _length(len(data)) + data)


def _length(size: int) -> bytes:
    """A DER length, X.690 8.1.3."""
    if size < 0x80:
        return bytes([size])
    body = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([0x80 | len(body)]) + body


