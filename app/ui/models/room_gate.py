"""The way back to the host: a PIN with growing delays, or, where none is set, a deliberate word."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from PySide6.QtCore import QObject, QTimer, Signal

LONGEST_DELAY_S = 60
FREE_TRIES = 2
"""Wrong PINs before the first delay; a slip of the finger should not cost a wait."""

Check = Callable[[str, Callable[[bool], None]], None]
"""`check(pin, then)`: answers later whether the PIN fits."""


def delay_after(wrong: int) -> int:
    """Seconds to wait after so many wrong PINs in a row: 0, 0, 2, 4, 8 … 60."""
    return 0 if wrong <= FREE_TRIES else int(min(2 ** (wrong - FREE_TRIES), LONGEST_DELAY_S))


class GateModel(QObject):
    """Lives as long as the room, so that closing and opening the gate again does not shorten the wait.

    Signals: `changed` when the wait, or what was wrong, changed; `opened` when the PIN was right.
    """

    changed = Signal()
    opened = Signal()

    def __init__(
        self, pin_set: bool, check: Check, clock: Callable[[], float] = monotonic, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.pin_set = pin_set
        self._check = check
        self._clock = clock
        self._wrong = 0
        self._until = 0.0
        self._checking = False
        self._ticking = QTimer(self)
        self._ticking.setInterval(250)
        self._ticking.timeout.connect(self._tick)

    @property
    def wait_s(self) -> int:
        """Whole seconds until the next try."""
        return max(0, -int(-(self._until - self._clock()) // 1))

    @property
    def was_wrong(self) -> bool:
        return self._wrong > 0

    def try_pin(self, pin: str) -> None:
        """Ignored while a try is being checked or a wait is on."""
        if pin and not (self._checking or self.wait_s):
            self._checking = True
            self._check(pin, self._judged)

    def say_host(self) -> None:
        """Held long enough; only where no PIN is set."""
        if not self.pin_set:
            self.opened.emit()

    def _judged(self, fits: bool) -> None:
        self._checking = False
        if fits:
            self._wrong = 0
            self.changed.emit()
            self.opened.emit()
            return
        self._wrong += 1
        self._until = self._clock() + delay_after(self._wrong)
        self._ticking.start()
        self.changed.emit()

    def _tick(self) -> None:
        if not self.wait_s:
            self._ticking.stop()
        self.changed.emit()
