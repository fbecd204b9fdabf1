"""What is said beside a field: what does not fit, with an example of what would; and what the sender says of it."""

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

    def __init__(self, parent: QWidget, *, calm: bool = False) -> None:
        super().__init__(parent)
        self._calm = calm
        set_look(self, ground="card" if calm else "bad")
        self._text = label("", wrap=True)
        picture = IconLabel("circle-question-mark", "muted") if calm else IconLabel("circle-alert", "bad")
        line = row(picture, self._text, gap=SPACE.inside, margin=SPACE.snug)
        line.setStretch(1, 1)
        self.setLayout(line)
        self.hide()

    def say(self, words: Words) -> None:
        self.tell(f"{words.happened} {words.todo}".strip())

    def tell(self, text: str) -> None:
        self._text.setText(text)
        self.setAccessibleName(text)
        announce(self, text, urgent=not self._calm)
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
