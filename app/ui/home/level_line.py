"""The level of an envelope's seals, and the choice where the one that was set cannot be had."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from app.domain.level import Level
from app.ui.models.preview import Seals
from app.ui.theme import SPACE
from app.ui.widgets.look import column, label, row, selectable, set_look

WORDS: Final = {
    Level.B_B: "B-B, the signature itself, as it is",
    Level.B_T: "B-T, with a time stamp",
    Level.B_LT: "B-LT, with proof that nothing was revoked",
}


class LevelLine(QWidget):
    """Signals: `tried` when the person does not want to wait, `chosen` with the lower `Level` they are content with."""

    tried = Signal()
    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = selectable(label("", "small", ink="muted", wrap=True))
        self._try = QPushButton("Try now")
        self._less = QPushButton("Be content with less")
        self._menu = QMenu(self._less)
        self._less.setMenu(self._menu)
        for button in (self._try, self._less):
            set_look(button, kind="link")
        self._try.clicked.connect(self.tried)
        self._deeds = QWidget()
        self._deeds.setLayout(row(self._try, self._less, None))
        self.setLayout(column(label("Seals", strong=True), self._text, self._deeds, gap=SPACE.snug))

    def show_seals(self, seals: Seals) -> None:
        """Nothing is shown of an envelope that is not completed."""
        self.setVisible(bool(seals.told))
        self._text.setText(seals.told)
        self._deeds.setVisible(bool(seals.lower))
        self._menu.clear()
        for level in seals.lower:
            self._menu.addAction(WORDS[level], partial(self.chosen.emit, level))
