"""The frame of a window: pages, keys, drops, words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, QSize, Qt, QUrl, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QScreen
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMenu, QWidget
from pytestqt.qtbot import QtBot

from app.domain import errors
from app.ui.action import Need, Place, Standing
from app.ui.frame.command_palette import CommandPalette
from app.ui.frame.crash import BugDialog
from app.ui.frame.memory import Memory
from app.ui.frame.pages import OpenEnvelopes, PageSpec
from app.ui.frame.shortcuts import KeyButton, ShortcutList
from app.ui.frame.unlocking import PassphraseDialog
from app.ui.keyhole import Keyhole
from app.ui.shell import Shell
from app.ui.theme import Theme
from app.ui.widgets.failure import FailureDialog
from app.ui.widgets.toast import Toast
from app.ui.windows import OUTLINE


class Page(QWidget):
    standing_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.says = Standing({Need.ENVELOPE: ""})

    def standing(self) -> Standing:
        return self.says


def furnish(shell: Shell, **pages: Callable[[], QWidget]) -> None:
    places = {"home": Place.HOME, "verify": Place.VERIFY}
    shell.furnish([PageSpec(name, name, "house", places.get(name), build) for name, build in pages.items()])


def mime(*files: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    return data


def dropped(shell: Shell, data: QMimeData) -> None:
    middle, copy, left, none = (
        QPointF(400, 300), Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    shell.dragEnterEvent(QDragEnterEvent(middle.toPoint(), copy, data, left, none))
    shell.dropEvent(QDropEvent(middle, copy, data, left, none))


def test_until_the_library_is_open_nothing_that_needs_it_can_run(shell: Shell) -> None:
    assert shell.show_page("home") is None
    assert shell.actions_.reason_against("file.new") == Need.LIBRARY.value
    furnish(shell, home=Page)
    assert shell.actions_.reason_against("file.new") == ""
    assert isinstance(shell.show_page("home"), Page)


def test_a_page_is_built_when_it_is_first_shown_and_kept(shell: Shell) -> None:
    built: list[QWidget] = []

    def build() -> QWidget:
        built.append(Page())
        return built[-1]

    furnish(shell, home=build, verify=build)
    assert built == []
    shell.show_page("home")
    shell.show_page("verify")
    assert shell.show_page("home") is built[0]
    assert len(built) == 2


def test_the_page_in_front_answers_for_its_actions(shell: Shell) -> None:
    furnish(shell, home=Page, verify=Page)
    page = shell.show_page("home")
    assert isinstance(page, Page)
    assert shell.actions_.reason_against("envelope.open") == Need.ENVELOPE.value
    page.says = Standing()
    page.standing_changed.emit()
    assert shell.actions_.reason_against("envelope.open") == ""
    shell.show_page("verify")
    assert "Home" in shell.actions_.reason_against("envelope.open")


def test_the_navigation_is_worked_by_keys(shell: Shell, qtbot: QtBot) -> None:
    furnish(shell, home=Page, verify=Page, preferences=Page)
    with qtbot.waitActive(shell):
        shell.show()
    shell.show_page("home")
    QTest.keyClick(shell, Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: shell.front == "verify")
    QTest.keyClick(shell, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: shell.front == "preferences")


def test_a_click_on_menu_opens_the_menu(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QMenu, "popup", lambda menu, _: opened.extend(part.text() for part in menu.actions()))
    QTest.mouseClick(shell.rail.menu_button, Qt.MouseButton.LeftButton)
    assert {"File", "Help"} <= set(opened)


def test_f6_goes_from_panel_to_panel(shell: Shell, qtbot: QtBot) -> None:
    class Panelled(Page):
        def __init__(self) -> None:
            super().__init__()
            self.fields = [QLineEdit(self), QLineEdit(self)]

        def panels(self) -> list[QWidget]:
            return list(self.fields)

    furnish(shell, home=Panelled)
    page = shell.show_page("home")
    assert isinstance(page, Panelled)
    with qtbot.waitActive(shell):
        shell.show()
    page.fields[0].setFocus()
    shell.next_panel()
    assert shell.focusWidget() is page.fields[1]
    shell.next_panel()
    assert shell.rail.isAncestorOf(shell.focusWidget())


def test_files_dropped_anywhere_are_taken_and_remembered(shell: Shell, tmp_path: Path) -> None:
    given: list[tuple[Path, ...]] = []
    shell.files_given.connect(given.append)
    pdf, other = tmp_path / "a.pdf", tmp_path / "b.png"
    dropped(shell, mime(pdf, other))
    assert given == [(pdf, other)]
    assert set(shell.memory.recent()) == {pdf, other}


def test_what_cannot_become_a_document_is_refused_visibly(shell: Shell, tmp_path: Path) -> None:
    given: list[tuple[Path, ...]] = []
    shell.files_given.connect(given.append)
    dropped(shell, mime(tmp_path / "virus.exe", tmp_path))
    assert given == []
    assert any("PDF, Markdown" in toast.word.text for toast in shell.findChildren(Toast))


def test_ctrl_k_finds_an_action_by_a_few_letters_and_enter_runs_it(shell: Shell, qtbot: QtBot) -> None:
    furnish(shell, home=Page, verify=Page)
    shell.show()
    shell.show_page("home")
    shell.open_palette()
    palette = shell.findChild(CommandPalette)
    assert palette is not None
    field = palette.findChild(QLineEdit)
    assert field is not None
    QTest.keyClicks(field, "verif")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert shell.front == "verify"


def test_the_palette_does_not_run_what_is_grey(shell: Shell, qtbot: QtBot) -> None:
    furnish(shell, home=Page)
    shell.show()
    shell.show_page("home")
    shell.open_palette()
    palette = shell.findChild(CommandPalette)
    assert palette is not None
    field = palette.findChild(QLineEdit)
    assert field is not None
    QTest.keyClicks(field, "start signing")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert palette.isVisible()
    palette.close()


def test_the_list_of_shortcuts_shows_each_key_of_the_table(shell: Shell) -> None:
    shell.open_shortcuts()
    listed = shell.findChild(ShortcutList)
    assert listed is not None
    words = {label.text() for label in listed.findChildren(QLabel)}
    assert {row.text for row in shell.actions_.rows()} <= words
    assert "Ctrl+K" in {each.button.text() for each in listed.findChildren(KeyButton)}
    listed.close()


def test_keys_are_changed_refused_where_they_mean_something_else_remembered_and_brought_back(
    shell: Shell, memory: Memory
) -> None:
    shell.open_shortcuts()
    listed = shell.findChild(ShortcutList)
    assert listed is not None
    (keys,) = [each for each in listed.findChildren(KeyButton) if "Duplicate" in each.button.accessibleName()]
    action = shell.actions_.qaction("edit.duplicate")
    QTest.mouseClick(keys.button, Qt.MouseButton.LeftButton)
    QTest.keyClick(keys.edit, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert "Taken: Undo" in keys.edit.placeholderText()
    assert action.shortcut().toString() == "Ctrl+D"
    QTest.keyClick(keys.edit, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    assert action.shortcut().toString() == "Ctrl+J"
    assert "Ctrl+J" in action.toolTip()
    assert memory.shortcuts() == {"edit.duplicate": "Ctrl+J"}
    QTest.mouseClick(keys.button, Qt.MouseButton.LeftButton)
    QTest.keyClick(keys.edit, Qt.Key.Key_Backspace)
    assert action.shortcut().toString() == "Ctrl+D"
    assert memory.shortcuts() == {}
    listed.close()


def test_a_new_window_has_the_keys_a_person_chose(theme: Theme, memory: Memory, keyhole: Keyhole) -> None:
    memory.keep_shortcut("edit.duplicate", "Ctrl+J")
    fresh = Shell(memory)
    fresh.build(keyhole, OUTLINE)
    assert fresh.actions_.qaction("edit.duplicate").shortcut().toString() == "Ctrl+J"
    fresh.close()


def test_a_key_changed_in_one_window_counts_in_all(shell: Shell, memory: Memory, keyhole: Keyhole) -> None:
    other = Shell(memory)
    other.build(keyhole, OUTLINE)
    memory.keep_shortcut("edit.duplicate", "Ctrl+J")
    assert [one.actions_.qaction("edit.duplicate").shortcut().toString() for one in (shell, other)] == ["Ctrl+J"] * 2
    memory.keep_shortcut("edit.duplicate", "")
    assert [one.actions_.qaction("edit.duplicate").shortcut().toString() for one in (shell, other)] == ["Ctrl+D"] * 2
    other.close()


def test_a_rule_that_says_no_is_a_passing_word(shell: Shell) -> None:
    shell.fail(errors.ReasonMissing(action="void"))
    assert [toast.word.tone for toast in shell.findChildren(Toast)] == ["bad"]
    assert shell.findChild(FailureDialog) is None


def test_a_failure_says_what_happened_and_what_to_do(shell: Shell) -> None:
    shell.fail(errors.DocumentDamaged(path="contract.pdf", reason="no pages"))
    dialog = shell.findChild(FailureDialog)
    assert dialog is not None
    words = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert "contract.pdf is damaged" in words
    assert "Ask for a new copy" in words
    dialog.close()


def test_what_was_stopped_on_purpose_is_no_failure(shell: Shell) -> None:
    shell.fail(errors.Cancelled())
    assert shell.findChildren(Toast) == []


def test_a_bug_is_never_shown_as_a_mishap(shell: Shell) -> None:
    with pytest.raises(ZeroDivisionError):
        shell.fail(ZeroDivisionError("bug"))


def test_the_crash_dialog_holds_the_trace_and_the_version(shell: Shell) -> None:
    try:
        raise ValueError("Jane Canary's words")
    except ValueError as error:
        dialog = BugDialog(error, "9.8.7", shell)
    text = dialog.report
    assert "Paraph 9.8.7" in text
    assert "ValueError" in text
    assert "test_shell.py" in text
    assert "Canary's" not in text.replace('raise ValueError("Jane Canary\'s words")', "")
    dialog.close()


def test_a_missing_passphrase_is_asked_for_and_the_work_done_again(shell: Shell, keyhole: Keyhole) -> None:
    again: list[str | None] = []
    error = errors.VaultLocked(where="/nowhere/vault.json")
    assert shell.unlock(error, lambda: again.append(keyhole.passphrase()), lambda: None)
    dialog = shell.findChild(PassphraseDialog)
    assert dialog is not None
    first, second = dialog.findChildren(QLineEdit)
    QTest.keyClicks(first, "correct horse")
    QTest.keyClicks(second, "correct hors")
    QTest.keyClick(first, Qt.Key.Key_Return)
    assert again == []
    QTest.keyClicks(second, "e")
    QTest.keyClick(second, Qt.Key.Key_Return)
    assert again == ["correct horse"]


def test_other_errors_ask_for_no_passphrase(shell: Shell) -> None:
    assert not shell.unlock(errors.ReasonMissing(action="void"), lambda: None, lambda: None)


def test_the_window_is_as_large_as_it_was(shell: Shell) -> None:
    shell.show()
    shell.resize(1000, 640)
    memory = shell.memory
    shell.close()
    again = Shell(memory)
    assert again.height() == 640
    again.close()


def test_the_first_paint_has_the_colours_of_last_time(theme: Theme, memory: Memory, qtbot: QtBot) -> None:
    memory.keep_look("#123456", "#654321")
    shell = Shell(memory)
    with qtbot.waitSignal(shell.painted):
        shell.show()
    picture = shell.grab().toImage()
    assert picture.pixelColor(10, 300).name() == "#654321"
    assert picture.pixelColor(500, 300).name() == "#123456"
    shell.close()


def test_open_envelopes_stand_behind_tabs_and_close_one_by_one(shell: Shell) -> None:
    place = OpenEnvelopes(QLabel("none open"))
    fronts: list[QWidget | None] = []
    place.front_changed.connect(lambda: fronts.append(place.front()))
    one = place.show_envelope("A", "Agreement", Page)
    two = place.show_envelope("B", "Board", Page)
    assert place.show_envelope("A", "Agreement", Page) is one
    assert place.count() == 2
    place.step(1)
    assert place.front() is two
    assert place.close_front()
    assert place.front() is one
    assert place.close_front()
    assert not place.close_front()
    assert place.front() is None
    assert fronts[-1] is None


def test_every_control_of_the_frame_has_a_name(shell: Shell) -> None:
    from tests.support.naming import unnamed

    furnish(shell, home=Page)
    shell.show_page("home")
    shell.tell("Exported", "Open folder", lambda: None)
    assert unnamed(shell) == []


def test_a_window_is_never_higher_than_its_screen(
    theme: Theme, memory: Memory, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    low = QSize(960, 540)
    monkeypatch.setattr(QScreen, "availableSize", lambda _: low)
    window = Shell(memory)
    memory.place_window(window)
    assert window.height() <= low.height()
    assert window.minimumHeight() <= low.height()
    window.close()
