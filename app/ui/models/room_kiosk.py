"""What a kiosk may ask of the house: what is signed there, an envelope for each person, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from app.domain.changes import Changes
from app.services import kiosk, preferences
from app.services.house import House
from app.services.kiosk import Pattern, Run
from app.ui.models.room_desk import Habits, RoomDesk, Saved, Words
from app.ui.models.room_gate import Tried
from app.ui.models.room_house import HouseDesk


class Kiosk(Protocol):
    """Each call may block and runs on a thread of the runner, except those marked (instant)."""

    def habits(self) -> Habits:
        """(instant)"""
        ...

    def idle_s(self) -> int:
        """(instant) After so many seconds without input everything is cleared."""
        ...

    def words(self, error: BaseException) -> Words:
        """(instant)"""
        ...

    def pattern(self) -> Pattern: ...
    def begin(self, name: str, email: str) -> RoomDesk:
        """An envelope for this person, and their desk."""
        ...

    def over(self) -> Changes:
        """The run came to an end of its own."""
        ...

    def break_off(self, idle: bool) -> Changes:
        """It did not: the person left, or nobody used the device any more."""
        ...

    def stop(self) -> Changes: ...
    def stay_unlocked(self) -> None: ...
    def try_pin(self, pin: str) -> Tried: ...


class CounterDesk(HouseDesk):
    """Of one run. Whoever types a name at a counter is not offered what the person of that name keeps here."""

    def __init__(self, house: House, run: Run) -> None:
        super().__init__(house, run.envelope, run.role)
        self._number = run.number

    def habits(self) -> Habits:
        return replace(super().habits(), unattended=True, number=self._number, thanks=True)

    def saved_marks(self, initials: bool) -> tuple[Saved, ...]:
        return ()


class HouseKiosk:
    """`Kiosk` over the use cases."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._run = ""

    def habits(self) -> Habits:
        return HouseDesk(self._house, "", "").habits()

    def idle_s(self) -> int:
        return preferences.current(self._house).kiosk_idle_s

    def words(self, error: BaseException) -> Words:
        return HouseDesk(self._house, "", "").words(error)

    def pattern(self) -> Pattern:
        return kiosk.pattern(self._house)

    def begin(self, name: str, email: str) -> RoomDesk:
        run = kiosk.begin(self._house, name, email)
        self._run = run.envelope
        return CounterDesk(self._house, run)

    def over(self) -> Changes:
        return kiosk.over(self._house, self._run)

    def break_off(self, idle: bool) -> Changes:
        return kiosk.break_off(self._house, self._run, kiosk.IDLE if idle else kiosk.LEFT)

    def stop(self) -> Changes:
        return kiosk.stop(self._house)

    def stay_unlocked(self) -> None:
        kiosk.stay_unlocked(self._house)

    def try_pin(self, pin: str) -> Tried:
        return preferences.try_pin(self._house, pin)
