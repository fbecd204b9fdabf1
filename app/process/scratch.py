"""Private temporary folders that carry their owner's process id, so that those of the dead can be swept.

Names hold no document names (robustness, fault 47); folders are 0700 (`tempfile.mkdtemp` promises it).
"""

import os
import shutil
import sys
import tempfile
from functools import cache
from pathlib import Path

_PREFIX = "paraph-"
_SHARED_MEMORY = Path("/dev/shm")  # noqa: S108 - only folders made by mkdtemp go there


def make_folder(root: Path | None = None) -> Path:
    """A new empty folder only this user can enter, below `root` or the system's temporary folder."""
    return Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-", dir=root))


def remove_folder(folder: Path) -> None:
    """Delete a folder and what is in it; a folder that is gone already is as good."""
    shutil.rmtree(folder, ignore_errors=True)


def memory_root() -> Path | None:
    """Where files live in memory, or None where the system has no such place."""
    return _SHARED_MEMORY if os.access(_SHARED_MEMORY, os.W_OK | os.X_OK) else None


@cache
def sweep_once() -> int:
    """As `sweep`, the first time it is called in this process; afterwards nothing."""
    return sweep()


def sweep() -> int:
    """Delete the folders left by programs of this user that were killed; returns how many."""
    roots = {Path(tempfile.gettempdir()), memory_root() or Path(tempfile.gettempdir())}
    orphans = [folder for root in roots for folder in root.glob(f"{_PREFIX}*-*") if _is_orphan(folder)]
    for folder in orphans:
        remove_folder(folder)
    return len(orphans)


def _is_orphan(folder: Path) -> bool:
    owner = folder.name.removeprefix(_PREFIX).split("-")[0]
    if not owner.isdigit() or folder.is_symlink() or not folder.is_dir():
        return False
    return _is_mine(folder) and not _is_running(int(owner))


def _is_mine(folder: Path) -> bool:
    return sys.platform == "win32" or folder.stat().st_uid == os.getuid()


def _is_running(pid: int) -> bool:
    """Without a sure answer the folder stays: an orphan costs a little space, a wrong sweep costs work."""
    if sys.platform == "win32":
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
