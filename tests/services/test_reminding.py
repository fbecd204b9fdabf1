"""Reminders and the test-mode mark."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.services import caring, exporting, mailing, preferences, reading, reminding, signing_at_once, verifying
from app.services.house import House
from tests.support import houses, leases, mail


def test_who_is_due_is_reminded_once_and_then_after_as_many_days(rooms: houses.Rooms, tmp_path: Path) -> None:
    clock = houses.SteppingClock(datetime(2026, 1, 1, tzinfo=UTC))
    with houses.house(rooms, tmp_path / "library", clock) as house, mail.server(tmp_path, tls=False) as server:
        mailing.set_account(house, mailing.Account("localhost", server.port, "none", "", "host@example.com"))
        envelope_id = leases.sent(house, tmp_path)
        assert reminding.due(house) == ()
        clock.at += timedelta(days=3)
        assert [one.role for one in reminding.due(house)] == ["buyer"]
        assert caring.look_after(house).touches("envelope", envelope_id)
        (letter,) = server.letters.received
        assert letter["To"] == "buyer@example.com"
        assert reading.envelope(house, envelope_id).recipient("buyer").reminded_at is not None
        assert reminding.due(house) == ()
        clock.at += timedelta(days=3)
        signing_at_once.sign(house, envelope_id, "buyer", leases.act("buyer"))
        assert reminding.due(house) == ()
        clock.at += timedelta(days=3)
        assert [one.role for one in reminding.due(house)] == ["seller"]


def test_without_mail_the_host_reminds_and_the_trail_says_so(rooms: houses.Rooms, tmp_path: Path) -> None:
    clock = houses.SteppingClock(datetime(2026, 1, 1, tzinfo=UTC))
    with houses.house(rooms, tmp_path / "library", clock) as house:
        envelope_id = leases.sent(house, tmp_path)
        clock.at += timedelta(days=4)
        assert not caring.look_after(house).items
        reminding.remind_in_person(house, envelope_id, "buyer")
        assert reading.trail(house, envelope_id)[-1].entry.facts == {"role": "buyer", "way": "host", "to": ""}
        assert reminding.due(house) == ()


def test_nobody_is_due_where_reminders_are_off(rooms: houses.Rooms, tmp_path: Path) -> None:
    clock = houses.SteppingClock(datetime(2026, 1, 1, tzinfo=UTC))
    with houses.house(rooms, tmp_path / "library", clock) as house:
        preferences.change(house, remind_after_days=0)
        leases.sent(house, tmp_path)
        clock.at += timedelta(days=400)
        assert reminding.due(house) == ()


@pytest.mark.parametrize("sealing", ["each_recipient", "at_completion"])
def test_what_is_made_in_test_mode_says_so_on_every_page_under_the_signatures(
    house: House, tmp_path: Path, sealing: str
) -> None:
    envelope_id = leases.sent(house, tmp_path, "buyer", test_mode=True, sealing=sealing)
    signing_at_once.sign(house, envelope_id, "buyer", leases.act("buyer"))
    files = {f.kind: f.path for f in exporting.export(house, envelope_id, tmp_path / "out")}
    for page in (1, 2):
        assert "not binding" in house.looker.text(files["document"], page).text
    assert verifying.verify(house, files["document"]).all_valid


def test_what_is_meant_bears_no_mark(house: House, tmp_path: Path) -> None:
    envelope_id = leases.sent(house, tmp_path, "buyer")
    document = reading.envelope(house, envelope_id).documents[0]
    assert "binding" not in house.looker.text(house.library.blobs.path(document.latest), 1).text
