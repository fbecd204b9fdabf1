"""How each file of a run came out."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QPushButton, QTableWidget, QTableWidgetItem, QWidget

from app.services.batching import SUMMARY, Outcome
from app.services.messages import words
from app.services.sealing_words import LESS
from app.ui.icons import icon
from app.ui.theme import SPACE
from app.ui.widgets.look import column, label, row


class Results(QWidget):
    """`begin` a run, `add` each outcome, `say` how it stands, `offer` less. Signal: `chosen`, less is enough."""

    chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folder: Path | None = None
        self._said = label("Nothing was sealed yet.", "large", strong=True, wrap=True)
        self._table = QTableWidget(0, 3)
        self._table.setHorizontalHeaderLabels(["File", "Result", "What happened"])
        self._table.setAccessibleName("Results by file")
        self._table.verticalHeader().hide()
        self._table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self._table.setShowGrid(False)
        header = self._table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        self._table.setColumnWidth(0, 220)
        self._open, self._summary = QPushButton("Open folder"), QPushButton("Open summary (CSV)")
        self._open.clicked.connect(lambda: self._show(""))
        self._summary.clicked.connect(lambda: self._show(SUMMARY))
        self._less = QPushButton("Seal at a lower level")
        self._less.clicked.connect(self.chosen)
        self._less.hide()
        self.setLayout(
            column(
                self._said, row(self._less, None), self._table, row(self._open, self._summary, None),
                gap=SPACE.snug, margin=SPACE.around,
            )
        )  # fmt: skip
        self._suit()

    def begin(self, folder: Path) -> None:
        self._folder = folder
        self._table.setRowCount(0)
        self._less.hide()
        self.say("Sealing")

    def offer(self, level: str) -> None:
        """To seal at this level what could not be sealed at the one that was asked for."""
        self._less.setText(LESS[level])
        self._less.show()

    def say(self, text: str) -> None:
        self._said.setText(text)
        self._said.setAccessibleName(text)
        self._suit()

    def add(self, outcome: Outcome) -> None:
        at = self._table.rowCount()
        self._table.insertRow(at)
        failed = outcome.error is not None
        mark = "circle-x" if failed else "circle-check"
        word = "Not sealed" if failed else "Sealed before" if outcome.earlier else f"Sealed, {outcome.level}"
        told = (
            words(outcome.error, window=True).line.replace(f"{outcome.path.parent}/", "")
            if outcome.error
            else str(outcome.out)
        )
        if outcome.normalised:
            told += " (its structure had to be rewritten first)"
        result = QTableWidgetItem(icon(mark, "bad" if failed else "good"), word)
        for number, item in enumerate((QTableWidgetItem(outcome.path.name), result, QTableWidgetItem(told))):
            item.setToolTip(str(outcome.path) if number == 0 else item.text())
            self._table.setItem(at, number, item)
        self._table.resizeRowToContents(at)
        self._table.scrollToBottom()
        self._suit()

    def _suit(self) -> None:
        for button, needed in ((self._open, ""), (self._summary, SUMMARY)):
            there = self._folder is not None and (self._folder / needed).exists()
            button.setEnabled(there)
            button.setToolTip("" if there else "There is nothing to open before a file was sealed.")
            button.setAccessibleDescription(button.toolTip())

    def _show(self, name: str) -> None:
        if self._folder is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder / name)))
