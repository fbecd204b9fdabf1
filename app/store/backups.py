"""Copies of the database in `backups/`: before each migration, and whenever one is due.

Blobs are not copied: their names prove them, and they are never changed.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from app.domain import errors

KEPT = 7
DUE_AFTER = timedelta(days=1)


def folder_of(library: Path) -> Path:
    return library / "backups"


def newest(library: Path) -> Path | None:
    """By name, which begins with the time; None when there is no backup."""
    return max(_all(library), default=None)


def is_due(library: Path, now: datetime) -> bool:
    latest = newest(library)
    return latest is None or latest.name < _name(now - DUE_AFTER, "")


def make(library: Path, now: datetime, why: str, copy_to: Callable[[Path], None]) -> Path:
    """A durable copy named by time and reason; the oldest beyond seven go."""
    target = folder_of(library) / _name(now, why)
    unfinished = target.with_suffix(".unfinished")
    make_private(library, target.parent)
    with unwritable(library):
        try:
            os.close(os.open(unfinished, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600))
            copy_to(unfinished)
            unfinished.replace(target)
        finally:
            unfinished.unlink(missing_ok=True)
        sync_folder(target.parent)
        _prune(library)
    return target


def put_back(library: Path, backup: Path, database: Path, now: datetime) -> None:
    """The backup takes the database's place; what stood there is kept beside the backups with its log."""
    if not backup.is_file():
        raise errors.FileMissing(path=str(backup))
    kept = folder_of(library) / f"damaged-{now:%Y%m%dT%H%M%S.%fZ}.sqlite3"
    fresh = database.with_name(f"{database.name}.restoring")
    make_private(library, kept.parent)
    with unwritable(library):
        os.close(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
        shutil.copyfile(backup, fresh)
        for suffix in ("", "-wal", "-shm"):
            companion = database.with_name(database.name + suffix)
            if companion.exists():
                companion.replace(kept.with_name(kept.name + suffix))
        fresh.replace(database)
        sync_folder(database.parent)


def make_private(library: Path, folder: Path) -> None:
    """A folder only this user can enter; one that exists is left as it is. Its parents are made as usual."""
    with unwritable(library):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)


@contextmanager
def unwritable(library: Path) -> Iterator[None]:
    """Errors of the file system while writing leave as `LibraryUnwritable`."""
    try:
        yield
    except OSError as problem:
        reason = problem.strerror or str(problem)
        raise errors.LibraryUnwritable(library=str(library), reason=reason) from problem


def sync_folder(folder: Path) -> None:
    """Makes a rename in this folder survive a power cut; systems that cannot open a folder do so by themselves."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _all(library: Path) -> list[Path]:
    return list(folder_of(library).glob("library-*.sqlite3"))


def _prune(library: Path) -> None:
    for old in sorted(_all(library))[:-KEPT]:
        old.unlink()


def _name(now: datetime, why: str) -> str:
    return f"library-{now:%Y%m%dT%H%M%S.%fZ}-{why}.sqlite3"
