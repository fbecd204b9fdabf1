"""A person's certificate and key from a PKCS#12 file (RFC 7292): `.p12`, `.pfx`."""

from collections.abc import Sequence

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, pkcs12

from app.domain import errors
from app.domain.identity import KeyMaterial

_LONGEST_CHAIN = 8


def load_pkcs12(data: bytes, passphrase: str | None, name: str) -> KeyMaterial:
    """Raises `PassphraseWrong`, or `IdentityUnusable` with damaged (no such file) or no_key.

    Whether the certificate may sign now is a question of its own: `check_usable`.
    """
    if not _is_whole(data):
        raise errors.IdentityUnusable(name=name, reason="damaged")
    try:
        key, certificate, others = pkcs12.load_key_and_certificates(data, passphrase.encode() if passphrase else None)
    except UnsupportedAlgorithm:
        raise errors.IdentityUnusable(name=name, reason="damaged") from None
    except (ValueError, TypeError):
        # Whole from outside and unreadable inside: to the reader a wrong passphrase, as its MAC covers everything.
        raise errors.PassphraseWrong(name=name) from None
    if key is None or certificate is None:
        raise errors.IdentityUnusable(name=name, reason="no_key")
    return KeyMaterial(
        key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()),
        certificate.public_bytes(Encoding.DER),
        tuple(each.public_bytes(Encoding.DER) for each in _chain(certificate, others)),
    )


def _chain(certificate: x509.Certificate, others: Sequence[x509.Certificate]) -> list[x509.Certificate]:
    """Nearest issuer first; files hold them in any order and sometimes strangers among them."""
    chain: list[x509.Certificate] = []
    current = certificate
    while current.issuer != current.subject and len(chain) < _LONGEST_CHAIN:
        issuer = next((each for each in others if each.subject == current.issuer and each not in chain), None)
        if issuer is None:
            break
        chain.append(issuer)
        current = issuer
    return chain


def _is_whole(data: bytes) -> bool:
    """One BER sequence from the first byte to the last (X.690, 8.1.3), or one of indefinite length."""
    if len(data) < 2 or data[0] != 0x30:
        return False
    if data[1] == 0x80:
        return data.endswith(b"\x00\x00")
    if data[1] < 0x80:
        return len(data) == 2 + data[1]
    octets = data[1] & 0x7F
    return len(data) == 2 + octets + int.from_bytes(data[2 : 2 + octets], "big")
