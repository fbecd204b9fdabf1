"""Use cases that change a draft below the editor (page tools, importing, mending), shown as one step of its history."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol, TypeVar

from PySide6.QtCore import SignalInstance
from shiboken6 import isValid

from app.domain.changes import Changes
from app.domain.envelope import Envelope
from app.services import reading
from app.services.house import House
from app.ui.desk import Desk
from app.ui.models.draft import Selection
from app.ui.models.keeper import KEPT, Keeper
from app.ui.prepare.arrange_actions import ArrangeActions
from app.ui.widgets.grey import allow


class Reworked(Protocol):
    """What such a use case returns."""

    @property
    def changes(self) -> Changes: ...


R = TypeVar("R", bound=Reworked | Changes)


class Reworking(ArrangeActions):
    """Mixed into the page, which sets these once the envelope is open."""

    _desk: Desk
    _keeper: Keeper | None
    _published: Changes | None
    _id: str
    standing_changed: SignalInstance

    def rework(
        self,
        name: str,
        work: Callable[[House], R],
        then: Callable[[R], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """What is on the screen is kept first, and nothing is changed on it meanwhile; then `name` is one step that
        leads from how it was to how it is, and undo goes back all the way."""
        house, keeper = self._desk.house, self._keeper
        if keeper is None or not self.draft.is_editable:
            return
        keeper.flush()
        go_on = self._pause()

        def do(_: object) -> tuple[R, Envelope]:
            return work(house), reading.envelope(house, self._id)

        def done(found: tuple[R, Envelope]) -> None:
            result, stored = found
            go_on()
            keeper.believe(stored)
            self.draft.edit(name, as_stored(self.draft.envelope, stored), self._fresh(stored))
            self._published = result if isinstance(result, Changes) else result.changes
            self._desk.publish(self._published)
            if then is not None:
                then(result)

        def refused(error: Exception) -> None:
            go_on()
            (failed or self._desk.notices.fail)(error)

        self._desk.runner.start(do, done, refused, owner=self.studio)

    def _pause(self) -> Callable[[], None]:
        """Nothing can be pressed until what this returns is called; then the keyboard is where it was (Qt takes it
        from what turns grey)."""
        studio = self.studio
        holder = studio.window().focusWidget()
        allow(studio, "The document is being changed; this takes a moment.")

        def go_on() -> None:
            allow(studio, "")
            if isValid(holder) and studio.isAncestorOf(holder):
                holder.setFocus()

        return go_on

    def _fresh(self, stored: Envelope) -> Selection | None:
        """What is new is chosen, so that one sees it; else the choice stays."""
        known = {field.id for field in self.draft.envelope.fields}
        fresh = tuple(field.id for field in stored.fields if field.id not in known)
        return fresh or None


def as_stored(shown: Envelope, stored: Envelope) -> Envelope:
    """The envelope of the screen with everything a preparer can change as it is in the library."""
    return replace(shown, **{key: getattr(stored, key) for key in KEPT})
