"""Rows of the particulars that say what depends on what: conditions, formula, shared answers, the envelope's look."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from app.domain.envelope import Envelope
from app.domain.fields.base import Field
from app.domain.fields.registry import KINDS, kind_of
from app.services import condition_words
from app.services.styling import overrides
from app.ui.prepare.property_editors import MIXED, PropertyEditor
from app.ui.widgets.grey import allow
from app.ui.widgets.look import column, label, row, set_look

FACES: Final = (("Regular face", "sans"), ("Bold face", "sans-bold"))
OWN: Final = {
    "face": "face",
    "size_pt": "size",
    "bold": "weight",
    "colour": "colour",
    "language": "language",
    "date_format": "dates",
}
LINK_PADDING: Final = 5
"""Of a link's words from its edge, so that the words above begin where they do."""
ReadEnvelope = Callable[[], Envelope]


class _Row(PropertyEditor):
    """Words that wrap, and a button below them."""

    wanted = Signal()

    def __init__(self, title: str, applies: Callable[[Field], bool], button: str) -> None:
        super().__init__(title, applies)
        self.words = label("", wrap=True)
        self.words.setIndent(LINK_PADDING)
        self.button = QPushButton(button)
        set_look(self.button, kind="link")
        self.button.clicked.connect(self.wanted)
        self.control = QWidget()
        self.box = column(self.words, row(self.button, None), gap=0)
        self.control.setLayout(self.box)


class Conditions(_Row):
    """The sentences of the field. Signals: `wanted` to change them."""

    def __init__(self, envelope: ReadEnvelope) -> None:
        super().__init__("When", lambda _: True, "Change…")
        self._envelope = envelope
        self.button.setAccessibleName("Change when it is shown, required or disabled")

    def show(self, fields: Sequence[Field]) -> None:
        said = {condition_words.sentences(self._envelope(), field) for field in fields}
        only = said.pop() if len(said) == 1 else (MIXED,)
        self.words.setText("\n".join(each.replace("*", "") for each in only) or "Always shown")


class FormulaRow(_Row):
    """What makes the value. Signals: `wanted` to change it."""

    def __init__(self) -> None:
        super().__init__("Value", lambda field: KINDS[field.kind].computable, "Formula…")
        self.button.setAccessibleName("Change the formula")

    def show(self, fields: Sequence[Field]) -> None:
        formulas = {field.formula for field in fields}
        only = formulas.pop() if len(formulas) == 1 else MIXED
        self.words.setText(f"= {only}" if only and only != MIXED else only or "Filled in by the signer")
        allow(self.button, "" if len(fields) == 1 else "Select one field to change its formula.")


class SharedAnswer(_Row):
    """Fields of one person with the same data key have one answer; a click lets this one go its own way."""

    def __init__(self, envelope: ReadEnvelope) -> None:
        super().__init__("Shared", self._is_shared, "Break the link")
        self._envelope = envelope
        self.button.clicked.connect(self._break)

    def show(self, fields: Sequence[Field]) -> None:
        count = max((len(self._others(field)) for field in fields), default=0)
        self.words.setText(f"One answer with {count} other field{'' if count == 1 else 's'}")

    def _is_shared(self, field: Field) -> bool:
        return bool(self._others(field))

    def _others(self, field: Field) -> list[Field]:
        if not field.mapping_key:
            return []
        return [each for each in self._envelope().fields if each.id != field.id and _key(each) == _key(field)]

    def _break(self) -> None:
        self.tell("Break the link", lambda field: replace(field, mapping_key=self._free_key(field)))

    def _free_key(self, field: Field) -> str:
        taken = {each.mapping_key for each in self._envelope().fields}
        number = 2
        while f"{field.mapping_key}_{number}" in taken:
            number += 1
        return f"{field.mapping_key}_{number}"


class OwnLook(_Row):
    """What a field does not take from the envelope. Signals: `reset_wanted`, `default_wanted`."""

    reset_wanted = Signal()
    default_wanted = Signal()

    def __init__(self) -> None:
        super().__init__("Look", lambda field: bool(overrides(field)), "As in the envelope")
        self.button.clicked.connect(self.reset_wanted)
        self.default = QPushButton("Make this the envelope's")
        set_look(self.default, kind="link")
        self.default.clicked.connect(self.default_wanted)
        self.box.addLayout(row(self.default, None))

    def show(self, fields: Sequence[Field]) -> None:
        own = dict.fromkeys(OWN[name] for field in fields for name in overrides(field))
        self.words.setText(f"Own {', '.join(own)}")
        self.default.setVisible(len(fields) == 1)


def _key(field: Field) -> tuple[str | None, str, str | None]:
    return field.recipient, kind_of(field).name, field.mapping_key
