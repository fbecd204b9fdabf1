"""Documents to seal, with the form that preparing lays: made by PyMuPDF, as `app.pdf` does, at any rotation and
box.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pymupdf

from app.domain.geometry import PageGeometry, Rect


@dataclass(frozen=True)
class Party:
    """One recipient's fields: `Paraph_<n>_text`, `_check` and `_sign`; without `visible` the last has no area."""

    number: int
    visible: bool = True

    @property
    def text(self) -> str:
        return f"Paraph_{self.number}_text"

    @property
    def check(self) -> str:
        return f"Paraph_{self.number}_check"

    @property
    def sign(self) -> str:
        return f"Paraph_{self.number}_sign"

    @property
    def lock(self) -> tuple[str, ...]:
        return (self.text, self.check, self.sign)


TEXT = Rect(60, 100, 220, 24)
CHECK = Rect(300, 100, 18, 18)
SIGN = Rect(60, 140, 200, 50)


@dataclass(frozen=True)
class Sheet:
    """The page all fields lie on. `crop` in PDF user space; the media box is larger, so that the two differ."""

    crop: tuple[float, float, float, float] = (0, 0, 595, 842)
    rotate: int = 0
    user_unit: float = 1.0
    parties: tuple[Party, ...] = field(default_factory=lambda: (Party(1), Party(2)))

    @property
    def geometry(self) -> PageGeometry:
        return PageGeometry(*self.crop, self.rotate, self.user_unit)


def place_of(rect: Rect, party: Party) -> Rect:
    """Each party has a strip of its own, 120 points high."""
    return rect.moved(0, 120 * (party.number - 1))


def prepared(path: Path, sheet: Sheet = Sheet(), filler: bytes = b"") -> Path:
    """One page with every party's fields; `filler` makes the file as large as one likes."""
    document = pymupdf.open()
    page = document.new_page(width=595, height=842)
    page.insert_text((72, 60), "Agreement", fontsize=14)
    if filler:
        document.embfile_add("filler.bin", filler)
    for party in sheet.parties:
        _lay(page, party)
    _place(document, page, sheet)
    document.save(path, garbage=1, deflate=True)
    document.close()
    return path


def _lay(page: pymupdf.Page, party: Party) -> None:
    kinds = (
        (party.text, pymupdf.PDF_WIDGET_TYPE_TEXT),
        (party.check, pymupdf.PDF_WIDGET_TYPE_CHECKBOX),
        (party.sign, pymupdf.PDF_WIDGET_TYPE_SIGNATURE),
    )
    for name, kind in kinds:
        widget = pymupdf.Widget()
        widget.field_name, widget.field_type = name, kind
        widget.field_flags = 0 if kind == pymupdf.PDF_WIDGET_TYPE_SIGNATURE else 1
        widget.rect = pymupdf.Rect(50, 50, 100, 70)
        page.add_widget(widget)


def _place(document: pymupdf.Document, page: pymupdf.Page, sheet: Sheet) -> None:
    """Boxes written straight into the objects: PyMuPDF's own arithmetic is not what is tested."""
    left, bottom, right, top = sheet.crop
    document.xref_set_key(page.xref, "MediaBox", f"[{left - 20} {bottom - 30} {right + 40} {top + 50}]")
    document.xref_set_key(page.xref, "CropBox", f"[{left} {bottom} {right} {top}]")
    document.xref_set_key(page.xref, "Rotate", str(sheet.rotate))
    if sheet.user_unit != 1:
        document.xref_set_key(page.xref, "UserUnit", str(sheet.user_unit))
    boxes = {}
    for party in sheet.parties:
        boxes[party.text], boxes[party.check] = place_of(TEXT, party), place_of(CHECK, party)
        boxes[party.sign] = place_of(SIGN, party) if party.visible else None
    for xref, *_ in page.annot_xrefs():
        name = document.xref_get_key(xref, "T")[1]
        rect = boxes[name]
        box = sheet.geometry.to_pdf(rect) if rect else (0, 0, 0, 0)
        document.xref_set_key(xref, "Rect", "[" + " ".join(f"{edge:.4f}" for edge in box) + "]")
        document.xref_set_key(xref, "MK", f"<< /R {sheet.rotate} >>")
        document.xref_set_key(xref, "F", "4")

