"""A room with somebody in it, for one test; and everybody out afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from app.domain.envelope import Envelope
from app.ui.room.locked import LockedRoom
from app.ui.theme import Theme
from tests.support.inline_runner import InlineRunner
from tests.support.room import RoomDeskInMemory, an_envelope
from tests.ui.room_hands import Person, empty

SeatFor = Callable[..., tuple[Person, RoomDeskInMemory]]


@pytest.fixture
def seat(qtbot: QtBot, theme: Theme, runner: InlineRunner) -> Iterator[SeatFor]:
    rooms: list[LockedRoom] = []

    def make(envelope: Envelope | None = None, **habits: object) -> tuple[Person, RoomDeskInMemory]:
        desk = RoomDeskInMemory(envelope or an_envelope(), **habits)  # type: ignore[arg-type]
        rooms.append(LockedRoom(desk, runner))
        return Person(qtbot, rooms[-1]), desk

    yield make
    empty(rooms)
    assert not runner.failures
