"""A day: written as the person writes days, or picked in a calendar."""

from __future__ import annotations

from PySide6.QtCore import QDate, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from app.domain.fields.base import Field, Value
from app.ui.models.room_forms import typed_form
from app.ui.models.room_speech import say
from app.ui.models.room_walk import title_of
from app.ui.room.entries.base import Entry
from app.ui.room.entries.calendar import Calendar
from app.ui.room.entries.text import ENTER
from app.ui.room.parts import TOUCH, tool
from app.ui.theme import SPACE
from app.ui.widgets.look import row, set_look

PARTS = (("%Y", "yyyy"), ("%m", "MM"), ("%d", "dd"), ("%y", "yy"))


def qt_format(pattern: str | None) -> str:
    """How a day is written here, as Qt says it. Forms with names of months are for reading: written, it is ISO 8601."""
    if not pattern or "%B" in pattern or "%b" in pattern:
        return "yyyy-MM-dd"
    for ours, theirs in PARTS:
        pattern = pattern.replace(ours, theirs)
    return pattern


class DateEntry(Entry):
    """Signals: those of `Entry`; a day picked in the calendar counts as `chosen`."""

    least_width = 320

    def __init__(self, field: Field, value: Value | None, parent: QWidget) -> None:
        super().__init__(field, value, parent)
        self._format = typed_form(qt_format(field.date_format))
        day = QDate.fromString(str(value or ""), Qt.DateFormat.ISODate)
        self._line = QLineEdit(day.toString(self._format) if day.isValid() else "")
        self._line.setMinimumHeight(TOUCH)
        self._line.setAccessibleName(title_of(field))
        self._line.setPlaceholderText(QDate.currentDate().toString(self._format))
        set_look(self._line, type="large")
        self._calendar = Calendar()
        self._calendar.setSelectedDate(day if day.isValid() else QDate.currentDate())
        self._calendar.clicked.connect(self._picked)
        self._calendar.activated.connect(self._picked)
        self._calendar.hide()
        opener = tool("calendar", say("Open the calendar"), self._toggle)
        box = QVBoxLayout(self)
        box.setContentsMargins(SPACE.tight, SPACE.tight, SPACE.tight, SPACE.tight)
        box.addLayout(row(self._line, opener, gap=SPACE.tight))
        box.addWidget(self._calendar)
        set_look(self, ground="card")
        self.setFocusProxy(self._line)
        self._line.installEventFilter(self)
        self._line.textEdited.connect(lambda _: self.typed.emit())
        self._line.selectAll()

    def value(self) -> Value:
        """ISO 8601; what is no day is given as it was written, to be refused with an example."""
        text = self._line.text().strip()
        day = QDate.fromString(text, self._format.replace("dd", "d").replace("MM", "M"))
        return day.toString(Qt.DateFormat.ISODate) if day.isValid() else text

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.key() in ENTER or event.key() == Qt.Key.Key_Backtab:
            self.stepped.emit(-1 if back else 1)
            return True
        if event.key() == Qt.Key.Key_Tab and not self._calendar.isVisible():
            self.stepped.emit(1)
            return True
        if event.key() == Qt.Key.Key_Down:
            self._toggle()
            return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)

    def _toggle(self) -> None:
        self._calendar.setVisible(self._calendar.isHidden())
        self.reshaped.emit()
        (self._line if self._calendar.isHidden() else self._calendar).setFocus()

    def _picked(self, day: QDate) -> None:
        self._line.setText(day.toString(self._format))
        self.chosen.emit()
