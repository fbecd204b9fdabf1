"""Somebody who looks at the clock while everybody else waits in a blocking read."""

import threading
import time
from collections.abc import Callable


class Watchdog:
    """Calls `bite` when the time given to `arm` has passed without `disarm`. One thread, asleep nearly always.

    Arming wakes the thread only for a deadline earlier than the one it sleeps to: hundreds of short requests
    a second cost it one look every few seconds, and no switch of threads on the way of a request.
    """

    def __init__(self, name: str, bite: Callable[[], None]) -> None:
        self._bite = bite
        self._changed = threading.Condition()
        self._deadline: float | None = None
        self._sleeps_until: float | None = None
        self._is_over = False
        self._thread = threading.Thread(target=self._watch, name=name, daemon=True)
        self._thread.start()

    def arm(self, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        with self._changed:
            self._deadline = deadline
            if self._sleeps_until is None or deadline < self._sleeps_until:
                self._changed.notify()

    def disarm(self) -> None:
        with self._changed:
            self._deadline = None

    def retire(self) -> None:
        """End the thread; it never bites again."""
        with self._changed:
            self._is_over = True
            self._changed.notify()
        self._thread.join()

    def _watch(self) -> None:
        while self._waits():
            self._bite()

    def _waits(self) -> bool:
        """True once a deadline has passed, false when retired."""
        with self._changed:
            while not self._is_over:
                now = time.monotonic()
                if self._deadline is not None and self._deadline <= now:
                    self._deadline = None
                    return True
                self._sleeps_until = self._deadline
                self._changed.wait(None if self._deadline is None else self._deadline - now)
            return False
