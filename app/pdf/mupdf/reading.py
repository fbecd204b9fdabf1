"""The text of a page, where it is displayed."""

from collections.abc import Iterator
from typing import Any, Final

import pymupdf
from pymupdf import mupdf

from app.pdf.inspection import Hit, OutlineEntry, PageText, Word
from app.pdf.mupdf import objects, pages

_MOST_ENTRIES: Final = 5_000


def words(display_list: Any) -> PageText:
    """Words in reading order, in points of the page as displayed."""
    found, lines = [], dict[tuple[int, int], int]()
    for x0, y0, x1, y1, text, block, line, _ in text_page(display_list).extractWORDS():
        number = lines.setdefault((block, line), len(lines))
        found.append(Word(text, pages.rect_of((x0, y0, x1, y1)), number))
    return PageText(tuple(found))


def hits(document: pymupdf.Document, index: int, needle: str) -> Iterator[Hit]:
    """Where a text stands on a page, without regard to case."""
    page = mupdf.fz_load_page(objects.native(document).super(), index)
    for rect in text_page(mupdf.fz_new_display_list_from_page(page)).search(needle, quads=0):
        box = getattr(rect, "rect", rect)  # quads come even where rectangles were asked for
        yield Hit(index + 1, (pages.rect_of(box),))


def outline(document: pymupdf.Document) -> tuple[OutlineEntry, ...]:
    """The file's own table of contents, as far as somebody would read it."""
    listed = document.get_toc(simple=True)[:_MOST_ENTRIES]
    pages_there = document.page_count
    return tuple(
        OutlineEntry(level, " ".join(title.split())[:200], page if 1 <= page <= pages_there else None)
        for level, title, page in listed
    )


def text_page(display_list: Any) -> Any:
    return pymupdf.TextPage(pymupdf.DisplayList(display_list).get_textpage(pymupdf.TEXTFLAGS_WORDS))
