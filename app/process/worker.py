"""A worker: one child process at a time, made again when it dies, asked by any thread."""

import signal
import sys
import threading
import weakref
from collections.abc import Mapping

from app.domain import errors
from app.process import wire
from app.process.limits import Limits
from app.process.quarantine import Quarantine
from app.process.spawned import Gone, Late, Spawned
from app.process.wire import Json


class WorkerBug(RuntimeError):
    """A job failed in a way nobody foresaw; the text is the child's traceback. It is no `ParaphError`."""


class Worker:
    """Runs the jobs of some modules in a child process with limits; requests from many threads are queued.

    A job is named "module:name" and must be listed in that module's `JOBS`. If the payload has a key `path`,
    the document there is held responsible for a death: `DocumentTimedOut`, `DocumentCrashed` or
    `DocumentTooHeavy`, and `DocumentQuarantined` from the third call on. The child starts at the first call
    or at `start`; after a death the next one is started at once, so that the next call finds it ready.
    """

    def __init__(
        self,
        name: str,
        modules: tuple[str, ...],
        limits: Limits = Limits(),  # noqa: B008 - frozen
        preload: bool = True,
        *,
        quarantine: Quarantine | None = None,
    ) -> None:
        self.name = name
        self._modules = modules
        self._limits = limits
        self._preload = preload
        self._quarantine = quarantine or Quarantine()
        self._turn = threading.Lock()
        self._guard = threading.Lock()
        self._child: Spawned | None = None
        self._is_asked = False
        self._is_cancelled = False
        self._is_closed = False
        self._at_exit: weakref.finalize[[], Worker] | None = None

    @property
    def pid(self) -> int | None:
        """The child's process id while there is one."""
        child = self._child
        return child.pid if child and child.is_alive else None

    def start(self) -> None:
        """Begin to start a child and return at once."""
        with self._guard:
            self._living()

    def call(self, job: str, payload: Mapping[str, Json], *, wall_s: float | None = None) -> Json:
        """Run a job and return its value. Blocks; `wall_s` counts from the moment the child is ready for it.

        Raises what the job raised (any `ParaphError`), the deaths named above, `Cancelled`, or `WorkerBug`.
        """
        path = payload.get("path")
        document = path if isinstance(path, str) else None
        frame = self._frame(job, payload, document)
        with self._turn:
            self._quarantine.admit(document)
            return self._ask(frame, document, self._limits.wall_s if wall_s is None else wall_s)

    def cancel(self) -> None:
        """Kill what is running, whose caller gets `Cancelled`; nothing happens when nothing runs."""
        with self._guard:
            if self._is_asked and self._child:
                self._is_cancelled = True
                self._child.kill()

    def close(self) -> None:
        """End the child for good and wait for its burial; whoever waits for it gets `Cancelled`."""
        with self._guard:
            self._is_closed = self._is_cancelled = True
            child, self._child = self._child, None
        if child:
            child.bury()

    def _frame(self, job: str, payload: Mapping[str, Json], document: str | None) -> bytes:
        try:
            return wire.encode({"job": job, "payload": dict(payload)}, self._limits.message_bytes)
        except wire.MessageTooBig as error:
            raise errors.DocumentTooHeavy(path=document or "", limit=error.limit_bytes) from None

    def _living(self) -> Spawned:
        """The child, made when there is none; the guard must be held."""
        if self._is_closed:
            raise errors.Cancelled
        if self._child is None or not self._child.is_alive:
            if self._at_exit:
                self._at_exit.detach()
            self._child = Spawned(self.name, self._modules, self._limits, self._preload)
            # A worker forgotten, or still open when the program ends, leaves no process and no folder.
            self._at_exit = weakref.finalize(self, self._child.bury, 1.0)
        return self._child

    def _ask(self, frame: bytes, document: str | None, wall_s: float) -> Json:
        with self._guard:
            child = self._living()
            self._is_asked, self._is_cancelled = True, False
        try:
            self._await_ready(child)
            body = child.ask(frame, wall_s)
        except (Late, Gone) as death:
            child.bury()
            raise self._translated(death, document, wall_s) from None
        finally:
            with self._guard:
                self._is_asked = False
        return self._value(body, document)

    def _await_ready(self, child: Spawned) -> None:
        """A child that fails before it has seen any document is our bug, or a cancelled start."""
        try:
            child.await_ready()
        except (Late, Gone):
            child.bury()
            if self._is_cancelled:
                raise errors.Cancelled from None
            raise WorkerBug(f"{self.name} did not start: {child.noise()}") from None

    def _translated(self, death: Late | Gone, document: str | None, wall_s: float) -> errors.ParaphError:
        if self._is_cancelled:
            return errors.Cancelled()
        self._quarantine.count_death(document)
        self.start()
        path = document or ""
        if isinstance(death, Late):
            return errors.DocumentTimedOut(path=path, seconds=wall_s)
        if sys.platform != "win32" and death.exit_code == -signal.SIGXCPU:
            return errors.DocumentTimedOut(path=path, seconds=self._limits.cpu_s)
        return errors.DocumentCrashed(path=path, reason=_reason(death.exit_code))

    def _value(self, body: bytes, document: str | None) -> Json:
        match _decoded(body):
            case {"value": value}:
                return value
            case {"error": str(kind), "facts": dict(facts)}:
                raise errors.from_facts(kind, facts)
            case {"exhausted": "memory"}:
                raise errors.DocumentTooHeavy(path=document or "", limit=self._limits.address_space_bytes)
            case {"exhausted": "message"}:
                raise errors.DocumentTooHeavy(path=document or "", limit=self._limits.message_bytes)
            case {"bug": str(text)}:
                raise WorkerBug(text)
            case other:
                raise WorkerBug(f"{self.name} sent what is no reply: {sorted(other)}")


def _decoded(body: bytes) -> dict[str, Json]:
    try:
        return wire.decode(body)
    except ValueError as error:
        raise WorkerBug(f"a child sent what is no message: {error}") from error


def _reason(exit_code: int) -> str:
    """The name of the signal, or the exit code: `SIGSEGV`, `exit 3`."""
    if exit_code < 0:
        try:
            return signal.Signals(-exit_code).name
        except ValueError:
            return f"signal {-exit_code}"
    return f"exit {exit_code}"
