"""Draws `domain.drawing.Drawing` with QPainter: one of the three interpreters of what stands in a field.

Letters are outlines of the bundled faces, unhinted and shaped by HarfBuzz with kerning, each run from its `x`: exactly
as `app.glyphs` sets them into the page. What is seen here is what the sealed page shows.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QImage,
    QPainter,
    QPainterPath,
    QPen,
    QRawFont,
    QTextLayout,
    QTextOption,
)

from app.domain.drawing import Colour, Drawing, Picture, TextRun
from app.domain.drawing import Path as Outline
from app.domain.ids import Sha256

DESIGN_PX: Final = 1000.0
"""Outlines are taken at this size: near the faces' own grids, so that nothing is rounded on the way."""

FaceFile = Callable[[str], Path]
PictureOf = Callable[[Sha256], QImage | None]


def no_pictures(_: Sha256) -> QImage | None:
    """Where pictures have not arrived, or cannot."""
    return None


class DrawingPainter:
    """`face_file` names the TrueType file of a face; `picture` gives a picture that has arrived, else None."""

    def __init__(self, face_file: FaceFile, picture: PictureOf = no_pictures) -> None:
        self._face_file = face_file
        self._picture = picture

    def paint(self, painter: QPainter, drawing: Drawing, box: QRectF) -> None:
        """Fills `box`, in the painter's own units, with a drawing in points; nothing is drawn beyond it."""
        if drawing.empty or box.isEmpty():
            return
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        painter.setClipRect(box, Qt.ClipOperation.IntersectClip)
        painter.translate(box.topLeft())
        painter.scale(box.width() / drawing.width, box.height() / drawing.height)
        for picture in drawing.pictures:
            self._paint_picture(painter, picture)
        for path in drawing.paths:
            _paint_path(painter, path)
        for run in drawing.runs:
            self._paint_run(painter, run)
        painter.restore()

    def _paint_run(self, painter: QPainter, run: TextRun) -> None:
        letters = letters_of(str(self._face_file(run.face)), run.text)
        painter.save()
        painter.translate(run.x, run.y)
        painter.scale(run.size / DESIGN_PX, run.size / DESIGN_PX)
        painter.fillPath(letters.outline, colour_of(run.colour))
        painter.restore()

    def _paint_picture(self, painter: QPainter, picture: Picture) -> None:
        image = self._picture(picture.sha256)
        if image is None or image.isNull():
            return
        room = picture.rect
        size = QRectF(image.rect()).size()
        size.scale(room.width, room.height, Qt.AspectRatioMode.KeepAspectRatio)
        spot = QRectF(QPointF(0, 0), size)
        spot.moveCenter(QPointF(room.center.x, room.center.y))
        painter.drawImage(spot, image)


def _paint_path(painter: QPainter, path: Outline) -> None:
    outline = _outline(path)
    if path.fill is not None:
        painter.fillPath(outline, colour_of(path.fill))
    if path.stroke is not None:
        pen = QPen(colour_of(path.stroke), path.width)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.strokePath(outline, pen)


def forget_painted() -> None:
    """Names and strokes that were painted are in no cache any more."""
    _outline.cache_clear()
    letters_of.cache_clear()


@lru_cache(maxsize=2048)
def _outline(path: Outline) -> QPainterPath:
    """Kept, because a drawn signature is hundreds of curves and is painted again with each frame."""
    return outline_of(path)


def outline_of(path: Outline) -> QPainterPath:
    """In the path's own units. For a stroke that is still being drawn, which is not worth keeping."""
    outline = QPainterPath()
    outline.setFillRule(Qt.FillRule.WindingFill)
    for segment in path.segments:
        points = [QPointF(x, y) for x, y in segment.points]
        match segment.verb:
            case "M":
                outline.moveTo(points[0])
            case "L":
                outline.lineTo(points[0])
            case "C":
                outline.cubicTo(*points)
            case "Z":
                outline.closeSubpath()
    return outline


@dataclass(frozen=True)
class Letters:
    """A run at the design size: its outline from x 0 on baseline 0, and its advance."""

    outline: QPainterPath
    advance: float


@lru_cache(maxsize=4096)
def letters_of(file: str, text: str) -> Letters:
    """In the face of this file."""
    layout = QTextLayout(text)
    layout.setRawFont(_face(file))
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.NoWrap)
    layout.setTextOption(option)
    layout.beginLayout()
    line = layout.createLine()
    layout.endLayout()
    letters = QPainterPath()
    letters.setFillRule(Qt.FillRule.WindingFill)
    for glyphs in layout.glyphRuns():
        font = glyphs.rawFont()
        for glyph, at in zip(glyphs.glyphIndexes(), glyphs.positions(), strict=True):
            letters.addPath(font.pathForGlyph(glyph).translated(at.x(), at.y() - line.ascent()))
    return Letters(letters, line.horizontalAdvance())


@lru_cache(maxsize=32)
def _face(file: str) -> QRawFont:
    return QRawFont(file, DESIGN_PX, QFont.HintingPreference.PreferNoHinting)


def colour_of(colour: Colour) -> QColor:
    return QColor(colour.red, colour.green, colour.blue)
