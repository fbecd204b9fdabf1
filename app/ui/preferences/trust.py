"""Whom signatures may lead to: certificates that were added, and trusted lists that were imported."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QFileDialog, QFormLayout, QFrame, QPushButton, QVBoxLayout, QWidget

from app.domain.changes import Changes
from app.domain.trusted_list import TrustedList
from app.services import verifying, vouching
from app.services.verifying import Trusted
from app.services.vouching import Offered
from app.ui.desk import Desk
from app.ui.home.asking import Question
from app.ui.theme import SPACE
from app.ui.widgets.elided import ElidedLabel
from app.ui.widgets.grey import allow
from app.ui.widgets.look import clear, column, label, row, rule, selectable, set_look

OWN: Final = "It is this device's own. Without it nobody could check what was signed here."
CERTIFICATES: Final = "Certificates (*.pem *.crt *.cer *.der);;All files (*)"
LISTS: Final = "Trusted lists (*.xml);;All files (*)"

Found = tuple[tuple[Trusted, ...], tuple[TrustedList, ...]]


class TrustCard(QFrame):
    """Read when it is first shown, and again after each change."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_look(self, ground="card")
        self._desk = desk
        self._is_read = False
        self._lines = column(gap=0)
        told = "Signatures are good only where they lead to one of these. Certificates made here lead to this device."
        words = column(label("Whom you trust"), label(told, "small", ink="muted", wrap=True), gap=2)
        add, take_in = QPushButton("Add a certificate…"), QPushButton("Import a trusted list…")
        add.clicked.connect(lambda: self._choose("Add a certificate", CERTIFICATES, self._add))
        take_in.clicked.connect(lambda: self._choose("Import a trusted list", LISTS, self._look))
        box = QVBoxLayout(self)
        box.setContentsMargins(SPACE.between, SPACE.snug, SPACE.between, SPACE.snug)
        box.setSpacing(SPACE.inside)
        box.addLayout(words)
        box.addLayout(self._lines)
        box.addLayout(row(add, take_in, None))
        desk.changed.connect(lambda changes: self.read() if changes.touches("trust") and self._is_read else None)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._is_read:
            self.read()

    def read(self) -> None:
        self._is_read = True
        house = self._desk.house
        self._desk.run(lambda _: (verifying.trust_list(house), vouching.lists(house)), self._show, owner=self)

    def _show(self, found: Found) -> None:
        clear(self._lines)
        certificates, lists = found
        for record in certificates:
            self._lines.addWidget(rule())
            self._lines.addWidget(self._certificate(record))
        for one in lists:
            self._lines.addWidget(rule())
            self._lines.addWidget(self._list(one))

    def _certificate(self, record: Trusted) -> QWidget:
        origin = "Made by this device" if record.source == "device" else f"Added on {record.added_at:%d %B %Y}"
        told = f"{origin} · SHA-256 {record.sha256[:16]}…"
        reason = OWN if record.source == "device" else ""
        return self._line(record.subject, told, record.sha256, verifying.remove_trust, reason)

    def _list(self, one: TrustedList) -> QWidget:
        """What it says of itself, and whether it is still fresh."""
        about = vouching.described(self._desk.house, one)
        services = f"{about['granted']} of {about['services']} services granted"
        vouches = (
            f"names who signs the lists of {', '.join(about['vouches_for'])}" if about["vouches_for"] else services
        )
        due = ""
        if one.scheme.next_update is not None:
            due = f" · {'overdue since' if about['overdue'] else 'next by'} {one.scheme.next_update:%d %B %Y}"
        told = f"Number {one.scheme.sequence} · {vouches}{due}"
        name = f"Trusted list {one.scheme.territory}, {one.scheme.operator}"
        return self._line(name, told, one.scheme.territory, vouching.remove)

    def _line(self, name: str, told: str, key: str, remove: Callable[..., Changes], reason: str = "") -> QWidget:
        line, leave = QWidget(), QPushButton("Remove")
        leave.setAccessibleName(f"Remove {name}")
        allow(leave, reason)
        leave.clicked.connect(partial(self._ask, name, key, remove))
        title = ElidedLabel(name)
        words = column(title, label(told, "small", ink="muted", wrap=True), gap=2)
        lay = row(words, leave, gap=SPACE.around)
        lay.setStretch(0, 1)
        lay.setContentsMargins(0, SPACE.snug, 0, SPACE.snug)
        line.setLayout(lay)
        return line

    def _ask(self, name: str, key: str, remove: Callable[..., Changes]) -> None:
        house = self._desk.house
        Question(
            "Trust it no longer?",
            f"Signatures that lead to {name} will be undecided from now on, those from before too.",
            "Remove it",
            lambda _: self._do(lambda: remove(house, key), f"{name} is no longer trusted"),
            self,
        ).open()

    def _choose(self, title: str, kinds: str, then: Callable[[Path], None]) -> None:
        dialog = QFileDialog(self, title, "", kinds)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda path: then(Path(path)))
        dialog.open()

    def _add(self, path: Path) -> None:
        self._do(lambda: verifying.add_trust(self._desk.house, path), "The certificate is trusted now")

    def _look(self, path: Path) -> None:
        """Nothing of a list is believed before its signer is."""
        self._desk.run(
            lambda _: vouching.offered(self._desk.house, path), lambda found: self._confirm(path, found), owner=self
        )

    def _confirm(self, path: Path, found: Offered) -> None:
        if found.vouched_by:
            self._take_in(path, "")
        else:
            SignerDialog(found, lambda: self._take_in(path, found.scheme.signer_sha256), self).open()

    def _take_in(self, path: Path, signer: str) -> None:
        self._do(lambda: vouching.take_in(self._desk.house, path, signer), "The trusted list is imported")

    def _do(self, deed: Callable[[], Changes], said: str) -> None:
        self._desk.run(lambda _: deed(), lambda _: self._desk.notices.tell(said), owner=self)


