"""Afterwards: thanks, what became of it, a copy to take along, and the device goes back or on to the next person."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.envelope import CopyMode, EnvelopeStatus
from app.ui.models.room import RoomModel, Screen
from app.ui.models.room_speech import say
from app.ui.models.room_words import acting, first_name
from app.ui.room.parts import Card, button, empty, on_desk
from app.ui.theme import SPACE
from app.ui.widgets.icon_label import IconLabel
from app.ui.widgets.look import column, label, row, rule


class ThanksPage(QWidget):
    """Signals: `copy_wanted`; `next_wanted(str)` with the role whose turn it is; `back_wanted` to the host."""

    copy_wanted = Signal()
    next_wanted = Signal(str)
    back_wanted = Signal()

    def __init__(self, model: RoomModel) -> None:
        super().__init__()
        self._model = model
        self._card = Card()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(on_desk(self._card))

    def begin(self) -> None:
        empty(self._card.box)
        declined = self._model.screen is Screen.DECLINED
        title, text = self._declined() if declined else self._thanks()
        mark = IconLabel("circle-x", "muted", 40) if declined else IconLabel("circle-check-big", "good", 40)
        words = column(label(title, "display", strong=True, wrap=True), label(text, "large", wrap=True), gap=SPACE.snug)
        line = row(gap=SPACE.between)
        line.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)
        self._card.box.addLayout(line)
        if not declined and self._model.offers_copies:
            self._offer_copy()
        self._card.box.addWidget(rule())
        self._hand_on(declined)

    def _thanks(self) -> tuple[str, str]:
        recipient, envelope = self._model.recipient, self._model.envelope
        told = [say(acting(recipient).done, n=len(envelope.documents))]
        if recipient.action.seals:
            told.append(say("Each was sealed and read back: a change afterwards would show."))
        if envelope.status is EnvelopeStatus.COMPLETED:
            told.append(say("Everybody has acted; the envelope is complete."))
        return say("Thank you, {name}", name=first_name(recipient)), " ".join(told)

    def _declined(self) -> tuple[str, str]:
        return say("You have declined"), say("Nothing was signed by you. Your reason is kept for the sender.")

    def _offer_copy(self) -> None:
        always = self._model.envelope.copy_mode is CopyMode.ALWAYS
        question = say("Take your copy along.") if always else say("Would you like a copy to take along?")
        copy = button(say("Save a copy…"), self.copy_wanted.emit, "", "download")
        line = row(label(question, "large", wrap=True), copy, gap=SPACE.between)
        line.setStretch(0, 1)
        self._card.box.addLayout(line)

    def _hand_on(self, declined: bool) -> None:
        following = None if declined else self._model.next_recipient
        back = button(say("Give the device back"), self.back_wanted.emit, "quiet" if following else "primary")
        parts: list[QWidget | None] = [back, None]
        said = say("Please give the device back to the host.")
        first = back
        if following is not None:
            role = following.role
            name = say("the next person") if self._model.envelope.hide_other_signers else following.name
            first = button(say("Hand over to {name}", name=name), lambda: self.next_wanted.emit(role), "primary")
            parts.append(first)
            said = say("Next it is the turn of {name}.", name=name)
        self._card.box.addWidget(label(said, "large", wrap=True))
        self._card.box.addLayout(row(*parts))
        first.setFocus()
