"""Accounts at remote services: listed, added, tried, taken away."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QMessageBox, QPushButton, QScrollArea, QStackedWidget, QWidget

from app.domain.changes import Changes
from app.services import accounts
from app.services.accounts import Card, Tried
from app.services.messages import words
from app.tasks import Handle
from app.ui.desk import Desk
from app.ui.exchange.account_form import AccountForm
from app.ui.exchange.key_form import KeyForm
from app.ui.theme import SPACE
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.grey import allow
from app.ui.widgets.icon_label import IconLabel
from app.ui.widgets.look import clear, column, label, row, set_look


class AccountsTab(QWidget):
    """One card for each account."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._add = QPushButton("Add account…")
        self._add.clicked.connect(self.add)
        first = QPushButton("Add account…")
        set_look(first, kind="primary")
        first.clicked.connect(self.add)
        empty = EmptyState(
            "key-round",
            "No accounts",
            "Paraph is whole without one. With a login at a signing service, people far away sign there, and the "
            "result comes home.",
            [first],
        )
        self._cards = column(gap=SPACE.between)
        inside = QWidget()
        inside.setLayout(column(self._cards, None))
        set_look(inside, ground="window")
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        area.setAccessibleName("Accounts")
        self._list = QWidget()
        self._list.setLayout(column(row(None, self._add), area, gap=SPACE.snug))
        self._stack = QStackedWidget()
        self._stack.addWidget(empty)
        self._stack.addWidget(self._list)
        self.setLayout(column(self._stack))
        desk.changed.connect(self._hear)
        self._read()

    def add(self) -> None:
        AccountForm(self._desk, self).open()

    def _hear(self, changes: Changes) -> None:
        if changes.touches("account"):
            self._read()

    def _read(self) -> None:
        house = self._desk.house
        self._desk.run(lambda _: accounts.cards(house), self._show, owner=self)

    def _show(self, cards: tuple[Card, ...]) -> None:
        clear(self._cards)
        for one in cards:
            self._cards.addWidget(AccountCard(self._desk, one))
        self._stack.setCurrentIndex(1 if cards else 0)


class AccountCard(QFrame):
    """Tried on request; a service that hangs is waited for beside everything else, and can be left."""

    def __init__(self, desk: Desk, card: Card, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_look(self, ground="card")
        self.setAccessibleName(f"Account {card.name} at {card.title}")
        self._desk, self._card = desk, card
        self._asking = False
        self._trying: Handle | None = None
        self._said = label("", wrap=True)
        self._said.hide()
        self._try, renew, remove = QPushButton("Try it"), QPushButton("New key…"), QPushButton("Remove…")
        for quiet in (renew, remove):
            set_look(quiet, kind="quiet")
        self._try.setAccessibleName(f"Try {card.name}")
        renew.setAccessibleName(f"New key for {card.name}")
        remove.setAccessibleName(f"Remove {card.name}")
        self._try.clicked.connect(self._pressed)
        renew.clicked.connect(self._renew)
        remove.clicked.connect(self._ask)
        allow(self._try, "" if card.has_secret else "Its key is missing; give it a new one.")
        question = accounts.key_question(card.provider)
        self._question = question
        allow(renew, "" if question else "This program does not know the service.")
        facts = column(
            row(IconLabel("globe", "accent"), label(card.name, "large", strong=True), None),
            label(f"{card.title}, {card.base_url}", ink="muted", wrap=True),
            *_options(card),
            *([] if card.has_secret else [label("Its key is missing here.", ink="bad")]),
            self._said,
            gap=SPACE.tight,
        )
        line = row(facts, column(row(self._try, renew, remove), None), gap=SPACE.around, margin=SPACE.between)
        line.setStretch(0, 1)
        self.setLayout(line)

    def _pressed(self) -> None:
        if self._asking:
            if self._trying is not None:
                self._trying.cancel()
            self._ended("It was not waited for any longer.", "muted")
            return
        house, name = self._desk.house, self._card.name
        self._asking = True
        self._say("Asking…", "muted")
        self._try.setText("Stop waiting")
        self._trying = self._desk.run(
            lambda _: accounts.test(house, name), self._knows, failed=self._refused, owner=self, far=True
        )

    def _knows(self, tried: Tried) -> None:
        self._ended(f"{tried.host} knows this account and answered in {tried.seconds:.1f} s.", "good")

    def _refused(self, error: Exception) -> None:
        self._ended(words(error, window=True).line, "bad")

    def _ended(self, said: str, ink: str) -> None:
        """An answer that comes after nobody waits for it is not told."""
        if self._asking:
            self._asking = False
            self._try.setText("Try it")
            self._say(said, ink)

    def _say(self, text: str, ink: str) -> None:
        self._said.setText(text)
        set_look(self._said, ink=ink)
        self._said.show()

    def _renew(self) -> None:
        if self._question is not None:
            KeyForm(self._desk, self._card, self._question, self).open()

    def _ask(self) -> None:
        box = QMessageBox(self)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setIcon(QMessageBox.Icon.Question)
        box.setText(f"Remove the account {self._card.name}?")
        box.setInformativeText(
            "Its key is erased from this machine. Nothing changes at the service, and what was sent through it can no "
            "longer be followed from here. What left this machine stays written down."
        )
        remove = box.addButton("Remove account", QMessageBox.ButtonRole.DestructiveRole)
        box.addButton("Keep it", QMessageBox.ButtonRole.RejectRole)
        house, name = self._desk.house, self._card.name
        remove.clicked.connect(lambda: self._desk.run(lambda _: accounts.remove(house, name), owner=self))
        box.open()


def _options(card: Card) -> list[QLabel]:
    """By the titles of the form; what a newer program has kept goes by its own name."""
    forms = {one.name: one.options for one in accounts.providers()}
    titles = {question.name: question.title for question in forms.get(card.provider, ())}
    told = "; ".join(f"{titles.get(name, name)}: {value}" for name, value in card.options.items())
    return [label(told, "small", ink="muted", wrap=True)] if told else []
