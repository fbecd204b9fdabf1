"""What a person does in the room: reading, pressing, writing, drawing; with real mouse and key events."""

from __future__ import annotations

from collections.abc import Callable
from math import sin

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QInputDevice, QPointingDevice, QTabletEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from app.ui.models.room import RoomModel, Screen
from app.ui.room.field_button import FieldButton
from app.ui.room.locked import LockedRoom
from app.ui.room.pad import Pad
from app.ui.room.signature import SignatureSheet
from app.ui.room.sitting import Sitting

LEFT = Qt.MouseButton.LeftButton
SIZE = (1280, 800)
STYLUS = QPointingDevice(
    "pen",
    7,
    QInputDevice.DeviceType.Stylus,
    QPointingDevice.PointerType.Pen,
    QInputDevice.Capability.Position
    | QInputDevice.Capability.Pressure
    | QInputDevice.Capability.XTilt
    | QInputDevice.Capability.YTilt,
    1,
    2,
)
NO_KEY = Qt.KeyboardModifier.NoModifier


class Person:
    """Somebody in front of a room that is open."""

    def __init__(self, qtbot: QtBot, room: LockedRoom) -> None:
        self._qtbot = qtbot
        self.room = room

    @property
    def sitting(self) -> Sitting:
        return self.room.sitting

    @property
    def model(self) -> RoomModel:
        return self.sitting.model

    def enter(self) -> None:
        self.room.resize(*SIZE)
        with self._qtbot.waitActive(self.room):
            self.room.show()
        self.sitting.begin()
        self.wait_for(Screen.HANDOVER)

    def read(self, text: str) -> None:
        """Waits until it can be read on the screen."""
        self._qtbot.waitUntil(lambda: text in self.seen(), timeout=2000)

    def seen(self) -> str:
        """All the words on the screen."""
        return "\n".join(label.text() for label in self.room.findChildren(QLabel) if label.isVisible())

    def wait_for(self, screen: Screen) -> None:
        self._qtbot.waitUntil(lambda: self.model.screen is screen, timeout=20_000)

    def wait_until(self, answer: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(answer, timeout=5000)

    def wait_idle(self) -> None:
        self._qtbot.waitUntil(lambda: not self.model.busy, timeout=10_000)

    def press(self, text: str) -> None:
        """The one button of that name that can be pressed."""
        self.click(self.find(text))

    def find(self, text: str) -> QAbstractButton:
        # What was put into a layout a moment ago is shown by the event loop.
        self._qtbot.waitUntil(lambda: len(self._named(text)) == 1, timeout=2000)
        return self._named(text)[0]

    def _named(self, text: str) -> list[QAbstractButton]:
        return [b for b in self.buttons() if (b.accessibleName() or b.text()) == text]

    def buttons(self) -> list[QAbstractButton]:
        return [b for b in self.room.findChildren(QAbstractButton) if b.isVisible() and b.isEnabled()]

    def click(self, widget: QWidget) -> None:
        QTest.mouseClick(widget, LEFT)
        self.wait_idle()

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        focused = self.room.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, key, modifier)
        self.wait_idle()

    def write(self, text: str) -> None:
        focused = self.room.focusWidget()
        assert focused is not None
        QTest.keyClicks(focused, text)

    def settle(self) -> None:
        """Lets layouts come to rest."""
        self._qtbot.wait(40)

    def take_over(self) -> None:
        """From the host's card to the document."""
        recipient = self.model.recipient
        self.press(f"Hand over to {recipient.name}")
        self.press(f"I am {recipient.name}")
        self.wait_for(Screen.READING)

    def agree(self) -> None:
        self.press("I agree to sign electronically")
        self.press("Agree and continue")
        self.wait_for(Screen.WALK)

    def begin(self) -> None:
        self.enter()
        self.take_over()
        self.agree()

    def field(self, label: str) -> FieldButton:
        field = next(field for field in self.model.walk.fields if field.label == label)
        return self.sitting.document.fields.button_of(field)

    def go_to(self, label: str) -> FieldButton:
        """Scrolls to a field as the list of what is left does."""
        button = self.field(label)
        self.model.go_to(button.field)
        self.wait_idle()
        return button

    def value(self, label: str) -> object:
        return self.model.envelope.value_of(self.field(label).field)

    @property
    def sheet(self) -> SignatureSheet:
        sheet = self.sitting.layer.sheet
        assert isinstance(sheet, SignatureSheet)
        return sheet

    def draw_signature(self) -> None:
        pad = self.sheet.findChild(Pad)
        assert pad is not None
        draw(pad, 26)
        draw(pad, 18, top=0.7)

    def place(self) -> None:
        self.press(self.sheet.words.place)
        self._qtbot.waitUntil(lambda: self.sitting.layer.sheet is None, timeout=10_000)


def empty(rooms: list[LockedRoom]) -> None:
    """Everybody out, at the end of a test."""
    for room in rooms:
        if isValid(room):
            room._open_to_leave = True
            room._idle.stop()
            room.close()
            room.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def draw(pad: Pad, points: int, top: float = 0.45) -> None:
    """A wave from left to right by mouse."""
    spots = [
        QPoint(round(pad.width() * (0.2 + 0.5 * n / points)), round(pad.height() * (top + 0.15 * sin(n))))
        for n in range(points)
    ]
    QTest.mousePress(pad, LEFT, Qt.KeyboardModifier.NoModifier, spots[0])
    for spot in spots[1:]:
        QTest.mouseMove(pad, spot)
    QTest.mouseRelease(pad, LEFT, Qt.KeyboardModifier.NoModifier, spots[-1])


def pen(
    pad: Pad,
    kind: QEvent.Type,
    at: QPointF,
    pressure: float,
    tilt: tuple[float, float] = (0, 0),
    button: Qt.MouseButton = LEFT,
) -> None:
    """One report of a pen over the pad; tilt in degrees."""
    there = QPointF(pad.mapToGlobal(at.toPoint()))
    event = QTabletEvent(kind, STYLUS, at, there, pressure, *tilt, 0, 0, 0, NO_KEY, button, button)
    QApplication.sendEvent(pad, event)
