"""Trying a condition out: answers are made up here, and the verdict follows at once."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QLineEdit, QWidget

from app.domain.conditions.states import met
from app.domain.envelope import Envelope
from app.domain.fields.base import Field, FormType, Value
from app.domain.fields.condition import Condition, Effect
from app.domain.fields.registry import kind_of
from app.domain.ids import FieldId
from app.domain.mark import Mark
from app.ui.theme import SPACE
from app.ui.widgets.look import column, label, set_look

SAYS: Final = {
    Effect.SHOW: ("It is shown.", "It is hidden."),
    Effect.REQUIRE: ("It is required.", "It is as required as it says."),
    Effect.DISABLE: ("It is disabled.", "It can be filled in."),
}


class Tester(QWidget):
    """One control for each field the condition looks at; answers stay while the condition changes."""

    def __init__(self, envelope: Envelope) -> None:
        super().__init__()
        self._fields = {field.id: field for field in envelope.fields}
        self._condition: Condition | None = None
        self._values: dict[FieldId, Value | None] = {}
        self._shown: tuple[FieldId, ...] = ()
        self.controls: dict[FieldId, QWidget] = {}
        self.says = label("", strong=True)
        self._form = QFormLayout()
        self._form.setHorizontalSpacing(SPACE.between)
        self._head = label("Try it out", ink="muted")
        self.setLayout(column(self._head, self._form, self.says, gap=SPACE.tight))

    def show_conditions(self, condition: Condition | None) -> None:
        self._condition = condition
        looks = tuple(n for n in condition.looks_at if n in self._fields) if condition is not None else ()
        if looks != self._shown:
            self._shown = looks
            while self._form.rowCount():
                self._form.removeRow(0)
            self.controls = {name: self._control(self._fields[name]) for name in looks}
            for name, control in self.controls.items():
                field = self._fields[name]
                self._form.addRow(label(field.label or kind_of(field).title, ink="muted"), control)
        self._head.setVisible(bool(looks))
        self._judge()

    def _judge(self) -> None:
        if self._condition is None:
            self.says.setText("")
            return
        holds = met(self._condition, {name: self._values.get(name) for name in self._shown})
        self.says.setText(SAYS[self._condition.effect][0 if holds else 1])
        set_look(self.says, ink="good" if holds else "muted")

    def _set(self, name: FieldId, value: Value | None) -> None:
        self._values[name] = value
        self._judge()

    def _control(self, field: Field) -> QWidget:
        name = field.id
        match kind_of(field).form:
            case FormType.CHECKBOX:
                tick = QCheckBox("ticked")
                tick.setChecked(self._values.get(name) is True)
                tick.toggled.connect(lambda on: self._set(name, on))
                made: QWidget = tick
            case FormType.RADIO | FormType.CHOICE:
                box = QComboBox()
                box.addItems(["", *field.options])
                box.setCurrentText(str(self._values.get(name) or ""))
                box.currentTextChanged.connect(lambda text: self._set(name, text or None))
                made = box
            case FormType.SIGNATURE:
                tick = QCheckBox("signed")
                tick.toggled.connect(lambda on: self._set(name, Mark("typed", text="x") if on else None))
                made = tick
            case _:
                line = QLineEdit(str(self._values.get(name) or ""))
                line.textEdited.connect(lambda text: self._set(name, text or None))
                made = line
        made.setAccessibleName(f"Answer to try: {field.label or kind_of(field).title}")
        return made
