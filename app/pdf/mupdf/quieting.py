"""Taking out of an unsigned copy what would run or send something (fault 7). Links people click stay."""

from typing import Any, Final

import pymupdf

from app.pdf.mupdf import objects, pages, writing

_ACTIVE: Final = frozenset(
    {"JavaScript", "Launch", "SubmitForm", "ImportData", "Rendition", "Movie", "RichMediaExecute"}
)


def quiet(document: pymupdf.Document) -> None:
    """Remove scripts, launches and submissions from the document, its pages, annotations and fields."""
    root = objects.catalog(document)
    writing.drop(root, "AA")
    writing.drop(objects.get(root, "Names"), "JavaScript")
    _quiet_action(root, "OpenAction")
    for index in range(document.page_count):
        page = pages.page_object(document, index)
        writing.drop(page, "AA")
        for annotation in objects.items(objects.get(page, "Annots")):
            _quiet_annotation(annotation)
    writing.drop(objects.get(root, "AcroForm"), "CO")


def _quiet_annotation(annotation: Any) -> None:
    writing.drop(annotation, "AA")
    _quiet_action(annotation, "A")
    parent = objects.get(annotation, "Parent")
    if objects.is_dict(parent):
        writing.drop(parent, "AA")
        _quiet_action(parent, "A")


def _quiet_action(owner: Any, key: str) -> None:
    action = objects.get(owner, key)
    if objects.name(objects.get(action, "S")) in _ACTIVE:
        writing.drop(owner, key)
    elif objects.is_dict(action):
        writing.drop(action, "Next")
