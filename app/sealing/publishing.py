"""A file appears whole or not at all (robustness, fault 35): written beside its place, flushed, then renamed."""

import contextlib
import io
import mmap
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from app.domain import errors

PREFIX: Final = ".paraph-"
_SMALL_BYTES: Final = 4 << 20


@dataclass(slots=True)
class Draft:
    """A private file beside `out`, which it is to become; `handle` is open on it, None once it is not."""

    path: Path
    handle: int | None
    out: Path

    @classmethod
    def beside(cls, out: Path) -> "Draft":
        """Empty; its name tells nothing about the document (fault 47). Raises `NotWritable`."""
        try:
            handle, name = tempfile.mkstemp(prefix=PREFIX, dir=out.parent)
        except OSError as error:
            raise errors.NotWritable(path=str(out), reason=error.strerror or "") from None
        return cls(Path(name), handle, out)

    def publish(self) -> None:
        """Flushed, then renamed; the rename is durable after `make_durable` of the folder. Raises `NotWritable`, and
        then nothing is left.
        """
        try:
            if self.handle is not None:
                os.fsync(self.handle)
            self.path.replace(self.out)
        except OSError as error:
            raise errors.NotWritable(path=str(self.out), reason=error.strerror or "") from None
        finally:
            self.discard()

    def discard(self) -> None:
        """What was published stays."""
        if self.handle is not None:
            os.close(self.handle)
            self.handle = None
            self.path.unlink(missing_ok=True)


def publish_durably(draft: Draft) -> None:
    """Raises `NotWritable`."""
    draft.publish()
    make_durable(draft.out.parent)


@contextlib.contextmanager
def replacing(out: Path, publish: Callable[[Draft], None] = publish_durably) -> Iterator[Path]:
    """A new private file to write; without an error `publish` makes it `out`, on any error nothing is left.

    Raises `NotWritable`.
    """
    draft = Draft.beside(out)
    try:
        yield draft.path
    except OSError as error:
        draft.discard()
        raise errors.NotWritable(path=str(out), reason=error.strerror or "") from None
    except BaseException:
        draft.discard()
        raise
    publish(draft)


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
def appending(draft: Path) -> Iterator[BinaryIO]:
    """A stream of its bytes, behind which more may be written. A small file is worked on in memory: a parser seeks
    hundreds of times, and each would be a call of the system.
    """
    size = draft.stat().st_size
    if size > _SMALL_BYTES:
        with draft.open("r+b") as stream:
            yield stream
        return
    memory = io.BytesIO(draft.read_bytes())
    yield memory
    with draft.open("ab") as file:
        file.write(memory.getbuffer()[size:])


@contextlib.contextmanager
def reading(draft: Path) -> Iterator[tuple[BinaryIO, memoryview]]:
    """A stream of its bytes and, for the same time, a view of them."""
    if draft.stat().st_size > _SMALL_BYTES:
        with draft.open("rb") as stream, mapped(stream) as view:
            yield stream, view
    else:
        data = draft.read_bytes()
        yield io.BytesIO(data), memoryview(data)


def holds(stream: BinaryIO, octets: bytes) -> bool:
    """Whether they stand anywhere in it."""
    if isinstance(stream, io.BytesIO):
        return octets in stream.getvalue()
    with mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as memory:
        return memory.find(octets) >= 0


@contextlib.contextmanager
def mapped(stream: BinaryIO) -> Iterator[memoryview]:
    """The bytes of an open file without copying them; the view ends with the block."""
    with mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as memory, memoryview(memory) as view:
        yield view


def make_durable(folder: Path) -> None:
    """What was renamed into it stays so after a power cut; where folders cannot be opened the system sees to it.
    Raises `NotWritable`.
    """
    if not hasattr(os, "O_DIRECTORY"):
        return
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError as error:
        raise errors.NotWritable(path=str(folder), reason=error.strerror or "") from None
