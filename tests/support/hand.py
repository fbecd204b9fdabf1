"""The pointer and the keyboard of a real screen: xdotool moves them, the program answers in between."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget

W = TypeVar("W", bound=QWidget)


def wait_for(answer: Callable[[], object], what: str = "it", seconds: float = 20) -> None:
    """Lets the program go on until it is so."""
    for _ in range(int(seconds * 100)):
        if answer():
            return
        QTest.qWait(10)
    raise AssertionError(f"waited {seconds:g} s for {what}")


def visible(kind: type[W], name: str = "") -> list[W]:
    """Of all windows: shown, usable, and called so by its accessible name or its text.

    Asked of the windows that stand: `allWidgets` also lists what is being taken apart, and looking at that crashes.
    """
    windows = [window for window in QApplication.topLevelWidgets() if window.isVisible()]
    inside = [widget for window in windows for widget in window.findChildren(kind)]
    own = [window for window in windows if isinstance(window, kind)]
    found = [w for w in dict.fromkeys((*own, *inside)) if w.isVisible() and w.isEnabled()]
    return [w for w in found if not name or name in (w.accessibleName(), getattr(w, "text", str)())]


class Hand:
    """What a person does, and nothing a person cannot do."""

    def click(self, widget: QWidget, at: QPoint | None = None) -> None:
        spot = widget.mapToGlobal(at or widget.rect().center())
        self.do("mousemove", spot.x(), spot.y(), "click", 1)
        QTest.qWait(60)

    def press(self, name: str, kind: type[QAbstractButton] = QAbstractButton) -> None:
        """The one button of that name (and kind)."""
        wait_for(lambda: len(visible(kind, name)) == 1, f"the button {name!r}")
        QTest.qWait(120)
        self.click(visible(kind, name)[0])

    def write(self, into: str, text: str) -> None:
        """Into the line of that name, in place of what stands there."""
        wait_for(lambda: len(visible(QLineEdit, into)) == 1, f"the line {into!r}")
        self.click(visible(QLineEdit, into)[0])
        self.do("key", "ctrl+a")
        self.do("type", "--delay", 12, text)

    def drag(self, start: QPoint, end: QPoint) -> None:
        """In global coordinates, in ten short moves as a hand makes them."""
        self.do("mousemove", start.x(), start.y(), "mousedown", 1)
        for share in range(1, 11):
            spot = start + (end - start) * (share / 10)
            self.do("mousemove", spot.x(), spot.y())
        self.do("mouseup", 1)

    def draw(self, on: QWidget, stroke: Sequence[tuple[float, float]]) -> None:
        """One stroke; places as shares of the widget's width and height."""
        spots = [on.mapToGlobal(QPoint(round(on.width() * x), round(on.height() * y))) for x, y in stroke]
        self.do("mousemove", spots[0].x(), spots[0].y(), "mousedown", 1)
        for spot in spots[1:]:
            self.do("mousemove", spot.x(), spot.y())
        self.do("mouseup", 1)

    def do(self, *words: object) -> None:
        child = subprocess.Popen(["xdotool", *map(str, words)])
        wait_for(lambda: child.poll() is not None, "xdotool")
        assert child.returncode == 0
        QTest.qWait(15)
