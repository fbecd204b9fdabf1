"""The signer's part of the handover: who they are, with the codes the sender asked for."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from app.domain import one_time_code
from app.domain.ceremony import TRIES, Ceremony
from app.ui.models.room import RoomModel
from app.ui.models.room_desk import Identified, Words
from app.ui.models.room_refusals import tries_words
from app.ui.models.room_speech import phrase, say
from app.ui.models.room_words import acting
from app.ui.room.parts import TOUCH, Card, button, name_it, set_ready
from app.ui.theme import SPACE
from app.ui.widgets.announce import announce
from app.ui.widgets.look import column, label, row, set_look

EMAIL_CODE: Final = "email_code"
ASKED: Final = {
    "access_code": (phrase("The sender gave you an access code."), phrase("Access code")),
    "password": (phrase("The sender gave you a password."), phrase("Password")),
    EMAIL_CODE: (phrase("A code goes to {address} by e-mail."), phrase("Code from the e-mail")),
}


class CodeLine(QWidget):
    """One thing to be proved. Signals: `entered` with Enter; `changed`; `sending_wanted` for a code by e-mail."""

    entered = Signal()
    changed = Signal()
    sending_wanted = Signal()

    def __init__(self, method: str, address: str) -> None:
        super().__init__()
        self.method = method
        asked, name = ASKED[method]
        self._line = QLineEdit()
        self._line.setMinimumHeight(TOUCH)
        set_look(self._line, type="large")
        if method != EMAIL_CODE:
            self._line.setEchoMode(QLineEdit.EchoMode.Password)
        self._line.setAccessibleName(say(name))
        self._line.setPlaceholderText(say(name))
        self._line.returnPressed.connect(self.entered)
        self._line.textChanged.connect(lambda _: self.changed.emit())
        self._send: QPushButton | None = None
        self._told = label("", "small", ink="muted", wrap=True)
        self._told.hide()
        self._ceremony: Ceremony | None = None
        self._ticking = QTimer(self)
        self._ticking.setInterval(1000)
        self._ticking.timeout.connect(self._tell)
        line = row(self._line, gap=SPACE.inside)
        if method == EMAIL_CODE:
            self._send = button(say("Send the code"), self.sending_wanted.emit, "", "mail")
            line.addWidget(self._send)
        self.setLayout(column(label(say(asked, address=address), wrap=True), line, self._told, gap=SPACE.tight))
        self.setFocusProxy(self._send or self._line)

    @property
    def code(self) -> str:
        return self._line.text().strip()

    def forget(self) -> None:
        self._line.clear()

    def say_sent(self) -> None:
        """The code is under way: now it can be entered."""
        self.setFocusProxy(self._line)
        self._line.setFocus()
        announce(self, self._told.text())

    def weigh(self, ceremony: Ceremony | None) -> None:
        """Says how long a code is good, when another may be asked for, and how often."""
        self._ceremony = ceremony
        self.setEnabled(ceremony is not None and ceremony.tries_left > 0)
        self._tell()

    def _tell(self) -> None:
        self._ticking.stop()
        if self._send is None or self._ceremony is None or not self._ceremony.codes_sent:
            return
        wait = one_time_code.wait_s(self._ceremony, datetime.now(UTC))
        left = one_time_code.left(self._ceremony)
        minutes = int(one_time_code.LIFE.total_seconds() // 60)
        told = [say("Sent; it is good for {minutes} minutes. It may lie among unwanted mail.", minutes=minutes)]
        why_not = ""
        if not left:
            why_not = say("No more can be sent until the host hands over again.")
        elif wait:
            why_not = say("You can ask for another in {seconds} s.", seconds=wait)
            self._ticking.start()
        else:
            told.append(say("{n} more can be sent.", n=left))
        self._told.setText(" ".join([*told, why_not]).strip())
        self._told.show()
        name_it(self._send, say("Send again"))
        set_ready(self._send, not why_not, why_not)


class SignerCard(Card):
    """Signals: `somebody_else` when the person in front of the device is not the one named."""

    somebody_else = Signal()

    def __init__(self, model: RoomModel) -> None:
        super().__init__()
        self._model = model
        self._told: Identified | None = None
        self._hello = label("", "display", strong=True, wrap=True)
        self._about = label("", "large", wrap=True)
        self._message = label("", "large", ink="muted", wrap=True)
        self._identified = label("", ink="muted", wrap=True)
        self._trouble = label("", "large", ink="bad", wrap=True)
        self._codes: list[CodeLine] = []
        self._codes_at = column(gap=SPACE.snug)
        self._confirm = button("", self._confirmed, "primary")
        for part in (self._hello, self._about, self._message, self._identified):
            self.box.addWidget(part)
        self.box.addLayout(self._codes_at)
        self.box.addWidget(self._trouble)
        self.box.addSpacing(SPACE.inside)
        other = button(say("I am somebody else"), self.somebody_else.emit, "quiet")
        self.box.addLayout(row(other, None, self._confirm))
        model.envelope_changed.connect(self._weigh)

    def show_recipient(self, told: Identified) -> None:
        self._told = told
        recipient, envelope = self._model.recipient, self._model.envelope
        self._hello.setText(say("Are you {name}?", name=recipient.name))
        wanted = say(acting(recipient).asked, title=envelope.title)
        seen = self._model.witnessed
        if seen is not None:
            wanted += " " + say("You confirm that you saw {name} sign.", name=seen.name)
        calm = say("You will read it first; nothing is signed until you say so at the end.")
        self._about.setText(f"{wanted} {calm}")
        message = envelope.message.strip()
        self._message.setText(say("The sender writes: {message}", message=message))
        self._message.setVisible(bool(message))
        self._identified.setText(say("Noted by the host: {statement}", statement=told.statement))
        self._identified.setVisible(not self._model.desk.habits().unattended)
        name_it(self._confirm, say("I am {name}", name=recipient.name))
        self._ask_codes()
        self._trouble.clear()
        self._weigh()

    def take_focus(self) -> None:
        (self._codes[0] if self._codes else self._confirm).setFocus()

    def _ask_codes(self) -> None:
        recipient = self._model.recipient
        for old in self._codes:
            self._codes_at.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._codes = [CodeLine(method.type, recipient.email) for method in recipient.auth if method.type in ASKED]
        for line in self._codes:
            line.changed.connect(self._weigh)
            line.entered.connect(self._confirm.click)
            line.sending_wanted.connect(self._send_code)
            self._codes_at.addWidget(line)

    def _send_code(self) -> None:
        line = next(line for line in self._codes if line.method == EMAIL_CODE)
        self._trouble.clear()
        self._model.send_code(line.say_sent, self._refused)

    def _confirmed(self) -> None:
        if self._confirm.isEnabled() and self._told is not None:
            self._confirm.setEnabled(False)
            self._trouble.clear()
            codes = {line.method: line.code for line in self._codes}
            self._model.identify(self._told, codes, self._refused)

    def _refused(self, words: Words) -> None:
        self._trouble.setText(f"{words.title}. {words.happened} {words.todo}")
        announce(self, self._trouble.text(), urgent=True)
        for line in self._codes:
            line.forget()
        self.take_focus()

    def _weigh(self) -> None:
        if not self._model.is_open:
            return
        ceremony = self._model.ceremony
        left = ceremony.tries_left if ceremony else 0
        for line in self._codes:
            line.weigh(ceremony)
        if self._codes and ceremony is not None and left < TRIES:
            self._trouble.setText(tries_words(left))
        self._trouble.setVisible(bool(self._trouble.text()))
        entered = all(line.code for line in self._codes) and (not self._codes or left > 0)
        set_ready(self._confirm, entered, say("Enter the code first."))
