"""What a document asks for already, to be looked through before it becomes fields; and afterwards, what was left."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QListWidget, QListWidgetItem, QPushButton, QWidget

from app.domain.envelope import Document, Envelope
from app.domain.fields.registry import KINDS
from app.services.importing import ImportChoices, ImportReport, Reason
from app.services.viewing import FoundField
from app.ui.icons import icon
from app.ui.theme import SPACE
from app.ui.widgets.grey import allow
from app.ui.widgets.look import column, label, row, set_look

ROLE: Final = int(Qt.ItemDataRole.UserRole)
SOURCES: Final = {"acroform": "form field", "token": "tag", "detected": "printed place"}
REASONS: Final = {
    Reason.UNKNOWN_KIND: "there is no such kind of field",
    Reason.NO_OPTIONS: "it offers nothing to choose from",
    Reason.OFF_PAGE: "it lies off its page",
    Reason.ALREADY_THERE: "a field stands there already",
    Reason.NOT_ALLOWED: "the signed document takes signatures only",
}
WITHOUT: Final = {
    "value": "its value",
    "max_length": "its longest answer",
    "date_format": "its way of writing dates",
    "style": "how it is written",
}


class ImportDialog(QDialog):
    """Signals: `chosen(ImportChoices)`; nothing when it is put away."""

    chosen = Signal(object)

    def __init__(
        self, document: Document, found: Sequence[FoundField], envelope: Envelope, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Bring in fields")
        self.setMinimumSize(520, 460)
        self.list = _list("What the document asks for")
        for each in found:
            self.list.addItem(_item(each))
        self.owner = QComboBox()
        self.owner.setAccessibleName("Whose fields they become where the document names nobody")
        for recipient in envelope.recipients:
            self.owner.addItem(recipient.name or recipient.role, recipient.role)
        self.strip = QCheckBox("Take the originals out of the pages")
        self.strip.setToolTip("Tags and form fields go from the document; our own copy of the file keeps them.")
        self.strip.setChecked(True)
        self._go = QPushButton("Bring in")
        set_look(self._go, kind="primary")
        self._go.setDefault(True)
        self._go.clicked.connect(self._choose)
        leave = QPushButton("Cancel")
        leave.clicked.connect(self.reject)
        nobody = "Add a recipient first: fields belong to somebody."
        needs_somebody = label(nobody, ink="bad", wrap=True)
        needs_somebody.setVisible(not envelope.recipients)
        allow(self._go, "" if envelope.recipients else nobody)
        self.setLayout(
            column(
                label(f"{document.title} asks for these", "large", strong=True),
                self.list,
                row(label("For", ink="muted"), self.owner, None),
                self.strip,
                needs_somebody,
                row(None, leave, self._go),
                gap=SPACE.snug,
                margin=SPACE.around,
            )
        )

    def _choose(self) -> None:
        items = [self.list.item(at) for at in range(self.list.count())]
        found = tuple(item.data(ROLE) for item in items if item.checkState() == Qt.CheckState.Checked)
        self.accept()
        if found:
            self.chosen.emit(ImportChoices(found, str(self.owner.currentData()), {}, self.strip.isChecked()))


class ReportDialog(QDialog):
    """What was taken, what was left and why."""

    def __init__(self, report: ImportReport, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Fields brought in")
        self.setMinimumSize(480, 320)
        self.list = _list("What was left, and what came without a part")
        for left in report.left:
            self.list.addItem(f"{_words(left.found)}: left, {REASONS[left.reason]}.")
        for taken in (taken for taken in report.taken if taken.without):
            missing = ", ".join(WITHOUT.get(each, each) for each in taken.without)
            self.list.addItem(f"{_words(taken.found)}: came without {missing}.")
        done = QPushButton("Done")
        set_look(done, kind="primary")
        done.clicked.connect(self.accept)
        count = len(report.taken)
        self.setLayout(
            column(
                label(f"{count} field{'' if count == 1 else 's'} brought in", "large", strong=True),
                self.list,
                row(None, done),
                gap=SPACE.between,
                margin=SPACE.around,
            )
        )


def _list(name: str) -> QListWidget:
    """Of lines that wrap."""
    made = QListWidget()
    made.setAccessibleName(name)
    made.setWordWrap(True)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return made


def _item(found: FoundField) -> QListWidgetItem:
    item = QListWidgetItem(icon(KINDS[found.kind].icon if found.kind in KINDS else "square"), _words(found))
    item.setData(ROLE, found)
    item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
    item.setCheckState(Qt.CheckState.Checked)
    return item


def _words(found: FoundField) -> str:
    kind = KINDS[found.kind].title if found.kind in KINDS else found.kind
    name = found.label or found.name
    called = f"{kind} “{name}”" if name and name != found.kind else kind
    hint = f", for {found.role_hint}" if found.role_hint else ""
    return f"{called}, page {found.page}{hint} ({SOURCES[found.source]})"
