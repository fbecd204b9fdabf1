"""An error, presented: what happened, what to do, and the facts behind a fold."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFrame, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from app.ui.theme import SPACE
from app.ui.widgets.icon_label import IconLabel
from app.ui.widgets.look import column, label, row, selectable, set_look


@dataclass(frozen=True)
class Failure:
    """`title` in a few words, `happened` one sentence, `remedy` what to do next, `facts` for those who
    ask."""

    title: str
    happened: str
    remedy: str = ""
    facts: str = ""


class FailurePanel(QFrame):
    """Stands on a page in place of what could not be shown."""

    def __init__(self, failure: Failure, tone: str = "bad", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_look(self, ground=tone)
        self.setAccessibleName(f"{failure.title}. {failure.happened} {failure.remedy}")
        words = column(
            label(failure.title, "large", strong=True), selectable(label(failure.happened, wrap=True)), gap=SPACE.tight
        )
        if failure.remedy:
            words.addWidget(label(failure.remedy, wrap=True))
        if failure.facts:
            words.addLayout(_folded(failure.facts))
        line = row(gap=SPACE.snug, margin=SPACE.between)
        mark = "triangle-alert" if tone == "warn" else "circle-alert"
        line.addWidget(IconLabel(mark, tone), 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)
        self.setLayout(line)


class FailureDialog(QDialog):
    """For what failed at a person's own request and has no page to stand on."""

    def __init__(self, failure: Failure, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(failure.title)
        self.setMinimumWidth(460)
        box = QVBoxLayout(self)
        box.setContentsMargins(SPACE.around, SPACE.around, SPACE.around, SPACE.between)
        box.setSpacing(SPACE.between)
        box.addWidget(FailurePanel(failure))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        box.addWidget(buttons)


def _folded(facts: str) -> QVBoxLayout:
    """The facts, behind a button that unfolds them."""
    text = QPlainTextEdit(facts)
    text.setReadOnly(True)
    text.setAccessibleName("Details")
    text.setMaximumHeight(140)
    text.hide()
    fold = QPushButton("Details")
    fold.setCheckable(True)
    set_look(fold, kind="link")
    fold.toggled.connect(text.setVisible)
    return column(row(fold, None), text, gap=SPACE.tight)
