"""The program as a whole: a window first, the library after it, news between windows."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, ClassVar, cast

import pytest
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QLabel, QListView, QProgressBar, QWidget
from pytestqt.qtbot import QtBot

from app import settings
from app.clock import Clock
from app.domain import errors
from app.domain.changes import EVERY, Changes
from app.fonts import BundledMetrics
from app.services import diagnosing, drafting, preferences
from app.services.house import House, Preferences
from app.store import Library
from app.ui.frame.memory import Memory
from app.ui.home.page import HomePage
from app.ui.models.watch import Watch
from app.ui.prepare.password_dialog import PasswordDialog
from app.ui.shell import Shell
from app.ui.start import Application, Start
from app.ui.theme import Theme, show_busy
from app.ui.windows import Program
from app.vault import MemoryVault
from tests.support.inline_runner import InlineRunner

RESOURCES = Path(__file__).parents[2] / "resources"
NO_CHILD = cast("Any", None)
"""Nothing here looks into a document."""


def open_house(folder: Path) -> House:
    (folder / "sample-shown").touch()
    clock = Clock()
    library = Library.open(folder, None, clock.now)
    return House(
        folder, library, NO_CHILD, NO_CHILD, NO_CHILD, NO_CHILD, MemoryVault(), clock, BundledMetrics(),
        Preferences(settings.load(folder)), closing=(library.close,),
    )  # fmt: skip


@pytest.fixture
def begin(theme: Theme, qapp: QApplication, tmp_path: Path) -> Iterator[Callable[..., Program]]:
    started: list[Program] = []

    def begin(build: Callable[[Path], House] = open_house) -> Program:
        start = Start(lambda _: build(tmp_path), RESOURCES, tmp_path, lambda: tmp_path, "1.2.3")
        program = Program(cast("Application", qapp), start, Memory(tmp_path))
        started.append(program)
        return program

    patience, thresholds = sys.getswitchinterval(), gc.get_threshold()
    yield begin
    for program in started:
        for shell in tuple(program.windows):
            shell.close()
        program.close()
        program.deleteLater()
    sys.setswitchinterval(patience)
    gc.unfreeze()
    gc.set_threshold(*thresholds)


def opened(program: Program, qtbot: QtBot) -> Program:
    program.open_window()
    with qtbot.waitSignal(program.opened, timeout=20_000):
        program.load()
    return program


def rows(shell: Shell) -> int:
    view = next(v for v in shell.findChildren(QListView) if v.accessibleName() == "Envelopes")
    return view.model().rowCount()


def words(widget: QWidget) -> str:
    return " ".join(label.text() for label in widget.findChildren(QLabel))


def test_the_window_stands_before_the_library_is_open(begin: Callable[..., Program], qtbot: QtBot) -> None:
    program = begin()
    shell = program.open_window()
    assert shell.isVisible()
    assert not shell.furnished
    with qtbot.waitSignal(program.opened, timeout=20_000):
        program.load()
    assert shell.front == "home"
    assert isinstance(shell.page("home"), HomePage)


def test_a_library_that_cannot_be_opened_is_said_in_the_window(begin: Callable[..., Program], qtbot: QtBot) -> None:
    def refuse(folder: Path) -> House:
        raise errors.LibraryTooNew(library=str(folder), found=9, known=1)

    program = begin(refuse)
    shell = program.open_window()
    program.load()
    qtbot.waitUntil(lambda: "Made by a newer version" in words(shell), timeout=20_000)
    assert not shell.furnished


def test_once_its_code_stands_the_program_favours_the_hand(begin: Callable[..., Program], qtbot: QtBot) -> None:
    opened(begin(), qtbot)
    qtbot.waitUntil(lambda: sys.getswitchinterval() < 0.001 and gc.get_freeze_count() > 0, timeout=20_000)


def test_what_one_window_changes_every_window_shows(begin: Callable[..., Program], qtbot: QtBot) -> None:
    program = opened(begin(), qtbot)
    first, second = program.windows[0], program.open_window()
    house = program.house
    assert house is not None
    program.changed.emit(drafting.new(house, "Agreement"))
    qtbot.waitUntil(lambda: rows(first) == rows(second) == 1)


def test_closing_one_window_leaves_the_other_at_work(begin: Callable[..., Program], qtbot: QtBot) -> None:
    program = opened(begin(), qtbot)
    second = program.open_window()
    program.windows[0].close()
    assert program.windows == [second]
    assert program.house is not None
    program.changed.emit(drafting.new(program.house, "Agreement"))
    qtbot.waitUntil(lambda: rows(second) == 1)


def test_files_given_early_wait_for_the_library(begin: Callable[..., Program], qtbot: QtBot, tmp_path: Path) -> None:
    program = begin()
    program.open_window()
    missing = tmp_path / "missing.pdf"
    program.take([missing])
    with qtbot.waitSignal(program.opened, timeout=20_000):
        program.load()
    qtbot.waitUntil(lambda: "There is no file" in words(program.windows[0]), timeout=10_000)


def test_a_second_start_without_files_brings_the_window_to_the_front(
    begin: Callable[..., Program], qtbot: QtBot
) -> None:
    program = opened(begin(), qtbot)
    shell = program.windows[0]
    shell.hide()
    program.take([])
    assert shell.isVisible()


def test_switching_the_scheme_is_kept(begin: Callable[..., Program], qtbot: QtBot, tmp_path: Path) -> None:
    program = opened(begin(), qtbot)
    assert not program.theme.tokens.is_dark
    program.windows[0].actions_.qaction("view.scheme").trigger()
    assert program.theme.tokens.is_dark
    qtbot.waitUntil(lambda: settings.load(tmp_path).theme == "dark")


def test_a_preference_takes_effect_at_once(begin: Callable[..., Program], qtbot: QtBot) -> None:
    program = opened(begin(), qtbot)
    assert program.house is not None
    program.changed.emit(preferences.change(program.house, theme="dark", text_percent=150))
    assert program.theme.tokens.is_dark
    assert QApplication.font().pixelSize() == 20
    program.changed.emit(preferences.change(program.house, theme="light", text_percent=100))
    assert QApplication.font().pixelSize() == 13
    bar = QProgressBar()
    qtbot.addWidget(bar)
    show_busy(bar)
    assert (bar.minimum(), bar.maximum()) == (0, 0), "which runs to and fro"
    program.changed.emit(preferences.change(program.house, reduced_motion=True))
    show_busy(bar)
    assert (bar.value(), bar.maximum()) == (0, 1)
    assert not QApplication.isEffectEnabled(Qt.UIEffect.UI_FadeMenu)
    program.changed.emit(preferences.change(program.house, reduced_motion=False))
    show_busy(bar)
    assert bar.maximum() == 0


def test_every_thing_a_window_asks_of_the_program_is_known(begin: Callable[..., Program], qtbot: QtBot) -> None:
    program = opened(begin(), qtbot)
    shell = program.windows[0]
    for action in ("go.next", "go.previous", "help.about", "window.new"):
        shell.actions_.qaction(action).trigger()
    assert len(program.windows) == 2
    assert "Version 1.2.3" in words(shell)


def test_close_takes_the_window_when_no_envelope_is_open(begin: Callable[..., Program], qtbot: QtBot) -> None:
    program = opened(begin(), qtbot)
    program.open_window()
    program.windows[1].actions_.qaction("window.close").trigger()
    assert len(program.windows) == 1


def test_what_another_program_writes_is_noticed(qtbot: QtBot, tmp_path: Path) -> None:
    house, elsewhere = open_house(tmp_path), open_house(tmp_path)
    watch = Watch(house, InlineRunner())
    noticed: list[Changes] = []
    watch.noticed.connect(noticed.append)
    watch.look()
    assert noticed == []
    drafting.new(elsewhere, "From the command line")
    watch.look()
    watch.look()
    assert noticed == [Changes.of("envelope", EVERY)]
    house.close()
    elsewhere.close()


def test_fault_51_a_library_on_a_network_share_is_warned_of(
    begin: Callable[..., Program], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(diagnosing, "share_under", lambda _: "nfs4")
    program = begin()
    shell = program.open_window()
    said: list[str] = []
    monkeypatch.setattr(shell, "warn", said.append)
    program.load()
    qtbot.waitUntil(lambda: bool(said))
    assert "network share (nfs4)" in said[0]
    assert "Move it to a disk" in said[0]


def test_our_own_steps_are_no_news(qtbot: QtBot, tmp_path: Path) -> None:
    house = open_house(tmp_path)
    watch = Watch(house, InlineRunner())
    noticed: list[Changes] = []
    watch.noticed.connect(noticed.append)
    watch.take_changes(drafting.new(house, "Ours"))
    watch.look()
    assert noticed == []
    house.close()


def test_a_locked_document_asks_for_its_password_and_is_then_taken_in(
    begin: Callable[..., Program], qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    locked, asked = tmp_path / "locked.pdf", []

    def from_files(
        house: House, paths: object, title: object = None, passwords: dict[str, str] | None = None
    ) -> Changes:
        asked.append(dict(passwords or {}))
        if passwords != {str(locked): "open sesame"}:
            raise errors.PasswordWrong(path=str(locked)) if passwords else errors.PasswordNeeded(path=str(locked))
        return drafting.new(house, "Locked")

    monkeypatch.setattr(drafting, "from_files", from_files)
    program = begin()
    shell = program.open_window()
    program.load()
    qtbot.waitUntil(lambda: program.house is not None)
    program.take([locked])
    for word in ("wrong", "open sesame"):
        qtbot.waitUntil(lambda: bool(_dialogs(shell)))
        (dialog,) = _dialogs(shell)
        dialog._line.setText(word)
        dialog._give()
        qtbot.waitUntil(lambda known=dialog: known not in _dialogs(shell))
    qtbot.waitUntil(lambda: len(asked) == 3)
    assert asked == [{}, {str(locked): "wrong"}, {str(locked): "open sesame"}]


def _dialogs(shell: Shell) -> list[PasswordDialog]:
    return [dialog for dialog in shell.findChildren(PasswordDialog) if dialog.isVisible()]


class Counter(QObject):
    """Stands for the room of a kiosk."""

    changed = Signal(object)
    closed = Signal(str)
    opened: ClassVar[list[Counter]] = []

    def __init__(self, *_: Any) -> None:
        super().__init__()
        Counter.opened.append(self)

    def enter(self) -> None:
        """It is the only window in front."""


@pytest.fixture
def counter(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Counter]]:
    """A kiosk was on when the program was cut off."""
    monkeypatch.setattr("app.services.kiosk.pattern_id", lambda _: "E1")
    monkeypatch.setattr("app.services.kiosk.resume", lambda _: Changes())
    monkeypatch.setattr("app.ui.room.kiosk.KioskRoom", Counter)
    yield Counter.opened
    Counter.opened.clear()


def test_while_a_stranger_has_the_machine_a_second_start_shows_nothing_of_the_host(
    begin: Callable[..., Program], counter: list[Counter], monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, tmp_path: Path
) -> None:
    program = opened(begin(), qtbot)
    qtbot.waitUntil(lambda: bool(counter))
    shell = program.windows[0]
    taken: list[tuple[Path, ...]] = []
    monkeypatch.setattr("app.ui.furnishing.Furnishing.begin", lambda _, files: taken.append(tuple(files)))
    program.take(())
    program.take((tmp_path / "contract.pdf",))
    assert not shell.isVisible()
    assert not taken
    counter[0].closed.emit("")
    assert taken == [(tmp_path / "contract.pdf",)]
    assert shell.isVisible()


def test_a_kiosk_that_cannot_go_on_leaves_no_desk_open(
    begin: Callable[..., Program], counter: list[Counter], monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    def refuse(_: House) -> Changes:
        raise errors.UnknownEnvelope(envelope="E1")

    monkeypatch.setattr("app.services.kiosk.resume", refuse)
    program = opened(begin(), qtbot)
    qtbot.waitUntil(lambda: not program.windows)
    assert not counter
