"""The first page of a kiosk: what is signed here, and who has come."""

from __future__ import annotations

import re
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from app.services.kiosk import Pattern
from app.ui.models.room_desk import Words
from app.ui.models.room_speech import say
from app.ui.room.parts import TOUCH, Card, button, on_desk, set_ready
from app.ui.room.tools import Speaker, TopBar, direction
from app.ui.theme import SPACE
from app.ui.widgets.announce import announce
from app.ui.widgets.look import column, label, row, set_look

LONGEST: Final = 200
ADDRESS: Final = re.compile(r"[^@\s,;]+@[^@\s,;]+\.[^@\s,;]+")


class KioskStart(QWidget):
    """Signals: `begun(str, str)` with a name and an e-mail address, which may be empty; `host_wanted` to end it."""

    begun = Signal(str, str)
    host_wanted = Signal()

    def __init__(self, pattern: Pattern, speaker: Speaker, name: str = "", email: str = "") -> None:
        super().__init__()
        self._pattern = pattern
        self._waiting = False
        self.setLayoutDirection(direction())
        set_look(self, ground="desk")
        self._name = _line(say("Your name"), name)
        asked = say("Your e-mail") if pattern.needs_email else say("Your e-mail, if you like")
        self._email = _line(asked, email)
        self._email.setVisible(pattern.asks_email)
        self._trouble = label("", "large", ink="bad", wrap=True)
        self._trouble.hide()
        self._go = button(say("Begin"), self._begin, "primary")
        card = Card()
        card.box.addWidget(label(pattern.title, "display", strong=True, wrap=True))
        if pattern.message.strip():
            card.box.addWidget(label(pattern.message.strip(), "large", ink="muted", wrap=True))
        card.box.addWidget(label(say("Please enter your name to read and sign it."), "large", wrap=True))
        for part in (self._name, self._email, self._trouble):
            card.box.addWidget(part)
        host = button(say("For the host"), self.host_wanted.emit, "quiet")
        card.box.addLayout(row(host, None, self._go))
        self.setLayout(column(TopBar(speaker), on_desk(card), gap=SPACE.hair))
        for line in (self._name, self._email):
            line.textChanged.connect(lambda _: self._weigh())
            line.returnPressed.connect(self._go.click)
        self.setFocusProxy(self._name)
        self._weigh()

    @property
    def entered(self) -> tuple[str, str]:
        return self._name.text(), self._email.text()

    @property
    def waits(self) -> bool:
        return self._waiting

    def wait(self, waiting: bool) -> None:
        """Nobody can begin while the run before is being put away, or one is being made."""
        self._waiting = waiting
        self._weigh()

    def refuse(self, words: Words) -> None:
        self.wait(False)
        self._trouble.setText(f"{words.title}. {words.happened} {words.todo}")
        self._trouble.show()
        announce(self, self._trouble.text(), urgent=True)

    def _begin(self) -> None:
        name, email = (text.strip() for text in self.entered)
        self._trouble.hide()
        self.begun.emit(name, email)

    def _weigh(self) -> None:
        name, email = (text.strip() for text in self.entered)
        if self._waiting:
            set_ready(self._go, False, say("One moment…"))
        elif not name:
            set_ready(self._go, False, say("Enter your name first."))
        elif (email or self._pattern.needs_email) and not ADDRESS.fullmatch(email):
            set_ready(self._go, False, say("Enter your e-mail address, such as ana@example.com."))
        else:
            set_ready(self._go, True, "")


def _line(asks: str, text: str) -> QLineEdit:
    made = QLineEdit(text)
    made.setMinimumHeight(TOUCH)
    made.setMaxLength(LONGEST)
    made.setPlaceholderText(asks)
    made.setAccessibleName(asks)
    set_look(made, type="large")
    return made
