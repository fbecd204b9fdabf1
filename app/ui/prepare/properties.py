"""The particulars of the selected fields: whose, what it is called, what it holds, where it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFormLayout, QGridLayout, QWidget

from app.domain.fields.base import Field, FormType
from app.domain.fields.date import Date
from app.domain.fields.registry import KINDS, kind_of
from app.domain.geometry import Rect, Size
from app.ui.action import Need
from app.ui.canvas.layout import PageRef
from app.ui.models.draft import Draft
from app.ui.models.lengths import Unit
from app.ui.prepare import logic_editors as logic
from app.ui.prepare import property_editors as edit
from app.ui.prepare import rule_editors as rules
from app.ui.theme import SPACE
from app.ui.theme.inks import INKS
from app.ui.widgets.elided import ElidedLabel
from app.ui.widgets.grey import allow_form
from app.ui.widgets.icon_label import IconLabel
from app.ui.widgets.look import column, label, row

LABEL_WIDTH: Final = 72
_PICTURED: Final = ("initials", "image", "stamp", "attachment")
"""Kinds in which no text of the preparer stands, whatever they become in the PDF."""
SizeOf = Callable[[PageRef], Size]


class Properties(QWidget):
    """Shows nothing to change while nothing is selected. Signals: `conditions_wanted`, `formula_wanted`,
    `reset_wanted`, `default_wanted` for what is changed elsewhere."""

    conditions_wanted = Signal()
    formula_wanted = Signal()
    reset_wanted = Signal()
    default_wanted = Signal()

    def __init__(self, draft: Draft, size_of: SizeOf, units: Callable[[], Unit], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft, self._size_of, self._units = draft, size_of, units
        self._whose = edit.Choice("For", (), _is_somebodys, lambda f: f.recipient, lambda f, v: replace(f, recipient=v))
        self._label = edit.TextLine("Label", "label", lambda _: True)
        self._lengths = tuple(self._make_lengths())
        self._conditions = logic.Conditions(lambda: draft.envelope)
        self._formula, self._look = logic.FormulaRow(), logic.OwnLook()
        self._editors: tuple[Any, ...] = tuple(self._make_editors())
        self._icon = IconLabel("square", "text")
        self._heading = ElidedLabel("", strong=True)
        self._where = label("", "small", ink="muted")
        self._form = QWidget()
        self._rows = QFormLayout(self._form)
        self._empty = label("Select a field on a page to see and change its particulars.", ink="muted", wrap=True)
        self._furnish()
        draft.selected.connect(self.refresh)
        self._conditions.wanted.connect(self.conditions_wanted)
        self._formula.wanted.connect(self.formula_wanted)
        self._look.reset_wanted.connect(self.reset_wanted)
        self._look.default_wanted.connect(self.default_wanted)
        self.refresh()

    def edit_label(self) -> None:
        self._label.control.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._label.control.selectAll()

    def refresh(self) -> None:
        fields = self._draft.chosen
        self._empty.setVisible(not fields)
        self._form.setVisible(bool(fields))
        self._icon.setVisible(bool(fields))
        self._heading.setVisible(bool(fields))
        self._where.setVisible(bool(fields))
        if not fields:
            return
        self._show_heading(fields)
        allow_form(self._form, "" if self._draft.is_editable else Need.DRAFT.value)
        self._whose.offer([(r.name or r.role, r.role) for r in self._draft.envelope.recipients])
        for length in self._lengths:
            length.unit = self._units()
        for editor in (*self._editors, *self._lengths):
            if all(editor.applies(field) for field in fields):
                editor.show(fields)
        for editor in self._editors:
            self._rows.setRowVisible(editor.control, all(editor.applies(field) for field in fields))

    # -- inside ----------------------------------------------------------------------------------------------

    def _make_editors(self) -> Iterator[Any]:
        """In the order of the panel."""
        yield self._whose
        yield self._label
        yield edit.TextLine("Help", "help", _is_somebodys, "Shown to the signer")
        yield edit.TextLine("Tool tip", "tooltip", lambda _: True, "Told by readers of the PDF")
        yield edit.Tick("Required", "required", _is_somebodys, "Without it the signer cannot finish.")
        yield edit.Options()
        yield edit.Default()
        yield edit.StartsTicked()
        yield edit.Tick("Read only", "read_only", _is_fixable, "The signer sees it and cannot change it.")
        yield self._conditions
        yield self._formula
        yield logic.SharedAnswer(lambda: self._draft.envelope)
        yield rules.PresetChoice()
        yield rules.Demand("At least", "minimum", "No lower limit", rules.heeds("minimum"))
        yield rules.Demand("At most", "maximum", "No upper limit", rules.heeds("maximum"))
        yield edit.Longest()
        yield rules.Demand("Pattern", "pattern", "Such as [A-Z]{2}[0-9]+", rules.heeds("pattern"))
        yield rules.Demand("Message", "message", "Read when it does not fit", rules.heeds("pattern"))
        yield rules.Trial()
        yield rules.Cells()
        yield edit.Tick("Several lines", "multiline", _may_be_long, "Answers of several sentences.", styles=True)
        yield edit.Choice(
            "Date as", edit.DATE_FORMATS, _is_date, lambda f: f.date_format, lambda f, v: replace(f, date_format=v)
        )
        yield edit.Choice("Size", edit.SIZES, _is_text, lambda f: f.style.size_pt, _styled("size_pt"))
        yield edit.Choice("Weight", edit.WEIGHTS, _is_text, lambda f: f.style.bold, _styled("bold"))
        yield edit.Choice("Face", _inheriting(logic.FACES), _is_text, lambda f: f.style.face, _styled("face"))
        yield edit.Choice("Colour", _inheriting(INKS), _is_text, lambda f: f.style.colour, _styled("colour"))
        yield edit.Choice("Aligned", edit.ALIGNS, _is_text, lambda f: f.style.align, _styled("align"))
        yield self._look
        yield edit.DataKey("Data key", "mapping_key", _is_somebodys, "As labelled")
        yield edit.Tick("Locked", "locked", lambda _: True, "It stays where it is.")

    def _make_lengths(self) -> Iterator[edit.Length]:
        yield edit.Length("X", "Distance from the left", lambda r: r.x, lambda f, v: self._put(f, x=v))
        yield edit.Length("Y", "Distance from the top", lambda r: r.y, lambda f, v: self._put(f, y=v))
        yield edit.Length("W", "Width", lambda r: r.width, lambda f, v: self._put(f, width=v))
        yield edit.Length("H", "Height", lambda r: r.height, lambda f, v: self._put(f, height=v))

    def _furnish(self) -> None:
        self._rows.setContentsMargins(0, SPACE.inside, 0, 0)
        self._rows.setHorizontalSpacing(SPACE.inside)
        self._rows.setVerticalSpacing(SPACE.inside)
        self._rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for editor in self._editors:
            self._add(editor)
            if editor is self._label:
                self._rows.addRow(self._place_grid())
        self.setLayout(
            column(row(self._icon, column(self._heading, self._where, gap=0)), self._empty, self._form, None, gap=4)
        )

    def _add(self, editor: Any) -> None:
        editor.edited.connect(self._apply)
        editor.left.connect(self._draft.end_merging)
        words = label(editor.title, ink="muted")
        words.setMinimumWidth(LABEL_WIDTH)
        self._rows.addRow(words, editor.control)

    def _place_grid(self) -> QWidget:
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(SPACE.inside)
        self._unit_words = label("", ink="muted")
        for number, length in enumerate(self._lengths):
            length.edited.connect(self._apply)
            grid.addWidget(label(length.title, ink="muted"), number // 2, number % 2 * 2)
            grid.addWidget(length.control, number // 2, number % 2 * 2 + 1)
            grid.setColumnStretch(number % 2 * 2 + 1, 1)
        return box

    def _show_heading(self, fields: tuple[Field, ...]) -> None:
        kinds = {field.kind for field in fields}
        title = kind_of(fields[0]).title if len(fields) == 1 else f"{len(fields)} fields"
        self._heading.say(title)
        self._icon.show_icon(kind_of(fields[0]).icon if len(kinds) == 1 else "layers", "text")
        pages = {(field.document, field.page) for field in fields}
        where = f"Page {fields[0].page}" if len(pages) == 1 else f"On {len(pages)} pages"
        self._where.setText(f"{where} · lengths in {self._units().word}")

    def _apply(self, name: str, change: edit.Change, merge: str) -> None:
        fields = self._draft.chosen
        key = f"{merge} {self._draft.selection}" if merge else ""
        words = kind_of(fields[0]).title.lower() if len(fields) == 1 else f"{len(fields)} fields"
        self._draft.replace_fields(f"{name} of {words}", [change(field) for field in fields], merge=key)

    def _put(self, field: Field, **changed: float) -> Field:
        """At least as large as its kind must be, and on the page."""
        page, least = self._size_of(PageRef(field.document, field.page)), kind_of(field).minimum_size
        now = field.rect
        width = min(max(changed.get("width", now.width), least.width), page.width)
        height = min(max(changed.get("height", now.height), least.height), page.height)
        return field.at(Rect(changed.get("x", now.x), changed.get("y", now.y), width, height).clamped(page))


def _is_somebodys(field: Field) -> bool:
    return KINDS[field.kind].needs_recipient


def _is_text(field: Field) -> bool:
    return kind_of(field).form in edit.TEXTUAL and field.kind not in _PICTURED


def _may_be_long(field: Field) -> bool:
    return "multiline" in kind_of(field).looks


def _is_date(field: Field) -> bool:
    return isinstance(kind_of(field), Date)


def _is_fixable(field: Field) -> bool:
    return (
        _is_somebodys(field)
        and kind_of(field).form in (FormType.TEXT, FormType.CHOICE, FormType.CHECKBOX)
        and (field.kind != "initials" and not kind_of(field).automatic)
    )


def _styled(key: str) -> Callable[[Field, Any], Field]:
    return lambda field, value: replace(field, style=replace(field.style, **{key: value}))


def _inheriting(choices: Sequence[tuple[str, Any]]) -> tuple[tuple[str, Any], ...]:
    return ((edit.INHERITED, None), *choices)
