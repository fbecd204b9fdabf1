"""The small list that asks what a box just drawn is to become: one letter, an arrow and Enter, or a click."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.domain.fields.base import Kind
from app.domain.fields.registry import KINDS
from app.domain.geometry import Rect, Size
from app.ui.icons import icon
from app.ui.prepare.page_keys import PageKeys
from app.ui.theme import SPACE, text_scale
from app.ui.widgets.look import set_look

ROLE: Final = int(Qt.ItemDataRole.UserRole)
ROW: Final = 28
ROWS: Final = 9
WIDTH: Final = 190


class KindPicker(QFrame):
    """Lies beside the box it is about. Signals: `chosen(kind)`, then `closed`; only `closed` when it was put away."""

    chosen = Signal(str)
    closed = Signal()

    def __init__(self, parent: QWidget, keys: PageKeys) -> None:
        super().__init__(parent)
        self._above, self._keys = parent, keys
        set_look(self, ground="raised")
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._is_open = True
        self.list = QListWidget()
        self.list.setAccessibleName("What the box becomes")
        self.list.setIconSize(QSize(18, 18))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for kind in KINDS.values():
            self.list.addItem(_item(kind, keys.words_for(kind.name)))
        self.list.setCurrentRow(0)
        self.list.itemClicked.connect(lambda item: self._choose(item.data(ROLE)))
        self.list.installEventFilter(self)
        box = QVBoxLayout(self)
        box.setContentsMargins(SPACE.tight, SPACE.tight, SPACE.tight, SPACE.tight)
        box.addWidget(self.list)
        self.resize(round(WIDTH * text_scale()), round(ROWS * ROW * text_scale()) + 2 * SPACE.tight + 4)

    def open_at(self, box: QRectF) -> None:
        """Below the box, or above it, or wherever the pages leave room."""
        room = self._above.rect()
        top = box.bottom() + SPACE.tight
        if top + self.height() > room.height():
            top = max(box.top() - SPACE.tight - self.height(), 0)
        left = min(max(box.left(), 0.0), max(room.width() - self.width(), 0))
        self.move(QPoint(round(left), round(top)))
        self.show()
        self.raise_()
        self.list.setFocus(Qt.FocusReason.PopupFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._take_key(event)
        if isinstance(event, QFocusEvent) and event.lostFocus():
            self._close()
        return super().eventFilter(watched, event)

    def _take_key(self, event: QKeyEvent) -> bool:
        kind = self._keys.kind(event)
        if event.key() == Qt.Key.Key_Escape:
            self._close()
        elif kind is not None:
            self._choose(kind)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.list.currentItem() is not None:
            self._choose(self.list.currentItem().data(ROLE))
        else:
            return False
        return True

    def _choose(self, kind: str) -> None:
        self._close()
        self.chosen.emit(kind)

    def _close(self) -> None:
        """Once: hiding it takes the focus away, which would close it again."""
        if self._is_open:
            self._is_open = False
            self.hide()
            self.deleteLater()
            self.closed.emit()


def grown_to_least(kind: str, rect: Rect, page: Size) -> Rect:
    """The box as drawn, at least as large as its kind must be, on the page."""
    least = KINDS[kind].minimum_size
    return Rect(rect.x, rect.y, max(rect.width, least.width), max(rect.height, least.height)).clamped(page)


def _item(kind: Kind, key: str) -> QListWidgetItem:
    item = QListWidgetItem(icon(kind.icon), f"{kind.title}   {key}" if key else kind.title)
    item.setData(ROLE, kind.name)
    item.setData(Qt.ItemDataRole.AccessibleTextRole, kind.title)
    item.setSizeHint(QSize(60, round(ROW * text_scale())))
    return item
