"""The collector of garbage, kept out of a stroke: its full passes took 20 to 30 ms with a large envelope open.

They are not made by themselves any more; they are made between strokes.
"""

from __future__ import annotations

import gc
import sys
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication

EVERY_MS: Final = 10_000
WORTH_IT: Final = 5
"""Passes over younger objects since the last full one; fewer are not worth a pause."""
NEVER: Final = 1 << 30


def favour_the_hand() -> None:
    """Once the code of the pages stands, and before there is an envelope. The collector looks no more at what stays for
    good, modules above all, and leaves what has grown old to `Collecting`. What an editor makes is not among what
    stays, or it would never be let go. And the window gets the interpreter back from a thread that keeps a large
    envelope within half a millisecond instead of five."""
    gc.collect()
    gc.freeze()
    young, middle, _ = gc.get_threshold()
    gc.set_threshold(young, middle, NEVER)
    sys.setswitchinterval(0.0005)


class Collecting(QObject):
    """A full pass every ten seconds, unless a button of the mouse is held."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.tick)
        self._timer.start()

    def tick(self) -> None:
        held = QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton
        if not held and gc.get_count()[2] >= WORTH_IT:
            gc.collect()
