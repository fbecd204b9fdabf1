"""Writing: a line, several lines, a number."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from app.domain.fields.base import Field, Value
from app.domain.fields.text import LONGEST
from app.ui.models.room_forms import number_shown, number_typed
from app.ui.models.room_speech import say
from app.ui.models.room_walk import title_of
from app.ui.room.entries.base import Entry
from app.ui.room.parts import TOUCH
from app.ui.widgets.look import set_look

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class LineEntry(Entry):
    """One line over its field, checked when it is left; Enter and Tab go on, Esc gives up."""

    def __init__(self, field: Field, value: Value | None, parent: QWidget) -> None:
        super().__init__(field, value, parent)
        self._line = QLineEdit("" if value is None else str(value))
        self._line.setMinimumHeight(TOUCH)
        self._line.setMaxLength(field.constraint.max_length or LONGEST)
        self._line.setAccessibleName(title_of(field))
        self._line.setAccessibleDescription(field.help)
        self._line.setPlaceholderText(title_of(field))
        set_look(self._line, type="large")
        _only(self, self._line)
        self._line.installEventFilter(self)
        self._line.textEdited.connect(lambda _: self.typed.emit())
        self._line.selectAll()

    def value(self) -> Value:
        return self._line.text()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        return isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and _leaves(self, event)


class NumberEntry(LineEntry):
    """Shown and read as the person writes numbers."""

    least_width = 160

    def __init__(self, field: Field, value: Value | None, parent: QWidget) -> None:
        super().__init__(field, number_shown(str(value)) if value else value, parent)
        self._line.setInputMethodHints(Qt.InputMethodHint.ImhFormattedNumbersOnly)

    def value(self) -> Value:
        return number_typed(self._line.text())


class LinesEntry(Entry):
    """Enter goes on as everywhere; a new line is Ctrl+Enter."""

    def __init__(self, field: Field, value: Value | None, parent: QWidget) -> None:
        super().__init__(field, value, parent)
        self._text = QPlainTextEdit("" if value is None else str(value))
        self._text.setAccessibleName(title_of(field))
        self._text.setAccessibleDescription(field.help)
        self._text.setPlaceholderText(say("{field} (Ctrl+Enter for a new line)", field=title_of(field)))
        self._text.setTabChangesFocus(True)
        set_look(self._text, type="large")
        _only(self, self._text)
        self._text.installEventFilter(self)
        self._text.textChanged.connect(self.typed)

    def value(self) -> Value:
        limit = self.field.constraint.max_length or LONGEST
        return self._text.toPlainText()[:limit]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        if event.key() in ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._text.insertPlainText("\n")
            return True
        return _leaves(self, event)


def _only(entry: Entry, widget: QWidget) -> None:
    box = QVBoxLayout(entry)
    box.setContentsMargins(0, 0, 0, 0)
    widget.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
    box.addWidget(widget)
    entry.setFocusProxy(widget)


def _leaves(entry: Entry, event: QKeyEvent) -> bool:
    """Enter and Tab go on, with Shift back; Esc gives up."""
    back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
    if event.key() in (*ENTER, Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
        entry.stepped.emit(-1 if back or event.key() == Qt.Key.Key_Backtab else 1)
        return True
    if event.key() == Qt.Key.Key_Escape:
        entry.given_up.emit()
        return True
    return False
