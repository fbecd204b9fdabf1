"""What a service answered: as a tree to look into, and as it came."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

from PySide6.QtWidgets import (
    QHeaderView,
    QPlainTextEdit,
    QPushButton,
    QStackedWidget,
    QTabBar,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from app.ui.theme import SPACE
from app.ui.widgets.look import column, label, row, set_look

MOST_NODES: Final = 5000
"""More than that nobody looks into; the text has them all."""
LEAST: Final = 220
WHOLE: Final = 100
"""Of the height, while there is an answer."""


class AnswerView(QWidget):
    """Kept in the window only, and let go of with the next one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._said = label("", wrap=True)
        self._tabs = QTabBar()
        self._tabs.setAccessibleName("How the answer is shown")
        self._tabs.setExpanding(False)
        self._tabs.setDrawBase(False)
        self._tabs.addTab("Tree")
        self._tabs.addTab("JSON")
        self.tree = QTreeWidget()
        self.tree.setHeaderLabels(["Name", "Value"])
        self.tree.setAccessibleName("The answer")
        self.tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setAccessibleName("The answer as JSON")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.tree)
        self._stack.addWidget(self.text)
        self._stack.setMinimumHeight(LEAST)
        self._tabs.currentChanged.connect(self._stack.setCurrentIndex)
        copy = QPushButton("Copy")
        copy.setToolTip("The whole answer, as JSON. It may hold secrets.")
        set_look(copy, kind="quiet")
        copy.clicked.connect(self._copy)
        self._whole = QWidget()
        self._whole.setLayout(column(row(self._tabs, None, copy), self._stack, gap=SPACE.tight))
        box = column(self._said, self._whole, None, gap=SPACE.snug)
        box.setStretch(1, WHOLE)
        self.setLayout(box)
        self.say("")

    def say(self, text: str, ink: str = "muted") -> None:
        """Instead of an answer."""
        self._said.setText(text)
        set_look(self._said, ink=ink)
        self._said.setVisible(bool(text))
        self._whole.hide()
        self.tree.clear()
        self.text.clear()

    def show_answer(self, answer: Any) -> None:
        self.say("" if answer is not None else "Done; the service had nothing more to say.", "good")
        if answer is None:
            return
        self.text.setPlainText(json.dumps(answer, ensure_ascii=False, indent=2))
        budget = iter(range(MOST_NODES))
        for name, value in _parts(answer) or [("", answer)]:
            _grow(self.tree.invisibleRootItem(), name, value, budget)
        if next(budget, None) is None:
            self.say_more()
        self.tree.expandToDepth(1)
        self._whole.show()

    def say_more(self) -> None:
        self._said.setText(f"The tree shows the first {MOST_NODES} values; JSON has them all.")
        set_look(self._said, ink="muted")
        self._said.show()

    def _copy(self) -> None:
        self.text.selectAll()
        self.text.copy()
        cursor = self.text.textCursor()
        cursor.clearSelection()
        self.text.setTextCursor(cursor)


def _parts(value: Any) -> list[tuple[str, Any]]:
    if isinstance(value, dict):
        return [(str(name), one) for name, one in value.items()]
    return [(str(number), one) for number, one in enumerate(value, start=1)] if isinstance(value, list) else []


def _grow(parent: QTreeWidgetItem, name: str, value: Any, budget: Iterator[int]) -> None:
    if next(budget, None) is None:
        return
    parts = _parts(value)
    item = QTreeWidgetItem(parent, [name, _short(value, len(parts))])
    item.setToolTip(1, item.text(1))
    for inner, one in parts:
        _grow(item, inner, one, budget)


def _short(value: Any, count: int) -> str:
    if isinstance(value, dict | list):
        return "empty" if not count else "one" if count == 1 else f"{count} values"
    return "null" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
