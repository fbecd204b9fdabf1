"""Where everything stands: the checkout, its `.venv`, and how the set-up speaks."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
VENV = CHECKOUT / ".venv"
WINDOWS = os.name == "nt"
PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")


class Unable(Exception):
    """The one line a person reads when the set-up cannot go on."""


def script(name: str) -> str:
    """An installed command: unlike `python -m`, it looks for no modules in the folder one stands in."""
    return str(PYTHON.parent / (f"{name}.exe" if WINDOWS else name))


def say(words: str) -> None:
    """On stderr: what a command prints on stdout belongs to its reader."""
    print(f"dev.py: {words}", file=sys.stderr, flush=True)


@contextmanager
def only_one_at_a_time() -> Iterator[None]:
    """Two starts at once wait in turn; the lock lies beside `.venv`, which may be cleared meanwhile."""
    with (CHECKOUT / ".venv.lock").open("a+b") as file:
        _hold(file.fileno())
        yield


def _hold(descriptor: int) -> None:
    """Held until the file is closed, also when the process dies."""
    if sys.platform == "win32":
        import msvcrt

        # LK_LOCK waits ten seconds and gives up; an installation may take longer.
        while True:
            try:
                msvcrt.locking(descriptor, msvcrt.LK_LOCK, 1)
            except OSError:
                continue
            return
    else:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX)
