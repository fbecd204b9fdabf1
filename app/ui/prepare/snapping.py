"""Where a moving or growing rectangle wants to stand: edges and middles of its neighbours, the page's middle and
margins.

Pure; lengths in points. Further things to snap to (what is printed on the page) become further `Line`s.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

from app.domain.geometry import PT_PER_MM, Rect, Size

MARGIN_PT: Final = 20 * PT_PER_MM


class Axis(Enum):
    """Which coordinate of a field a line holds."""

    X = "x"
    """A line from top to bottom, at some x."""
    Y = "y"


@dataclass(frozen=True, slots=True)
class Line:
    """Something to stand on: where, and from where to where it is drawn. Middles attract middles, edges edges."""

    axis: Axis
    at: float
    start: float
    end: float
    is_middle: bool = False


Place = tuple[float, bool]
"""A coordinate of what is moved, and whether it is its middle."""


@dataclass(frozen=True, slots=True)
class Snap:
    """How far to shift the rectangle, and the guides that say why."""

    dx: float = 0.0
    dy: float = 0.0
    guides: tuple[Line, ...] = ()


NOTHING: Final = Snap()


def lines_of(page: Size, neighbours: Iterable[Rect]) -> tuple[Line, ...]:
    """Everything a page offers."""
    return (*_page_lines(page), *(line for rect in neighbours for line in _rect_lines(rect)))


def snap_move(moving: Rect, lines: Sequence[Line], reach: float) -> Snap:
    """The nearest stand within `reach` for any edge or the middle, each axis for itself."""
    xs = ((moving.x, False), (moving.center.x, True), (moving.right, False))
    ys = ((moving.y, False), (moving.center.y, True), (moving.bottom, False))
    return _snap(moving, xs, ys, lines, reach)


def snap_edges(growing: Rect, across: int, down: int, lines: Sequence[Line], reach: float) -> Snap:
    """As `snap_move`, for the edges a handle moves (-1 left or upper, 1 right or lower, 0 none)."""
    xs = () if across == 0 else ((growing.x if across < 0 else growing.right, False),)
    ys = () if down == 0 else ((growing.y if down < 0 else growing.bottom, False),)
    return _snap(growing, xs, ys, lines, reach)


def _snap(rect: Rect, xs: Sequence[Place], ys: Sequence[Place], lines: Sequence[Line], reach: float) -> Snap:
    dx = _nearest(xs, [line for line in lines if line.axis is Axis.X], reach)
    dy = _nearest(ys, [line for line in lines if line.axis is Axis.Y], reach)
    moved = rect.moved(dx or 0.0, dy or 0.0)
    guides: list[Line] = []
    if dx is not None:
        guides += _guides(Axis.X, [(x + dx, middle) for x, middle in xs], moved.y, moved.bottom, lines)
    if dy is not None:
        guides += _guides(Axis.Y, [(y + dy, middle) for y, middle in ys], moved.x, moved.right, lines)
    return Snap(dx or 0.0, dy or 0.0, tuple(guides))


def _nearest(mine: Sequence[Place], lines: Sequence[Line], reach: float) -> float | None:
    steps = [line.at - at for at, middle in mine for line in lines if line.is_middle is middle]
    return min((step for step in steps if abs(step) <= reach), key=abs, default=None)


def _guides(axis: Axis, places: Sequence[Place], start: float, end: float, lines: Sequence[Line]) -> Iterator[Line]:
    """One guide for each place that fits exactly, long enough to reach everything it aligns with."""
    for at, middle in places:
        fitting = [
            line for line in lines if line.axis is axis and line.is_middle is middle and abs(line.at - at) < 0.01
        ]
        if fitting:
            first, last = min(line.start for line in fitting), max(line.end for line in fitting)
            yield Line(axis, at, min(start, first), max(end, last), middle)


def _page_lines(page: Size) -> Iterator[Line]:
    for x in (MARGIN_PT, page.width / 2, page.width - MARGIN_PT):
        yield Line(Axis.X, x, 0.0, page.height, x == page.width / 2)
    for y in (MARGIN_PT, page.height / 2, page.height - MARGIN_PT):
        yield Line(Axis.Y, y, 0.0, page.width, y == page.height / 2)


def _rect_lines(rect: Rect) -> Iterator[Line]:
    for x in (rect.x, rect.center.x, rect.right):
        yield Line(Axis.X, x, rect.y, rect.bottom, x == rect.center.x)
    for y in (rect.y, rect.center.y, rect.bottom):
        yield Line(Axis.Y, y, rect.x, rect.right, y == rect.center.y)
