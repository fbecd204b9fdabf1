"""Several workers with the same jobs, so that two processors seal two documents at once."""

import queue
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor

from app.process.limits import Limits
from app.process.quarantine import Quarantine
from app.process.wire import Json
from app.process.worker import Worker


class Pool:
    """`size` workers that share one quarantine. The last one used is taken first: its caches are warm."""

    def __init__(
        self,
        name: str,
        modules: tuple[str, ...],
        size: int,
        limits: Limits = Limits(),  # noqa: B008 - frozen
        preload: bool = True,
    ) -> None:
        quarantine = Quarantine()
        self.workers = tuple(
            Worker(f"{name} {number}", modules, limits, preload, quarantine=quarantine) for number in range(1, size + 1)
        )
        self._idle: queue.LifoQueue[Worker] = queue.LifoQueue()
        for worker in reversed(self.workers):
            self._idle.put(worker)

    def start(self) -> None:
        """Begin to start every child."""
        for worker in self.workers:
            worker.start()

    def call(self, job: str, payload: Mapping[str, Json], *, wall_s: float | None = None) -> Json:
        """As `Worker.call`, on a free worker; waits for one."""
        worker = self._idle.get()
        try:
            return worker.call(job, payload, wall_s=wall_s)
        finally:
            self._idle.put(worker)

    def map(
        self, job: str, payloads: Iterable[Mapping[str, Json]], *, wall_s: float | None = None
    ) -> Iterator[Future[Json]]:
        """Run one job on many payloads; finished futures in the order of the payloads.

        A future and not a value, because one bad document of a thousand must not hide the other results.
        At most twice as many payloads as workers are taken in advance: a bulk of thousands stays lazy.
        """
        waiting: queue.SimpleQueue[Future[Json]] = queue.SimpleQueue()
        with ThreadPoolExecutor(len(self.workers), thread_name_prefix="pool") as threads:
            for payload in payloads:
                waiting.put(threads.submit(self.call, job, payload, wall_s=wall_s))
                if waiting.qsize() > 2 * len(self.workers):
                    yield _finished(waiting.get())
            while not waiting.empty():
                yield _finished(waiting.get())

    def cancel(self) -> None:
        """Kill everything that runs; every waiting call gets `Cancelled`."""
        for worker in self.workers:
            worker.cancel()

    def close(self) -> None:
        for worker in self.workers:
            worker.close()


def _finished(future: Future[Json]) -> Future[Json]:
    future.exception()
    return future
