"""A field on the page: tinted glass in its recipient's colour, never opaque over text.

Three signs say whose it is, so that colour is never alone: the strip's pattern, the badge's initials, the tint.
A dashed edge says the field is optional.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPen

from app.domain.drawing import Drawing
from app.ui.canvas.painter import DrawingPainter
from app.ui.icons import draw_icon
from app.ui.theme import LIGHT, PAPER, Pattern, RecipientColour, TypeSize, face, mix, qcolor
from app.ui.widgets.badge import Person, draw_badge

STRIP: Final = 3.0
CORNER: Final = 3.0
SMALL_BADGE: Final = 14.0
DEEPEST: Final = 0.30
"""How much of the recipient's colour the glass of a selected field takes."""
NOBODY: Final = RecipientColour("nobody", LIGHT.muted, PAPER, LIGHT.muted, Pattern.SOLID)
"""For what belongs to the document and to no recipient. Pages are white in every scheme, so this is the light ink."""


def words_ink(colour: RecipientColour) -> QColor:
    """Of words on the glass: the recipient's line, darkened until it can be read on the deepest tint."""
    return mix(colour.line, LIGHT.text, 0.4)


@dataclass(frozen=True)
class FieldLook:
    """What is shown of one field. `drawing` is what stands in it, in points; `person` is None for a note.
    `is_faint` for those of others while one recipient's are meant; `is_moving` while a hand looks for its place, which
    words would hide."""

    icon: str
    label: str
    person: Person | None
    colour: RecipientColour
    drawing: Drawing | None = None
    is_required: bool = True
    is_hovered: bool = False
    is_selected: bool = False
    is_faint: bool = False
    is_moving: bool = False


def draw_field(painter: QPainter, box: QRectF, look: FieldLook, drawings: DrawingPainter) -> None:
    """`box` in the painter's pixels."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if look.is_faint:
        painter.setOpacity(0.45)
    _draw_glass(painter, box, look)
    filled = look.drawing is not None and not look.drawing.empty
    if look.drawing is not None and filled:
        drawings.paint(painter, look.drawing, box)
    _draw_words(painter, box, look, only_badge=filled or look.is_moving)
    painter.restore()


def _draw_glass(painter: QPainter, box: QRectF, look: FieldLook) -> None:
    """The tint is multiplied into the page: print below it stays as black as it was."""
    share = DEEPEST if look.is_selected else 0.24 if look.is_hovered else 0.17
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
    painter.setBrush(mix(PAPER, look.colour.fill, share))
    painter.drawRoundedRect(box, CORNER, CORNER)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
    strip = QRectF(box.left(), box.top(), min(STRIP, box.width() / 3), box.height())
    painter.fillRect(strip, QBrush(qcolor(look.colour.line), look.colour.pattern.value))
    pen = QPen(qcolor(look.colour.line, 1.0 if look.is_selected or look.is_hovered else 0.6), 1.0)
    if not look.is_required:
        pen.setDashPattern([3, 2.5])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), CORNER, CORNER)


def _draw_words(painter: QPainter, box: QRectF, look: FieldLook, only_badge: bool) -> None:
    """Icon, label, badge: as many as there is room for; the badge last, and outside where the field is tiny."""
    roomy = box.width() >= 56 and box.height() >= 15
    side = min(18.0, box.height() - 5)
    right = box.right() - 3
    if look.person is not None:
        if roomy and not only_badge:
            spot = QRectF(right - side, box.center().y() - side / 2, side, side)
            right = spot.left() - 4
        else:
            # Over the corner; beside it where the field is so small that its tick would lie underneath.
            over = SMALL_BADGE * 0.55 if box.width() >= 3 * SMALL_BADGE else 0.0
            spot = QRectF(box.right() - over, box.top() - SMALL_BADGE * 0.45, SMALL_BADGE, SMALL_BADGE)
        draw_badge(painter, spot, look.person, LIGHT, PAPER)
    if only_badge or box.height() < 11:
        return
    left = box.left() + STRIP + 5
    icon = round(min(18.0, box.height() - 6))
    if right - left >= icon:
        draw_icon(painter, QRect(round(left), round(box.center().y() - icon / 2), icon, icon), look.icon,
                  look.colour.line)  # fmt: skip
        left += icon + 5
    if right - left >= 18:
        _draw_label(painter, QRectF(left, box.top(), right - left, box.height()), look)


def _draw_label(painter: QPainter, room: QRectF, look: FieldLook) -> None:
    font = face(TypeSize.BODY)
    font.setPixelSize(max(9, min(font.pixelSize(), round(room.height() * 0.6))))
    shown = QFontMetricsF(font).elidedText(look.label, Qt.TextElideMode.ElideRight, room.width())
    painter.setFont(font)
    painter.setPen(words_ink(look.colour))
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
