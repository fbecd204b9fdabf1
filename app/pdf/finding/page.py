"""All ways of finding, on one page: each place once, with whom it is for."""

from collections.abc import Iterable
from itertools import chain
from typing import Final

from app.domain.geometry import Rect
from app.pdf.finding import boxes, labels, rules
from app.pdf.finding.place import Place
from app.pdf.finding.writing import Writing, writing_of
from app.pdf.inspection import FoundField, Source
from app.pdf.printed import Printed
from app.pdf.wording import role_of_label

_HEADING_REACH_PT: Final = 180.0
_HEADING_WORDS: Final = 6
_MOST: Final = 400


def find_on(printed: Printed, number: int, taken: Iterable[Rect]) -> tuple[FoundField, ...]:
    """Places on page `number` (from 1) that cover none already `taken`, from top to bottom."""
    writing = writing_of(printed)
    kept: list[Place] = []
    rects = list(taken)
    for place in chain(
        boxes.squares(printed, writing),
        boxes.in_boxes(printed, writing),
        rules.on_blanks(writing),
        rules.on_rulings(printed, writing),
    ):
        if not any(_clash(place.rect, rect) for rect in rects) and place.rect.within(printed.size, 1.0):
            rects.append(place.rect)
            kept.append(place)
    kept.sort(key=lambda place: (round(place.rect.y), place.rect.x))
    return tuple(_found(place, number, writing) for place in kept[:_MOST])


def _clash(one: Rect, other: Rect) -> bool:
    """More than an edge in common, measured by the smaller."""
    smaller = max(min(one.width * one.height, other.width * other.height), 1.0)
    return one.overlap(other) > 0.12 * smaller


def _found(place: Place, number: int, writing: Writing) -> FoundField:
    return FoundField(
        Source.DETECTED,
        place.kind,
        labels.clean(place.label)[:80],
        number,
        place.rect,
        label=place.label,
        max_length=place.cells,
        comb=place.cells is not None,
        multiline=place.multiline,
        confidence=place.confidence,
        role_hint=role_of_label(place.label, writing.language) or _heading_role(place, writing),
    )


def _heading_role(place: Place, writing: Writing) -> str:
    """Who the nearest short words above it are about, in the same column."""
    above = [
        piece
        for piece in writing.pieces
        if 0 < place.rect.y - piece.rect.y < _HEADING_REACH_PT
        and piece.rect.x < place.rect.right
        and piece.rect.right > place.rect.x - 90
        and len(piece.text.split()) <= _HEADING_WORDS
    ]
    for piece in sorted(above, key=lambda piece: -piece.rect.y):
        if role := role_of_label(piece.text, writing.language):
            return role
    return ""
