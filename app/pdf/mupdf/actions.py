"""Listing what a file would do by itself or when clicked: found, told, never run (fault 7)."""

import time
from collections.abc import Iterator
from typing import Any, Final

import pymupdf

from app.pdf.inspection import Action
from app.pdf.mupdf import objects, pages

TOLD: Final = frozenset({"JavaScript", "Launch", "SubmitForm", "URI", "GoToR", "GoToE", "ImportData", "Rendition",
                         "Movie", "RichMediaExecute"})  # fmt: skip
_MOST_TOLD: Final = 200
_TARGET_LETTERS: Final = 200
_LONGEST_CHAIN: Final = 50
# Reading the annotations of thousands of pages takes seconds; the first look at a file may not.
_TIME_S: Final = 1.5


def actions_of(document: pymupdf.Document) -> tuple[tuple[Action, ...], bool]:
    """Each action once, and whether all pages could be read in time."""
    found: dict[Action, None] = {}
    root = objects.catalog(document)
    scripts = objects.get(root, "Names", "JavaScript")
    for start in (objects.get(root, "OpenAction"), *(action for _, action in objects.leaves(scripts))):
        found |= dict.fromkeys(_chain(start, None))
    found |= dict.fromkeys(_additional(root, None))
    end = time.monotonic() + _TIME_S
    for index in range(document.page_count):
        if time.monotonic() > end or len(found) > _MOST_TOLD:
            return tuple(found)[:_MOST_TOLD], False
        found |= dict.fromkeys(_of_page(pages.page_object(document, index), index + 1))
    return tuple(found), True


def _of_page(page: Any, number: int) -> Iterator[Action]:
    yield from _additional(page, number)
    for annotation in objects.items(objects.get(page, "Annots")):
        yield from _chain(objects.get(annotation, "A"), number)
        yield from _additional(annotation, number)
        yield from _additional(objects.get(annotation, "Parent"), number)


def _additional(owner: Any, page: int | None) -> Iterator[Action]:
    for _, action in objects.entries(objects.get(owner, "AA")):
        yield from _chain(action, page)


def _chain(action: Any, page: int | None) -> Iterator[Action]:
    """An action and those that follow it (/Next: one, or an array)."""
    waiting = [action]
    for _ in range(_LONGEST_CHAIN):
        if not waiting:
            return
        current = waiting.pop()
        if not objects.is_dict(current):
            continue
        kind = objects.name(objects.get(current, "S"))
        if kind in TOLD:
            yield Action(kind, _target(current, kind)[:_TARGET_LETTERS], page)
        following = objects.get(current, "Next")
        waiting.extend(objects.items(following) if not objects.is_dict(following) else [following])


def _target(action: Any, kind: str) -> str:
    if kind == "JavaScript":
        return objects.text(objects.get(action, "JS"))
    if kind == "URI":
        return objects.text(objects.get(action, "URI"))
    file = objects.get(action, "F")
    return objects.text(file) or objects.text(objects.get(file, "UF")) or objects.text(objects.get(file, "F"))
