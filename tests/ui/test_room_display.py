"""The room on a real screen with a real window manager."""

from __future__ import annotations

import shutil
import subprocess

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.ui.models.room import Screen
from app.ui.room.pad import Pad
from app.ui.theme import Theme
from tests.support.room import a_field, an_envelope
from tests.ui import room_seat
from tests.ui.room_hands import Person
from tests.ui.room_seat import SeatFor

pytestmark = pytest.mark.display
seat = room_seat.seat


def xdotool(*words: object) -> None:
    tool = shutil.which("xdotool")
    if tool is None:
        pytest.skip("xdotool is not installed")
    subprocess.run([tool, *map(str, words)], check=True, timeout=20)


def enter(qtbot: QtBot, person: Person) -> None:
    person.room.enter()
    qtbot.waitExposed(person.room)
    qtbot.waitUntil(person.room.isActiveWindow, timeout=5000)
    person.wait_for(Screen.HANDOVER)


def point_at(widget: QWidget, at: QPoint) -> QPoint:
    return widget.mapToGlobal(at) * widget.devicePixelRatioF()


def test_the_room_fills_the_screen_and_the_window_manager_cannot_close_it(
    qtbot: QtBot, theme: Theme, seat: SeatFor
) -> None:
    host = QLabel("Everything the host has")
    qtbot.addWidget(host)
    host.show()
    qtbot.waitExposed(host)
    person, _ = seat()
    enter(qtbot, person)
    screen = QGuiApplication.primaryScreen().geometry()
    qtbot.waitUntil(lambda: person.room.frameGeometry() == screen, timeout=5000)
    assert not host.isVisible()
    xdotool("key", "--clearmodifiers", "alt+F4")
    xdotool("key", "--clearmodifiers", "Escape")
    xdotool("key", "--clearmodifiers", "ctrl+q")
    qtbot.wait(400)
    assert person.room.isVisible()
    assert person.model.screen is Screen.HANDOVER


def test_a_signature_drawn_with_a_real_mouse_stands_in_its_field(qtbot: QtBot, theme: Theme, seat: SeatFor) -> None:
    person, desk = seat(an_envelope([a_field("signature", label="Signature")]))
    enter(qtbot, person)
    person.take_over()
    person.agree()
    person.click(person.go_to("Signature"))
    pad = person.sheet.findChild(Pad)
    assert pad is not None
    qtbot.wait(200)
    start = point_at(pad, QPoint(80, 60))
    xdotool("mousemove", start.x(), start.y(), "mousedown", 1)
    for step in range(1, 16):
        spot = point_at(pad, QPoint(80 + 18 * step, 60 + (24 if step % 2 else 0)))
        xdotool("mousemove", spot.x(), spot.y())
        qtbot.wait(8)
    xdotool("mouseup", 1)
    qtbot.waitUntil(lambda: len(pad.strokes) == 1 and not pad._live, timeout=3000)
    assert len(pad.strokes[0]) >= 10
    person.place()
    assert desk.shelf.events.count("adopted") == 1
