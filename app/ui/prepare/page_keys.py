"""What keys mean while the pages have the keyboard, as the person has them."""

from __future__ import annotations

from typing import Final, cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from app.ui.action import Action
from app.ui.action_set import ActionSet

HELD: Final = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
Step = tuple[float, float, bool]
"""Points across and down, and whether the size changes instead of the place."""


class PageKeys:
    """Reads the table of actions at each key, so that a change counts at once."""

    def __init__(self, actions: ActionSet) -> None:
        self._actions = actions

    def kind(self, event: QKeyEvent) -> str | None:
        """Of the field that is to be placed."""
        row = self._meant(event, "place_field")
        return str(row.given[0]) if row is not None else None

    def recipient(self, event: QKeyEvent) -> int | None:
        """Whose number it is, from 1."""
        row = self._meant(event, "give_to")
        return cast("int", row.given[0]) if row is not None else None

    def step(self, event: QKeyEvent) -> Step | None:
        row = self._meant(event, "nudge")
        return cast("Step", row.given) if row is not None else None

    def words_for(self, kind: str) -> str:
        """The key that places a field of this kind, as printed on the keyboard; empty where there is none."""
        keys = self._actions.keys_of(f"place.{kind}")
        return keys[0].toString(QKeySequence.SequenceFormat.NativeText) if keys else ""

    def _meant(self, event: QKeyEvent, calls: str) -> Action | None:
        rows = (self._actions.on_pages(keys) for keys in sequences_of(event))
        return next((row for row in rows if row is not None and row.calls == calls), None)


def sequences_of(event: QKeyEvent) -> list[QKeySequence]:
    """The keys as pressed, and the letter or digit that they write: on some keyboards digits are typed with Shift."""
    pressed = event.keyCombination().toCombined() & ~Qt.KeyboardModifier.KeypadModifier.value
    found, written = [QKeySequence(pressed)], event.text().upper()
    if len(written) == 1 and written.isalnum() and not event.modifiers() & HELD:
        found.append(QKeySequence(written))
    return found
