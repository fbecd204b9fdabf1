"""Whose seal it will be, said before any PIN: name, issuer, end of the serial, life, where the key lives."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFormLayout, QFrame, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.services.messages import REASONS
from app.services.sealing_jobs import Signer
from app.ui.theme import SPACE
from app.ui.widgets.icon_label import IconLabel
from app.ui.widgets.look import clear, label, row, set_look

KINDS: Final = {
    "device": "Made by this program for this device",
    "self_signed": "Made by this program for you; nobody else vouches for it",
    "pkcs12": "From a certificate file",
    "pkcs11": "On a card or token",
    "csc": "At a trust service",
}


class IdentityCard(QFrame):
    """Empty until somebody is shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_look(self, ground="card")
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(SPACE.snug, SPACE.inside, SPACE.snug, SPACE.inside)
        self._box.setSpacing(SPACE.tight)

    def show_signer(self, signer: Signer) -> None:
        clear(self._box)
        card = signer.card
        name = label(card.name, strong=True, wrap=True)
        self._box.addLayout(row(IconLabel("key-round", "bad" if card.usable else "accent"), name))
        form = QFormLayout()
        form.setHorizontalSpacing(SPACE.snug)
        form.setVerticalSpacing(2)
        facts = (
            ("Issued by", card.issuer),
            ("Serial ends in", card.serial_tail[-4:]),
            ("Valid until", f"{card.not_after:%d %B %Y}{_left(card.not_after)}"),
            ("Origin", KINDS.get(card.kind, card.kind)),
            ("Key lives in", card.where),
        )
        for title, value in facts:
            form.addRow(label(title, "small", ink="muted"), label(value, "small", wrap=True))
        self._box.addLayout(form)
        if card.usable:
            said = f"It cannot be used: {REASONS.get(card.usable, card.usable)}."
            self._box.addWidget(label(said, "small", ink="bad", wrap=True))
        told = "; ".join(f"{title} {value}" for title, value in facts)
        self.setAccessibleName(f"Identity {card.name}")
        self.setAccessibleDescription(told)


class PinDialog(QDialog):
    """The card once more, and the PIN or passphrase. `then` is called with what was typed, once."""

    def __init__(self, signer: Signer, then: Callable[[str], None], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        what = "PIN" if signer.card.kind in ("pkcs11", "csc") else "Passphrase"
        self.setWindowTitle(f"{what} of {signer.name}")
        self.setMinimumWidth(440)
        self._then = then
        card = IdentityCard()
        card.show_signer(signer)
        self._secret = QLineEdit()
        self._secret.setEchoMode(QLineEdit.EchoMode.Password)
        self._secret.setAccessibleName(what)
        self._secret.setPlaceholderText(what)
        self._do = QPushButton("Seal")
        set_look(self._do, kind="primary")
        self._do.setDefault(True)
        self._do.clicked.connect(self._answer)
        self._what = what
        stop = QPushButton("Not now")
        stop.setAutoDefault(False)
        stop.clicked.connect(self.reject)
        self._secret.textChanged.connect(self._judge)
        box = QVBoxLayout(self)
        box.setContentsMargins(SPACE.around, SPACE.around, SPACE.around, SPACE.between)
        box.setSpacing(SPACE.between)
        box.addWidget(label("Seal with this key?", "title", strong=True))
        box.addWidget(card)
        box.addWidget(self._secret)
        box.addLayout(row(None, stop, self._do))
        self._judge("")
        self._secret.setFocus()

    def _judge(self, written: str) -> None:
        self._do.setEnabled(bool(written))
        self._do.setToolTip("" if written else f"Write the {self._what.lower()} first.")
        self._do.setAccessibleDescription(self._do.toolTip())

    def _answer(self) -> None:
        self.accept()
        self._then(self._secret.text())


def _left(until: datetime) -> str:
    days = (until - datetime.now(UTC)).days
    if days < 0:
        return " (over)"
    return f" ({days} day{'' if days == 1 else 's'} left)" if days < 60 else ""
