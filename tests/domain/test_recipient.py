"""What the parts people play mean."""

from __future__ import annotations

import pytest

from app.domain.recipient import Action, RecipientStatus
from tests.support.drafts import recipient


def test_everybody_acts_but_who_gets_a_copy_and_who_only_views_leaves_no_seal() -> None:
    assert {action for action in Action if not action.acts} == {Action.COPY}
    assert {action for action in Action if not action.seals} == {Action.COPY, Action.VIEW}


def test_three_states_are_on_the_way_and_the_others_are_ends() -> None:
    going = {RecipientStatus.WAITING, RecipientStatus.TURN, RecipientStatus.VIEWED}
    assert {status for status in RecipientStatus if not status.over} == going


@pytest.mark.parametrize(
    ("name", "letters"), [("Jane Smith", "JS"), ("jane", "J"), ("Anna Maria Ruiz", "AR"), ("", "B"), ("(x) !", "B")]
)
def test_the_badge_has_letters_for_any_name(name: str, letters: str) -> None:
    assert recipient("buyer", name=name).initials == letters
