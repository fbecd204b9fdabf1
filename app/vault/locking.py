"""One writer at a time, across processes."""

import contextlib
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from app.domain import errors

LIMIT_S: Final = 5.0
_PAUSE_S: Final = 0.02


@contextlib.contextmanager
def locked(path: Path, limit_s: float = LIMIT_S) -> Iterator[None]:
    """Hold the lock file; the system lets go of it when a process dies. Raises `VaultTimedOut`."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        deadline = time.monotonic() + limit_s
        while not _taken(handle):
            if time.monotonic() > deadline:
                raise errors.VaultTimedOut(backend="file", seconds=limit_s)
            time.sleep(_PAUSE_S)
        yield
    finally:
        os.close(handle)


def _taken(handle: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


@contextlib.contextmanager
def held(path: Path) -> Iterator[bool]:
    """Tries for the lock file once: whether it is ours until the end."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        yield _taken(handle)
    finally:
        os.close(handle)
