"""Between two events: did the clock jump, did the machine sleep or start anew, did it change its time zone?

Wall time is compared with the monotonic clock, which nobody can set. What is odd becomes an event of its own and is
never smoothed over: order comes from the sequence, time is only evidence.
"""

from dataclasses import dataclass
from typing import Literal

from app.domain.audit import Moment

TOLERANCE_S = 2.0
"""What a clock that is kept in step by the network may be moved at once without being noted."""

Kind = Literal["clock_back", "clock_forward", "slept", "restarted", "zone_changed"]


@dataclass(frozen=True, slots=True)
class Oddity:
    """`seconds` it jumped or slept; for a change of zone, by how much. 0 for a restart, when nobody can tell."""

    kind: Kind
    seconds: int


def compare(before: Moment, after: Moment) -> tuple[Oddity, ...]:
    """What happened to the clock between two moments; nothing, almost always."""
    found: list[Oddity] = []
    passed_s = (after.wall - before.wall).total_seconds()
    if before.boot != after.boot:
        found.append(Oddity("restarted", 0))
        if passed_s < 0:
            found.append(Oddity("clock_back", round(-passed_s)))
    else:
        slept_s = max(after.asleep_ns - before.asleep_ns, 0) / 1e9
        ran_s = (after.monotonic_ns - before.monotonic_ns) / 1e9
        jump_s = passed_s - ran_s - slept_s
        if slept_s > TOLERANCE_S:
            found.append(Oddity("slept", round(slept_s)))
        if abs(jump_s) > TOLERANCE_S:
            found.append(Oddity("clock_forward" if jump_s > 0 else "clock_back", round(abs(jump_s))))
    if before.offset_minutes != after.offset_minutes:
        found.append(Oddity("zone_changed", (after.offset_minutes - before.offset_minutes) * 60))
    return tuple(found)
