"""What is asked of a service about an envelope on Home; all of it beside the window, however long a service takes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtWidgets import QWidget

from app.domain import errors
from app.domain.changes import Changes
from app.domain.remote import RemoteFile
from app.services import overseeing, settling, viewing
from app.services.overseeing import Answered
from app.ui.desk import Desk
from app.ui.exchange.handing import HandOver
from app.ui.home.asking import Question
from app.ui.home.link_dialog import LinkDialog
from app.ui.models.preview import Glance

OFFLINE: Final = (errors.NoConnection,)
WAITS: Final = "There is no network to the service now. It waits in the outbox and goes on by itself."


class RemoteDeeds:
    """Each deed is for the envelope that is shown when it begins."""

    def __init__(self, desk: Desk, page: QWidget) -> None:
        self._desk = desk
        self._page = page

    def hand_over(self, glance: Glance | None) -> None:
        if glance is not None:
            HandOver(self._desk, glance.envelope.id, glance.envelope.title, self._page).open()

    def verify(self, file: RemoteFile) -> None:
        self._desk.go.verify([viewing.blob_path(self._desk.house, file.sha256)], [f"{file.title}, as it came back"])

    def decide(self, glance: Glance | None, operation: str, side: str) -> None:
        if glance is None:
            return
        house, envelope = self._desk.house, glance.envelope.id

        def work() -> Changes:
            settling.resolve(house, operation, "local" if side == "local" else "remote")
            return Changes.of("envelope", envelope)

        self._desk.run(lambda _: work(), owner=self._page)

    def ask(self, glance: Glance | None, doing: str, role: str) -> None:
        if glance is None or glance.there is None:
            return
        house, envelope = self._desk.house, glance.envelope.id
        match doing:
            case "news":
                self._run(envelope, lambda: overseeing.news(house, envelope), "The service was asked for news")
            case "remind":
                self._run(
                    envelope, lambda: overseeing.remind(house, envelope, role), "The service was asked to remind them"
                )
            case "download":
                self._run(envelope, lambda: overseeing.download(house, envelope), "The files were fetched and checked")
            case "link":
                person = next(one for one in glance.there.people if one.role == role)
                LinkDialog(self._desk, envelope, person, self._page).open()
            case "take_back":
                self._ask_back(envelope)

    def _ask_back(self, envelope: str) -> None:
        house = self._desk.house

        def take_back() -> None:
            self._desk.run(lambda _: overseeing.take_back(house, envelope), owner=self._page)

        Question(
            "Take it back from the service?",
            "It is not sent there, and everybody signs here again. It can be handed over anew later.",
            "Take it back",
            lambda _: take_back(),
            self._page,
        ).open()

    def _run(self, envelope: str, work: Callable[[], Answered], told: str) -> None:
        def done(answered: Answered) -> None:
            self._desk.publish(answered.changes)
            if answered.problem is None:
                self._desk.notices.tell(told)
            elif isinstance(answered.problem, OFFLINE):
                self._desk.notices.warn(WAITS)
            else:
                self._desk.notices.fail(answered.problem)

        def failed(error: Exception) -> None:
            self._desk.publish(Changes.of("envelope", envelope))
            self._desk.notices.fail(error)

        self._desk.run(lambda _: work(), done, failed=failed, owner=self._page, far=True)
