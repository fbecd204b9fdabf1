"""Sending out: who acts in which order and where, said once more; then the way into the signing room."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QDialog, QPushButton, QVBoxLayout, QWidget

from app.domain.envelope import Envelope, Routing, SealingMode
from app.domain.recipient import Recipient
from app.services.messages import words as words_of
from app.tasks import Handle
from app.ui.exchange.road import Road
from app.ui.icons import icon
from app.ui.models.wording import ACTION
from app.ui.prepare.recipients import in_order
from app.ui.theme import SPACE
from app.ui.widgets.badge import Badge, Person
from app.ui.widgets.failure import Failure, FailurePanel
from app.ui.widgets.grey import allow
from app.ui.widgets.icon_label import IconLabel
from app.ui.widgets.look import clear, column, label, row, set_look
from app.ui.widgets.progress import ProgressStrip


class SendDialog(QDialog):
    """Signals: `agreed` when it is to be sent the way `road` says, `begin(role)` when signing starts here and now."""

    agreed = Signal()
    begin = Signal(str)

    def __init__(self, envelope: Envelope, road: Road, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.road = road
        self.setWindowTitle("Send out")
        self.setMinimumWidth(460)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(SPACE.around, SPACE.around, SPACE.around, SPACE.between)
        self._box.setSpacing(SPACE.between)
        self._progress = ProgressStrip()
        self._ask(envelope)

    def follow(self, handle: Handle) -> None:
        allow(self._send, "It is being sent out.")
        self._progress.follow("Freezing the documents and laying the fields", handle)

    def report(self, done: int, total: int) -> None:
        self._progress.report(done, total)

    def show_failure(self, error: Exception) -> None:
        self._progress.finish()
        self._judge()
        said = words_of(error, window=True)
        self._box.insertWidget(0, FailurePanel(Failure(said.title, said.happened, said.todo)))

    def show_sent(self, envelope: Envelope, now_acting: Sequence[Recipient]) -> None:
        """It is out; whoever may act now can begin at once."""
        clear(self._box)
        title = label("It is out", "title", strong=True)
        self._box.addLayout(row(IconLabel("circle-check", "good", 28), title, None, gap=SPACE.snug))
        self._box.addWidget(label(_next_words(envelope, now_acting), wrap=True, ink="muted"))
        for number, recipient in enumerate(now_acting):
            start = QPushButton(f"Start signing as {recipient.name or recipient.role}")
            start.setIcon(icon("pen-line", "text" if number else "on_accent"))
            set_look(start, kind="" if number else "primary")
            start.clicked.connect(self._beginner(recipient.role))
            self._box.addWidget(start)
            if number == 0:
                start.setFocus()
        later = QPushButton("Later")
        set_look(later, kind="quiet")
        later.clicked.connect(self.accept)
        self._box.addLayout(row(None, later))
        self.adjustSize()

    def show_handed(self, account: str) -> None:
        """It waits in the outbox; without a network that is all there is to say."""
        clear(self._box)
        title = label("It is handed over", "title", strong=True)
        self._box.addLayout(row(IconLabel("circle-check", "good", 28), title, None, gap=SPACE.snug))
        told = f"It waits for {account} and leaves as soon as there is a network. Home shows how far it is."
        self._box.addWidget(label(told, wrap=True, ink="muted"))
        done = QPushButton("Done")
        set_look(done, kind="primary")
        done.clicked.connect(self.accept)
        self._box.addLayout(row(None, done))
        done.setFocus()
        self.adjustSize()

    def _judge(self) -> None:
        allow(self._send, self.road.reason)
        self.adjustSize()

    def _beginner(self, role: str) -> Callable[[], None]:
        def start() -> None:
            self.accept()
            self.begin.emit(role)

        return start

    def _ask(self, envelope: Envelope) -> None:
        self._box.addWidget(label("Send out", "title", strong=True))
        self._box.addWidget(label(_what_happens(envelope), wrap=True, ink="muted"))
        for recipient, when in people_in_order(envelope):
            index = envelope.recipients.index(recipient)
            badge = Badge(Person(recipient.initials, index, recipient.name or recipient.role), 32)
            words = column(
                label(recipient.name or recipient.role, strong=True), label(when, "small", ink="muted"), gap=0
            )
            self._box.addLayout(row(badge, words, None, gap=SPACE.snug))
        self._box.addWidget(self.road)
        self._box.addWidget(self._progress)
        self._send = QPushButton("Send out")
        self._send.setIcon(icon("send", "on_accent"))
        self._send.setIconSize(QSize(18, 18))
        set_look(self._send, kind="primary")
        self._send.setDefault(True)
        self._send.clicked.connect(self.agreed)
        back = QPushButton("Not yet")
        back.clicked.connect(self.reject)
        self._box.addSpacing(SPACE.inside)
        self._box.addLayout(row(None, back, self._send))
        self.road.changed.connect(self._judge)
        self._judge()
        self._send.setFocus()


def people_in_order(envelope: Envelope) -> tuple[tuple[Recipient, str], ...]:
    """Everybody with what they do and when: `signs first`, `then signs`, `gets a copy at the end`."""
    told: list[tuple[Recipient, str]] = []
    steps = sorted({recipient.order for recipient in envelope.recipients if recipient.action.acts})
    for recipient in in_order(envelope.recipients):
        does = ACTION[recipient.action]
        if not recipient.action.acts:
            told.append((recipient, f"{does} at the end"))
        elif envelope.routing is Routing.PARALLEL or len(steps) < 2:
            told.append((recipient, does))
        elif recipient.order == steps[0]:
            told.append((recipient, f"{does} first"))
        else:
            told.append((recipient, f"then {does}"))
    return tuple(told)


def _what_happens(envelope: Envelope) -> str:
    count = len(envelope.documents)
    documents = f"The {count} documents are" if count > 1 else "The document is"
    sealed = (
        "and sealed after each person's act"
        if envelope.sealing is SealingMode.EACH_RECIPIENT
        else "and sealed once everybody is done"
    )
    return f"{documents} frozen as they are now {sealed}. Until somebody has signed you can take it back."


def _next_words(envelope: Envelope, acting: Sequence[Recipient]) -> str:
    if not acting:
        return f"“{envelope.title}” needs nobody to act now."
    names = " and ".join(recipient.name or recipient.role for recipient in acting)
    return f"Now it is {names}'s turn. Hand over this device, or sign later from Home."
