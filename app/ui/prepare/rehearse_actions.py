"""What the table of actions calls to try the envelope as one of its people."""

from __future__ import annotations

from app.services import rehearsing
from app.services.rehearsing import Rehearsal
from app.ui.prepare.block_actions import BlockActions
from app.ui.prepare.rehearsal_dialogs import RehearsedDialog, RehearseDialog, actors


class RehearseActions(BlockActions):
    """Mixed into the page."""

    def rehearse(self) -> None:
        """Where there is one person only, there is nothing to choose."""
        able = actors(self.draft.envelope)
        if len(able) == 1:
            self.rehearse_as(able[0].role)
            return
        dialog = RehearseDialog(self.draft.envelope, self._widget)
        dialog.chosen.connect(self.rehearse_as)
        dialog.open()

    def rehearse_as(self, role: str) -> None:
        """With what is on the screen, which is kept first."""
        if self._keeper is not None:
            self._keeper.flush()
        self._desk.go.rehearse(self._id, role, lambda: self._look_back(role))

    def _look_back(self, role: str) -> None:
        house = self._desk.house
        self._desk.run(
            lambda _: rehearsing.rehearse(house, self._id, role),
            lambda found: self._show_rehearsed(role, found),
            owner=self.studio,
        )

    def _show_rehearsed(self, role: str, rehearsal: Rehearsal) -> None:
        recipient = self.draft.envelope.recipient(role)
        dialog = RehearsedDialog(recipient.name or role, rehearsal, self._widget)
        dialog.wanted.connect(self.studio.show_field)
        dialog.again.connect(lambda: self.rehearse_as(role))
        dialog.show()
