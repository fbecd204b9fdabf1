"""The documents of the envelope in their order."""

from __future__ import annotations

from typing import Final, cast

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem

from app.domain.envelope import Envelope
from app.ui.icons import icon
from app.ui.theme import text_scale

ROLE: Final = int(Qt.ItemDataRole.UserRole)
MOST_ROWS: Final = 4


class DocumentList(QListWidget):
    """Signals: `ordered(tuple of ids)` after a row was carried elsewhere, `opened(id)`, `menu_wanted(id, QPoint)`,
    `remove_wanted(id)`."""

    ordered = Signal(tuple)
    opened = Signal(str)
    menu_wanted = Signal(str, QPoint)
    remove_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Documents")
        self.setProperty("ground", "window")
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setIconSize(QSize(16, 16))
        self.itemClicked.connect(lambda item: self.opened.emit(item.data(ROLE)))
        self.itemActivated.connect(lambda item: self.opened.emit(item.data(ROLE)))

    def show_documents(self, envelope: Envelope, is_editable: bool) -> None:
        kept = self.currentRow()
        self.setDragEnabled(is_editable and len(envelope.documents) > 1)
        self.clear()
        for document in envelope.documents:
            pages = len(document.pages)
            item = QListWidgetItem(icon("file-text", "muted"), document.title)
            item.setData(ROLE, document.id)
            item.setToolTip(f"{document.title}\n{pages} page{'' if pages == 1 else 's'}")
            item.setSizeHint(QSize(60, _row_height()))
            self.addItem(item)
        self.setCurrentRow(min(kept, self.count() - 1))
        self.setFixedHeight(max(1, min(self.count(), MOST_ROWS)) * _row_height() + 4)

    def dropEvent(self, event: QDropEvent) -> None:
        super().dropEvent(event)
        self.ordered.emit(self._ids())

    def event(self, event: QEvent) -> bool:
        """Del here means the document, whatever is selected on the pages."""
        if event.type() == QEvent.Type.ShortcutOverride and cast("QKeyEvent", event).key() == Qt.Key.Key_Delete:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        moves = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        item = self.currentItem()
        if event.modifiers() & Qt.KeyboardModifier.AltModifier and event.key() in moves and self.dragEnabled():
            ids, at, to = list(self._ids()), self.currentRow(), self.currentRow() + moves[Qt.Key(event.key())]
            if 0 <= to < len(ids):
                ids.insert(to, ids.pop(at))
                self.ordered.emit(tuple(ids))
        elif event.key() == Qt.Key.Key_Delete and item is not None:
            self.remove_wanted.emit(item.data(ROLE))
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        item = self.itemAt(event.pos()) or self.currentItem()
        if item is not None:
            self.menu_wanted.emit(item.data(ROLE), event.globalPos())

    def _ids(self) -> tuple[str, ...]:
        return tuple(self.item(at).data(ROLE) for at in range(self.count()))


def _row_height() -> int:
    return round(32 * text_scale())
