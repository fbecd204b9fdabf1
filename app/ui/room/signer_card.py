"""The signer's part of the handover: who they are, with the access code where the sender set one."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QLineEdit

from app.domain.ceremony import TRIES, Ceremony
from app.domain.recipient import Recipient
from app.ui.models.room import RoomModel
from app.ui.models.room_desk import Words
from app.ui.models.room_words import acting
from app.ui.room.parts import TOUCH, Card, button, name_it, set_ready
from app.ui.theme import SPACE
from app.ui.widgets.announce import announce
from app.ui.widgets.look import label, row, set_look


class SignerCard(Card):
    """Signals: `somebody_else` when the person in front of the device is not the one named."""

    somebody_else = Signal()

    def __init__(self, model: RoomModel) -> None:
        super().__init__()
        self._model = model
        self._statement = ""
        self._hello = label("", "display", strong=True, wrap=True)
        self._about = label("", "large", wrap=True)
        self._message = label("", "large", ink="muted", wrap=True)
        self._identified = label("", ink="muted", wrap=True)
        self._trouble = label("", "large", ink="bad", wrap=True)
        self._code = QLineEdit()
        self._code.setMinimumHeight(TOUCH)
        set_look(self._code, type="large")
        self._code.setEchoMode(QLineEdit.EchoMode.Password)
        self._code.setAccessibleName("Access code")
        self._code.setPlaceholderText("Access code")
        self._confirm = button("", self._confirmed, "primary")
        self._code.returnPressed.connect(self._confirm.click)
        self._code.textChanged.connect(lambda _: self._weigh())
        self.box.addWidget(self._hello)
        self.box.addWidget(self._about)
        self.box.addWidget(self._message)
        self.box.addWidget(self._identified)
        self.box.addWidget(self._code_label())
        self.box.addWidget(self._code)
        self.box.addWidget(self._trouble)
        self.box.addSpacing(SPACE.inside)
        self.box.addLayout(row(button("I am somebody else", self.somebody_else.emit, "quiet"), None, self._confirm))
        model.envelope_changed.connect(self._weigh)

    def show_recipient(self, statement: str) -> None:
        self._statement = statement
        recipient = self._model.recipient
        self._hello.setText(f"Are you {recipient.name}?")
        title = self._model.envelope.title
        self._about.setText(
            f"You are asked to {acting(recipient).task} “{title}”. You will read it first; nothing is "
            "signed until you say so at the end."
        )
        message = self._model.envelope.message.strip()
        self._message.setText(f"The sender writes: {message}")
        self._message.setVisible(bool(message))
        self._identified.setText(f"Noted by the host: {statement}")
        name_it(self._confirm, f"I am {recipient.name}")
        self._code.clear()
        self._trouble.clear()
        self._weigh()

    def take_focus(self) -> None:
        (self._code if self._code.isVisible() else self._confirm).setFocus()

    def _code_label(self) -> QLabel:
        self._code_asked = label("The sender gave you an access code.", wrap=True)
        return self._code_asked

    def _confirmed(self) -> None:
        if self._confirm.isEnabled():
            self._confirm.setEnabled(False)
            self._trouble.clear()
            self._model.identify(self._statement, self._code.text() or None, self._refused)

    def _refused(self, words: Words) -> None:
        self._trouble.setText(f"{words.title}. {words.todo}")
        announce(self, self._trouble.text(), urgent=True)
        self._code.clear()
        self._code.setFocus()

    def _weigh(self) -> None:
        if not self._model.is_open:
            return
        recipient, ceremony = self._model.recipient, self._model.ceremony
        asks = _asks_code(recipient)
        left = ceremony.tries_left if ceremony else 0
        for part in (self._code_asked, self._code):
            part.setVisible(asks)
        self._code.setEnabled(left > 0)
        if asks and _was_wrong(ceremony):
            tries = f"{left} tries are left." if left > 1 else "One try is left."
            self._trouble.setText(
                f"That was not the code. {tries}" if left else "No tries are left. Please give the device back."
            )
        self._trouble.setVisible(bool(self._trouble.text()))
        set_ready(self._confirm, not asks or bool(self._code.text() and left), "Enter the access code first.")


def _asks_code(recipient: Recipient) -> bool:
    return any(method.type == "access_code" for method in recipient.auth)


def _was_wrong(ceremony: Ceremony | None) -> bool:
    return ceremony is not None and ceremony.tries_left < TRIES
