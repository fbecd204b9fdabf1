"""What went wrong and what to do, said to a person who knows nothing of the program."""

from __future__ import annotations

from PySide6.QtCore import Signal

from app.ui.models.room_desk import Words
from app.ui.room.parts import Card, button
from app.ui.widgets.announce import announce
from app.ui.widgets.failure import Failure, FailurePanel
from app.ui.widgets.look import row


class TroubleSheet(Card):
    """Signals: `closed`."""

    closed = Signal()

    def __init__(self, words: Words, way_on: str) -> None:
        super().__init__()
        go = button(way_on, self.closed.emit, "primary")
        self.box.addWidget(FailurePanel(Failure(words.title, words.happened, words.todo)))
        self.box.addLayout(row(None, go))
        self.setFocusProxy(go)
        announce(self, f"{words.title}. {words.happened} {words.todo}", urgent=True)
