"""A place to fill, before it becomes a found field."""

from dataclasses import dataclass

from app.domain.geometry import Rect


@dataclass(frozen=True, slots=True)
class Place:
    """`kind` of the registry; `label` as printed; `cells` how many boxes for single characters it has."""

    kind: str
    label: str
    rect: Rect
    confidence: float
    multiline: bool = False
    cells: int | None = None
