"""The two questions Home asks before something cannot be taken back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.ui.theme import SPACE
from app.ui.widgets.grey import allow
from app.ui.widgets.look import label, row, set_look


class Question(QDialog):
    """A sentence, perhaps a line to fill in, and a verb. The safe answer is the default.

    `then` is called with what was written ("" where nothing is asked for).
    """

    def __init__(
        self, title: str, text: str, verb: str, then: Callable[[str], None], parent: QWidget, wanted: str = ""
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setMinimumWidth(440)
        self._then = then
        self._line = QLineEdit()
        self._line.setPlaceholderText(wanted)
        self._line.setAccessibleName(wanted)
        self._do = QPushButton(verb)
        set_look(self._do, kind="danger")
        self._do.clicked.connect(self._answer)
        keep = QPushButton("Leave it as it is")
        keep.clicked.connect(self.reject)
        box = QVBoxLayout(self)
        box.setContentsMargins(SPACE.around, SPACE.around, SPACE.around, SPACE.between)
        box.setSpacing(SPACE.between)
        box.addWidget(label(title, "title", strong=True))
        box.addWidget(label(text, wrap=True))
        if wanted:
            box.addWidget(self._line)
            self._line.textChanged.connect(self._judge)
            self._line.returnPressed.connect(self._do.click)
            self._do.setAutoDefault(False)
        self._judge(self._line.text())
        box.addLayout(row(None, keep, self._do))
        keep.setDefault(not wanted)

    def _judge(self, written: str) -> None:
        needed = bool(self._line.placeholderText()) and not written.strip()
        allow(self._do, "Write a reason first; it goes into the audit trail." if needed else "")

    def _answer(self) -> None:
        self.accept()
        self._then(self._line.text().strip())
