"""What a use case changed."""

from __future__ import annotations

import pytest

from app.domain.changes import Changes


def test_a_model_asks_whether_it_is_touched() -> None:
    changes = Changes.of("envelope", "E1", "E2")
    assert changes.touches("envelope")
    assert changes.touches("envelope", "E2")
    assert not changes.touches("envelope", "E3")
    assert not changes.touches("identity")
    assert not Changes().touches("envelope")


def test_the_only_thing_made_is_named_and_two_are_not_one() -> None:
    assert Changes.of("envelope", "E1").one("envelope") == "E1"
    with pytest.raises(ValueError, match="too many"):
        Changes.of("envelope", "E1", "E2").one("envelope")
    with pytest.raises(ValueError, match="not enough"):
        Changes.of("envelope", "E1").one("identity")


def test_the_same_change_twice_is_one() -> None:
    assert Changes.of("mark", "a", "a") == Changes.of("mark", "a")
