"""What an operation takes, as a form: a line for each argument, with what it wants beside it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QLineEdit, QPlainTextEdit, QPushButton, QWidget

from app.services import operation_words
from app.services.operating import Known, Taken
from app.ui.theme import SPACE
from app.ui.widgets.look import column, label, row, set_look

JSON_ROWS: Final = 4
AS_JSON: Final = ("list", "object", "any JSON")
NOT_GIVEN: Final = ""


class Arguments(QWidget):
    """Signals: `changed`. A line that is left empty is not sent."""

    changed = Signal()

    def __init__(self, operation: Known, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._read: dict[str, Callable[[], str]] = {}
        self._controls: dict[str, QWidget] = {}
        lines = column(gap=SPACE.between)
        for one in operation.arguments:
            title = f"{one.name} *" if one.required else one.name
            told = ". ".join(part.rstrip(".") for part in (operation_words.takes(one), one.help) if part)
            told = f"{told[:1].upper()}{told[1:]}"
            control = self._control(one)
            self._controls[one.name] = control
            self._controls[one.name].setAccessibleName(one.name)
            self._controls[one.name].setAccessibleDescription(told)
            line = row(control, self._choose(control, one.name)) if str(one.shape.kind) == "file" else row(control)
            about = label(f"{told}.", "small", ink="muted", wrap=True)
            lines.addLayout(column(label(title), line, about, gap=SPACE.tight))
        if not operation.arguments:
            lines.addWidget(label("It needs nothing.", ink="muted"))
        self.setLayout(lines)

    def given(self) -> dict[str, str]:
        return {name: read() for name, read in self._read.items()}

    def point_at(self, path: str) -> None:
        """The line that holds the value at `path`, as `signers[0].email`, gets the keyboard."""
        for name, control in self._controls.items():
            if path == name or path.startswith((f"{name}.", f"{name}[")):
                control.setFocus(Qt.FocusReason.OtherFocusReason)

    def _control(self, one: Taken) -> QWidget:
        kind = str(one.shape.kind)
        if kind in ("choice", "yes or no"):
            choices = [str(each) for each in one.shape.choices] or ["yes", "no"]
            return self._choice(one.name, choices)
        if kind in AS_JSON:
            return self._json(one.name)
        line = QLineEdit()
        line.setMaxLength(1 << 20)
        if one.is_secret:
            line.setEchoMode(QLineEdit.EchoMode.Password)
            line.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText)
        line.textChanged.connect(self.changed)
        self._read[one.name] = lambda: line.text().strip() if not one.is_secret else line.text()
        return line

    def _choice(self, name: str, choices: list[str]) -> QWidget:
        made = QComboBox()
        made.addItems([NOT_GIVEN, *choices])
        made.currentIndexChanged.connect(self.changed)
        self._read[name] = made.currentText
        return made

    def _json(self, name: str) -> QWidget:
        made = QPlainTextEdit()
        made.setTabChangesFocus(True)
        made.setPlaceholderText("JSON")
        made.setFixedHeight(JSON_ROWS * made.fontMetrics().lineSpacing() + 2 * SPACE.inside)
        made.textChanged.connect(self.changed)
        self._read[name] = lambda: made.toPlainText().strip()
        return made

    def _choose(self, line: QWidget, name: str) -> QPushButton:
        button = QPushButton("Choose…")
        button.setAccessibleName(f"Choose a file for {name}")
        set_look(button, kind="quiet")

        def ask() -> None:
            dialog = QFileDialog(self, f"A file for {name}")
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
            dialog.fileSelected.connect(line.setText if isinstance(line, QLineEdit) else None)
            dialog.open()

        button.clicked.connect(ask)
        return button
