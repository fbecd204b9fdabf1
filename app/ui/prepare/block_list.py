"""The person's blocks below the palette, each with a small picture of its fields."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QMenu

from app.domain.block import Block
from app.ui.icons import icon
from app.ui.theme import LIGHT, PAPER, qcolor, text_scale

ROLE: Final = int(Qt.ItemDataRole.UserRole)
PICTURE: Final = QSize(44, 28)
ROW: Final = 36
MOST_ROWS: Final = 4


class BlockList(QListWidget):
    """Signals: `picked(name)`, `remove_wanted(name)`, `export_wanted`, `import_wanted`."""

    picked = Signal(str)
    remove_wanted = Signal(str)
    export_wanted = Signal()
    import_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Blocks")
        self.setProperty("ground", "surface")
        self.setIconSize(PICTURE)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._show_menu)
        self.itemClicked.connect(lambda item: self.picked.emit(item.data(ROLE)))
        self.show_blocks(())

    def show_blocks(self, blocks: Sequence[Block]) -> None:
        self.clear()
        for block in blocks:
            item = QListWidgetItem(QIcon(_picture(block, self.devicePixelRatioF())), block.name)
            item.setData(ROLE, block.name)
            count = len(block.fields)
            item.setToolTip(f"{block.name}, {count} field{'' if count == 1 else 's'}\nClick it, then click on a page.")
            item.setSizeHint(QSize(60, round(ROW * text_scale())))
            self.addItem(item)
        self.setVisible(bool(blocks))
        self.setFixedHeight(max(1, min(self.count(), MOST_ROWS)) * round(ROW * text_scale()) + 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        chosen = self.selectedItems()
        if chosen and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.picked.emit(chosen[0].data(ROLE))
        elif chosen and event.key() == Qt.Key.Key_Delete:
            self.remove_wanted.emit(chosen[0].data(ROLE))
        else:
            super().keyPressEvent(event)

    def _show_menu(self, at: QPoint) -> None:
        item = self.itemAt(at)
        if item is None:
            return
        name = item.data(ROLE)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(icon("download"), "Export all blocks…", self.export_wanted.emit)
        menu.addAction(icon("upload"), "Import blocks…", self.import_wanted.emit)
        menu.addSeparator()
        menu.addAction(icon("trash-2", "bad"), "Remove block", lambda: self.remove_wanted.emit(name))
        menu.popup(self.viewport().mapToGlobal(at))


def _picture(block: Block, ratio: float) -> QPixmap:
    """Its fields as boxes on paper, as large as fits."""
    made = QPixmap(PICTURE * ratio)
    made.setDevicePixelRatio(ratio)
    made.fill(qcolor(PAPER))
    scale = min((PICTURE.width() - 4) / block.size.width, (PICTURE.height() - 4) / block.size.height)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(qcolor(LIGHT.accent), 1))
    painter.setBrush(qcolor(LIGHT.accent, 0.2))
    for field in block.fields:
        rect = field.rect
        painter.drawRect(
            QRectF(2 + rect.x * scale, 2 + rect.y * scale, max(rect.width * scale, 2), max(rect.height * scale, 2))
        )
    painter.end()
    return made
