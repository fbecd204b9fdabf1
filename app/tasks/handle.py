"""What the window keeps of work under way."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event


class Handle:
    """One piece of work. After `cancel` none of its callbacks is called, whatever the work still does.

    The work itself learns of it at its next `report`; `abort`, given at the start, ends what it waits for
    (a child process, a socket) at once.
    """

    def __init__(self, abort: Callable[[], None] | None = None) -> None:
        self._abort = abort
        self._cancelled = Event()
        self._finished = Event()

    @property
    def cancelled(self) -> bool:
        return self._cancelled.is_set()

    @property
    def running(self) -> bool:
        return not (self.cancelled or self._finished.is_set())

    def cancel(self) -> None:
        if not self.running:
            return
        self._cancelled.set()
        if self._abort is not None:
            self._abort()

    def finish(self) -> None:
        """The outcome has been delivered; a later `cancel` does nothing."""
        self._finished.set()
