"""Copies for reading: one file out of several, a word across the pages, a password. Nothing in them can be filled."""

from collections.abc import Sequence
from math import atan2, cos, hypot, sin
from typing import Final

import pymupdf

from app.domain.drawing import Colour, Drawing, advance, line
from app.domain.geometry import PageGeometry, Rect
from app.fonts import BundledMetrics
from app.pdf.laid import LaidDocument
from app.pdf.mupdf import laying, opening, pages, writing
from app.pdf.mupdf.acroform import take_out
from app.pdf.mupdf.fields import fields_of
from app.pdf.mupdf.inking import Ink, Matrix, draw_on_page, multiplied, placing
from app.pdf.mupdf.quieting import quiet
from app.pdf.mupdf.saving import save

_WATERMARK: Final = Colour(160, 32, 48)
_WATERMARK_OPACITY: Final = 0.22
_FACE: Final = "sans-bold"


def copy(
    sources: Sequence[str], out: str, watermark: str | None, new_password: str | None, password: str | None
) -> LaidDocument:
    """See `Maker.copy`."""
    combined = pymupdf.open()
    for path in sources:
        with opening.translated(path), opening.open_pdf(path, password) as document:
            quiet(document)
            take_out(document, {field.name for field in fields_of(document) if field.is_empty_signature})
            document.bake(annots=True, widgets=True)
            combined.insert_pdf(document)
    if watermark:
        _mark(combined, watermark)
    combined.set_metadata({"producer": "Paraph"})
    if new_password is None:
        return save(combined, out, garbage=3)
    return save(
        combined,
        out,
        garbage=3,
        encryption=pymupdf.PDF_ENCRYPT_AES_256,
        user_pw=new_password,
        owner_pw=new_password,
    )


def watermark(document: pymupdf.Document, path: str, out: str, text: str) -> LaidDocument:
    """See `Maker.watermark`."""
    laying.require_free(document, path)
    _mark(document, text)
    return save(document, out)


def _mark(document: pymupdf.Document, text: str) -> None:
    """The word from the lower left to the upper right corner, so faint that the page can be read."""
    metrics = BundledMetrics()
    width = advance(metrics, text, 100, _FACE)
    drawing = Drawing(width, 100, runs=line(metrics, text, 0, 75, 100, _FACE, _WATERMARK))
    ink = Ink(document, [drawing], {})
    form = ink.form(drawing)
    faint = writing.add(document, f"<</Type/ExtGState/ca {_WATERMARK_OPACITY}/CA {_WATERMARK_OPACITY}>>")
    for index in range(document.page_count):
        states = writing.resources_of(document, pages.page_object(document, index), "ExtGState")
        writing.put(document, states, "ParaphFaint", faint)
        page = pages.geometry(document, index)
        draw_on_page(document, index, [(form, _across(page, width, 100))], state="ParaphFaint")


def _across(page: PageGeometry, width: float, height: float) -> Matrix:
    """From the word's own space to user space: centred, turned along the page's diagonal."""
    across, up = page.size.width, page.size.height
    angle = atan2(up, across)
    size = min(0.7 * hypot(across, up) / width, 0.3 * min(across, up) / height)
    right, over = size * cos(angle), size * sin(angle)
    x = across / 2 - (right * width - over * height) / 2
    y = up / 2 - (over * width + right * height) / 2
    return multiplied((right, over, -over, right, x, y), placing(page, Rect(0, 0, across, up)))
