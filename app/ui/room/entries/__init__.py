"""The controls that open over a field while it is filled: one file a family, one entry each in `entry_for`."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app.domain.fields.base import Field, Value
from app.ui.models.room_walk import Control, control_of
from app.ui.room.entries.base import Entry
from app.ui.room.entries.choice import ChoiceEntry
from app.ui.room.entries.date import DateEntry
from app.ui.room.entries.text import LineEntry, LinesEntry, NumberEntry

ENTRIES: dict[Control, Callable[[Field, Value | None, QWidget], Entry]] = {
    Control.TEXT: LineEntry,
    Control.LINES: LinesEntry,
    Control.NUMBER: NumberEntry,
    Control.DATE: DateEntry,
    Control.BUTTONS: ChoiceEntry,
    Control.LIST: ChoiceEntry,
}


def has_entry(field: Field) -> bool:
    """Ticks are toggled in place, marks and pictures have sheets of their own."""
    return control_of(field) in ENTRIES


def entry_for(field: Field, value: Value | None, parent: QWidget) -> Entry:
    return ENTRIES[control_of(field)](field, value, parent)
