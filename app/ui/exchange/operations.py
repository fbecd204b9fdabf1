"""Every operation of an account's service, by name: what the usual pages do not do is done here, once, on request."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QMessageBox,
    QPushButton,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QWidget,
)

from app.domain.changes import Changes
from app.domain.errors import SpecError
from app.services import accounts, operating, operation_words
from app.services.accounts import Card
from app.services.messages import words
from app.services.operating import Done, Known
from app.tasks import Handle
from app.ui.desk import Desk
from app.ui.exchange.answer import AnswerView
from app.ui.exchange.arguments import Arguments
from app.ui.icons import icon
from app.ui.models.exchange import size
from app.ui.theme import SPACE
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.grey import allow
from app.ui.widgets.look import clear, column, label, row, set_look

NAME: Final = Qt.ItemDataRole.UserRole
LIST_WIDTH: Final = 300


class OperationsTab(QWidget):
    """One account at a time. Nothing is sent before Run is pressed, and what changes something asks first."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._cards: tuple[Card, ...] = ()
        self._known: dict[str, Known] = {}
        self._arguments: Arguments | None = None
        self._running: Handle | None = None
        self._which = QComboBox()
        self._which.setAccessibleName("Account")
        self._search = QLineEdit()
        self._search.setPlaceholderText("Search operations")
        self._search.setAccessibleName("Search operations")
        self._search.setClearButtonEnabled(True)
        set_look(self._search, search=True)
        self._list = QListWidget()
        self._list.setAccessibleName("Operations")
        self._run = QPushButton("Run")
        set_look(self._run, kind="primary")
        self._answer = AnswerView()
        self._lay_out()
        self._which.currentIndexChanged.connect(lambda _: self._read_operations())
        self._search.textChanged.connect(lambda _: self._narrow())
        self._list.currentItemChanged.connect(lambda *_: self._show())
        self._run.clicked.connect(self._pressed)
        desk.changed.connect(self._hear)
        self._judge()
        self._read()

    def _lay_out(self) -> None:
        left = QWidget()
        left.setMinimumWidth(LIST_WIDTH)
        left.setLayout(column(self._which, self._search, self._list, gap=SPACE.snug))
        self._form = column(gap=SPACE.between)
        inside = QWidget()
        set_look(inside, ground="window")
        lines = column(self._form, row(self._run, None), self._answer, gap=SPACE.between, margin=SPACE.snug)
        lines.setStretch(2, 1)
        inside.setLayout(lines)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        area.setAccessibleName("The chosen operation")
        area.setFrameShape(QFrame.Shape.NoFrame)
        split = QSplitter()
        split.setChildrenCollapsible(False)
        split.addWidget(left)
        split.addWidget(area)
        split.setStretchFactor(1, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(
            EmptyState(
                "key-round", "No accounts", "Add one on the tab Accounts; then all that its service can do is here."
            )
        )
        self._stack.addWidget(split)
        self.setLayout(column(self._stack))

    # -- accounts and their catalogue ----------------------------------------------------------------------

    def _hear(self, changes: Changes) -> None:
        if changes.touches("account"):
            self._read()

    def _read(self) -> None:
        house = self._desk.house
        self._desk.run(lambda _: accounts.cards(house), self._offer, owner=self)

    def _offer(self, cards: tuple[Card, ...]) -> None:
        """The choice stays where it was, if it is still there."""
        chosen = self._which.currentIndex()
        name = self._cards[chosen].name if 0 <= chosen < len(self._cards) else ""
        self._cards = cards
        self._which.blockSignals(True)
        self._which.clear()
        self._which.addItems([f"{one.name} ({one.title})" for one in cards])
        kept = next((at for at, one in enumerate(cards) if one.name == name), -1)
        self._which.setCurrentIndex(kept if kept >= 0 else 0)
        self._which.blockSignals(False)
        self._stack.setCurrentIndex(1 if cards else 0)
        if cards and kept < 0:
            self._read_operations()

    @property
    def _card(self) -> Card:
        return self._cards[self._which.currentIndex()]

    def _read_operations(self) -> None:
        house, account = self._desk.house, self._card.name
        self._desk.run(lambda _: operating.operations(house, account), self._list_them, owner=self)

    def _list_them(self, known: tuple[Known, ...]) -> None:
        self._known = {one.name: one for one in known}
        self._list.clear()
        for one in known:
            item = QListWidgetItem(f"{one.title} (unverified)" if one.is_unverified else one.title)
            item.setIcon(icon("pen-line" if one.changes else "download" if one.is_download else "eye", "muted"))
            item.setToolTip(f"{one.name}: {one.method} {one.path}")
            item.setData(NAME, one.name)
            self._list.addItem(item)
        self._narrow()
        self._list.setCurrentRow(0)

    def _narrow(self) -> None:
        wanted = self._search.text().strip().casefold()
        for at in range(self._list.count()):
            item = self._list.item(at)
            item.setHidden(wanted not in f"{item.text()} {item.toolTip()}".casefold())

    # -- the chosen one ------------------------------------------------------------------------------------

    @property
    def _operation(self) -> Known | None:
        at = self._list.currentRow()
        return self._known.get(str(self._list.item(at).data(NAME))) if at >= 0 else None

    def _show(self) -> None:
        self._leave()
        clear(self._form)
        self._answer.say("")
        one = self._operation
        self._arguments = None
        if one is None:
            self._judge()
            return
        self._form.addWidget(label(one.title, "large", strong=True, wrap=True))
        self._form.addWidget(label(f"{one.method} {one.path}", "small", ink="muted", wrap=True))
        if one.help:
            self._form.addWidget(label(one.help, wrap=True))
        if one.is_unverified:
            self._form.addWidget(label(operation_words.UNVERIFIED, ink="warn", wrap=True))
        self._arguments = Arguments(one)
        self._arguments.changed.connect(self._judge)
        self._form.addWidget(self._arguments)
        self._run.setText("Save as…" if one.is_download else "Change it there…" if one.changes else "Run")
        self._judge()

    def _judge(self) -> None:
        one = self._operation
        if one is None or self._arguments is None:
            allow(self._run, "Choose an operation first.")
            return
        if self._running is not None:
            return
        missing = operating.missing(one, self._arguments.given(), self._card.options)
        keyless = "" if self._card.has_secret or one.anonymous else "The key of this account is missing here."
        allow(self._run, f"{missing} is missing." if missing else keyless)

    # -- running it ----------------------------------------------------------------------------------------

    def _pressed(self) -> None:
        one = self._operation
        if self._running is not None:
            doubt = one is not None and one.changes
            self._leave()
            self._answer.say(
                "It was not waited for any longer." + (" Whether it was done there is not known." if doubt else ""),
                "warn" if doubt else "muted",
            )
        elif one is not None and one.is_download:
            self._ask_where(one)
        elif one is not None and one.changes:
            self._ask(one)
        elif one is not None:
            self._begin(one)

    def _leave(self) -> None:
        if self._running is not None:
            self._running.cancel()
            self._ended()

    def _ask_where(self, one: Known) -> None:
        dialog = QFileDialog(self, one.title, f"{one.name}.pdf")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.fileSelected.connect(lambda name: self._begin(one, Path(name)))
        dialog.open()

    def _ask(self, one: Known) -> None:
        box = QMessageBox(self)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setIcon(QMessageBox.Icon.Question)
        box.setText(f"{one.title}?")
        box.setInformativeText(
            f"It changes something at {self._card.title}, with the account {self._card.name}. It is sent once, and "
            "what it changes is not taken back from here."
        )
        go = box.addButton("Change it there", QMessageBox.ButtonRole.AcceptRole)
        box.addButton("Leave it as it is", QMessageBox.ButtonRole.RejectRole)
        go.clicked.connect(lambda: self._begin(one))
        box.open()

    def _begin(self, one: Known, out: Path | None = None) -> None:
        if self._arguments is None or one is not self._operation:
            return
        house, account = self._desk.house, self._card.name
        typed = operating.words(one, self._arguments.given())
        self._answer.say("Asking…")
        self._run.setText("Stop waiting")
        self._running = self._desk.run(
            lambda _: operating.run(house, account, one, operating.values(one, typed), out),
            self._done,
            failed=self._failed,
            owner=self,
            far=True,
        )
        if not self._running.running:
            self._ended()

    def _ended(self) -> None:
        self._running = None
        one = self._operation
        if one is not None:
            self._run.setText("Save as…" if one.is_download else "Change it there…" if one.changes else "Run")
        self._judge()

    def _done(self, done: Done) -> None:
        self._ended()
        if done.path is not None:
            self._answer.say(f"{done.path.name} was saved: {size(done.size)}, SHA-256 {done.sha256}.", "good")
        else:
            self._answer.show_answer(done.answer)

    def _failed(self, error: Exception) -> None:
        self._ended()
        self._answer.say(words(error, window=True).line, "bad")
        if isinstance(error, SpecError) and self._arguments is not None:
            self._arguments.point_at(error.path)
