"""The signing room played by the host: the same pages, under a band that says it is not real."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from app.services.house import House
from app.services.scratch import Scratch
from app.tasks import Runner
from app.ui.models.room import RoomModel, Screen
from app.ui.models.room_asking import nothing
from app.ui.models.room_desk import RoomDesk
from app.ui.models.room_rehearsal import RehearsalDesk
from app.ui.models.room_speech import say
from app.ui.room.locked import LockedRoom
from app.ui.room.parts import button, name_it, set_ready
from app.ui.room.tools import direction
from app.ui.theme import SPACE
from app.ui.widgets.elided import ElidedLabel
from app.ui.widgets.icon_label import IconLabel
from app.ui.widgets.look import column, row, set_look


class RehearsalRoom(LockedRoom):
    """Begins at the document: nobody is identified. `fill_in` answers for the person whatever is still open; the band,
    the end of the walk or closing the window leave it. Keep a reference until `closed`.
    """

    def __init__(self, house: House, tasks: Runner, play: Scratch) -> None:
        self._desk = RehearsalDesk(house, play)
        super().__init__(self._desk, tasks)
        self._band = _Band()
        self._band.fill_wanted.connect(self.fill_in)
        self._band.end_wanted.connect(lambda: self._leave("later"))
        self._box.setSpacing(0)
        self._box.insertWidget(0, self._band)
        self.closed.connect(lambda _: self._desk.close())
        self._follow(self.sitting.model)

    def fill_in(self) -> None:
        """Agrees where that is still asked for, puts away what is open, and makes up the rest."""
        sitting = self.sitting
        sitting.layer.clear()
        if sitting.model.screen is Screen.READING:
            sitting.model.consent()
        sitting.settle(lambda: sitting.model.ask(lambda _: self._desk.fill_in(), nothing))

    def _follow(self, model: RoomModel) -> None:
        model.screen_changed.connect(lambda _: self._band.show_state(model))
        model.envelope_changed.connect(lambda: self._band.show_state(model))

    def _tongue(self, desk: RoomDesk) -> str:
        return desk.envelope().style.language

    def _translate(self) -> None:
        super()._translate()
        self._band.show_state(self.sitting.model)


class _Band(QFrame):
    """Signals: `fill_wanted`, `end_wanted`."""

    fill_wanted = Signal()
    end_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        set_look(self, ground="warn")
        self._title = ElidedLabel("", "large", strong=True)
        self._says = ElidedLabel("", "small", ink="muted")
        self._fill = button("", self.fill_wanted.emit)
        self._end = button("", self.end_wanted.emit)
        line = row(IconLabel("triangle-alert", "warn", 24), column(self._title, self._says, gap=0), gap=SPACE.inside)
        line.addWidget(self._fill)
        line.addWidget(self._end)
        line.setStretch(1, 1)
        line.setContentsMargins(SPACE.around, SPACE.inside, SPACE.between, SPACE.inside)
        self.setLayout(line)

    def show_state(self, model: RoomModel) -> None:
        if not model.is_open:
            return
        self.setLayoutDirection(direction())
        self._title.say(say("Rehearsal as {name}", name=model.recipient.name or model.recipient.role))
        self._says.say(say("Nothing you enter here is kept, signed or sent."))
        name_it(self._fill, say("Fill in for me"))
        name_it(self._end, say("End the rehearsal"))
        at_work = model.screen in (Screen.READING, Screen.WALK)
        empty = at_work and any(model.value_of(field) is None for field in model.walk.fields)
        set_ready(self._fill, empty, say("There is nothing to fill in now."))
