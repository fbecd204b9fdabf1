"""Help for reading: the words of a page in letters as large as one likes, and read aloud."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from app.domain.ids import DocumentId
from app.domain.reflowing import paragraphs
from app.ui.canvas.layout import PageRef
from app.ui.models.room import RoomModel
from app.ui.models.room_desk import Printed, Words
from app.ui.models.room_speech import phrase, say
from app.ui.room import voice_program
from app.ui.room.parts import Card, arrows, button, name_it, set_ready, tool
from app.ui.room.voice_program import Aloud
from app.ui.theme import text_scale
from app.ui.widgets.announce import announce
from app.ui.widgets.grey import allow
from app.ui.widgets.look import column, label, row, set_look

SIZES_PX: Final = (18, 24, 32, 44)
WIDTH: Final = 960
HELP: Final = phrase("This is a help for reading only. What you sign is the page as it was laid out.")
PICTURE: Final = phrase("This page is a picture: there are no words in it that could be shown large or read aloud.")


class LargeType(Card):
    """Begins at the page that was looked at. Signals: `closed` to go back to the pages."""

    closed = Signal()

    def __init__(self, model: RoomModel, page: PageRef) -> None:
        super().__init__(WIDTH)
        self._model = model
        self._pages = [PageRef(d.id, n) for d in model.documents for n in range(1, len(d.pages) + 1)]
        self._at = self._pages.index(page) if page in self._pages else 0
        self._size = 1
        self._text = ""
        self._aloud = Aloud(self, voice_program.found())
        self._aloud.changed.connect(self._show_voice)
        self._where = label("", "large", strong=True)
        self._words = label("", wrap=True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        # As on the page, whatever is spoken around it.
        self._words.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self._speak = button("", self._speak_or_stop, "", "play")
        back, on = arrows()
        self._before = tool(back, say("The page before"), lambda: self._turn(-1))
        self._after = tool(on, say("The page after"), lambda: self._turn(1))
        self._smaller = tool("zoom-out", say("Smaller letters"), lambda: self._grow(-1))
        self._larger = tool("zoom-in", say("Larger letters"), lambda: self._grow(1))
        self._lay_out()
        self._grow(0)
        self._turn(0)

    @property
    def page(self) -> PageRef:
        """The one that is read now."""
        return self._pages[self._at]

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody is read to who has gone on."""
        self._aloud.stop()
        super().hideEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Under the curtain everything is hidden, also from ears."""
        if event.type() is QEvent.Type.EnabledChange and not self.isEnabled():
            self._aloud.stop()
        super().changeEvent(event)

    def _lay_out(self) -> None:
        held = QWidget()
        set_look(held, ground="surface")
        held.setLayout(column(self._words, None, margin=16))
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setWidget(held)
        self._area.setMinimumHeight(420)
        self._area.setAccessibleName(say("The words of the page"))
        back = button(say("Back to the document"), self.closed.emit, "primary")
        self.box.addLayout(row(self._where, None, self._smaller, self._larger, self._before, self._after))
        self.box.addWidget(self._area, 1)
        self.box.addWidget(label(say(HELP), "small", ink="muted", wrap=True))
        self.box.addLayout(row(self._speak, None, back))
        self.setFocusProxy(self._area)

    def _turn(self, by: int) -> None:
        self._at = min(max(self._at + by, 0), len(self._pages) - 1)
        page = self.page
        document = self._model.envelope.document(DocumentId(page.document))
        facts = {"title": document.title, "page": page.page, "all": len(document.pages)}
        self._where.setText(say("{title}, page {page} of {all}", **facts))
        last = len(self._pages) - 1
        allow(self._before, "" if self._at > 0 else say("This is the first page."), say("The page before"))
        allow(self._after, "" if self._at < last else say("This is the last page."), say("The page after"))
        self._aloud.stop()
        self._show("")
        source = self._model.desk.sources()[document.id]
        self._model.start(
            lambda: self._model.desk.print_on(source, page.page), lambda found: self._arrived(page, found), self._failed
        )

    def _arrived(self, page: PageRef, found: Printed) -> None:
        if page == self.page:
            text = "\n\n".join(paragraphs(found.text))
            self._show(text or say(PICTURE), spoken=text)
            self._area.verticalScrollBar().setValue(0)
            announce(self, self._where.text())

    def _failed(self, words: Words) -> None:
        self._show(f"{words.title}. {words.happened}")

    def _show(self, text: str, spoken: str = "") -> None:
        self._text = spoken
        self._words.setText(text)
        self._show_voice()

    def _grow(self, by: int) -> None:
        self._size = min(max(self._size + by, 0), len(SIZES_PX) - 1)
        self._words.setStyleSheet(f"font-size: {round(SIZES_PX[self._size] * text_scale())}px")
        largest = len(SIZES_PX) - 1
        allow(self._smaller, "" if self._size > 0 else say("They cannot be smaller."), say("Smaller letters"))
        allow(self._larger, "" if self._size < largest else say("They cannot be larger."), say("Larger letters"))

    def _speak_or_stop(self) -> None:
        if self._aloud.speaking:
            self._aloud.stop()
        else:
            self._aloud.speak(self._text, self._model.envelope.style.language)

    def _show_voice(self) -> None:
        name_it(self._speak, say("Stop reading aloud") if self._aloud.speaking else say("Read aloud"))
        if self._aloud.program is None:
            set_ready(self._speak, False, say("No voice is installed on this device."))
        else:
            set_ready(self._speak, bool(self._text), say("There are no words on this page."))
