"""The room as a window that only the host can leave. It is handed a desk, and knows nothing of the house."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal

from app.tasks import Runner
from app.ui.models.room import RoomModel
from app.ui.models.room_desk import RoomDesk
from app.ui.models.room_gate import Tried
from app.ui.models.room_speech import LANGUAGES, speak
from app.ui.room.curtain import CurtainCard
from app.ui.room.locked_window import LockedWindow
from app.ui.room.sitting import Sitting


class LockedRoom(LockedWindow):
    """One envelope, one person after the other; how it ends is finished, declined or later.

    Signals: those of `LockedWindow`; `next_signer(str)` when the room goes on with another role.
    """

    next_signer = Signal(str)
    _sitting: Sitting

    def __init__(self, desk: RoomDesk, runner: Runner) -> None:
        habits = desk.habits()
        super().__init__(habits, self._check_pin, runner, habits.idle_minutes)
        self._begin(desk)

    @property
    def sitting(self) -> Sitting:
        return self._sitting

    def begin(self) -> None:
        self._sitting.begin()

    def hide_document(self) -> None:
        if self._sitting.shows_something_private and self.curtain.sheet is None:
            card = CurtainCard(self._sitting.model.recipient.name)
            card.lifted.connect(self.curtain.clear)
            card.left.connect(self._leave_hidden)
            self.curtain.put(card, fixed=True)

    def _begin(self, desk: RoomDesk) -> None:
        speak(self._tongue(desk))
        model = RoomModel(desk, self._runner)
        model.changed.connect(self.changed)
        model.language_changed.connect(self._translate)
        self._seat(model)

    def _tongue(self, desk: RoomDesk) -> str:
        """What is spoken before the device has changed hands: the host's."""
        return LANGUAGES[0].code

    def _seat(self, model: RoomModel) -> None:
        self._sitting = Sitting(model, self._runner, self._gate)
        self._sitting.left.connect(self._leave)
        self._sitting.next_wanted.connect(self._go_on_with)
        self._box.addWidget(self._sitting)

    def _check_pin(self, pin: str, then: Callable[[Tried], None]) -> None:
        self._sitting.model.check_pin(pin, then)

    def _go_on_with(self, role: str) -> None:
        """A new sitting with a model of its own: nothing of the last person's is kept."""
        before = self._sitting
        self._clear_traces()
        self._begin(before.model.desk.beside(role))
        self._put_away(before)
        self._sitting.begin()
        self.next_signer.emit(role)

    def _leave_hidden(self) -> None:
        self._sitting.ask_host("later", fixed=True)
        self.curtain.clear()

    def _leave(self, outcome: str) -> None:
        self._sitting.model.give_back()
        super()._leave(outcome)
