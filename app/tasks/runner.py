"""Starting work off the window's thread and bringing its outcome home.

The one place that knows threads. Work gets a `report(done, total)` and nothing of Qt; it takes and returns
frozen values. Outcomes cross the border as one queued signal and are delivered on the thread that owns the
runner.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from typing import Any, Final, Protocol, TypeVar

from PySide6.QtCore import QMetaObject, QObject, Qt, QThreadPool, Signal
from shiboken6 import isValid

from app.domain.errors import Cancelled
from app.tasks.handle import Handle

T = TypeVar("T")

Report = Callable[[int, int], None]
"""`report(done, total)`; raises `Cancelled` when the person has stopped the work."""
Work = Callable[[Report], T]
OnResult = Callable[[T], None]
OnError = Callable[[Exception], None]
OnProgress = Callable[[int, int], None]

FAR_THREADS: Final = 8
PROGRESS_EVERY_S: Final = 0.04
"""More often than a screen refreshes is noise in the event queue."""


class Runner(Protocol):
    """What pages ask for; tests hand them one that works in line."""

    def start(
        self,
        work: Work[T],
        on_result: OnResult[T],
        on_error: OnError | None = None,
        *,
        on_progress: OnProgress | None = None,
        abort: Callable[[], None] | None = None,
        owner: QObject | None = None,
        far: bool = False,
    ) -> Handle: ...


@dataclass(frozen=True)
class _Arrival:
    """What crosses the thread border: a step of progress, or the end."""

    deliver: Callable[[], None]
    handle: Handle
    last: bool


class TaskRunner(QObject):
    """Owns the program's only threads: some for work on this machine, and some of their own for what is `far`, at
    somebody else's server, so that a service that hangs holds up nothing but others of its kind.

    `unhandled` receives every exception whose work was started without `on_error`, and every one a
    callback raises itself; the shell shows it. `Cancelled` is delivered to nobody.
    """

    _arrived = Signal(object)

    def __init__(self, unhandled: OnError, threads: int = 4, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._unhandled = unhandled
        self._near, self._far = QThreadPool(), QThreadPool()
        self._near.setMaxThreadCount(threads)
        self._far.setMaxThreadCount(FAR_THREADS)
        self._open: dict[Handle, QMetaObject.Connection | None] = {}
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def start(
        self,
        work: Work[T],
        on_result: OnResult[T],
        on_error: OnError | None = None,
        *,
        on_progress: OnProgress | None = None,
        abort: Callable[[], None] | None = None,
        owner: QObject | None = None,
        far: bool = False,
    ) -> Handle:
        """Runs `work(report)` on a thread. Exactly one of `on_result` and `on_error` is called
        later, on the window's thread, unless the handle is cancelled first. `owner` cancels the work when
        it is destroyed."""
        handle = Handle(abort)
        self._open[handle] = None if owner is None else owner.destroyed.connect(handle.cancel)
        report = self._reporter(handle, on_progress)

        def run() -> None:
            self._send(_Arrival(self._attempt(work, report, on_result, on_error), handle, last=True))

        (self._far if far else self._near).start(run)
        return handle

    def close(self, patience_ms: int = 3000) -> bool:
        """Cancels everything and waits; True when no thread is left."""
        for handle in tuple(self._open):
            handle.cancel()
        pools = (self._near, self._far)
        for pool in pools:
            pool.clear()
        is_done = [pool.waitForDone(patience_ms) for pool in pools]
        return all(is_done)

    def _attempt(
        self, work: Work[T], report: Report, on_result: OnResult[T], on_error: OnError | None
    ) -> Callable[[], None]:
        """On its thread: does the work and says what is to be called with its outcome."""
        try:
            value = work(report)
        except Cancelled:
            return _nothing
        except Exception as error:  # noqa: BLE001 - the border: the window must hear of it
            told, heard = on_error or self._unhandled, error
            return lambda: told(heard)
        return lambda: on_result(value)

    def _reporter(self, handle: Handle, on_progress: OnProgress | None) -> Report:
        last = [0.0]

        def report(done: int, total: int) -> None:
            if handle.cancelled:
                raise Cancelled
            if on_progress is None or (done < total and monotonic() - last[0] < PROGRESS_EVERY_S):
                return
            last[0] = monotonic()
            self._send(_Arrival(lambda: on_progress(done, total), handle, last=False))

        return report

    def _send(self, arrival: _Arrival) -> None:
        """Closing has a limit, so a thread may outlive the runner it works for; nobody waits for its outcome then."""
        try:
            self._arrived.emit(arrival)
        except RuntimeError:
            if isValid(self):
                raise

    def _deliver(self, arrival: _Arrival) -> None:
        if arrival.last:
            self._forget(arrival.handle)
        if not arrival.handle.running:
            return
        if arrival.last:
            arrival.handle.finish()
        try:
            arrival.deliver()
        except Exception as error:  # noqa: BLE001 - shown, not lost in a closed terminal
            self._unhandled(error)

    def _forget(self, handle: Handle) -> None:
        connection = self._open.pop(handle, None)
        if connection is not None:
            QObject.disconnect(connection)


def _nothing(*_: Any) -> None:
    """A cancelled piece of work has no outcome."""
