"""A QR code on the screen."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.domain.drawing import Drawing
from app.ui.canvas.painter import colour_of, outline_of
from app.ui.theme import PAPER, qcolor, text_scale

SIDE_PX: Final = 240


class CodeView(QWidget):
    """Dark on white whatever the colour scheme, each module whole pixels wide; `drawing` has a point for each. What it
    shows may be a secret: it is in no cache of painted shapes.
    """

    def __init__(self, drawing: Drawing, name: str) -> None:
        super().__init__()
        self._drawing = drawing
        self._shapes = [(outline_of(path), colour_of(path.fill)) for path in drawing.paths if path.fill]
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        side = self._module_px * round(self._drawing.width)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), qcolor(PAPER))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(self.width() / self._drawing.width, self.height() / self._drawing.height)
        for outline, ink in self._shapes:
            painter.fillPath(outline, ink)
        painter.end()

    @property
    def _module_px(self) -> int:
        return max(3, round(SIDE_PX * text_scale() / self._drawing.width))
