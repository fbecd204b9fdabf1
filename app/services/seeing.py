"""The record of what a signer saw. It can be switched off in the preferences; the room tells the signer which holds."""

from collections.abc import Sequence

from app.domain import seeing
from app.domain.changes import Changes
from app.domain.seeing import Seen
from app.services.clockwatching import awake
from app.services.drafting import record
from app.services.house import House

__all__ = ["Seen", "is_recorded", "saw"]


def is_recorded(house: House) -> bool:
    return house.settings.record_views


def saw(house: House, envelope_id: str, role: str, seen: Sequence[Seen]) -> Changes:
    """Nothing happens where it is switched off, or where nothing was seen."""
    if not seen or not is_recorded(house):
        return Changes()
    return record(house, seeing.saw(awake(house, envelope_id, role), role, seen, house.moment()))
