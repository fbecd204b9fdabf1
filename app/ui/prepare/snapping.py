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
    """Something to stand on: where, and from where to where it is drawn."""

    axis: Axis
    at: float
    start: float
    end: float


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
    xs, ys = (moving.x, moving.center.x, moving.right), (moving.y, moving.center.y, moving.bottom)
    return _snap(moving, xs, ys, lines, reach)


def snap_edges(growing: Rect, across: int, down: int, lines: Sequence[Line], reach: float) -> Snap:
    """As `snap_move`, for the edges a handle moves (-1 left or upper, 1 right or lower, 0 none)."""
    xs = () if across == 0 else (growing.x if across < 0 else growing.right,)
    ys = () if down == 0 else (growing.y if down < 0 else growing.bottom,)
    return _snap(growing, xs, ys, lines, reach)


def _snap(rect: Rect, xs: Sequence[float], ys: Sequence[float], lines: Sequence[Line], reach: float) -> Snap:
    dx = _nearest(xs, [line.at for line in lines if line.axis is Axis.X], reach)
    dy = _nearest(ys, [line.at for line in lines if line.axis is Axis.Y], reach)
    moved = rect.moved(dx or 0.0, dy or 0.0)
    guides: list[Line] = []
    if dx is not None:
        guides += _guides(Axis.X, [x + dx for x in xs], moved.y, moved.bottom, lines)
    if dy is not None:
        guides += _guides(Axis.Y, [y + dy for y in ys], moved.x, moved.right, lines)
    return Snap(dx or 0.0, dy or 0.0, tuple(guides))


def _nearest(mine: Sequence[float], theirs: Sequence[float], reach: float) -> float | None:
    steps = [their - my for my in mine for their in theirs if abs(their - my) <= reach]
    return min(steps, key=abs, default=None)


def _guides(axis: Axis, at: Sequence[float], start: float, end: float, lines: Sequence[Line]) -> Iterator[Line]:
    """One guide for each place that fits exactly, long enough to reach everything it aligns with."""
    for place in sorted(set(at)):
        fitting = [line for line in lines if line.axis is axis and abs(line.at - place) < 0.01]
        if fitting:
            yield Line(
                axis, place, min(start, *(line.start for line in fitting)), max(end, *(line.end for line in fitting))
            )


def _page_lines(page: Size) -> Iterator[Line]:
    for x in (MARGIN_PT, page.width / 2, page.width - MARGIN_PT):
        yield Line(Axis.X, x, 0.0, page.height)
    for y in (MARGIN_PT, page.height / 2, page.height - MARGIN_PT):
        yield Line(Axis.Y, y, 0.0, page.width)


def _rect_lines(rect: Rect) -> Iterator[Line]:
    for x in (rect.x, rect.center.x, rect.right):
        yield Line(Axis.X, x, rect.y, rect.bottom)
    for y in (rect.y, rect.center.y, rect.bottom):
        yield Line(Axis.Y, y, rect.x, rect.right)
