"""A file that was taken in, as everybody may know it who needs no network."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Download:
    """What lies at the place now."""

    sha256: str
    size: int
