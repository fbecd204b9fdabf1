"""The handover: the host says how the person was identified and passes the device; the person says who they are."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QLabel, QLineEdit, QRadioButton, QStackedWidget, QVBoxLayout, QWidget

from app.domain.ceremony import Ceremony
from app.domain.recipient import Recipient
from app.ui.models.room import RoomModel
from app.ui.models.room_desk import Words
from app.ui.models.room_words import CARDS, IDENTIFIED, OTHER, acting, part_of
from app.ui.room.parts import TOUCH, Card, button, empty, name_it, on_desk, set_ready
from app.ui.theme import SPACE
from app.ui.widgets.announce import announce
from app.ui.widgets.badge import Badge, Person
from app.ui.widgets.look import column, label, row, rule, set_look

LONGEST_STATEMENT = 64
"""What a certificate can hold of it (RFC 5280, ub-organizational-unit-name)."""


class HandoverPage(QWidget):
    """Two cards, one after the other; between them the device changes hands.

    Signals: `host_wanted` when the person in front of the device is somebody else; `left` when the host gives up.
    """

    left = Signal()

    def __init__(self, model: RoomModel) -> None:
        super().__init__()
        self._model = model
        self._host = HostCard(model)
        self._signer = SignerCard(model)
        self._stack = QStackedWidget()
        for card in (self._host, self._signer):
            self._stack.addWidget(on_desk(card))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._stack)
        self._host.passed_on.connect(self._hand_over)
        self._host.left.connect(self.left)
        self._signer.somebody_else.connect(self.begin)

    def begin(self) -> None:
        """The host's card, with the usual way of identification chosen."""
        self._host.show_recipient()
        self._stack.setCurrentIndex(0)
        self._host.take_focus()

    def _hand_over(self, statement: str) -> None:
        self._signer.show_recipient(statement)
        self._stack.setCurrentIndex(1)
        self._signer.take_focus()


class HostCard(Card):
    """Signals: `passed_on(str)` with the statement of how the person was identified; `left`."""

    passed_on = Signal(str)
    left = Signal()

    def __init__(self, model: RoomModel) -> None:
        super().__init__()
        self._model = model
        self._name = label("", "display", strong=True, wrap=True)
        self._about = label("", ink="muted", wrap=True)
        self._question = label("", "large", strong=True, wrap=True)
        self._ways = QButtonGroup(self)
        self._detail = QLineEdit()
        self._detail.setMinimumHeight(TOUCH)
        set_look(self._detail, type="large")
        self._detail.setMaxLength(LONGEST_STATEMENT - len(max(CARDS, key=len)) - len(", ends in "))
        self._pass = button("", self._pass_on, "primary")
        self._badge_at = row()
        self.box.addLayout(
            row(
                self._badge_at,
                column(
                    label("Please pass the device to", "large", ink="muted"), self._name, self._about, gap=SPACE.tight
                ),
                gap=SPACE.between,
            )
        )
        self.box.addWidget(rule())
        self.box.addWidget(self._question)
        self.box.addLayout(self._choices())
        self.box.addWidget(self._detail)
        self.box.addSpacing(SPACE.inside)
        self.box.addLayout(row(button("Not now", self.left.emit, "quiet"), None, self._pass))
        self._ways.idToggled.connect(lambda *_: self._weigh())
        self._detail.textChanged.connect(lambda _: self._weigh())
        self._detail.returnPressed.connect(self._pass.click)

    def show_recipient(self) -> None:
        recipient = self._model.recipient
        envelope = self._model.envelope
        self._name.setText(recipient.name)
        self._about.setText(f"{part_of(recipient)}, asked to {acting(recipient).task}: {envelope.title}")
        self._question.setText(f"How do you know that this is {recipient.name}?")
        name_it(self._pass, f"Hand over to {recipient.name}")
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
            choice = QRadioButton(way)
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
        asks = "Last digits of the number" if way in CARDS else "In your own words"
        self._detail.setVisible(way in CARDS or way == OTHER)
        self._detail.setPlaceholderText(asks)
        self._detail.setAccessibleName(asks)
        set_ready(self._pass, bool(self.statement), f"Say how you know: {asks.lower()}.")

    def _pass_on(self) -> None:
        if self.statement:
            self.passed_on.emit(self.statement)


