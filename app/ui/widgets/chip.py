"""A state in a word, tinted: the status of an envelope, a verdict, a level."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.icons import draw_icon
from app.ui.theme import Tokens, TypeSize, face, qcolor, tokens_of

ICON: Final = 14
SIDE: Final = 8
HEIGHT: Final = 22


@dataclass(frozen=True)
class State:
    """`tone` is muted, accent, good, warn or bad. Never colour alone: there is an icon and a word."""

    word: str
    tone: str = "muted"
    icon: str = ""


def chip_width(state: State) -> int:
    return QFontMetrics(face(TypeSize.SMALL)).horizontalAdvance(state.word) + 2 * SIDE + (ICON + 4 if state.icon else 0)


def chip_height() -> int:
    return max(HEIGHT, QFontMetrics(face(TypeSize.SMALL)).height() + 6)


def draw_chip(painter: QPainter, rect: QRectF, state: State, tokens: Tokens) -> None:
    """Fills `rect`, which is `chip_width` by `chip_height`."""
    ink = getattr(tokens, state.tone)
    ground = tokens.hover if state.tone == "muted" else getattr(tokens, f"{state.tone}_soft")
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(qcolor(ground))
    painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
    left = rect.left() + SIDE
    if state.icon:
        box = QRect(round(left), round(rect.center().y() - ICON / 2), ICON, ICON)
        draw_icon(painter, box, state.icon, ink)
        left += ICON + 4
    painter.setFont(face(TypeSize.SMALL))
    painter.setPen(qcolor(ink))
    text = QRectF(left, rect.top(), rect.right() - left, rect.height())
    painter.drawText(text, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, state.word)
    painter.restore()


class Chip(QWidget):
    """A chip as a widget; its accessible name is its word."""

    def __init__(self, state: State, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(state.word)

    def show_state(self, state: State) -> None:
        self._state = state
        self.setAccessibleName(state.word)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(chip_width(self._state), chip_height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        draw_chip(painter, QRectF(self.rect()), self._state, tokens_of(self.palette()))
        painter.end()
