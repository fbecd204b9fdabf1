"""The clocks of this machine, and names made of the time."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app import clock
from app.clock import Clock


def test_wall_time_is_utc_and_now() -> None:
    before = datetime.now(UTC)
    now = Clock().now()
    assert now.utcoffset() == timedelta(0)
    assert before <= now <= datetime.now(UTC)


def test_a_moment_has_the_clock_that_cannot_be_set_back_and_its_boot() -> None:
    ours = Clock()
    first, second = ours.moment(), ours.moment()
    assert first.monotonic_ns <= second.monotonic_ns <= time.monotonic_ns()
    assert first.boot == second.boot
    assert first.boot


@pytest.mark.parametrize(("zone", "minutes"), [("UTC", 0), ("XXX-05:30", 330), ("YYY+03", -180)])
def test_a_moment_tells_the_offset_people_live_by(zone: str, minutes: int, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setenv("TZ", zone)
        time.tzset()
        moment = Clock().moment()
    time.tzset()
    assert moment.offset_minutes == minutes
    assert moment.wall.utcoffset() == timedelta(0)


def test_where_the_system_names_no_boot_each_run_is_one_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "BOOT_ID", tmp_path / "none")
    assert Clock().moment().boot != Clock().moment().boot


def test_names_are_ulids_that_differ_and_sort_by_time() -> None:
    class Stepping(Clock):
        at = datetime(2026, 1, 1, tzinfo=UTC)

        def now(self) -> datetime:
            self.at += timedelta(milliseconds=1)
            return self.at

    ours = Stepping()
    names = [ours.new_id() for _ in range(200)]
    assert names == sorted(names)
    assert len(set(names)) == 200
    assert all(len(name) == 26 and set(name) <= set("0123456789ABCDEFGHJKMNPQRSTVWXYZ") for name in names)


def test_names_made_in_the_same_instant_differ() -> None:
    class Still(Clock):
        def now(self) -> datetime:
            return datetime(2026, 1, 1, tzinfo=UTC)

    ours = Still()
    assert len({ours.new_id() for _ in range(200)}) == 200
