"""The way from the preferences to the designs of seals."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from app.ui.desk import Desk
from app.ui.theme import SPACE
from app.ui.widgets.look import column, label, row, set_look


class DesignsCard(QFrame):
    """The designer is read when it is opened."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_look(self, ground="card")
        self._desk = desk
        button = QPushButton("Designs…")
        button.clicked.connect(self._open)
        told = label("What is seen of a seal in the page: lines, picture, ink, date.", "small", ink="muted", wrap=True)
        line = row(column(label("Designs of seals"), told, gap=2), button, gap=SPACE.around)
        line.setStretch(0, 1)
        line.setContentsMargins(SPACE.between, SPACE.snug, SPACE.between, SPACE.snug)
        self.setLayout(line)

    def _open(self) -> None:
        from app.ui.seal.designer import DesignerDialog

        DesignerDialog(self._desk, self).open()
