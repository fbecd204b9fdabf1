"""After a document was replaced: where each of its fields is now, to be looked through."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem, QPushButton, QWidget

from app.domain.fields.registry import KINDS
from app.services.replacing import Line, Outcome
from app.ui.icons import icon
from app.ui.theme import SPACE
from app.ui.widgets.look import column, label, row, set_look

ROLE: Final = int(Qt.ItemDataRole.UserRole)
LOOKS: Final = {
    Outcome.NOT_FOUND: ("triangle-alert", "warn", "its words are not there any more; look where it belongs"),
    Outcome.MOVED: ("move", "accent", "moved with its words"),
    Outcome.KEPT: ("circle-check", "good", "stayed in its place"),
}


class ReplacedDialog(QDialog):
    """Stays beside the pages while one looks. Signals: `wanted(field id)` when a line is chosen."""

    wanted = Signal(str)

    def __init__(self, lines: Sequence[Line], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Fields of the new version")
        self.setMinimumSize(560, 360)
        self.list = QListWidget()
        self.list.setAccessibleName("Where the fields are now")
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for outcome in LOOKS:
            for line in lines:
                if line.outcome is outcome:
                    self.list.addItem(_item(line))
        self.list.currentItemChanged.connect(lambda item, _: self.wanted.emit(item.data(ROLE)) if item else None)
        done = QPushButton("Done")
        set_look(done, kind="primary")
        done.clicked.connect(self.accept)
        lost = sum(line.outcome is Outcome.NOT_FOUND for line in lines)
        says = f"{lost} of {len(lines)} fields need a look" if lost else f"All {len(lines)} fields found their place"
        self.setLayout(
            column(label(says, "large", strong=True), self.list, row(None, done), gap=SPACE.snug, margin=SPACE.around)
        )


def _item(line: Line) -> QListWidgetItem:
    mark, tone, words = LOOKS[line.outcome]
    name = line.field.label or KINDS[line.field.kind].title
    page = line.field.page
    where = f"page {page}" if page == line.page_before else f"page {line.page_before}, now {page}"
    item = QListWidgetItem(icon(mark, tone), f"{name}, {where}: {words}")
    item.setData(ROLE, line.field.id)
    return item
