"""Opening a file that may be anything, and keeping the last few open for the next page."""

import os
import re
import stat
from collections import OrderedDict, deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pymupdf
from pymupdf import mupdf

from app.domain import errors
from app.pdf.mupdf.glancing import only_page

LARGEST_FILE_BYTES: Final = 600 * 2**20
_KEPT_OPEN: Final = 4
_HEAD_BYTES: Final = 1024
_KNOWN_HEADS: Final = (
    (b"\x89PNG", "png"), (b"\xff\xd8\xff", "jpeg"), (b"PK\x03\x04", "zip"), (b"\xd0\xcf\x11\xe0", "office"),
    (b"{\\rtf", "rtf"), (b"GIF8", "gif"), (b"II*\x00", "tiff"), (b"MM\x00*", "tiff"), (b"%!PS", "postscript"),
)  # fmt: skip

# What is said about a document goes back as an error, not to a log.
pymupdf.TOOLS.mupdf_display_errors(False)
pymupdf.TOOLS.mupdf_display_warnings(False)


@dataclass(frozen=True, slots=True)
class Key:
    """A file as it was when it was opened; a changed one is another."""

    path: str
    size: int
    changed_ns: int
    password: str | None


@contextmanager
def translated(path: str) -> Iterator[None]:
    """Foreign exceptions become `DocumentError`; running out of memory stays `MemoryError`."""
    try:
        yield
    except (pymupdf.FileDataError, pymupdf.EmptyFileError, mupdf.FzErrorBase, RuntimeError) as error:
        # PyMuPDF names the file and hides MuPDF's reason in the context.
        raise _translation(path, str(error.__context__ or error)) from error
    except (ValueError, IndexError, KeyError, AttributeError, TypeError) as error:
        if not _was_raised_in_library(error):
            raise
        raise errors.DocumentDamaged(path=path, reason=str(error)) from error


def _translation(path: str, words: str) -> Exception:
    if "malloc" in words or "calloc" in words or "out of memory" in words:
        return MemoryError(words)
    handler = re.search(r"unknown encryption handler: '?([\w.]+)", words)
    if handler:
        return errors.EncryptionUnsupported(path=path, method=handler.group(1))
    return errors.DocumentDamaged(path=path, reason=re.sub(r"^code=\d+: ", "", words)[:200])


def _was_raised_in_library(error: BaseException) -> bool:
    """PyMuPDF's own Python stumbles over strange files; our own mistakes must stay visible as bugs."""
    last = error.__traceback__
    while last and last.tb_next:
        last = last.tb_next
    return last is not None and Path(last.tb_frame.f_code.co_filename).parent.name == "pymupdf"


Document = Any
"""A `pymupdf.Document`; the library has no types of its own."""


class Shelf:
    """The documents a child has open; the least lately used is closed when there are too many."""

    def __init__(self, room: int = _KEPT_OPEN) -> None:
        self._room = room
        self._open: OrderedDict[Key, Document] = OrderedDict()
        self._glanced: deque[Key] = deque(maxlen=room)

    def document(self, path: str, password: str | None = None) -> Document:
        """An open, readable document; see `open_pdf` for the errors."""
        key = self.key_of(path, password)
        if key not in self._open:
            self._put(key, open_pdf(path, password))
        self._open.move_to_end(key)
        return self._open[key]

    def page(self, path: str, password: str | None, page: int) -> tuple[Document, int, Key]:
        """A document with that page (from 1), the page's index in it, and the file's key.

        The first page asked of a long document comes alone, so that it is on the screen before the rest is read.
        """
        key = self.key_of(path, password)
        if key not in self._open and key not in self._glanced:
            self._glanced.append(key)
            document = open_pdf(path, password)
            index = _index(document, path, page)
            with translated(path):
                if only_page(document, index):
                    return document, 0, key
            self._put(key, document)
        document = self.document(path, password)
        return document, _index(document, path, page), key

    def key_of(self, path: str, password: str | None) -> Key:
        return Key(path, *examine(path), password)

    def _put(self, key: Key, document: Document) -> None:
        self._open[key] = document
        while len(self._open) > self._room:
            self._open.popitem(last=False)[1].close()


def _index(document: Document, path: str, page: int) -> int:
    """Counted from 0; raises `PageOutOfRange`."""
    with translated(path):
        count = document.page_count
    if not 1 <= page <= count:
        raise errors.PageOutOfRange(path=path, page=page, pages=count)
    return page - 1


def examine(path: str) -> tuple[int, int]:
    """Size and time of change of a regular file of sane size; raises for anything else (fault 31)."""
    try:
        status = Path(path).stat()
    except FileNotFoundError:
        raise errors.FileMissing(path=path) from None
    except OSError as error:
        raise errors.FileUnreadable(path=path, reason=error.strerror or "") from error
    if not stat.S_ISREG(status.st_mode):
        raise errors.FileUnreadable(path=path, reason="not a regular file")
    if status.st_size > LARGEST_FILE_BYTES:
        raise errors.FileTooLarge(path=path, size=status.st_size, limit=LARGEST_FILE_BYTES)
    return status.st_size, status.st_mtime_ns


def open_pdf(path: str, password: str | None = None) -> Document:
    """Open by content, whatever the name says, and unlock.

    Raises `NotADocument`, `DocumentDamaged`, `EncryptionUnsupported`, `PasswordNeeded`, `PasswordWrong` and
    what `examine` raises.
    """
    document = open_locked(path)
    if document.needs_pass:
        if password is None:
            raise errors.PasswordNeeded(path=path)
        with translated(path):
            if not document.authenticate(password):
                raise errors.PasswordWrong(path=path)
    with translated(path):
        if document.page_count < 1:
            raise errors.DocumentDamaged(path=path, reason="no pages")
    return document


def open_locked(path: str) -> Document:
    """Open without unlocking, to see whether a password is needed."""
    examine(path)
    head = _head(path)
    if b"%PDF-" not in head:
        raise errors.NotADocument(path=path, found=_guess(head))
    with translated(path):
        return pymupdf.open(path, filetype="pdf")


def _head(path: str) -> bytes:
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except OSError as error:
        raise errors.FileUnreadable(path=path, reason=error.strerror or "") from error
    try:
        return os.read(handle, _HEAD_BYTES)
    finally:
        os.close(handle)


def _guess(head: bytes) -> str:
    if not head:
        return "empty"
    known = next((kind for magic, kind in _KNOWN_HEADS if head.startswith(magic)), None)
    return known or ("text" if b"\0" not in head else "unknown")
