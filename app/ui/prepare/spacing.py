"""Equal gaps, equal sizes and distances among the fields of a page. Pure; lengths in points."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from app.domain.geometry import Rect, Size
from app.ui.prepare.handles import Handle
from app.ui.prepare.snapping import Axis, Span, Stand

NEAREST: Final = 12
"""Neighbours on one line that are looked at; more make no gap a person sees."""


def equal_gaps(moving: Rect, others: Sequence[Rect]) -> tuple[Stand, ...]:
    """Places where the gap to a neighbour is that between neighbours, or the same on both sides."""
    return tuple(stand for axis in Axis for stand in _gaps(axis, moving, _abreast(axis, moving, others)))


def equal_sizes(growing: Rect, handle: Handle, others: Sequence[Rect]) -> tuple[Stand, ...]:
    """Shifts of the edge a handle moves which make the rectangle as wide or as high as another one."""
    found = []
    for axis, side in ((Axis.X, handle.across), (Axis.Y, handle.down)):
        if side:
            mine = _length(axis, growing)
            for other in others:
                shift = side * (_length(axis, other) - mine)
                found.append(Stand(axis, shift, (_side_of(axis, growing, shift, side), _whole(axis, other))))
    return tuple(found)


def distances(moving: Rect, others: Sequence[Rect], page: Size) -> tuple[Span, ...]:
    """To the nearest neighbour, or else the nearer edge of the page, across and down."""
    found = []
    for axis, limit in ((Axis.X, page.width), (Axis.Y, page.height)):
        start, end = _start(axis, moving), _end(axis, moving)
        row = _abreast(axis, moving, others)
        before = max((_end(axis, other) for other in row if _end(axis, other) <= start + 0.01), default=None)
        behind = min((_start(axis, other) for other in row if _start(axis, other) >= end - 0.01), default=None)
        if before is None and behind is None:
            before, behind = 0.0, limit
        gaps = [(before, start)] if before is not None else []
        gaps += [(end, behind)] if behind is not None else []
        near = min(gaps, key=lambda gap: gap[1] - gap[0])
        if near[1] - near[0] > 0.5:
            found.append(Span(axis, *near, _middle(axis, moving)))
    return tuple(found)


def _gaps(axis: Axis, moving: Rect, row: Sequence[Rect]) -> Iterator[Stand]:
    length, start = _length(axis, moving), _start(axis, moving)
    at = _middle(axis, moving)
    for first, second in pairwise(row):
        gap = _start(axis, second) - _end(axis, first)
        if gap <= 0:
            continue
        between = Span(axis, _end(axis, first), _start(axis, second), at)
        behind = _end(axis, second) + gap
        yield Stand(axis, behind - start, (between, Span(axis, _end(axis, second), behind, at)))
        before = _start(axis, first) - gap - length
        yield Stand(axis, before - start, (Span(axis, before + length, _start(axis, first), at), between))
        half = (gap - length) / 2
        if half > 0:
            centred = _end(axis, first) + half
            sides = (
                Span(axis, _end(axis, first), centred, at),
                Span(axis, centred + length, _start(axis, second), at),
            )
            yield Stand(axis, centred - start, sides)


def _abreast(axis: Axis, moving: Rect, others: Sequence[Rect]) -> list[Rect]:
    """Those that share a height (or a width) with it, in order along the axis, the nearest ones only."""
    cross = Axis.Y if axis is Axis.X else Axis.X
    shared = [
        other
        for other in others
        if _start(cross, other) < _end(cross, moving) and _end(cross, other) > _start(cross, moving)
    ]
    nearest = sorted(shared, key=lambda other: abs(_start(axis, other) - _start(axis, moving)))[:NEAREST]
    return sorted(nearest, key=lambda other: _start(axis, other))


def _side_of(axis: Axis, rect: Rect, shift: float, side: int) -> Span:
    start, end = _start(axis, rect), _end(axis, rect)
    return Span(axis, start, end + shift, _middle(axis, rect)) if side > 0 else Span(
        axis, start + shift, end, _middle(axis, rect)
    )  # fmt: skip


def _whole(axis: Axis, rect: Rect) -> Span:
    return Span(axis, _start(axis, rect), _end(axis, rect), _middle(axis, rect))


def _start(axis: Axis, rect: Rect) -> float:
    return rect.x if axis is Axis.X else rect.y


def _end(axis: Axis, rect: Rect) -> float:
    return rect.right if axis is Axis.X else rect.bottom


def _length(axis: Axis, rect: Rect) -> float:
    return rect.width if axis is Axis.X else rect.height


def _middle(axis: Axis, rect: Rect) -> float:
    return rect.center.y if axis is Axis.X else rect.center.x
