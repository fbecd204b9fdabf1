"""Field tags written into a document's text, found where they stand."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

import pymupdf
from pymupdf import mupdf

from app.domain.fields.registry import KINDS
from app.domain.geometry import Rect
from app.pdf.inspection import FoundField, Source
from app.pdf.mupdf import objects, pages
from app.pdf.printed import Letter, around
from app.pdf.tagging import Tag, tags_in

_MARKS: Final = frozenset("{[/\\*")


def find(document: pymupdf.Document, only: int | None = None) -> tuple[FoundField, ...]:
    """Every tag of a known notation and kind, in points of the displayed page: as large as the tag says, else as
    its letters are. `only`: on the page of this index.
    """
    indices = range(document.page_count) if only is None else (only,)
    return tuple(found for index in indices for found in _on_page(document, index))


def _on_page(document: pymupdf.Document, index: int) -> Iterator[FoundField]:
    for letters in lines_of(document, index):
        line = "".join(letter[0] if len(letter[0]) == 1 else " " for letter in letters)
        if _MARKS.isdisjoint(line):
            continue
        for tag in tags_in(line):
            if tag.kind in KINDS:
                yield _found(tag, index, letters[tag.start : tag.end], line)


def _found(tag: Tag, index: int, letters: Sequence[Letter], line: str) -> FoundField:
    written = around(box for _, box in letters)
    return FoundField(
        Source.TOKEN,
        tag.kind,
        tag.name,
        index + 1,
        Rect(written.x, written.y, tag.width or written.width, tag.height or written.height),
        options=tag.options,
        value=tag.value,
        label=tag.name,
        required=tag.required,
        read_only=tag.read_only,
        max_length=tag.max_length,
        multiline=tag.multiline,
        role_hint=tag.role,
        token=line[tag.start : tag.end],
        written=written,
        help=tag.help,
        date_format=tag.date_format,
    )


def lines_of(document: pymupdf.Document, index: int) -> Iterator[list[Letter]]:
    """The letters of each line with their boxes, in points of the displayed page; lines of every direction.

    None where no tag begins: taking a page's letters apart costs as much as reading it.
    """
    page = mupdf.fz_load_page(objects.native(document).super(), index)
    listed = mupdf.fz_new_display_list_from_page(page)
    text: Any = pymupdf.TextPage(pymupdf.DisplayList(listed).get_textpage(pymupdf.TEXT_PRESERVE_WHITESPACE))
    if not any(tags_in(line) for line in text.extractText().splitlines()):
        return
    for block in text.extractRAWDICT()["blocks"]:
        for line in block.get("lines", ()):
            yield [(char["c"], pages.rect_of(char["bbox"])) for span in line["spans"] for char in span["chars"]]
