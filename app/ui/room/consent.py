"""Consent, beside the document and not before it: in plain words, the whole text one press away, nothing pre-ticked."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QScrollArea, QWidget

from app.ui.models.room import RoomModel
from app.ui.models.room_speech import phrase, say
from app.ui.room.parts import TOUCH, Card, Foot, button, set_ready
from app.ui.theme import SPACE
from app.ui.widgets.look import column, label, row, selectable, set_look

PLAIN = phrase(
    "Read the pages above, as long as you like. If you agree to sign electronically, your signature here means the "
    "same as one by hand. You may ask for paper instead, and you may stop at any time before you finish."
)
RECORDED = phrase(
    "Which pages you look at, and for how long, is recorded as evidence, with a small picture of the place where you "
    "sign."
)


class ConsentPanel(Foot):
    """Signals: `agreed`; `refused`; `text_wanted` for the whole text."""

    agreed = Signal()
    refused = Signal()
    text_wanted = Signal()

    def __init__(self, model: RoomModel) -> None:
        super().__init__()
        self._model = model
        self._must_read = model.desk.habits().read_to_end
        self._read = label("", "small", ink="muted")
        self._tick = QCheckBox(say("I agree to sign electronically"))
        self._tick.setMinimumHeight(TOUCH)
        set_look(self._tick, type="large")
        self._tick.toggled.connect(lambda _: self._weigh())
        self._go = button(say("Agree and continue"), self._agree, "primary")
        whole = button(say("Read the whole text"), self.text_wanted.emit, "link")
        refuse = button(say("I do not agree"), self.refused.emit, "quiet")
        words = column(
            label(say("Before you sign"), "title", strong=True), label(say(PLAIN), "large", wrap=True), gap=SPACE.tight
        )
        if model.desk.habits().records_views:
            words.addWidget(label(say(RECORDED), "small", ink="muted", wrap=True))
        words.addLayout(row(whole, self._read, None, gap=SPACE.between))
        deeds = column(None, self._tick, row(None, refuse, self._go, gap=SPACE.inside), None, gap=SPACE.tight)
        self.fill(words, deeds)
        model.envelope_changed.connect(self._count)
        self._weigh()

    def begin(self) -> None:
        self._tick.setChecked(False)
        self._tick.setFocus()
        self._count()

    def _agree(self) -> None:
        if self._tick.isChecked() and self._read_enough():
            self._go.setEnabled(False)
            self.agreed.emit()

    def _weigh(self) -> None:
        if not self._read_enough():
            set_ready(self._go, False, say("Look at every page first."))
            return
        set_ready(self._go, self._tick.isChecked(), say("Tick “I agree” first, or choose “I do not agree”."))

    def _read_enough(self) -> bool:
        """Where the host demands it, every page has stood on the screen."""
        return not (self._must_read and self._model.is_open) or self._shown() >= self._pages()

    def _pages(self) -> int:
        return sum(len(document.pages) for document in self._model.documents)

    def _shown(self) -> int:
        ceremony = self._model.ceremony
        return len(ceremony.pages_shown) if ceremony else 0

    def _count(self) -> None:
        """How much of the documents has been on the screen."""
        if not self._model.is_open:
            return
        shown, pages = self._shown(), self._pages()
        self._weigh()
        self._read.setText(say("You have seen {seen} of {n} pages.", seen=min(shown, pages), n=pages))


class AgreementSheet(Card):
    """The whole text. Signals: `closed`."""

    closed = Signal()

    def __init__(self, title: str, text: str) -> None:
        super().__init__(680)
        words = selectable(label(text, "large", wrap=True))
        words.setAlignment(Qt.AlignmentFlag.AlignTop)
        held = QWidget()
        set_look(held, ground="surface")
        held.setLayout(column(words, None, margin=SPACE.tight))
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setAccessibleName(title)
        area.setWidget(held)
        area.setMinimumHeight(360)
        back = button(say("Back to the document"), self.closed.emit, "primary")
        self.box.addWidget(label(title, "title", strong=True))
        self.box.addWidget(area, 1)
        self.box.addLayout(row(None, back))
        self.setFocusProxy(back)
