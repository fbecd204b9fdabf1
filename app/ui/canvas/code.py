"""A QR code on the screen."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.domain.drawing import Drawing
from app.services import viewing
from app.ui.canvas.painter import DrawingPainter
from app.ui.theme import PAPER, qcolor, text_scale

SIDE_PX: Final = 240


class CodeView(QWidget):
    """Dark on white whatever the colour scheme, each module whole pixels wide; `drawing` has a point for each."""

    def __init__(self, drawing: Drawing, name: str) -> None:
        super().__init__()
        self._drawing = drawing
        self._painter = DrawingPainter(viewing.face_file)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        side = self._module_px * round(self._drawing.width)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), qcolor(PAPER))
        self._painter.paint(painter, self._drawing, QRectF(self.rect()))
        painter.end()

    @property
    def _module_px(self) -> int:
        return max(3, round(SIDE_PX * text_scale() / self._drawing.width))
