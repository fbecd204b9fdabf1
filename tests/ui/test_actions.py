"""One table of actions feeds everything, and what is grey says why."""

from __future__ import annotations

import inspect
from collections import Counter

import pytest
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.ui.action import Action, Need, Place, Standing
from app.ui.action_set import ActionSet
from app.ui.actions import ACTIONS, action, actions_of
from app.ui.home.page import HomePage
from app.ui.icons import icon_names
from app.ui.shell import Shell
from app.ui.theme import Theme
from app.ui.verify.page import VerifyPage

OWNERS = {Place.WINDOW: Shell, Place.HOME: HomePage, Place.VERIFY: VerifyPage}


class Page(QWidget):
    """Answers for Home as the test tells it to."""

    standing_changed = Signal()

    def __init__(self, **missing: str) -> None:
        super().__init__()
        self.says = Standing({Need[name]: words for name, words in missing.items()})
        self.opened = 0

    def standing(self) -> Standing:
        return self.says

    def open_chosen(self) -> None:
        self.opened += 1


@pytest.mark.parametrize("row", [row for row in ACTIONS if row.place in OWNERS], ids=lambda row: row.id)
def test_every_action_calls_a_method_that_is_there_and_takes_nothing(row: Action) -> None:
    method = inspect.signature(getattr(OWNERS[row.place], row.calls))
    assert [name for name, needed in method.parameters.items() if needed.default is needed.empty] == ["self"]


def test_no_two_actions_share_a_name() -> None:
    assert [name for name, count in Counter(row.id for row in ACTIONS).items() if count > 1] == []


@pytest.mark.parametrize("place", list(Place))
def test_no_two_actions_that_can_meet_share_a_key(place: Place, theme: Theme) -> None:
    """Those of the window are there on every page. Opening and a new envelope are the same act under two keys."""
    meeting = actions_of(place) if place is Place.WINDOW else (*actions_of(Place.WINDOW), *actions_of(place))
    keys = Counter(sequence.toString() for row in meeting for sequence in row.sequences() if row.keys)
    assert [key for key, count in keys.items() if count > 1] == []


def test_every_icon_of_the_table_is_there(theme: Theme) -> None:
    assert {row.icon for row in ACTIONS if row.icon} - icon_names() == set()


def test_words_are_in_sentence_case_without_exclamation_marks() -> None:
    for row in ACTIONS:
        words = row.text.replace("JSON", "json").replace("Paraph", "paraph").split()
        assert words[0][0].isupper(), row.text
        assert all(word.islower() or word.isdigit() or word == "Home" for word in words[1:]), row.text
        assert "!" not in row.text


def test_an_action_runs_the_page_in_front(theme: Theme) -> None:
    page = Page()
    actions = ActionSet(page)
    actions.answer(Place.HOME, page)
    actions.qaction("envelope.open").trigger()
    assert page.opened == 1


def test_a_grey_action_says_why_in_its_tool_tip_and_to_a_screen_reader(theme: Theme) -> None:
    page = Page(ENVELOPE="")
    actions = ActionSet(page)
    actions.answer(Place.HOME, page)
    button = actions.button("envelope.open", "primary")
    assert not button.isEnabled()
    assert Need.ENVELOPE.value in button.toolTip()
    assert button.accessibleDescription() == Need.ENVELOPE.value
    page.says = Standing()
    actions.refresh()
    assert button.isEnabled()
    assert Need.ENVELOPE.value not in button.toolTip()
    assert button.accessibleDescription() == ""
    button.click()
    assert page.opened == 1


def test_a_page_may_give_a_better_reason_than_the_table(theme: Theme) -> None:
    page = Page(SIGNABLE="Ana signs first.")
    actions = ActionSet(page)
    actions.answer(Place.HOME, page)
    assert actions.reason_against("envelope.sign") == "Ana signs first."


def test_actions_of_a_page_that_is_not_in_front_are_grey(theme: Theme) -> None:
    page = Page()
    actions = ActionSet(page)
    actions.answer(Place.HOME, page)
    actions.answer(Place.HOME, None)
    assert "Home" in actions.reason_against("envelope.open")


def test_a_page_words_an_action_for_the_moment(theme: Theme) -> None:
    page = Page()
    page.says = Standing(wording={"envelope.open": "Continue preparing"})
    actions = ActionSet(page)
    actions.answer(Place.HOME, page)
    assert actions.button("envelope.open").text() == "Continue preparing"
    assert actions.tool("envelope.open").accessibleName() == "Continue preparing"


def test_a_row_is_found_by_its_id() -> None:
    assert action("go.home").text == "Home"
    with pytest.raises(KeyError):
        action("go.nowhere")
