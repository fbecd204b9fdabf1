"""Who has let an envelope lie for days: reminded by e-mail, or by the host, who says so."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QPushButton, QScrollArea, QVBoxLayout, QWidget

from app.domain.changes import Changes
from app.ui.desk import Desk
from app.ui.theme import SPACE
from app.ui.widgets.grey import allow
from app.ui.widgets.look import clear, column, label, row, rule, set_look

if TYPE_CHECKING:
    from app.services.reminding import Due


class Reminders(QDialog):
    """Read anew after each reminder."""

    def __init__(self, desk: Desk, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Reminders")
        self.resize(680, 480)
        self._desk = desk
        self._told = label("", wrap=True)
        self._rows = column(gap=SPACE.between)
        inside = QWidget()
        set_look(inside, ground="surface")
        inside.setLayout(column(self._rows, None, margin=SPACE.between))
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inside)
        area.setAccessibleName("People to be reminded")
        close = QPushButton("Close")
        close.clicked.connect(self.reject)
        box = QVBoxLayout(self)
        box.setContentsMargins(SPACE.around, SPACE.around, SPACE.around, SPACE.between)
        box.setSpacing(SPACE.between)
        box.addWidget(label("Reminders", "title", strong=True))
        box.addWidget(self._told)
        box.addWidget(area, 1)
        box.addLayout(row(None, close))
        self._read()

    def _read(self) -> None:
        self._desk.run(lambda _: _due(self._desk), lambda found: self._show(*found), owner=self)

    def _show(self, due: Sequence[Due], mails: bool) -> None:
        days = self._desk.settings().remind_after_days
        clear(self._rows)
        if not days:
            self._told.setText("Reminders are switched off in Preferences.")
        elif not due:
            self._told.setText(f"Nobody has kept an envelope waiting for {days} days.")
        else:
            how = "Those with an address are e-mailed while Paraph is open." if mails else ""
            self._told.setText(f"It has been their turn for {days} days or more. {how}".strip())
        for number, one in enumerate(due):
            if number:
                self._rows.addWidget(rule())
            self._rows.addLayout(self._line(one, mails))

    def _line(self, one: Due, mails: bool) -> QVBoxLayout:
        mail, said = QPushButton("Send an e-mail"), QPushButton("I told them")
        mail.setAccessibleName(f"Send an e-mail to {one.name}")
        said.setAccessibleName(f"I told {one.name}")
        reason = "" if one.email else f"No e-mail address of {one.name} is known."
        allow(mail, reason if mails else "No mail server is set: see E-mail in Preferences.")
        said.setToolTip("It is noted in the trail, and they are not due again for as many days.")
        mail.clicked.connect(lambda: self._remind(one, _by_mail, mail))
        said.clicked.connect(lambda: self._remind(one, _in_person, said))
        who = column(label(one.name, strong=True), label(one.title, ink="muted"), gap=0)
        return column(row(who, None, said, mail))

    def _remind(self, one: Due, way: Callable[[Desk, Due], Changes], pressed: QPushButton) -> None:
        allow(pressed, "It is under way.")
        self._desk.run(
            lambda _: way(self._desk, one), lambda _: self._read(), failed=self._fail, owner=self
        )  # fmt: skip

    def _fail(self, error: Exception) -> None:
        self._desk.notices.fail(error)
        self._read()


def _due(desk: Desk) -> tuple[tuple[Due, ...], bool]:
    """Who is due, and whether an e-mail can be sent at all."""
    from app.services import mailing, reminding

    return reminding.due(desk.house), mailing.account(desk.house) is not None


def _by_mail(desk: Desk, one: Due) -> Changes:
    from app.services import reminding

    return reminding.remind(desk.house, one.envelope_id, one.role)


def _in_person(desk: Desk, one: Due) -> Changes:
    from app.services import reminding

    return reminding.remind_in_person(desk.house, one.envelope_id, one.role)
