"""Choosing one of several: large buttons below each other, whatever the printed buttons are like."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QScrollArea, QVBoxLayout, QWidget

from app.domain.fields.base import Field, Value
from app.ui.models.room_speech import phrase, say
from app.ui.room.entries.base import Entry
from app.ui.room.parts import TOUCH
from app.ui.theme import SPACE
from app.ui.widgets.look import set_look

MOST_SHOWN = 7
NOTHING = phrase("No answer")


class ChoiceEntry(Entry):
    """The arrows move, Space or a press chooses, Enter chooses and goes on."""

    least_width = 220

    def __init__(self, field: Field, value: Value | None, parent: QWidget) -> None:
        super().__init__(field, value, parent)
        self._options = field.options if field.required else (*field.options, "")
        self._group = QButtonGroup(self)
        held = QWidget()
        set_look(held, ground="raised")
        box = QVBoxLayout(held)
        box.setContentsMargins(SPACE.snug, SPACE.tight, SPACE.snug, SPACE.tight)
        box.setSpacing(0)
        for number, option in enumerate(self._options):
            box.addWidget(self._button(number, option or say(NOTHING)))
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(held)
        area.setMinimumHeight(min(len(self._options), MOST_SHOWN) * TOUCH + 2 * SPACE.tight + 2)
        area.setMinimumWidth(held.sizeHint().width() + SPACE.around)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.addWidget(area)
        set_look(self, ground="card")
        if value in self._options:
            self._group.button(self._options.index(str(value))).setChecked(True)
        self.setFocusProxy(self._group.checkedButton() or self._group.button(0))
        self._group.idClicked.connect(lambda _: self.chosen.emit())

    def value(self) -> Value:
        number = self._group.checkedId()
        return self._options[number] if number >= 0 else ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take_focused()
            self.stepped.emit(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        elif event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab leaves the list instead of walking through its buttons: the arrows do that."""
        self.stepped.emit(1 if forward else -1)
        return True

    def _take_focused(self) -> None:
        for button in self._group.buttons():
            if button.hasFocus():
                button.setChecked(True)

    def _button(self, number: int, text: str) -> QRadioButton:
        made = QRadioButton(text)
        made.setMinimumHeight(TOUCH)
        set_look(made, type="large")
        self._group.addButton(made, number)
        return made
