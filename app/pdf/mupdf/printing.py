"""Reading what is printed on a page: letters, rulings and shaded boxes in one pass over its display list."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

import pymupdf
from pymupdf import mupdf

from app.domain.geometry import Rect, Size
from app.pdf.mupdf import pages
from app.pdf.printed import Letter, Printed, Ruling, merged

_FLAGS: Final = pymupdf.TEXT_PRESERVE_WHITESPACE | pymupdf.TEXT_COLLECT_VECTORS
_TEXT, _VECTOR = 0, 3
_MOST_VECTORS: Final = 6_000
_MOST_RULINGS: Final = 1_500
_MOST_SHADES: Final = 300
_THIN_PT: Final = 2.2
_DOT_PT: Final = 1.6
_WHITE, _LIGHT = 0xFFFFFF, 0xC0


def printed(display_list: Any, size: Size) -> Printed:
    """Everything in points of the page as displayed; shapes wholly off the page are left out."""
    text: Any = pymupdf.TextPage(pymupdf.DisplayList(display_list).get_textpage(_FLAGS))
    lines: list[tuple[Letter, ...]] = []
    baselines: list[Ruling] = []
    shapes = _Shapes(size)
    for block in text.extractRAWDICT()["blocks"]:
        if block["type"] == _TEXT:
            for line, baseline in _lines(block):
                lines.append(line)
                baselines.append(baseline)
        elif block["type"] == _VECTOR:
            shapes.take(block)
    return Printed(size, tuple(lines), merged(baselines, apart=0.6, gap=40.0), *shapes.sorted())


def of_page(document: pymupdf.Document, index: int) -> Printed:
    """Contents only: what forms and annotations draw is not printed."""
    page = mupdf.fz_load_page(document.this, index)
    listed = mupdf.FzDisplayList(mupdf.fz_bound_page(page))
    device = mupdf.fz_new_list_device(listed)
    mupdf.fz_run_page_contents(page, device, mupdf.FzMatrix(), mupdf.FzCookie())
    mupdf.fz_close_device(device)
    return printed(listed, pages.geometry(document, index).size)


def _lines(block: dict[str, Any]) -> Iterator[tuple[tuple[Letter, ...], Ruling]]:
    """Those that run from left to right as displayed, with where they stand; what stands on its head is not beside
    anything.
    """
    for line in block.get("lines", ()):
        letters = [letter for span in line["spans"] for letter in span["chars"]]
        if line["dir"][0] > 0.99 and letters:
            left, _, right, _ = line["bbox"]
            yield (
                tuple((c["c"], pages.rect_of(c["bbox"])) for c in letters),
                Ruling(letters[0]["origin"][1], left, right),
            )


class _Shapes:
    def __init__(self, size: Size) -> None:
        self._size = size
        self._levels: list[Ruling] = []
        self._uprights: list[Ruling] = []
        self._shades: list[Rect] = []
        self._seen = 0

    def take(self, block: dict[str, Any]) -> None:
        """A vector block is the box of one stroked or filled path, its line's width included."""
        self._seen += 1
        if not block["isrect"] or self._seen > _MOST_VECTORS or block["alpha"] < 16:
            return
        rect = pages.rect_of(block["bbox"])
        if not _is_on(rect, self._size):
            return
        if min(rect.width, rect.height) <= _THIN_PT:
            if block["color"] != _WHITE:
                self._line(rect, block["stroked"])
        elif block["stroked"]:
            self._frame(rect)
        elif _is_shade(block["color"]):
            self._shades.append(rect)

    def sorted(self) -> tuple[tuple[Ruling, ...], tuple[Ruling, ...], tuple[Rect, ...]]:
        return (
            merged(self._levels[:_MOST_RULINGS], gap=5.0),
            merged(self._uprights[:_MOST_RULINGS], gap=2.5),
            tuple(dict.fromkeys(self._shades[:_MOST_SHADES])),
        )

    def _line(self, rect: Rect, stroked: bool) -> None:
        # The box of a stroke is half its width longer at either end than the line that was drawn.
        cap = min(rect.width, rect.height) / 2 if stroked else 0.0
        if rect.width >= rect.height or rect.width <= _DOT_PT >= rect.height:
            self._levels.append(Ruling(rect.center.y, rect.x + cap, rect.right - cap))
        else:
            self._uprights.append(Ruling(rect.center.x, rect.y + cap, rect.bottom - cap))

    def _frame(self, rect: Rect) -> None:
        # Half a hairline in from the outer edge: the middle of the stroke, where the line was drawn.
        inner = rect.inset(0.5)
        self._levels += [Ruling(y, inner.x, inner.right) for y in (inner.y, inner.bottom)]
        self._uprights += [Ruling(x, inner.y, inner.bottom) for x in (inner.x, inner.right)]


def _is_on(rect: Rect, size: Size) -> bool:
    return rect.right > 0 and rect.bottom > 0 and rect.x < size.width and rect.y < size.height


def _is_shade(colour: int) -> bool:
    """Light, and not the white of the paper."""
    channels: Sequence[int] = ((colour >> 16) & 255, (colour >> 8) & 255, colour & 255)
    return colour != _WHITE and min(channels) >= _LIGHT
