"""Bare signatures of the device over a few bytes: ECDSA P-256 with SHA-256, DER (RFC 3279, 2.2.3), as `openssl dgst`
makes and checks them.
"""

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from app.domain.identity import KeyMaterial


def sign(key: KeyMaterial, data: bytes) -> bytes:
    """Of a device key; TypeError for any other kind, which is a bug."""
    private = serialization.load_der_private_key(key.key_der, None)
    if not isinstance(private, ec.EllipticCurvePrivateKey):
        raise TypeError("a device seal has an elliptic-curve key")
    return private.sign(data, ec.ECDSA(hashes.SHA256()))


def is_signed(certificate_der: bytes, data: bytes, signature: bytes) -> bool:
    """False also for a certificate of another kind of key, and for what is no certificate."""
    try:
        public = x509.load_der_x509_certificate(certificate_der).public_key()
    except ValueError:
        return False
    if not isinstance(public, ec.EllipticCurvePublicKey):
        return False
    try:
        public.verify(signature, data, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        return False
    return True
