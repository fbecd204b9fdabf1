"""What a request must fit beside its own values: the time it is, and the pages of the file that goes along."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.domain.errors import SpecError


@dataclass(frozen=True, slots=True)
class Reality:
    """`pages` are width and height of each page as displayed, in points; none where no PDF goes along."""

    now: datetime
    pages: Sequence[tuple[float, float]] = ()


Fits = Callable[[Mapping[str, Any], Reality], None]
"""Raises `SpecError`."""

ROUNDING_PT = 0.01
"""A box that is as wide as its page is inside it."""


def later(name: str) -> Fits:
    """A moment that is still to come."""

    def fits(values: Mapping[str, Any], reality: Reality) -> None:
        if name in values and datetime.fromisoformat(str(values[name])) <= reality.now:
            raise SpecError(path=name, problem="is over already")

    return fits


def boxes_on_pages(name: str) -> Fits:
    """Each of a list of boxes: `page` from 1, `x, y` of its top-left corner, `width` and `height`."""

    def fits(values: Mapping[str, Any], reality: Reality) -> None:
        for number, box in enumerate(values.get(name, ())):
            if reality.pages:
                _expect_on_page(box, reality.pages, f"{name}[{number}]")

    return fits


def _expect_on_page(box: Mapping[str, Any], pages: Sequence[tuple[float, float]], path: str) -> None:
    if box["page"] > len(pages):
        raise SpecError(path=f"{path}.page", problem=f"{box['page']}, the document has {len(pages)} pages")
    width, height = pages[box["page"] - 1]
    for side, long, most in (("x", "width", width), ("y", "height", height)):
        if box[side] + box[long] > most + ROUNDING_PT:
            problem = f"lies off the page: {box[side]:g} and {box[long]:g} are more than {most:g} points"
            raise SpecError(path=f"{path}.{side}", problem=problem)
