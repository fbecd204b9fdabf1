"""Taking out what our fields stand for: tags out of the text, form fields out of the form.

White paint over a tag would hide it from the eye only; the letters leave the page's content.
"""

from collections.abc import Sequence
from typing import Final

import pymupdf

from app.domain.geometry import Rect
from app.pdf.laid import LaidDocument, Spot
from app.pdf.mupdf import pages, writing
from app.pdf.mupdf.acroform import take_out
from app.pdf.mupdf.laying import require_free
from app.pdf.mupdf.quieting import quiet
from app.pdf.mupdf.saving import save

_KEEP: Final = 0
_INSET: Final = 0.25


def strip(document: pymupdf.Document, path: str, out: str, spots: Sequence[Spot], names: Sequence[str]) -> LaidDocument:
    """See `Maker.strip`."""
    require_free(document, path)
    quiet(document)
    take_out(document, set(names))
    for number in sorted({spot.page for spot in spots}):
        index = pages.require(document, path, number)
        _redact(document, index, [spot.rect for spot in spots if spot.page == number])
    return save(document, out, garbage=3)


def _redact(document: pymupdf.Document, index: int, rects: Sequence[Rect]) -> None:
    """Letters only: pictures and lines beneath stay. The middle of a line is enough to catch its letters, and
    spares those of the lines above and below.
    """
    page, geometry = document[index], pages.geometry(document, index)
    for rect in rects:
        slim = Rect(rect.x, rect.y + rect.height * _INSET, rect.width, rect.height * (1 - 2 * _INSET))
        if geometry.rotate % 180 and rect.height > rect.width:
            slim = Rect(rect.x + rect.width * _INSET, rect.y, rect.width * (1 - 2 * _INSET), rect.height)
        left, bottom, right, top = geometry.to_pdf(slim)
        annotation = page.add_redact_annot(pymupdf.Rect(0, 0, 9, 9), fill=False)
        found = writing.parse(document, f"{annotation.xref} 0 R")
        writing.put(document, found, "Rect", writing.numbers((left, bottom, right, top)))
        quad = (left, top, right, top, left, bottom, right, bottom)
        writing.put(document, found, "QuadPoints", writing.numbers(quad))
    page.apply_redactions(images=_KEEP, graphics=_KEEP, text=_KEEP)
