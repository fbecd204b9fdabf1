"""An empty page that offers the next step."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QWidget

from app.ui.theme import SPACE
from app.ui.widgets.icon_label import IconLabel
from app.ui.widgets.look import column, label, row

WIDEST: Final = 380


class EmptyState(QWidget):
    """Icon, what is not here, what to do about it, and the buttons that do it."""

    def __init__(
        self, icon: str, title: str, text: str, buttons: Sequence[QAbstractButton] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(f"{title}. {text}")
        self._title = label(title, "large", strong=True, wrap=True)
        self._text = label(text, ink="muted", wrap=True)
        for line in (self._title, self._text):
            line.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        inside = QWidget()
        inside.setMaximumWidth(WIDEST)
        box = column(row(None, IconLabel(icon, side=40), None), self._title, self._text)
        if buttons:
            box.addSpacing(SPACE.inside)
            box.addLayout(row(None, *buttons, None))
        inside.setLayout(box)
        middle = row(gap=0, margin=SPACE.around)
        middle.addStretch(1)
        middle.addWidget(inside, 100)
        middle.addStretch(1)
        self.setLayout(column(None, middle, None, gap=0))

    def say(self, title: str, text: str) -> None:
        self._title.setText(title)
        self._text.setText(text)
        self.setAccessibleName(f"{title}. {text}")
