"""The tag beside the field that is next: it says what to do, and doing it is one press."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QAbstractButton, QWidget

from app.ui.models.room_speech import say
from app.ui.models.room_tag import Spot
from app.ui.room.parts import TOUCH
from app.ui.theme import LIGHT, SPACE, TypeSize, Weight, face, qcolor

POINT: Final = 14


class Tag(QAbstractButton):
    """A flag with its point towards the field. It lies on paper or desk, hence one look in both schemes."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._points_right = True
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        # The field itself takes the focus; the tag is for hands.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def say(self, word: str, about: str) -> None:
        self.setText(word)
        self.setAccessibleName(say("{word}: {field}", word=word, field=about))
        self.resize(self.sizeHint())
        self.update()

    def place(self, spot: Spot) -> None:
        self._points_right = spot.side.points_right
        rect = spot.rect
        self.setGeometry(round(rect.x), round(rect.y), round(rect.width), round(rect.height))
        self.update()

    def sizeHint(self) -> QSize:
        font = face(TypeSize.LARGE, Weight.SEMIBOLD)
        width = QFontMetrics(font).horizontalAdvance(self.text()) + 2 * SPACE.between + POINT
        return QSize(width, max(TOUCH, QFontMetrics(font).height() + SPACE.between))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        w, h = self.width(), self.height()
        corners = ((2, 4), (w - POINT, 4), (w - 1, h / 2), (w - POINT, h - 4), (2, h - 4))
        flag = [QPointF(x, y) for x, y in corners]
        if not self._points_right:
            flag = [QPointF(w - point.x(), point.y()) for point in flag]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(qcolor(LIGHT.accent_hover if self.underMouse() or self.isDown() else LIGHT.accent))
        painter.drawPolygon(QPolygonF(flag))
        painter.setPen(qcolor(LIGHT.on_accent))
        painter.setFont(face(TypeSize.LARGE, Weight.SEMIBOLD))
        shift = -POINT / 2 if self._points_right else POINT / 2
        painter.drawText(QRectF(shift, 0, w, h), Qt.AlignmentFlag.AlignCenter, self.text())
        painter.end()
