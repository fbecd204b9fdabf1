"""Which fields a click or a marquee means. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.fields.base import Field
from app.domain.geometry import Point, Rect
from app.domain.ids import FieldId

Selection = tuple[FieldId, ...]
"""In the order of choosing; the last one is the key object, which the others align with."""

GRASP_PT = 2.0
"""A checkbox is small; so much beside it still counts."""


def field_at(fields: Sequence[Field], point: Point) -> Field | None:
    """The field under a place: of several the smallest, which would else be out of reach."""
    under = [field for field in fields if _grown(field.rect, GRASP_PT).contains(point)]
    return min(under, key=lambda field: (not field.rect.contains(point), _area(field.rect)), default=None)


def clicked(selection: Selection, hit: FieldId | None, adds: bool) -> Selection:
    """A plain click means one field, or none; with Ctrl or Shift it puts one in or takes it out."""
    if hit is None:
        return selection if adds else ()
    if not adds:
        return selection if hit in selection else (hit,)
    return tuple(each for each in selection if each != hit) if hit in selection else (*selection, hit)


def surrounded(fields: Sequence[Field], marquee: Rect, encloses: bool) -> Selection:
    """Drawn to the right the marquee must enclose a field, drawn to the left it need only touch it."""
    return tuple(field.id for field in fields if _meant(field.rect, marquee, encloses))


def joined(selection: Selection, more: Selection) -> Selection:
    return (*selection, *(each for each in more if each not in selection))


def after(ordered: Sequence[Field], current: FieldId | None, step: int) -> Field | None:
    """The next field (`step` 1) or the one before (-1), round and round; None when there is none."""
    if not ordered:
        return None
    ids = [field.id for field in ordered]
    if current not in ids:
        return ordered[0 if step > 0 else -1]
    return ordered[(ids.index(current) + step) % len(ordered)]


def _meant(rect: Rect, marquee: Rect, encloses: bool) -> bool:
    if encloses:
        return (
            marquee.x <= rect.x
            and marquee.y <= rect.y
            and marquee.right >= rect.right
            and marquee.bottom >= rect.bottom
        )
    apart = marquee.right < rect.x or rect.right < marquee.x or marquee.bottom < rect.y or rect.bottom < marquee.y
    return not apart


def _grown(rect: Rect, by: float) -> Rect:
    return Rect(rect.x - by, rect.y - by, rect.width + 2 * by, rect.height + 2 * by)


def _area(rect: Rect) -> float:
    return rect.width * rect.height
