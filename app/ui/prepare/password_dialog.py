"""Asking for the password of a document that is encrypted, so that it can be taken in."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QPushButton, QWidget

from app.domain.errors import PasswordWrong
from app.services.messages import words as words_of
from app.ui.theme import SPACE
from app.ui.widgets.look import column, label, row, set_look


class PasswordDialog(QDialog):
    """Signals: `given(str)`; nothing when it is put away."""

    given = Signal(str)

    def __init__(self, path: Path, error: Exception, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        said = words_of(error, window=True)
        self.setWindowTitle(said.title)
        self.setMinimumWidth(400)
        self._line = QLineEdit()
        self._line.setEchoMode(QLineEdit.EchoMode.Password)
        self._line.setAccessibleName(f"Password of {path.name}")
        set_look(self._line, wrong=isinstance(error, PasswordWrong))
        add = QPushButton("Add document")
        set_look(add, kind="primary")
        add.setDefault(True)
        add.clicked.connect(self._give)
        leave = QPushButton("Leave it out")
        leave.clicked.connect(self.reject)
        self.setLayout(
            column(
                label(said.title, "large", strong=True),
                label(f"{path.name} opens only with its password. It is used once and not kept.", wrap=True),
                self._line,
                row(None, leave, add),
                gap=SPACE.between,
                margin=SPACE.around,
            )
        )

    def _give(self) -> None:
        if self._line.text():
            self.given.emit(self._line.text())
            self.accept()
