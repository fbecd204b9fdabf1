"""A line across a page that stays until what it says is no longer so, or is put away."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget

from app.ui.icons import icon
from app.ui.theme import SPACE
from app.ui.widgets.announce import announce
from app.ui.widgets.folding import FoldingLine
from app.ui.widgets.icon_label import IconLabel
from app.ui.widgets.look import label, set_look

ICONS: Final = {"accent": "info", "good": "circle-check", "warn": "triangle-alert", "bad": "circle-alert"}


class Banner(FoldingLine):
    """Signals: `acted` when its one button is pressed, `dismissed` when it is put away."""

    acted = Signal()
    dismissed = Signal()

    def __init__(
        self, text: str, tone: str = "accent", button: str = "", closable: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        set_look(self, ground=tone)
        self.setAccessibleName(text)
        self._box.setContentsMargins(SPACE.snug, SPACE.inside, SPACE.inside, SPACE.inside)
        tools: list[QWidget] = []
        if button:
            act = QPushButton(button)
            set_look(act, kind="link")
            act.clicked.connect(self.acted)
            tools.append(act)
        if closable:
            tools.append(self._closer())
        self.fill(IconLabel(ICONS[tone], tone), label(text, wrap=True), tools)
        announce(self, text, urgent=tone == "bad")

    def _closer(self) -> QToolButton:
        close = QToolButton()
        close.setIcon(icon("x", "muted"))
        close.setIconSize(QSize(16, 16))
        close.setAccessibleName("Put this message away")
        close.setToolTip("Put away")
        close.clicked.connect(self.dismissed)
        close.clicked.connect(self.hide)
        return close
