"""Below a picture of a signature: straighten it, cut it, take the paper away; the result is seen at once."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QMenu, QSlider, QWidget

from app.domain.trim import PLAIN, Trim
from app.ui.models.room_speech import phrase, say
from app.ui.room.parts import TOUCH, button, tool
from app.ui.theme import SPACE
from app.ui.widgets.look import column, label, row

AFTER_MS: Final = 250
MOST_SLANT: Final = 20
SIDES: Final = (
    ("left", phrase("Cut from the left")),
    ("right", phrase("Cut from the right")),
    ("top", phrase("Cut from the top")),
    ("bottom", phrase("Cut from the bottom")),
)
STEP: Final = 0.08
"""Of the picture, with each press."""


class Trimmer(QWidget):
    """Hidden until there is a picture. Signals: `changed(Trim)` a moment after something was moved."""

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._trim = PLAIN
        self._quarter = 0
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(AFTER_MS)
        self._pause.timeout.connect(lambda: self.changed.emit(self._trim))
        self._ink = QCheckBox(say("Take the paper away"))
        self._ink.setMinimumHeight(TOUCH)
        self._ink.toggled.connect(lambda on: self._choose(replace(self._trim, ink_only=on)))
        self._darkness = _slider(say("Where ink begins"), 0, 100, 50)
        self._darkness.valueChanged.connect(lambda at: self._choose(replace(self._trim, darkness=at / 100)))
        self._slant = _slider(say("Straighten"), -MOST_SLANT, MOST_SLANT, 0)
        self._slant.valueChanged.connect(lambda _: self._turn())
        turn = tool("rotate-cw", say("Turn by a quarter"), self._turn_quarter)
        whole = button(say("Whole picture"), self._start_over, "quiet")
        slants = row(label(say("Straighten"), ink="muted"), self._slant, turn, self._cutter(), gap=SPACE.inside)
        self.setLayout(column(slants, row(self._ink, self._darkness, whole, gap=SPACE.inside), gap=0))
        self.hide()

    @property
    def trim(self) -> Trim:
        return self._trim

    def _cutter(self) -> QWidget:
        made = tool("scissors", say("Cut a side off"))
        menu = QMenu(made)
        for side, words in SIDES:
            menu.addAction(say(words)).triggered.connect(lambda _=False, side=side: self._cut(side))
        made.setMenu(menu)
        made.setPopupMode(made.ToolButtonPopupMode.InstantPopup)
        return made

    def _cut(self, side: str) -> None:
        cut = {"left": self._trim.left, "right": self._trim.right, "top": self._trim.top, "bottom": self._trim.bottom}
        cut[side] = min(cut[side] + STEP, 0.9)
        left, right, top, bottom = cut["left"], cut["right"], cut["top"], cut["bottom"]
        self._choose(replace(self._trim, left=left, right=right, top=top, bottom=bottom))

    def _turn_quarter(self) -> None:
        self._quarter = (self._quarter + 90) % 360
        self._turn()

    def _turn(self) -> None:
        self._choose(replace(self._trim, degrees=float(self._quarter + self._slant.value())))

    def _start_over(self) -> None:
        self._quarter = 0
        self._slant.setValue(0)
        self._darkness.setValue(50)
        self._ink.setChecked(False)
        self._choose(PLAIN)

    def _choose(self, trim: Trim) -> None:
        self._trim = trim
        self._pause.start()


def _slider(says: str, least: int, most: int, at: int) -> QSlider:
    made = QSlider(Qt.Orientation.Horizontal)
    made.setRange(least, most)
    made.setValue(at)
    made.setMinimumHeight(TOUCH)
    made.setAccessibleName(says)
    made.setToolTip(says)
    return made
