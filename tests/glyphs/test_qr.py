"""QR codes, read back by a reader that is not ours."""

from __future__ import annotations

import pymupdf
import pytest

from app.domain.drawing import Drawing
from app.glyphs import qr

CAPACITY = (14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 251, 287, 331, 362, 412, 450, 504, 560, 624, 666)
"""Bytes at level M (table 7)."""


def read(rows: qr.Matrix, scale: int = 4) -> str:
    side = (len(rows) + 2 * qr.QUIET) * scale
    samples = bytearray(b"\xff" * side * side)
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            for line in range(scale * dark):
                at = ((y + qr.QUIET) * scale + line) * side + (x + qr.QUIET) * scale
                samples[at : at + scale] = bytes(scale)
    return decoded(pymupdf.Pixmap(pymupdf.csGRAY, side, side, bytes(samples), False))


def decoded(pixmap: pymupdf.Pixmap) -> str:
    text, kind = pymupdf.mupdf.fz_decode_barcode_from_pixmap(pixmap.this, 0)
    assert kind == pymupdf.mupdf.FZ_BARCODE_QRCODE
    return str(text)


@pytest.mark.parametrize(("version", "most"), list(enumerate(CAPACITY, 1)))
def test_every_version_is_read_full_and_not_full(version: int, most: int) -> None:
    least = CAPACITY[version - 2] + 1 if version > 1 else 1
    for length in (most, most - 1, least):
        text = ("http://192.168.0.7:40123/Aa0-_~" * 22)[:length]
        rows = qr.modules(text)
        assert len(rows) == len(rows[0]) == 17 + 4 * version
        assert read(rows) == text


@pytest.mark.parametrize("text", ["1", "Signé à Zürich – ✓ توقيع", "A" * 40, "\N{GRINNING FACE}" * 30])
def test_any_text_is_read_as_it_was(text: str) -> None:
    assert read(qr.modules(text)) == text


def test_a_damaged_one_is_still_read() -> None:
    text = "https://example.org/paraph/01JD"
    rows = [list(row) for row in qr.modules(text)]
    for y in range(11, 15):
        for x in range(12, 18):
            rows[y][x] = not rows[y][x]
    assert read(tuple(map(tuple, rows))) == text


def test_too_long_is_refused() -> None:
    with pytest.raises(ValueError, match="667 bytes"):
        qr.modules("x" * 667)


def test_the_drawing_fills_its_square_and_leaves_the_quiet_zone() -> None:
    drawn = qr.drawing("http://127.0.0.1:9/x", 72.0)
    assert (drawn.width, drawn.height) == (72.0, 72.0)
    quiet = 72.0 * qr.QUIET / (len(qr.modules("http://127.0.0.1:9/x")) + 2 * qr.QUIET)
    numbers = [n for segment in drawn.paths[0].segments for point in segment.points for n in point]
    assert min(numbers) == pytest.approx(quiet)
    assert max(numbers) == pytest.approx(72.0 - quiet)


def test_the_drawing_is_read_from_a_page() -> None:
    text = "http://192.168.0.7:40123/k2m9x"
    with pymupdf.open() as document:
        page = document.new_page(width=100, height=100)
        lay(page, qr.drawing(text, 80.0))
        assert decoded(page.get_pixmap(dpi=200, colorspace=pymupdf.csGRAY)) == text


def lay(page: pymupdf.Page, drawn: Drawing) -> None:
    shape = page.new_shape()
    for path in drawn.paths:
        corners: list[tuple[float, float]] = []
        for segment in path.segments:
            if segment.verb == "Z":
                shape.draw_polyline([*corners, corners[0]])
                corners = []
            corners.extend(segment.points)
        shape.finish(fill=(0, 0, 0), color=None, even_odd=False)
    shape.commit()