class SignerDialog(QDialog):
    """Who signed a list, to be compared with a source that is not the list itself. `then` is called once it was."""

    def __init__(self, found: Offered, then: Callable[[], None], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Import a trusted list")
        self.setMinimumWidth(480)
        scheme, self._then = found.scheme, then
        form = QFormLayout()
        form.setHorizontalSpacing(SPACE.snug)
        for title, told in (
            ("It says it is of", f"{scheme.territory}, {scheme.operator}"),
            ("Number", f"{scheme.sequence}, of {scheme.issued:%d %B %Y}"),
            ("Signed by", scheme.signer),
            ("SHA-256", grouped(scheme.signer_sha256)),
        ):
            form.addRow(label(title, "small", ink="muted"), selectable(label(told, wrap=True)))
        why = (
            "Nothing of this is checked yet. Compare the last line with what the Official Journal or the supervisor "
            "publishes. Whoever holds that key decides whom you trust."
        )
        do, leave = QPushButton("It is the same, import it"), QPushButton("Do not import it")
        set_look(do, kind="primary")
        do.setAutoDefault(False)
        leave.setDefault(True)
        do.clicked.connect(self._answer)
        leave.clicked.connect(self.reject)
        box = QVBoxLayout(self)
        box.setContentsMargins(SPACE.around, SPACE.around, SPACE.around, SPACE.between)
        box.setSpacing(SPACE.between)
        box.addWidget(label("Who signed this list?", "title", strong=True))
        box.addLayout(form)
        box.addWidget(label(why, wrap=True))
        box.addLayout(row(None, leave, do))

    def _answer(self) -> None:
        self.accept()
        self._then()


def grouped(fingerprint: str) -> str:
    """In fours, as people compare."""
    return " ".join(fingerprint[at : at + 4] for at in range(0, len(fingerprint), 4)).upper()
