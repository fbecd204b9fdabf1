"""Whose seal it will be, said before any PIN: name, issuer, end of the serial, life, where the key lives."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFormLayout, QFrame, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.domain.identity import Card
from app.services import identity_words
from app.services.sealing_jobs import Signer
from app.ui.theme import SPACE
from app.ui.widgets.grey import allow
from app.ui.widgets.icon_label import IconLabel
from app.ui.widgets.look import clear, label, row, set_look

KINDS: Final = {
    "device": "Made by this program for this device",
    "self_signed": "Made by this program for you; nobody else vouches for it",
    "pkcs12": "From a certificate file",
    "pkcs11": "On a card or token",
    "csc": "At a trust service",
}
IN_BROWSER: Final = (
    "A page of the trust service opens in your web browser. Release the key there; many files may need that again."
)


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
        facts = facts_of(card)
        for title, value, tone in facts:
            form.addRow(label(title, "small", ink="muted"), label(value, "small", ink=tone, wrap=True))
        self._box.addLayout(form)
        against = identity_words.unusable(card)
        if against:
            self._box.addWidget(label(against, "small", ink="bad", wrap=True))
        self.setAccessibleName(f"Identity {card.name}")
        self.setAccessibleDescription("; ".join([*(f"{title} {value}" for title, value, _ in facts), against]))


def facts_of(card: Card) -> tuple[tuple[str, str, str], ...]:
    """Title, value and tone of each line of a card."""
    return (
        ("Issued by", card.issuer, ""),
        ("Serial ends in", card.serial_tail[-4:], ""),
        ("Life", *identity_words.life(card, datetime.now(UTC))),
        ("Origin", KINDS.get(card.kind, card.kind), ""),
        ("Key lives in", card.where, ""),
    )


class PinDialog(QDialog):
    """The card once more, and a line for each secret that the key asks for, or word of the browser that will open.
    `then` is called once with what was typed, as `identities.asked` says.
    """

    def __init__(self, signer: Signer, then: Callable[[str], None], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._what = " and ".join(signer.asks)
        self.setWindowTitle(f"{self._what} of {signer.name}" if signer.asks else f"Key of {signer.name}")
        self.setMinimumWidth(440)
        self._then = then
        card = IdentityCard()
        card.show_signer(signer)
        self._secrets = [_secret(name) for name in signer.asks]
        self._do = QPushButton("Seal")
        set_look(self._do, kind="primary")
        self._do.setDefault(True)
        self._do.clicked.connect(self._answer)
        stop = QPushButton("Not now")
        stop.setAutoDefault(False)
        stop.clicked.connect(self.reject)
        box = QVBoxLayout(self)
        box.setContentsMargins(SPACE.around, SPACE.around, SPACE.around, SPACE.between)
        box.setSpacing(SPACE.between)
        box.addWidget(label("Seal with this key?", "title", strong=True))
        box.addWidget(card)
        if signer.in_browser:
            box.addWidget(label(IN_BROWSER, wrap=True))
        for line in self._secrets:
            line.textChanged.connect(lambda _: self._judge())
            box.addWidget(line)
        box.addLayout(row(None, stop, self._do))
        self._judge()
        (self._secrets[0] if self._secrets else self._do).setFocus()

    def _judge(self) -> None:
        missing = next((line.accessibleName() for line in self._secrets if not line.text()), "")
        allow(self._do, f"Write the {missing} first." if missing else "")

    def _answer(self) -> None:
        self.accept()
        self._then(" ".join(line.text() for line in self._secrets))


def _secret(name: str) -> QLineEdit:
    made = QLineEdit()
    made.setEchoMode(QLineEdit.EchoMode.Password)
    made.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText)
    made.setAccessibleName(name)
    made.setPlaceholderText(name)
    return made
