"""Putting fields in order: aligning, distributing, making alike. Pure; a field keeps its page and never leaves it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum
from itertools import pairwise

from app.domain.geometry import Rect

Rects = tuple[Rect, ...]


class Edge(Enum):
    """What of the fields is brought into one line."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"
    TOP = "top"
    MIDDLE = "middle"
    BOTTOM = "bottom"


def aligned(rects: Sequence[Rect], edge: Edge) -> Rects:
    """All on the edge or middle of the last one, the key object."""
    key = rects[-1]
    place: dict[Edge, Callable[[Rect], Rect]] = {
        Edge.LEFT: lambda r: r.moved(key.x - r.x, 0),
        Edge.CENTRE: lambda r: r.moved(key.center.x - r.center.x, 0),
        Edge.RIGHT: lambda r: r.moved(key.right - r.right, 0),
        Edge.TOP: lambda r: r.moved(0, key.y - r.y),
        Edge.MIDDLE: lambda r: r.moved(0, key.center.y - r.center.y),
        Edge.BOTTOM: lambda r: r.moved(0, key.bottom - r.bottom),
    }
    return tuple(place[edge](rect) for rect in rects)


def distributed(rects: Sequence[Rect], across: bool) -> Rects:
    """Equal gaps between neighbours; the outermost two stay."""
    order = sorted(range(len(rects)), key=lambda i: _start(rects[i], across))
    first, last = rects[order[0]], rects[order[-1]]
    taken = sum(_length(rect, across) for rect in rects)
    gap = (_start(last, across) + _length(last, across) - _start(first, across) - taken) / (len(rects) - 1)
    placed = list(rects)
    for before, current in pairwise(order):
        wanted = _start(placed[before], across) + _length(placed[before], across) + gap
        step = wanted - _start(rects[current], across)
        placed[current] = rects[current].moved(step, 0) if across else rects[current].moved(0, step)
    return tuple(placed)


def alike(rects: Sequence[Rect], width: bool, height: bool) -> Rects:
    """As wide, as high, or both, as the last one."""
    key = rects[-1]
    return tuple(
        Rect(rect.x, rect.y, key.width if width else rect.width, key.height if height else rect.height)
        for rect in rects
    )


def _start(rect: Rect, across: bool) -> float:
    return rect.x if across else rect.y


def _length(rect: Rect, across: bool) -> float:
    return rect.width if across else rect.height
