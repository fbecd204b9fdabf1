"""The file as bytes, before any parser has an opinion.

A parser can be led to a different object than a viewer (incremental saving, wrapping and universal forgery attacks
of Mladenov et al., CCS 2019). What is counted and measured here depends on nothing but the bytes.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from app.domain.verdict import Revision

_TAIL = re.compile(rb"(?:^|[\r\n])startxref[ \t]*[\r\n]+[ \t]*(\d{1,15})[ \t]*[\r\n]+%%EOF(?:\r\n|\r|\n)?\Z")
_TAIL_BYTES = 1024
_BYTE_RANGE = re.compile(rb"/ByteRange\s*\[" + rb"\s*(\d{1,15})\b" * 4 + rb"\s*\]")
_HEADER = re.compile(rb"%PDF-\d\.\d")
_HEADER_BYTES = 1024
_MARK = b"/ByteRange"
_RANGE_BYTES = 256


@dataclass(frozen=True, slots=True)
class ByteRange:
    """What a signature says it covers: `before` bytes from the start, then `after` bytes from `resume`
    (ISO 32000-2, 12.8.1, for the one shape that leaves a single gap).
    """

    before: int
    resume: int
    after: int

    @property
    def end(self) -> int:
        return self.resume + self.after

    def fits(self, size: int) -> bool:
        return 0 < self.before < self.resume <= self.end <= size

    @classmethod
    def read(cls, numbers: list[int]) -> "ByteRange | None":
        """None for any other shape: a second hole, or one that does not start at the first byte."""
        if len(numbers) != 4 or numbers[0] != 0 or min(numbers) < 0:
            return None
        return cls(numbers[1], numbers[2], numbers[3])


class RawFile:
    """The bytes, and what can be said of them without parsing."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    @property
    def size(self) -> int:
        return len(self.data)

    @property
    def is_pdf(self) -> bool:
        """A header somewhere in the first kilobyte, as every reader looks for it (ISO 32000-1, annex H.3, note 13)."""
        return _HEADER.search(self.data, 0, _HEADER_BYTES) is not None

    @cached_property
    def startxref(self) -> int | None:
        """The number the file ends with; None unless the end is exactly startxref, number, %%EOF, one line end."""
        tail = _TAIL.search(self.data, max(0, self.size - _TAIL_BYTES))
        return int(tail[1]) if tail else None

    @cached_property
    def byte_range_marks(self) -> tuple[int, ...]:
        """Every place where /ByteRange is written, whoever refers to it."""
        found, at = [], self.data.find(_MARK)
        while at >= 0:
            found.append(at)
            at = self.data.find(_MARK, at + 1)
        return tuple(found)

    @cached_property
    def byte_ranges(self) -> tuple[ByteRange, ...]:
        """Those of the marks that can be read and lie in the file."""
        near = (self.data[mark : mark + _RANGE_BYTES] for mark in self.byte_range_marks)
        found = (next(byte_ranges_in(text), None) for text in near)
        return tuple(covered for covered in found if covered is not None and covered.fits(self.size))

    @cached_property
    def revisions(self) -> tuple[Revision, ...]:
        """The states that signatures say they close, oldest first, and the whole file where it goes on."""
        ends = sorted({covered.end for covered in self.byte_ranges})
        signed = tuple(Revision(number, end) for number, end in enumerate(ends, start=1))
        if ends and ends[-1] == self.size:
            return signed
        return (*signed, Revision(len(signed) + 1, self.size, is_signed=False))

    def revision_ending(self, end: int) -> int:
        """Its number, 0 where there is none."""
        return next((each.number for each in self.revisions if each.end == end), 0)

    def hole(self, covered: ByteRange) -> bytes:
        """What the signature leaves out, delimiters included."""
        return self.data[covered.before : covered.resume]


def byte_ranges_in(text: bytes) -> Iterator[ByteRange]:
    """Those written in `text` that have one hole."""
    for match in _BYTE_RANGE.finditer(text):
        covered = ByteRange.read([int(number) for number in match.groups()])
        if covered:
            yield covered


def has_mixed_digits(hole: bytes) -> bool:
    """Upper and lower case in one string. Changing the case of a digit alters a byte and no value."""
    return any(c in hole for c in b"abcdef") and any(c in hole for c in b"ABCDEF")


def contents_of(hole: bytes) -> bytes | None:
    """The string in a hole; None unless the hole is one hexadecimal string and nothing else. Something beside the
    string would be content that nobody signed.
    """
    if len(hole) < 2 or hole[:1] != b"<" or hole[-1:] != b">":
        return None
    try:
        return bytes.fromhex(hole[1:-1].decode())
    except ValueError:
        return None
