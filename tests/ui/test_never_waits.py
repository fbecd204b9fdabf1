"""A service that takes every request and answers none: the window goes on as if it were not there.

What is counted is how often the window's thread came round while requests hung, not how long anything took.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.domain.changes import Changes
from app.tasks import TaskRunner
from app.ui.action import Place
from app.ui.desk import Desk
from app.ui.exchange.page import ExchangePage
from app.ui.frame.memory import Memory
from app.ui.frame.pages import PageSpec
from app.ui.home.page import HomePage
from app.ui.models.library import LibraryEnvelopes
from app.ui.models.preview import LibraryGlances
from app.ui.shell import Shell
from tests.fakes.visisign import VisiSign
from tests.support import houses, leases
from tests.support.desks import Notices, Ways
from tests.support.outboxes import Post, posts

TURNS = 200
"""Of the window's thread, each a hundredth of a second or more apart."""
HANGING = 6
"""More requests than there are threads for work on this machine."""


@pytest.fixture(scope="module")
def rooms() -> Iterator[houses.Rooms]:
    with houses.rooms() as shared:
        yield shared


@pytest.fixture
def post(rooms: houses.Rooms, tmp_path: Path) -> Iterator[Post]:
    with posts(rooms, tmp_path) as built:
        yield built


class Pulse:
    """Counts the turns of the window's thread."""

    def __init__(self, parent: QWidget) -> None:
        self.turns = 0
        self._timer = QTimer(parent)
        self._timer.setInterval(10)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def _beat(self) -> None:
        self.turns += 1


def press(inside: QWidget, name: str) -> None:
    (button,) = [
        one
        for one in inside.findChildren(QPushButton)
        if name in (one.text(), one.accessibleName()) and one.isVisible() and one.isEnabled()
    ]
    button.click()


def test_the_window_goes_on_while_every_thing_a_person_asks_of_a_service_hangs(
    post: Post, shell: Shell, memory: Memory, qtbot: QtBot
) -> None:
    failures: list[Exception] = []
    runner = TaskRunner(failures.append, parent=shell)
    with VisiSign(now=post.clock.at).serving() as fake:
        for number in range(HANGING):
            post.account(fake, f"work {number}")
        there, here = post.pushed("buyer", via="work 0"), leases.sent(post.house, post.folder, title="Only here")
        post.run()
        notices = Notices()
        desk = Desk(post.house, runner, notices, Ways(), lambda _: None)
        home = HomePage(desk, LibraryEnvelopes(post.house), LibraryGlances(post.house), shell.actions_, memory)
        exchange = ExchangePage(desk)
        shell.furnish(
            [
                PageSpec("home", "Home", "house", Place.HOME, lambda: home),
                PageSpec("exchange", "Exchange", "send", None, lambda: exchange),
            ]
        )
        shell.resize(1200, 900)
        shell.show()
        before = len(fake.log)
        fake.fail("*", "timeout", times=0)
        # Accounts are tried, one on each; an operation is run; news are asked for.
        shell.show_page("exchange")
        exchange.open_tab("Accounts")
        qtbot.waitUntil(lambda: len([b for b in exchange.findChildren(QPushButton) if b.text() == "Try it"]) == HANGING)
        for number in range(HANGING - 1):
            press(exchange, f"Try work {number}")
        exchange.open_tab("Operations")
        qtbot.waitUntil(exchange.operations._run.isEnabled)
        press(exchange.operations, "Run")
        shell.show_page("home")
        home.show_envelope(there)
        qtbot.waitUntil(
            lambda: any(b.isVisible() and b.text() == "Ask for news" for b in home.findChildren(QPushButton))
        )
        press(home, "Ask for news")
        qtbot.waitUntil(lambda: len(fake.log) == before + HANGING + 1)
        pulse = Pulse(shell)
        # Another envelope is read and shown, and the window comes round all the time.
        home.show_envelope(here)
        qtbot.waitUntil(lambda: any(one.text() == "Only here" for one in home._panel.findChildren(QLabel)))
        qtbot.waitUntil(lambda: pulse.turns >= TURNS, timeout=60_000)
        assert len(fake.log) == before + HANGING + 1, "nobody was answered, so nobody asked again"
        assert not notices.told
        assert not notices.failures
    desk.changed.emit(Changes())
    assert runner.close()
    assert not failures
