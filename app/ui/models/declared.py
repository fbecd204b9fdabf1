"""The declared settings, by section, with what is chosen now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.domain.changes import Changes
from app.services import preferences
from app.services.house import House
from app.settings import Declaration
from app.tasks import Runner


@dataclass(frozen=True)
class Section:
    """Settings that belong together on the page."""

    title: str
    settings: tuple[Declaration, ...]


def sections() -> tuple[Section, ...]:
    """In the order in which the declarations first name them; hidden settings are left out."""
    gathered: dict[str, list[Declaration]] = {}
    for found in preferences.declarations():
        if found.control != "hidden":
            gathered.setdefault(found.section, []).append(found)
    return tuple(Section(title, tuple(settings)) for title, settings in gathered.items())


class Chosen(QObject):
    """Reads and writes one value at a time. Signals: `saved` with the `Changes`; `refused` with the error."""

    saved = Signal(object)
    refused = Signal(Exception)

    def __init__(self, house: House, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._house = house
        self._runner = runner

    def value(self, key: str) -> Any:
        return getattr(self._house.settings, key)

    def choose(self, key: str, value: Any) -> None:
        """Nothing is written when it is chosen already."""
        if value != self.value(key):
            self._runner.start(lambda _: self._save(key, value), self.saved.emit, self.refused.emit, owner=self)

    def _save(self, key: str, value: Any) -> Changes:
        return preferences.change(self._house, **{key: value})
