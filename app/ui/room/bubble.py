"""What does not fit, said beside the field, with an example of what would."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QFrame, QWidget

from app.ui.models.room_desk import Words
from app.ui.theme import SPACE, text_scale
from app.ui.widgets.announce import announce
from app.ui.widgets.icon_label import IconLabel
from app.ui.widgets.look import label, row, set_look

WIDTH = 380


class Bubble(QFrame):
    """Stands below what it speaks of, or above where the window ends."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        set_look(self, ground="bad")
        self._text = label("", wrap=True)
        line = row(IconLabel("circle-alert", "bad"), self._text, gap=SPACE.inside, margin=SPACE.snug)
        line.setStretch(1, 1)
        self.setLayout(line)
        self.hide()

    def say(self, words: Words) -> None:
        self._text.setText(f"{words.happened} {words.todo}".strip())
        self.setAccessibleName(self._text.text())
        announce(self, self._text.text(), urgent=True)
        self.show()
        self.raise_()

    @property
    def text(self) -> str:
        return self._text.text()

    def place(self, beside: QRectF, room: QRectF) -> None:
        width = round(min(WIDTH * text_scale(), room.width() - 2 * SPACE.inside))
        height = self.heightForWidth(width) if self.hasHeightForWidth() else self.sizeHint().height()
        x = min(max(beside.left(), room.left() + SPACE.inside), room.right() - width - SPACE.inside)
        below = beside.bottom() + SPACE.inside
        y = below if below + height <= room.bottom() else beside.top() - SPACE.inside - height
        self.setGeometry(round(x), round(y), width, height)
