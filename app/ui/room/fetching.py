"""A copy for the signer's own telephone: a code to scan, and one to compare."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from app.services import handing_out
from app.services.handing_out import PageWords
from app.ui.canvas.code import CodeView
from app.ui.models.room_desk import Handed
from app.ui.models.room_speech import say, spoken_language
from app.ui.room.parts import button
from app.ui.theme import SPACE
from app.ui.widgets.announce import announce
from app.ui.widgets.look import column, label, row, selectable, set_look

LOOK_MS: Final = 300


def page_words() -> PageWords:
    """What the telephone shows, in the language that is spoken now."""
    language = spoken_language()
    return PageWords(
        language.code,
        language.right_to_left,
        say("Your copy"),
        say("Go on only if the device shows the same code:"),
        say("Fetch it"),
    )


class FetchPage(QWidget):
    """Nobody can fetch it any more once this has left the screen.

    Signals: `fetched` when it has; `left`.
    """

    fetched = Signal()
    left = Signal()

    def __init__(self, handed: Handed) -> None:
        super().__init__()
        self._handed = handed
        self._said = label("", "large", wrap=True)
        how = label(
            say("Scan this with a telephone in the same local network. It can be fetched once, by one person."),
            "large",
            wrap=True,
        )
        compare = label(say("Compare the code:"), ink="muted")
        code = label(handed.code, "display", strong=True)
        link = selectable(label(handed.url, "small", ink="muted", wrap=True))
        words = column(how, compare, code, link, self._said, None, gap=SPACE.inside)
        line = row(
            CodeView(handing_out.picture(handed.url), say("QR code with the link to your copy")),
            words,
            gap=SPACE.around,
        )
        line.setStretch(1, 1)
        back = button(say("Back"), self.left.emit, "primary")
        self.setLayout(column(line, row(None, back), gap=SPACE.between))
        self.setFocusProxy(back)
        self._looking = QTimer(self)
        self._looking.setInterval(LOOK_MS)
        self._looking.timeout.connect(self._look)
        self._looking.start()
        self._look()

    def hideEvent(self, event: QHideEvent) -> None:
        self._looking.stop()
        self._handed.end()
        super().hideEvent(event)

    def _look(self) -> None:
        if self._handed.fetched:
            self._end(say("It has been fetched."), "good")
            self.fetched.emit()
        elif self._handed.left_s:
            self._said.setText(say("Ends in {seconds} s.", seconds=self._handed.left_s))
        else:
            self._end(say("It has ended. Go back and begin anew if you still want it."), "warn")

    def _end(self, text: str, tone: str) -> None:
        self._looking.stop()
        set_look(self._said, ink=tone)
        self._said.setText(text)
        announce(self, text)
