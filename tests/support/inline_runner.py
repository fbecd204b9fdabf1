"""A runner without threads: work is done when it is started, or when the test says so."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from app.domain.errors import Cancelled
from app.tasks import Handle, OnError, OnProgress, OnResult, Work
from app.tasks.runner import T


class InlineRunner:
    """Keeps the promises of `app.tasks.Runner`. With `held=True` work waits for `release()`, so that a
    test can look at a page while it is busy."""

    def __init__(self, held: bool = False) -> None:
        self.held = held
        self.waiting: list[Callable[[], None]] = []
        self.failures: list[Exception] = []

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
        handle = Handle(abort)

        def report(done: int, total: int) -> None:
            if handle.cancelled:
                raise Cancelled
            if on_progress is not None:
                on_progress(done, total)

        def run() -> None:
            try:
                value = work(report)
            except Cancelled:
                return
            except Exception as error:  # noqa: BLE001 - as the real runner does
                if handle.running:
                    (on_error or self.failures.append)(error)
                return
            if handle.running:
                handle.finish()
                on_result(value)

        if self.held:
            self.waiting.append(run)
        else:
            run()
        return handle

    def release(self) -> None:
        """Does what was held, in order; what is started meanwhile is done too."""
        self.held = False
        while self.waiting:
            self.waiting.pop(0)()
