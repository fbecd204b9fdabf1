"""Noticing what the command line, or another program at the same library, has written; and looking after the library
while a window is open: what has run out, who is to be reminded, which time stamps are still wanted, what is to be
exchanged with remote services.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.changes import EVERY, Changes
from app.services import reading
from app.services.house import House
from app.tasks import Runner

EVERY_MS: Final = 2000
CARE_EVERY: Final = 150
"""In looks: every five minutes, and at the start."""
EXCHANGE_EVERY: Final = 15
"""In looks: every half minute, and at the start; while nothing is due it is one question to the library."""


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
        self._exchanging = False
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        self._read(self._take_as_known)
        self._look_after()
        self._exchange()

    def look(self) -> None:
        self._looks += 1
        if self._looks % CARE_EVERY == 0:
            self._look_after()
        if self._looks % EXCHANGE_EVERY == 0:
            self._exchange()
        self._read(self._compare)

    def take_changes(self, changes: Changes) -> None:
        if changes.touches("envelope") and not changes.touches("envelope", EVERY):
            self._read(self._take_as_known)
            self._runner.start(lambda _: _stamped(self._house), self._cared, self._missed, owner=self)

    def _read(self, then: Callable[[int], None]) -> None:
        self._runner.start(lambda _: reading.data_version(self._house), then, self._missed, owner=self)

    def _take_as_known(self, version: int) -> None:
        self._known = version

    def _compare(self, version: int) -> None:
        if version != self._known:
            self._known = version
            self.noticed.emit(Changes.of("envelope", EVERY))

    def _look_after(self) -> None:
        self._runner.start(lambda _: _cared_for(self._house), self._cared, self._missed, owner=self)

    def _exchange(self) -> None:
        """One round at a time: it may wait long for somebody else's server."""
        if not self._exchanging:
            self._exchanging = True
            self._runner.start(lambda _: _exchanged(self._house), self._came, self._not_exchanged, owner=self, far=True)

    def _came(self, changes: Changes) -> None:
        self._exchanging = False
        self._cared(changes)

    def _not_exchanged(self, problem: Exception) -> None:
        self._exchanging = False
        self._missed(problem)

    def _cared(self, changes: Changes) -> None:
        if changes.items:
            self.noticed.emit(changes)

    def _missed(self, _: Exception) -> None:
        """A library that cannot be asked now is asked again in two seconds; whoever works with it is told."""


def _cared_for(house: House) -> Changes:
    """What it takes is read with the first round: the list comes before it."""
    from app.services import caring

    return caring.look_after(house)


def _exchanged(house: House) -> Changes:
    from app.services import caring

    return caring.exchange(house)


def _stamped(house: House) -> Changes:
    from app.services import timestamping

    return timestamping.catch_up(house)
