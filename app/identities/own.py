"""A person's own certificate that nobody vouches for: trust in it is a matter between the people."""

from datetime import datetime, timedelta

from cryptography.x509.oid import NameOID

from app.domain.identity import KeyMaterial
from app.identities import certificates
from app.identities.authority import CLOCK_TOLERANCE
from app.identities.naming import directory_text

LIFE = timedelta(days=3 * 365 + 1)


def self_signed(name: str, email: str, now: datetime) -> KeyMaterial:
    """Three years: long enough to be recognised, short enough that a lost key does not sign for ever."""
    subject = certificates.subject((NameOID.COMMON_NAME, directory_text(name) or email or "Signer"))
    validity = (now - CLOCK_TOLERANCE, now + LIFE)
    return certificates.issue(certificates.new_key(), subject, validity, certificates.of_signer(email))
