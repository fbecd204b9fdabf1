"""Where several may act now, the host says who begins; where one may, nobody is asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.domain.envelope import Envelope, Routing
from app.domain.recipient import Action, RecipientStatus
from app.domain.steps import step
from app.services import reading
from app.services.house import House
from app.ui.furnishing import Furnishing
from app.ui.home.turn import TurnDialog, able
from app.ui.room import window
from app.ui.shell import Shell
from app.ui.theme import Theme
from tests.support.drafts import draft, field, recipient, sent
from tests.support.inline_runner import InlineRunner
from tests.support.naming import unnamed
from tests.support.studios import keep_draft, paper_house

PEOPLE = (recipient("ana"), recipient("ben", order=2), recipient("cleo", order=3))
FIELDS = tuple(field(at, "signature", one.role) for at, one in enumerate(PEOPLE))


def out(routing: Routing = Routing.PARALLEL, people: tuple[Any, ...] = PEOPLE) -> Envelope:
    return sent(draft(people, FIELDS, routing=routing))


def test_in_parallel_everybody_may_begin_and_in_sequence_only_the_first() -> None:
    assert [one.role for one in able(out())] == ["ana", "ben", "cleo"]
    assert [one.role for one in able(out(Routing.SEQUENTIAL))] == ["ana"]


def test_equal_numbers_may_begin_in_any_order_and_a_witness_waits() -> None:
    together = (PEOPLE[0], replace(PEOPLE[1], order=1), replace(PEOPLE[2], action=Action.WITNESS))
    envelope = out(Routing.SEQUENTIAL, together)
    assert [one.role for one in able(envelope)] == ["ana", "ben"]


def test_who_is_done_is_not_offered_and_who_signs_elsewhere_comes_last() -> None:
    envelope = out()
    first, second, third = envelope.recipients
    done = replace(envelope, recipients=(replace(first, status=RecipientStatus.COMPLETED), second, third))
    assert [one.role for one in able(done)] == ["ben", "cleo"]
    away = replace(envelope, recipients=(replace(first, remote=True), second, third))
    assert [one.role for one in able(away)] == ["ben", "cleo", "ana"]


def test_the_dialog_names_each_with_what_they_have_to_do(theme: Theme, shell: Shell) -> None:
    dialog = TurnDialog(out(), shell)
    words = [each.text() for each in dialog.findChildren(QLabel)]
    assert {"Ana", "Ben", "Cleo", "1 field"} <= set(words)
    assert unnamed(dialog) == []
    chosen: list[str] = []
    dialog.chosen.connect(chosen.append)
    button = next(each for each in dialog.findChildren(QPushButton) if each.accessibleName().endswith("Ben"))
    button.click()
    assert chosen == ["ben"]


class Room(QObject):
    """Stands in for the room: who was let in."""

    changed = Signal(object)
    closed = Signal(str)
    entered: list[str] = []

    def __init__(self, house: House, runner: object, envelope: str, role: str) -> None:
        super().__init__()
        self.entered.append(role)

    def enter(self) -> None:
        pass


def focused() -> QWidget:
    return QApplication.focusWidget() or QWidget()


class Source(QObject):
    changed = Signal(object)


@pytest.fixture
def furnishing(
    tmp_path: Path, shell: Shell, theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Furnishing, str, House]]:
    Room.entered.clear()
    monkeypatch.setattr(window, "RoomWindow", Room)
    with paper_house(tmp_path / "house") as house:
        kept = keep_draft(house)
        source = Source()
        made = Furnishing(house, shell, InlineRunner(), theme, source.changed)
        yield made, kept, house
        made.deleteLater()


def put_out(house: House, kept: str, routing: Routing) -> None:
    envelope = reading.envelope(house, kept)
    fields = tuple(field(at, "signature", one.role) for at, one in enumerate(envelope.recipients))
    after = sent(replace(envelope, fields=fields, routing=routing))
    house.library.record(step(replace(after, version=envelope.version), "sent", "sender", house.moment(), changed=[]))


def test_the_host_is_asked_who_signs_now_and_may_choose_by_keys(
    furnishing: tuple[Furnishing, str, House], shell: Shell, qtbot: QtBot
) -> None:
    made, kept, house = furnishing
    put_out(house, kept, Routing.PARALLEL)
    made.room(kept)
    (dialog,) = shell.findChildren(TurnDialog)
    assert Room.entered == []
    dialog.activateWindow()
    qtbot.waitUntil(lambda: focused().accessibleName() == "Start signing as Jane Smith")
    QTest.keyClick(focused(), Qt.Key.Key_Tab)
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    assert Room.entered == ["bob"]


def test_where_one_may_act_or_one_is_named_nobody_is_asked(
    furnishing: tuple[Furnishing, str, House], shell: Shell
) -> None:
    made, kept, house = furnishing
    put_out(house, kept, Routing.SEQUENTIAL)
    made.room(kept)
    made.room(kept, "jane")
    assert Room.entered == ["jane", "jane"]
    assert shell.findChildren(TurnDialog) == []
