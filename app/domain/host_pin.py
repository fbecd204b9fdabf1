"""Wrong PINs of the host cost a wait that grows, and that a restart does not shorten."""

from dataclasses import dataclass
from datetime import datetime
from math import ceil
from typing import Final

LONGEST_DELAY_S: Final = 60
FREE_TRIES: Final = 2
"""Wrong PINs before the first delay; a slip of the finger should not cost a wait."""


def delay_after(wrong: int) -> int:
    """Seconds to wait after so many wrong PINs in a row: 0, 0, 2, 4, 8 … 60."""
    return 0 if wrong <= FREE_TRIES else int(min(2 ** min(wrong - FREE_TRIES, 6), LONGEST_DELAY_S))


@dataclass(frozen=True, slots=True)
class Tries:
    """How many were wrong in a row, and until when the next one must wait, in seconds since 1970."""

    wrong: int = 0
    until: int = 0

    def after_wrong(self, now: datetime) -> "Tries":
        wrong = self.wrong + 1
        delay = delay_after(wrong)
        return Tries(wrong, ceil(now.timestamp()) + delay if delay else 0)

    def wait_s(self, now: datetime) -> float:
        """Never longer than the delay itself, whatever became of the clock."""
        return min(max(0.0, self.until - now.timestamp()), float(delay_after(self.wrong)))
