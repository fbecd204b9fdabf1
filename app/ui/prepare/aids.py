"""What helps a hand while it moves something: guides, lengths, the marquee, a word beside the pointer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from app.domain.geometry import Rect
from app.ui.canvas.pointer import Frame
from app.ui.prepare.snapping import Axis, Line, Span
from app.ui.theme import LIGHT, PAPER, TypeSize, face, qcolor

TICK: Final = 3.0
PLATE: Final = 3.0


@dataclass(frozen=True, slots=True)
class Measure:
    """A length with its words; `is_equal` when it is one of several that are alike, which is why it is shown."""

    span: Span
    words: str
    is_equal: bool


def paint_aids(
    painter: QPainter, frame: Frame, guides: Iterable[Line], measures: Iterable[Measure], marquee: Rect | None
) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    for line in guides:
        _paint_guide(painter, frame, line)
    for measure in measures:
        _paint_measure(painter, frame, measure)
    if marquee is not None:
        painter.setPen(QPen(qcolor(LIGHT.accent, 0.9), 1))
        painter.setBrush(qcolor(LIGHT.accent, 0.10))
        painter.drawRect(frame.rect(marquee))
    painter.restore()


def paint_hint(painter: QPainter, at: QPointF, words: str) -> None:
    """Beside the pointer, and never outside what is seen."""
    font = face(TypeSize.SMALL)
    metrics = QFontMetricsF(font)
    box = QRectF(at.x() + 16, at.y() + 18, metrics.horizontalAdvance(words) + 16, metrics.height() + 8)
    device = painter.device()
    box.moveRight(min(box.right(), device.width() - 4.0))
    box.moveBottom(min(box.bottom(), device.height() - 4.0))
    painter.save()
    painter.setFont(font)
    _paint_plate(painter, box, words, qcolor(LIGHT.text, 0.9))
    painter.restore()


def _paint_guide(painter: QPainter, frame: Frame, line: Line) -> None:
    """What is printed is followed by a dashed line, so that one sees why the field stands there."""
    dashes = Qt.PenStyle.DashLine if line.is_printed else Qt.PenStyle.SolidLine
    painter.setPen(QPen(qcolor(LIGHT.accent, 0.9), 1, dashes))
    at = Rect(line.at, line.start, 0, line.end - line.start)
    if line.axis is Axis.Y:
        at = Rect(line.start, line.at, line.end - line.start, 0)
    box = frame.rect(at)
    painter.drawLine(box.topLeft(), box.bottomRight())


def _paint_measure(painter: QPainter, frame: Frame, measure: Measure) -> None:
    span, ink = measure.span, qcolor(LIGHT.accent if measure.is_equal else LIGHT.muted, 0.95)
    painter.setPen(QPen(ink, 1))
    box = frame.rect(_as_rect(span))
    start, end = box.topLeft(), box.bottomRight()
    across = span.axis is Axis.X
    step = QPointF(0, TICK) if across else QPointF(TICK, 0)
    painter.drawLine(start, end)
    for tip in (start, end):
        painter.drawLine(tip - step, tip + step)
    painter.setFont(face(TypeSize.SMALL))
    metrics = QFontMetricsF(painter.font())
    plate = QRectF(0, 0, metrics.horizontalAdvance(measure.words) + 2 * PLATE + 2, metrics.height() + 2)
    plate.moveCenter(box.center())
    room = box.width() if across else box.height()
    if room < (plate.width() if across else plate.height()) + 4:
        plate.translate(*((0, plate.height() / 2 + 6) if across else (plate.width() / 2 + 6, 0)))
    _paint_plate(painter, plate, measure.words, ink)


def _paint_plate(painter: QPainter, box: QRectF, words: str, ground: QColor) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(box, PLATE, PLATE)
    painter.setPen(qcolor(PAPER))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
    painter.restore()


def _as_rect(span: Span) -> Rect:
    length = max(span.length, 0.0)
    return Rect(span.start, span.at, length, 0) if span.axis is Axis.X else Rect(span.at, span.start, 0, length)
