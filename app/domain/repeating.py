"""The same field on many pages: initials at the foot of each, the case number at its head."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from enum import StrEnum

from app.domain.envelope import Document
from app.domain.errors import SpecError
from app.domain.fields.base import Field
from app.domain.geometry import Rect, Size
from app.domain.ids import DocumentId, FieldId

WORDS: dict[str, Callable[[int], Iterable[int]]] = {
    "all": lambda total: range(1, total + 1),
    "odd": lambda total: range(1, total + 1, 2),
    "even": lambda total: range(2, total + 1, 2),
    "first": lambda total: range(1, min(total, 1) + 1),
    "last": lambda total: range(total, total + 1),
    "all but first": lambda total: range(2, total + 1),
    "all but last": lambda total: range(1, total),
    "all but first and last": lambda total: range(2, total),
}
RANGE = re.compile(r"([0-9]{1,6})(?:\s*[-–]\s*([0-9]{1,6})?)?")


class Fit(StrEnum):
    """Where a field goes on a page of another size: scaled with the page, or at the same distance from a corner."""

    SCALED = "scaled"
    TOP_LEFT = "top_left"
    TOP_RIGHT = "top_right"
    BOTTOM_LEFT = "bottom_left"
    BOTTOM_RIGHT = "bottom_right"


def pages_in(text: str, total: int) -> tuple[int, ...]:
    """The pages that "1-3, 7", "5-", "odd" or one of `WORDS` means, in order, each once. Raises `SpecError` with path
    `pages`.
    """
    pages: set[int] = set()
    for part in (part.strip().lower() for part in text.split(",")):
        if part in WORDS:
            pages.update(WORDS[part](total))
            continue
        found = RANGE.fullmatch(part)
        if found is None:
            raise SpecError(path="pages", problem=f"“{part[:40]}” is no range such as 1-3, 7 or odd")
        first = int(found[1])
        last = int(found[2]) if found[2] else total if "-" in part or "–" in part else first
        if not 1 <= first <= last <= total:
            raise SpecError(path="pages", problem=f"{part}, the document has {total} pages")
        pages.update(range(first, last + 1))
    if not pages:
        raise SpecError(path="pages", problem=f"{text[:40]} means no page of {total}")
    return tuple(sorted(pages))


def fitted(rect: Rect, before: Size, after: Size, fit: Fit) -> Rect:
    """The rectangle on a page of another size, always wholly on it."""
    if fit is Fit.SCALED:
        across, down = after.width / before.width, after.height / before.height
        moved = Rect(rect.x * across, rect.y * down, rect.width * across, rect.height * down)
    else:
        right = fit in (Fit.TOP_RIGHT, Fit.BOTTOM_RIGHT)
        bottom = fit in (Fit.BOTTOM_LEFT, Fit.BOTTOM_RIGHT)
        dx, dy = after.width - before.width, after.height - before.height
        moved = rect.moved(dx if right else 0.0, dy if bottom else 0.0)
    return moved.clamped(after)


def repeated(
    fields: Sequence[Field],
    pages: Sequence[int],
    document: Document,
    fit: Fit,
    new_id: Callable[[], FieldId],
    new_set: Callable[[], str] | None = None,
) -> tuple[Field, ...]:
    """The copies on every other of `pages`, behind the originals as they are from now on. With `new_set` each original
    and its copies are one linked set, edited once; without, they are on their own.
    """
    made: list[Field] = []
    for field in fields:
        original = replace(field, linked=field.linked or new_set()) if new_set else field
        sizes = {number: page.size for number, page in enumerate(document.pages, start=1)}
        made.append(original)
        for page in pages:
            if page != field.page:
                rect = fitted(field.rect, sizes[field.page], sizes[page], fit)
                made.append(replace(original, id=new_id(), page=page, rect=rect))
    return tuple(made)


def linked_with(fields: Iterable[Field], field: Field) -> tuple[Field, ...]:
    """The others of its linked set."""
    if field.linked is None:
        return ()
    return tuple(one for one in fields if one.linked == field.linked and one.id != field.id)


OWN = ("id", "document", "page", "rect", "tab_index")
"""What each of a linked set has for itself; where it lies moves along with the others all the same."""


def follow(
    fields: Sequence[Field], before: Field, after: Field, sizes: dict[tuple[DocumentId, int], Size]
) -> tuple[Field, ...]:
    """All fields, once `before` has become `after`: the others of its linked set take every change, and are moved and
    sized as it was, kept on their pages. `sizes` of each page, by document and number.
    """
    dx, dy = after.rect.x - before.rect.x, after.rect.y - before.rect.y
    wide, high = after.rect.width - before.rect.width, after.rect.height - before.rect.height

    def alike(one: Field) -> Field:
        if one.id == after.id:
            return after
        if before.linked is None or one.linked != before.linked:
            return one
        size = Size(max(1.0, one.rect.width + wide), max(1.0, one.rect.height + high))
        moved = Rect(one.rect.x + dx, one.rect.y + dy, size.width, size.height)
        own = {key: getattr(one, key) for key in OWN} | {"rect": moved.clamped(sizes[one.document, one.page])}
        return replace(after, **own)

    return tuple(alike(one) for one in fields)
