"""What left this machine: every connection, to whom, why, and how many bytes."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFileDialog, QLineEdit, QPushButton, QStackedWidget, QTableWidget, QWidget

from app.domain.connection import Connection
from app.services import connections
from app.ui.desk import Desk
from app.ui.exchange.outbox import dress, texts
from app.ui.models.exchange import PAGE, ledger, outcome, size, totals
from app.ui.theme import SPACE
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.grey import allow
from app.ui.widgets.look import column, label, row, set_look

WIDE: Final = 260
HEADINGS: Final = ("When", "To", "What was asked", "Why", "Outcome", "Sent", "Received")


class LedgerTab(QWidget):
    """Read when it is shown: most people look here seldom, and then want the whole truth."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._lines: tuple[Connection, ...] = ()
        self._most = PAGE
        self._said = label("", ink="muted", wrap=True)
        self._search = QLineEdit()
        self._search.setPlaceholderText("Search host, account or reason")
        self._search.setAccessibleName("Search what left this machine")
        self._search.setClearButtonEnabled(True)
        self._search.setMinimumWidth(WIDE)
        set_look(self._search, search=True)
        self._save, self._more = QPushButton("Save as CSV…"), QPushButton("Show all")
        self._table = QTableWidget(0, len(HEADINGS))
        self._table.setHorizontalHeaderLabels(list(HEADINGS))
        self._table.setAccessibleName("Connections")
        dress(self._table, stretched=2)
        self._empty = EmptyState(
            "lock",
            "Nothing left this machine",
            "Paraph has made no connection. Each one it makes, to a service, a time-stamp authority or a mail server "
            "of yours, is written down here before its first byte leaves.",
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._table)
        head = row(self._search, None, self._more, self._save)
        self.setLayout(column(head, self._said, self._stack, gap=SPACE.snug))
        self._search.textChanged.connect(self._show)
        self._save.clicked.connect(self._ask_where)
        self._more.clicked.connect(self._read_all)
        desk.changed.connect(lambda _: self._read() if self.isVisible() else None)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._read()

    def hideEvent(self, event: QHideEvent) -> None:
        """What nobody looks at takes no memory."""
        super().hideEvent(event)
        self._most = PAGE

    def _read(self) -> None:
        house, most = self._desk.house, self._most
        self._desk.run(lambda _: ledger(house, most + 1), self._take, owner=self)

    def _read_all(self) -> None:
        self._most = connections.EVERYTHING
        self._read()

    def _take(self, lines: tuple[Connection, ...]) -> None:
        self._more.setVisible(len(lines) > self._most)
        self._lines = lines[: self._most]
        self._show()

    def _show(self) -> None:
        wanted = self._search.text().strip().casefold()
        found = [one for one in self._lines if wanted in f"{one.account} {one.host} {one.path} {one.why}".casefold()]
        self._stack.setCurrentWidget(self._table if found else self._empty)
        if self._lines:
            self._empty.say("Nothing of that kind", "No connection has these words in it.")
        self._table.setRowCount(len(found))
        for at, one in enumerate(found):
            for number, item in enumerate(texts(_cells(one))):
                self._table.setItem(at, number, item)
        sums = totals(tuple(found))
        hosts = "one host" if sums.hosts == 1 else f"{sums.hosts} hosts"
        count = "One connection" if sums.connections == 1 else f"{sums.connections} connections"
        newest = "newest " if self._more.isVisibleTo(self) else ""
        told = f"{count} to {hosts}: {size(sums.sent)} sent, {size(sums.received)} received."
        self._said.setText(f"The {newest}{told[0].lower()}{told[1:]}" if newest else told)
        self._said.setVisible(bool(found))
        allow(self._save, "" if found else "There is nothing to save.")

    def _ask_where(self) -> None:
        dialog = QFileDialog(self, "Save what left this machine", "connections.csv", "CSV (*.csv)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("csv")
        dialog.fileSelected.connect(lambda name: self.save(Path(name)))
        dialog.open()

    def save(self, path: Path) -> None:
        """The whole ledger, not only what is listed."""
        house = self._desk.house

        tell = self._desk.notices.tell
        self._desk.run(
            lambda _: connections.save(house, path), lambda count: tell(f"{count} lines were saved."), owner=self
        )


def _cells(one: Connection) -> tuple[str, ...]:
    when = f"{one.at.astimezone():%Y-%m-%d %H:%M:%S}"
    where = f"{one.host} ({one.account})" if one.account else one.host
    return when, where, f"{one.method} {one.path}", one.why, outcome(one), size(one.sent), size(one.received)
