"""A new key for an account: what waits at it goes on with the new one."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QPushButton, QVBoxLayout, QWidget

from app.domain.changes import Changes
from app.domain.errors import SpecError
from app.services import accounts
from app.services.accounts import Card, Question
from app.ui.desk import Desk
from app.ui.exchange.account_form import control_of, sentence_of
from app.ui.theme import SPACE
from app.ui.widgets.grey import allow
from app.ui.widgets.look import column, label, row, set_look


class KeyForm(QDialog):
    """Nothing is sent: the key is kept, and can be tried."""

    def __init__(self, desk: Desk, card: Card, question: Question, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("New key")
        self.setMinimumWidth(480)
        self._desk, self._card = desk, card
        self._typed = control_of(question)
        self._typed.setAccessibleName(question.title)
        self._typed.textChanged.connect(self._suit)
        self._problem = label("", "small", ink="bad", wrap=True)
        self._problem.hide()
        self._keep, leave = QPushButton("Keep new key"), QPushButton("Cancel")
        set_look(self._keep, kind="primary")
        self._keep.setDefault(True)
        self._keep.clicked.connect(self._kept_now)
        leave.clicked.connect(self.reject)
        box = QVBoxLayout(self)
        box.setContentsMargins(SPACE.around, SPACE.around, SPACE.around, SPACE.between)
        box.setSpacing(SPACE.between)
        box.addWidget(label(f"New key for {card.name}", "title", strong=True))
        box.addWidget(label("It replaces the one before; what waits goes out with it.", ink="muted", wrap=True))
        told = label(question.help, "small", ink="muted", wrap=True)
        box.addLayout(column(label(question.title), self._typed, told, self._problem, gap=SPACE.tight))
        box.addLayout(row(None, leave, self._keep))
        self._suit()

    def _suit(self) -> None:
        self._complain("")
        allow(self._keep, "" if self._typed.text().strip() else "The new key is missing.")

    def _kept_now(self) -> None:
        house, name, secret = self._desk.house, self._card.name, self._typed.text().strip()
        allow(self._keep, "It is being kept.")
        run = self._desk.run
        run(lambda _: accounts.renew(house, name, secret), self._done, failed=self._refused, owner=self)

    def _done(self, _: Changes) -> None:
        remarks = accounts.remarks(self._card.provider, self._typed.text())
        if remarks:
            self._desk.notices.warn(f"{self._card.name} has a new key. {remarks[0]}")
        else:
            self._desk.notices.tell(f"{self._card.name} has a new key. Nothing was sent yet.")
        self.accept()

    def _refused(self, error: Exception) -> None:
        self._suit()
        if isinstance(error, SpecError):
            self._complain(sentence_of(error))
            self._typed.setFocus()
        else:
            self._desk.notices.fail(error)

    def _complain(self, said: str) -> None:
        self._problem.setText(said)
        self._problem.setVisible(bool(said))
        set_look(self._typed, wrong=bool(said))
