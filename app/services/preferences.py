"""Settings, and the host's PIN."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from app import settings
from app.domain.changes import Changes
from app.domain.host_pin import Tries
from app.services import secrets
from app.services.house import House
from app.settings import Declaration, Settings


@dataclass(frozen=True)
class PinTry:
    """`wait_s`: how long no further PIN is taken."""

    fits: bool
    wait_s: float = 0.0


def current(house: House) -> Settings:
    return house.settings


def declarations() -> Iterator[Declaration]:
    return settings.declarations()


def change(house: House, **values: Any) -> Changes:
    """Saved before it counts. Raises `SpecError` for a proxy that cannot be one, or comes with a password: nothing is
    written then."""
    if values.get("proxy_url"):
        from app.sync import address

        address.read_proxy(values["proxy_url"])
    changed = replace(house.settings, **values)
    settings.save(house.folder, changed)
    house.preferences.current = changed
    return Changes.of("setting", *values)


def has_pin(house: House) -> bool:
    return bool(house.settings.host_pin)


def set_pin(house: House, pin: str) -> Changes:
    """Empty takes it away."""
    return change(house, host_pin=secrets.hashed_strongly(pin) if pin else "", **_kept(Tries()))


def try_pin(house: House, pin: str) -> PinTry:
    """Counted as wrong before it is compared: switching the device off meanwhile gains nobody a try.

    During a wait even the right PIN does not fit.
    """
    now, tries, kept = house.clock.now(), _tries(house), house.settings.host_pin
    if wait_s := tries.wait_s(now):
        return PinTry(False, wait_s)
    wrong = tries.after_wrong(now)
    change(house, **_kept(wrong))
    if not secrets.matches(pin, kept):
        return PinTry(False, wrong.wait_s(now))
    better = {"host_pin": secrets.hashed_strongly(pin)} if secrets.is_weaker(kept) else {}
    change(house, **_kept(Tries()), **better)
    return PinTry(True)


def pin_wait_s(house: House) -> float:
    """How long no PIN is taken, for wrong ones that may have been tried before a restart."""
    return _tries(house).wait_s(house.clock.now())


def _tries(house: House) -> Tries:
    return Tries(house.settings.host_pin_wrong, house.settings.host_pin_until)


def _kept(tries: Tries) -> dict[str, int]:
    return {"host_pin_wrong": tries.wrong, "host_pin_until": tries.until}
