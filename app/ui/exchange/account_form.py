"""Adding an account: the form of the service, each line with its help, and what is wrong beside the line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QDialog, QLabel, QLineEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget

from app.domain.changes import Changes
from app.domain.errors import AccountExists, SpecError
from app.services import accounts
from app.services.accounts import Question, Service
from app.services.messages import words
from app.ui.desk import Desk
from app.ui.theme import SPACE
from app.ui.widgets.grey import allow
from app.ui.widgets.look import clear, column, label, row, set_look

ASSUMED: Final = "Not published by the service; it may be different."


@dataclass(frozen=True)
class Asked:
    """A line of the form: what was typed, where what is wrong is said, and the whole, to be hidden."""

    control: QWidget
    read: Callable[[], str]
    problem: QLabel
    whole: QWidget


class AccountForm(QDialog):
    """Nothing is sent: the account is kept, and can be tried."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Add account")
        self.resize(560, 640)
        self._desk = desk
        self._services = accounts.providers()
        self._asked: dict[str, Asked] = {}
        self._which = QComboBox()
        self._which.setAccessibleName("Service")
        for one in self._services:
            self._which.addItem(one.title)
        self._which.currentIndexChanged.connect(self._ask)
        self._lines = column(gap=SPACE.between)
        inside = QWidget()
        inside.setLayout(column(self._lines, None, margin=SPACE.tight))
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        area.setAccessibleName("The account")
        self._add, leave = QPushButton("Add account"), QPushButton("Cancel")
        set_look(self._add, kind="primary")
        self._add.setDefault(True)
        self._add.clicked.connect(self._keep)
        leave.clicked.connect(self.reject)
        box = QVBoxLayout(self)
        box.setContentsMargins(SPACE.around, SPACE.around, SPACE.around, SPACE.between)
        box.setSpacing(SPACE.between)
        box.addWidget(label("Add account", "title", strong=True))
        box.addLayout(column(label("Service"), self._which, gap=SPACE.tight))
        box.addWidget(area, 1)
        box.addLayout(row(None, leave, self._add))
        self._ask()

    def choose(self, service: str) -> None:
        """By its name."""
        self._which.setCurrentIndex([one.name for one in self._services].index(service))

    @property
    def _service(self) -> Service:
        return self._services[self._which.currentIndex()]

    # -- the lines -----------------------------------------------------------------------------------------

    def _ask(self) -> None:
        """The lines of the chosen service; what was typed for another is let go."""
        clear(self._lines)
        self._asked = {}
        service = self._service
        self._line("name", "Name", "How you call it here.", _typed(service.title))
        urls = [one.url for one in service.base_urls]
        told = "Where its API begins; a server of your own or a test server has its own."
        self._line("base_url", "Address", told if urls else f"{told} The service does not publish it.", _address(urls))
        for question in service.form:
            path = "secret" if question.secret else f"option {question.name}"
            told = f"{question.help} {ASSUMED}" if accounts.is_assumed(question) else question.help
            self._line(path, question.title, told, _control(question))
        self._suit()

    def _line(self, path: str, title: str, told: str, control: QWidget) -> None:
        control.setAccessibleName(title)
        control.setAccessibleDescription(told)
        problem = label("", "small", ink="bad", wrap=True)
        problem.hide()
        whole = QWidget()
        about = label(told, "small", ink="muted", wrap=True)
        whole.setLayout(column(label(title), control, about, problem, gap=SPACE.tight))
        self._lines.addWidget(whole)
        whole.show()
        if isinstance(control, QComboBox):
            control.currentTextChanged.connect(lambda _: self._changed(path))
            self._asked[path] = Asked(control, control.currentText, problem, whole)
        elif isinstance(control, QLineEdit):
            control.textChanged.connect(lambda _: self._changed(path))
            self._asked[path] = Asked(control, control.text, problem, whole)

    def _changed(self, path: str) -> None:
        self._complain(path, "")
        self._suit()

    def _suit(self) -> None:
        """Lines that mean nothing beside the others are not shown; Add says what is missing."""
        options = self._options()
        missing = ""
        for question in self._service.form:
            path = "secret" if question.secret else f"option {question.name}"
            asked = self._asked[path]
            shown = accounts.is_asked(question, options)
            asked.whole.setVisible(shown)
            needed = question.required or (question.needed_when is not None and shown)
            if needed and not asked.read().strip():
                missing = missing or f"{question.title} is missing."
        for path, title in (("base_url", "The address"), ("name", "The name")):
            if not self._asked[path].read().strip():
                missing = f"{title} is missing."
        allow(self._add, missing)

    def _options(self) -> dict[str, str]:
        return {
            path.removeprefix("option "): asked.read().strip()
            for path, asked in self._asked.items()
            if path.startswith("option ")
        }

    # -- keeping -------------------------------------------------------------------------------------------

    def _keep(self) -> None:
        """What stands in lines that are not shown is not sent along."""
        house, service = self._desk.house, self._service.name
        told = {path: asked.read().strip() for path, asked in self._asked.items() if not asked.whole.isHidden()}
        options = {
            path.removeprefix("option "): value for path, value in told.items() if path.startswith("option ") and value
        }
        allow(self._add, "It is being kept.")
        self._desk.run(
            lambda _: accounts.add(house, service, told["name"], told["secret"], told["base_url"], options),
            self._kept,
            failed=self._refused,
            owner=self,
        )

    def _kept(self, _: Changes) -> None:
        remarks = accounts.remarks(self._service.name, self._asked["secret"].read())
        name = self._asked["name"].read().strip()
        if remarks:
            self._desk.notices.warn(f"{name} was added. {remarks[0]}")
        else:
            self._desk.notices.tell(f"{name} was added. Nothing was sent; try it when there is a network.")
        self.accept()

    def _refused(self, error: Exception) -> None:
        self._suit()
        path = error.path if isinstance(error, SpecError) else "name" if isinstance(error, AccountExists) else ""
        if path not in self._asked:
            self._desk.notices.fail(error)
            return
        self._complain(path, sentence_of(error))
        self._asked[path].control.setFocus(Qt.FocusReason.OtherFocusReason)

    def _complain(self, path: str, said: str) -> None:
        asked = self._asked[path]
        asked.problem.setText(said)
        asked.problem.setVisible(bool(said))
        set_look(asked.control, wrong=bool(said))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in a line adds nothing before everything is there."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self._add.isEnabled():
            return
        super().keyPressEvent(event)


def sentence_of(error: Exception) -> str:
    """What is wrong with a line, beside it. Of addresses a whole clause is told, of the others what they are."""
    if not isinstance(error, SpecError):
        return words(error, window=True).line
    if error.path == "base_url" and not error.problem.startswith("is "):
        return f"{error.problem[:1].upper()}{error.problem[1:]}."
    return f"It {error.problem}."


def _typed(text: str) -> QLineEdit:
    made = QLineEdit(text)
    made.setMaxLength(4096)
    return made


def _address(urls: list[str]) -> QWidget:
    """A choice of those that are published, and any other."""
    if len(urls) < 2:
        return _typed(urls[0] if urls else "")
    made = QComboBox()
    made.setEditable(True)
    made.addItems(urls)
    return made


def _control(question: Question) -> QWidget:
    if question.choices:
        made = QComboBox()
        made.addItems(list(question.choices))
        made.setCurrentText(question.default or question.choices[0])
        return made
    return control_of(question)


def control_of(question: Question) -> QLineEdit:
    """A line to type in; what is secret is not shown, and not learnt by an input method."""
    typed = _typed(question.default)
    if question.secret:
        typed.setEchoMode(QLineEdit.EchoMode.Password)
        typed.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText)
    return typed
