"""The readiness list for a day's visits."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from app.domain import errors
from app.services import preferences, reading, sending, travelling
from app.services.house import House
from app.vault import MemoryVault
from tests.support import houses, leases


class ShutVault(MemoryVault):
    """A vault nobody has the passphrase for."""

    def put(self, name: str, secret: bytes) -> None:
        raise errors.VaultLocked(where="here")


def red(house: House, *envelope_ids: str) -> set[str]:
    return {line.what for line in travelling.readiness(house, envelope_ids) if not line.ok} - {"clock", "disk"}


def test_a_draft_and_a_device_without_pin_are_red_and_then_green(house: House, tmp_path: Path) -> None:
    envelope_id = leases.draft(house, tmp_path)
    assert red(house, envelope_id) == {"pin", "status"}
    preferences.set_pin(house, "2468")
    sending.send(house, envelope_id)
    assert red(house, envelope_id) == set()
    told = [line.sentence for line in travelling.readiness(house, [envelope_id])]
    assert "It is out; next: Buyer Smith." in told


def test_keys_that_cannot_be_had_are_red(house: House, tmp_path: Path) -> None:
    assert "keys" in red(replace(house, vault=ShutVault()))


def test_keys_that_end_within_the_week_are_red(rooms: houses.Rooms, tmp_path: Path) -> None:
    clock = houses.SteppingClock(datetime(2026, 1, 1, tzinfo=UTC))
    with houses.house(rooms, tmp_path / "library", clock) as house:
        assert "keys" not in red(house)
        (ends,) = {r.not_after for r in house.library.identities.list() if r.where["part"] == "seal"}
        clock.at = ends - timedelta(days=3)
        assert "keys" in red(house)


def test_a_changed_byte_a_short_limit_and_a_code_by_mail_are_red(house: House, tmp_path: Path) -> None:
    people = [{"role": "buyer", "name": "Ana", "email": "ana@example.com", "auth": [{"type": "email_code"}]}]
    soon = (datetime.now(UTC) + timedelta(hours=5)).isoformat()
    envelope_id = leases.sent(house, tmp_path, "buyer", recipients=people, expires_at=soon)
    assert red(house, envelope_id) == {"pin", "expiry", "network"}
    path = house.library.blobs.path(reading.envelope(house, envelope_id).documents[0].latest)
    path.chmod(0o600)
    path.write_bytes(path.read_bytes() + b" ")
    assert "pages" in red(house, envelope_id)
