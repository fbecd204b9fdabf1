"""The bytes of documents, each file named by the SHA-256 of its content.

A blob is written beside, synchronised, renamed into place and its folder synchronised before anybody records its
name: a kill between the two leaves an orphan that `sweep` takes, never a row without its bytes.
"""

import hashlib
import os
import re
import secrets
import time
from collections.abc import Collection, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import BinaryIO

from app.domain import errors
from app.domain.canonical import fingerprint
from app.domain.ids import Sha256
from app.store.backups import make_private, sync_folder, unwritable

CHUNK = 1 << 20
GRACE_S = 3600.0
"""Nobody takes longer from writing a blob to recording it."""

NAME = re.compile(r"[0-9a-f]{64}")


class Blobs:
    """Files in `blobs/ab/abcd…`, private to this user; `incoming` holds what is being written and `quarantine` what
    was found changed. `folder` is the library's.
    """

    def __init__(self, folder: Path) -> None:
        self._library = folder
        self.folder = folder / "blobs"
        self._incoming = self.folder / "incoming"
        self._quarantine = folder / "quarantine"
        make_private(folder, self.folder)
        make_private(folder, self._incoming)

    def put(self, source: Path) -> Sha256:
        """A copy of this file. Same bytes are kept once."""
        target = self.new_file()
        try:
            with _reading(source) as file:
                return self._copy_in(file, target, source)
        finally:
            self._drop(target)

    def put_bytes(self, data: bytes) -> Sha256:
        target = self.new_file()
        try:
            with self._writing():
                target.write_bytes(data)
            return self._move_in(target, fingerprint(data))
        finally:
            self._drop(target)

    def new_file(self, suffix: str = "") -> Path:
        """An empty private file on the same file system, for a worker to write; then `adopt` it, or delete it."""
        path = self._incoming / f"{secrets.token_hex(12)}{suffix}"
        with self._writing():
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        return path

    def adopt(self, path: Path) -> Sha256:
        """Moves a file made with `new_file` in; it is gone from where it was."""
        return self._move_in(path, _hash_of(path))

    def path(self, sha256: Sha256, *, verify: bool = False) -> Path:
        """Where the bytes are. With `verify` they are hashed first: changed bytes go to quarantine."""
        place = self._place(sha256)
        if not place.is_file():
            self._missing(sha256)
        if verify and _hash_of(place) != sha256:
            self._set_aside(place, sha256)
        return place

    def open(self, sha256: Sha256) -> BinaryIO:
        """For reading in pieces; not verified."""
        return self.path(sha256).open("rb")

    def read(self, sha256: Sha256) -> bytes:
        """All of it, verified."""
        place = self.path(sha256)
        data = place.read_bytes()
        if fingerprint(data) != sha256:
            self._set_aside(place, sha256)
        return data

    def all(self) -> Iterator[Path]:
        """Every blob, in no order."""
        for folder in self.folder.glob("[0-9a-f][0-9a-f]"):
            yield from (path for path in folder.iterdir() if NAME.fullmatch(path.name))

    def sweep(self, referenced: Collection[str], now: float | None = None) -> int:
        """Deletes blobs nobody refers to, and unfinished files, when older than an hour; returns how many.

        `now` in seconds since 1970. What is put again becomes young again, so nothing in use is old.
        """
        limit = (time.time() if now is None else now) - GRACE_S
        swept = sum(_drop_if_old(path, limit) for path in self._incoming.iterdir())
        orphans = (path for path in self.all() if path.name not in referenced)
        return swept + sum(self._drop_orphan(path, limit) for path in orphans)

    def rescue(self, referenced: Collection[str], target: Path) -> int:
        """Moves every blob nobody refers to out of reach of `sweep`; returns how many."""
        with self._writing():
            target.mkdir(mode=0o700, exist_ok=True)
            orphans = [path for path in self.all() if path.name not in referenced]
            for path in orphans:
                path.replace(target / path.name)
        return len(orphans)

    def _copy_in(self, file: BinaryIO, target: Path, source: Path) -> Sha256:
        digest = hashlib.sha256()
        with self._writing(), target.open("wb") as out:
            while chunk := _next_chunk(file, source):
                digest.update(chunk)
                out.write(chunk)
        return self._move_in(target, Sha256(digest.hexdigest()))

    def _move_in(self, path: Path, sha256: Sha256) -> Sha256:
        place = self._place(sha256)
        with self._writing():
            if _refreshed(place) and _hash_of(place) == sha256:
                path.unlink()
                return sha256
            path.chmod(0o600)
            _sync_file(path)
            self._make_shelf(place.parent)
            path.replace(place)
            sync_folder(place.parent)
        return sha256

    def _make_shelf(self, shelf: Path) -> None:
        if not shelf.is_dir():
            shelf.mkdir(mode=0o700, exist_ok=True)
            sync_folder(self.folder)

    def _place(self, sha256: Sha256) -> Path:
        if not NAME.fullmatch(sha256):
            raise errors.BlobMissing(sha256=sha256)
        return self.folder / sha256[:2] / sha256

    def _missing(self, sha256: Sha256) -> None:
        if (self._quarantine / sha256).exists():
            raise errors.BlobDamaged(sha256=sha256)
        raise errors.BlobMissing(sha256=sha256)

    def _set_aside(self, place: Path, sha256: Sha256) -> None:
        """The changed bytes are kept for whoever has to explain them; a blob put again takes the place."""
        with self._writing():
            self._quarantine.mkdir(mode=0o700, exist_ok=True)
            place.replace(self._quarantine / sha256)
        raise errors.BlobDamaged(sha256=sha256)

    def _drop(self, path: Path) -> None:
        with self._writing():
            path.unlink(missing_ok=True)

    def _drop_orphan(self, path: Path, limit: float) -> bool:
        """Renamed first, then looked at again: somebody may have put the same bytes meanwhile and rely on them."""
        if path.stat().st_mtime >= limit:
            return False
        doomed = self._incoming / path.name
        path.replace(doomed)
        if doomed.stat().st_mtime >= limit:
            doomed.replace(path)
            return False
        doomed.unlink()
        return True

    def _writing(self) -> AbstractContextManager[None]:
        return unwritable(self._library)


@contextmanager
def _reading(source: Path) -> Iterator[BinaryIO]:
    try:
        file = source.open("rb")
    except FileNotFoundError:
        raise errors.FileMissing(path=str(source)) from None
    except OSError as problem:
        raise _unreadable(source, problem) from problem
    with file:
        yield file


def _next_chunk(file: BinaryIO, source: Path) -> bytes:
    try:
        return file.read(CHUNK)
    except OSError as problem:
        raise _unreadable(source, problem) from problem


def _unreadable(source: Path, problem: OSError) -> errors.FileUnreadable:
    return errors.FileUnreadable(path=str(source), reason=problem.strerror or str(problem))


def _hash_of(path: Path) -> Sha256:
    try:
        with path.open("rb") as file:
            return Sha256(hashlib.file_digest(file, "sha256").hexdigest())
    except OSError as problem:
        raise _unreadable(path, problem) from problem


def _sync_file(path: Path) -> None:
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _refreshed(path: Path) -> bool:
    """Whether it is there, made young again so that no sweep takes it before it is recorded."""
    try:
        os.utime(path)
    except FileNotFoundError:
        return False
    return True


def _drop_if_old(path: Path, limit: float) -> bool:
    if path.stat().st_mtime >= limit:
        return False
    path.unlink()
    return True