class SignerCard(Card):
    """Signals: `somebody_else` when the person in front of the device is not the one named."""

    somebody_else = Signal()

    def __init__(self, model: RoomModel) -> None:
        super().__init__()
        self._model = model
        self._statement = ""
        self._hello = label("", "display", strong=True, wrap=True)
        self._about = label("", "large", wrap=True)
        self._identified = label("", ink="muted", wrap=True)
        self._trouble = label("", "large", ink="bad", wrap=True)
        self._code = QLineEdit()
        self._code.setMinimumHeight(TOUCH)
        set_look(self._code, type="large")
        self._code.setEchoMode(QLineEdit.EchoMode.Password)
        self._code.setAccessibleName("Access code")
        self._code.setPlaceholderText("Access code")
        self._confirm = button("", self._confirmed, "primary")
        self._code.returnPressed.connect(self._confirm.click)
        self._code.textChanged.connect(lambda _: self._weigh())
        self.box.addWidget(self._hello)
        self.box.addWidget(self._about)
        self.box.addWidget(self._identified)
        self.box.addWidget(self._code_label())
        self.box.addWidget(self._code)
        self.box.addWidget(self._trouble)
        self.box.addSpacing(SPACE.inside)
        self.box.addLayout(row(button("I am somebody else", self.somebody_else.emit, "quiet"), None, self._confirm))
        model.envelope_changed.connect(self._weigh)

    def show_recipient(self, statement: str) -> None:
        self._statement = statement
        recipient = self._model.recipient
        self._hello.setText(f"Are you {recipient.name}?")
        title = self._model.envelope.title
        self._about.setText(
            f"You are asked to {acting(recipient).task} “{title}”. You will read it first; nothing is "
            "signed until you say so at the end."
        )
        self._identified.setText(f"Noted by the host: {statement}")
        name_it(self._confirm, f"I am {recipient.name}")
        self._code.clear()
        self._trouble.clear()
        self._weigh()

    def take_focus(self) -> None:
        (self._code if self._code.isVisible() else self._confirm).setFocus()

    def _code_label(self) -> QLabel:
        self._code_asked = label("The sender gave you an access code.", wrap=True)
        return self._code_asked

    def _confirmed(self) -> None:
        if self._confirm.isEnabled():
            self._confirm.setEnabled(False)
            self._trouble.clear()
            self._model.identify(self._statement, self._code.text() or None, self._refused)

    def _refused(self, words: Words) -> None:
        self._trouble.setText(f"{words.title}. {words.todo}")
        announce(self, self._trouble.text(), urgent=True)
        self._code.clear()
        self._code.setFocus()

    def _weigh(self) -> None:
        if not self._model.is_open:
            return
        recipient, ceremony = self._model.recipient, self._model.ceremony
        asks = _asks_code(recipient)
        left = ceremony.tries_left if ceremony else 0
        for part in (self._code_asked, self._code):
            part.setVisible(asks)
        self._code.setEnabled(left > 0)
        if asks and _was_wrong(ceremony):
            tries = f"{left} tries are left." if left > 1 else "One try is left."
            self._trouble.setText(
                f"That was not the code. {tries}" if left else "No tries are left. Please give the device back."
            )
        self._trouble.setVisible(bool(self._trouble.text()))
        set_ready(self._confirm, not asks or bool(self._code.text() and left), "Enter the access code first.")


def _asks_code(recipient: Recipient) -> bool:
    return any(method.type == "access_code" for method in recipient.auth)


def _was_wrong(ceremony: Ceremony | None) -> bool:
    from app.domain.ceremony import TRIES

    return ceremony is not None and ceremony.tries_left < TRIES
