"""Sending an envelope that is out, or done, through an account."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QPushButton, QVBoxLayout, QWidget

from app.domain.changes import Changes
from app.services import pushing
from app.services.messages import words
from app.services.pushing import Pushed
from app.ui.desk import Desk
from app.ui.exchange.road import Road
from app.ui.icons import icon
from app.ui.theme import SPACE
from app.ui.widgets.failure import Failure, FailurePanel
from app.ui.widgets.grey import allow
from app.ui.widgets.look import label, row, set_look


class HandOver(QDialog):
    """Those who still have to act do so at the service from then on."""

    def __init__(self, desk: Desk, envelope: str, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Send through an account")
        self.setMinimumWidth(520)
        self._desk, self._envelope = desk, envelope
        self._road = Road(desk, envelope, here=False)
        self._send, leave = QPushButton("Send"), QPushButton("Not yet")
        self._send.setIcon(icon("send", "on_accent"))
        set_look(self._send, kind="primary")
        self._send.setDefault(True)
        self._send.clicked.connect(self._push)
        leave.clicked.connect(self.reject)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(SPACE.around, SPACE.around, SPACE.around, SPACE.between)
        self._box.setSpacing(SPACE.between)
        self._box.addWidget(label("Send through an account", "title", strong=True))
        self._box.addWidget(
            label(f"“{title}” leaves when there is a network. What is here stays.", ink="muted", wrap=True)
        )
        self._box.addWidget(self._road)
        self._box.addLayout(row(None, leave, self._send))
        self._road.changed.connect(self._judge)
        self._road.account_wanted.connect(self._go_to_accounts)
        self._judge()

    def _judge(self) -> None:
        allow(self._send, self._road.reason)
        self.adjustSize()

    def _go_to_accounts(self) -> None:
        self.accept()
        self._desk.go.exchange("Accounts")

    def _push(self) -> None:
        house, envelope, account, options = self._desk.house, self._envelope, self._road.account, self._road.options
        allow(self._send, "It is being handed over.")
        self._desk.run(
            lambda _: pushing.push(house, envelope, account, options), self._pushed, failed=self._refused, owner=self
        )

    def _pushed(self, pushed: Pushed) -> None:
        self._desk.publish(pushed.changes)
        self._desk.notices.tell(f"It waits for {pushed.journey.account} and leaves when there is a network.")
        send_off(self._desk, self._envelope)
        self.accept()

    def _refused(self, error: Exception) -> None:
        said = words(error, window=True)
        self._box.insertWidget(0, FailurePanel(Failure(said.title, said.happened, said.todo)))
        self._judge()


def send_off(desk: Desk, envelope: str) -> None:
    """What was just handed over need not wait for the next round; without a network it does, and nobody is troubled."""
    house = desk.house

    def work() -> Changes:
        from app.services import overseeing

        return overseeing.hurry(house, envelope).changes

    desk.run(lambda _: work(), far=True)
