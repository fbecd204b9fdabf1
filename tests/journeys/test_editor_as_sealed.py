"""The same field drawn by the editor, by the room and by the frozen PDF: the ink is the same to less than a pixel.

At 150 dpi, with poppler for the PDF. Ink of one may lie beside ink of the other by one pixel, which is what smoothing
differs by, and no further; the middle of all ink agrees to less than one.
"""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageFilter
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from app.domain.fields.base import Align, Field, TextStyle
from app.domain.fields.registry import KINDS, draw
from app.domain.geometry import Rect
from app.services import drafting, reading, sending, viewing
from app.services.house import House
from app.ui.canvas.painter import DrawingPainter
from tests.support.pages import write_pdf

DPI = 150
SCALE = DPI / 72
DARK, FAINT = 110, 235
CASES = {
    "a line": ("text", "Kjeld Ångström", TextStyle()),
    "a small line on the right": ("text", "fig. 17", TextStyle(size_pt=9, align=Align.RIGHT)),
    "bold and centred": ("text", "Agreed", TextStyle(size_pt=14, bold=True, align=Align.CENTER)),
    "several lines": ("text", "First line\nand a second one", TextStyle(size_pt=8, multiline=True)),
    "a comb": ("text", "4711", TextStyle(comb=6)),
    "a number": ("number", "1234.50", TextStyle()),
    "a date": ("date", "2026-01-31", TextStyle()),
    "a tick": ("checkbox", True, TextStyle()),
    "a choice": ("dropdown", "Option 2", TextStyle()),
}


@pytest.mark.parametrize("case", CASES)
def test_a_field_is_drawn_as_it_is_sealed(case: str, house: House, tmp_path: Path, qapp: QApplication) -> None:
    if shutil.which("pdftoppm") is None:
        pytest.skip("pdftoppm is not here")
    kind, value, style = CASES[case]
    source = write_pdf(tmp_path / "blank.pdf", 1)
    source.write_bytes(source.read_bytes().replace(b"(Page 1) Tj", b"(      ) Tj"))
    envelope_id = drafting.from_files(house, [source]).one("envelope")
    signer = drafting.new_recipient(house, reading.envelope(house, envelope_id), "Jane Smith")
    drafting.set_recipients(house, envelope_id, [signer])
    envelope = reading.envelope(house, envelope_id)
    document = envelope.documents[0].id
    size = KINDS[kind].default_size
    spot = Rect(99.4, 201.7, max(size.width, 120 if kind != "checkbox" else 0), size.height + 6)
    bare = drafting.new_field(house, envelope, kind, document, 1, spot, signer.role)
    field = replace(bare, value=value, style=style, read_only=True)
    sign = drafting.new_field(house, envelope, "signature", document, 1, Rect(100, 700, 160, 40), signer.role)
    drafting.set_fields(house, envelope_id, [field, sign])
    sending.send(house, envelope_id)
    frozen = viewing.blob_path(house, reading.envelope(house, envelope_id).documents[0].latest)
    ours, sealed = on_screen(house, envelope.styled(field)), in_poppler(frozen, tmp_path, field.rect)
    assert ink(ours).getbbox() is not None
    assert not ImageChops.subtract(ink(ours), grown(ink(sealed, FAINT))).getbbox(), (
        "the screen draws what is not sealed"
    )
    assert not ImageChops.subtract(ink(sealed), grown(ink(ours, FAINT))).getbbox(), (
        "what is sealed is not on the screen"
    )
    for mine, other in zip(middle(ours), middle(sealed), strict=True):
        assert mine == pytest.approx(other, abs=0.95)


def on_screen(house: House, field: Field) -> Image.Image:
    """As editor and room paint it: one painter interprets the drawing for both."""
    around, page = window(field.rect), QImage(*pixels(field.rect), QImage.Format.Format_RGB32)
    page.fill(Qt.GlobalColor.white)
    painter = QPainter(page)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    drawings = DrawingPainter(viewing.face_file, lru_cache(lambda sha: QImage(str(viewing.blob_path(house, sha)))))
    box = QRectF(
        (field.rect.x - around.x) * SCALE, (field.rect.y - around.y) * SCALE,
        field.rect.width * SCALE, field.rect.height * SCALE,
    )  # fmt: skip
    drawings.paint(painter, draw(field, field.value, house.metrics), box)
    painter.end()
    grey = page.convertToFormat(QImage.Format.Format_Grayscale8)
    rows = bytes(grey.constBits())
    return Image.frombytes("L", (grey.width(), grey.height()), rows, "raw", "L", grey.bytesPerLine())


def in_poppler(path: Path, folder: Path, rect: Rect) -> Image.Image:
    subprocess.run(
        ["pdftoppm", "-r", str(DPI), "-gray", "-singlefile", path, folder / "page"], check=True, timeout=60
    )  # fmt: skip
    around, (width, height) = window(rect), pixels(rect)
    left, top = round(around.x * SCALE), round(around.y * SCALE)
    with Image.open(folder / "page.pgm") as page:
        return page.crop((left, top, left + width, top + height)).convert("L")


def window(rect: Rect) -> Rect:
    """The field and some paper around it, beginning on whole pixels."""
    left, top = int((rect.x - 8) * SCALE) / SCALE, int((rect.y - 8) * SCALE) / SCALE
    return Rect(left, top, rect.width + 16, rect.height + 16)


def pixels(rect: Rect) -> tuple[int, int]:
    around = window(rect)
    return round(around.width * SCALE), round(around.height * SCALE)


def ink(page: Image.Image, darker_than: int = DARK) -> Image.Image:
    return page.point(lambda value: 255 if value < darker_than else 0)


def grown(page: Image.Image) -> Image.Image:
    """By one pixel all round."""
    return page.filter(ImageFilter.MaxFilter(3))


def middle(page: Image.Image) -> tuple[float, float]:
    """Of all ink, weighed by its darkness."""
    weights = [255 - value for value in page.tobytes()]
    total = max(sum(weights), 1)
    across = sum(weight * (at % page.width) for at, weight in enumerate(weights))
    down = sum(weight * (at // page.width) for at, weight in enumerate(weights))
    return across / total, down / total
