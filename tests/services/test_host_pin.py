"""The host's PIN: kept as an Argon2id hash, guarded by a wait that outlives the program."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.services import preferences, secrets
from app.services.house import House
from app.vault import passwords
from tests.support import houses


@pytest.fixture
def clock() -> houses.SteppingClock:
    return houses.SteppingClock(datetime(2026, 1, 1, tzinfo=UTC))


@pytest.fixture
def house(rooms: houses.Rooms, tmp_path: Path, clock: houses.SteppingClock) -> Iterator[House]:
    with houses.house(rooms, tmp_path / "library", clock) as built:
        yield built


def test_the_pin_is_kept_as_an_argon2id_hash_with_a_salt_of_its_own(house: House) -> None:
    preferences.set_pin(house, "2580")
    first = house.settings.host_pin
    assert first.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    preferences.set_pin(house, "2580")
    assert house.settings.host_pin != first
    assert "2580" not in (house.folder / "settings.json").read_text("utf-8").replace(house.settings.host_pin, "")
    assert preferences.try_pin(house, "2580").fits
    assert not preferences.try_pin(house, "2581").fits


def test_a_pin_hashed_by_an_earlier_version_opens_and_is_hashed_anew(house: House) -> None:
    preferences.change(house, host_pin=secrets.hashed("2580"))
    assert not preferences.try_pin(house, "0852").fits
    assert house.settings.host_pin.startswith("scrypt$"), "only who knows it can hash it anew"
    assert preferences.try_pin(house, "2580").fits
    upgraded = house.settings.host_pin
    assert upgraded.startswith(passwords.KIND)
    assert preferences.try_pin(house, "2580").fits
    assert house.settings.host_pin == upgraded


def test_where_openssl_has_no_argon2id_scrypt_stays(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "hashed", lambda _: None)
    preferences.set_pin(house, "2580")
    assert preferences.try_pin(house, "2580").fits
    assert house.settings.host_pin.startswith("scrypt$")


def test_wrong_pins_are_waited_for_also_after_a_restart(
    rooms: houses.Rooms, tmp_path: Path, clock: houses.SteppingClock
) -> None:
    with houses.house(rooms, tmp_path / "library", clock) as house:
        preferences.set_pin(house, "2580")
        for _ in range(6):
            preferences.try_pin(house, "1111")
            clock.at += timedelta(seconds=30)
        preferences.try_pin(house, "1111")
    with houses.house(rooms, tmp_path / "library", clock) as house:
        assert preferences.pin_wait_s(house) > 20
        refused = preferences.try_pin(house, "2580")
        assert not refused.fits
        assert refused.wait_s > 20
        clock.at += timedelta(seconds=40)
        assert preferences.try_pin(house, "2580").fits
        assert preferences.pin_wait_s(house) == 0
        assert not preferences.try_pin(house, "1111").wait_s, "the right one forgot the wrong ones"


def test_a_try_counts_before_it_is_compared(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    preferences.set_pin(house, "2580")

    def killed(secret: str, kept: str) -> bool:
        raise KeyboardInterrupt

    monkeypatch.setattr(secrets, "matches", killed)
    for _ in range(3):
        with pytest.raises(KeyboardInterrupt):
            preferences.try_pin(house, "1111")
    assert preferences.pin_wait_s(house) > 0


@pytest.mark.parametrize("kept", ["", "$argon2id$", "$argon2id$v=19$m=8,t=1,p=1$AA$AA", "plain"])
def test_what_is_no_hash_of_ours_fits_no_pin(house: House, kept: str) -> None:
    preferences.change(house, host_pin=kept)
    assert not preferences.try_pin(house, "2580").fits
