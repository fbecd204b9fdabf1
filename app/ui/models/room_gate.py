"""The way back to the host: a PIN with growing delays, or, where none is set, a deliberate word."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal


class Tried(Protocol):
    """`wait_s`: how long no further PIN is taken."""

    @property
    def fits(self) -> bool: ...
    @property
    def wait_s(self) -> float: ...


Check = Callable[[str, Callable[[Tried], None]], None]
"""`check(pin, then)`: answers later whether the PIN fits."""


class GateModel(QObject):
    """Lives as long as the room, so that closing and opening the gate again does not shorten the wait.

    Signals: `changed` when the wait, or what was wrong, changed; `opened` when the PIN was right.
    """

    changed = Signal()
    opened = Signal()

    def __init__(
        self,
        pin_set: bool,
        check: Check,
        clock: Callable[[], float] = monotonic,
        parent: QObject | None = None,
        *,
        wait_s: float = 0.0,
    ) -> None:
        """`wait_s`: what is left of a wait from before this room was entered."""
        super().__init__(parent)
        self.pin_set = pin_set
        self._check = check
        self._clock = clock
        self._was_wrong = wait_s > 0
        self._until = clock() + wait_s
        self._checking = False
        self._ticking = QTimer(self)
        self._ticking.setInterval(250)
        self._ticking.timeout.connect(self._tick)
        if wait_s:
            self._ticking.start()

    @property
    def wait_s(self) -> int:
        """Whole seconds until the next try."""
        return max(0, -int(-(self._until - self._clock()) // 1))

    @property
    def was_wrong(self) -> bool:
        return self._was_wrong

    def try_pin(self, pin: str) -> None:
        """Ignored while a try is being checked or a wait is on."""
        if pin and not (self._checking or self.wait_s):
            self._checking = True
            self._check(pin, self._judged)

    def say_host(self) -> None:
        """Held long enough; only where no PIN is set."""
        if not self.pin_set:
            self.opened.emit()

    def _judged(self, tried: Tried) -> None:
        self._checking = False
        self._was_wrong = not tried.fits
        if tried.fits:
            self.changed.emit()
            self.opened.emit()
            return
        self._until = self._clock() + tried.wait_s
        self._ticking.start()
        self.changed.emit()

    def _tick(self) -> None:
        if not self.wait_s:
            self._ticking.stop()
        self.changed.emit()
