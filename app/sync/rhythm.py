"""How often the news are asked for: soon after something happened, seldom when nothing does.

Fifty envelopes that rest make fifty small requests an hour at most, below every provider's limit.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

FIRST_S: Final = 30.0
LONGEST_S: Final = 3600.0
LONGEST_WAIT: Final = timedelta(hours=3)
"""No wait of any operation is longer; one that seems to be was reckoned by a clock that was put back since."""


MISSES: Final = 5
"""So often in a row a service may say that it has no such envelope before that counts as a fact."""
MISSED_WAIT: Final = timedelta(hours=1)


def missed(before: Mapping[str, Any] | None, now: datetime) -> dict[str, Any]:
    """One miss more than before; one that comes soon after another tells nothing new and does not count."""
    if before is None:
        return {"times": 1, "at": now.isoformat()}
    if abs(now - datetime.fromisoformat(before["at"])) < MISSED_WAIT / 2:
        return dict(before)
    return {"times": int(before["times"]) + 1, "at": now.isoformat()}


def wait_s(quiet: int, chance: float) -> float:
    """`quiet` counts the rounds in a row that brought nothing new; `chance` is from [0, 1) and keeps many envelopes
    from being asked for together.
    """
    return min(FIRST_S * 2.0 ** min(quiet, 10), LONGEST_S) * (1 + chance / 4)
