"""How long a seal can be checked: the PAdES baseline levels (ETSI EN 319 142-1, 6)."""

from enum import StrEnum


class Level(StrEnum):
    """B-B is the signature itself. B-T proves by a time-stamp authority when it existed. B-LT brings along what says
    that no certificate was revoked. B-LTA protects all that by a time stamp of its own, which can be renewed.
    """

    B_B = "B-B"
    B_T = "B-T"
    B_LT = "B-LT"
    B_LTA = "B-LTA"

    def reaches(self, other: "Level") -> bool:
        """Each level contains the ones below it."""
        order = list(Level)
        return order.index(self) >= order.index(other)
