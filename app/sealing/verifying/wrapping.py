"""The parts of a signed message that its signature does not cover: certificates, versions, the way it is written.

No change there can forge anything, and yet a file is not untouched when one of its bytes was changed there. Whatever
contradicts the signed part, or itself, is told.
"""

from collections.abc import Sequence
from typing import Any, Final

from asn1crypto import x509
from cryptography import x509 as cryptography_x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from pyhanko.sign.general import check_ess_certid
from pyhanko.sign.validation.generic_cms import get_signing_cert_attr

from app.sealing.verifying.message import Message

_VERSION_BY_SIGNER: Final = {"issuer_and_serial_number": "v1", "subject_key_identifier": "v3"}


def oddities(message: Message, anchors: Sequence[x509.Certificate]) -> list[str]:
    """Reasons found in the message itself, before anything is verified. Anchors that came along need no proof."""
    trusted = {anchor.dump() for anchor in anchors}
    certificates = certificates_in(message)
    checks = {
        "certificate_damaged": all(
            _holds(each, [*certificates, *anchors]) for each in certificates if each.dump() not in trusted
        ),
        "contents_irregular": _has_right_version(message.signer_info) and _announces_digest(message),
    }
    return [reason for reason, holds in checks.items() if not holds]


def certificates_in(message: Message) -> list[x509.Certificate]:
    """Those the message carries; attribute certificates are no identity."""
    carried = message.signed_data["certificates"] or ()
    return [each.chosen.untag() for each in carried if each.name == "certificate"]


def carries_strangers(message: Message, signer: x509.Certificate, anchors: Sequence[x509.Certificate]) -> bool:
    """For messages of the device authority, which carry the signer and the authority and nothing else."""
    known = {signer.dump(), *(anchor.dump() for anchor in anchors)}
    return any(each.dump() not in known for each in certificates_in(message))


def lacks_the_signed_certificate(contents: bytes) -> bool:
    """The signature names its certificate by fingerprint (RFC 5035), and none that came with it has that one, though
    some did come.
    """
    message = Message(contents)
    certificates, attributes = certificates_in(message), message.signer_info["signed_attrs"]
    named = get_signing_cert_attr(attributes) if attributes else None
    if named is None or not certificates:
        return False
    return not any(check_ess_certid(each, named["certs"][0]) for each in certificates)


def _holds(certificate: x509.Certificate, known: Sequence[x509.Certificate]) -> bool:
    """Signed by one of those that bear its issuer's name, where there is any."""
    name = certificate.issuer.dump()  # comparing names as RFC 4518 wants costs a millisecond a signature
    issuers = [each for each in known if each.subject.dump() == name]
    return not issuers or any(_issued(certificate, issuer) for issuer in issuers)


def _issued(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    try:
        child = cryptography_x509.load_der_x509_certificate(certificate.dump())
        child.verify_directly_issued_by(cryptography_x509.load_der_x509_certificate(issuer.dump()))
    except (InvalidSignature, ValueError, TypeError):
        return False
    except UnsupportedAlgorithm:
        return True
    return True


def _has_right_version(signer_info: Any) -> bool:
    """RFC 5652, 5.3: the version follows from how the signer is named."""
    return bool(signer_info["version"].native == _VERSION_BY_SIGNER[signer_info["sid"].name])


def _announces_digest(message: Message) -> bool:
    """RFC 5652, 5.1: the signer's digest algorithm is among those listed at the top."""
    listed = {each["algorithm"].native for each in message.signed_data["digest_algorithms"]}
    return message.signer_info["digest_algorithm"]["algorithm"].native in listed
