"""Trying the envelope as one of its people: as whom, and afterwards what was found."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QDialog, QLayout, QListWidget, QListWidgetItem, QPushButton, QWidget

from app.domain.envelope import Envelope
from app.domain.recipient import Recipient
from app.services.rehearsing import Rehearsal, RehearsalFinding
from app.ui.icons import icon
from app.ui.models.wording import ACTION
from app.ui.prepare.recipients import in_order
from app.ui.theme import SPACE
from app.ui.widgets.badge import Badge, Person
from app.ui.widgets.look import column, label, row, set_look

ROLE: Final = int(Qt.ItemDataRole.UserRole)


def actors(envelope: Envelope) -> tuple[Recipient, ...]:
    """Who can be played, in the order in which they act."""
    return tuple(one for one in in_order(envelope.recipients) if one.action.acts)


class RehearseDialog(QDialog):
    """Signals: `chosen(role)`."""

    chosen = Signal(str)

    def __init__(self, envelope: Envelope, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Rehearse")
        self.setMinimumWidth(460)
        box = column(
            label("Rehearse as", "title", strong=True),
            label(
                "The signing room opens with a copy of the envelope as it is now. Nothing you enter there is kept, "
                "signed or sent; afterwards you see what would have stood in their way.",
                ink="muted", wrap=True,
            ),
            gap=SPACE.between, margin=SPACE.around,
        )  # fmt: skip
        for recipient in actors(envelope):
            box.addLayout(self._line(envelope, recipient))
        back = QPushButton("Cancel")
        back.clicked.connect(self.reject)
        box.addLayout(row(None, back))
        self.setLayout(box)

    def _line(self, envelope: Envelope, recipient: Recipient) -> QLayout:
        name = recipient.name or recipient.role
        badge = Badge(Person(recipient.initials, envelope.recipients.index(recipient), name), 32)
        words = column(label(name, strong=True), label(ACTION[recipient.action], "small", ink="muted"), gap=0)
        start = QPushButton("Start")
        start.setAccessibleName(f"Rehearse as {name}")
        start.clicked.connect(partial(self._start, recipient.role))
        return row(badge, words, None, start, gap=SPACE.snug)

    def _start(self, role: str, _: bool = False) -> None:
        self.accept()
        self.chosen.emit(role)


class RehearsedDialog(QDialog):
    """Stays beside the pages while one looks. Signals: `wanted(field id)` when a line is chosen, `again`."""

    wanted = Signal(str)
    again = Signal()

    def __init__(self, who: str, rehearsal: Rehearsal, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Rehearsed")
        self.setMinimumWidth(520)
        self.list = QListWidget()
        self.list.setAccessibleName("Findings of the rehearsal")
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setIconSize(QSize(16, 16))
        for finding in rehearsal.findings:
            self.list.addItem(_item(finding))
        self.list.currentItemChanged.connect(lambda item, _: self._show(item))
        self.list.itemClicked.connect(self._show)
        self.list.setVisible(bool(rehearsal.findings))
        again = QPushButton("Rehearse again")
        again.clicked.connect(self._go_again)
        done = QPushButton("Done")
        set_look(done, kind="primary")
        done.setDefault(True)
        done.clicked.connect(self.accept)
        parts = (label(_title(who, rehearsal), "large", strong=True, wrap=True), label(_time(rehearsal), ink="muted"))
        self.setLayout(column(*parts, self.list, row(None, again, done), gap=SPACE.snug, margin=SPACE.around))

    def _show(self, item: QListWidgetItem | None) -> None:
        if item is not None and item.data(ROLE) is not None:
            self.wanted.emit(item.data(ROLE))

    def _go_again(self) -> None:
        self.accept()
        self.again.emit()


def _title(who: str, rehearsal: Rehearsal) -> str:
    count = len(rehearsal.findings)
    if not count:
        return f"Nothing stands in the way of {who}"
    return f"{count} thing{'' if count == 1 else 's'} {who} would stumble over"


def _time(rehearsal: Rehearsal) -> str:
    fields = "1 field" if rehearsal.fields == 1 else f"{rehearsal.fields} fields"
    minutes = "1 minute" if rehearsal.minutes == 1 else f"{rehearsal.minutes} minutes"
    return f"{fields}; about {minutes} to read and fill in."


def _item(finding: RehearsalFinding) -> QListWidgetItem:
    stops = finding.code in ("cannot_finish", "unreachable")
    mark, tone = ("circle-alert", "bad") if stops else ("triangle-alert", "warn")
    item = QListWidgetItem(icon(mark, tone), finding.sentence)
    item.setData(ROLE, finding.field)
    if finding.field is not None:
        item.setToolTip("Shows the field")
    return item
