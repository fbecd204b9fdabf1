"""Several people at one device: who may sit down now, who comes back, who signs elsewhere. For the host."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from app.ui.models.room import Apart, RoomModel
from app.ui.models.room_desk import Words
from app.ui.models.room_queue import Waiting
from app.ui.models.room_speech import say
from app.ui.room.parts import Card, button
from app.ui.theme import SPACE
from app.ui.widgets.look import column, label, row, rule


class QueueSheet(Card):
    """Signals: `chosen(str)` with the role to begin with; `cancelled`. Whoever is passed over stays expected."""

    chosen = Signal(str)
    cancelled = Signal()

    def __init__(self, model: RoomModel) -> None:
        super().__init__()
        self._model = model
        self._said = label("", ink="bad", wrap=True)
        self._said.hide()
        self.box.addWidget(label(say("Who begins?"), "title", strong=True))
        for one in model.queue:
            self.box.addLayout(self._line(one))
        self.box.addWidget(rule())
        self.box.addWidget(self._said)
        name = model.recipient.name
        elsewhere = button(say("{name} signs elsewhere", name=name), self._send_away, "quiet", "send")
        back = button(say("Back"), self.cancelled.emit, "quiet")
        self.box.addLayout(row(back, None, elsewhere))
        self.setFocusProxy(back)

    def _line(self, one: Waiting) -> QHBoxLayout:
        about = say("{state}, {n} fields", state=say(one.standing.value), n=one.fields)
        line = row(column(label(one.name, "large", strong=True), label(about, ink="muted"), gap=0), gap=SPACE.between)
        line.setStretch(0, 1)
        if one.may_sit and one.role != self._model.desk.role:
            line.addWidget(button(say("Begin with {name}", name=one.name), partial(self._choose, one.role)))
        return line

    def _choose(self, role: str) -> None:
        self._model.ask(lambda _: self._model.desk.skip(), partial(self.chosen.emit, role), self._refused)

    def _send_away(self) -> None:
        self._model.get_up(Apart.ELSEWHERE, self._model.desk.go_elsewhere, self._refused)

    def _refused(self, words: Words) -> None:
        self._said.setText(f"{words.happened} {words.todo}")
        self._said.show()
