"""How a person works in the editor: unit, snapping, grid, size of handles. Read from the settings at each stroke."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from app.domain.geometry import PT_PER_MM
from app.settings import Settings
from app.ui.models.lengths import Unit

REACH_PX: Final = {"off": 0.0, "weak": 3.0, "normal": 6.0, "strong": 12.0}


@dataclass(frozen=True, slots=True)
class Habits:
    """`reach_px` is how far a stand attracts, 0 for no snapping; `grid_pt` 0 for no grid; `grip_px` half of the square
    in which a handle is hit."""

    unit: Unit = Unit.MM
    reach_px: float = REACH_PX["normal"]
    grid_pt: float = 0.0
    grip_px: float = 8.0

    @property
    def handle_px(self) -> float:
        """The side of a handle as it is drawn: half of what can be hit."""
        return self.grip_px


def habits_of(settings: Settings) -> Habits:
    return Habits(
        unit=Unit.called(settings.units),
        reach_px=REACH_PX[settings.snapping],
        grid_pt=int(settings.grid_mm) * PT_PER_MM,
        grip_px=13.0 if settings.large_handles else 8.0,
    )
