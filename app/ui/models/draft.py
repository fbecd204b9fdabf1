"""The envelope as it stands on the screen, every change of it undoable.

A step of history keeps the envelope before and after it. Envelopes are frozen and share everything that did not change,
so a step costs a few tuples of pointers (8 kB at 1,000 fields), and undo cannot forget a detail.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from enum import Flag, auto
from time import monotonic
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from app.domain.envelope import Envelope, EnvelopeStatus
from app.domain.fields.base import Field
from app.domain.geometry import Size
from app.domain.ids import DocumentId, FieldId
from app.domain.recipient import Recipient
from app.domain.repeating import follow

Selection = tuple[FieldId, ...]

MERGES_FOR_S: Final = 1.5
"""Typing and nudging go on as one step until a pause of this length."""
_MERGING: Final = 1


class Aspect(Flag):
    """What a change touched."""

    FIELDS = auto()
    PEOPLE = auto()
    DOCUMENTS = auto()
    DETAILS = auto()


EVERYTHING: Final = Aspect.FIELDS | Aspect.PEOPLE | Aspect.DOCUMENTS | Aspect.DETAILS


class Draft(QObject):
    """Signals: `changed(Aspect)`, `selected`, `current_changed` when another recipient gets the next fields, `filtered`
    when other recipients' fields are hidden than before."""

    changed = Signal(object)
    selected = Signal()
    current_changed = Signal()
    filtered = Signal()

    def __init__(self, envelope: Envelope, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._envelope = envelope
        self._selection: Selection = ()
        self._current: str | None = None
        self._hidden: frozenset[str] = frozenset()
        self._merged_at = 0.0
        self._session = 0
        self.history = QUndoStack(self)
        self._choose_somebody()

    # -- reading ---------------------------------------------------------------------------------------------

    @property
    def envelope(self) -> Envelope:
        return self._envelope

    @property
    def is_editable(self) -> bool:
        return self._envelope.status is EnvelopeStatus.DRAFT

    @property
    def selection(self) -> Selection:
        """In the order of choosing; the last is the key object."""
        return self._selection

    @property
    def chosen(self) -> tuple[Field, ...]:
        """The selected fields, in the order of choosing."""
        found = {field.id: field for field in self._envelope.fields}
        return tuple(found[each] for each in self._selection if each in found)

    @property
    def current(self) -> Recipient | None:
        """Whose fields are placed now."""
        return next((r for r in self._envelope.recipients if r.role == self._current), None)

    def index_of(self, role: str | None) -> int | None:
        """The recipient's place in the envelope, which gives the colour; None for nobody."""
        return next((i for i, r in enumerate(self._envelope.recipients) if r.role == role), None)

    def on_page(self, document: str, page: int) -> tuple[Field, ...]:
        return tuple(f for f in self._envelope.fields if f.document == document and f.page == page)

    @property
    def hidden(self) -> frozenset[str]:
        """The roles whose fields are put out of sight while others are worked on."""
        return self._hidden & {recipient.role for recipient in self._envelope.recipients}

    def shows(self, field: Field) -> bool:
        return field.recipient not in self._hidden

    # -- choosing --------------------------------------------------------------------------------------------

    def select(self, selection: Iterable[FieldId]) -> None:
        """What cannot be seen is not chosen."""
        known = {field.id for field in self._envelope.fields if self.shows(field)}
        wanted = tuple(each for each in selection if each in known)
        if wanted != self._selection:
            self._selection = wanted
            self.end_merging()
            self.selected.emit()

    def hide(self, roles: Iterable[str]) -> None:
        """The fields of these recipients and of no others."""
        wanted = frozenset(roles)
        if wanted != self._hidden:
            self._hidden = wanted
            self.select(self._selection)
            self.filtered.emit()

    def reveal(self, *roles: str | None) -> None:
        """Their fields are shown from now on."""
        self.hide(self._hidden - set(roles))

    def make_current(self, role: str) -> None:
        if role != self._current and any(r.role == role for r in self._envelope.recipients):
            self._current = role
            self.current_changed.emit()

    # -- changing --------------------------------------------------------------------------------------------

    def edit(self, name: str, after: Envelope, selection: Selection | None = None, merge: str = "") -> None:
        """One step of history, called `name` ("Move field"). Steps with the same `merge` that follow each other
        without a pause become one. A step that changes nothing is none."""
        self._envelope.require("edit", EnvelopeStatus.DRAFT)
        if after == self._envelope:
            return
        if monotonic() - self._merged_at > MERGES_FOR_S:
            self.end_merging()
        self._merged_at = monotonic()
        key = f"{merge}/{self._session}" if merge else ""
        chosen = self._selection if selection is None else selection
        self.history.push(_Edit(name, (self._envelope, self._selection), (after, chosen), key, self._show))

    def set_fields(
        self, name: str, fields: Iterable[Field], selection: Selection | None = None, merge: str = ""
    ) -> None:
        self.edit(name, replace(self._envelope, fields=tuple(fields)), selection, merge)

    def replace_fields(self, name: str, changed: Iterable[Field], merge: str = "") -> None:
        """The given fields instead of those of the same id; what is linked to one of them follows it."""
        new = {field.id: field for field in changed}
        fields = self._envelope.fields
        for before in [field for field in fields if field.linked and field.id in new]:
            fields = follow(fields, before, new[before.id], self._sizes())
        self.set_fields(name, (new.get(field.id, field) for field in fields), merge=merge)

    def replace_alone(self, name: str, changed: Iterable[Field]) -> None:
        """The given fields and no other, even of a linked set."""
        new = {field.id: field for field in changed}
        self.set_fields(name, (new.get(field.id, field) for field in self._envelope.fields))

    def end_merging(self) -> None:
        """What is typed from now on is a step of its own."""
        self._session += 1

    def start_over(self, envelope: Envelope) -> None:
        """Somebody else changed it: what is in the library counts, and history ends here."""
        self.history.clear()
        self._show(envelope, self._selection)

    # -- inside ----------------------------------------------------------------------------------------------

    def _sizes(self) -> dict[tuple[DocumentId, int], Size]:
        return {
            (document.id, number): page.size
            for document in self._envelope.documents
            for number, page in enumerate(document.pages, start=1)
        }

    def _show(self, envelope: Envelope, selection: Selection) -> None:
        touched = _difference(self._envelope, envelope)
        self._envelope = envelope
        self._choose_somebody()
        known = {field.id for field in envelope.fields}
        wanted = tuple(each for each in selection if each in known)
        reselected, self._selection = wanted != self._selection, wanted
        if touched:
            self.changed.emit(touched)
        if reselected:
            self.selected.emit()
        # Nobody changes what they cannot see: a step of history that leads there shows it.
        self.reveal(*(field.recipient for field in self.chosen))

    def _choose_somebody(self) -> None:
        if self.current is None:
            able = [r.role for r in self._envelope.recipients if r.action.seals]
            others = [r.role for r in self._envelope.recipients]
            self._current = next(iter((*able, *others)), None)
            self.current_changed.emit()


class _Edit(QUndoCommand):
    def __init__(
        self,
        name: str,
        before: tuple[Envelope, Selection],
        after: tuple[Envelope, Selection],
        merge: str,
        show: Callable[[Envelope, Selection], None],
    ) -> None:
        super().__init__(name)
        self._before, self.after, self.merge, self._show = before, after, merge, show

    def redo(self) -> None:
        self._show(*self.after)

    def undo(self) -> None:
        self._show(*self._before)

    def id(self) -> int:
        return _MERGING if self.merge else -1

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, _Edit) or other.merge != self.merge:
            return False
        self.after = other.after
        return True


def _difference(before: Envelope, after: Envelope) -> Aspect:
    touched = Aspect(0)
    if before.fields != after.fields:
        touched |= Aspect.FIELDS
    if before.recipients != after.recipients:
        touched |= Aspect.PEOPLE
    if before.documents != after.documents:
        touched |= Aspect.DOCUMENTS
    rest = replace(after, fields=before.fields, recipients=before.recipients, documents=before.documents)
    return touched | Aspect.DETAILS if rest != before else touched
