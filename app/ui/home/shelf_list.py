"""The shelves, painted: icon, name, number."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.ui.icons import draw_icon
from app.ui.models.shelves import Index, Shelf, ShelfRole, Shelves
from app.ui.theme import CORNER_SMALL, SPACE, TypeSize, Weight, face, qcolor, tokens_of
from app.ui.widgets.look import set_look

ICON: Final = 18


class ShelfList(QListView):
    """Signals: `chosen` with a `Shelf`."""

    chosen = Signal(object)

    def __init__(self, model: Shelves, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shelves = model
        self.setModel(model)
        self.setItemDelegate(_ShelfPainter(self))
        self.setAccessibleName("Shelves")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSpacing(1)
        set_look(self, ground="window")
        self._name = ""
        model.modelReset.connect(lambda: self.choose(self._name))

    def choose(self, name: str) -> None:
        """Without telling: the page knows."""
        self._name = name
        self.setCurrentIndex(self._shelves.index(self._shelves.row_of(name)))

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        shelf = self._shelves.data(current, ShelfRole.SHELF) if current.isValid() else None
        if isinstance(shelf, Shelf) and shelf.name != self._name:
            self._name = shelf.name
            self.chosen.emit(shelf)


class _ShelfPainter(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, QFontMetrics(face(TypeSize.BODY)).height() + SPACE.between)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        shelf = index.data(ShelfRole.SHELF)
        tokens = tokens_of(option.palette)
        box: QRect = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        over = bool(option.state & QStyle.StateFlag.State_MouseOver)
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(qcolor(tokens.focus) if focused else Qt.PenStyle.NoPen)
        if chosen or over or focused:
            painter.setBrush(qcolor(tokens.selected if chosen else tokens.hover))
            painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), CORNER_SMALL, CORNER_SMALL)
        icon = QRect(box.left() + SPACE.inside, box.center().y() - ICON // 2 + 1, ICON, ICON)
        draw_icon(painter, icon, shelf.icon, tokens.accent if chosen else tokens.muted)
        words = box.adjusted(SPACE.inside + ICON + SPACE.snug, 0, -SPACE.inside, 0)
        painter.setFont(face(TypeSize.SMALL))
        painter.setPen(qcolor(tokens.muted))
        number = index.data(ShelfRole.COUNT)
        count = f"{number:,}" if number else ""
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, count)
        words.setRight(words.right() - painter.fontMetrics().horizontalAdvance(count) - SPACE.tight)
        painter.setPen(qcolor(tokens.text))
        painter.setFont(face(TypeSize.BODY, Weight.SEMIBOLD if chosen else Weight.REGULAR))
        title = painter.fontMetrics().elidedText(shelf.title, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, title)
        painter.restore()
