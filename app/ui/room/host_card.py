"""The host's part of the handover: who gets the device, and how the host knows that it is them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QLineEdit, QRadioButton, QVBoxLayout

from app.ui.models.room import RoomModel
from app.ui.models.room_desk import Identified
from app.ui.models.room_platform import gaps
from app.ui.models.room_speech import say
from app.ui.models.room_words import CARDS, EVIDENCE, IDENTIFIED, OTHER, acting, part_of
from app.ui.room.parts import TOUCH, Card, button, empty, name_it, set_ready
from app.ui.theme import SPACE
from app.ui.widgets.badge import Badge, Person
from app.ui.widgets.icon_label import IconLabel
from app.ui.widgets.look import column, label, row, rule, set_look

LONGEST_STATEMENT = 64
"""What a certificate can hold of it (RFC 5280, ub-organizational-unit-name)."""


class HostCard(Card):
    """Signals: `passed_on(Identified)` with the statement of how the person was identified; `others_wanted` when the
    host would rather begin with somebody else; `left`.
    """

    passed_on = Signal(object)
    others_wanted = Signal()
    left = Signal()

    def __init__(self, model: RoomModel) -> None:
        super().__init__()
        self._model = model
        self._name = label("", "display", strong=True, wrap=True)
        self._about = label("", ink="muted", wrap=True)
        self._witnessed = label("", "large", wrap=True)
        self._question = label("", "large", strong=True, wrap=True)
        self._ways = QButtonGroup(self)
        self._detail = QLineEdit()
        self._detail.setMinimumHeight(TOUCH)
        set_look(self._detail, type="large")
        self._detail.setMaxLength(LONGEST_STATEMENT - len(max(CARDS, key=len)) - len(", ends in "))
        self._pass = button("", self._pass_on, "primary")
        self._badge_at = row()
        head = label(say("Please pass the device to"), "large", ink="muted")
        names = column(head, self._name, self._about, self._witnessed, gap=SPACE.tight)
        self.box.addLayout(row(self._badge_at, names, gap=SPACE.between))
        self.box.addWidget(rule())
        self.box.addWidget(self._question)
        self.box.addLayout(self._choices())
        self.box.addWidget(self._detail)
        self.box.addLayout(_warnings(gaps(model.desk.habits().pin_set)))
        self.box.addSpacing(SPACE.inside)
        self._others = button(say("Somebody else first…"), self.others_wanted.emit, "quiet", "users")
        leave = button(say("Not now"), self.left.emit, "quiet")
        self.box.addLayout(row(leave, self._others, None, self._pass))
        self._ways.idToggled.connect(lambda *_: self._weigh())
        self._detail.textChanged.connect(lambda _: self._weigh())
        self._detail.returnPressed.connect(self._pass.click)

    def show_recipient(self) -> None:
        recipient = self._model.recipient
        envelope = self._model.envelope
        self._name.setText(recipient.name)
        self._about.setText(say(acting(recipient).role, part=part_of(recipient), title=envelope.title))
        seen = self._model.witnessed
        self._witnessed.setText("" if seen is None else say("Witness to the signature of {name}.", name=seen.name))
        self._witnessed.setVisible(seen is not None)
        self._question.setText(say("How do you know that this is {name}?", name=recipient.name))
        name_it(self._pass, say("Hand over to {name}", name=recipient.name))
        self._others.setVisible(self._model.others_wait)
        index = envelope.recipients.index(recipient)
        empty(self._badge_at)
        self._badge_at.addWidget(
            Badge(Person(recipient.initials, index, recipient.name), 52), 0, Qt.AlignmentFlag.AlignTop
        )
        self._choose(self._model.desk.habits().identified_by)

    def take_focus(self) -> None:
        self._ways.button(self._ways.checkedId()).setFocus()

    @property
    def statement(self) -> str:
        """Empty while something is missing."""
        way, detail = self._way(), self._detail.text().strip()
        if way == OTHER:
            return detail
        if way in CARDS:
            return f"{way}, ends in {detail}" if detail else ""
        return way

    def _choices(self) -> QVBoxLayout:
        box = column(gap=0)
        for number, way in enumerate(IDENTIFIED):
            choice = QRadioButton(say(way))
            choice.setMinimumHeight(TOUCH)
            set_look(choice, type="large")
            self._ways.addButton(choice, number)
            box.addWidget(choice)
        return box

    def _choose(self, usual: str) -> None:
        way = usual if usual in IDENTIFIED else OTHER
        self._ways.button(IDENTIFIED.index(way)).setChecked(True)
        self._detail.setText(usual if way == OTHER and usual != OTHER else "")
        self._weigh()

    def _way(self) -> str:
        return IDENTIFIED[max(self._ways.checkedId(), 0)]

    def _weigh(self) -> None:
        way = self._way()
        asks = say("Last digits of the number") if way in CARDS else say("In your own words")
        self._detail.setVisible(way in CARDS or way == OTHER)
        self._detail.setPlaceholderText(asks)
        self._detail.setAccessibleName(asks)
        set_ready(self._pass, bool(self.statement), say("Say how you know: {detail}.", detail=asks))

    def _pass_on(self) -> None:
        if self.statement:
            way = self._way()
            digits = self._detail.text().strip() if way in CARDS else ""
            self.passed_on.emit(Identified(self.statement, EVIDENCE[way], digits))


def _warnings(found: Sequence[str]) -> QVBoxLayout:
    """What the host must watch for, because no program can prevent it here."""
    box = column(gap=SPACE.tight)
    for text in found:
        line = row(IconLabel("eye", "muted"), label(say(text), "small", ink="muted", wrap=True), gap=SPACE.inside)
        line.setStretch(1, 1)
        box.addLayout(line)
    return box
