"""Sheets set as drawings become a PDF."""

from collections.abc import Sequence

import pymupdf

from app.domain.drawing import Drawing
from app.domain.geometry import PageGeometry, Rect
from app.fonts import BundledMetrics
from app.pdf.certificate import sheets_of
from app.pdf.certificate_facts import CertificateFacts
from app.pdf.laid import LaidDocument
from app.pdf.mupdf import archival
from app.pdf.mupdf.inking import Ink, draw_on_page, placing
from app.pdf.mupdf.saving import save


def from_certificate(facts: CertificateFacts, out: str) -> LaidDocument:
    """See `Maker.certificate`."""
    title = f"Certificate of completion: {facts.title}"
    return from_drawings(sheets_of(facts, BundledMetrics()), out, title)


def from_drawings(drawings: Sequence[Drawing], out: str, title: str) -> LaidDocument:
    """One page for each drawing, of its size, as PDF/A-2b."""
    document = pymupdf.open()
    for drawing in drawings:
        document.new_page(width=drawing.width, height=drawing.height)
    ink = Ink(document, drawings, {})
    for index, drawing in enumerate(drawings):
        page = PageGeometry(0, 0, drawing.width, drawing.height)
        whole = placing(page, Rect(0, 0, drawing.width, drawing.height))
        draw_on_page(document, index, [(ink.form(drawing), whole)])
    document.set_metadata({"title": title, "producer": "Paraph"})
    archival.declare(document, title)
    return save(document, out)
