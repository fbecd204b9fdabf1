"""A run of sealing as the window follows it: what was sealed so far, and how it ended."""

from __future__ import annotations

from collections import deque
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from app.services import sealing_jobs
from app.services.batching import Outcome, Report
from app.services.house import House
from app.services.sealing_jobs import Job
from app.tasks import Handle, Runner


class Desk(Protocol):
    """What a run needs of the window's desk."""

    @property
    def house(self) -> House: ...

    @property
    def runner(self) -> Runner: ...


class SealRun(QObject):
    """Signals: `grew` with each outcome, on the window's thread; `progressed(done, total)`; `ended` when every file had
    its turn or the run stopped at a failure; `failed` with what stood against all of it.
    """

    grew = Signal(object)
    progressed = Signal(int, int)
    ended = Signal()
    failed = Signal(Exception)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._arrived: deque[Outcome] = deque()
        self._handle: Handle | None = None
        self.outcomes: list[Outcome] = []

    @property
    def running(self) -> bool:
        return self._handle is not None and self._handle.running

    @property
    def failures(self) -> int:
        return sum(outcome.error is not None for outcome in self.outcomes)

    def start(self, job: Job, passphrase: str | None) -> Handle:
        self.outcomes = []
        arrived: deque[Outcome] = deque()
        self._arrived = arrived
        house = self._desk.house

        def work(report: Report) -> tuple[Outcome, ...]:
            return sealing_jobs.run(house, job, passphrase, report, arrived.append)

        self._handle = self._desk.runner.start(
            work, lambda _: self._end(), self._fail, on_progress=self._progress, owner=self, far=True
        )
        return self._handle

    def cancel(self) -> None:
        """The file under way is still finished; it is in the summary, and the run can be gone on with."""
        if self._handle is not None:
            self._handle.cancel()
            self._take()

    def _progress(self, done: int, total: int) -> None:
        self._take()
        self.progressed.emit(done, total)

    def _end(self) -> None:
        self._take()
        self.ended.emit()

    def _fail(self, error: Exception) -> None:
        self._take()
        self.failed.emit(error)

    def _take(self) -> None:
        while self._arrived:
            outcome = self._arrived.popleft()
            self.outcomes.append(outcome)
            self.grew.emit(outcome)
