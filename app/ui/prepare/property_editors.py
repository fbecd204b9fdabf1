"""One editor for each property of a field: it shows what the selected fields have in common and changes them all.

To add a property: a class here (or an instance of one), and a line in `Properties._make_editors`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Final, Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QWidget

from app.domain.errors import ValueRefused
from app.domain.fields.base import Align, Field, FormType
from app.domain.fields.registry import KINDS, kind_of
from app.domain.geometry import Rect
from app.ui.models.lengths import Unit, shown, typed
from app.ui.widgets.look import set_look

MIXED: Final = "Mixed"
INHERITED: Final = "As in the envelope"
DATE_FORMATS: Final = (
    (INHERITED, None),
    ("2026-01-31", "%Y-%m-%d"),
    ("31.01.2026", "%d.%m.%Y"),
    ("31/01/2026", "%d/%m/%Y"),
    ("01/31/2026", "%m/%d/%Y"),
    ("31 January 2026", "%d %B %Y"),
)
SIZES: Final = (("Automatic", None), *((f"{size} pt", float(size)) for size in (7, 8, 9, 10, 11, 12, 14, 16, 18, 24)))
ALIGNS: Final = (("Left", Align.LEFT), ("Centred", Align.CENTER), ("Right", Align.RIGHT))
WEIGHTS: Final = ((INHERITED, None), ("Regular", False), ("Bold", True))
TEXTUAL: Final = (FormType.TEXT, FormType.CHOICE, FormType.NONE)

Change = Callable[[Field], Field]


class Editor(Protocol):
    """`title` stands before the control, "" when the control says it itself."""

    title: str
    control: QWidget

    def applies(self, field: Field) -> bool: ...

    def show(self, fields: Sequence[Field]) -> None: ...


class PropertyEditor(QObject):
    """What they share. Signals: `edited(name, change, merge)`: the step's name, what to do to each field, and what it
    merges with; `left` when a stretch of typing is over."""

    edited = Signal(str, object, str)
    left = Signal()

    def __init__(self, title: str, applies: Callable[[Field], bool]) -> None:
        super().__init__()
        self.title = title
        self.applies = applies

    def tell(self, name: str, change: Change, merge: str = "") -> None:
        self.edited.emit(name, change, merge)


class TextLine(PropertyEditor):
    """A text attribute; what is typed counts at once."""

    def __init__(self, title: str, key: str, applies: Callable[[Field], bool], hint: str = "") -> None:
        super().__init__(title, applies)
        self._key, self._hint = key, hint
        self.control = QLineEdit()
        self.control.setAccessibleName(title)
        self.control.setMaxLength(500)
        self.control.textEdited.connect(self._type)
        self.control.editingFinished.connect(self.left)

    def show(self, fields: Sequence[Field]) -> None:
        values = {getattr(field, self._key) or "" for field in fields}
        self.control.setPlaceholderText(MIXED if len(values) > 1 else self._hint or kind_of(fields[0]).title)
        text = values.pop() if len(values) == 1 else ""
        if self.control.text() != text:
            self.control.setText(text)

    def _type(self, text: str) -> None:
        self.tell(f"Change {self.title.lower()}", lambda field: _with(field, self._key, text), self._key)


class DataKey(TextLine):
    """Under which name the answer is found in exported data; empty means by its label."""

    def _type(self, text: str) -> None:
        key = text.strip().replace(" ", "_") or None
        self.tell("Change data key", lambda field: _with(field, "mapping_key", key), "mapping_key")


class Tick(PropertyEditor):
    """A yes or no attribute; mixed values show as neither. With `styles` it is one of the text style."""

    def __init__(
        self, words: str, key: str, applies: Callable[[Field], bool], tip: str = "", styles: bool = False
    ) -> None:
        super().__init__("", applies)
        self._key, self._styles = key, styles
        self.control = QCheckBox(words)
        self.control.setToolTip(tip)
        self.control.clicked.connect(self._click)

    def show(self, fields: Sequence[Field]) -> None:
        values = {bool(getattr(field.style if self._styles else field, self._key)) for field in fields}
        self.control.setTristate(len(values) > 1)
        if len(values) > 1:
            self.control.setCheckState(self.control.checkState().PartiallyChecked)
        else:
            self.control.setChecked(values.pop())

    def _click(self) -> None:
        checked = self.control.checkState() != self.control.checkState().Unchecked
        words = self.control.text().lower()
        change = _with_style if self._styles else _with
        self.tell(f"Make {words}" if checked else f"Make not {words}", lambda field: change(field, self._key, checked))


class Choice(PropertyEditor):
    """One of several values; `read` and `write` reach the attribute, which may lie deeper."""

    def __init__(
        self,
        title: str,
        choices: Sequence[tuple[str, Any]],
        applies: Callable[[Field], bool],
        read: Callable[[Field], Any],
        write: Callable[[Field, Any], Field],
    ) -> None:
        super().__init__(title, applies)
        self._read, self._write = read, write
        self.control = QComboBox()
        self.control.setAccessibleName(title)
        self.control.activated.connect(self._pick)
        self.offer(choices)

    def offer(self, choices: Sequence[tuple[str, Any]]) -> None:
        self._values = [value for _, value in choices]
        self.control.clear()
        self.control.addItems([words for words, _ in choices])

    def show(self, fields: Sequence[Field]) -> None:
        values = {self._read(field) for field in fields}
        self.control.setPlaceholderText(MIXED)
        only = values.pop() if len(values) == 1 else MIXED
        self.control.setCurrentIndex(self._values.index(only) if only in self._values else -1)

    def _pick(self, index: int) -> None:
        value = self._values[index]
        self.tell(f"Change {self.title.lower()}", lambda field: self._write(field, value))


class Options(PropertyEditor):
    """The choices of radio buttons and dropdowns, one a line."""

    def __init__(self) -> None:
        super().__init__("Options", lambda field: kind_of(field).form in (FormType.RADIO, FormType.CHOICE))
        self.control = QPlainTextEdit()
        self.control.setAccessibleName("Options, one a line")
        self.control.setTabChangesFocus(True)
        self.control.setFixedHeight(84)
        self.control.textChanged.connect(self._type)
        self._is_shown = False

    def show(self, fields: Sequence[Field]) -> None:
        values = {field.options for field in fields}
        self.control.setPlaceholderText(MIXED if len(values) > 1 else "One option a line")
        options = values.pop() if len(values) == 1 else ()
        if _lines(self.control.toPlainText()) != options:
            self._is_shown = True
            self.control.setPlainText("\n".join(options))
            self._is_shown = False

    def _type(self) -> None:
        options = _lines(self.control.toPlainText())
        if not self._is_shown and options:
            self.tell("Change options", lambda field: _with_options(field, options), "options")


class Longest(PropertyEditor):
    """How many characters an answer may have; empty means as many as the kind takes."""

    def __init__(self) -> None:
        super().__init__("Letters", lambda field: "max_length" in kind_of(field).demands)
        self.control = QLineEdit()
        self.control.setAccessibleName("Longest answer in characters")
        self.control.setValidator(QIntValidator(1, 4000, self.control))
        self.control.textEdited.connect(self._type)
        self.control.editingFinished.connect(self.left)

    def show(self, fields: Sequence[Field]) -> None:
        values = {field.constraint.max_length for field in fields}
        self.control.setPlaceholderText(MIXED if len(values) > 1 else "Any length")
        text = str(values.pop() or "") if len(values) == 1 else ""
        if self.control.text() != text:
            self.control.setText(text)

    def _type(self, text: str) -> None:
        most = int(text) if self.control.hasAcceptableInput() else None
        self.tell(
            "Change longest answer",
            lambda field: replace(field, constraint=replace(field.constraint, max_length=most)),
            "max_length",
        )


class Default(PropertyEditor):
    """What stands in the field before anybody fills it, judged by the field's own rules."""

    def __init__(self) -> None:
        super().__init__("Starts as", _has_text_default)
        self.control = QLineEdit()
        self.control.setAccessibleName("Starts as")
        self.control.setMaxLength(4000)
        self.control.textEdited.connect(self._type)
        self.control.editingFinished.connect(self.left)
        self._fields: Sequence[Field] = ()

    def show(self, fields: Sequence[Field]) -> None:
        self._fields = fields
        values = {field.value if isinstance(field.value, str) else "" for field in fields}
        self.control.setPlaceholderText(MIXED if len(values) > 1 else "Empty")
        text = values.pop() if len(values) == 1 else ""
        if not self.control.hasFocus() and self.control.text() != text:
            self.control.setText(text)
            self._complain("")

    def _type(self, text: str) -> None:
        """A value the field would refuse is not stored; the line says what is wanted."""
        try:
            values = {field.id: kind_of(field).accept(field, text) if text else None for field in self._fields}
        except ValueRefused as refused:
            self._complain(f"Wanted: {refused.expected}")
            return
        self._complain("")
        self.tell("Change starting value", lambda field: replace(field, value=values[field.id]), "value")

    def _complain(self, words: str) -> None:
        set_look(self.control, wrong=bool(words))
        self.control.setToolTip(words)
        self.control.setAccessibleDescription(words)


