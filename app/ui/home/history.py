"""An envelope's history as a line with dots: the audit trail in plain words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.models.wording import full_date, short_date
from app.ui.theme import SPACE, TypeSize, face, qcolor, tokens_of

if TYPE_CHECKING:
    from app.services.auditing import Line

LEFT: Final = 20
WRAP: Final = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


class History(QWidget):
    """The newest line first. Its accessible description is the whole text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[Line, ...] = ()
        self._now = datetime.now().astimezone()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName("History")

    def show_lines(self, lines: Sequence[Line]) -> None:
        self._lines = tuple(reversed(lines))
        self._now = datetime.now().astimezone()
        told = (f"{full_date(line.when, self._now)}: {line.sentence}" for line in self._lines)
        self.setAccessibleDescription("\n".join(told))
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return sum(self._height(line, width) for line in self._lines)

    def sizeHint(self) -> QSize:
        return QSize(240, self.heightForWidth(max(240, self.width())))

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = tokens_of(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top = 0
        for at, line in enumerate(self._lines):
            height = self._height(line, self.width())
            centre = top + QFontMetrics(face(TypeSize.BODY)).height() // 2
            if at < len(self._lines) - 1:
                painter.fillRect(QRect(5, centre, 1, height), qcolor(tokens.hairline))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(qcolor(tokens.accent if at == 0 else tokens.edge))
            painter.drawEllipse(QRect(2, centre - 3, 7, 7))
            self._draw_words(painter, line, top, height)
            top += height
        painter.end()

    def _draw_words(self, painter: QPainter, line: Line, top: int, height: int) -> None:
        tokens = tokens_of(self.palette())
        painter.setFont(face(TypeSize.BODY))
        painter.setPen(qcolor(tokens.text))
        box = QRect(LEFT, top, self.width() - LEFT, height)
        used = painter.boundingRect(box, WRAP, line.sentence)
        painter.drawText(box, WRAP, line.sentence)
        painter.setFont(face(TypeSize.SMALL))
        painter.setPen(qcolor(tokens.muted))
        when = short_date(line.when, self._now)
        painter.drawText(box.adjusted(0, used.height() + 1, 0, 0), WRAP, when)

    def _height(self, line: Line, width: int) -> int:
        body, small = QFontMetrics(face(TypeSize.BODY)), QFontMetrics(face(TypeSize.SMALL))
        text = body.boundingRect(QRect(0, 0, max(80, width - LEFT), 10_000), WRAP, line.sentence)
        return text.height() + small.height() + SPACE.snug
