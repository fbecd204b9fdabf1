"""What the canvas draws is what the sealed page shows: the same letters in the same places."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from app.domain.drawing import BLACK, Colour, Drawing, Picture, TextRun, ellipse, polyline
from app.domain.geometry import Rect
from app.domain.ids import Sha256
from app.fonts import face_file
from app.glyphs import shaping
from app.ui.canvas.painter import DESIGN_PX, DrawingPainter, letters_of

RED = Colour(200, 0, 0)


@pytest.fixture
def painter(qapp: QApplication) -> DrawingPainter:
    return DrawingPainter(face_file)


def drawn(painter: DrawingPainter, drawing: Drawing, scale: float = 4.0) -> QImage:
    image = QImage(int(drawing.width * scale), int(drawing.height * scale), QImage.Format.Format_RGB32)
    image.fill(QColor(255, 255, 255))
    brush = QPainter(image)
    painter.paint(brush, drawing, QRectF(image.rect()))
    brush.end()
    return image


def ink(image: QImage) -> Rect:
    """The box of everything that is not white, in pixels."""
    spots = [
        (x, y) for y in range(image.height()) for x in range(image.width()) if image.pixelColor(x, y).lightness() < 128
    ]
    xs, ys = [x for x, _ in spots], [y for _, y in spots]
    return Rect(min(xs), min(ys), max(xs) - min(xs) + 1, max(ys) - min(ys) + 1)


@pytest.mark.parametrize(
    ("face", "text"),
    [
        ("sans", "Hello Wörld"),
        ("sans", "AVATAR Toyota We"),
        ("sans", "Ωμέγα Привет"),
        ("sans-bold", "office fi fl"),
        ("arabic", "مرحبا بالعالم"),
        ("hebrew", "שלום עולם"),
        ("devanagari", "नमस्ते दुनिया"),
        ("hand-caveat", "Jane Smith"),
        ("hand-great-vibes", "Příliš Žluťoučký"),
        ("hand-sacramento", "Bob Jones"),
    ],
)
def test_a_run_is_as_long_on_the_screen_as_on_the_sealed_page(qapp: QApplication, face: str, text: str) -> None:
    glyphs = shaping.glyphs_of(TextRun(text, 0, 0, 1, face, 0))
    sealed = sum(glyph.advance for glyph in glyphs) / shaping.face(face).units
    screen = letters_of(str(face_file(face)), text).advance / DESIGN_PX
    assert screen == pytest.approx(sealed, rel=0.005)


def test_letters_stand_on_their_baseline_from_their_left_edge(painter: DrawingPainter) -> None:
    drawing = Drawing(100, 40, runs=(TextRun("H", 20, 30, 20, "sans", 14),))
    box = ink(drawn(painter, drawing))
    assert box.bottom == pytest.approx(30 * 4, abs=1)
    assert box.x == pytest.approx((20 + 0.098 * 20) * 4, abs=2)
    assert box.height == pytest.approx(0.714 * 20 * 4, abs=2)


def test_strokes_and_fills_lie_where_they_are_told(painter: DrawingPainter) -> None:
    line = polyline([(10, 10), (40, 10)], BLACK, 2)
    box = ink(drawn(painter, Drawing(60, 20, paths=(line,))))
    assert (box.x, box.right) == (pytest.approx(9 * 4, abs=1), pytest.approx(41 * 4, abs=1))
    disc = ellipse(Rect(10, 5, 20, 10), fill=RED)
    image = drawn(painter, Drawing(60, 20, paths=(disc,)))
    assert image.pixelColor(80, 40) == QColor(200, 0, 0)
    assert ink(image).width == pytest.approx(80, abs=2)


def test_nothing_is_drawn_beyond_the_field(painter: DrawingPainter) -> None:
    image = QImage(100, 100, QImage.Format.Format_RGB32)
    image.fill(QColor(255, 255, 255))
    brush = QPainter(image)
    run = TextRun("WWWWWWWWWW", 0, 20, 30, "sans", 300)
    painter.paint(brush, Drawing(25, 25, runs=(run,)), QRectF(10, 10, 50, 50))
    brush.end()
    box = ink(image)
    assert box.x >= 10
    assert box.right <= 60


def test_a_picture_is_fitted_without_distortion_and_left_out_until_it_arrives(qapp: QApplication) -> None:
    picture = QImage(40, 10, QImage.Format.Format_RGB32)
    picture.fill(QColor(0, 0, 0))
    sha = Sha256("a" * 64)
    drawing = Drawing(40, 40, pictures=(Picture(sha, Rect(0, 0, 40, 40)),))
    arrived = DrawingPainter(face_file, {sha: picture}.get)
    box = ink(drawn(arrived, drawing, scale=2))
    assert (box.width, box.height) == (pytest.approx(80, abs=1), pytest.approx(20, abs=1))
    assert box.y == pytest.approx(30, abs=1)
    assert drawn(DrawingPainter(face_file), drawing).pixelColor(40, 40) == QColor(255, 255, 255)
