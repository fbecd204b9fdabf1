"""Preferences are built from the declarations; a choice is kept at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QLineEdit, QPushButton, QSpinBox, QWidget

from app import settings
from app.domain.changes import Changes
from app.settings import Settings
from app.store import Boxes
from app.ui.desk import Desk
from app.ui.models.declared import sections
from app.ui.preferences.page import PreferencesPage
from app.ui.theme import Theme
from tests.support.desks import Notices, Ways
from tests.support.inline_runner import InlineRunner
from tests.support.naming import unnamed


class House:
    """Settings on disk and nothing else."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.preferences = SimpleNamespace(current=Settings())
        self.library = SimpleNamespace(
            boxes=lambda name: Boxes(folder, name),
            trust=SimpleNamespace(list=lambda: ()),
            identities=SimpleNamespace(list=lambda: ()),
        )

    @property
    def settings(self) -> Settings:
        return cast("Settings", self.preferences.current)


class Stage:
    def __init__(self, folder: Path) -> None:
        self.house = House(folder)
        self.notices = Notices()
        self.heard: list[Changes] = []
        self.desk = Desk(cast("Any", self.house), InlineRunner(), self.notices, Ways(), self._hear)
        self.page = PreferencesPage(self.desk)

    def _hear(self, changes: Changes) -> None:
        self.heard.append(changes)
        self.desk.changed.emit(changes)

    def control(self, key: str) -> Any:
        return self.page.findChild(QWidget, f"setting.{key}")


@pytest.fixture
def stage(theme: Theme, tmp_path: Path) -> Iterator[Stage]:
    stage = Stage(tmp_path)
    yield stage
    stage.page.deleteLater()


def test_every_declared_setting_has_its_control(stage: Stage) -> None:
    kinds = {"choice": QComboBox, "switch": QCheckBox, "text": QLineEdit, "number": QSpinBox}
    for declared in settings.declarations():
        control = stage.control(declared.key)
        if declared.control == "hidden":
            assert control is None
        else:
            assert isinstance(control, kinds[declared.control]), declared.key
            assert control.accessibleName() == declared.title


def test_sections_come_in_the_order_of_the_declarations() -> None:
    shown = [declared.section for declared in settings.declarations() if declared.control != "hidden"]
    assert [section.title for section in sections()] == list(dict.fromkeys(shown))


def test_a_choice_is_saved_and_told(stage: Stage) -> None:
    box = stage.control("theme")
    box.setCurrentIndex(box.findData("dark"))
    box.activated.emit(box.currentIndex())
    assert settings.load(stage.house.folder).theme == "dark"
    assert stage.heard == [Changes.of("setting", "theme")]


def test_a_switch_a_number_and_a_text_are_saved(stage: Stage) -> None:
    QTest.keyClick(stage.control("reduced_motion"), Qt.Key.Key_Space)
    stage.control("idle_minutes").setValue(9)
    field = stage.control("host_name")
    QTest.keyClicks(field, "  Ana Ruiz ")
    QTest.keyClick(field, Qt.Key.Key_Return)
    kept = settings.load(stage.house.folder)
    assert (kept.reduced_motion, kept.idle_minutes, kept.host_name) == (True, 9, "Ana Ruiz")


def test_what_is_chosen_already_is_not_written_again(stage: Stage) -> None:
    box = stage.control("theme")
    box.activated.emit(box.currentIndex())
    assert stage.heard == []


def test_a_change_from_another_window_is_shown(stage: Stage) -> None:
    stage.house.preferences.current = Settings(theme="light")
    stage.desk.changed.emit(Changes.of("setting", "theme"))
    assert stage.control("theme").currentData() == "light"


def test_what_cannot_be_saved_is_told(stage: Stage) -> None:
    (stage.house.folder / "settings.json.new").mkdir()
    stage.control("idle_minutes").setValue(9)
    assert len(stage.notices.failures) == 1


def test_search_leaves_only_what_speaks_of_it(stage: Stage) -> None:
    search = next(f for f in stage.page.findChildren(QLineEdit) if f.accessibleName() == "Search preferences")
    QTest.keyClicks(search, "idle")
    assert stage.control("idle_minutes").isVisibleTo(stage.page)
    assert not stage.control("theme").isVisibleTo(stage.page)
    headings = [label.text() for label in stage.page.findChildren(QLabel) if label.isVisibleTo(stage.page)]
    assert "Signing in person" in headings
    assert "Appearance" not in headings
    search.clear()
    assert stage.control("theme").isVisibleTo(stage.page)


def test_the_hosts_pin_is_set_hashed_and_removed(stage: Stage) -> None:
    field = next(f for f in stage.page.findChildren(QLineEdit) if f.accessibleName() == "New host PIN")
    button = next(b for b in stage.page.findChildren(QPushButton) if b.text() == "Set PIN")
    QTest.keyClicks(field, "123")
    assert not button.isEnabled()
    QTest.keyClicks(field, "4")
    button.click()
    kept = settings.load(stage.house.folder).host_pin
    assert kept
    assert "1234" not in kept
    remove = next(b for b in stage.page.findChildren(QPushButton) if b.text() == "Remove")
    remove.click()
    assert settings.load(stage.house.folder).host_pin == ""


def test_every_control_has_a_name(stage: Stage) -> None:
    assert unnamed(stage.page) == []
