"""Buttons and cards of the room: large enough for a finger, and worded so that nobody needs to ask."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLayout,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.ui.icons import icon
from app.ui.models.room_speech import spoken_language
from app.ui.theme import SPACE, text_scale
from app.ui.widgets.look import column, rule, set_look

TOUCH: Final = 44
"""The least side of anything to be touched, in logical pixels (WCAG 2.2, 2.5.5)."""
CARD_WIDTH: Final = 600
BESIDE_FROM: Final = 600
"""Narrower than this, words and buttons at the foot of a page stand below each other."""


def button(
    text: str, then: Callable[[], object] | None = None, kind: str = "", picture: str = "", tone: str = "text"
) -> QPushButton:
    made = QPushButton(text)
    made.setMinimumHeight(TOUCH)
    made.setAutoDefault(False)
    if kind != "link":
        set_look(made, type="large")
    if kind:
        set_look(made, kind=kind)
    if picture:
        made.setIcon(icon(picture, "on_accent" if kind == "primary" else tone))
        made.setIconSize(_icon_size())
    name_it(made, text)
    if then is not None:
        made.clicked.connect(lambda *_: then())
    return made


def name_it(made: QPushButton, text: str) -> None:
    """With some air between icon and words, for which Qt has no setting; the name that is read aloud has none."""
    made.setText(text if made.icon().isNull() else f"\N{THIN SPACE}{text}")
    made.setAccessibleName(text)


def tool(name: str, says: str, then: Callable[[], object] | None = None) -> QToolButton:
    made = QToolButton()
    made.setIcon(icon(name))
    made.setIconSize(_icon_size())
    made.setMinimumSize(TOUCH, TOUCH)
    made.setAccessibleName(says)
    made.setToolTip(says)
    if then is not None:
        made.clicked.connect(lambda *_: then())
    return made


def _icon_size() -> QSize:
    side = round(20 * text_scale())
    return QSize(side, side)


def arrows() -> tuple[str, str]:
    """The icons for back and on, the way the language is written."""
    back, on = "arrow-left", "arrow-right"
    return (on, back) if spoken_language().right_to_left else (back, on)


def set_ready(made: QPushButton, ready: bool, why_not: str) -> None:
    """A grey button says why it is grey."""
    made.setEnabled(ready)
    made.setToolTip("" if ready else why_not)
    made.setAccessibleDescription("" if ready else why_not)


class Card(QFrame):
    """A sheet of the program on the desk, no wider than is comfortable to read."""

    def __init__(self, width: int = CARD_WIDTH, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_look(self, ground="card")
        self.setMaximumWidth(round(width * text_scale()))
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(SPACE.wide, SPACE.wide, SPACE.wide, SPACE.wide)
        self.box.setSpacing(SPACE.between)


class Foot(QFrame):
    """The lower edge of a page: words, and the buttons that go with them, beside or below as there is room."""

    def __init__(self) -> None:
        super().__init__()
        set_look(self, ground="surface")
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._sides.setContentsMargins(SPACE.around, SPACE.between, SPACE.around, SPACE.between)
        self._sides.setSpacing(SPACE.around)
        self.setLayout(column(rule(), self._sides, gap=0))

    def fill(self, words: QLayout, deeds: QLayout) -> None:
        self._sides.addLayout(words, 1)
        self._sides.addLayout(deeds)

    def resizeEvent(self, event: QResizeEvent) -> None:
        beside = self.width() >= BESIDE_FROM * text_scale()
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._sides.direction() != way:
            self._sides.setDirection(way)
        super().resizeEvent(event)


def on_desk(card: QWidget, *, see_through: bool = False) -> QScrollArea:
    """A card in the middle of the desk, or of what is below; it scrolls where the window is too low for it."""
    ground = QWidget()
    if not see_through:
        set_look(ground, ground="desk")
    box = QVBoxLayout(ground)
    box.setContentsMargins(SPACE.around, SPACE.around, SPACE.around, SPACE.around)
    box.addStretch(1)
    # The card grows to its greatest width first. An alignment would hold it at its hint, and cut wrapped text off.
    line = QHBoxLayout()
    line.addStretch(1)
    line.addWidget(card, 1000)
    line.addStretch(1)
    box.addLayout(line)
    box.addStretch(1)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(ground)
    if see_through:
        area.viewport().setAutoFillBackground(False)
        ground.setAutoFillBackground(False)
    return area


def empty(layout: QLayout) -> None:
    """Takes everything out, at once: nothing of it may be seen or focused any more."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            empty(inner)
