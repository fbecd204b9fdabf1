"""Editors for what an answer must be: presets, limits, patterns, cells; and a line to try them out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Final

from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QComboBox, QLineEdit

from app.domain.errors import ParaphError, SpecError, ValueRefused
from app.domain.fields.base import MOST_CELLS, Field
from app.domain.fields.registry import KINDS, check, kind_of
from app.domain.presets import PRESETS, for_kind
from app.ui.prepare.property_editors import MIXED, PropertyEditor
from app.ui.widgets.look import set_look

ANYTHING: Final = "Anything"


def heeds(demand: str) -> Callable[[Field], bool]:
    """Fields of a kind that heeds this key of a constraint."""
    return lambda field: demand in kind_of(field).demands


class PresetChoice(PropertyEditor):
    """A demand with a name: IBAN, post code, phone number."""

    def __init__(self) -> None:
        super().__init__("Must be", lambda field: bool(for_kind(field.kind)))
        self.control = QComboBox()
        self.control.setAccessibleName("What the answer must be")
        self.control.activated.connect(self._pick)

    def show(self, fields: Sequence[Field]) -> None:
        names = set.intersection(*({preset.name for preset in for_kind(field.kind)} for field in fields))
        self.control.clear()
        self.control.addItem(ANYTHING, None)
        for preset in PRESETS.values():
            if preset.name in names:
                self.control.addItem(f"{preset.title}, {preset.locale}" if preset.locale else preset.title, preset.name)
                self.control.setItemData(self.control.count() - 1, f"Such as {preset.example}", 3)
        values = {field.constraint.preset for field in fields}
        self.control.setPlaceholderText(MIXED)
        self.control.setCurrentIndex(self.control.findData(values.pop()) if len(values) == 1 else -1)

    def _pick(self, index: int) -> None:
        name = self.control.itemData(index)
        self.tell(
            "Change what the answer must be",
            lambda field: replace(field, constraint=replace(field.constraint, preset=name)),
        )


class Demand(PropertyEditor):
    """One text of the constraint (`minimum`, `maximum`, `pattern`, `message`); what the field would refuse is said
    and not stored."""

    def __init__(self, title: str, key: str, hint: str, applies: Callable[[Field], bool]) -> None:
        super().__init__(title, applies)
        self._key, self._hint = key, hint
        self._fields: Sequence[Field] = ()
        self.control = QLineEdit()
        self.control.setAccessibleName(title)
        self.control.setMaxLength(500)
        self.control.textEdited.connect(self._type)
        self.control.editingFinished.connect(self.left)

    def show(self, fields: Sequence[Field]) -> None:
        self._fields = fields
        values = {getattr(field.constraint, self._key) or "" for field in fields}
        self.control.setPlaceholderText(MIXED if len(values) > 1 else self._hint)
        text = values.pop() if len(values) == 1 else ""
        if not self.control.hasFocus() and self.control.text() != text:
            self.control.setText(text)
            self._complain("")

    def _type(self, text: str) -> None:
        try:
            for field in self._fields:
                check(self._with(field, text), self._key)
        except (SpecError, ValueRefused) as refused:
            self._complain(refused.problem if isinstance(refused, SpecError) else refused.expected)
            return
        self._complain("")
        self.tell(f"Change {self.title.lower()}", lambda field: self._with(field, text), self._key)

    def _with(self, field: Field, text: str) -> Field:
        changed: dict[str, Any] = {self._key: text or None}
        return replace(field, constraint=replace(field.constraint, **changed))

    def _complain(self, words: str) -> None:
        set_look(self.control, wrong=bool(words))
        self.control.setToolTip(words)
        self.control.setAccessibleDescription(words)


class Cells(PropertyEditor):
    """A comb: so many cells, a character in each; empty for writing as usual."""

    def __init__(self) -> None:
        super().__init__("Cells", lambda field: "comb" in kind_of(field).looks)
        self.control = QLineEdit()
        self.control.setAccessibleName("Number of cells, one character in each")
        self.control.setValidator(QIntValidator(1, MOST_CELLS, self.control))
        self.control.textEdited.connect(self._type)
        self.control.editingFinished.connect(self.left)

    def show(self, fields: Sequence[Field]) -> None:
        values = {field.style.comb for field in fields}
        self.control.setPlaceholderText(MIXED if len(values) > 1 else "No cells")
        text = str(values.pop() or "") if len(values) == 1 else ""
        if self.control.text() != text:
            self.control.setText(text)

    def _type(self, text: str) -> None:
        cells = int(text) if self.control.hasAcceptableInput() else None
        self.tell("Change cells", lambda field: _in_cells(field, cells), "comb")


class Trial(PropertyEditor):
    """Changes nothing: what is typed is judged as it would be in the room."""

    def __init__(self) -> None:
        super().__init__("Try", lambda field: bool(KINDS[field.kind].demands))
        self._fields: Sequence[Field] = ()
        self.control = QLineEdit()
        self.control.setAccessibleName("Try an answer")
        self.control.setPlaceholderText("Type an answer to try the rules")
        self.control.textEdited.connect(self._judge)

    def show(self, fields: Sequence[Field]) -> None:
        self._fields = fields
        self._judge()

    def _judge(self) -> None:
        text = self.control.text()
        verdict = self._refusal(text) if text else ""
        set_look(self.control, wrong=bool(verdict))
        words = f"Refused. Wanted: {verdict}" if verdict else "Accepted." if text else ""
        self.control.setToolTip(words)
        self.control.setAccessibleDescription(words)

    def _refusal(self, text: str) -> str:
        for field in self._fields:
            try:
                kind_of(field).accept(replace(field, read_only=False), text)
            except ValueRefused as refused:
                return refused.expected
            except ParaphError as error:
                return str(error)
        return ""


def _in_cells(field: Field, cells: int | None) -> Field:
    """A comb has one line."""
    multiline = field.style.multiline and cells is None
    return replace(field, style=replace(field.style, comb=cells, multiline=multiline))
