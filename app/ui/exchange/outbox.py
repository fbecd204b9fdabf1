"""What was handed over and how far it is; what nobody but a person can decide is decided here."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QFrame,
    QHeaderView,
    QPushButton,
    QStackedWidget,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from app.domain.changes import Changes
from app.services import preferences
from app.ui.desk import Desk
from app.ui.icons import icon
from app.ui.models.exchange import Line, outbox
from app.ui.models.wording import short_date
from app.ui.theme import SPACE
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.grey import allow
from app.ui.widgets.look import column, label, row, set_look

HEADINGS: Final = ("What", "Envelope", "Account", "State", "Next", "Tries")
STATE: Final = 3
NOTHING: Final = (
    "Nothing was handed over",
    "Envelopes that are sent through an account wait here until a network is there, and stay until they are confirmed.",
)
NONE_OF_THEM: Final = ("Nothing of this kind", "Choose All to see the rest.")
SHOWN: Final = {
    "All": frozenset[str](),
    "Waits for you": frozenset(("failed", "unknown", "conflict")),
    "On its way": frozenset(("waiting", "running")),
    "Done": frozenset(("confirmed", "withdrawn")),
}


class OutboxTab(QWidget):
    """Every operation that was handed over, the chosen one explained below."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._lines: tuple[Line, ...] = ()
        self._listed: list[Line] = []
        self._which = QComboBox()
        self._which.addItems(list(SHOWN))
        self._which.setAccessibleName("Which operations")
        self._now = QPushButton("Exchange now")
        self._now.setToolTip("Sends what waits and asks for news, without waiting for the next round.")
        self._quiet = QCheckBox("Pause news")
        self._quiet.setToolTip("Services are not asked how far things are. What is to be sent is sent all the same.")
        self._table = _table()
        self._empty = EmptyState("send", *NOTHING)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._table)
        self._lay_out()
        self._which.currentIndexChanged.connect(self._show)
        self._table.itemSelectionChanged.connect(self._follow)
        self._table.itemActivated.connect(lambda _: self._open_envelope())
        self._now.clicked.connect(partial(self._exchange, ""))
        self._quiet.setChecked(desk.settings().pause_news)
        self._quiet.toggled.connect(self._pause)
        desk.changed.connect(self._hear)
        self.read()

    def _lay_out(self) -> None:
        self._said = label("", wrap=True)
        self._retry, self._here, self._there = QPushButton("Try again"), QPushButton("Keep"), QPushButton("Take")
        self._envelope = QPushButton("Show envelope")
        set_look(self._envelope, kind="quiet")
        self._retry.clicked.connect(lambda: self._act("retry"))
        self._here.clicked.connect(lambda: self._act("local"))
        self._there.clicked.connect(lambda: self._act("remote"))
        self._envelope.clicked.connect(self._open_envelope)
        self._foot = QFrame()
        set_look(self._foot, ground="card")
        self._foot.setAccessibleName("The chosen operation")
        buttons = row(self._envelope, None, self._retry, self._here, self._there)
        self._foot.setLayout(column(self._said, buttons, margin=SPACE.between))
        head = row(self._which, None, self._quiet, self._now)
        self.setLayout(column(head, self._stack, self._foot, gap=SPACE.snug))

    # -- what is shown -------------------------------------------------------------------------------------

    def read(self) -> None:
        house = self._desk.house
        self._desk.run(lambda _: outbox(house), self._take, owner=self)

    def show_only(self, which: str) -> None:
        self._which.setCurrentText(which)

    def _hear(self, changes: Changes) -> None:
        if changes.touches("envelope") or changes.touches("account"):
            self.read()
        if changes.touches("setting", "pause_news"):
            self._quiet.setChecked(self._desk.settings().pause_news)

    def _take(self, lines: tuple[Line, ...]) -> None:
        self._lines = lines
        self._show()

    def _show(self) -> None:
        wanted, chosen = SHOWN[self._which.currentText()], self._chosen()
        self._listed = [one for one in self._lines if not wanted or one.state in wanted]
        self._empty.say(*(NONE_OF_THEM if self._lines else NOTHING))
        self._stack.setCurrentWidget(self._table if self._listed else self._empty)
        self._table.setRowCount(len(self._listed))
        for at, one in enumerate(self._listed):
            self._fill(at, one)
        kept = next((at for at, one in enumerate(self._listed) if chosen and one.op == chosen.op), -1)
        urgent = next((at for at, one in enumerate(self._listed) if one.look.needs_person), 0)
        if self._listed:
            self._table.selectRow(kept if kept >= 0 else urgent)
        self._follow()

    def _fill(self, at: int, one: Line) -> None:
        when = short_date(one.next_at, self._desk.house.clock.now().astimezone()) if one.next_at else ""
        tries = str(one.attempts) if one.attempts else ""
        for number, item in enumerate(texts((one.doing, one.title, one.account, one.look.word, when, tries))):
            if number == STATE:
                item.setIcon(icon(one.look.icon, one.look.ink))
            if number == 0:
                item.setData(Qt.ItemDataRole.AccessibleTextRole, one.spoken)
            if one.said:
                item.setToolTip(one.said)
            self._table.setItem(at, number, item)

    def _chosen(self) -> Line | None:
        rows = self._table.selectionModel().selectedRows() if self._table.rowCount() else []
        at = rows[0].row() if rows else -1
        return self._listed[at] if 0 <= at < len(self._listed) else None

    def _follow(self) -> None:
        """What is said of the chosen line, and what can be done about it."""
        one = self._chosen()
        self._foot.setVisible(one is not None)
        if one is None:
            return
        self._said.setText(one.said or _calm(one))
        self._retry.setVisible(one.may_retry)
        self._retry.setText("Try again" if one.state == "failed" else "Do it now")
        for button, word in zip((self._here, self._there), one.sides or ("", ""), strict=True):
            button.setText(word)
            button.setVisible(bool(word))
        allow(self._envelope, "" if one.envelope else "This concerns no single envelope.")

    # -- what is done --------------------------------------------------------------------------------------

    def _pause(self, quiet: bool) -> None:
        house = self._desk.house
        if quiet is not self._desk.settings().pause_news:
            self._desk.run(lambda _: preferences.change(house, pause_news=quiet), owner=self)

    def _act(self, what: str) -> None:
        one = self._chosen()
        if one is None:
            return
        house = self._desk.house

        def work() -> Changes:
            from app.services import settling

            if what == "retry":
                settling.retry(house, one.op)
            else:
                settling.resolve(house, one.op, "local" if what == "local" else "remote")
            return Changes.of("envelope", one.envelope) if one.envelope else Changes()

        self._desk.run(lambda _: work(), lambda _: self._exchange(one.envelope), owner=self)

    def _exchange(self, envelope: str = "") -> None:
        """All that is due, or what is of one envelope. May take as long as somebody else's server; nothing waits."""
        house = self._desk.house
        allow(self._now, "It is under way.")

        def work() -> Changes:
            from app.services import outbox as box

            return box.run_once(house, envelope=envelope).changes

        def done(error: Exception | None = None) -> None:
            allow(self._now, "", "Sends what waits and asks for news, without waiting for the next round.")
            if error is not None:
                self._desk.notices.fail(error)
            self.read()

        self._desk.run(lambda _: work(), lambda _: done(), failed=done, owner=self, far=True)

    def _open_envelope(self) -> None:
        one = self._chosen()
        if one is not None and one.envelope:
            self._desk.go.home(one.envelope)


