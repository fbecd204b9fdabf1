"""Several people may act now: the host says whose turn it is at this device."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.domain import routing
from app.domain.envelope import Envelope
from app.ui.models.room_queue import Standing, Waiting, queue_of
from app.ui.theme import SPACE
from app.ui.widgets.badge import Badge, Person
from app.ui.widgets.look import column, label, row, set_look

SIDE = 32


def able(envelope: Envelope) -> tuple[Waiting, ...]:
    """Who may act now, in order; those who have chosen to sign elsewhere come last."""
    now = (one for one in queue_of(envelope) if routing.may_act(envelope, one.role))
    return tuple(sorted(now, key=lambda one: one.standing is Standing.ELSEWHERE))


class TurnDialog(QDialog):
    """Signals: `chosen(str)` with the role that begins. Whoever is passed over stays expected."""

    chosen = Signal(str)

    def __init__(self, envelope: Envelope, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Who signs now?")
        self.setMinimumWidth(440)
        box = QVBoxLayout(self)
        box.setContentsMargins(SPACE.around, SPACE.around, SPACE.around, SPACE.between)
        box.setSpacing(SPACE.between)
        box.addWidget(label("Who signs now?", "title", strong=True))
        box.addWidget(label("They may act in any order. The others can follow when this one is done.", wrap=True))
        for number, one in enumerate(able(envelope)):
            box.addLayout(self._line(envelope, one, is_first=not number))
        later = QPushButton("Not now")
        set_look(later, kind="quiet")
        later.clicked.connect(self.reject)
        box.addLayout(row(None, later))

    def _line(self, envelope: Envelope, one: Waiting, is_first: bool) -> QHBoxLayout:
        index = next(at for at, recipient in enumerate(envelope.recipients) if recipient.role == one.role)
        recipient = envelope.recipients[index]
        name = one.name or one.role
        fields = f"{one.fields} field{'' if one.fields == 1 else 's'}"
        about = fields if one.standing is Standing.NOW else f"{fields}, {one.standing.value}"
        begin = QPushButton("Start signing")
        begin.setAccessibleName(f"Start signing as {name}")
        begin.setToolTip(f"Hands over to {name}")
        set_look(begin, kind="primary" if is_first else "")
        begin.setDefault(is_first)
        begin.clicked.connect(partial(self._choose, one.role))
        if is_first:
            begin.setFocus()
        badge = Badge(Person(recipient.initials, index, name), SIDE)
        words = column(label(name, strong=True), label(about, "small", ink="muted"), gap=0)
        return row(badge, words, None, begin, gap=SPACE.snug)

    def _choose(self, role: str) -> None:
        self.accept()
        self.chosen.emit(role)
