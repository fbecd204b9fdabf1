"""Objects that stand in the file and in no cross-reference table.

Whoever follows the tables never sees them; whoever repairs the file finds them and may take them for the newest
(incremental saving attack, Mladenov et al., CCS 2019; shadow content in wait, Mainka et al., NDSS 2021).
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from pyhanko.pdf_utils.reader import PdfFileReader

_OBJECT: Final = re.compile(rb"(\d{1,10})[\x00\t\n\f\r ]+\d{1,5}[\x00\t\n\f\r ]+\Z")
_LENGTH: Final = re.compile(rb"/Length[\x00\t\n\f\r ]+(\d{1,12})\b(?![\x00\t\n\f\r ]+\d+[\x00\t\n\f\r ]+R)")
HEAD_BYTES: Final = 64 * 1024
_BEFORE: Final = 24


def offsets_of(reader: PdfFileReader) -> list[int]:
    """Where the cross-reference tables of all revisions say that objects begin."""
    found: set[int] = set()
    for revision in range(reader.xrefs.total_revisions):
        data = reader.xrefs.get_xref_data(revision)
        found.update(offset for _, offset in data.standard_xrefs.values())
        if data.hybrid is not None:
            found.update(offset for _, offset in data.hybrid.xref_data.standard_xrefs.values())
        found.add(reader.xrefs.get_xref_container_info(revision).start_location)
    return sorted(found)


def head_of(data: bytes, start: int, end: int) -> bytes:
    """An object without its stream; a small object whole, so that nothing hides behind the word `stream`."""
    if end - start <= HEAD_BYTES // 16:
        return data[start:end]
    stream = data.find(b"stream", start, min(end, start + HEAD_BYTES))
    return data[start : stream if stream >= 0 else min(end, start + HEAD_BYTES)]


def unlisted(data: bytes, offsets: Sequence[int], start: int = 0) -> list[int]:
    """Their numbers, from byte `start` on: content in wait, or leftovers of a careless program."""
    known, found = set(offsets), []
    for begin, end in _outside_streams(data, offsets):
        at = data.find(b"obj", max(begin, start), end)
        while at >= 0:
            header = _OBJECT.search(data, max(0, at - _BEFORE), at)
            if header and header.start() not in known:
                found.append(int(header[1]))
            at = data.find(b"obj", at + 3, end)
    return found


def _outside_streams(data: bytes, offsets: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The whole file but the bodies of large streams that end where they say."""
    start = 0
    for at, following in zip(offsets, [*offsets[1:], len(data)], strict=True):
        if following - at <= HEAD_BYTES:
            continue
        head = head_of(data, at, following)
        length = _LENGTH.search(head)
        if length is None:
            continue
        end = at + len(head) + int(length[1])
        if data[end : end + _BEFORE].find(b"endstream") >= 0:
            yield start, at + len(head)
            start = end
    yield start, len(data)
