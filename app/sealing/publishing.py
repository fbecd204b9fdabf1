"""A file appears whole or not at all (robustness, fault 35): written beside its place, flushed, then renamed."""

import contextlib
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from app.domain import errors
from app.domain.ids import Sha256

PREFIX = ".paraph-"
_COPY_BYTES = 1 << 20


@contextlib.contextmanager
def replacing(out: Path) -> Iterator[BinaryIO]:
    """A new private file to write; on success it becomes `out` and is durable, on any error nothing is left.

    Raises `NotWritable`. The name of the temporary file tells nothing about the document (fault 47).
    """
    try:
        handle, name = tempfile.mkstemp(prefix=PREFIX, dir=out.parent)
    except OSError as error:
        raise errors.NotWritable(path=str(out), reason=error.strerror or "") from None
    temporary = Path(name)
    try:
        with os.fdopen(handle, "w+b") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(out)
        _make_durable(out.parent)
    except OSError as error:
        raise errors.NotWritable(path=str(out), reason=error.strerror or "") from None
    finally:
        temporary.unlink(missing_ok=True)


def copy_into(source: Path, stream: BinaryIO) -> None:
    """All bytes of the source; raises `FileMissing` or `FileUnreadable`."""
    try:
        with source.open("rb") as original:
            shutil.copyfileobj(original, stream, _COPY_BYTES)
    except FileNotFoundError:
        raise errors.FileMissing(path=str(source)) from None
    except IsADirectoryError:
        raise errors.FileUnreadable(path=str(source), reason="a folder") from None
    stream.flush()


def digest_of(stream: BinaryIO) -> tuple[Sha256, int]:
    """Fingerprint and size of everything in the stream."""
    stream.seek(0)
    digest = hashlib.sha256()
    while chunk := stream.read(_COPY_BYTES):
        digest.update(chunk)
    return Sha256(digest.hexdigest()), stream.tell()


def _make_durable(folder: Path) -> None:
    """The rename itself survives a power cut; where folders cannot be opened the system sees to it."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
