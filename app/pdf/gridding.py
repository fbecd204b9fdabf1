"""Cells out of rulings: tables, grids and single frames are the same thing, rulings that close around a place."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from app.domain.geometry import Rect
from app.pdf.printed import Ruling

_REACH_PT: Final = 2.6
_SMALLEST_PT: Final = 5.0
_MOST_CELLS: Final = 1_200
_MOST_CROSSINGS: Final = 6_000


@dataclass(frozen=True, slots=True)
class Cell:
    """A closed place; `left`, `above`, `right`, `below` are the cells that share a whole edge, by index or None."""

    rect: Rect
    left: int | None = None
    above: int | None = None
    right: int | None = None
    below: int | None = None

    @property
    def alone(self) -> bool:
        return self.left is self.above is self.right is self.below is None


def cells_of(levels: Sequence[Ruling], uprights: Sequence[Ruling]) -> tuple[Cell, ...]:
    """The smallest closed places, from top to bottom; none where a drawing is no form but a picture of lines."""
    levels = sorted(levels, key=lambda r: r.at)
    uprights = sorted(uprights, key=lambda r: r.at)
    corners = _crossings(levels, uprights)
    if len(corners) > _MOST_CROSSINGS:
        return ()
    rects: list[Rect] = []
    for level, upright in corners:
        rect = _from_corner(levels[level], uprights[upright], levels[level + 1 :], uprights[upright + 1 :])
        if rect is not None:
            rects.append(rect)
            if len(rects) > _MOST_CELLS:
                return ()
    return _with_neighbours(rects)


def _crossings(levels: Sequence[Ruling], uprights: Sequence[Ruling]) -> list[tuple[int, int]]:
    """Where a level ruling goes on to the right and an upright one goes on downwards."""
    places = [upright.at for upright in uprights]
    return [
        (number, across)
        for number, level in enumerate(levels)
        for across in range(bisect_left(places, level.start - _REACH_PT), bisect_left(places, level.end - _SMALLEST_PT))
        if uprights[across].start - _REACH_PT <= level.at < uprights[across].end - _SMALLEST_PT
    ]


def _from_corner(top: Ruling, left: Ruling, below: Sequence[Ruling], beside: Sequence[Ruling]) -> Rect | None:
    """The nearest right and lower sides that close with the upper left corner."""
    right = next((one for one in beside if _goes_down(one, top, left)), None)
    if right is None or right.at > top.end + _REACH_PT:
        return None
    bottom = next((one for one in below if _spans(one, left.at, right.at) and one.at - top.at > _SMALLEST_PT), None)
    if bottom is None or bottom.at > min(left.end, right.end) + _REACH_PT:
        return None
    return Rect(left.at, top.at, right.at - left.at, bottom.at - top.at)


def _goes_down(upright: Ruling, top: Ruling, left: Ruling) -> bool:
    return (
        upright.at - left.at > _SMALLEST_PT
        and upright.start - _REACH_PT <= top.at
        and upright.end > top.at + _SMALLEST_PT
    )


def _spans(level: Ruling, left: float, right: float) -> bool:
    return level.start <= left + _REACH_PT and level.end >= right - _REACH_PT


def _with_neighbours(rects: Sequence[Rect]) -> tuple[Cell, ...]:
    by_start: dict[tuple[int, int], list[int]] = {}
    for index, rect in enumerate(rects):
        by_start.setdefault(_key(rect.x, rect.y), []).append(index)
    right = {n: _at(rects, by_start, rect.right, rect.y, n) for n, rect in enumerate(rects)}
    below = {n: _at(rects, by_start, rect.x, rect.bottom, n) for n, rect in enumerate(rects)}
    left = {found: n for n, found in right.items() if found is not None}
    above = {found: n for n, found in below.items() if found is not None}
    return tuple(Cell(rect, left.get(n), above.get(n), right[n], below[n]) for n, rect in enumerate(rects))


def _key(x: float, y: float) -> tuple[int, int]:
    return round(x / 4), round(y / 4)


def _at(rects: Sequence[Rect], by_start: dict[tuple[int, int], list[int]], x: float, y: float, but: int) -> int | None:
    """The cell whose upper left corner is here, give or take a line's width."""
    near = (n for key in _around(_key(x, y)) for n in by_start.get(key, ()) if n != but)
    return next((n for n in near if abs(rects[n].x - x) <= _REACH_PT and abs(rects[n].y - y) <= _REACH_PT), None)


def _around(key: tuple[int, int]) -> Iterator[tuple[int, int]]:
    x, y = key
    return ((x + dx, y + dy) for dx in (0, -1, 1) for dy in (0, -1, 1))
