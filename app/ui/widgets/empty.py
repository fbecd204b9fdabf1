"""An empty page that offers the next step."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QWidget

from app.ui.theme import SPACE
from app.ui.widgets.icon_label import IconLabel
from app.ui.widgets.look import column, label, row


class EmptyState(QWidget):
    """Icon, what is not here, what to do about it, and the buttons that do it."""

    def __init__(
        self, icon: str, title: str, text: str, buttons: Sequence[QAbstractButton] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(f"{title}. {text}")
        mark = IconLabel(icon, side=40)
        self._title = label(title, "large", strong=True)
        self._text = label(text, ink="muted", wrap=True)
        self._text.setMaximumWidth(380)
        self._text.setMinimumWidth(220)
        for line in (self._title, self._text):
            line.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        parts: list[QWidget] = [mark, self._title, self._text]
        box = column(None, gap=SPACE.inside, margin=SPACE.around)
        for part in parts:
            box.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        if buttons:
            box.addSpacing(SPACE.inside)
            box.addLayout(row(None, *buttons, None))
        box.addStretch(1)
        self.setLayout(box)

    def say(self, title: str, text: str) -> None:
        self._title.setText(title)
        self._text.setText(text)
        self.setAccessibleName(f"{title}. {text}")
