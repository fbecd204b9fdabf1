"""A new version of a document under the fields of the old one."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from app.domain import anchoring, drafting, errors
from app.domain.anchoring import Landmark
from app.domain.changes import Changes
from app.domain.envelope import Document, EnvelopeStatus
from app.domain.fields.base import Field
from app.domain.geometry import Rect
from app.domain.ids import DocumentId, EnvelopeId
from app.services.drafting import record
from app.services.house import House
from app.services.taking_in import take_in

STILL_PT = 0.5
"""A shift the eye does not see."""
NEIGHBOURS = 3
"""Pages before and behind on which a field's words are looked for first."""


class Outcome(StrEnum):
    """MOVED and KEPT were found by their words, or had none around; NOT_FOUND lies where it lay, to be looked at."""

    MOVED = "moved"
    KEPT = "kept"
    NOT_FOUND = "not_found"


@dataclass(frozen=True)
class Line:
    """One row of the list to look through; `field` is as it stands now."""

    field: Field
    outcome: Outcome
    page_before: int
    before: Rect


@dataclass(frozen=True)
class Replaced:
    """`lines` in the order of the fields."""

    changes: Changes
    lines: tuple[Line, ...]


def replace_document(
    house: House, envelope_id: str, document: str, path: Path, password: str | None = None
) -> Replaced:
    """The document keeps its place and title; no field is lost: what lay on a page that is gone lies on the last."""
    envelope = house.library.envelope(EnvelopeId(envelope_id))
    envelope.require("replace a document", EnvelopeStatus.DRAFT)
    old = envelope.document(DocumentId(document))
    taken = take_in(house, path, password, old.title).document
    new = replace(taken, id=old.id, conditions=old.conditions)
    mine = [field for field in envelope.fields if field.document == old.id]
    lines = _lines(house, old, new, mine)
    moved = {line.field.id: line.field for line in lines}
    step = drafting.change(
        envelope,
        house.moment(),
        documents=tuple(new if one.id == old.id else one for one in envelope.documents),
        fields=tuple(moved.get(field.id, field) for field in envelope.fields),
    )
    return Replaced(record(house, step), tuple(lines))


def _lines(house: House, old: Document, new: Document, fields: list[Field]) -> list[Line]:
    if not fields:
        return []
    pages = sorted({field.page for field in fields})
    before = _words(house, old, pages)
    near = sorted({n for page in pages for n in range(page - NEIGHBOURS, page + NEIGHBOURS + 1)})
    after = _words(house, new, [page for page in near if 1 <= page <= len(new.pages)])
    return [_line(field, new, before, after) for field in fields]


def _line(field: Field, new: Document, before: list[Landmark], after: list[Landmark]) -> Line:
    place = anchoring.found(field.rect, field.page, before, after)
    if place is not None:
        rect = place.rect.clamped(new.pages[place.page - 1].size)
        still = place.page == field.page and _is_still(field.rect, rect)
        moved = field if still else field.at(rect, place.page)
        return Line(moved, Outcome.KEPT if still else Outcome.MOVED, field.page, field.rect)
    page = min(field.page, len(new.pages))
    rect = field.rect.clamped(new.pages[page - 1].size)
    blank = not anchoring.around(field.rect, field.page, before)
    as_it_was = page == field.page and _is_still(field.rect, rect)
    outcome = Outcome.KEPT if blank and as_it_was else Outcome.NOT_FOUND
    return Line(field.at(rect, page), outcome, field.page, field.rect)


def _is_still(one: Rect, other: Rect) -> bool:
    return abs(one.x - other.x) <= STILL_PT and abs(one.y - other.y) <= STILL_PT


def _words(house: House, document: Document, pages: Iterable[int]) -> list[Landmark]:
    """None of a page that is a picture or cannot be read: its fields keep their places."""
    path = house.library.blobs.path(document.base)
    found: list[Landmark] = []
    for page in pages:
        try:
            found.extend(Landmark(word.text, page, word.rect) for word in house.looker.text(path, page).words)
        except errors.DocumentError:
            continue
    return found
