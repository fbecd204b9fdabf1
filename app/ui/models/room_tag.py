"""Where the tag of a field may stand without lying on what people should read. Pure: rectangles in, a place out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

from app.domain.geometry import Rect, Size

GAP_PX: Final = 6.0
EDGE_PX: Final = 18.0
"""How far a tag at the page's edge reaches into the page's margin, where nothing is printed."""


class Side(Enum):
    """Where the tag stands, seen from the field; its point looks the other way."""

    LEFT = "left"
    RIGHT = "right"
    EDGE = "edge"

    @property
    def points_right(self) -> bool:
        return self is not Side.RIGHT


@dataclass(frozen=True)
class Spot:
    """A place for the tag, in pixels of the window."""

    """Where the tag beside the current field stands."""

    side: Side
    rect: Rect


def place(tag: Size, field: Rect, page: Rect, room: Rect, taken: Sequence[Rect] | None) -> Spot:
    """All in pixels of the window. `taken`: what must stay readable; None where that is not known, such as on a
    scan: then the tag keeps to the edge of the page, at the field's height.
    """
    inside = [spot for spot in _spots(tag, field, page, room) if _inside(spot.rect, room)]
    # What covers the field itself is no place for a tag that speaks of it.
    spots = [spot for spot in inside if not spot.rect.overlap(field)]
    if taken is None:
        return next(
            (spot for spot in spots if spot.side is Side.EDGE), spots[0] if spots else _forced(tag, field, room)
        )
    return min(spots, key=lambda spot: _covered(spot.rect, taken), default=_forced(tag, field, room))


def _spots(tag: Size, field: Rect, page: Rect, room: Rect) -> Iterable[Spot]:
    y = field.center.y - tag.height / 2
    yield Spot(Side.LEFT, Rect(field.x - GAP_PX - tag.width, y, tag.width, tag.height))
    edge = max(min(page.x + EDGE_PX, field.x - GAP_PX) - tag.width, room.x)
    yield Spot(Side.EDGE, Rect(edge, y, tag.width, tag.height))
    yield Spot(Side.RIGHT, Rect(field.right + GAP_PX, y, tag.width, tag.height))


def _forced(tag: Size, field: Rect, room: Rect) -> Spot:
    """In a window too narrow for anything else: above the field."""
    x = min(max(field.x, room.x), max(room.x, room.right - tag.width))
    return Spot(Side.LEFT, Rect(x, field.y - GAP_PX - tag.height, tag.width, tag.height))


def _inside(rect: Rect, room: Rect) -> bool:
    return rect.x >= room.x - 0.5 and rect.right <= room.right + 0.5


def _covered(rect: Rect, taken: Sequence[Rect]) -> float:
    return sum(rect.overlap(other) for other in taken)
