"""What the forms that add an identity have in common: lines, what is wrong beside its line, and the keeping."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.domain.changes import Changes
from app.domain.errors import IdentityExists, ParaphError
from app.services.messages import words
from app.ui.desk import Desk
from app.ui.theme import SPACE
from app.ui.widgets.grey import allow
from app.ui.widgets.look import column, label, row, set_look

NAME: Final = "name"


@dataclass(frozen=True)
class Line:
    """A control of the form, and where it is said what is wrong with it."""

    control: QWidget
    problem: QLabel


class IdentityForm(QDialog):
    """A subclass says what is missing, what it does, and which line an error belongs to. Errors that belong to none
    stand above the buttons; what was typed stays. Closed while it works, it goes on behind and still tells. `grows`
    where one of its lines takes the room there is.
    """

    grows: ClassVar[bool] = False

    def __init__(self, desk: Desk, title: str, told: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setMinimumWidth(520)
        self.desk = desk
        self._lines: dict[str, Line] = {}
        self._works = False
        self._own_name = False
        self.name = typed("")
        self.name.textEdited.connect(self._name_edited)
        self.body = column(gap=SPACE.between)
        self._problem = _complaint()
        self._add = QPushButton("Add identity")
        set_look(self._add, kind="primary")
        self._add.setDefault(True)
        self._add.clicked.connect(self._keep)
        self._about = column(label(title, "title", strong=True), label(told, ink="muted", wrap=True), gap=SPACE.tight)

    # -- what a form says of itself ------------------------------------------------------------------------

    def missing(self) -> str:
        """Why nothing can be added yet, "" when it can."""
        raise NotImplementedError

    def deed(self) -> Changes:
        """Done off the window's thread, with what `prepare` took from the lines."""
        raise NotImplementedError

    def prepare(self) -> None:
        """Takes from the lines what `deed` needs."""

    def line_of(self, error: ParaphError) -> str:
        """The line an error belongs to, "" for none."""
        return NAME if isinstance(error, IdentityExists) else ""

    def sentence(self, error: ParaphError) -> str:
        """What is said of it."""
        return words(error).line

    # -- lines ---------------------------------------------------------------------------------------------

    def line(self, path: str, title: str, control: QWidget, told: str = "", beside: QWidget | None = None) -> None:
        control.setAccessibleName(title)
        control.setAccessibleDescription(told)
        problem = _complaint()
        self._lines[path] = Line(control, problem)
        parts = column(label(title), row(control, beside) if beside else control, gap=SPACE.tight)
        if told:
            parts.addWidget(label(told, "small", ink="muted", wrap=True))
        parts.addWidget(problem)
        self.body.addLayout(parts)
        if isinstance(control, QLineEdit):
            control.textChanged.connect(lambda _: self.changed(path))

    def finish(self) -> None:
        """After its lines: that of the name, and the buttons. The keys go through it in this order."""
        self.line(NAME, "Its name here", self.name, "How you choose it, and how the command line calls it.")
        leave = QPushButton("Cancel")
        leave.setAutoDefault(False)
        leave.clicked.connect(self.reject)
        box = QVBoxLayout(self)
        box.setContentsMargins(SPACE.around, SPACE.around, SPACE.around, SPACE.between)
        box.setSpacing(SPACE.between)
        for part in (self._about, self.body):
            box.addLayout(part)
        box.addWidget(self._problem)
        if not self.grows:
            box.addStretch(1)
        box.addLayout(row(None, leave, self._add))
        self.suit()

    def suggest(self, name: str) -> None:
        """Until the person has written a name."""
        if not self._own_name:
            self.name.setText(name)

    def changed(self, path: str) -> None:
        self.complain(path, "")
        self.suit()

    def suit(self) -> None:
        reason = "It is being added." if self._works else self.missing()
        if not reason and not self.name.text().strip():
            reason = "Its name here is missing."
        allow(self._add, reason)

    def complain(self, path: str, said: str) -> None:
        """Beside the line, and to the reader of the screen with it; "" as path is above the buttons."""
        problem = self._lines[path].problem if path else self._problem
        problem.setText(said)
        problem.setVisible(bool(said))
        if path:
            set_look(self._lines[path].control, wrong=bool(said))

    def refuse(self, error: Exception) -> None:
        """What went wrong, beside the line it belongs to; the cursor goes there."""
        if not isinstance(error, ParaphError):
            self.desk.notices.fail(error)
            return
        path = self.line_of(error)
        self.complain(path, self.sentence(error))
        if path:
            self._lines[path].control.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- keeping -------------------------------------------------------------------------------------------

    def _name_edited(self, written: str) -> None:
        self._own_name = bool(written)

    def _keep(self) -> None:
        self.complain("", "")
        self.prepare()
        self._works = True
        self.suit()
        self.desk.run(lambda _: self.deed(), lambda _: self._kept(), failed=self._refused, owner=self)

    def _kept(self) -> None:
        self.desk.notices.tell(f"{self.name.text().strip()} was added")
        self._works = False
        self.accept()

    def _refused(self, error: Exception) -> None:
        self._works = False
        self.suit()
        if self.isVisible():
            self.refuse(error)
            return
        self.desk.notices.fail(error)
        self.close()
        self.deleteLater()

    def reject(self) -> None:
        """What is under way goes on; what comes of it is told when it comes."""
        if self._works:
            self.hide()
        else:
            super().reject()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter adds nothing before everything is there."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self._add.isEnabled():
            return
        super().keyPressEvent(event)


def typed(text: str, *, secret: bool = False) -> QLineEdit:
    made = QLineEdit(text)
    made.setMaxLength(4096)
    if secret:
        made.setEchoMode(QLineEdit.EchoMode.Password)
        made.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText)
    return made


def _complaint() -> QLabel:
    made = label("", "small", ink="bad", wrap=True)
    made.hide()
    return made
