"""The people of an envelope: badge, name, what they do, how far they are."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.envelope import Envelope, EnvelopeStatus
from app.domain.recipient import Recipient, RecipientStatus
from app.ui.models.wording import ACTION, RECIPIENT
from app.ui.theme import SPACE
from app.ui.widgets.badge import Badge, Person
from app.ui.widgets.elided import ElidedLabel
from app.ui.widgets.look import clear, column, label, row


class People(QWidget):
    """Everybody in the envelope shown, with how far each one is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(SPACE.inside)

    def show_people(self, envelope: Envelope) -> None:
        clear(self._box)
        if not envelope.recipients:
            self._box.addWidget(label("Nobody yet. Open the envelope to add people.", ink="muted", wrap=True))
        for at, recipient in enumerate(envelope.recipients):
            self._box.addWidget(_line(recipient, at, envelope.status is EnvelopeStatus.DRAFT))


def _line(recipient: Recipient, at: int, draft: bool) -> QWidget:
    """In a draft nobody waits for anything yet."""
    line = QWidget()
    done = recipient.status is RecipientStatus.COMPLETED
    badge = Badge(Person(recipient.initials, at, recipient.name, done))
    name = ElidedLabel(recipient.name or recipient.role)
    does = ElidedLabel(f"{recipient.role} · {ACTION[recipient.action]}", "small", ink="muted")
    word, ink = ("", "muted") if draft else RECIPIENT[recipient.status]
    line.setLayout(row(badge, column(name, does, gap=0), label(word, "small", ink=ink), gap=SPACE.snug))
    line.setAccessibleName(f"{recipient.name or recipient.role}, {ACTION[recipient.action]}, {word}")
    return line
