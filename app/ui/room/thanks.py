"""Afterwards: thanks, what became of it, a copy to take along, and the device goes back or on to the next person."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.envelope import CopyMode, EnvelopeStatus
from app.ui.models.room import Apart, RoomModel, Screen
from app.ui.models.room_speech import phrase, say
from app.ui.models.room_words import acting, first_name
from app.ui.room.parts import Card, button, empty, on_desk
from app.ui.theme import SPACE
from app.ui.widgets.icon_label import IconLabel
from app.ui.widgets.look import column, label, row, rule

APART: Final = {
    Apart.LATER: (
        phrase("You sign later"),
        phrase("Nothing is signed yet. What you have entered is stored; you go on where you stopped."),
    ),
    Apart.ELSEWHERE: (
        phrase("You sign at another place"),
        phrase("Nothing is signed yet. The host knows that you would rather sign elsewhere, and will see to it."),
    ),
    Apart.DELEGATED: (
        phrase("Somebody else signs for you"),
        phrase("Nothing was signed by you. The host hands over to the person you named."),
    ),
}


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
        screen = self._model.screen
        declined = screen is Screen.DECLINED
        title, text = self._thanks() if screen is Screen.THANKS else self._declined() if declined else self._apart()
        picture = {Screen.DECLINED: "circle-x", Screen.APART: "clock"}.get(screen, "circle-check-big")
        mark = IconLabel(picture, "good" if screen is Screen.THANKS else "muted", 40)
        words = column(label(title, "display", strong=True, wrap=True), label(text, "large", wrap=True), gap=SPACE.snug)
        line = row(gap=SPACE.between)
        line.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)
        self._card.box.addLayout(line)
        if screen is Screen.THANKS and self._model.offers_copies:
            self._offer_copy()
        self._card.box.addWidget(rule())
        self._hand_on(declined)

    def _say_goodbye(self, number: int) -> None:
        """No host is near: the number is what the person goes by at the counter."""
        done = button(say("Done"), self.back_wanted.emit, "primary")
        told = label(say("Your number: {number}", number=number), "title", strong=True)
        why = label(say("Name it if you need something of what you did here."), "large", ink="muted", wrap=True)
        self._card.box.addLayout(column(told, why, gap=SPACE.tight))
        self._card.box.addLayout(row(None, done))
        done.setFocus()

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

    def _apart(self) -> tuple[str, str]:
        title, text = APART[self._model.apart]
        return say(title), say(text)

    def _offer_copy(self) -> None:
        always = self._model.envelope.copy_mode is CopyMode.ALWAYS
        question = say("Take your copy along.") if always else say("Would you like a copy to take along?")
        copy = button(say("Save a copy…"), self.copy_wanted.emit, "", "download")
        line = row(label(question, "large", wrap=True), copy, gap=SPACE.between)
        line.setStretch(0, 1)
        self._card.box.addLayout(line)

    def _hand_on(self, declined: bool) -> None:
        habits = self._model.desk.habits()
        if habits.unattended:
            self._say_goodbye(habits.number)
            return
        following = None if declined else self._model.next_recipient
        back = button(say("Give the device back"), self.back_wanted.emit, "quiet" if following else "primary")
        parts: list[QWidget | None] = [back, None] if following is not None else [None, back]
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
