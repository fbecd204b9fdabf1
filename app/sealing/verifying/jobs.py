"""What a child process may be asked about signatures. This module and what it imports are never loaded in the window's
process.
"""

import asyncio
import logging
import os
import stat
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final, cast

from app import codec
from app.domain import errors
from app.domain.verdict import Revision
from app.process import Json
from app.sealing.names import remember_names
from app.sealing.verifying import fallback
from app.sealing.verifying.analysing import analyse
from app.sealing.verifying.anchors import TrustAnchor
from app.sealing.verifying.brought import Brought
from app.sealing.verifying.digests import Digests
from app.sealing.verifying.evidence import parsed
from app.sealing.verifying.judging import concluded
from app.sealing.verifying.raw import RawFile

remember_names()

MOST_BYTES: Final = 600 * 2**20

# What pyHanko has to say about a hostile file, with a traceback each time, goes into the verdict and not into a log.
for _library in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_library).setLevel(logging.CRITICAL + 1)


def verify(payload: dict[str, Json]) -> Json:
    """`path`, `trust`, `at`, `renderer_repairs`, `brought` -> a `Report`."""
    path = str(payload["path"])
    data = read(path)
    anchors = codec.decode(tuple[TrustAnchor, ...], payload["trust"])
    at = datetime.fromisoformat(str(payload["at"]))
    brought = parsed(codec.decode(Brought, payload["brought"]))
    report = asyncio.run(analyse(path, data, anchors, at, bool(payload["renderer_repairs"]), brought))
    return cast("Json", codec.encode(report))


def judge_bytes(payload: dict[str, Json]) -> Json:
    """`document`, `obstacle` -> a `Report` from the bytes alone, for a file on which the full analysis died."""
    path = str(payload["document"])
    raw = RawFile(read(path))
    digests = Digests(raw.data)
    obstacles = [str(payload["obstacle"])]
    if fallback.was_altered(raw, digests):
        obstacles.append("digest_mismatch")
    return cast("Json", codec.encode(concluded(path, digests.whole().hex(), (), (), obstacles, 0)))


def revisions(payload: dict[str, Json]) -> Json:
    """`path` -> the states of the file that some signature closes, and the file itself."""
    found = RawFile(read(str(payload["path"]))).revisions
    return cast("Json", codec.encode(found, tuple[Revision, ...]))


def read(path: str) -> bytes:
    """The whole file, opened once: a regular file of bearable size that starts like a PDF, else a `DocumentError`."""
    try:
        data = _read_regular(path)
    except FileNotFoundError:
        raise errors.FileMissing(path=path) from None
    except OSError as error:
        raise errors.FileUnreadable(path=path, reason=error.strerror or "") from None
    if not RawFile(data).is_pdf:
        raise errors.NotADocument(path=path, found="")
    return data


def _read_regular(path: str) -> bytes:
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    try:
        facts = os.fstat(handle)
        if not stat.S_ISREG(facts.st_mode):
            raise errors.FileUnreadable(path=path, reason="not a regular file")
        if facts.st_size > MOST_BYTES:
            raise errors.FileTooLarge(path=path, size=facts.st_size, limit=MOST_BYTES)
        with os.fdopen(handle, "rb", closefd=False) as file:
            return file.read(MOST_BYTES)
    finally:
        os.close(handle)


JOBS: Mapping[str, Callable[[dict[str, Json]], Json]] = {
    "verify": verify,
    "judge_bytes": judge_bytes,
    "revisions": revisions,
}
