"""Words with buttons beside them; below them where the line is narrow or the type is large."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QWidget

from app.ui.theme import SPACE, text_scale
from app.ui.widgets.look import row

LEAST_WORDS_PX: Final = 220


class FoldingLine(QFrame):
    """What a message across the page is made of."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setSpacing(SPACE.inside)
        self._tools = QWidget()

    def fill(self, mark: QWidget, words: QWidget, tools: Sequence[QWidget]) -> None:
        said = row(mark, words)
        said.setStretch(1, 1)
        self._tools.setLayout(row(*tools))
        self._box.addLayout(said, 1)
        self._box.addWidget(self._tools, 0, Qt.AlignmentFlag.AlignRight)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        left = self.width() - self._tools.sizeHint().width()
        below = left < LEAST_WORDS_PX * text_scale()
        self._box.setDirection(QBoxLayout.Direction.TopToBottom if below else QBoxLayout.Direction.LeftToRight)