def _calm(one: Line) -> str:
    """What there is to say of a line that goes well."""
    match one.state:
        case "waiting":
            return "It waits for its turn. Without a network it simply waits; nothing is lost."
        case "running":
            return "It is under way."
        case "withdrawn":
            return "It was called off; nothing of it is at the service."
        case _:
            return "The service has confirmed it."


def _table() -> QTableWidget:
    table = QTableWidget(0, len(HEADINGS))
    table.setHorizontalHeaderLabels(list(HEADINGS))
    table.setAccessibleName("Outbox")
    dress(table, stretched=1)
    return table


def dress(table: QTableWidget, *, stretched: int) -> None:
    """A list of lines to be chosen and read, the column `stretched` taking what room is left."""
    table.verticalHeader().hide()
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setShowGrid(False)
    table.setTabKeyNavigation(False)
    header = table.horizontalHeader()
    header.setHighlightSections(False)
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    for number in range(table.columnCount()):
        fits = QHeaderView.ResizeMode.Stretch if number == stretched else QHeaderView.ResizeMode.ResizeToContents
        header.setSectionResizeMode(number, fits)


def texts(line: Sequence[str]) -> list[QTableWidgetItem]:
    """One cell for each; what is cut off stands in the tool tip."""
    items = [QTableWidgetItem(one) for one in line]
    for item in items:
        item.setToolTip(item.text())
    return items
