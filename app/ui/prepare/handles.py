"""Resizing a rectangle by one of eight handles. Pure; all lengths in points."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from app.domain.geometry import Point, Rect, Size


class Handle(Enum):
    """`across` and `down` say which edge moves: -1 the left or upper one, 1 the right or lower one, 0 none."""

    NORTH_WEST = (-1, -1)
    NORTH = (0, -1)
    NORTH_EAST = (1, -1)
    EAST = (1, 0)
    SOUTH_EAST = (1, 1)
    SOUTH = (0, 1)
    SOUTH_WEST = (-1, 1)
    WEST = (-1, 0)

    @property
    def across(self) -> int:
        return int(self.value[0])

    @property
    def down(self) -> int:
        return int(self.value[1])

    @property
    def is_corner(self) -> bool:
        return bool(self.across and self.down)

    def on(self, rect: Rect) -> Point:
        """Where it sits."""
        return Point(rect.x + rect.width * (self.across + 1) / 2, rect.y + rect.height * (self.down + 1) / 2)


@dataclass(frozen=True, slots=True)
class Manner:
    """How a hand resizes: Shift keeps the ratio, Alt works from the centre."""

    keeps_ratio: bool = False
    from_centre: bool = False


def handle_at(rect: Rect, point: Point, reach: float, middles: bool = True) -> Handle | None:
    """The handle within `reach` points of `point`, corners before middles; a small field offers corners only."""
    found = [
        handle
        for handle in Handle
        if (middles or handle.is_corner)
        and abs(handle.on(rect).x - point.x) <= reach
        and abs(handle.on(rect).y - point.y) <= reach
    ]
    return min(found, key=lambda handle: (not handle.is_corner, _distance(handle.on(rect), point)), default=None)


def resized(rect: Rect, handle: Handle, to: Point, least: Size, page: Size, manner: Manner = Manner()) -> Rect:
    """The rectangle when `handle` is pulled to `to`: never smaller than `least`, never off the page. The edge opposite
    (or the centre, when working from there) stays where it is."""
    width = _pulled(rect.x, rect.width, handle.across, to.x, manner.from_centre)
    height = _pulled(rect.y, rect.height, handle.down, to.y, manner.from_centre)
    if manner.keeps_ratio:
        width, height = _in_ratio(rect, handle, width, height)
    most = _room(rect, handle, page, manner.from_centre)
    factor = 1.0
    if manner.keeps_ratio:
        factor = min(most.width / max(width, 1e-9), most.height / max(height, 1e-9), 1.0)
    width = min(max(width * factor, min(least.width, most.width)), most.width)
    height = min(max(height * factor, min(least.height, most.height)), most.height)
    return Rect(
        _start(rect.x, rect.width, width, handle.across, manner.from_centre),
        _start(rect.y, rect.height, height, handle.down, manner.from_centre),
        width,
        height,
    )


def mapped(rect: Rect, before: Rect, after: Rect, least: Size) -> Rect:
    """A member of a group whose bounds went from `before` to `after`."""
    across = after.width / before.width if before.width else 1.0
    down = after.height / before.height if before.height else 1.0
    return Rect(
        after.x + (rect.x - before.x) * across,
        after.y + (rect.y - before.y) * down,
        max(rect.width * across, least.width),
        max(rect.height * down, least.height),
    )


def bounds(rects: tuple[Rect, ...]) -> Rect:
    """The smallest rectangle around at least one."""
    left, top = min(r.x for r in rects), min(r.y for r in rects)
    return Rect(left, top, max(r.right for r in rects) - left, max(r.bottom for r in rects) - top)


def _pulled(start: float, length: float, side: int, to: float, from_centre: bool) -> float:
    if side == 0:
        return length
    if from_centre:
        return max(0.0, 2 * side * (to - (start + length / 2)))
    return max(0.0, to - start if side > 0 else start + length - to)


def _in_ratio(rect: Rect, handle: Handle, width: float, height: float) -> tuple[float, float]:
    ratio = rect.width / rect.height if rect.height else 1.0
    if handle.is_corner:
        return (width, width / ratio) if width / ratio >= height else (height * ratio, height)
    return (width, width / ratio) if handle.across else (height * ratio, height)


def _room(rect: Rect, handle: Handle, page: Size, from_centre: bool) -> Size:
    """How large it may become without leaving the page."""
    return Size(
        _reach(rect.x, rect.width, handle.across, page.width, from_centre),
        _reach(rect.y, rect.height, handle.down, page.height, from_centre),
    )


def _reach(start: float, length: float, side: int, limit: float, from_centre: bool) -> float:
    if side == 0 or from_centre:
        centre = start + length / 2
        return 2 * min(centre, limit - centre)
    return limit - start if side > 0 else start + length


def _start(start: float, length: float, new_length: float, side: int, from_centre: bool) -> float:
    if side == 0 or from_centre:
        return start + (length - new_length) / 2
    return start if side > 0 else start + length - new_length


def _distance(one: Point, other: Point) -> float:
    return abs(one.x - other.x) + abs(one.y - other.y)
