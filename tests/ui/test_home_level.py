"""Home says which level the seals have, and lets a person be content with less."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app.domain.level import Level
from app.services import preferences, signing_at_once
from app.ui.home.level_line import LevelLine
from app.ui.models.preview import LibraryGlances, Seals
from tests.support import houses, leases
from tests.support.naming import unnamed


@pytest.fixture(scope="module")
def rooms() -> Iterator[houses.Rooms]:
    with houses.rooms() as shared:
        yield shared


@pytest.fixture
def line(qtbot: QtBot) -> LevelLine:
    made = LevelLine()
    qtbot.addWidget(made)
    made.resize(300, 160)
    made.show()
    return made


def shown(line: LevelLine) -> list[str]:
    return [b.text() for b in line.findChildren(QPushButton) if b.isVisibleTo(line)]


def test_before_there_is_a_seal_nothing_is_said(line: LevelLine) -> None:
    line.show_seals(Seals())
    assert line.isHidden()


def test_a_level_that_is_reached_asks_for_nothing(line: LevelLine) -> None:
    line.show_seals(Seals("Its seals have the level B-T."))
    assert shown(line) == []
    assert "Its seals have the level B-T." in {each.text() for each in line.findChildren(QLabel)}
    assert unnamed(line) == []


def test_while_one_is_waited_for_a_person_may_try_at_once_or_choose_a_lower_one(line: LevelLine, qtbot: QtBot) -> None:
    line.show_seals(Seals("B-LT is wanted.", (Level.B_B, Level.B_T)))
    assert shown(line) == ["Try now", "Be content with less"]
    assert unnamed(line) == []
    tried, less = (b for b in line.findChildren(QPushButton))
    with qtbot.waitSignal(line.tried, timeout=0):
        tried.click()
    menu = less.menu()
    assert menu is not None
    with qtbot.waitSignal(line.chosen, timeout=0) as chosen:
        menu.actions()[1].trigger()
    assert chosen.args == [Level.B_T]


def test_the_library_tells_it_with_the_glance(rooms: houses.Rooms, tmp_path: Path) -> None:
    with houses.house(rooms, tmp_path / "library") as house:
        preferences.change(house, level="B-LT")
        envelope = leases.sent(house, tmp_path, "buyer")
        assert LibraryGlances(house).glance(envelope).seals == Seals()
        signing_at_once.sign(house, envelope, "buyer", leases.act("buyer"))
        seals = LibraryGlances(house).glance(envelope).seals
    assert "B-LT is wanted" in seals.told
    assert seals.lower == (Level.B_B, Level.B_T)
