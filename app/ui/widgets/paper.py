"""A page on the desk: white, with the one shadow of the program."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.theme import PAPER, SPACE, Tokens, qcolor, tokens_of

A4: Final = 210 / 297
SHADOW: Final = 10


def draw_sheet(painter: QPainter, sheet: QRectF, tokens: Tokens) -> None:
    """The white of a page with its shadow; the contents are drawn over it."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    for spread in range(SHADOW, 0, -1):
        near = 1 - spread / (SHADOW + 1)
        painter.setBrush(qcolor(tokens.shadow, (0.09 if tokens.is_dark else 0.022) * near))
        painter.drawRoundedRect(sheet.adjusted(-spread, -spread + 2, spread, spread + 2), spread, spread)
    painter.setBrush(qcolor(PAPER))
    painter.drawRect(sheet)
    painter.restore()


class Paper(QWidget):
    """Shows one page's picture as large as fits, or a blank sheet until it comes."""

    def __init__(self, height: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = QImage()
        self._height = height
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("First page")

    def show_picture(self, picture: QImage) -> None:
        self._picture = picture
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(round(self._height * A4) + SPACE.around, self._height + SPACE.around)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        sheet = self._sheet()
        draw_sheet(painter, sheet, tokens_of(self.palette()))
        if not self._picture.isNull():
            painter.drawImage(sheet, self._picture)
        painter.end()

    def _sheet(self) -> QRectF:
        room = QRectF(self.rect()).adjusted(SPACE.snug, SPACE.inside, -SPACE.snug, -SPACE.between)
        ratio = A4 if self._picture.isNull() else self._picture.width() / max(1, self._picture.height())
        width = min(room.width(), room.height() * ratio)
        sheet = QRectF(0, 0, round(width), round(width / ratio))
        sheet.moveCenter(room.center())
        sheet.moveTo(round(sheet.left()), round(sheet.top()))
        return sheet
