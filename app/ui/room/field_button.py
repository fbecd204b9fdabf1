"""A field of the signer on the page: a real button, so that any key, any finger and any screen reader finds it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from app.domain.drawing import Drawing
from app.domain.fields.base import Field
from app.domain.fields.registry import kind_of
from app.ui.icons import draw_icon
from app.ui.models.room_speech import say
from app.ui.models.room_walk import title_of
from app.ui.room.marks import Artist
from app.ui.room.parts import TOUCH
from app.ui.theme import LIGHT, PAPER, TypeSize, face, mix, qcolor

RING: Final = 3.0
CORNER: Final = 3.0


class FieldButton(QAbstractButton):
    """Larger than its field where that is too small for a finger; painted only where the field is.

    Paper is white in every scheme, hence the light table. `beside(step)` goes to a neighbour by Tab and says whether
    there was one; fields further down the pages are not on the screen, so Qt's own chain would miss them.

    Signals: `stepped(int)` for Enter (1) and Shift+Enter (-1); `focused` when it came to have the focus.
    """

    stepped = Signal(int)
    focused = Signal()

    def __init__(
        self, field: Field, artist: Artist, parent: QWidget, beside: Callable[[int], bool] | None = None
    ) -> None:
        super().__init__(parent)
        by_hand = beside is not None
        self._beside = beside
        self.field = field
        self._artist = artist
        self.by_hand = by_hand
        self._box = QRectF()
        self._drawing: Drawing | None = None
        self._missing = self._current = False
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        if by_hand:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        else:
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.setToolTip(say("Filled in by itself"))
        artist.arrived.connect(self.update)

    @property
    def box_px(self) -> QRectF:
        """The field itself, in the viewport's pixels."""
        return self._box.translated(self.pos())

    def place(self, rect: QRectF) -> None:
        """Over `rect` of the viewport, grown to the size of a fingertip and by the ring."""
        grow_x = max((TOUCH - rect.width()) / 2, RING + 2) if self.by_hand else 2
        grow_y = max((TOUCH - rect.height()) / 2, RING + 2) if self.by_hand else 2
        outer = rect.adjusted(-grow_x, -grow_y, grow_x, grow_y).toAlignedRect()
        self.setGeometry(outer)
        self._box = rect.translated(-outer.left(), -outer.top())

    def show_state(self, drawing: Drawing | None, missing: bool, current: bool, spoken: str) -> None:
        self._drawing, self._missing, self._current = drawing, missing, current
        self.setAccessibleName(spoken)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(TOUCH, TOUCH)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.stepped.emit(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit()

    def focusNextPrevChild(self, forward: bool) -> bool:
        if self._beside is not None and self._beside(1 if forward else -1):
            return True
        return super().focusNextPrevChild(forward)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        filled = self._drawing is not None and not self._drawing.empty
        if self.by_hand:
            self._paint_glass(painter)
        if filled:
            self._artist.paint(painter, self._drawing, self._box)
        if not filled or self._missing:
            self._paint_words(painter)
        if self._current or self.hasFocus():
            painter.setPen(QPen(qcolor(LIGHT.focus), RING - 0.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self._box.adjusted(-2.5, -2.5, 2.5, 2.5), CORNER + 2, CORNER + 2)
        painter.end()

    def _paint_glass(self, painter: QPainter) -> None:
        """Multiplied into the page, so that print below stays as black as it was."""
        share = 0.05 if not self._missing else 0.14
        if self.underMouse():
            share += 0.05
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(mix(PAPER, LIGHT.accent, share))
        painter.drawRoundedRect(self._box, CORNER, CORNER)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        pen = QPen(qcolor(LIGHT.accent, 0.9 if self._missing else 0.35), 1)
        if not (self.field.required and self.isEnabled()):
            pen.setDashPattern([3, 3])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(self._box.adjusted(0.5, 0.5, -0.5, -0.5), CORNER, CORNER)

    def _paint_words(self, painter: QPainter) -> None:
        """What is wanted here, as far as there is room beside what the field draws itself."""
        if self._drawing is not None and not self._drawing.empty:
            return
        box, ink = self._box, LIGHT.accent if self.by_hand else LIGHT.muted
        side = min(18, round(box.height() - 6))
        if side < 8:
            return
        left = box.left() + 6
        if box.width() >= side + 10:
            draw_icon(painter, QRect(round(left), round(box.center().y() - side / 2), side, side), self._icon(), ink)
            left += side + 6
        font = face(TypeSize.BODY)
        font.setPixelSize(max(9, min(font.pixelSize(), round(box.height() * 0.6))))
        words = title_of(self.field)
        words = words if self.field.required or not self.by_hand else say("{field} (optional)", field=words)
        room = QRectF(left, box.top(), box.right() - left - 4, box.height())
        if room.width() < 24:
            return
        painter.setFont(font)
        painter.setPen(qcolor(ink))
        shown = QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)

    def _icon(self) -> str:
        return kind_of(self.field).icon
