"""A recipient's badge: initials on the recipient's colour, the rim in the recipient's pattern."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.icons import draw_icon
from app.ui.theme import Tokens, TypeSize, Weight, face, qcolor, recipient_colour, tokens_of

SIDE: Final = 28
RIM: Final = 0.1
"""Of the diameter."""
OVERLAP: Final = 1


@dataclass(frozen=True)
class Person:
    """What a badge shows. `index` is the recipient's place in the envelope, from 0; `done` sets a tick."""

    initials: str
    index: int
    name: str = ""
    done: bool = False


def draw_badge(painter: QPainter, rect: QRectF, person: Person, tokens: Tokens, ground: str) -> None:
    """A disc in `rect`. The rim carries the pattern in the colour of the text, so that two people are told
    apart without colour; `ground` is the colour the badge lies on."""
    colour = recipient_colour(person.index)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(qcolor(colour.fill))
    painter.drawEllipse(rect)
    if colour.pattern.value != Qt.BrushStyle.SolidPattern:
        rim = QPainterPath()
        rim.addEllipse(rect)
        rim_px = rect.height() * RIM
        rim.addEllipse(rect.adjusted(rim_px, rim_px, -rim_px, -rim_px))
        painter.fillPath(rim, QBrush(qcolor(colour.on_fill, 0.85), colour.pattern.value))
    painter.setPen(qcolor(colour.on_fill))
    font = face(TypeSize.SMALL, Weight.SEMIBOLD)
    font.setPixelSize(max(8, round(rect.height() * 0.4)))
    painter.setFont(font)
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, person.initials)
    if person.done:
        _draw_tick(painter, rect, tokens, ground)
    painter.restore()


def draw_badges(
    painter: QPainter, rect: QRectF, people: Sequence[Person], tokens: Tokens, ground: str, side: float = 24
) -> None:
    """As many as fit, overlapping a little; the rest as a number."""
    step = side - OVERLAP
    room = max(1, int((rect.width() - side) // step) + 1)
    shown = people if len(people) <= room else people[: room - 1]
    top = rect.center().y() - side / 2
    left = rect.left()
    for person in shown:
        spot = QRectF(left, top, side, side)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(qcolor(ground))
        painter.drawEllipse(spot.adjusted(-1.5, -1.5, 1.5, 1.5))
        draw_badge(painter, spot, person, tokens, ground)
        left += step
    if len(shown) < len(people):
        painter.setFont(face(TypeSize.SMALL))
        painter.setPen(qcolor(tokens.muted))
        text = f"+{len(people) - len(shown)}"
        painter.drawText(QRectF(left + 5, top, 40, side), Qt.AlignmentFlag.AlignVCenter, text)


class Badge(QWidget):
    """One recipient's badge as a widget."""

    def __init__(self, person: Person, side: int = SIDE, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._person = person
        self._side = side
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(person.name or person.initials)
        self.setToolTip(person.name)

    def sizeHint(self) -> QSize:
        return QSize(self._side, self._side)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        tokens = tokens_of(self.palette())
        draw_badge(painter, QRectF(self.rect()), self._person, tokens, tokens.surface)
        painter.end()


def _draw_tick(painter: QPainter, rect: QRectF, tokens: Tokens, ground: str) -> None:
    """Done: a small disc with a tick on the lower right edge."""
    side = rect.height() * 0.46
    spot = QRectF(rect.right() - side * 0.8, rect.bottom() - side * 0.8, side, side)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(qcolor(ground))
    painter.drawEllipse(spot.adjusted(-1.5, -1.5, 1.5, 1.5))
    painter.setBrush(qcolor(tokens.good))
    painter.drawEllipse(spot)
    draw_icon(painter, spot.adjusted(1, 1, -1, -1).toRect(), "check", tokens.on_state)
