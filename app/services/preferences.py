"""Settings, and the host's PIN."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from app import settings
from app.domain.changes import Changes
from app.services import secrets
from app.services.house import House
from app.settings import Declaration, Settings


def current(house: House) -> Settings:
    return house.settings


def declarations() -> Iterator[Declaration]:
    return settings.declarations()


def change(house: House, **values: Any) -> Changes:
    """Saved before it counts."""
    changed = replace(house.settings, **values)
    settings.save(house.folder, changed)
    house.preferences.current = changed
    return Changes.of("setting", *values)


def has_pin(house: House) -> bool:
    return bool(house.settings.host_pin)


def set_pin(house: House, pin: str) -> Changes:
    """Empty takes it away."""
    return change(house, host_pin=secrets.hashed(pin) if pin else "")


def check_pin(house: House, pin: str) -> bool:
    return secrets.matches(pin, house.settings.host_pin)
