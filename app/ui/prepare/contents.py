"""The documents' own tables of contents, as a list one goes by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QPushButton, QTreeWidget, QTreeWidgetItem, QWidget

from app.ui.canvas.layout import PageRef
from app.ui.theme import SPACE
from app.ui.widgets.look import column, label, row

ROLE: Final = int(Qt.ItemDataRole.UserRole)


@dataclass(frozen=True)
class Heading:
    """`level` from 1; `page` None leads nowhere."""

    level: int
    title: str
    page: PageRef | None


class ContentsDialog(QDialog):
    """Stays beside the pages. Signals: `wanted(PageRef)`."""

    wanted = Signal(object)

    def __init__(self, headings: Sequence[Heading], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Contents")
        self.resize(360, 480)
        self.tree = QTreeWidget()
        self.tree.setHeaderHidden(True)
        self.tree.setAccessibleName("Contents of the documents")
        self._fill(headings)
        self.tree.expandAll()
        self.tree.currentItemChanged.connect(lambda item, _: self._go(item))
        narrow = QLineEdit()
        narrow.setPlaceholderText("Search")
        narrow.setAccessibleName("Search the contents")
        narrow.textChanged.connect(self._narrow)
        empty = label("These documents have no table of contents.", ink="muted", wrap=True)
        empty.setVisible(not headings)
        self.tree.setVisible(bool(headings))
        narrow.setVisible(bool(headings))
        done = QPushButton("Close")
        done.clicked.connect(self.close)
        self.setLayout(column(narrow, self.tree, empty, row(None, done), gap=SPACE.snug, margin=SPACE.between))

    def _fill(self, headings: Sequence[Heading]) -> None:
        above: list[tuple[int, QTreeWidgetItem]] = []
        for heading in headings:
            item = QTreeWidgetItem([heading.title])
            item.setData(0, ROLE, heading.page)
            while above and above[-1][0] >= heading.level:
                above.pop()
            if above:
                above[-1][1].addChild(item)
            else:
                self.tree.addTopLevelItem(item)
            above.append((heading.level, item))

    def _go(self, item: QTreeWidgetItem | None) -> None:
        page = item.data(0, ROLE) if item is not None else None
        if page is not None:
            self.wanted.emit(page)

    def _narrow(self, words: str) -> None:
        """A heading is shown when it or anything below it fits."""

        def fits(item: QTreeWidgetItem | None) -> bool:
            if item is None:
                return False
            below = [fits(item.child(at)) for at in range(item.childCount())]
            shown = words.casefold() in item.text(0).casefold() or any(below)
            item.setHidden(not shown)
            return shown

        for at in range(self.tree.topLevelItemCount()):
            fits(self.tree.topLevelItem(at))
