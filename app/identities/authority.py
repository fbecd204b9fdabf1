"""What the device vouches for itself with: a small certificate authority, and a seal for its own documents."""

import secrets
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.x509.oid import NameOID

from app.domain.identity import KeyMaterial
from app.identities import certificates

AUTHORITY_LIFE = timedelta(days=3652)
SEAL_LIFE = timedelta(days=5 * 365 + 1)
"""Half the authority's life: a seal is renewed once, and never outlives the authority that vouches for it."""
CLOCK_TOLERANCE = timedelta(minutes=5)


def authority_name() -> str:
    """A name that tells two devices apart and nothing about either."""
    return f"Paraph device authority – {secrets.token_hex(4)}"


def create_authority(name: str, now: datetime) -> KeyMaterial:
    """A self-signed certificate authority: ten years, may issue end certificates only (path length 0)."""
    subject = certificates.subject((NameOID.COMMON_NAME, name))
    validity = (now - CLOCK_TOLERANCE, now + AUTHORITY_LIFE)
    return certificates.issue(certificates.new_key(), subject, validity, certificates.of_authority())


def create_device_seal(authority: KeyMaterial, now: datetime) -> KeyMaterial:
    """The program's own seal, for certificates of completion and documents sealed at completion: five years."""
    issuer = x509.load_der_x509_certificate(authority.certificate_der)
    names = issuer.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    suffix = str(names[0].value).rpartition(" ")[2] if names else ""
    subject = certificates.subject((NameOID.COMMON_NAME, f"Paraph device seal – {suffix}".rstrip(" –")))
    end = min(now + SEAL_LIFE, issuer.not_valid_after_utc)
    validity = (now - CLOCK_TOLERANCE, end)
    extensions = (*certificates.of_signer(), certificates.never_revoked())
    return certificates.issue(certificates.new_key(), subject, validity, extensions, authority)
