"""Field tokens written into a document's text: `{{type:key}}`, as in Markdown documents."""

import re
from collections.abc import Iterator
from typing import Any, Final

import pymupdf
from pymupdf import mupdf

from app.domain.fields.registry import KINDS
from app.domain.geometry import Rect
from app.pdf.inspection import FoundField, Source
from app.pdf.mupdf import objects, pages
from app.pdf.tokenising import TOKEN

Letter = tuple[str, Rect]
"""A character and its box, in points of the displayed page."""

_BRACES: Final = "{{"


def find(document: pymupdf.Document) -> tuple[FoundField, ...]:
    """Every token of a known type, with the rectangle its letters take, in points of the displayed page."""
    return tuple(found for index in range(document.page_count) for found in _on_page(document, index))


def _on_page(document: pymupdf.Document, index: int) -> Iterator[FoundField]:
    for letters in lines_of(document, index):
        line = "".join(letter for letter, _ in letters)
        if _BRACES not in line:
            continue
        for token in re.finditer(TOKEN, line):
            kind, key = token["type"].lower(), token["key"].strip()
            if kind in KINDS:
                rect = pages.around(box for _, box in letters[token.start() : token.end()])
                yield FoundField(Source.TOKEN, kind, key, index + 1, rect)


def lines_of(document: pymupdf.Document, index: int) -> Iterator[list[Letter]]:
    """The letters of each line with their boxes, in points of the displayed page."""
    page = mupdf.fz_load_page(objects.native(document).super(), index)
    listed = mupdf.fz_new_display_list_from_page(page)
    text: Any = pymupdf.TextPage(pymupdf.DisplayList(listed).get_textpage(pymupdf.TEXT_PRESERVE_WHITESPACE))
    for block in text.extractRAWDICT()["blocks"]:
        for line in block.get("lines", ()):
            yield [(char["c"], pages.rect_of(char["bbox"])) for span in line["spans"] for char in span["chars"]]
