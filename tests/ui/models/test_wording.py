"""Dates as people write them, and the next step in a line."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from app.domain.envelope import EnvelopeStatus
from app.domain.recipient import Action, RecipientStatus
from app.ui.models.finding import score
from app.ui.models.wording import ACTION, RECIPIENT, STATUS, full_date, listed, next_step, short_date, until

NOW = datetime(2026, 11, 20, 15, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("ago", "words"),
    [
        (timedelta(minutes=25), "15:05"),
        (timedelta(hours=16), "Yesterday"),
        (timedelta(days=3), "Tuesday"),
        (timedelta(days=9), "11 Nov"),
        (timedelta(days=400), "16 Oct 2025"),
    ],
)
def test_a_date_is_as_short_as_it_can_be(ago: timedelta, words: str) -> None:
    assert short_date(NOW - ago, NOW) == words


def test_dates_are_told_in_the_readers_zone() -> None:
    reader = NOW.astimezone(timezone(timedelta(hours=10), "AEST"))
    assert short_date(NOW, reader) == "01:30"
    assert full_date(NOW, reader) == "21 November 2026, 01:30 AEST"


def test_every_state_has_words() -> None:
    assert set(STATUS) == set(EnvelopeStatus)
    assert set(RECIPIENT) == set(RecipientStatus)
    assert set(ACTION) == set(Action)
    assert all(next_step(status, ("Ana",)) for status in EnvelopeStatus)


def test_waiting_names_two_and_counts_the_rest() -> None:
    assert next_step(EnvelopeStatus.OUT, ("Ana", "Bob", "Cy")) == "Waiting for Ana, Bob and 1 more"
    assert listed(("Ana", "Bob")) == "Ana and Bob"
    assert next_step(EnvelopeStatus.DECLINED, (), ("Ana",)) == "Ana declined"


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (timedelta(days=12, hours=1), "12 days left"),
        (timedelta(days=1), "1 day left"),
        (timedelta(hours=3), "3 hours left"),
        (timedelta(minutes=5), "Less than an hour left"),
        (timedelta(0), "Time is up"),
    ],
)
def test_time_left_is_told_in_its_largest_unit(left: timedelta, words: str) -> None:
    assert until(NOW + left, NOW) == words


def test_a_few_letters_find_an_action() -> None:
    wanted, others = "Keyboard shortcuts", ("Back to draft", "Open log folder", "Verify")
    ours = score("ks", wanted)
    assert ours is not None
    assert all((score("ks", other) or -99) < ours for other in others)
    assert score("xyz", wanted) is None


def test_beginnings_of_words_count_more_than_letters_within() -> None:
    assert (score("ver", "Verify") or 0) > (score("ver", "Deliver") or 0)
