"""The ways out a signer has: asking, coming back later, signing elsewhere, sending somebody else, saying no."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QPushButton

from app.ui.models.room import Apart, RoomModel
from app.ui.models.room_desk import Words
from app.ui.models.room_speech import say
from app.ui.room.parts import TOUCH, Card, button, set_ready
from app.ui.widgets.announce import announce
from app.ui.widgets.look import label, row, set_look

LONGEST_REASON = 1000


class WayOut(Card):
    """A title, some words, what is to be filled in, and two buttons; what is refused is said between them.

    Signals: `cancelled`. When the person goes, the model's screen changes.
    """

    cancelled = Signal()

    def __init__(self, model: RoomModel, title: str, text: str) -> None:
        super().__init__()
        self._model = model
        self._said = label("", ink="bad", wrap=True)
        self.box.addWidget(label(title, "title", strong=True))
        self.box.addWidget(label(text, "large", wrap=True))

    def end(self, go: QPushButton | None) -> None:
        """The lower edge."""
        self._said.hide()
        back = button(say("Back to the document"), self.cancelled.emit, "quiet" if go else "primary")
        self.box.addWidget(self._said)
        self.box.addLayout(row(back, None, go) if go is not None else row(None, back))
        if self.focusProxy() is None:
            self.setFocusProxy(go or back)

    def refuse(self, words: Words) -> None:
        self._said.setText(f"{words.happened} {words.todo}")
        self._said.show()
        announce(self, self._said.text(), urgent=True)


class DeclineSheet(WayOut):
    """A reason is wanted."""

    def __init__(self, model: RoomModel) -> None:
        text = say(
            "Nothing is signed by you then, and the sender learns your reason. This ends the envelope for everybody. "
            "If you would rather have it on paper, say so here."
        )
        super().__init__(model, say("Decline to sign?"), text)
        self._reason = _reason()
        self._reason.textChanged.connect(self._weigh)
        self._go = button(say("Decline"), self._decline, "danger")
        self.box.addWidget(self._reason)
        self.setFocusProxy(self._reason)
        self.end(self._go)
        self._weigh()

    def refuse(self, words: Words) -> None:
        self._weigh()
        super().refuse(words)

    def _weigh(self) -> None:
        self._said.hide()
        set_ready(self._go, bool(_text_of(self._reason)), say("Write your reason first."))

    def _decline(self) -> None:
        self._go.setEnabled(False)
        self._model.decline(_text_of(self._reason), self.refuse)


class LaterSheet(WayOut):
    """Everything entered stays."""

    def __init__(self, model: RoomModel) -> None:
        text = say(
            "What you have entered is stored on this device and nothing is signed. When you come back, the host hands "
            "over to you again and you go on where you stopped."
        )
        super().__init__(model, say("Go on later?"), text)
        self.end(button(say("Sign later"), self._leave, "primary"))

    def _leave(self) -> None:
        current = self._model.current or self._model.walk.next_missing()
        field = current.id if current is not None else None
        self._model.get_up(Apart.LATER, lambda: self._model.desk.put_off(field), self.refuse)


class ElsewhereSheet(WayOut):
    """A choice for the host to know; nothing is sent by it."""

    def __init__(self, model: RoomModel) -> None:
        text = say(
            "Nothing is signed now. The host is told that you would rather sign at another place, on a device of your "
            "own, and sends it to you later. What you have entered stays here."
        )
        super().__init__(model, say("Sign at another place?"), text)
        self.end(button(say("I sign at another place"), self._leave, "primary"))

    def _leave(self) -> None:
        self._model.get_up(Apart.ELSEWHERE, self._model.desk.go_elsewhere, self.refuse)


class QuestionSheet(WayOut):
    """Nobody signs with a question open: the host is beside, and nothing is lost by asking."""

    def __init__(self, model: RoomModel) -> None:
        handed = say(
            "Ask the person who gave you this device. Nothing is signed meanwhile, and everything you have entered "
            "stays. You may also sign later, when your question is answered."
        )
        alone = say("Ask somebody who works here. Nothing is signed meanwhile. You may also sign later.")
        text = alone if model.desk.habits().unattended else handed
        super().__init__(model, say("Ask before you sign"), text)
        self.end(None)


class DelegateSheet(WayOut):
    """Who signs instead, how to reach them, and why."""

    def __init__(self, model: RoomModel) -> None:
        text = say("Name the person who signs in your place. Nothing of what you have entered goes over to them.")
        super().__init__(model, say("Somebody else signs for you?"), text)
        self._name, self._email, self._reason = _line(say("Their name")), _line(say("Their e-mail")), _reason()
        self._name.textChanged.connect(lambda _: self._weigh())
        self._reason.textChanged.connect(self._weigh)
        for part in (self._name, self._email, self._reason):
            self.box.addWidget(part)
        self.setFocusProxy(self._name)
        self._go = button(say("Hand on"), self._delegate, "primary")
        self.end(self._go)
        self._weigh()

    def _weigh(self) -> None:
        self._said.hide()
        ready = bool(self._name.text().strip() and _text_of(self._reason))
        set_ready(self._go, ready, say("Write the name and your reason first."))

    def _delegate(self) -> None:
        name, email, reason = self._name.text().strip(), self._email.text().strip(), _text_of(self._reason)
        self._model.get_up(Apart.DELEGATED, lambda: self._model.desk.delegate(name, email, reason), self.refuse)


def _line(asks: str) -> QLineEdit:
    made = QLineEdit()
    made.setMinimumHeight(TOUCH)
    made.setMaxLength(200)
    made.setPlaceholderText(asks)
    made.setAccessibleName(asks)
    set_look(made, type="large")
    return made


def _reason() -> QPlainTextEdit:
    made = QPlainTextEdit()
    made.setAccessibleName(say("Your reason"))
    made.setPlaceholderText(say("Your reason, in a few words"))
    made.setMinimumHeight(110)
    made.setTabChangesFocus(True)
    set_look(made, type="large")
    return made


def _text_of(reason: QPlainTextEdit) -> str:
    return reason.toPlainText().strip()[:LONGEST_REASON]
