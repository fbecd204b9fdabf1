"""A signer's key, parsed once: parsing and checking a private key costs far more than a signature with it."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.hazmat.primitives.serialization import load_der_private_key

from app.domain import errors
from app.domain.identity import KeyMaterial
from app.sealing import der

_HASHES: Final[dict[str, Callable[[], hashes.HashAlgorithm]]] = {
    "sha256": hashes.SHA256,
    "sha384": hashes.SHA384,
    "sha512": hashes.SHA512,
}
_DIGEST_OIDS: Final = {
    "sha256": "2.16.840.1.101.3.4.2.1",
    "sha384": "2.16.840.1.101.3.4.2.2",
    "sha512": "2.16.840.1.101.3.4.2.3",
}
_ECDSA_OIDS: Final = {"sha256": "1.2.840.10045.4.3.2", "sha384": "1.2.840.10045.4.3.3", "sha512": "1.2.840.10045.4.3.4"}
_RSA_OID: Final = "1.2.840.113549.1.1.1"
_ED25519_OID: Final = "1.3.101.112"
_ED25519_OCTETS: Final = 64
_MOST_KEPT: Final = 4


@dataclass(frozen=True)
class SigningKey:
    """`digest` names the hash of document and signed attributes; algorithm identifiers are DER (RFC 5754)."""

    certificate: x509.Certificate
    certificate_der: bytes
    chain_der: tuple[bytes, ...]
    digest: str
    signature_algorithm: bytes
    sign: Callable[[bytes], bytes]
    verify: Callable[[bytes, bytes], None]
    """Signature, data; raises what cryptography raises."""

    @property
    def longest(self) -> int:
        """The most octets a signature of it has: two integers in DER for a curve (RFC 3279, 2.2.3)."""
        match self.certificate.public_key():
            case ec.EllipticCurvePublicKey() as public:
                return 2 * ((public.key_size + 7) // 8 + 3) + 3
            case rsa.RSAPublicKey() as public:
                return (public.key_size + 7) // 8
            case _:
                return _ED25519_OCTETS

    def is_valid(self, signature: bytes, data: bytes) -> bool:
        """By the key in the certificate, not by the private one."""
        try:
            self.verify(signature, data)
        except InvalidSignature:
            return False
        return True

    @property
    def digest_algorithm(self) -> bytes:
        """Without parameters, as RFC 5754 (2) wants for SHA-2."""
        return der.sequence(der.oid(_DIGEST_OIDS[self.digest]))

    @property
    def certificate_sha256(self) -> str:
        return hashlib.sha256(self.certificate_der).hexdigest()


@lru_cache(maxsize=_MOST_KEPT)
def signing_key(material: KeyMaterial) -> SigningKey:
    """Raises `IdentityUnusable`: damaged, no_key (the two do not belong together) or weak_key (of no kind PDF knows).

    The last few are kept, for batches; a one-time key leaves this process with the next ones, or with the process.
    """
    try:
        certificate = x509.load_der_x509_certificate(material.certificate_der)
        key = load_der_private_key(material.key_der, None) if material.key_der else None
    except (ValueError, TypeError):
        raise errors.IdentityUnusable(name="", reason="damaged") from None
    if key is None:
        return SigningKey(certificate, material.certificate_der, material.chain_der, *_elsewhere(material, certificate))
    if key.public_key() != certificate.public_key():
        raise errors.IdentityUnusable(name=certificate.subject.rfc4514_string(), reason="no_key")
    return SigningKey(certificate, material.certificate_der, material.chain_der, *_scheme(key, certificate))


Verify = Callable[[bytes, bytes], None]
Scheme = tuple[str, bytes, Callable[[bytes], bytes], Verify]
"""Digest, algorithm identifier, how to sign, how to verify."""


def _scheme(key: PrivateKeyTypes, certificate: x509.Certificate) -> Scheme:
    match key, certificate.public_key():
        case ec.EllipticCurvePrivateKey(), ec.EllipticCurvePublicKey() as public:
            return _ecdsa(key, public)
        case rsa.RSAPrivateKey(), rsa.RSAPublicKey() as public:
            return _rsa(key, public)
        case ed25519.Ed25519PrivateKey(), ed25519.Ed25519PublicKey() as public:
            # RFC 8419, 3.1: with Ed25519 everything is hashed with SHA-512.
            return "sha512", der.sequence(der.oid(_ED25519_OID)), key.sign, public.verify
        case _:
            raise errors.IdentityUnusable(name=certificate.subject.rfc4514_string(), reason="weak_key")


def _elsewhere(material: KeyMaterial, certificate: x509.Certificate) -> Scheme:
    """The public half decides how; every single signature asks the token, so one that was removed is noticed. What a
    service signs is never asked for from here: see `remotely`. The library for tokens is loaded by whoever has one.
    """
    token = material.token
    if token is None:
        return _nowhere(certificate)
    from app.sealing import tokens

    match certificate.public_key():
        case ec.EllipticCurvePublicKey() as public:
            digest, algorithm, _, verify = _ecdsa_scheme(public)
            return digest, algorithm, lambda data: tokens.sign_ecdsa(token, data, digest), verify
        case rsa.RSAPublicKey() as public:
            digest, algorithm, verify = _rsa_scheme(public)
            return digest, algorithm, lambda data: tokens.sign_rsa(token, data), verify
        case _:
            raise errors.IdentityUnusable(name=certificate.subject.rfc4514_string(), reason="weak_key")


def _nowhere(certificate: x509.Certificate) -> Scheme:
    match certificate.public_key():
        case ec.EllipticCurvePublicKey() as public:
            digest, algorithm, _, verify = _ecdsa_scheme(public)
            return digest, algorithm, _not_here, verify
        case rsa.RSAPublicKey() as public:
            digest, algorithm, verify = _rsa_scheme(public)
            return digest, algorithm, _not_here, verify
        case _:
            raise errors.IdentityUnusable(name=certificate.subject.rfc4514_string(), reason="weak_key")


def _not_here(_: bytes) -> bytes:
    raise TypeError("the key of a service signs elsewhere")


def _ecdsa(key: ec.EllipticCurvePrivateKey, public: ec.EllipticCurvePublicKey) -> Scheme:
    digest, algorithm, scheme, verify = _ecdsa_scheme(public)
    return digest, algorithm, lambda data: key.sign(data, scheme), verify


def _ecdsa_scheme(public: ec.EllipticCurvePublicKey) -> tuple[str, bytes, ec.ECDSA, Verify]:
    digest = "sha256" if public.key_size <= 256 else "sha384" if public.key_size <= 384 else "sha512"
    scheme = ec.ECDSA(_HASHES[digest]())
    algorithm = der.sequence(der.oid(_ECDSA_OIDS[digest]))
    return digest, algorithm, scheme, lambda value, data: public.verify(value, data, scheme)


def _rsa(key: rsa.RSAPrivateKey, public: rsa.RSAPublicKey) -> Scheme:
    digest, algorithm, verify = _rsa_scheme(public)
    return digest, algorithm, lambda data: key.sign(data, padding.PKCS1v15(), hashes.SHA256()), verify


def _rsa_scheme(public: rsa.RSAPublicKey) -> tuple[str, bytes, Verify]:
    scheme, hashed = padding.PKCS1v15(), hashes.SHA256()
    algorithm = der.sequence(der.oid(_RSA_OID), der.NULL)
    return "sha256", algorithm, lambda value, data: public.verify(value, data, scheme, hashed)
