"""What is taken along, and who is to be reminded: dialogs of Home over a real house."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QDialog, QLabel, QListWidget, QPushButton
from pytestqt.qtbot import QtBot

from app.services import mailing, preferences, reading
from app.services.house import House
from app.ui.desk import Desk
from app.ui.home.reminders import Reminders
from app.ui.home.travel import TravelPack
from app.ui.models.watch import Watch
from app.ui.theme import Theme
from tests.support import houses, leases, mail
from tests.support.desks import Notices, Ways
from tests.support.inline_runner import InlineRunner
from tests.support.naming import unnamed

START = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def rooms() -> Iterator[houses.Rooms]:
    with houses.rooms() as shared:
        yield shared


@pytest.fixture
def clock() -> houses.SteppingClock:
    return houses.SteppingClock(START)


@pytest.fixture
def house(rooms: houses.Rooms, tmp_path: Path, clock: houses.SteppingClock) -> Iterator[House]:
    with houses.house(rooms, tmp_path / "library", clock) as built:
        yield built


@pytest.fixture
def desk(house: House, theme: Theme) -> Desk:
    return Desk(house, InlineRunner(), Notices(), Ways(), lambda _: None)


def words(dialog: QDialog) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel) if label.isVisibleTo(dialog))


def press(dialog: QDialog, name: str) -> None:
    (button,) = (
        b for b in dialog.findChildren(QPushButton) if name in (b.text(), b.accessibleName()) and b.isEnabled()
    )
    button.click()


def reason(dialog: QDialog, name: str) -> str:
    (button,) = (b for b in dialog.findChildren(QPushButton) if name in (b.text(), b.accessibleName()))
    return "" if button.isEnabled() else button.toolTip()


def shown(qtbot: QtBot, dialog: QDialog) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(dialog)
    dialog.show()


def test_everything_out_is_offered_and_red_lines_say_what_to_do(
    qtbot: QtBot, desk: Desk, house: House, tmp_path: Path
) -> None:
    first = leases.sent(house, tmp_path)
    second = leases.sent(house, tmp_path)
    dialog = TravelPack(desk, None)
    shown(qtbot, dialog)
    chosen = dialog.findChild(QListWidget)
    assert isinstance(chosen, QListWidget)
    assert chosen.count() == 2
    assert reason(dialog, "Print…") == "Check first."
    press(dialog, "Check")
    assert {line.envelope_id for line in dialog.lines} == {None, first, second}
    # What was put into a layout a moment ago is shown by the event loop.
    qtbot.waitUntil(lambda: "No host PIN is set." in words(dialog), timeout=2000)
    assert "Set one in Preferences" in words(dialog)
    assert "to do before you go." in words(dialog)
    preferences.set_pin(house, "2468")
    chosen.item(0).setCheckState(Qt.CheckState.Unchecked)
    assert not dialog.lines
    press(dialog, "Check")
    assert {line.envelope_id for line in dialog.lines} == {None, chosen.item(1).data(Qt.ItemDataRole.UserRole)}
    assert "No host PIN is set." not in words(dialog)
    chosen.item(1).setCheckState(Qt.CheckState.Unchecked)
    assert reason(dialog, "Check") == "Tick an envelope first."
    assert not unnamed(dialog)


def test_the_list_can_be_printed(qtbot: QtBot, desk: Desk, house: House, tmp_path: Path) -> None:
    leases.sent(house, tmp_path)
    dialog = TravelPack(desk, None)
    shown(qtbot, dialog)
    press(dialog, "Check")
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "list.pdf"))
    dialog.print_on(printer)
    told = house.looker.text(tmp_path / "list.pdf", 1).text
    assert "Travel pack" in told
    assert "To do:" in told
    assert "It is out; next: Buyer Smith." in told


def test_where_nothing_is_out_it_says_so(qtbot: QtBot, desk: Desk) -> None:
    dialog = TravelPack(desk, None)
    shown(qtbot, dialog)
    assert "No envelope is out." in words(dialog)


def test_who_is_due_is_reminded_by_mail_or_by_the_host(
    qtbot: QtBot, desk: Desk, house: House, clock: houses.SteppingClock, tmp_path: Path
) -> None:
    envelope_id = leases.sent(house, tmp_path)
    clock.at += timedelta(days=5)
    dialog = Reminders(desk, None)
    shown(qtbot, dialog)
    qtbot.waitUntil(lambda: "Buyer Smith" in words(dialog), timeout=2000)
    assert reason(dialog, "Send an e-mail to Buyer Smith").startswith("No mail server is set")
    assert not unnamed(dialog)
    press(dialog, "I told Buyer Smith")
    assert "Nobody has kept an envelope waiting for 3 days." in words(dialog)
    assert reading.trail(house, envelope_id)[-1].entry.kind == "reminded"
    clock.at += timedelta(days=5)
    with mail.server(tmp_path, tls=False) as server:
        mailing.set_account(house, mailing.Account("localhost", server.port, "none", "", "host@example.com"))
        again = Reminders(desk, None)
        shown(qtbot, again)
        press(again, "Send an e-mail to Buyer Smith")
        assert [letter["To"] for letter in server.letters.received] == ["buyer@example.com"]
    assert "Nobody has kept" in words(again)


def test_an_open_window_ends_what_ran_out_and_reminds_who_is_due(
    qtbot: QtBot, desk: Desk, house: House, clock: houses.SteppingClock, tmp_path: Path
) -> None:
    short = leases.sent(house, tmp_path, expires_at=(START + timedelta(days=1)).isoformat())
    long = leases.sent(house, tmp_path)
    clock.at += timedelta(days=5)
    with mail.server(tmp_path, tls=False) as server:
        mailing.set_account(house, mailing.Account("localhost", server.port, "none", "", "host@example.com"))
        noticed: list[object] = []
        watch = Watch(house, InlineRunner())
        watch.noticed.connect(noticed.append)
        for _ in range(150):
            watch.look()
        watch._timer.stop()
        assert [letter["To"] for letter in server.letters.received] == ["buyer@example.com"]
    assert str(reading.envelope(house, short).status) == "expired"
    assert reading.envelope(house, long).recipient("buyer").reminded_at is not None
