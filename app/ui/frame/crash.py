"""A bug, shown: it is never swallowed, and nothing is sent anywhere."""

from __future__ import annotations

import platform

from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from app.domain.redacting import trace
from app.ui.theme import SPACE
from app.ui.widgets.icon_label import IconLabel
from app.ui.widgets.look import column, label, row, set_look


def bug_report(error: BaseException, version: str) -> str:
    """What somebody needs to mend it: versions and the trace; no names of documents or people (fault 48)."""
    head = f"Paraph {version}\nPython {platform.python_version()}, Qt {qVersion()}, {platform.platform()}\n\n"
    return head + trace(error)


class BugDialog(QDialog):
    """Says that the work is safe, shows the trace, and copies it on request."""

    def __init__(self, error: BaseException, version: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Something went wrong inside Paraph")
        self.resize(640, 420)
        self.report = report = bug_report(error, version)
        words = column(
            label("Something went wrong inside Paraph", "title", strong=True),
            label(
                "This is a fault of the program, not yours. What was recorded before is safe in the library. "
                "You can go on; if it comes again, copy the report for those who maintain Paraph.",
                wrap=True,
            ),
            gap=SPACE.inside,
        )
        text = QPlainTextEdit(report)
        text.setReadOnly(True)
        text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        text.setAccessibleName("Report")
        copy = QPushButton("Copy report")
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(report))
        close = QPushButton("Go on")
        set_look(close, kind="primary")
        close.setDefault(True)
        close.setFocus()
        close.clicked.connect(self.accept)
        head = row(gap=SPACE.between)
        head.addWidget(IconLabel("bug", "bad", side=28), 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(SPACE.around, SPACE.around, SPACE.around, SPACE.between)
        box.setSpacing(SPACE.between)
        box.addLayout(head)
        box.addWidget(text, 1)
        box.addLayout(row(copy, None, close))
