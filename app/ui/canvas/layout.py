"""Where each page lies on the desk, at any zoom. Pure: no Qt, and 5,000 pages cost two running sums.

Two kinds of length meet here: pages are points and grow with the zoom, gaps are logical pixels and do not.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from app.domain.geometry import Point, Rect, Size

GAP: Final = 16
MARGIN: Final = 24
TITLE: Final = 44
"""Room above the first page of each document, for its title, where there are several."""
FAR: Final = 1_000_000
"""From one page to the next where they are shown one at a time; more than the largest zoom of the longest page."""


@dataclass(frozen=True, slots=True)
class PageRef:
    """A page of a document on the desk; `page` counts from 1."""

    document: str
    page: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page as it lies on the desk: its size as displayed, in points, and what its document is called."""

    ref: PageRef
    size: Size
    title: str = ""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the desk, in logical pixels."""

    x: float
    y: float
    width: float
    height: float

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def right(self) -> float:
        return self.x + self.width


class Layout:
    """Pages one below the other, each in the middle. Everything here is at a `scale` of logical pixels per point."""

    def __init__(self, sheets: Sequence[Sheet]) -> None:
        self.sheets = tuple(sheets)
        self.index_of = {sheet.ref: index for index, sheet in enumerate(self.sheets)}
        titled = len({sheet.ref.document for sheet in self.sheets}) > 1
        self.starts = tuple(titled and sheet.ref.page == 1 for sheet in self.sheets)
        self._points_above = (0.0, *accumulate(sheet.size.height for sheet in self.sheets))
        gaps = (GAP + (TITLE if start else 0) for start in self.starts)
        self._pixels_above = tuple(MARGIN - GAP + above for above in accumulate(gaps))
        self.widest = max((sheet.size.width for sheet in self.sheets), default=0.0)
        self.tallest = max((sheet.size.height for sheet in self.sheets), default=0.0)

    def __len__(self) -> int:
        return len(self.sheets)

    def height(self, scale: float) -> float:
        if not self.sheets:
            return 0.0
        return self._pixels_above[-1] + self._points_above[-1] * scale + MARGIN

    def width(self, scale: float) -> float:
        return self.widest * scale + 2 * MARGIN

    def top(self, index: int, scale: float) -> float:
        return self._pixels_above[index] + self._points_above[index] * scale

    def box(self, index: int, scale: float, across: float) -> Box:
        """`across` is the width pages are centred in: the window's, or the widest page's where that is more."""
        size = self.sheets[index].size
        width = size.width * scale
        return Box((max(across, self.width(scale)) - width) / 2, self.top(index, scale), width, size.height * scale)

    def index_at(self, y: float, scale: float) -> int:
        """The page at this height, or the one above it when `y` lies in a gap; 0 above all."""
        found = bisect_right(range(len(self.sheets)), y, key=lambda index: self.top(index, scale))
        return max(0, found - 1)

    def between(self, top: float, bottom: float, scale: float) -> range:
        """The pages of which any part lies between two heights."""
        if not self.sheets:
            return range(0)
        first = self.index_at(top, scale)
        if self.top(first, scale) + self.sheets[first].size.height * scale < top:
            first += 1
        return range(first, max(first, self.index_at(bottom, scale) + 1))

    def nearest(self, x: float, y: float, scale: float, across: float) -> tuple[int, Point]:
        """The page under a place of the desk, else the one nearest to it, and the point on it, which may lie
        off the page."""
        index = self.index_at(y, scale)
        if index + 1 < len(self.sheets):
            above = y - (self.top(index, scale) + self.sheets[index].size.height * scale)
            if above > self.top(index + 1, scale) - y:
                index += 1
        box = self.box(index, scale, across)
        return index, Point((x - box.x) / scale, (y - box.y) / scale)

    def place(self, index: int, rect: Rect, scale: float, across: float) -> Box:
        """Where a rectangle of a page lies on the desk."""
        box = self.box(index, scale, across)
        return Box(box.x + rect.x * scale, box.y + rect.y * scale, rect.width * scale, rect.height * scale)


class OnePage(Layout):
    """One page on the desk, and the others so far off that no window reaches them."""

    def __init__(self, sheets: Sequence[Sheet], index: int = 0) -> None:
        super().__init__(sheets)
        self.turn_to(index)

    def turn_to(self, index: int) -> None:
        self.index = index
        if self.sheets:
            self.widest, self.tallest = self.sheets[index].size.width, self.sheets[index].size.height

    def height(self, scale: float) -> float:
        return self.top(self.index, scale) + self.tallest * scale + MARGIN if self.sheets else 0.0

    def top(self, index: int, scale: float) -> float:
        return MARGIN + (TITLE if self.starts[self.index] else 0) + (index - self.index) * FAR

    def index_at(self, y: float, scale: float) -> int:
        return self.index

    def between(self, top: float, bottom: float, scale: float) -> range:
        return range(self.index, self.index + 1) if self.sheets else range(0)

    def nearest(self, x: float, y: float, scale: float, across: float) -> tuple[int, Point]:
        box = self.box(self.index, scale, across)
        return self.index, Point((x - box.x) / scale, (y - box.y) / scale)
