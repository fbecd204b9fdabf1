"""Rules of trying again: pure, so every combination can be walked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.domain import errors
from app.sync.retrying import STOP, Failure, Policy, Wait, asked_wait_s, decide, failure_of

NOW = datetime(2026, 3, 4, 10, 0, tzinfo=UTC)
POLICY = Policy(attempts=5, first_s=1, longest_s=10, asked_at_most_s=600)
CHANCE = some.floats(0, 1, exclude_max=True)


@pytest.mark.parametrize(("attempt", "least", "most"), [(1, 0.5, 1), (2, 1, 2), (3, 2, 4), (4, 4, 8)])
def test_waits_double(attempt: int, least: float, most: float) -> None:
    failure = Failure(passing=True, repeatable=True)
    assert decide(POLICY, failure, attempt, 0.0) == Wait(least)
    almost = decide(POLICY, failure, attempt, 0.999999)
    assert isinstance(almost, Wait)
    assert almost.seconds == pytest.approx(most, rel=1e-5)


def test_after_the_last_attempt_there_is_none() -> None:
    assert decide(POLICY, Failure(passing=True, repeatable=True), 5, 0.5) is STOP


@pytest.mark.parametrize("failure", [Failure(False, True), Failure(True, False), Failure(False, False, 5)])
def test_what_does_not_pass_or_may_be_done_already_is_left(failure: Failure) -> None:
    assert decide(POLICY, failure, 1, 0.5) is STOP


@given(some.floats(0.001, 1e9), some.integers(1, 4), CHANCE)
def test_fault_60_what_the_service_asks_is_kept_to_up_to_the_cap(asked: float, attempt: int, chance: float) -> None:
    decision = decide(POLICY, Failure(True, True, asked), attempt, chance)
    assert isinstance(decision, Wait)
    assert min(asked, 600) <= decision.seconds <= min(asked, 600) + POLICY.first_s


@given(some.integers(1, 10_000), CHANCE)
def test_no_wait_is_longer_than_the_longest(attempt: int, chance: float) -> None:
    decision = decide(Policy(attempts=10**6, longest_s=8), Failure(True, True), attempt, chance)
    assert isinstance(decision, Wait)
    assert 0 < decision.seconds <= 8


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, 0),
        ({"retry-after": "17"}, 17),
        ({"retry-after": " 17 "}, 17),
        ({"retry-after": "-5"}, 0),
        ({"retry-after": "soon"}, 0),
        ({"retry-after": "Wed, 04 Mar 2026 10:02:00 GMT"}, 120),
        ({"retry-after": "Wed, 04 Mar 2026 09:00:00 GMT"}, 0),
        ({"retry-after": "9" * 400}, 10**8),
        ({"retry-after": "٣"}, 0),
        ({"x-ratelimit-reset": "2026-03-04T10:00:30.000Z"}, 30),
        ({"x-ratelimit-reset": "1772618430"}, 0),
        ({"retry-after": "5", "x-ratelimit-reset": "2026-03-04T10:00:30Z"}, 5),
    ],
)
def test_fault_60_the_wait_is_read_in_each_form_it_is_written(headers: dict[str, str], seconds: float) -> None:
    assert asked_wait_s(headers, NOW) == seconds


@given(some.text(max_size=40))
def test_no_header_whatever_is_an_error(text: str) -> None:
    assert asked_wait_s({"retry-after": text, "x-ratelimit-reset": text}, NOW) >= 0
    assert asked_wait_s({"retry-after": (NOW + timedelta(1)).strftime("%c") + text}, NOW) >= 0


def test_what_an_error_says_decides() -> None:
    busy = errors.TooManyRequests(host="h", wait_s=7)
    lost = errors.ConnectionLost(host="h", perhaps_done=True)
    never = errors.NoConnection(host="h", reason="refused")
    refused = errors.CredentialRefused(host="h", message="")
    assert failure_of(busy, safe=False) == Failure(True, True, 7)
    assert failure_of(lost, safe=False) == Failure(True, False)
    assert failure_of(lost, safe=True) == Failure(True, True)
    assert failure_of(never, safe=False) == Failure(True, True)
    assert failure_of(refused, safe=True) == Failure(False, True)
