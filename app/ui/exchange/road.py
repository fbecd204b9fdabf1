"""Where people sign: on this device or through an account; the plan is shown before anything leaves."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget

from app.domain.finding import Finding
from app.services import accounts, pushing
from app.services.accounts import Card, Question
from app.services.messages import words
from app.services.pushing import Journey
from app.ui.desk import Desk
from app.ui.theme import SPACE
from app.ui.widgets.announce import announce
from app.ui.widgets.icon_label import IconLabel
from app.ui.widgets.look import clear, column, label, row, set_look

HERE: Final = "On this device"
TYPING_MS: Final = 300
"""The plan is made anew when the person pauses, not at each letter."""
LEAST: Final = 220


class Road(QWidget):
    """Signals: `changed` when another account is chosen or its plan is known, see `reason`; `account_wanted` when
    there is none yet and the person wants one; `jump_wanted(Finding)` to what stands in the way, of a draft."""

    changed = Signal()
    account_wanted = Signal()
    jump_wanted = Signal(object)

    def __init__(self, desk: Desk, envelope: str, *, here: bool, parent: QWidget | None = None) -> None:
        """`here`: whether it is a draft: people can sign on this device, too, and the choice begins with it."""
        super().__init__(parent)
        self._desk, self._envelope, self._here = desk, envelope, here
        self._cards: tuple[Card, ...] = ()
        self._journey: Journey | None = None
        self._trouble = ""
        self._typed: dict[str, QLineEdit] = {}
        self._needed: dict[str, str] = {}
        self._asked = 0
        self._which = QComboBox()
        self._which.setAccessibleName("Where people sign")
        self._none = QPushButton("Add an account…")
        set_look(self._none, kind="link")
        self._none.setToolTip("With a login at a signing service people far away sign there.")
        self._none.clicked.connect(self.account_wanted)
        self._options = column(gap=SPACE.snug)
        self._told = QVBoxLayout()
        self._told.setSpacing(SPACE.snug)
        inside = QWidget()
        inside.setLayout(column(self._options, self._told, None, gap=SPACE.between, margin=SPACE.snug))
        self._plan = QScrollArea()
        self._plan.setWidgetResizable(True)
        self._plan.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._plan.setWidget(inside)
        self._plan.setMinimumHeight(LEAST)
        self._plan.setAccessibleName("What will happen")
        self._plan.hide()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(TYPING_MS)
        self._pause.timeout.connect(self._read_plan)
        head = row(label("Where"), self._which, self._none, None)
        self.setLayout(column(head, self._plan, gap=SPACE.snug))
        self._which.hide()
        self._none.hide()
        self._which.currentIndexChanged.connect(self._choose)
        house = desk.house
        desk.run(lambda _: accounts.cards(house), self._offer, owner=self)

    # -- what was chosen -----------------------------------------------------------------------------------

    @property
    def account(self) -> str:
        """Empty for this device."""
        at = self._which.currentIndex() - int(self._here)
        return self._cards[at].name if 0 <= at < len(self._cards) else ""

    @property
    def options(self) -> dict[str, str]:
        return {name: line.text().strip() for name, line in self._typed.items() if line.text().strip()}

    @property
    def reason(self) -> str:
        """Why it cannot be sent this way; empty when it can."""
        if not self.account:
            return "" if self._here else "Choose an account first."
        missing = next((title for name, title in self._needed.items() if name not in self.options), "")
        if missing:
            return f"{missing} is missing."
        if self._trouble:
            return self._trouble
        if self._journey is None:
            return "What will happen is being worked out."
        return f"It cannot go: {self._journey.problems[0]}." if self._journey.problems else ""

    # -- accounts and their questions ----------------------------------------------------------------------

    def _offer(self, cards: tuple[Card, ...]) -> None:
        self._cards = cards
        self._which.blockSignals(True)
        self._which.clear()
        self._which.addItems([*([HERE] if self._here else []), *(f"{one.name} ({one.title})" for one in cards)])
        self._which.blockSignals(False)
        self._which.setVisible(bool(cards) or self._here)
        self._none.setVisible(not cards)
        self._choose()

    def _choose(self) -> None:
        clear(self._options)
        self._typed, self._needed, self._journey, self._trouble = {}, {}, None, ""
        self._plan.setVisible(bool(self.account))
        if self.account:
            house, account = self._desk.house, self.account
            self._desk.run(
                lambda _: pushing.questions(house, account),
                lambda asked: self._ask(account, asked),
                failed=self._refused,
                owner=self,
            )
        self.changed.emit()

    def _ask(self, account: str, asked: tuple[Question, ...]) -> None:
        if account != self.account:
            return
        clear(self._options)
        card = next(one for one in self._cards if one.name == account)
        for one in asked:
            line = QLineEdit(card.options.get(one.name, one.default))
            line.setAccessibleName(one.title)
            line.setAccessibleDescription(one.help)
            line.textChanged.connect(self._wait)
            told = label(one.help, "small", ink="muted", wrap=True)
            self._options.addLayout(column(label(one.title), line, told, gap=SPACE.tight))
            self._typed[one.name] = line
            if one.required:
                self._needed[one.name] = one.title
        self._read_plan()

    def _wait(self) -> None:
        self._journey = None
        self._pause.start()
        self.changed.emit()

    # -- the plan ------------------------------------------------------------------------------------------

    def _read_plan(self) -> None:
        """Nothing is sent for it."""
        house, envelope, account, options = self._desk.house, self._envelope, self.account, self.options
        if not account:
            return
        self._asked += 1
        mine = self._asked
        self._trouble = ""
        self._say([label("Working out what will happen…", ink="muted")])

        def take(journey: Journey) -> None:
            if mine == self._asked and account == self.account:
                self._show(journey)

        self._desk.run(
            lambda _: pushing.plan(house, envelope, account, options), take, failed=self._refused, owner=self
        )

    def _refused(self, error: Exception) -> None:
        """The plan itself cannot be made, as for an account whose service takes no envelopes."""
        self._trouble = words(error, window=True).line
        self._say([_line("circle-x", "bad", self._trouble)])
        self.changed.emit()

    def _show(self, journey: Journey) -> None:
        self._journey = journey
        told: list[QWidget] = [_line("send", "accent", journey.sentence, strong=True)]
        told += [
            _line("circle-x", "bad", f"{_begun(one)}.", mend, jump=self._jump(place))
            for one, mend, place in zip(journey.problems, journey.mends, journey.places, strict=True)
        ]
        if journey.lost:
            told.append(label("What the service cannot do as you set it", "small", ink="muted", strong=True))
        told += [_line("minus", "muted", f"{_begun(one)}.") for one in journey.lost]
        self._say(told)
        if journey.problems:
            announce(self, self.reason)
        self.changed.emit()

    def _jump(self, place: Finding | None) -> Callable[[], None] | None:
        return partial(self.jump_wanted.emit, place) if place is not None and self._here else None

    def _say(self, lines: list[QWidget]) -> None:
        clear(self._told)
        for one in lines:
            self._told.addWidget(one)


def _line(
    icon: str, tone: str, text: str, mend: str = "", *, strong: bool = False, jump: Callable[[], None] | None = None
) -> QWidget:
    """`jump` leads to what it is about."""
    made = QWidget()
    said = column(label(text, wrap=True, strong=strong), gap=0)
    if mend:
        said.addWidget(label(mend, "small", ink="muted", wrap=True))
    box = row(gap=SPACE.inside)
    box.addWidget(IconLabel(icon, tone), 0, Qt.AlignmentFlag.AlignTop)
    if jump is not None:
        go = QPushButton("Go there")
        set_look(go, kind="link")
        go.setAccessibleName(f"Go there: {text}")
        go.clicked.connect(jump)
        said.addLayout(row(go, None))
    box.addLayout(said, 1)
    made.setLayout(box)
    made.setAccessibleName(f"{text} {mend}".strip())
    return made


def _begun(text: str) -> str:
    """As a sentence begins."""
    return text[:1].upper() + text[1:]
