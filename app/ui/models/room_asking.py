"""Asking the house from the room, one call after the other: each of them makes a new version of the same envelope."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal

from app.domain.changes import Changes
from app.domain.envelope import Envelope
from app.domain.errors import AccessDenied, SleptMeanwhile
from app.tasks import Report, Runner
from app.ui.models.room_desk import RoomDesk, Words

Then = Callable[[], None]
Refused = Callable[[Words], None]


@dataclass(frozen=True)
class _Request:
    work: Callable[[Report], Changes]
    then: Then
    refused: Refused


@dataclass(frozen=True)
class _Answer:
    changes: Changes
    envelope: Envelope


class Asking(QObject):
    """Holds the envelope as it was last read, every field styled, for whoever only looks.

    Signals: `envelope_changed()` after it was read again; `failed(Words)`; `progressed(int, int)` while sealing;
    `changed(Changes)` for those outside; `interrupted()` when the machine slept, and nobody knows who is here now.
    """

    envelope_changed = Signal()
    failed = Signal(object)
    progressed = Signal(int, int)
    changed = Signal(object)
    interrupted = Signal()

    def __init__(self, desk: RoomDesk, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._runner = runner
        self._envelope: Envelope | None = None
        self._requests: deque[_Request] = deque()
        self._busy = False

    @property
    def is_open(self) -> bool:
        """The envelope has been read."""
        return self._envelope is not None

    @property
    def envelope(self) -> Envelope:
        if self._envelope is None:
            raise RuntimeError("the room is not open yet")
        return self._envelope

    @property
    def busy(self) -> bool:
        return self._busy

    def ask(self, work: Callable[[Report], Changes], then: Then, refused: Refused | None = None) -> None:
        self._requests.append(_Request(work, then, refused or self.failed.emit))
        self._next()

    def start(self, work: Callable[[], object], then: Callable[..., None], refused: Refused) -> None:
        """What does not change the envelope need not wait for its turn."""
        self._runner.start(lambda _: work(), then, lambda error: refused(self.desk.words(error)), owner=self)

    def was_read(self) -> None:
        """The envelope is another one now; what is worked out from it is not true any more."""

    def _next(self) -> None:
        if self._busy or not self._requests:
            return
        self._busy = True
        request = self._requests.popleft()

        def run(report: Report) -> _Answer:
            changes = request.work(report)
            return _Answer(changes, self.desk.envelope())

        self._runner.start(
            run,
            partial(self._answered, request.then),
            partial(self._refused, request),
            on_progress=self.progressed.emit,
            owner=self,
        )

    def _answered(self, then: Then, answer: _Answer) -> None:
        self._busy = False
        self._envelope = answer.envelope.dressed()
        self.was_read()
        then()
        self.envelope_changed.emit()
        if answer.changes.items:
            self.changed.emit(answer.changes)
        self._next()

    def _refused(self, request: _Request, error: Exception) -> None:
        self._busy = False
        if isinstance(error, AccessDenied):
            # A wrong try was recorded: what is shown must not be older than what is stored.
            self.ask(lambda _: Changes(), nothing)
        if isinstance(error, SleptMeanwhile):
            self._requests.clear()
            self.interrupted.emit()
            return
        request.refused(self.desk.words(error))
        self.envelope_changed.emit()
        self._next()


def nothing_more(_: Words) -> None:
    """Of what is noted on leaving: there is nobody left to be told."""


def nothing() -> None:
    """What is only recorded needs no answer."""
