"""The host's gate: delays that grow, and do not shrink by asking again."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.domain.host_pin import Tries
from app.services.preferences import PinTry
from app.ui.models.room_gate import GateModel, Tried
from app.ui.room.gate import Gate, HoldButton
from app.ui.theme import Theme
from tests.support.room import NOON


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


class Keeper:
    """Knows the PIN 2580, and counts as the house does."""

    def __init__(self) -> None:
        self._tries = Tries()

    def __call__(self, pin: str, then: Callable[[Tried], None]) -> None:
        self._tries = Tries() if pin == "2580" else self._tries.after_wrong(NOON)
        then(PinTry(pin == "2580", self._tries.wait_s(NOON)))


def a_gate(clock: Clock, pin_set: bool = True, wait_s: float = 0.0) -> tuple[GateModel, list[bool]]:
    gate, opened = GateModel(pin_set, Keeper(), clock, wait_s=wait_s), []
    gate.opened.connect(lambda: opened.append(True))
    return gate, opened


def test_a_wait_from_before_is_not_over_in_a_new_room(qapp: object) -> None:
    clock = Clock()
    gate, opened = a_gate(clock, wait_s=7.5)
    assert (gate.wait_s, gate.was_wrong) == (8, True)
    gate.try_pin("2580")
    assert not opened
    clock.now += 8
    gate.try_pin("2580")
    assert opened


def test_during_the_wait_even_the_right_pin_does_not_open(qapp: object) -> None:
    clock = Clock()
    gate, opened = a_gate(clock)
    for _ in range(3):
        gate.try_pin("0000")
    assert gate.wait_s == 2
    gate.try_pin("2580")
    assert not opened
    clock.now += 2.1
    assert gate.wait_s == 0
    gate.try_pin("2580")
    assert opened


def test_the_right_pin_forgets_the_wrong_ones(qapp: object) -> None:
    gate, opened = a_gate(Clock())
    gate.try_pin("1")
    assert gate.was_wrong
    gate.try_pin("2580")
    assert opened
    assert not gate.was_wrong


def test_where_a_pin_is_set_nobody_gets_past_by_saying_so(qapp: object) -> None:
    gate, opened = a_gate(Clock())
    gate.say_host()
    assert not opened


def test_a_press_does_not_open_but_a_long_press_does(qtbot: QtBot, theme: Theme) -> None:
    button = HoldButton("I am the host")
    qtbot.addWidget(button)
    button.show()
    held: list[bool] = []
    button.held.connect(lambda: held.append(True))
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.wait(50)
    assert not held
    qtbot.mousePress(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(held), timeout=4000)
    qtbot.mouseRelease(button, Qt.MouseButton.LeftButton)


def test_the_gate_says_how_long_to_wait(qtbot: QtBot, theme: Theme) -> None:
    gate = GateModel(True, Keeper(), Clock())
    shown = Gate(gate, "Leave?")
    qtbot.addWidget(shown)
    shown.show()
    for _ in range(3):
        qtbot.keyClicks(shown._pin, "1111")
        qtbot.keyClick(shown._pin, Qt.Key.Key_Return)
    assert shown._said.text() == "That was not the PIN. Try again in 2 s."
    assert not shown._pin.isEnabled()
