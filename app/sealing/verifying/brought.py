"""What was fetched to help judge a file, beside what the file brings along itself. Values only: it crosses the border
to the child, which alone can read it.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Brought:
    """Certificates and answers about revocation, each DER in base64; unproven until checked."""

    certificates: tuple[str, ...] = ()
    crls: tuple[str, ...] = ()
    ocsps: tuple[str, ...] = ()
