"""What waits for a remote service leaves by itself while a window is open."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.domain.changes import Changes
from app.services import caring
from app.services.house import House
from app.ui.models.watch import EXCHANGE_EVERY, Watch
from tests.fakes.visisign import VisiSign
from tests.support import houses
from tests.support.inline_runner import InlineRunner
from tests.support.outboxes import Post, posts


@pytest.fixture(scope="module")
def rooms() -> Iterator[houses.Rooms]:
    with houses.rooms() as shared:
        yield shared


@pytest.fixture
def post(rooms: houses.Rooms, tmp_path: Path) -> Iterator[Post]:
    with posts(rooms, tmp_path) as built:
        yield built


def test_what_waits_leaves_and_lists_are_told(post: Post, qtbot: QtBot) -> None:
    with VisiSign(now=post.clock.at).serving() as fake:
        assert isinstance(fake, VisiSign)
        post.account(fake)
        runner, noticed = InlineRunner(), list[Changes]()
        watch = Watch(post.house, runner)
        watch.noticed.connect(noticed.append)
        envelope_id = post.pushed("buyer")
        for _ in range(EXCHANGE_EVERY):
            watch.look()
        watch._timer.stop()
        assert len(fake.requests) == 1
        assert any(changes.touches("envelope", envelope_id) for changes in noticed)
        assert runner.failures == []


def test_one_round_at_a_time(post: Post, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[House] = []

    def exchange(house: House) -> Changes:
        asked.append(house)
        raise OSError

    monkeypatch.setattr(caring, "exchange", exchange)
    runner = InlineRunner(held=True)
    watch = Watch(post.house, runner)
    watch._timer.stop()
    for _ in range(3 * EXCHANGE_EVERY):
        watch.look()
    runner.release()
    assert len(asked) == 1
    for _ in range(EXCHANGE_EVERY):
        watch.look()
    assert len(asked) == 2
