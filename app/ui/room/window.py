"""The room for the shell: `RoomWindow(house, tasks, envelope_id, role).enter()`."""

from __future__ import annotations

from app.services.house import House
from app.tasks import Runner
from app.ui.models.room_house import HouseDesk
from app.ui.room.locked import LockedRoom


class RoomWindow(LockedRoom):
    """Opens the ceremony of `role`. Keep a reference until `closed`; it deletes itself afterwards."""

    def __init__(self, house: House, tasks: Runner, envelope_id: str, role: str) -> None:
        super().__init__(HouseDesk(house, envelope_id, role), tasks)
