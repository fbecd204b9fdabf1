"""A field on its way from the palette to a page: while over no page it hangs at the pointer, as large as it will be."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.domain.fields.base import Kind
from app.ui.canvas.glass import FieldLook, draw_field
from app.ui.canvas.painter import DrawingPainter
from app.ui.models.draft import Draft
from app.ui.prepare.fields_overlay import look_of
from app.ui.theme import PAPER, qcolor


class CarriedField(QWidget):
    """Lies over the whole page of the program and takes no events."""

    def __init__(self, draft: Draft, drawings: DrawingPainter, parent: QWidget) -> None:
        super().__init__(parent)
        self._draft, self._drawings = draft, drawings
        self._look: FieldLook | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def carry(self, kind: Kind, scale: float, at: QPointF) -> None:
        """`at` in the parent's pixels is where its middle goes; `scale` as of the pages."""
        current = self._draft.current if kind.needs_recipient else None
        self._look = look_of(self._draft, kind, kind.title, current.role if current else None)
        width, height = kind.default_size.width * scale, kind.default_size.height * scale
        self.setGeometry(QRectF(at.x() - width / 2, at.y() - height / 2, width, height).toAlignedRect())
        self.raise_()
        self.show()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._look is None:
            return
        painter = QPainter(self)
        painter.setOpacity(0.9)
        painter.fillRect(self.rect(), qcolor(PAPER, 0.92))
        draw_field(painter, QRectF(self.rect()), self._look, self._drawings)
        painter.end()
