"""Sending out from the editor: asked once more, then done on this device or through an account."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from app.domain import routing
from app.domain.changes import Changes
from app.domain.envelope import Envelope
from app.domain.errors import ParaphError
from app.domain.finding import Finding
from app.services import pushing, reading, sending
from app.services.pushing import Pushed
from app.ui.desk import Desk
from app.ui.exchange.handing import send_off
from app.ui.exchange.road import Road
from app.ui.prepare.send_dialog import SendDialog


@dataclass(frozen=True)
class SendingOut:
    """`flush` writes what is on the screen into the library; `adopt` shows what is stored now; `jump` shows what stands
    in the way."""

    desk: Desk
    page: QWidget
    flush: Callable[[], None]
    adopt: Callable[[Envelope], None]
    jump: Callable[[Finding], None]

    def ask(self, envelope: Envelope) -> None:
        self.flush()
        road = Road(self.desk, envelope.id, here=True)
        dialog = SendDialog(envelope, road, self.page)
        road.account_wanted.connect(dialog.reject)
        road.account_wanted.connect(lambda: self.desk.go.exchange("Accounts"))
        road.jump_wanted.connect(dialog.reject)
        road.jump_wanted.connect(self.jump)
        dialog.agreed.connect(lambda: self._send(dialog, envelope.id))
        dialog.begin.connect(lambda role: self.desk.go.room(envelope.id, role))
        dialog.open()

    def _send(self, dialog: SendDialog, envelope: str) -> None:
        self.flush()
        if dialog.road.account:
            self._hand_over(dialog, envelope)
        else:
            self._send_here(dialog, envelope)

    def _send_here(self, dialog: SendDialog, envelope: str) -> None:
        house = self.desk.house

        def sent(changes: Changes) -> None:
            stored = reading.envelope(house, changes.one("envelope"))
            self.adopt(stored)
            dialog.show_sent(stored, routing.current(stored))

        handle = self.desk.run(
            lambda report: sending.send(house, envelope, report),
            sent,
            failed=lambda error: self._not_sent(dialog, error),
            on_progress=dialog.report,
        )
        dialog.follow(handle)

    def _hand_over(self, dialog: SendDialog, envelope: str) -> None:
        house, account, options = self.desk.house, dialog.road.account, dialog.road.options

        def handed(pushed: Pushed) -> None:
            self.desk.publish(pushed.changes)
            self.adopt(reading.envelope(house, envelope))
            dialog.show_handed(account)
            send_off(self.desk, envelope)

        handle = self.desk.run(
            lambda report: pushing.push(house, envelope, account, options, report),
            handed,
            failed=lambda error: self._not_sent(dialog, error),
            on_progress=dialog.report,
        )
        dialog.follow(handle)

    def _not_sent(self, dialog: SendDialog, error: Exception) -> None:
        if isinstance(error, ParaphError):
            dialog.show_failure(error)
        else:
            dialog.reject()
            self.desk.notices.fail(error)
