"""A person's certificate and key from a PKCS#12 file (RFC 7292): `.p12`, `.pfx`."""

from collections.abc import Sequence

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, pkcs12

from app.domain import errors
from app.domain.identity import KeyMaterial

_LONGEST_CHAIN = 8


def load_pkcs12(data: bytes, passphrase: str | None, name: str) -> KeyMaterial:
    """Raises `PassphraseWrong`, or `IdentityUnusable` with damaged (no such file), no_key or several_keys: which of
    them is meant is not guessed.

    Whether the certificate may sign now is a question of its own: `check_usable`.
    """
    try:
        keys = _keys_in_plain_sight(data)
    except (ValueError, TypeError, AttributeError):
        raise errors.IdentityUnusable(name=name, reason="damaged") from None
    if keys > 1:
        raise errors.IdentityUnusable(name=name, reason="several_keys")
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


def _keys_in_plain_sight(data: bytes) -> int:
    """How many private keys stand outside of encrypted parts, where every program but the strangest puts them, each
    encrypted for itself (RFC 7292, 4.2). Raises ValueError or TypeError for what is no such file from its first byte
    to its last.
    """
    from asn1crypto import pkcs12 as syntax

    safes = syntax.Pfx.load(data, strict=True).authenticated_safe
    plain = [part["content"].native for part in safes if part["content_type"].native == "data"]
    bags = (bag["bag_id"].native for part in plain for bag in syntax.SafeContents.load(part))
    return sum(kind in ("key_bag", "pkcs8_shrouded_key_bag") for kind in bags)
