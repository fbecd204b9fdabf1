"""Says to a screen reader what others see happen on the pages: placed, moved, deleted, chosen, taken back."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer

from app.domain.block import Block
from app.domain.fields.registry import KINDS
from app.domain.geometry import Rect
from app.ui.canvas.layout import PageRef
from app.ui.canvas.spoken import Part, speak
from app.ui.canvas.view import PageView
from app.ui.models.draft import Draft, Selection
from app.ui.models.lengths import Unit
from app.ui.models.narration import choice_words, field_words, place_words, step_words
from app.ui.widgets.announce import announce


class Narrator(QObject):
    """Follows a draft. A step says what it did and not, once more, what is selected by it."""

    def __init__(self, view: PageView, draft: Draft, unit: Callable[[], Unit]) -> None:
        super().__init__(view)
        self._view, self._draft, self._unit = view, draft, unit
        self._envelope, self._selection = draft.envelope, draft.selection
        self._step = draft.history.index()
        self._parts: tuple[object, Selection, Unit, frozenset[str], Sequence[Part]] | None = None
        speak(view, self.parts)
        # A step of history comes as several signals; one thing is said when all of them have come.
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._tell)
        for signal in (draft.changed, draft.selected, draft.history.indexChanged):
            signal.connect(self._soon.start)

    def parts(self) -> Sequence[Part]:
        """The fields in the order in which Tab goes; kept until something changes, for a reader asks one by one."""
        envelope, selection, unit = self._draft.envelope, self._draft.selection, self._unit()
        hidden, kept = self._draft.hidden, self._parts
        if kept is not None and kept[0] is envelope and kept[1:4] == (selection, unit, hidden):
            return kept[4]
        parts = [
            Part(
                field_words(envelope, field, unit),
                PageRef(field.document, field.page),
                field.rect,
                field.id in selection,
                bool(selection) and field.id == selection[-1],
            )
            for field in envelope.in_tab_order(envelope.fields)
            if self._draft.shows(field)
        ]
        self._parts = envelope, selection, unit, hidden, parts
        return parts

    def hold(self, kind: str | None) -> None:
        """This kind is in the hand now; None when it was put away."""
        if kind is not None:
            keys = "Arrows carry it, Enter places it, Escape puts it away"
            announce(self._view, f"{KINDS[kind].title} in the hand. {keys}")

    def hold_block(self, block: Block) -> None:
        announce(self._view, f"Block {block.name} in the hand. Arrows carry it, Enter puts it down")

    def carry(self, page: PageRef, rect: Rect) -> None:
        """What is in the hand hovers here."""
        announce(self._view, place_words(page.page, rect, self._unit()))

    def _tell(self) -> None:
        before, self._envelope = self._envelope, self._draft.envelope
        chosen, self._selection = self._selection, self._draft.selection
        step, self._step = self._step, self._draft.history.index()
        told = step_words(before, self._envelope, self._unit())
        if self._step < step and self._draft.history.canRedo():
            undone = self._draft.history.redoText()
            told = f"Undone: {undone[:1].lower()}{undone[1:]}. {told}".rstrip(". ")
        if not told and chosen != self._selection:
            told = choice_words(self._envelope, self._draft.chosen, self._unit())
        if told:
            announce(self._view, told)
