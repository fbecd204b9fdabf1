"""Where a moving or growing rectangle wants to stand: edges and middles of its neighbours, the page's middle and
margins, what is printed, equal gaps and equal sizes.

Pure; lengths in points. Everything one can stand on is a `Line`, or a `Stand` that was computed for one rectangle.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, Flag, auto
from typing import Final

from app.domain.geometry import PT_PER_MM, Rect, Size

MARGIN_PT: Final = 20 * PT_PER_MM


class Axis(Enum):
    """Which coordinate of a field a line holds."""

    X = "x"
    """A line from top to bottom, at some x."""
    Y = "y"


class Side(Flag):
    """What of a rectangle stands on a line: its left or upper edge, its middle, its right or lower edge."""

    START = auto()
    MIDDLE = auto()
    END = auto()


EDGES: Final = Side.START | Side.END


@dataclass(frozen=True, slots=True)
class Line:
    """Something to stand on: where, from where to where it is drawn, and which sides it attracts. Middles attract
    middles, edges edges, a line of writing only what ends on it. `is_printed` when it is part of the page."""

    axis: Axis
    at: float
    start: float
    end: float
    attracts: Side = EDGES
    is_printed: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """A length to be shown: from `start` to `end` along `axis` (X: across), at the other coordinate `at`."""

    axis: Axis
    start: float
    end: float
    at: float

    @property
    def length(self) -> float:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Stand:
    """A place found for one rectangle: by how much it must be shifted, and the equal lengths that make it one."""

    axis: Axis
    shift: float
    spans: tuple[Span, ...]


Place = tuple[float, Side]
"""A coordinate of what is moved, and which side it is."""


@dataclass(frozen=True, slots=True)
class Snap:
    """How far to shift the rectangle, and the guides and equal lengths that say why."""

    dx: float = 0.0
    dy: float = 0.0
    guides: tuple[Line, ...] = ()
    spans: tuple[Span, ...] = ()


NOTHING: Final = Snap()


def lines_of(page: Size, neighbours: Iterable[Rect]) -> tuple[Line, ...]:
    """Everything a page offers."""
    return (*_page_lines(page), *(line for rect in neighbours for line in lines_around(rect)))


def snap_move(moving: Rect, lines: Sequence[Line], reach: float, stands: Sequence[Stand] = ()) -> Snap:
    """The nearest stand within `reach` for any edge or the middle, each axis for itself."""
    xs = ((moving.x, Side.START), (moving.center.x, Side.MIDDLE), (moving.right, Side.END))
    ys = ((moving.y, Side.START), (moving.center.y, Side.MIDDLE), (moving.bottom, Side.END))
    return _snap(moving, (xs, ys), lines, reach, stands)


def on_grid(snap: Snap, rect: Rect, step: float) -> Snap:
    """Where nothing else was near, the upper left corner goes to the grid; `step` 0 is none."""
    if not step:
        return snap
    held = {guide.axis for guide in snap.guides} | {span.axis for span in snap.spans}
    dx = round(rect.x / step) * step - rect.x if Axis.X not in held else snap.dx
    dy = round(rect.y / step) * step - rect.y if Axis.Y not in held else snap.dy
    return Snap(dx, dy, snap.guides, snap.spans)


def snap_edges(
    growing: Rect, across: int, down: int, lines: Sequence[Line], reach: float, stands: Sequence[Stand] = ()
) -> Snap:
    """As `snap_move`, for the edges a handle moves (-1 left or upper, 1 right or lower, 0 none)."""
    xs = () if across == 0 else (((growing.x, Side.START) if across < 0 else (growing.right, Side.END)),)
    ys = () if down == 0 else (((growing.y, Side.START) if down < 0 else (growing.bottom, Side.END)),)
    return _snap(growing, (xs, ys), lines, reach, stands)


def _snap(
    rect: Rect,
    places: tuple[Sequence[Place], Sequence[Place]],
    lines: Sequence[Line],
    reach: float,
    stands: Sequence[Stand],
) -> Snap:
    """A line wins over an equal length that is as near: it can be seen."""
    found = {}
    for axis, mine in zip(Axis, places, strict=True):
        on_line = _nearest(mine, [line for line in lines if line.axis is axis], reach)
        fair = (stand for stand in stands if stand.axis is axis and abs(stand.shift) <= reach)
        equal = min(fair, key=lambda stand: abs(stand.shift), default=None)
        if on_line is not None and equal is not None and abs(equal.shift) < abs(on_line) - 0.01:
            on_line = None
        found[axis] = (on_line, equal if on_line is None or _agree(on_line, equal) else None)
    dx, dy = (_shift(*found[axis]) for axis in Axis)
    moved = rect.moved(dx, dy)
    guides: list[Line] = []
    if found[Axis.X][0] is not None:
        guides += _guides(Axis.X, [(x + dx, side) for x, side in places[0]], (moved.y, moved.bottom), lines)
    if found[Axis.Y][0] is not None:
        guides += _guides(Axis.Y, [(y + dy, side) for y, side in places[1]], (moved.x, moved.right), lines)
    spans = tuple(span for _, stand in found.values() if stand is not None for span in stand.spans)
    return Snap(dx, dy, tuple(guides), spans)


def _agree(shift: float, stand: Stand | None) -> bool:
    return stand is not None and abs(stand.shift - shift) < 0.01


def _shift(on_line: float | None, stand: Stand | None) -> float:
    return on_line if on_line is not None else stand.shift if stand is not None else 0.0


def _nearest(mine: Sequence[Place], lines: Sequence[Line], reach: float) -> float | None:
    steps = [line.at - at for at, side in mine for line in lines if side in line.attracts]
    return min((step for step in steps if abs(step) <= reach), key=abs, default=None)


def _guides(axis: Axis, places: Sequence[Place], reaches: tuple[float, float], lines: Sequence[Line]) -> Iterator[Line]:
    """One guide for each place that fits exactly, long enough to reach everything it aligns with."""
    for at, side in places:
        fitting = [line for line in lines if line.axis is axis and side in line.attracts and abs(line.at - at) < 0.01]
        if fitting:
            first, last = min(line.start for line in fitting), max(line.end for line in fitting)
            printed = all(line.is_printed for line in fitting)
            yield Line(axis, at, min(reaches[0], first), max(reaches[1], last), side, printed)


def _page_lines(page: Size) -> Iterator[Line]:
    for axis, length, end in ((Axis.X, page.width, page.height), (Axis.Y, page.height, page.width)):
        yield Line(axis, length / 2, 0.0, end, Side.MIDDLE)
        for at in (MARGIN_PT, length - MARGIN_PT):
            yield Line(axis, at, 0.0, end)


def lines_around(rect: Rect, is_printed: bool = False) -> Iterator[Line]:
    """Its four edges and two middles."""
    for x, side in ((rect.x, EDGES), (rect.center.x, Side.MIDDLE), (rect.right, EDGES)):
        yield Line(Axis.X, x, rect.y, rect.bottom, side, is_printed)
    for y, side in ((rect.y, EDGES), (rect.center.y, Side.MIDDLE), (rect.bottom, EDGES)):
        yield Line(Axis.Y, y, rect.x, rect.right, side, is_printed)
