"""Signatures kept on this device, as the host sees them in the preferences."""

from __future__ import annotations

import gc
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.domain.changes import Changes
from app.domain.errors import MarkExists, VaultLocked
from app.domain.mark import Mark
from app.services import marks
from app.store import Boxes
from app.ui.desk import Desk
from app.ui.preferences.signatures import SignatureLine, SignaturesCard
from app.ui.theme import Theme
from app.vault import MemoryVault
from tests.support.desks import Notices, Ways
from tests.support.houses import SteppingClock
from tests.support.inline_runner import InlineRunner
from tests.support.naming import unnamed
from tests.support.room import METRICS

ANA = "Ana Ruiz"


class House:
    """A folder of boxes, the vault they are locked by, and one envelope."""

    def __init__(self, folder: Path) -> None:
        row = SimpleNamespace(id="E1", title="Lease of a flat")
        self.library = SimpleNamespace(
            boxes=lambda name: Boxes(folder, name),
            rows=lambda ids: (row,) if ids else (),
            envelope=lambda _: row,
        )
        self.vault = MemoryVault()
        self.clock = SteppingClock(datetime(2026, 11, 20, 12, tzinfo=UTC))
        self.metrics = METRICS


class Telling(Notices):
    """Keeps what the last notice offered to do."""

    def tell(self, text: str, button: str = "", then: Any = None) -> None:
        super().tell(text, button, then)
        self.offered = then


class Stage:
    def __init__(self, folder: Path) -> None:
        self.house = cast("Any", House(folder))
        for person, label in ((ANA, "usual"), (ANA, "short"), ("Bob Jones", "usual")):
            marks.save(self.house, person, label, Mark("typed", text=f"{person}, {label}"))
        self.notices = Telling()
        self.desk = Desk(self.house, InlineRunner(), self.notices, Ways(), self._hear)
        self.card = SignaturesCard(self.desk)
        self.card.show()

    def _hear(self, changes: Changes) -> None:
        self.desk.changed.emit(changes)

    def press(self, name: str, within: QWidget | None = None) -> None:
        found = [b for b in (within or self.card).findChildren(QPushButton) if name in (b.text(), b.accessibleName())]
        found[0].click()
        self.settle()

    def settle(self) -> None:
        """What was put into a layout is shown by the event loop, and what was taken out is let go."""
        QTest.qWait(20)
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def lines(self) -> list[SignatureLine]:
        return [line for line in self.card.findChildren(SignatureLine) if line.isVisible()]

    def kept(self) -> list[tuple[str, str]]:
        return sorted((one.person, one.label) for one in marks.everybody(self.house))


@pytest.fixture
def stage(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Stage:
    made = Stage(tmp_path)
    qtbot.addWidget(made.card)
    return made


def words(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if not label.isHidden())


def test_nothing_is_decrypted_before_the_host_asks(stage: Stage) -> None:
    assert "3 are kept here" in words(stage.card)
    assert not stage.lines()
    stage.press("Show them")
    assert [line.findChild(QLineEdit).text() for line in stage.lines()] == ["usual", "short", "usual"]  # type: ignore[union-attr]
    assert words(stage.lines()[0]).startswith(ANA)
    assert not unnamed(stage.card)


def test_off_the_screen_they_are_forgotten(stage: Stage) -> None:
    stage.press("Show them")
    stage.card.hide()
    stage.settle()
    stage.card.show()
    assert not stage.lines()
    gc.collect()
    assert not [thing for thing in gc.get_objects() if isinstance(thing, marks.SavedMark)]


def test_a_new_name_is_kept_and_a_taken_one_is_refused(stage: Stage, qtbot: QtBot) -> None:
    stage.press("Show them")
    name = stage.lines()[0].findChild(QLineEdit)
    assert name is not None
    name.setText("short")
    name.editingFinished.emit()
    assert isinstance(stage.notices.failures[-1], MarkExists)
    assert name.text() == "usual"
    name.setText("For contracts")
    name.editingFinished.emit()
    assert (ANA, "For contracts") in stage.kept()
    assert (ANA, "usual") not in stage.kept()


def test_a_removed_one_comes_back_by_undo(stage: Stage) -> None:
    stage.press("Show them")
    stage.press(f"Remove usual of {ANA}")
    assert (ANA, "usual") not in stage.kept()
    assert len(stage.lines()) == 2
    stage.notices.offered()
    stage.settle()
    assert (ANA, "usual") in stage.kept()
    assert len(stage.lines()) == 3


def test_where_it_was_used_can_be_read(stage: Stage) -> None:
    for _ in range(2):
        marks.use(stage.house, ANA, "usual", "E1")
    stage.press("Show them")
    line = stage.lines()[0]
    assert "Lease of a flat" not in words(line)
    stage.press(f"Used 2 times: usual of {ANA}")
    assert words(line).count("20 November 2026") == 2
    assert words(line).count("Lease of a flat") == 2


def test_a_locked_vault_is_told_and_nothing_is_shown(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(_: object) -> Any:
        raise VaultLocked(where="the vault")

    monkeypatch.setattr(marks, "everybody", locked)
    stage.press("Show them")
    assert isinstance(stage.notices.failures[-1], VaultLocked)
    assert not stage.lines()
