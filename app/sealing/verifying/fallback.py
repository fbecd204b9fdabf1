"""Integrity when the file cannot be parsed: whoever changes a byte must not win by breaking the parser as well.

Every string that looks like a signed message is found by its bytes and compared with the digests of what it could
cover: what /ByteRange beside it says and, because that text may be the damaged part, everything but the string itself
up to the end of the file or of any revision. A message none of whose candidates has its digest was altered.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from typing import Final

from app.sealing.verifying.digests import SUPPORTED, Digests
from app.sealing.verifying.message import Message, Unreadable
from app.sealing.verifying.raw import RawFile, byte_ranges_in, contents_of

_MESSAGE = re.compile(rb"<30[0-9A-Fa-f]{600,}>")
_ROUGHLY_A_MESSAGE = re.compile(rb"/Contents\s*<30[^<>/]{600,}>")
_END = re.compile(rb"%%EOF(?:\r\n|\r|\n)?")
_NEAR_BYTES: Final = 4096
_MOST_ENDS: Final = 64
_MOST_MESSAGES: Final = 64


class Integrity(StrEnum):
    """`unknown` where no digest can be compared."""

    INTACT = "intact"
    ALTERED = "altered"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class RawSignature:
    """A message found by its bytes, and the end of what it turned out to cover."""

    integrity: Integrity
    end: int = 0


def raw_signatures(raw: RawFile, digests: Digests) -> tuple[RawSignature, ...]:
    """Every message in the file, in file order."""
    found = list(_holes(raw))[:_MOST_MESSAGES]
    return tuple(_judge(raw, digests, start, end) for start, end in found)


def was_altered(raw: RawFile, digests: Digests) -> bool:
    """Some message provably does not fit the bytes around it, or is itself damaged."""
    return any(found.integrity is Integrity.ALTERED for found in raw_signatures(raw, digests))


def _holes(raw: RawFile) -> Iterator[tuple[int, int]]:
    """Where messages stand, delimiters included: whole ones, and those with a damaged digit."""
    whole = [match.span() for match in _MESSAGE.finditer(raw.data)]
    yield from whole
    for match in _ROUGHLY_A_MESSAGE.finditer(raw.data):
        start = raw.data.index(b"<", match.start())
        if (start, match.end()) not in whole:
            yield start, match.end()


def _judge(raw: RawFile, digests: Digests, start: int, end: int) -> RawSignature:
    contents = contents_of(raw.data[start:end])
    if contents is None:
        return RawSignature(Integrity.ALTERED)
    try:
        message = Message(contents)
    except Unreadable:
        return RawSignature(Integrity.UNKNOWN)
    if message.declared_digest is None or message.digest_algorithm not in SUPPORTED:
        return RawSignature(Integrity.UNKNOWN)
    end_covered = _end_covered(raw, digests, message, start, end)
    return RawSignature(Integrity.INTACT, end_covered) if end_covered else RawSignature(Integrity.ALTERED)


def _end_covered(raw: RawFile, digests: Digests, message: Message, start: int, end: int) -> int | None:
    """Where what the message covers ends; None when nothing it could cover has its digest."""
    wanted, algorithm = message.declared_digest, message.digest_algorithm
    near = raw.data[max(0, start - _NEAR_BYTES) : start] + raw.data[end : end + _NEAR_BYTES]
    for covered in byte_ranges_in(near):
        if covered.fits(raw.size) and digests.covered(algorithm, covered) == wanted:
            return covered.end
    stops = [match.end() for match in islice(_END.finditer(raw.data, end), _MOST_ENDS)]
    candidates = digests.growing(algorithm, start, end, sorted({*stops, raw.size}))
    return next((stop for stop, digest in candidates if digest == wanted), None)
