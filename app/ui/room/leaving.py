"""The two ways out a signer has: saying no, with a reason, and coming back later."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit

from app.ui.models.room import RoomModel
from app.ui.models.room_desk import Words
from app.ui.models.room_speech import say
from app.ui.room.parts import Card, button, set_ready
from app.ui.widgets.announce import announce
from app.ui.widgets.look import label, row, set_look

LONGEST_REASON = 1000


class DeclineSheet(Card):
    """Signals: `cancelled`. When the person declines, the model's screen changes."""

    cancelled = Signal()

    def __init__(self, model: RoomModel) -> None:
        super().__init__()
        self._model = model
        self._reason = QPlainTextEdit()
        self._reason.setAccessibleName(say("Your reason"))
        self._reason.setPlaceholderText(say("Your reason, in a few words"))
        self._reason.setMinimumHeight(110)
        self._reason.setTabChangesFocus(True)
        set_look(self._reason, type="large")
        self._reason.textChanged.connect(self._weigh)
        self._said = label("", ink="bad", wrap=True)
        self._go = button(say("Decline"), self._decline, "danger")
        text = say(
            "Nothing is signed by you then, and the sender learns your reason. This ends the envelope for everybody. "
            "If you would rather have it on paper, say so here."
        )
        self.box.addWidget(label(say("Decline to sign?"), "title", strong=True))
        self.box.addWidget(label(text, "large", wrap=True))
        self.box.addWidget(self._reason)
        self.box.addWidget(self._said)
        self.box.addLayout(row(button(say("Back to the document"), self.cancelled.emit, "quiet"), None, self._go))
        self.setFocusProxy(self._reason)
        self._weigh()

    def _weigh(self) -> None:
        self._said.hide()
        set_ready(self._go, bool(self._text()), say("Write your reason first."))

    def _text(self) -> str:
        return self._reason.toPlainText().strip()[:LONGEST_REASON]

    def _decline(self) -> None:
        self._go.setEnabled(False)
        self._model.decline(self._text(), self._refused)

    def _refused(self, words: Words) -> None:
        self._weigh()
        self._said.setText(f"{words.happened} {words.todo}")
        self._said.show()
        announce(self, self._said.text(), urgent=True)


class LaterSheet(Card):
    """Signals: `cancelled`; `left` when the person has read what happens and goes."""

    cancelled = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        text = say(
            "What you have entered is stored on this device and nothing is signed. When you come back, the host hands "
            "over to you again and you go on where you stopped."
        )
        go = button(say("Sign later"), self.left.emit, "primary")
        self.box.addWidget(label(say("Go on later?"), "title", strong=True))
        self.box.addWidget(label(text, "large", wrap=True))
        self.box.addLayout(row(button(say("Back to the document"), self.cancelled.emit, "quiet"), None, go))
        self.setFocusProxy(go)
