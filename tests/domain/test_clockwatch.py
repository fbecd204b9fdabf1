"""What happened to the clock between two events is noted, never smoothed over."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.audit import Moment
from app.domain.clockwatch import Oddity, compare
from tests.support.drafts import at


def later(minutes: float = 1, wall_s: float = 0, **more: object) -> Moment:
    moment = at(minutes)
    return replace(moment, wall=moment.wall + timedelta(seconds=wall_s), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("after", "found"),
    [
        (later(), ()),
        (later(wall_s=1.5), ()),
        (later(wall_s=-30), (Oddity("clock_back", 30),)),
        (later(wall_s=3600), (Oddity("clock_forward", 3600),)),
        (later(wall_s=900, asleep_ns=900 * 10**9), (Oddity("slept", 900),)),
        (later(wall_s=7200, asleep_ns=900 * 10**9), (Oddity("slept", 900), Oddity("clock_forward", 6300))),
        (later(offset_minutes=120), (Oddity("zone_changed", 3600),)),
        (later(boot="another"), (Oddity("restarted", 0),)),
        (later(wall_s=-600, boot="another"), (Oddity("restarted", 0), Oddity("clock_back", 540))),
    ],
)
def test_fault_49_what_a_clock_did_is_told(after: Moment, found: tuple[Oddity, ...]) -> None:
    assert compare(at(0), after) == found
