"""A text as a QR code (ISO/IEC 18004:2015): level M, of which 15 % may be unreadable."""

from collections.abc import Iterator
from itertools import groupby
from typing import Final

import segno

from app.domain.drawing import BLACK, Colour, Drawing, Path, Segment

Matrix = tuple[tuple[bool, ...], ...]
"""Rows of modules from the top, True is dark; without the quiet zone."""
QUIET: Final = 4
"""Light modules that must stand on each side (9.1)."""
MOST: Final = 666
"""Bytes in version 20, of 97 modules a side (table 7): what is finer no telephone reads off a page."""


def modules(text: str) -> Matrix:
    """The smallest that holds `text` as UTF-8; `ValueError` above `MOST` bytes. Nothing of it is kept: it may be a link
    that lets somebody sign.
    """
    size = len(text.encode())
    if size > MOST:
        raise ValueError(f"{size} bytes are too many for a QR code")
    made = segno.make_qr(text, error="m", mode="byte", encoding="utf-8", boost_error=False)
    return tuple(tuple(map(bool, row)) for row in made.matrix)


def drawing(text: str, side_pt: float = 0.0, ink: Colour = BLACK) -> Drawing:
    """A square of `side_pt` points with the quiet zone within, or with one for each module; what is light is left
    open."""
    rows = modules(text)
    side_pt = side_pt or len(rows) + 2 * QUIET
    step = side_pt / (len(rows) + 2 * QUIET)
    segments: list[Segment] = []
    for y, row in enumerate(rows):
        at = 0
        for dark, run in groupby(row):
            length = sum(1 for _ in run)
            if dark:
                segments.extend(_bar((QUIET + at) * step, (QUIET + y) * step, length * step, step))
            at += length
    return Drawing(side_pt, side_pt, paths=(Path(tuple(segments), fill=ink),))


def _bar(x: float, y: float, width: float, height: float) -> Iterator[Segment]:
    yield Segment("M", ((x, y),))
    for corner in ((x + width, y), (x + width, y + height), (x, y + height)):
        yield Segment("L", (corner,))
    yield Segment("Z")
