"""What depends on what: conditions, formulas, rules with a try-out, shared answers, the look, the tab order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLineEdit, QPushButton, QWidget

from app.domain.fields.base import Constraint, TextStyle
from app.domain.fields.condition import Condition, Effect, Group, Op, Test
from app.domain.geometry import Rect
from app.domain.ids import FieldId
from app.pdf import Hit, OutlineEntry
from app.services.house import House
from app.ui.canvas.layout import PageRef
from app.ui.prepare.condition_dialog import ConditionDialog
from app.ui.prepare.contents import ContentsDialog
from app.ui.prepare.formula_dialog import FormulaDialog
from app.ui.prepare.style_dialog import StyleDialog
from app.ui.theme import Theme
from tests.support.inline_runner import InlineRunner
from tests.support.studios import LEFT, Bench, BlankLooker, a_field, bench, keep_draft, paper_house, wait_for

FIELDS = (
    a_field("married", Rect(100, 100, 14, 14), kind="checkbox", label="Married", required=False),
    a_field("spouse", Rect(100, 140, 160, 24), label="Spouse"),
    a_field("price", Rect(100, 180, 80, 24), kind="number", label="Price", mapping_key="price"),
    a_field("total", Rect(200, 180, 80, 24), kind="number", label="Total"),
    a_field("iban", Rect(100, 220, 160, 24), label="Account", mapping_key="iban"),
    a_field("again", Rect(100, 260, 160, 24), label="Account again", mapping_key="iban"),
)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with paper_house(tmp_path / "library") as built:
        yield built


@pytest.fixture
def made(house: House, theme: Theme, runner: InlineRunner) -> Iterator[Bench]:
    with bench(house, keep_draft(house, fields=FIELDS), runner) as found:
        yield found


def dialog_of(made: Bench, kind: type[QWidget]) -> QWidget:
    (found,) = [each for each in made.window.findChildren(kind) if each.isVisible()]
    return found


def press(inside: QWidget, words: str) -> None:
    # What was put into a layout a moment ago gets its place from the event loop.
    QApplication.processEvents()
    (button,) = [b for b in inside.findChildren(QPushButton) if b.text() == words and b.isVisible()]
    QTest.mouseClick(button, LEFT)


def control(made: Bench, name: str) -> QWidget:
    kinds = (QLineEdit, QComboBox)
    (found,) = [
        each
        for kind in kinds
        for each in made.studio.side.properties.findChildren(kind)
        if each.accessibleName() == name
    ]
    return found


def choose(made: Bench, *names: str) -> None:
    made.studio.draft.select([FieldId(name) for name in names])


def test_a_condition_is_built_read_as_a_sentence_tried_and_stored(made: Bench) -> None:
    choose(made, "spouse")
    made.do("field.conditions")
    dialog = cast("ConditionDialog", dialog_of(made, ConditionDialog))
    assert dialog.sentence.text() == "Show Spouse when Married is checked"
    tester = dialog.tester
    assert tester.says.text() == "It is hidden."
    tick = cast("QCheckBox", tester.controls[FieldId("married")])
    tick.setChecked(True)
    assert tester.says.text() == "It is shown."
    press(dialog, "Keep")
    wanted = Condition(Effect.SHOW, (Group((Test(FieldId("married"), Op.CHECKED),)),))
    assert made.stored.field(FieldId("spouse")).conditions == (wanted,)
    made.do("edit.undo")
    assert made.stored.field(FieldId("spouse")).conditions == ()


def test_a_condition_that_always_holds_or_goes_round_is_warned_of(made: Bench) -> None:
    choose(made, "spouse")
    made.do("field.conditions")
    dialog = cast("ConditionDialog", dialog_of(made, ConditionDialog))
    press(dialog, "Add a group")
    second = dialog._groups[1].rows[0]
    second.op.setCurrentIndex(second.op.findData(Op.UNCHECKED))
    second.op.activated.emit(second.op.currentIndex())
    dialog.match.setCurrentIndex(1)
    dialog.match.activated.emit(1)
    assert "always holds" in dialog.slip.text()
    dialog.reject()
    looks_back = Condition(Effect.SHOW, (Group((Test(FieldId("spouse"), Op.FILLED),)),))
    made.studio.draft.replace_fields("x", [replace(made.field("married"), conditions=(looks_back,))])
    made.do("field.conditions")
    (again,) = [d for d in made.window.findChildren(ConditionDialog) if d.isVisible()]
    assert "circle" in again.slip.text()
    again.reject()


def test_a_formula_is_made_of_chips_and_its_mistakes_say_where(made: Bench) -> None:
    made.studio.draft.replace_fields("x", [replace(made.field("price"), value="12.50")])
    choose(made, "total")
    made.do("field.formula")
    dialog = cast("FormulaDialog", dialog_of(made, FormulaDialog))
    (chip,) = dialog.names.findItems("price", Qt.MatchFlag.MatchExactly)
    dialog.names.itemClicked.emit(chip)
    dialog.text.insertPlainText(" * ")
    assert dialog.says.text().startswith("At ")
    assert not dialog._keep.isEnabled()
    dialog.text.insertPlainText("2")
    assert "25" in dialog.says.text()
    dialog.text.insertPlainText(" + [nobody]")
    assert "no field is called nobody" in dialog.says.text()
    dialog.text.setPlainText("[price] * 2")
    press(dialog, "Keep")
    assert made.stored.field(FieldId("total")).formula == "[price] * 2"


def test_a_preset_is_chosen_and_an_answer_tried(made: Bench) -> None:
    choose(made, "iban")
    box = cast("QComboBox", control(made, "What the answer must be"))
    at = box.findData("iban")
    box.setCurrentIndex(at)
    box.activated.emit(at)
    assert made.stored.field(FieldId("iban")).constraint == Constraint(preset="iban")
    line = cast("QLineEdit", control(made, "Try an answer"))
    line.setFocus()
    QTest.keyClicks(line, "DE89 3704 0044 0532 0130 01")
    assert line.property("wrong") is True
    line.clear()
    QTest.keyClicks(line, "DE89 3704 0044 0532 0130 00")
    assert line.property("wrong") is False
    assert made.studio.draft.history.count() == 1


def test_a_limit_the_field_would_refuse_is_said_and_not_stored(made: Bench) -> None:
    choose(made, "price")
    line = cast("QLineEdit", control(made, "At least"))
    QTest.keyClicks(line, "ten")
    assert line.property("wrong") is True
    assert made.stored.field(FieldId("price")).constraint.minimum is None
    line.clear()
    QTest.keyClicks(line, "10")
    assert made.stored.field(FieldId("price")).constraint.minimum == "10"


def test_shared_answers_are_shown_and_unlinked_by_one_click(made: Bench) -> None:
    choose(made, "again")
    panel = made.studio.side.properties
    press(panel, "Break the link")
    assert made.stored.field(FieldId("again")).mapping_key == "iban_2"
    choose(made, "iban")
    assert not [b for b in panel.findChildren(QPushButton) if b.text() == "Break the link" and b.isVisible()]


def test_the_envelopes_look_is_chosen_and_a_fields_own_look_is_marked_and_reset(made: Bench) -> None:
    made.do("envelope.style")
    dialog = cast("StyleDialog", dialog_of(made, StyleDialog))
    (box,) = [b for b in dialog.findChildren(QComboBox) if b.accessibleName() == "Size"]
    at = box.findText("12 pt")
    box.setCurrentIndex(at)
    box.activated.emit(at)
    assert made.stored.style.size_pt == 12
    dialog.accept()
    made.studio.draft.replace_fields("x", [replace(made.field("spouse"), style=TextStyle(size_pt=9.0))])
    choose(made, "spouse")
    press(made.studio.side.properties, "Make this the envelope's")
    assert made.stored.style.size_pt == 9
    assert made.stored.field(FieldId("spouse")).style.size_pt is None
    made.do("edit.undo")
    assert made.stored.style.size_pt == 12
    press(made.studio.side.properties, "As in the envelope")
    assert made.stored.field(FieldId("spouse")).style.size_pt is None


def test_clicks_number_the_fields_and_tab_follows(made: Bench) -> None:
    made.do("field.tab_order")
    for name in ("total", "price"):
        middle = made.field(name).rect.center
        made.click(made.at(middle.x, middle.y))
    made.key(Qt.Key.Key_Escape)
    ids = [field.id for field in made.stored.fields_of("jane")]
    assert ids[:3] == ["total", "price", "married"]
    made.studio.view.setFocus()
    choose(made, "total")
    made.key(Qt.Key.Key_Tab)
    assert made.studio.draft.selection == ("price",)
    made.do("field.later")
    assert [field.id for field in made.stored.fields_of("jane")][:3] == ["total", "married", "price"]
    made.do("field.tab_order")
    assert made.studio.ordering is not None
    made.studio.ordering.by_position()
    made.do("field.tab_order")
    assert [field.id for field in made.stored.fields_of("jane")][:2] == ["married", "spouse"]


def test_a_text_is_found_and_enter_goes_from_place_to_place(made: Bench) -> None:
    looker = cast("BlankLooker", made.house.looker)
    looker.hits = (Hit(1, (Rect(50, 50, 60, 10),)), Hit(3, (Rect(50, 700, 60, 10),)))
    made.do("view.find")
    bar = made.studio.finder
    QTest.keyClicks(bar.line, "lease")
    wait_for(lambda: bar.says.text() == "1 of 2")
    QTest.keyClick(bar.line, Qt.Key.Key_Return)
    assert bar.says.text() == "2 of 2"
    assert made.studio.view.page == PageRef("D1", 3)
    QTest.keyClick(bar.line, Qt.Key.Key_Escape)
    assert not bar.isVisible()
    assert made.studio.view.hasFocus()


def test_the_contents_lead_to_their_pages_and_pages_turn_by_keys(made: Bench) -> None:
    cast("BlankLooker", made.house.looker).contents = (
        OutlineEntry(1, "Lease", 1),
        OutlineEntry(2, "Signatures", 3),
    )
    made.do("view.contents")
    dialog = cast("ContentsDialog", dialog_of(made, ContentsDialog))
    top = dialog.tree.topLevelItem(0)
    assert top is not None
    below = top.child(0)
    assert below is not None
    dialog.tree.setCurrentItem(below)
    assert made.studio.view.page == PageRef("D1", 3)
    made.do("view.previous_page")
    assert made.studio.view.page == PageRef("D1", 2)
    dialog.close()
