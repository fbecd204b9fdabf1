"""What trust starts from."""

from dataclasses import dataclass

DEVICE = "device"
"""The source of this machine's own authority, whose certificates are short-lived by design (see `trusting`)."""


@dataclass(frozen=True, slots=True)
class TrustAnchor:
    """A certificate trusted without proof. `source` says by whose decision: `device`, `imported` or `system`."""

    pem: str
    source: str
