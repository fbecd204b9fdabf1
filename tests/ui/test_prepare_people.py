"""Whose fields are shown, who they belong to after somebody left, and the legend of their colours."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QToolTip

from app.domain.geometry import Rect
from app.ui.canvas.layout import PageRef
from app.ui.prepare.recipients import LINES
from app.ui.theme import Theme
from tests.support.inline_runner import InlineRunner
from tests.support.studios import LEFT, Bench, a_field, bench, keep_draft, paper_house

FIELDS = (
    a_field("hers", Rect(100, 100, 160, 24)),
    a_field("his", Rect(100, 200, 160, 24), role="bob"),
    a_field("her_date", Rect(100, 300, 100, 24), kind="date"),
)


@pytest.fixture
def made(theme: Theme, runner: InlineRunner, tmp_path: Path) -> Iterator[Bench]:
    with paper_house(tmp_path / "library") as house, bench(house, keep_draft(house, fields=FIELDS), runner) as found:
        yield found


def shown(made: Bench) -> list[str]:
    return [field.id for field in made.studio.overlay.fields_on(PageRef("D1", 1))]


def press_eye(made: Bench, row: int) -> None:
    people = made.studio.side.people
    QTest.mouseClick(people.viewport(), LEFT, pos=people.eye_of(people.item(row)).center())


def test_an_eye_hides_the_fields_of_one_person_and_shows_them_again(made: Bench) -> None:
    made.studio.draft.select((FIELDS[1].id,))
    before = made.viewport.grab().toImage()
    press_eye(made, 1)
    assert shown(made) == ["hers", "her_date"]
    assert made.studio.draft.selection == ()
    assert made.viewport.grab().toImage() != before
    assert made.stored.field(FIELDS[1].id).recipient == "bob"
    press_eye(made, 1)
    assert shown(made) == ["hers", "his", "her_date"]


def test_what_is_hidden_is_neither_clicked_nor_chosen_nor_walked_to(made: Bench) -> None:
    press_eye(made, 1)
    made.click(made.at(150, 210))
    assert made.studio.draft.selection == ()
    made.do("edit.select_all")
    assert set(made.studio.draft.selection) == {"hers", "her_date"}
    made.studio.draft.select(())
    walked: list[str] = []
    for _ in range(2):
        made.key(Qt.Key.Key_Tab)
        walked += made.studio.draft.selection
    assert walked == ["hers", "her_date"]
    assert "Bob" not in " ".join(part.name for part in made.studio.narrator.parts())


def test_only_the_current_recipients_fields_at_a_key_and_everybodys_again(made: Bench) -> None:
    made.studio.draft.make_current("bob")
    made.do("view.only_theirs")
    assert shown(made) == ["his"]
    assert made.actions.qaction("view.only_theirs").isChecked()
    (everybody,) = [b for b in made.studio.side.findChildren(QPushButton) if b.text() == "Show the fields of everybody"]
    assert everybody.isVisible()
    everybody.click()
    assert len(shown(made)) == 3
    assert not everybody.isVisible()
    assert made.actions.reason_against("view.everybody") == "The fields of everybody are shown."


def test_what_is_placed_undone_or_found_wrong_is_shown(made: Bench) -> None:
    made.studio.draft.make_current("bob")
    press_eye(made, 1)
    made.key(Qt.Key.Key_D)
    made.click(made.at(300, 500))
    assert len(shown(made)) == 4
    press_eye(made, 1)
    made.do("edit.undo")
    press_eye(made, 0)
    made.studio.show_field(FIELDS[0].id)
    assert "hers" in shown(made)
    assert made.studio.draft.selection == ("hers",)


def test_the_list_says_whose_fields_are_hidden_also_by_space_and_to_a_reader(made: Bench) -> None:
    people = made.studio.side.people
    people.setCurrentRow(1)
    QTest.keyClick(people, Qt.Key.Key_Space)
    assert made.studio.draft.hidden == {"bob"}
    assert people.item(1).data(Qt.ItemDataRole.AccessibleTextRole).endswith("fields hidden")
    spot = people.eye_of(people.item(1)).center()
    event = QHelpEvent(QEvent.Type.ToolTip, spot, people.viewport().mapToGlobal(spot))
    QApplication.sendEvent(people.viewport(), event)
    assert QToolTip.text() == "Show their fields"
    QToolTip.hideText()


def test_the_list_is_the_legend_it_paints_each_in_their_colour(made: Bench) -> None:
    people = made.studio.side.people
    badges = [people.item(row).data(LINES)[2] for row in range(2)]
    assert [(badge.initials, badge.index) for badge in badges] == [("JS", 0), ("BJ", 1)]


def test_who_leaves_with_fields_is_asked_where_these_go(made: Bench) -> None:
    made.studio.draft.make_current("bob")
    menu = made.studio.side.form.heirs(made.stored.recipient("bob"), 1)
    assert [action.text() for action in menu.actions()] == ["Remove with 1 field", "Give 1 field to Jane Smith"]
    menu.actions()[1].trigger()
    assert {field.recipient for field in made.stored.fields} == {"jane"}
    assert [one.role for one in made.stored.recipients] == ["jane"]
    made.do("edit.undo")
    assert made.stored.field(FIELDS[1].id).recipient == "bob"


def test_who_leaves_without_fields_simply_goes(made: Bench) -> None:
    made.studio.draft.set_fields("Clear", [])
    made.studio.draft.make_current("bob")
    made.studio.side.edit_recipient()
    (button,) = [b for b in made.studio.side.form.findChildren(QPushButton) if b.text() == "Remove"]
    QTest.mouseClick(button, LEFT, pos=QPoint(5, 5))
    assert [one.role for one in made.stored.recipients] == ["jane"]
