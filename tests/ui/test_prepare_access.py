"""What a screen reader meets in the editor: every control has a name, and two windows tell the same story."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QDialog, QScrollArea, QWidget

from app.domain.geometry import Rect
from app.domain.ids import FieldId
from app.services.house import House
from app.ui.theme import Theme
from tests.support.inline_runner import InlineRunner
from tests.support.naming import controls, unnamed
from tests.support.studios import Bench, a_field, bench, keep_draft, paper_house

SPOT = Rect(100, 100, 160, 24)
FIELDS = (
    a_field("a", SPOT, label="Street", mapping_key="street"),
    a_field("b", SPOT.moved(0, 60), label="Street again", mapping_key="street"),
    a_field("c", SPOT.moved(0, 120), kind="number"),
    a_field("d", SPOT.moved(0, 180), kind="dropdown", options=("One", "Two")),
    a_field("e", SPOT.moved(0, 240), kind="date"),
)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with paper_house(tmp_path / "library") as built:
        yield built


@pytest.fixture
def made(house: House, theme: Theme, runner: InlineRunner) -> Iterator[Bench]:
    with bench(house, keep_draft(house, fields=FIELDS), runner) as found:
        yield found


@pytest.mark.parametrize("name", ["a", "b", "c", "d", "e"])
def test_every_control_of_the_editor_has_a_name(made: Bench, name: str) -> None:
    made.studio.draft.select([FieldId(name)])
    assert unnamed(made.window) == []


@pytest.mark.parametrize("name", ["a", "b", "c", "d", "e"])
def test_tab_comes_by_every_control_of_the_editor(made: Bench, name: str) -> None:
    made.studio.draft.select([FieldId("a"), FieldId(name)])
    made.studio.preflight.unfold()
    stops: set[QWidget] = set()
    at = made.studio.view.nextInFocusChain()
    while at is not None and at is not made.studio.view:
        if at.focusPolicy() & Qt.FocusPolicy.TabFocus:
            stops.add(at)
        at = at.nextInFocusChain()
    able = {each for each in controls(made.window) if each.isVisible() and each.isEnabled()}
    # A scroll area brings what is in it into sight when it is reached.
    missed = {each for each in able - stops if not isinstance(each, QScrollArea)}
    assert [type(each).__name__ for each in missed - {made.studio.view}] == []
    assert len(able) > 50


@pytest.mark.parametrize(
    "action",
    ["edit.repeat", "field.conditions", "field.formula", "envelope.style", "envelope.settings", "view.contents",
     "view.go_to", "edit.save_block", "view.find", "field.tab_order"],
)  # fmt: skip
def test_every_control_of_a_dialog_has_a_name(made: Bench, action: str) -> None:
    made.studio.draft.select([FieldId("c")])
    made.do(action)
    assert unnamed(made.window) == []
    for dialog in made.window.findChildren(QDialog):
        dialog.close()


def test_fields_on_the_pages_are_named_in_tab_order_and_say_which_is_chosen(made: Bench) -> None:
    made.studio.draft.select([FieldId("c")])
    root = QAccessible.queryAccessibleInterface(made.studio.view)
    children = [root.child(at) for at in range(root.childCount())]
    names = [child.text(QAccessible.Text.Name) for child in children]
    assert names[0].startswith("Text, Street, Jane Smith, page 1, ")
    assert names[2].startswith("Number, Jane Smith, page 1, ")
    assert [child.state().selected for child in children] == [False, False, True, False, False]
    assert all(not child.rect().isEmpty() for child in children)


def test_two_windows_on_one_envelope_show_each_others_steps_and_lose_none(
    house: House, theme: Theme, runner: InlineRunner
) -> None:
    envelope = keep_draft(house, fields=FIELDS[:1])
    with bench(house, envelope, runner) as one, bench(house, envelope, InlineRunner()) as other:
        one.page._desk.changed.connect(other.page._desk.changed)
        one.studio.draft.select([FieldId("a")])
        one.key(Qt.Key.Key_Right)
        assert other.field("a").rect.x == SPOT.x + 1
        other.page._desk.changed.connect(one.page.take_changes)
        other.studio.draft.select([FieldId("a")])
        other.key(Qt.Key.Key_Down)
        assert one.field("a").rect == Rect(SPOT.x + 1, SPOT.y + 1, SPOT.width, SPOT.height)
        assert one.stored.fields == one.studio.draft.envelope.fields == other.studio.draft.envelope.fields
