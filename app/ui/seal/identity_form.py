"""What the forms that add an identity have in common: lines, what is wrong beside its line, and the keeping."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget

from app.domain.changes import Changes
from app.domain.errors import IdentityExists, ParaphError
from app.services.messages import words
from app.ui.desk import Desk
from app.ui.theme import SPACE
from app.ui.widgets.announce import announce
from app.ui.widgets.grey import allow
from app.ui.widgets.look import column, label, row, set_look

NAME: Final = "name"
AIR: Final = 60
"""Pixels of the screen's height, left to the frame of the window."""


@dataclass(frozen=True)
class Line:
    """A control of the form, where it is said what is wrong with it, and what holds all of that."""

    control: QWidget
    problem: QLabel
    whole: QWidget


class IdentityForm(QDialog):
    """A subclass says what is missing, what it does, and which line an error belongs to. Errors that belong to none
    stand above the buttons; what was typed stays. Closed while it works, it goes on behind and still tells. `grows`
    where one of its lines takes the room there is; `far` where its deed waits for somebody else's server.

    Signals: `added` with the name of what was added.
    """

    added = Signal(str)
    grows: ClassVar[bool] = False
    far: ClassVar[bool] = False

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
        self._area = QScrollArea()
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
        parts = column(label(title), row(control, beside) if beside else control, gap=SPACE.tight)
        if told:
            parts.addWidget(label(told, "small", ink="muted", wrap=True))
        parts.addWidget(problem)
        whole = QWidget()
        whole.setLayout(parts)
        self._lines[path] = Line(control, problem, whole)
        self.body.addWidget(whole)
        if isinstance(control, QLineEdit):
            control.textChanged.connect(lambda _: self.changed(path))

    def show_line(self, path: str, wanted: bool) -> None:
        """One that is not wanted complains of nothing."""
        self._lines[path].whole.setVisible(wanted)
        if not wanted:
            self.complain(path, "")

    def finish(self) -> None:
        """After its lines: that of the name, and the buttons. The keys go through it in this order."""
        self.line(NAME, "Its name here", self.name, "How you choose it, and how the command line calls it.")
        leave = QPushButton("Cancel")
        leave.setAutoDefault(False)
        leave.clicked.connect(self.reject)
        box = QVBoxLayout(self)
        box.setContentsMargins(SPACE.around, SPACE.around, SPACE.around, SPACE.between)
        box.setSpacing(SPACE.between)
        box.addLayout(self._about)
        box.addWidget(self._area, 1)
        self._fill_area()
        box.addWidget(self._problem)
        box.addLayout(row(None, leave, self._add))
        self.suit()

    def _fill_area(self) -> None:
        """It scrolls where the screen is too low for all lines."""
        if not self.grows:
            self.body.addStretch(1)
        self.body.setContentsMargins(0, SPACE.tight, SPACE.tight, SPACE.tight)
        inside = QWidget()
        inside.setLayout(self.body)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(inside)
        self._area.setAccessibleName(self.windowTitle())

    def fit(self) -> None:
        """As high as its lines are, but no higher than the screen."""
        more = max(0, self.body.totalMinimumSize().height() - self._area.viewport().height())
        self.resize(self.width(), min(self.height() + more, self.screen().availableSize().height() - AIR))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.fit()

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
        """Beside the line, and to the reader of the screen; "" as path is above the buttons."""
        problem = self._lines[path].problem if path else self._problem
        problem.setText(said)
        problem.setVisible(bool(said))
        if path:
            set_look(self._lines[path].control, wrong=bool(said))
        if said:
            announce(self, said, urgent=True)
            self.fit()

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
        self.desk.run(lambda _: self.deed(), lambda _: self._kept(), failed=self._refused, owner=self, far=self.far)

    def _kept(self) -> None:
        """The list behind shows it; a toast would lie over the button that is pressed next."""
        name, self._works = self.name.text().strip(), False
        if self.isVisible():
            announce(self, f"{name} was added")
        else:
            self.desk.notices.tell(f"{name} was added")
        self.added.emit(name)
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
