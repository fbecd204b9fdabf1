"""Putting fields in order: aligned, spread, made alike. Pure functions over rectangles of one page; each gives new
rectangles in the order it got them. `key` is the place of the one the others follow, the last selected.
"""

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from itertools import pairwise

from app.domain.geometry import Rect


class Edge(StrEnum):
    """The line that is shared after aligning."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"
    TOP = "top"
    MIDDLE = "middle"
    BOTTOM = "bottom"


class Axis(StrEnum):
    """ACROSS runs along x, DOWN along y."""

    ACROSS = "across"
    DOWN = "down"


def align(rects: Sequence[Rect], edge: Edge, key: int = -1) -> tuple[Rect, ...]:
    """All share that edge, or that middle line, with the key."""
    if not rects:
        return ()
    to = rects[key]
    match edge:
        case Edge.LEFT:
            return tuple(replace(rect, x=to.x) for rect in rects)
        case Edge.CENTER:
            return tuple(replace(rect, x=to.center.x - rect.width / 2) for rect in rects)
        case Edge.RIGHT:
            return tuple(replace(rect, x=to.right - rect.width) for rect in rects)
        case Edge.TOP:
            return tuple(replace(rect, y=to.y) for rect in rects)
        case Edge.MIDDLE:
            return tuple(replace(rect, y=to.center.y - rect.height / 2) for rect in rects)
        case Edge.BOTTOM:
            return tuple(replace(rect, y=to.bottom - rect.height) for rect in rects)


def distribute(rects: Sequence[Rect], axis: Axis) -> tuple[Rect, ...]:
    """Equal gaps between neighbours; the outermost stay. Where there is too little room, they overlap equally."""
    if len(rects) < 3:
        return tuple(rects)
    order = sorted(range(len(rects)), key=lambda n: (_start(rects[n], axis), n))
    first, last = rects[order[0]], rects[order[-1]]
    inside = sum(_length(rects[n], axis) for n in order)
    gap = (_start(last, axis) + _length(last, axis) - _start(first, axis) - inside) / (len(rects) - 1)
    return _in_a_row(rects, order, axis, _start(first, axis), gap)


def match_spacing(rects: Sequence[Rect], axis: Axis, key: int = -1) -> tuple[Rect, ...]:
    """Every gap becomes that between the key and its neighbour before it, or behind it where it is the first."""
    if len(rects) < 3:
        return tuple(rects)
    order = sorted(range(len(rects)), key=lambda n: (_start(rects[n], axis), n))
    at = order.index(key % len(rects))
    one, other = (rects[order[at - 1]], rects[order[at]]) if at else (rects[order[0]], rects[order[1]])
    gap = _start(other, axis) - _start(one, axis) - _length(one, axis)
    return _in_a_row(rects, order, axis, _start(rects[order[0]], axis), gap)


def same_size(rects: Sequence[Rect], key: int = -1, *, width: bool = True, height: bool = True) -> tuple[Rect, ...]:
    """Of the key's width, height or both; the top-left corners stay."""
    if not rects:
        return ()
    to = rects[key]
    return tuple(
        replace(rect, width=to.width if width else rect.width, height=to.height if height else rect.height)
        for rect in rects
    )


def tidy(rects: Sequence[Rect], key: int = -1) -> tuple[Rect, ...]:
    """One column: left edges and widths of the key, in the order they lie down the page, with the middle one of the
    gaps there were between them; overlaps count as no gap.
    """
    if len(rects) < 2:
        return tuple(rects)
    order = sorted(range(len(rects)), key=lambda n: (rects[n].y, rects[n].x, n))
    gaps = sorted(max(0.0, rects[after].y - rects[before].bottom) for before, after in pairwise(order))
    column = [replace(rect, x=rects[key].x, width=rects[key].width) for rect in rects]
    return _in_a_row(column, order, Axis.DOWN, rects[order[0]].y, gaps[len(gaps) // 2])


def _in_a_row(rects: Sequence[Rect], order: Sequence[int], axis: Axis, start: float, gap: float) -> tuple[Rect, ...]:
    placed = list(rects)
    for number in order:
        rect = rects[number]
        placed[number] = replace(rect, x=start) if axis is Axis.ACROSS else replace(rect, y=start)
        start += _length(rect, axis) + gap
    return tuple(placed)


def _start(rect: Rect, axis: Axis) -> float:
    return rect.x if axis is Axis.ACROSS else rect.y


def _length(rect: Rect, axis: Axis) -> float:
    return rect.width if axis is Axis.ACROSS else rect.height
