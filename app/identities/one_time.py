"""A key for one act: made when a recipient signs, gone when they have."""

from datetime import datetime, timedelta

from cryptography.x509.oid import NameOID

from app.domain.identity import KeyMaterial
from app.identities import certificates
from app.identities.authority import CLOCK_TOLERANCE
from app.identities.naming import directory_text, is_whole

LIFE = timedelta(days=7)


def issue_signer(
    authority: KeyMaterial,
    *,
    name: str,
    email: str = "",
    identified_by: str = "",
    envelope: str = "",
    role: str = "",
    now: datetime,
) -> KeyMaterial:
    """A certificate for one recipient of one envelope, valid for a week.

    People read in any viewer who it is (CN, e-mail as alternative name), how they were identified (OU), which part
    they play (title) and for which envelope (serialNumber of the subject), and all of it unshortened in the user
    notice. The caller destroys the key by dropping it.
    """
    how = f"Identified by: {identified_by}"
    subject = certificates.subject(
        (NameOID.COMMON_NAME, directory_text(name) or email or "Signer"),
        (NameOID.ORGANIZATIONAL_UNIT_NAME, (how if is_whole(how) else identified_by) if identified_by else ""),
        (NameOID.TITLE, role),
        (NameOID.SERIAL_NUMBER, envelope),
    )
    notice = certificates.notice("; ".join(part for part in (name, role, how if identified_by else "") if part))
    extensions = (*certificates.of_signer(email), notice, certificates.never_revoked())
    validity = (now - CLOCK_TOLERANCE, now + LIFE)
    return certificates.issue(certificates.new_key(), subject, validity, extensions, authority)
