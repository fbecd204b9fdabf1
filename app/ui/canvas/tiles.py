"""Which pictures of pages are wanted, in which order, and a cache of them that never grows past its cap. Pure."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Final, Generic, TypeVar

from app.domain.geometry import Rect, Size
from app.ui.canvas.layout import Box

T = TypeVar("T")

WHOLE_PIXELS: Final = 4_000_000
"""A page of up to so many device pixels is one picture; a larger one is cut into tiles."""
TILE: Final = 1024
AHEAD: Final = 3
MOST_AHEAD: Final = 12
HURRY_PAGES_S: Final = 8.0
"""Beyond so many pages a second nobody reads: drafts are drawn, and the sharp pages when it settles."""
LEAD_S: Final = 0.2
"""In a hurry so much time lies between asking for a page and its coming into sight."""
DRAFT_PX: Final = 400
"""Longest side of a page drawn while it flies past."""


@dataclass(frozen=True, slots=True)
class TileKey:
    """A picture of a page (by its index on the desk) at `scale` device pixels per point; `cell` is None for the
    whole page, else column and row of its tile."""

    index: int
    scale: float
    cell: tuple[int, int] | None = None


def device_scale(scale: float) -> float:
    """Scales a hair apart are one scale: a cache must find what it has."""
    return round(scale, 4)


def draft_scale(size: Size) -> float:
    return device_scale(DRAFT_PX / max(size.width, size.height))


def is_whole(size: Size, scale: float) -> bool:
    return size.width * size.height * scale * scale <= WHOLE_PIXELS


def clip_of(key: TileKey, size: Size) -> Rect | None:
    """The part of the page a picture shows, in points; None for all of it."""
    if key.cell is None:
        return None
    side = TILE / key.scale
    x, y = key.cell[0] * side, key.cell[1] * side
    return Rect(x, y, min(side, size.width - x), min(side, size.height - y))


def tiles_of(index: int, size: Size, scale: float, seen: Rect | None) -> Iterator[TileKey]:
    """The pictures a page needs at `scale`: those that touch `seen` (points), or all of them."""
    if is_whole(size, scale):
        yield TileKey(index, scale)
        return
    side = TILE / scale
    seen = seen or Rect(0, 0, size.width, size.height)
    for row in range(max(0, int(seen.y // side)), min(ceil(size.height / side), int(seen.bottom // side) + 1)):
        for column in range(max(0, int(seen.x // side)), min(ceil(size.width / side), int(seen.right // side) + 1)):
            yield TileKey(index, scale, (column, row))


def seen_part(page: Box, window: Box, scale: float) -> Rect | None:
    """What of a page the window shows, in points; None when nothing."""
    left, top = max(page.x, window.x), max(page.y, window.y)
    right, bottom = min(page.right, window.right), min(page.bottom, window.bottom)
    if right <= left or bottom <= top:
        return None
    return Rect((left - page.x) / scale, (top - page.y) / scale, (right - left) / scale, (bottom - top) / scale)


def ahead_of(visible: range, total: int, down: bool, pages_s: float = 0.0) -> Sequence[int]:
    """The pages a person will reach next: three in the direction of travel, more the faster it goes, then one
    behind."""
    count = min(max(AHEAD, ceil(pages_s * LEAD_S)), MOST_AHEAD)
    before = range(visible.start - 1, -1, -1)
    after = range(visible.stop, total)
    return (*after[:count], *before[:1]) if down else (*before[:count], *after[:1])


class TileCache(Generic[T]):
    """Least recently shown goes first. `capacity` and sizes are bytes."""

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._held: OrderedDict[TileKey, tuple[T, int]] = OrderedDict()
        self._pages: dict[int, set[TileKey]] = {}
        self.size = 0

    def __contains__(self, key: TileKey) -> bool:
        return key in self._held

    def get(self, key: TileKey) -> T | None:
        found = self._held.get(key)
        if found is None:
            return None
        self._held.move_to_end(key)
        return found[0]

    def put(self, key: TileKey, tile: T, size: int) -> None:
        self._drop(key)
        self._held[key] = tile, size
        self._pages.setdefault(key.index, set()).add(key)
        self.size += size
        while self.size > self._capacity and len(self._held) > 1:
            self._drop(next(iter(self._held)))

    def stand_in(self, index: int) -> tuple[TileKey, T] | None:
        """The sharpest whole picture there is of a page, to show until the right one comes."""
        whole = [key for key in self._pages.get(index, ()) if key.cell is None]
        if not whole:
            return None
        best = max(whole, key=lambda key: key.scale)
        return best, self._held[best][0]

    def forget(self, index: int) -> None:
        for key in tuple(self._pages.get(index, ())):
            self._drop(key)

    def clear(self) -> None:
        self._held.clear()
        self._pages.clear()
        self.size = 0

    def _drop(self, key: TileKey) -> None:
        found = self._held.pop(key, None)
        if found is None:
            return
        self.size -= found[1]
        held = self._pages[key.index]
        held.discard(key)
        if not held:
            del self._pages[key.index]
