"""The remote half of the chosen envelope: what the service says beside what we know, and what can be asked of it."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from app.domain.remote import RemoteFile
from app.services.overseeing import Contradiction, Doing, Person, There
from app.ui.models import remote as worded
from app.ui.models.exchange import Line, line
from app.ui.models.wording import full_date, short_date
from app.ui.theme import SPACE
from app.ui.widgets.chip import Chip, State
from app.ui.widgets.elided import ElidedLabel
from app.ui.widgets.grey import allow
from app.ui.widgets.icon_label import IconLabel
from app.ui.widgets.look import clear, column, label, row, set_look

MOST_FILES: Final = 20
ASKING: Final = ("link", "take_back")
"""They ask the person first, in a window of their own."""


class Half(QWidget):
    """Signals: `asked` with what is wanted (`news`, `remind`, `link`, `download`, `take_back`) and a role or "";
    `decided` with an operation and `local` or `remote`; `verify_wanted` with a `RemoteFile`; `outbox_wanted`."""

    asked = Signal(str, str)
    decided = Signal(str, str)
    verify_wanted = Signal(object)
    outbox_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: There | None = None
        self._box = column(gap=SPACE.snug)
        self.setLayout(self._box)
        self.setAccessibleName("At the service")
        self.hide()

    def show_there(self, there: There | None) -> None:
        """Nothing is shown of an envelope that was never handed over. What is the same stays as it stands: whoever is
        about to press a button of it keeps it."""
        if there == self._shown:
            return
        self._shown = there
        self.setVisible(there is not None)
        clear(self._box)
        if there is None:
            return
        now = datetime.now().astimezone()
        self._box.addWidget(label(f"At {there.service}, account {there.remote.account}", strong=True, wrap=True))
        if there.contradiction is not None:
            self._box.addWidget(self._decision(there.contradiction))
        self._box.addLayout(self._status(there, now))
        for one in there.people:
            self._box.addWidget(self._person(one, now))
        for row_ in there.open:
            told = line(row_, "")
            if told.look.needs_person or told.state != "waiting" or told.said:
                self._box.addWidget(self._open(told))
        for file in there.remote.files[-MOST_FILES:]:
            self._box.addWidget(self._file(file))
        self._box.addLayout(self._deeds(there))

    def _ask(self, button: QPushButton, doing: Doing, role: str) -> None:
        """A service may take its time; until the envelope is read again the button says so."""
        if doing not in ASKING:
            allow(button, "It is under way.")
            self._shown = None
        self.asked.emit(doing, role)

    # -- parts ---------------------------------------------------------------------------------------------

    def _status(self, there: There, now: datetime) -> QVBoxLayout:
        word, tone, icon = worded.status(there.remote)
        when = f"Asked {short_date(there.asked_at, now)}" if there.asked_at else ""
        asked = ElidedLabel(when, "small", ink="muted")
        if there.asked_at:
            asked.setToolTip(f"The service last answered on {full_date(there.asked_at, now)}.")
        box = column(row(Chip(State(word, tone, icon)), asked), gap=SPACE.tight)
        if said := worded.raw(there.remote):
            box.addWidget(label(said, "small", ink="muted", wrap=True))
        return box

    def _person(self, one: Person, now: datetime) -> QWidget:
        word, ink, more = worded.person(one.news, now)
        said = ElidedLabel(" · ".join(part for part in (word, more) if part), "small", ink=ink)
        remind, link = QPushButton("Remind"), QPushButton("Link…")
        asking: tuple[tuple[QPushButton, Doing, str], ...] = (
            (remind, "remind", "Remind"),
            (link, "link", "Signing link of"),
        )
        for button, doing, name in asking:
            set_look(button, kind="link")
            button.setAccessibleName(f"{name} {one.name}")
            button.clicked.connect(partial(self._ask, button, doing, one.role))
        allow(remind, one.against["remind"], "The service sends its reminder.")
        allow(link, one.against["link"], "The address at which they sign.")
        whole = QWidget()
        whole.setLayout(row(column(ElidedLabel(one.name), said, gap=0), remind, link, gap=SPACE.snug))
        whole.setAccessibleName(f"{one.name}: {word}. {more}".strip())
        return whole

    def _open(self, told: Line) -> QWidget:
        """What is under way, waits for a network, or needs a person."""
        line_ = QWidget()
        said = column(label(f"{told.doing}: {told.look.word}", wrap=True, strong=told.look.needs_person), gap=0)
        if told.said:
            said.addWidget(label(told.said, "small", ink="muted", wrap=True))
        if told.look.needs_person:
            go = QPushButton("Decide in Exchange")
            set_look(go, kind="link")
            go.clicked.connect(self.outbox_wanted)
            said.addLayout(row(go, None))
        box = row(gap=SPACE.inside)
        box.addWidget(IconLabel(told.look.icon, told.look.ink), 0, Qt.AlignmentFlag.AlignTop)
        box.addLayout(said, 1)
        line_.setLayout(box)
        line_.setAccessibleName(told.spoken)
        return line_

    def _file(self, file: RemoteFile) -> QWidget:
        word, tone, icon = worded.file(file)
        whole = QWidget()
        verify = QPushButton("Verify")
        set_look(verify, kind="link")
        verify.setAccessibleName(f"Verify {file.title}, as it came back")
        allow(verify, "" if file.verdict else "It is no PDF.")
        verify.clicked.connect(partial(self.verify_wanted.emit, file))
        told = column(ElidedLabel(f"{file.title}, as it came back"), ElidedLabel(word, "small", ink=tone), gap=0)
        whole.setLayout(row(IconLabel(icon, tone), told, verify, gap=SPACE.snug))
        whole.setAccessibleName(f"{file.title}, as it came back: {word}")
        return whole

    def _decision(self, found: Contradiction) -> QWidget:
        """Both sides, and nobody decides but a person."""
        card = QFrame()
        set_look(card, ground="card")
        card.setAccessibleName("Both ends say something else")
        here, there = QPushButton("Keep what is here"), QPushButton("Take what is there")
        here.clicked.connect(partial(self.decided.emit, found.operation, "local"))
        there.clicked.connect(partial(self.decided.emit, found.operation, "remote"))
        card.setLayout(
            column(
                row(IconLabel("triangle-alert", "bad"), label("Both ends say something else", strong=True), None),
                label(f"Here: {found.here}", wrap=True),
                label(f"At the service: {found.there}", wrap=True),
                label("Both histories stay in the trail, whatever you choose.", "small", ink="muted", wrap=True),
                column(here, there),
                margin=SPACE.between,
            )
        )
        return card

    def _deeds(self, there: There) -> QVBoxLayout:
        news, download, back = QPushButton("Ask for news"), QPushButton("Fetch the files"), QPushButton("Take it back")
        deeds: tuple[tuple[QPushButton, Doing, str], ...] = (
            (news, "news", "Asks the service now how far it is."),
            (download, "download", "What was signed there is fetched once more, checked, and kept beside ours."),
            (back, "take_back", "Nothing of it is at the service; everybody signs here again."),
        )
        for button, doing, tip in deeds:
            reason = there.against[doing]
            button.clicked.connect(partial(self._ask, button, doing, ""))
            allow(button, reason, tip)
        box = column(row(news, download), gap=SPACE.inside)
        if not there.against["take_back"]:
            box.addLayout(row(back, None))
        return box
