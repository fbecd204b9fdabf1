"""Identities kept here: certificates, and where their keys live."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QPushButton, QVBoxLayout, QWidget

from app.domain.changes import Changes
from app.services import identities, identity_words
from app.services.identity_words import Kept
from app.ui.desk import Desk
from app.ui.home.asking import Question
from app.ui.seal.identity_adding import AddIdentity
from app.ui.seal.identity_card import KINDS
from app.ui.theme import SPACE
from app.ui.widgets.chip import Chip, State
from app.ui.widgets.elided import ElidedLabel
from app.ui.widgets.grey import allow
from app.ui.widgets.icon_label import IconLabel
from app.ui.widgets.look import clear, column, label, row, rule, set_look

ABOUT: Final = "Who seals and signs from this device. The default is used where none is chosen."
NONE_YET: Final = "None yet. This device makes its own when the first seal is made."
PEM: Final = "Certificate (*.pem)"


class IdentitiesCard(QFrame):
    """Read when it is first shown, and again after each change."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_look(self, ground="card")
        self._desk = desk
        self._is_read = False
        self._lines = column(gap=0)
        self._device = QPushButton("Export this device's certificate…")
        self._device.setToolTip("Others who trust it can check what was signed here.")
        self._device.clicked.connect(self._export_device)
        words = column(label("Identities"), label(ABOUT, "small", ink="muted", wrap=True), gap=2)
        box = QVBoxLayout(self)
        box.setContentsMargins(SPACE.between, SPACE.snug, SPACE.between, SPACE.snug)
        box.setSpacing(SPACE.inside)
        box.addLayout(words)
        box.addLayout(self._lines)
        box.addLayout(row(AddIdentity(desk), self._device, None))
        desk.changed.connect(lambda changes: self.read() if changes.touches("identity") and self._is_read else None)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._is_read:
            self.read()

    def read(self) -> None:
        self._is_read = True
        house = self._desk.house
        self._desk.run(lambda _: identity_words.kept(house), self._show, owner=self)

    def _show(self, found: tuple[Kept, ...]) -> None:
        clear(self._lines)
        for kept in found:
            self._lines.addWidget(rule())
            self._lines.addWidget(IdentityLine(self._desk, kept))
        if not found:
            self._lines.addWidget(label(NONE_YET, "small", ink="muted", wrap=True))

    def _export_device(self) -> None:
        house = self._desk.house
        ask_where(self._desk, self, "paraph-device", lambda: identities.ensure_device(house))


class IdentityLine(QWidget):
    """One of them: the card, what stands against it, and what can be done."""

    def __init__(self, desk: Desk, kept: Kept) -> None:
        super().__init__()
        self._desk, self._kept = desk, kept
        card = kept.card
        life, tone = identity_words.life(card, datetime.now(UTC))
        origin = f"{KINDS.get(card.kind, card.kind)} · {card.where}"
        issued = f"Issued by {card.issuer} · serial ends in {card.serial_tail[-4:]}"
        title = row(ElidedLabel(f"{card.name} ({kept.name})", strong=True))
        if kept.is_default:
            title.addWidget(Chip(State("Default", "accent", "check")))
        words = column(title, label(issued, "small", ink="muted", wrap=True), gap=2)
        words.addWidget(label(origin, "small", ink="muted", wrap=True))
        words.addWidget(label(life, "small", ink=tone or "muted", wrap=True))
        if kept.against and tone != "bad":
            own = kept.against == identity_words.VOUCHES
            words.addWidget(label(kept.against, "small", ink="muted" if own else "bad", wrap=True))
        deeds = row(*self._buttons(), None, gap=SPACE.inside)
        words.addSpacing(SPACE.tight)
        words.addLayout(deeds)
        line = row(gap=SPACE.snug)
        line.addWidget(IconLabel("key-round", tone or "accent"), 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)
        line.setContentsMargins(0, SPACE.snug, 0, SPACE.snug)
        self.setLayout(line)
        self.setAccessibleName(f"Identity {kept.name}{', the default' if kept.is_default else ''}")
        self.setAccessibleDescription("; ".join((card.name, issued, origin, life, kept.against)))

    def _buttons(self) -> tuple[QPushButton, ...]:
        kept = self._kept
        made = []
        for words, deed, reason in (
            ("Make default", self._make_default, kept.against_default),
            ("Export certificate…", self._export, ""),
            ("Remove…", self._ask, kept.against_removing),
        ):
            button = QPushButton(words)
            button.setAccessibleName(f"{words.rstrip('…')}: {kept.name}")
            allow(button, reason)
            button.clicked.connect(deed)
            made.append(button)
        return tuple(made)

    def _make_default(self) -> None:
        house, name = self._desk.house, self._kept.name
        self._do(lambda: identities.set_default(house, name), f"{name} is the default now")

    def _export(self) -> None:
        pem = self._kept.pem
        ask_where(self._desk, self, self._kept.name, lambda: pem)

    def _ask(self) -> None:
        house, name = self._desk.house, self._kept.name
        deed = partial(identities.remove, house, name)
        Question(
            f"Remove {name}?", self._kept.loss, "Remove it", lambda _: self._do(deed, f"{name} is removed"), self
        ).open()

    def _do(self, deed: Callable[[], Changes], said: str) -> None:
        """Without an owner: the line is made anew by the change it makes."""
        self._desk.run(lambda _: deed(), lambda _: self._desk.notices.tell(said))


def ask_where(desk: Desk, parent: QWidget, name: str, certificate: Callable[[], str]) -> None:
    """A file for a certificate (PEM), then the writing of it."""
    dialog = QFileDialog(parent, "Export certificate", f"{name.replace('/', '-')}.pem", PEM)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix("pem")
    dialog.fileSelected.connect(lambda path: export(desk, Path(path), certificate))
    dialog.open()


def export(desk: Desk, path: Path, certificate: Callable[[], str]) -> None:
    """The certificate, without a key."""
    desk.run(
        lambda _: identities.write_certificate(certificate(), path),
        lambda _: desk.notices.tell(f"The certificate is in {path.name}"),
    )
