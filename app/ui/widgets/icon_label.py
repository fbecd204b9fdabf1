"""An icon that stands beside text and is no button."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.icons import SIDE, draw_icon
from app.ui.theme import tokens_of


class IconLabel(QWidget):
    """Drawn anew at each paint, so that it follows the scheme. Without a name it is decoration to a
    reader."""

    def __init__(self, name: str, tone: str = "muted", side: int = SIDE, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._tone = tone
        self._side = side
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_icon(self, name: str, tone: str) -> None:
        self._name, self._tone = name, tone
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._side, self._side)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        draw_icon(painter, self.rect(), self._name, getattr(tokens_of(self.palette()), self._tone))
        painter.end()
