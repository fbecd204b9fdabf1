"""A line of text that ends in an ellipsis where the room ends, and says the whole in its tool tip."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QStyle

from app.ui.widgets.look import set_look


class ElidedLabel(QLabel):
    """A label that ends in an ellipsis where room is short; the whole text is its tool tip."""

    def __init__(
        self, text: str = "", size: str = "body", *, ink: str = "", strong: bool = False, middle: bool = False
    ) -> None:
        super().__init__()
        self._mode = Qt.TextElideMode.ElideMiddle if middle else Qt.TextElideMode.ElideRight
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        set_look(self, type=size, ink=ink, strong=strong)
        self.say(text)

    def say(self, text: str) -> None:
        self.setText(text)
        self.setToolTip(text)

    def minimumSizeHint(self) -> QSize:
        return QSize(24, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        shown = self.fontMetrics().elidedText(self.text(), self._mode, self.width())
        painter.setPen(self.palette().windowText().color())
        side = QStyle.visualAlignment(self.layoutDirection(), self.alignment())
        painter.drawText(self.rect(), side | Qt.TextFlag.TextSingleLine, shown)
        painter.end()