class StartsTicked(PropertyEditor):
    """A checkbox that is ticked from the start."""

    def __init__(self) -> None:
        super().__init__("", lambda field: kind_of(field).form is FormType.CHECKBOX)
        self.control = QCheckBox("Starts ticked")
        self.control.clicked.connect(self._click)

    def show(self, fields: Sequence[Field]) -> None:
        self.control.setChecked(all(field.value is True for field in fields))

    def _click(self, checked: bool) -> None:
        self.tell("Change starting value", lambda field: replace(field, value=True if checked else None))


class Length(PropertyEditor):
    """One of x, y, width, height in the person's unit, sums allowed. `write` keeps the field on its page."""

    def __init__(
        self, words: str, title: str, read: Callable[[Rect], float], write: Callable[[Field, float], Field]
    ) -> None:
        super().__init__(words, lambda _: True)
        self._name, self._read, self._write = title, read, write
        self.unit = Unit.MM
        self.control = QLineEdit()
        self.control.setAccessibleName(title)
        self.control.setToolTip(f"{title}. Sums and other units work too: 120-4, 1/2 in, 30 pt.")
        self.control.editingFinished.connect(self._finish)
        self._shown = ""

    def show(self, fields: Sequence[Field]) -> None:
        texts = {shown(self._read(field.rect), self.unit) for field in fields}
        self.control.setPlaceholderText(MIXED if len(texts) > 1 else "")
        self._shown = texts.pop() if len(texts) == 1 else ""
        self.control.setAccessibleDescription(f"in {self.unit.word}")
        if not self.control.isModified():
            self.control.setText(self._shown)

    def _finish(self) -> None:
        text = self.control.text().strip()
        self.control.setModified(False)
        if text == self._shown:
            return
        points = typed(text, self.unit) if text else None
        if points is None:
            self.control.setText(self._shown)
            return
        self.tell(f"Change {self._name.lower()}", lambda field: self._write(field, points))


def _with(field: Field, key: str, value: Any) -> Field:
    return replace(field, **{key: value})


def _with_style(field: Field, key: str, value: Any) -> Field:
    return replace(field, style=replace(field.style, **{key: value}))


def _with_options(field: Field, options: tuple[str, ...]) -> Field:
    """A starting value that is no option any more goes."""
    return replace(field, options=options, value=field.value if field.value in options else None)


def _has_text_default(field: Field) -> bool:
    kind = KINDS[field.kind]
    return not kind.automatic and kind.form in (*TEXTUAL, FormType.RADIO) and field.kind != "initials"


def _lines(text: str) -> tuple[str, ...]:
    """Without blanks at the ends, empty lines and doubles."""
    return tuple(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
