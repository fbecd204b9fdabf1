"""One child process as its parent sees it: started, asked, killed, buried.

The caller itself writes the request and reads the reply: every thread in between would have to win the
interpreter's lock from the window. Two threads stand aside. The keeper starts the child, keeps the tail of what
it prints and waits for its death; it has to be one thread for all of that, because Linux sends the parent-death
signal when the *thread* that started a child ends. The watchdog kills a child that is late, which ends the
caller's blocking read or write on every system alike.
"""

import contextlib
import json
import os
import subprocess
import sys
import threading
from collections import deque
from dataclasses import asdict
from pathlib import Path
from typing import IO, Final

import app
from app.process import scratch, wire
from app.process.limits import Limits
from app.process.watchdog import Watchdog

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
        self._noise: deque[bytes] = deque(maxlen=_NOISE_CHUNKS)
        self._process: subprocess.Popen[bytes] | None = None
        self._is_ready = self._is_late = self._is_over = False
        self._guard = threading.Lock()
        self._talk = threading.Lock()
        self._birth = threading.Event()
        self._watchdog = Watchdog(f"{name} watchdog", self._kill_late)
        self._keeper = threading.Thread(target=self._keep, name=f"{name} keeper", daemon=True)
        self._keeper.start()

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    @property
    def is_alive(self) -> bool:
        """True also while it is being started; False as soon as it ended or was told to."""
        return not self._is_over and (self._process is None or self._process.poll() is None)

    def noise(self) -> str:
        """The end of what the child and its libraries printed; for diagnosis, never for decisions."""
        return b"".join(self._noise).decode("utf-8", "replace")

    def await_ready(self) -> None:
        """Wait for the imports of a new child; raises `Late` or `Gone`."""
        if not self._is_ready:
            self._birth.wait()
            self._exchange(None, self._limits.start_s)
            self._is_ready = True

    def ask(self, frame: bytes, wall_s: float) -> bytes:
        """The reply's body; raises `Late` or `Gone`."""
        return self._exchange(frame, wall_s)

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

    def _exchange(self, frame: bytes | None, wall_s: float) -> bytes:
        """Say something, or nothing, and wait for the next word."""
        with self._talk:
            process = self._process
            if process is None or self._is_over:
                raise Gone(self._exit_code())
            self._watchdog.arm(wall_s)
            try:
                if frame is not None:
                    wire.send(_opened(process.stdin), frame)
                return wire.receive(_opened(process.stdout), self._limits.message_bytes)
            except (EOFError, OSError, wire.MessageTooBig):
                self.kill()
                raise (Late() if self._is_late else Gone(self._exit_code())) from None
            finally:
                self._watchdog.disarm()

    def _kill_late(self) -> None:
        self._is_late = True
        self.kill()

    def _keep(self) -> None:
        folder = scratch.make_folder()
        try:
            self._give_birth(folder)
            if self._process:
                self._birth.set()
                scratch.sweep_once()  # while the child imports: a killed program could not tidy up
                self._listen(_opened(self._process.stderr))
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

    def _listen(self, stream: IO[bytes]) -> None:
        while chunk := os.read(stream.fileno(), _CHUNK_BYTES):
            self._noise.append(chunk)

    def _wind_up(self) -> None:
        """The child is dead or was never born: nobody may wait for it any longer."""
        self._is_over = True
        self._birth.set()
        self._watchdog.retire()
        with self._talk:  # whoever was talking has heard the end of file
            if self._process:
                for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
                    with contextlib.suppress(OSError):  # unsent bytes of a request nobody will read
                        _opened(pipe).close()

    def _exit_code(self) -> int:
        return self._process.wait() if self._process else 0


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
