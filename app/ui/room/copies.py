"""A copy for the signer: onto something they plug in, by e-mail, to their telephone, or, past the host's gate, into a
folder of the host.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import isValid

from app.domain.changes import Changes
from app.ui.models.room import RoomModel
from app.ui.models.room_desk import Handed, Words
from app.ui.models.room_gate import GateModel
from app.ui.models.room_places import plugged_in
from app.ui.models.room_speech import say
from app.ui.room.fetching import FetchPage, page_words
from app.ui.room.gate import Gate
from app.ui.room.parts import Card, button, empty
from app.ui.theme import SPACE
from app.ui.widgets.announce import announce
from app.ui.widgets.look import column, label, row, set_look


class CopySheet(Card):
    """Signals: `closed`."""

    closed = Signal()

    def __init__(self, model: RoomModel, gate: GateModel) -> None:
        super().__init__()
        self._model = model
        self._places = column(gap=SPACE.inside)
        self._said = label("", wrap=True)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._chooser())
        asked = Gate(gate, say("The host may save the copy on this device."))
        asked.opened.connect(self._host_chooses)
        asked.cancelled.connect(lambda: self._pages.setCurrentIndex(0))
        self._pages.addWidget(asked)
        self.box.addWidget(label(say("Save a copy"), "title", strong=True))
        self.box.addWidget(self._pages)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(say("Save a copy"))
        self.look_again()

    def look_again(self) -> None:
        empty(self._places)
        for place in plugged_in():
            words = say("Save on {place}", place=place.name)
            self._places.addWidget(button(words, partial(self.save, place.path, True), "", "hard-drive"))
        address = self._model.recipient.email
        if address and self._model.desk.habits().sends_mail:
            words = say("E-mail it to {address}", address=address)
            self._places.addWidget(button(words, partial(self._mail, address), "", "mail"))
        if self._model.desk.habits().copies_by_qr:
            self._places.addWidget(button(say("Fetch it with a telephone"), self._fetch, "", "scan-search"))
        found = bool(self._places.count())
        self._say("" if found else say("Plug in a stick or a card, then look again."), "muted")

    def save(self, folder: Path, drive: bool = False) -> None:
        self._say(say("Writing…"), "muted")
        self._model.copy_to(folder, drive, self._saved, self._refused)

    def _mail(self, address: str) -> None:
        self._say(say("Sending…"), "muted")
        sent = partial(self._say, say("Sent to {address}.", address=address), "good")
        self._model.ask(lambda _: self._model.desk.copy_by_email(address), sent, self._refused)

    def _fetch(self) -> None:
        self._say(say("One moment…"), "muted")
        words = page_words()
        self._model.start(lambda: self._model.desk.hand_out(words), self._show_code, self._refused)

    def _show_code(self, handed: Handed) -> None:
        if not isValid(self) or not self.isVisible():
            handed.end()
            return
        self._say("", "muted")
        page = FetchPage(handed)
        page.fetched.connect(self._tell_fetched)
        page.left.connect(lambda: self._drop(page))
        self._pages.addWidget(page)
        self._pages.setCurrentWidget(page)
        page.setFocus()

    def _tell_fetched(self) -> None:
        self._model.changed.emit(Changes.of("envelope", self._model.envelope.id))

    def _drop(self, page: FetchPage) -> None:
        self._pages.setCurrentIndex(0)
        self._pages.removeWidget(page)
        page.deleteLater()

    def _chooser(self) -> QWidget:
        page = QWidget()
        box = QVBoxLayout(page)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE.between)
        box.addLayout(self._places)
        box.addWidget(self._said)
        again = button(say("Look again"), self.look_again, "quiet", "refresh-cw")
        host = button(say("Let the host save it"), lambda: self._pages.setCurrentIndex(1), "quiet", "hand-helping")
        if self._model.desk.habits().unattended:
            host.hide()
        box.addLayout(row(again, host, None, button(say("Done"), self.closed.emit, "primary")))
        return page

    def _host_chooses(self) -> None:
        self._pages.setCurrentIndex(0)
        dialog = QFileDialog(self.window(), say("Save the copy in"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.save(Path(name)))
        dialog.open()

    def _saved(self, files: int) -> None:
        self._say(say("Saved: {n} files.", n=files), "good")

    def _refused(self, words: Words) -> None:
        self._say(f"{words.happened} {words.todo}", "bad")

    def _say(self, text: str, tone: str) -> None:
        if not isValid(self):
            return  # the person has gone on meanwhile
        set_look(self._said, ink=tone)
        self._said.setText(text)
        self._said.setVisible(bool(text))
        announce(self, text, urgent=tone == "bad")
