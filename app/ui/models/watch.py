"""Noticing what the command line, or another program at the same library, has written; and what time has ended."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.changes import EVERY, Changes
from app.services import ending, reading
from app.services.house import House
from app.tasks import Runner

EVERY_MS: Final = 2000
OVERDUE_EVERY: Final = 150
"""In looks: every five minutes, and at the start."""


class Watch(QObject):
    """Signals: `noticed` with `Changes` that nobody here has made.

    Our own steps change the library's version too: `take_changes` tells of them, and the version read right after
    them is taken as known. What somebody else wrote in between is shown all the same, since our own change makes
    every list read again.
    """

    noticed = Signal(object)

    def __init__(self, house: House, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._house = house
        self._runner = runner
        self._known: int | None = None
        self._looks = 0
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        self._read(self._take_as_known)
        self._end_overdue()

    def look(self) -> None:
        self._looks += 1
        if self._looks % OVERDUE_EVERY == 0:
            self._end_overdue()
        self._read(self._compare)

    def take_changes(self, changes: Changes) -> None:
        if changes.touches("envelope") and not changes.touches("envelope", EVERY):
            self._read(self._take_as_known)

    def _read(self, then: Callable[[int], None]) -> None:
        self._runner.start(lambda _: reading.data_version(self._house), then, self._missed, owner=self)

    def _take_as_known(self, version: int) -> None:
        self._known = version

    def _compare(self, version: int) -> None:
        if version != self._known:
            self._known = version
            self.noticed.emit(Changes.of("envelope", EVERY))

    def _end_overdue(self) -> None:
        self._runner.start(lambda _: ending.expire_overdue(self._house), self._ended, self._missed, owner=self)

    def _ended(self, changes: Changes) -> None:
        if changes.items:
            self.noticed.emit(changes)

    def _missed(self, _: Exception) -> None:
        """A library that cannot be asked now is asked again in two seconds; whoever works with it is told."""
