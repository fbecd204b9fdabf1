"""The fields of a form (ISO 32000-2, 12.7), read from the tree and not from the pages: nothing is missed."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pymupdf

from app.pdf.mupdf import objects, pages

_MOST_FIELDS = 50_000


@dataclass(frozen=True, slots=True)
class Widget:
    """One place of a field: the page counted from 0 (None when on no page), its rectangle in user space."""

    page: int | None
    box: tuple[float, float, float, float]
    states: tuple[str, ...]
    obj: Any


@dataclass(frozen=True, slots=True)
class Field:
    """A terminal field. `type` is Tx, Btn, Ch or Sig; `flags` is /Ff."""

    name: str
    type: str
    flags: int
    obj: Any
    widgets: tuple[Widget, ...]

    @property
    def is_signed(self) -> bool:
        return self.type == "Sig" and objects.is_dict(objects.inherited(self.obj, "V"))

    @property
    def is_empty_signature(self) -> bool:
        return self.type == "Sig" and not self.is_signed


def fields_of(document: pymupdf.Document) -> tuple[Field, ...]:
    """All terminal fields, in the order of the tree."""
    form = objects.get(objects.catalog(document), "AcroForm")
    if not objects.is_dict(form):
        return ()
    where = _Pages(document)
    found = []
    for field in _walk(objects.get(form, "Fields"), where):
        found.append(field)
        if len(found) >= _MOST_FIELDS:
            break
    return tuple(found)


class _Pages:
    """Finds a widget's page: by /P where that is right, else by the /Annots of all pages, read once."""

    def __init__(self, document: pymupdf.Document) -> None:
        self._document = document
        self._by_annotation: dict[int, int] | None = None

    def of(self, widget: Any) -> int | None:
        if self._by_annotation is None:
            self._by_annotation = {
                objects.number(annotation): index
                for index in range(self._document.page_count)
                for annotation in objects.items(objects.get(pages.page_object(self._document, index), "Annots"))
            }
        return self._by_annotation.get(objects.number(widget))


def _walk(roots: Any, where: _Pages) -> Iterator[Field]:
    waiting = [(root, "") for root in reversed(list(objects.items(roots)))]
    seen: set[int] = set()
    while waiting:
        obj, prefix = waiting.pop()
        number = objects.number(obj)
        if not objects.is_dict(obj) or (number and number in seen):
            continue
        seen.add(number)
        part = objects.text(objects.get(obj, "T"))
        name = f"{prefix}.{part}" if prefix and part else prefix or part
        kids = list(objects.items(objects.get(obj, "Kids")))
        if kids and any(objects.exists(objects.get(kid, "T")) for kid in kids):
            waiting.extend((kid, name) for kid in reversed(kids))
        else:
            yield _terminal(obj, name, kids or [obj], where)


def _terminal(obj: Any, name: str, widgets: list[Any], where: _Pages) -> Field:
    return Field(
        name,
        objects.name(objects.inherited(obj, "FT")),
        objects.integer(objects.inherited(obj, "Ff")),
        obj,
        tuple(_widget(widget, where) for widget in widgets if objects.is_dict(widget)),
    )


def _widget(obj: Any, where: _Pages) -> Widget:
    normal = objects.get(obj, "AP", "N")
    states = () if objects.is_stream(normal) else tuple(key for key, _ in objects.entries(normal) if key != "Off")
    return Widget(where.of(obj), objects.box(objects.get(obj, "Rect")) or (0, 0, 0, 0), states, obj)
