"""The page Exchange over a real house and a strict fake on this machine."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QPushButton, QTableWidget, QWidget
from pytestqt.qtbot import QtBot

from app.domain.changes import Changes
from app.services import ending, preferences
from app.ui.desk import Desk
from app.ui.exchange.page import ExchangePage
from app.ui.theme import Theme
from tests.fakes.visisign import VisiSign
from tests.support import houses
from tests.support.desks import Notices, Ways
from tests.support.inline_runner import InlineRunner
from tests.support.naming import unnamed
from tests.support.outboxes import Post, posts


@pytest.fixture(scope="module")
def rooms() -> Iterator[houses.Rooms]:
    with houses.rooms() as shared:
        yield shared


@pytest.fixture
def post(rooms: houses.Rooms, tmp_path: Path) -> Iterator[Post]:
    with posts(rooms, tmp_path) as built:
        yield built


@pytest.fixture
def fake(post: Post) -> Iterator[VisiSign]:
    with VisiSign(now=post.clock.at).serving() as served:
        assert isinstance(served, VisiSign)
        post.account(served)
        yield served


@pytest.fixture
def desk(post: Post, theme: Theme) -> Desk:
    return Desk(post.house, InlineRunner(), Notices(), Ways(), lambda _: None)


def page(desk: Desk, qtbot: QtBot, tab: str = "Outbox") -> ExchangePage:
    made = ExchangePage(desk)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    made.open_tab(tab)
    return made


def cells(shown: QWidget) -> list[list[str]]:
    (table,) = (one for one in shown.findChildren(QTableWidget) if one.isVisibleTo(shown))
    found = ((table.item(at, column) for column in range(table.columnCount())) for at in range(table.rowCount()))
    return [[item.text() if item else "" for item in line] for line in found]


def said(shown: QWidget) -> str:
    return "\n".join(one.text() for one in shown.findChildren(QLabel) if one.isVisibleTo(shown))


def button(shown: QWidget, text: str) -> QPushButton:
    (found,) = (one for one in shown.findChildren(QPushButton) if one.text() == text and one.isVisibleTo(shown))
    return found


def test_an_empty_outbox_says_what_it_is_for_and_everything_has_a_name(desk: Desk, qtbot: QtBot) -> None:
    shown = page(desk, qtbot)
    assert "Nothing was handed over" in said(shown)
    assert not unnamed(shown)


def test_what_waits_is_told_calmly_and_leaves_when_it_is_asked_to(
    post: Post, fake: VisiSign, desk: Desk, qtbot: QtBot
) -> None:
    post.pushed("buyer", "seller")
    shown = page(desk, qtbot)
    assert cells(shown)[0][:4] == ["Send", "Lease", "work", "Waiting"]
    assert "nothing is lost" in said(shown)
    assert not fake.requests
    button(shown, "Exchange now").click()
    assert ["Send", "Lease", "work", "Confirmed"] in [line[:4] for line in cells(shown)]
    assert len(fake.requests) == 1


def test_what_nobody_knows_is_decided_by_a_person(post: Post, fake: VisiSign, desk: Desk, qtbot: QtBot) -> None:
    """A reminder whose answer was lost cannot be looked up."""
    from app.services import settling
    from app.sync.flow import Kind

    envelope_id = post.pushed("buyer", "seller")
    post.run()
    settling.ask(post.house, envelope_id, Kind.REMIND, role="buyer")
    fake.fail("POST /signature_requests/{id}/remind", "reset_after")
    post.run(seconds=1)
    shown = ExchangePage(desk)
    qtbot.addWidget(shown)
    shown.show()
    shown.open_tab("Outbox")
    assert "is not known" in said(shown)
    fake.mend()
    button(shown, "It was done").click()
    assert "Not known" not in [line[3] for line in cells(shown)]
    assert len(fake.asked_for("POST /signature_requests/{id}/remind")) == 1


def test_a_refused_sending_is_mended_or_taken_back(post: Post, fake: VisiSign, desk: Desk, qtbot: QtBot) -> None:
    fake.fail("*", "status", status=422, times=1)
    envelope_id = post.pushed("buyer", "seller")
    post.run()
    shown = page(desk, qtbot)
    assert cells(shown)[0][3] == "Failed"
    assert button(shown, "Try again").isEnabled()
    button(shown, "Take it back").click()
    assert cells(shown)[0][3] == "Withdrawn"
    assert post.envelope(envelope_id).remote is None


def test_what_is_called_off_says_so_until_nothing_of_it_is_there(
    post: Post, fake: VisiSign, desk: Desk, qtbot: QtBot
) -> None:
    fake.fail("POST /signature_requests", "reset")
    envelope_id = post.pushed("buyer", "seller")
    post.run()
    ending.void(post.house, envelope_id, "Changed our minds")
    shown = page(desk, qtbot)
    assert cells(shown)[0][0] == "Call off"
    post.run(minutes=1)
    desk.changed.emit(Changes.of("envelope", envelope_id))
    assert (cells(shown)[0][0], cells(shown)[0][3]) == ("Send", "Withdrawn")
    assert "nothing of it is at the service" in said(shown)
    assert fake.requests == {}


def test_the_list_is_narrowed(post: Post, fake: VisiSign, desk: Desk, qtbot: QtBot) -> None:
    post.pushed("buyer", "seller")
    shown = page(desk, qtbot)
    shown.show_only("Done")
    assert "Nothing of this kind" in said(shown)
    shown.show_only("On its way")
    assert len(cells(shown)) == 1


def test_news_are_paused_where_they_are_seen(post: Post, desk: Desk, qtbot: QtBot) -> None:
    shown = page(desk, qtbot)
    (quiet,) = (one for one in shown.findChildren(QCheckBox) if one.isVisibleTo(shown))
    quiet.click()
    assert post.house.settings.pause_news
    preferences.change(post.house, pause_news=False)
    desk.changed.emit(Changes.of("setting", "pause_news"))
    assert not quiet.isChecked()


def test_an_envelope_is_one_press_away(post: Post, fake: VisiSign, desk: Desk, qtbot: QtBot) -> None:
    envelope_id = post.pushed("buyer", "seller")
    shown = page(desk, qtbot)
    button(shown, "Show envelope").click()
    assert isinstance(desk.go, Ways)
    assert ("home", envelope_id) in desk.go.gone


def test_every_connection_is_told_with_its_bytes_and_no_secret(
    post: Post, fake: VisiSign, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    envelope_id = post.pushed("buyer", "seller")
    post.run()
    ending.void(post.house, envelope_id, "Changed our minds")
    post.run(seconds=1)
    shown = page(desk, qtbot, "What left this machine")
    lines = cells(shown)
    assert [line[2] for line in lines][-1] == "POST /v1/signature_requests"
    assert lines[-1][4] == "201"
    assert "127.0.0.1 (work)" in lines[0][1]
    assert "connections to one host" in said(shown)
    assert fake.key not in str(lines)
    (search,) = (one for one in shown.findChildren(QLineEdit) if one.isVisibleTo(shown))
    search.setText("cancel")
    assert {line[2].rpartition("/")[2] for line in cells(shown)} == {"cancel"}
    shown.ledger.save(tmp_path / "left.csv")
    kept = list(csv.DictReader((tmp_path / "left.csv").read_text("utf-8-sig").splitlines()))
    assert len(kept) == len(lines)
    assert {"host", "sent", "received", "why"} <= set(kept[0])


def test_nothing_left_is_a_good_thing_to_read(desk: Desk, qtbot: QtBot) -> None:
    shown = page(desk, qtbot, "What left this machine")
    assert "Nothing left this machine" in said(shown)
    assert not button(shown, "Save as CSV…").isEnabled()
    assert button(shown, "Save as CSV…").toolTip()
