"""Asking for the passphrase of the vault, or for a new one where there is no vault yet."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.domain.errors import ParaphError, VaultLocked, VaultPassphraseWrong
from app.ui.theme import SPACE
from app.ui.widgets.grey import allow
from app.ui.widgets.look import label, row, set_look

SHORTEST: Final = 8
UNLOCKS: Final = (VaultLocked, VaultPassphraseWrong)
"""Errors that a passphrase can mend."""


class PassphraseDialog(QDialog):
    """`then` is called with what was typed; closing the dialog calls nothing but `given_up`."""

    def __init__(
        self, error: ParaphError, then: Callable[[str], None], given_up: Callable[[], None], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._new = not Path(str(error.facts.get("where", ""))).exists()
        self._then = then
        self.rejected.connect(given_up)
        title = "Choose a passphrase for your keys" if self._new else "Unlock your keys"
        self.setWindowTitle(title)
        self.setMinimumWidth(440)
        self._first = _field("Passphrase")
        self._again = _field("The same once more")
        self._again.setVisible(self._new)
        self._do = QPushButton("Keep it" if self._new else "Unlock")
        set_look(self._do, kind="primary")
        self._do.setDefault(True)
        self._do.clicked.connect(self._answer)
        stop = QPushButton("Not now")
        stop.setAutoDefault(False)
        stop.clicked.connect(self.reject)
        for field in (self._first, self._again):
            field.textChanged.connect(self._judge)
        box = QVBoxLayout(self)
        box.setContentsMargins(SPACE.around, SPACE.around, SPACE.around, SPACE.between)
        box.setSpacing(SPACE.between)
        box.addWidget(label(title, "title", strong=True))
        box.addWidget(label(self._why(error), wrap=True))
        for part in (self._first, self._again):
            box.addWidget(part)
        box.addLayout(row(None, stop, self._do))
        self._judge()

    def _why(self, error: ParaphError) -> str:
        if self._new:
            return (
                "This system has no keyring, so the keys that seal your documents are kept in an encrypted file. "
                "Without the passphrase nobody can use them, and nobody can restore it."
            )
        if isinstance(error, VaultPassphraseWrong):
            return "That passphrase does not open them. Try again; each wrong try makes the next one wait longer."
        return "The keys that seal your documents are in an encrypted file."

    def _judge(self) -> None:
        reason = ""
        if self._new and len(self._first.text()) < SHORTEST:
            reason = f"Write at least {SHORTEST} characters first."
        elif self._new and self._first.text() != self._again.text():
            reason = "The two are not the same yet."
        elif not self._first.text():
            reason = "Write the passphrase first."
        allow(self._do, reason)

    def _answer(self) -> None:
        self.accept()
        self._then(self._first.text())


def _field(name: str) -> QLineEdit:
    made = QLineEdit()
    made.setEchoMode(QLineEdit.EchoMode.Password)
    made.setPlaceholderText(name)
    made.setAccessibleName(name)
    return made
