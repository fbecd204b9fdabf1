"""A file from a server to this disk: whole, of the right type, with the right fingerprint, or not at all.

It is written beside its place under a name of ours, flushed, then renamed; what is already at the place stays until
then. Whether its pages and signatures are good is judged afterwards, by those who know PDF.
"""

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from app.domain import errors
from app.sync.download import Download
from app.sync.exchanging import Arriving

PREFIX: Final = ".paraph-"
HTML: Final = frozenset({"text/html", "application/xhtml+xml"})
UNTYPED: Final = frozenset({"", "application/octet-stream", "binary/octet-stream"})
"""What stores of files say when nobody told them; then the first bytes decide alone."""
MAGIC: Final = {"application/pdf": b"%PDF-", "application/zip": b"PK\x03\x04"}
MAGIC_WITHIN: Final = 1024


@dataclass(frozen=True, slots=True)
class Wanted:
    """`content_type` is empty where any will do. `rejected`: where a whole file with a wrong fingerprint is kept as
    evidence; without it, it is thrown away.
    """

    out: Path
    limit: int
    content_type: str = "application/pdf"
    expected_sha256: str | None = None
    rejected: Path | None = None


def take_in(arriving: Arriving, wanted: Wanted) -> Download:
    """Raises `DownloadCut`, `DownloadAltered`, `AnswerTooLarge`, `AnswerUnreadable`, `NotTheService`, `NotWritable`."""
    _expect_type(arriving, wanted)
    with _draft(wanted.out) as (file, publish):
        digest, size = hashlib.sha256(), 0
        for piece in _from_magic(arriving, wanted):
            digest.update(piece)
            size += len(piece)
            file.write(piece)
        found = digest.hexdigest()
        if wanted.expected_sha256 is None and not arriving.end_is_known:
            raise errors.DownloadCut(host=_host(arriving), received=size)
        if wanted.expected_sha256 not in (None, found):
            if wanted.rejected is not None:
                publish(wanted.rejected)
            raise errors.DownloadAltered(host=_host(arriving), expected=wanted.expected_sha256 or "", found=found)
        publish(wanted.out)
        return Download(found, size)


def _expect_type(arriving: Arriving, wanted: Wanted) -> None:
    if arriving.status == 202:
        raise errors.RemoteNotReady(host=_host(arriving))
    if arriving.content_type in HTML:
        raise errors.NotTheService(host=_host(arriving), perhaps_done=False)
    if wanted.content_type and arriving.content_type not in UNTYPED | {wanted.content_type}:
        raise _unreadable(arriving, f"it is {arriving.content_type[:60]}")


def _from_magic(arriving: Arriving, wanted: Wanted) -> Iterator[bytes]:
    """The pieces; the first ones are held back until they show what the file is."""
    held, magic = b"", MAGIC.get(wanted.content_type, b"")
    pieces = _uncut(arriving, wanted.limit)
    for piece in pieces:
        held += piece
        if magic in held[:MAGIC_WITHIN] or len(held) >= MAGIC_WITHIN:
            break
    if magic not in held[:MAGIC_WITHIN]:
        raise _unreadable(arriving, f"it is no {wanted.content_type}")
    yield held
    yield from pieces


def _uncut(arriving: Arriving, limit: int) -> Iterator[bytes]:
    received = 0
    try:
        for piece in arriving.pieces(limit):
            received += len(piece)
            yield piece
    except errors.ConnectionLost:
        raise errors.DownloadCut(host=_host(arriving), received=received) from None


def _unreadable(arriving: Arriving, reason: str) -> errors.AnswerUnreadable:
    return errors.AnswerUnreadable(host=_host(arriving), reason=reason, perhaps_done=False)


def _host(arriving: Arriving) -> str:
    return arriving.guard.target.host


@contextmanager
def _draft(out: Path) -> Iterator[tuple[IO[bytes], Callable[[Path], None]]]:
    """A private file in the folder of `out`, and how it becomes a durable one; gone afterwards otherwise."""
    try:
        handle, name = tempfile.mkstemp(prefix=PREFIX, dir=out.parent)
    except OSError as problem:
        raise errors.NotWritable(path=str(out), reason=problem.strerror or "") from None
    draft = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:

            def publish(place: Path) -> None:
                file.flush()
                os.fsync(file.fileno())
                file.close()  # Windows renames no open file
                draft.replace(place)
                _make_durable(place.parent)

            yield file, publish
    except OSError as problem:
        raise errors.NotWritable(path=str(out), reason=problem.strerror or "") from None
    finally:
        draft.unlink(missing_ok=True)


def _make_durable(folder: Path) -> None:
    """The rename survives a power cut; where folders cannot be opened the system sees to it."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
