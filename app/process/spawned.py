"""One child process as its parent sees it: started, asked, killed, buried.

Two threads serve it. The keeper starts the child, keeps the tail of what it prints and waits for its death;
it has to be one thread for all of that, because Linux sends the parent-death signal when the *thread* that
started a child ends. The courier writes requests and reads replies, so that a child that reads nothing can
block the courier and never a caller, who waits with a time limit.
"""

import contextlib
import json
import os
import queue
import subprocess
import sys
import threading
from collections import deque
from concurrent.futures import Future
from dataclasses import asdict
from pathlib import Path
from typing import IO, Final

import app
from app.process import scratch, wire
from app.process.limits import Limits

# How `app.__main__` of a frozen program, which knows no `-m`, learns that it is a child.
CHILD_FLAG: Final = "--worker-child"

_NOISE_CHUNKS: Final = 16
_CHUNK_BYTES: Final = 4096
_KEPT_VARIABLES: Final = frozenset({"PATH", "HOME", "LANG", "LANGUAGE", "TZ", "SYSTEMROOT", "LD_LIBRARY_PATH",
                                    "PYTHONDONTWRITEBYTECODE", "SOFTHSM2_CONF"})  # fmt: skip


class Late(Exception):
    """No answer in time; the child still lives and the caller decides."""


class Gone(Exception):
    """The child is dead. `exit_code` is negative for a signal, as in `Popen.returncode`."""

    def __init__(self, exit_code: int) -> None:
        super().__init__(exit_code)
        self.exit_code = exit_code


class Spawned:
    """A child from the moment it is wanted; one caller at a time may ask it."""

    def __init__(self, name: str, modules: tuple[str, ...], limits: Limits, preload: bool) -> None:
        self._limits = limits
        self._terms = json.dumps(
            {"modules": modules, "limits": asdict(limits), "preload": preload, "parent": os.getpid()}
        )
        self._inbox: queue.SimpleQueue[tuple[bytes, Future[bytes]] | None] = queue.SimpleQueue()
        self._ready: Future[bytes] = Future()
        self._noise: deque[bytes] = deque(maxlen=_NOISE_CHUNKS)
        self._process: subprocess.Popen[bytes] | None = None
        self._is_over = False
        self._guard = threading.Lock()
        self._keeper = threading.Thread(target=self._keep, name=f"{name} keeper", daemon=True)
        self._courier = threading.Thread(target=self._carry, name=f"{name} courier", daemon=True)
        self._keeper.start()

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    @property
    def _born(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            raise AssertionError("only threads of a started child come here")
        return self._process

    @property
    def is_alive(self) -> bool:
        """True also while it is being started; False as soon as it ended or was told to."""
        return not self._is_over and (self._process is None or self._process.poll() is None)

    def noise(self) -> str:
        """The end of what the child and its libraries printed; for diagnosis, never for decisions."""
        return b"".join(self._noise).decode("utf-8", "replace")

    def await_ready(self) -> None:
        """Wait for the imports of a new child; raises `Late` or `Gone`."""
        _result(self._ready, self._limits.start_s)

    def ask(self, frame: bytes, wall_s: float) -> bytes:
        """The reply's body; raises `Late` or `Gone`."""
        reply: Future[bytes] = Future()
        with self._guard:
            if self._is_over:
                raise Gone(self._exit_code())
            self._inbox.put((frame, reply))
        return _result(reply, wall_s)

    def kill(self) -> None:
        """End the child at once, or keep it from being born; harmless when it is dead already."""
        with self._guard:
            self._is_over = True
            if self._process:
                self._process.kill()

    def bury(self, wait_s: float = 5.0) -> None:
        """Kill, and wait until the process is reaped, its folder removed and its threads are over."""
        self.kill()
        self._keeper.join(wait_s)

    def _keep(self) -> None:
        folder = scratch.make_folder()
        try:
            self._give_birth(folder)
            if self._process:
                self._courier.start()
                self._listen()
                self._process.wait()
        except OSError as error:
            self._noise.append(str(error).encode())
        finally:
            scratch.remove_folder(folder)
            self._wind_up()

    def _give_birth(self, folder: Path) -> None:
        with self._guard:
            if not self._is_over:
                self._process = subprocess.Popen(
                    _command(self._terms),
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.PIPE,
                    cwd=folder,
                    env=_environment(folder),
                )

    def _listen(self) -> None:
        stream = _opened(self._born.stderr)
        while chunk := os.read(stream.fileno(), _CHUNK_BYTES):
            self._noise.append(chunk)

    def _wind_up(self) -> None:
        """Nobody may wait for a dead child: end the courier, answer what was never born, close the pipes."""
        with self._guard:
            self._is_over = True
            self._inbox.put(None)
        if self._courier.ident is not None:
            self._courier.join()
        if not self._ready.done():
            self._ready.set_exception(Gone(self._exit_code()))
        if self._process:
            for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
                with contextlib.suppress(OSError):  # unsent bytes of a request nobody will read
                    _opened(pipe).close()

    def _carry(self) -> None:
        writer, reader = _opened(self._born.stdin), _opened(self._born.stdout)
        self._fulfil(self._ready, reader)
        while letter := self._inbox.get():
            frame, reply = letter
            with contextlib.suppress(OSError):  # a dead child shows as end of file right below
                wire.send(writer, frame)
            self._fulfil(reply, reader)

    def _fulfil(self, reply: Future[bytes], reader: IO[bytes]) -> None:
        try:
            reply.set_result(wire.receive(reader, self._limits.message_bytes))
        except (EOFError, OSError, wire.MessageTooBig):
            self.kill()
            reply.set_exception(Gone(self._exit_code()))

    def _exit_code(self) -> int:
        return self._process.wait() if self._process else 0


def _result(reply: Future[bytes], wall_s: float) -> bytes:
    try:
        return reply.result(wall_s)
    except TimeoutError:
        raise Late from None


def _opened(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise AssertionError("every stream of a child is a pipe")
    return pipe


def _command(terms: str) -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, CHILD_FLAG, terms]
    # -P: a folder named `app` in the working directory must not be taken for this package.
    return [sys.executable, "-P", "-m", "app.process.child", terms]


def _environment(folder: Path) -> dict[str, str]:
    """What a child may know: its language, its libraries and its own folder; no secrets, no proxies."""
    kept = {k: v for k, v in os.environ.items() if k in _KEPT_VARIABLES or k.startswith("LC_")}
    root = Path(app.__file__ or "").resolve().parent.parent
    return kept | {"TMPDIR": str(folder), "TEMP": str(folder), "TMP": str(folder), "PYTHONPATH": str(root)}
