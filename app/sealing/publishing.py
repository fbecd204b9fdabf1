"""A file appears whole or not at all (robustness, fault 35): written beside its place, flushed, then renamed."""

import contextlib
import mmap
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

from app.domain import errors

PREFIX: Final = ".paraph-"


@contextlib.contextmanager
def replacing(out: Path, folders: set[Path] | None = None) -> Iterator[Path]:
    """A new private file to write; on success it becomes `out` and is durable, on any error nothing is left.

    With `folders`, that of `out` is added there, and the rename is durable only after `make_durable` of it: many files
    in one folder need that once, before anybody is told of them. Raises `NotWritable`. The name of the temporary file
    tells nothing about the document (fault 47).
    """
    try:
        handle, name = tempfile.mkstemp(prefix=PREFIX, dir=out.parent)
    except OSError as error:
        raise errors.NotWritable(path=str(out), reason=error.strerror or "") from None
    draft = Path(name)
    try:
        yield draft
        os.fsync(handle)
        draft.replace(out)
        if folders is None:
            make_durable(out.parent)
        else:
            folders.add(out.parent)
    except OSError as error:
        raise errors.NotWritable(path=str(out), reason=error.strerror or "") from None
    finally:
        os.close(handle)
        draft.unlink(missing_ok=True)


def copy(source: Path, draft: Path) -> None:
    """All bytes of the source, by the system where it can; raises `FileMissing` or `FileUnreadable`."""
    try:
        with source.open("rb"):
            pass
    except FileNotFoundError:
        raise errors.FileMissing(path=str(source)) from None
    except OSError as error:
        raise errors.FileUnreadable(path=str(source), reason=error.strerror or "") from None
    shutil.copyfile(source, draft)


@contextlib.contextmanager
def mapped(stream: BinaryIO) -> Iterator[memoryview]:
    """The bytes of an open file without copying them; the view ends with the block."""
    with mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as memory, memoryview(memory) as view:
        yield view


def make_durable(folder: Path) -> None:
    """What was renamed into it stays so after a power cut; where folders cannot be opened the system sees to it."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
