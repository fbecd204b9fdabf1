"""The keys of the pages: letters, digits and arrows, each changed in the list of keys and obeyed at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from app.domain.fields.registry import KINDS
from app.domain.geometry import Rect
from app.ui.frame.memory import Memory
from app.ui.frame.shortcuts import KeyButton, ShortcutList
from app.ui.keyhole import Keyhole
from app.ui.prepare.kind_picker import KindPicker
from app.ui.prepare.page_keys import PageKeys
from app.ui.shell import Shell
from app.ui.theme import Theme
from app.ui.windows import OUTLINE
from tests.support.inline_runner import InlineRunner
from tests.support.studios import LEFT, NO, Bench, a_field, bench, keep_draft, paper_house

SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
FIELD = a_field("a", Rect(100, 100, 160, 24))


@pytest.fixture
def made(theme: Theme, runner: InlineRunner, tmp_path: Path) -> Iterator[Bench]:
    with paper_house(tmp_path / "library") as house, bench(house, keep_draft(house, fields=(FIELD,)), runner) as found:
        found.studio.view.setFocus()
        yield found


@pytest.fixture
def listed(made: Bench) -> Iterator[ShortcutList]:
    dialog = ShortcutList(made.actions, made.window)
    dialog.show()
    yield dialog
    dialog.close()


def change(listed: ShortcutList, text: str, key: Qt.Key, held: Qt.KeyboardModifier = NO) -> KeyButton:
    """Presses the button of an action and then the key."""
    (button,) = [b for b in listed.findChildren(KeyButton) if b.button.accessibleName().startswith(f"{text}: ")]
    QTest.mouseClick(button.button, LEFT)
    QTest.keyClick(button.edit, key, held)
    return button


def test_the_keys_of_the_table_are_those_that_were_promised(made: Bench) -> None:
    promised = {"S": "signature", "I": "initials", "D": "date", "T": "text", "C": "checkbox", "R": "radio",
                "N": "number"}  # fmt: skip
    for letter, kind in promised.items():
        made.key(Qt.Key(ord(letter)))
        assert made.studio.tool.armed == kind
    made.key(Qt.Key.Key_Escape)
    assert all(made.actions.qaction(f"place.{kind}").text() for kind in KINDS)


def test_every_key_of_the_pages_stands_in_the_list(listed: ShortcutList) -> None:
    words = {label.text() for label in listed.findChildren(QLabel)}
    assert {"Place signature", "Give to recipient 9", "Move left by 1 pt", "Move up by 10 pt", "Wider by 1 pt"} <= words
    shown = {button.button.text() for button in listed.findChildren(KeyButton)}
    assert {"S", "9", "Left", "Shift+Up", "Ctrl+Right"} <= shown


def test_another_letter_places_a_signature_and_the_old_one_nothing(made: Bench, listed: ShortcutList) -> None:
    told: list[tuple[str, str]] = []
    listed.rebound.connect(lambda action, keys: told.append((action, keys)))
    change(listed, "Place signature", Qt.Key.Key_G)
    assert told == [("place.signature", "G")]
    armed = []
    for key in (Qt.Key.Key_S, Qt.Key.Key_G):
        made.key(key)
        armed.append(made.studio.tool.armed)
    assert armed == [None, "signature"]
    made.click(made.at(300, 400))
    assert made.stored.fields[-1].kind == "signature"
    tip = made.studio.side.palette_.button("signature").toolTip()
    assert tip.startswith("Signature (G)")


def test_other_keys_move_resize_and_give(made: Bench, listed: ShortcutList) -> None:
    change(listed, "Move left by 1 pt", Qt.Key.Key_A)
    change(listed, "Wider by 1 pt", Qt.Key.Key_W, SHIFT)
    change(listed, "Give to recipient 2", Qt.Key.Key_B)
    made.studio.draft.select((FIELD.id,))
    for key, held in ((Qt.Key.Key_A, NO), (Qt.Key.Key_W, SHIFT), (Qt.Key.Key_B, NO)):
        made.key(key, held)
    assert made.only().rect == Rect(99, 100, 161, 24)
    assert made.only().recipient == "bob"
    before = made.only()
    for key, held in ((Qt.Key.Key_Left, NO), (Qt.Key.Key_Right, CTRL), (Qt.Key.Key_2, NO)):
        made.key(key, held)
    assert made.only() == before


def test_keys_that_mean_something_else_are_refused_with_its_name(made: Bench, listed: ShortcutList) -> None:
    button = change(listed, "Place signature", Qt.Key.Key_D)
    assert button.edit.placeholderText() == "Taken: Place date"
    QTest.keyClick(button.edit, Qt.Key.Key_Left, SHIFT)
    assert button.edit.placeholderText() == "Taken: Move left by 10 pt"
    QTest.keyClick(button.edit, Qt.Key.Key_Z, CTRL)
    assert button.edit.placeholderText() == "Taken: Undo"
    QTest.keyClick(button.edit, Qt.Key.Key_Return)
    assert button.edit.placeholderText() == "Taken: Accept"
    made.key(Qt.Key.Key_S)
    assert made.studio.tool.armed == "signature"


def test_a_key_comes_back_by_itself_or_with_all_others(made: Bench, listed: ShortcutList) -> None:
    (back,) = [b for b in listed.findChildren(QPushButton) if b.text() == "Bring all keys back"]
    assert (back.isEnabled(), back.toolTip()) == (False, "No key has been changed.")
    change(listed, "Place date", Qt.Key.Key_G)
    change(listed, "Place text", Qt.Key.Key_H)
    assert back.isEnabled()
    button = change(listed, "Place date", Qt.Key.Key_Backspace)
    assert button.button.text() == "D"
    told: list[tuple[str, str]] = []
    listed.rebound.connect(lambda action, keys: told.append((action, keys)))
    back.click()
    assert told == [("place.text", "")]
    assert not back.isEnabled()
    made.key(Qt.Key.Key_T)
    assert made.studio.tool.armed == "text"


def test_a_changed_letter_is_kept_for_the_next_window(theme: Theme, tmp_path: Path) -> None:
    memory = Memory(tmp_path)
    memory.keep_shortcut("place.signature", "G")
    memory.keep_shortcut("nudge.left", "A")
    shell = Shell(memory)
    shell.build(Keyhole(), OUTLINE)
    keys = PageKeys(shell.actions_)
    assert keys.words_for("signature") == "G"
    assert keys.step(pressed(Qt.Key.Key_A, "a")) == (-1.0, 0.0, False)
    assert keys.step(pressed(Qt.Key.Key_Left, "")) is None
    shell.close()


def test_the_list_beside_a_drawn_box_goes_by_the_persons_letters(made: Bench) -> None:
    made.actions.rebind("place.signature", [QKeySequence("G")])
    made.drag(made.at(300, 400), made.at(420, 450))
    (picker,) = made.viewport.findChildren(KindPicker)
    assert any(picker.list.item(n).text() == "Signature   G" for n in range(picker.list.count()))
    QTest.keyClick(picker.list, Qt.Key.Key_G)
    assert made.stored.fields[-1].kind == "signature"


def pressed(key: Qt.Key, text: str, held: Qt.KeyboardModifier = NO) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, key, held, text)


def test_digits_count_from_the_keypad_and_where_they_are_typed_with_shift(made: Bench) -> None:
    keys = PageKeys(made.actions)
    assert keys.recipient(pressed(Qt.Key.Key_2, "2", Qt.KeyboardModifier.KeypadModifier)) == 2
    assert keys.recipient(pressed(Qt.Key.Key_2, "2", SHIFT)) == 2
    assert keys.recipient(pressed(Qt.Key.Key_2, "2", CTRL)) is None
    assert keys.kind(pressed(Qt.Key.Key_S, "S", SHIFT)) == "signature"


def test_letters_are_still_typed_where_one_types(made: Bench) -> None:
    title = made.studio.top.title
    title.setFocus()
    QTest.keyClicks(title, "sd1")
    QApplication.processEvents()
    assert "sd1" in title.text()
    assert made.studio.tool.armed is None


def test_placing_giving_and_moving_are_found_in_the_command_palette(made: Bench) -> None:
    made.do("place.stamp")
    assert made.studio.tool.armed == "stamp"
    made.key(Qt.Key.Key_Escape)
    assert made.actions.reason_against("nudge.left") == "Select a field on the page first."
    made.studio.draft.select((FIELD.id,))
    made.do("nudge.far_down")
    made.do("give.2")
    assert (made.only().rect.y, made.only().recipient) == (110, "bob")
