"""What trust starts from."""

from dataclasses import dataclass

from app.domain.trusted_list import Period

DEVICE = "device"
"""The source of this machine's own authority, whose certificates are short-lived by design (see `trusting`)."""


@dataclass(frozen=True, slots=True)
class TrustAnchor:
    """A certificate trusted without proof. `source` says by whose decision: `device`, `imported`, `list` or `system`.
    Where there are `granted` times, only for signatures of these times.
    """

    pem: str
    source: str
    granted: tuple[Period, ...] = ()
