"""What all controls over a field have in common: where they stand, and how one leaves them."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Signal
from PySide6.QtWidgets import QFrame, QWidget

from app.domain.fields.base import Field, Value
from app.ui.models.room_walk import title_of
from app.ui.room.parts import TOUCH
from app.ui.room.tools import direction
from app.ui.theme import SPACE
from app.ui.widgets.look import set_look


class Entry(QFrame):
    """Signals: `stepped(int)` when the person goes on (1) or back (-1); `chosen` when a choice is complete in itself;
    `given_up` on Esc; `typed` with each change of what is written; `reshaped` when it wants another size.
    """

    stepped = Signal(int)
    chosen = Signal()
    given_up = Signal()
    typed = Signal()
    reshaped = Signal()

    least_width = 240

    def __init__(self, field: Field, value: Value | None, parent: QWidget) -> None:
        super().__init__(parent)
        self.field = field
        self._begins = value
        set_look(self, ground="raised")
        self.setAccessibleName(title_of(field))
        self.setMinimumHeight(TOUCH)
        self.setLayoutDirection(direction())

    def value(self) -> Value:
        """In neutral form; an empty text for nothing."""
        raise NotImplementedError

    def place(self, over: QRectF, room: QRectF) -> None:
        """Over the field, at least a finger high, wholly inside what is seen."""
        hint = self.sizeHint()
        width = min(max(over.width(), self.least_width, hint.width()), room.width() - 2 * SPACE.inside)
        height = max(over.height(), TOUCH, hint.height())
        x = min(max(over.left(), room.left() + SPACE.inside), room.right() - width - SPACE.inside)
        y = over.top() if height > over.height() * 1.5 and height > 2 * TOUCH else over.center().y() - height / 2
        y = max(room.top() + SPACE.inside, min(y, room.bottom() - height - SPACE.inside))
        self.setGeometry(QRectF(x, y, width, height).toAlignedRect())

    def place_low(self, room: QRectF) -> None:
        """Along the lower edge of what is seen, as high as two fingers."""
        height = min(max(2 * TOUCH, self.sizeHint().height()), room.height() - 2 * SPACE.inside)
        edge = SPACE.inside
        box = QRectF(room.left() + edge, room.bottom() - height - edge, room.width() - 2 * edge, height)
        self.setGeometry(box.toAlignedRect())

    def box_px(self) -> QRectF:
        """Where it stands in its parent."""
        return QRectF(self.geometry())

    def holds(self, widget: QWidget | None) -> bool:
        """The focus went to something of its own, such as a calendar that dropped down."""
        while widget is not None:
            if widget is self:
                return True
            widget = widget.parentWidget()
        return False
