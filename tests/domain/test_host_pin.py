"""Wrong PINs of the host."""

from datetime import UTC, datetime, timedelta

import pytest

from app.domain.host_pin import Tries, delay_after

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.mark.parametrize(("wrong", "seconds"), [(0, 0), (2, 0), (3, 2), (4, 4), (6, 16), (8, 60), (10**6, 60)])
def test_each_wrong_pin_after_the_second_costs_twice_the_wait(wrong: int, seconds: int) -> None:
    assert delay_after(wrong) == seconds


def test_the_wait_ends_with_time_and_does_not_grow_when_the_clock_is_set_back() -> None:
    tries = Tries(5).after_wrong(NOON)
    assert tries.wait_s(NOON) == 16
    assert tries.wait_s(NOON + timedelta(seconds=15)) == 1
    assert tries.wait_s(NOON + timedelta(seconds=16)) == 0
    assert tries.wait_s(NOON - timedelta(days=1)) == 16
