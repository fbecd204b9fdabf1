"""While the documents are sealed: what is being done, and how far it is. It cannot be stopped half-way."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from app.ui.models.room import RoomModel
from app.ui.models.room_speech import say
from app.ui.models.room_words import acting
from app.ui.room.parts import Card, on_desk
from app.ui.theme import show_busy
from app.ui.widgets.announce import announce
from app.ui.widgets.look import label


class SealingPage(QWidget):
    """Follows `progressed` of the model; has no button."""

    """What is seen while the seal is made: each document in turn, and no way to close."""

    def __init__(self, model: RoomModel) -> None:
        super().__init__()
        self._model = model
        card = Card(520)
        self._title = label("", "title", strong=True, wrap=True)
        self._step = label("", ink="muted", wrap=True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(say("Sealing"))
        for part in (self._title, self._bar, self._step):
            card.box.addWidget(part)
        card.box.addWidget(label(say("Please leave the device as it is for a moment."), ink="muted", wrap=True))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(on_desk(card))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        model.progressed.connect(self._advance)

    def begin(self) -> None:
        self._title.setText(say(acting(self._model.recipient).doing))
        show_busy(self._bar)
        self._say(0)
        self.setFocus()

    def _advance(self, done: int, total: int) -> None:
        self._bar.setRange(0, max(total, 1))
        self._bar.setValue(done)
        self._say(done)

    def _say(self, done: int) -> None:
        """Each document is sealed and read back before the next; after the last the trail is closed."""
        documents = self._model.envelope.documents
        if done < len(documents):
            text = say(
                "Sealing and checking {number} of {all}: {title}",
                number=done + 1,
                all=len(documents),
                title=documents[done].title,
            )
        else:
            text = say("Closing the record of what was done")
        self._step.setText(text)
        announce(self, text)
