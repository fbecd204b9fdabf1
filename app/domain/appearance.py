"""What a visible seal looks like: a mark or picture on the left, the facts as lines beside it.

Drawn like every field, so it is the same on the screen, in the room and in the PDF.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from app.domain.drawing import Drawing, Metrics, Picture
from app.domain.fields.base import TextStyle
from app.domain.fields.typesetting import set_text
from app.domain.geometry import Rect
from app.domain.ids import Sha256
from app.domain.mark import Mark
from app.domain.style import zone

LEFT_SHARE: Final = 0.4
"""Of the width, for mark or picture, where there are lines too."""


@dataclass(frozen=True, slots=True)
class Appearance:
    """A design. `date_format` as of strftime, empty for no date; `time_zone` an IANA name, empty for UTC."""

    mark: Mark | None = None
    picture: Sha256 | None = None
    shows_name: bool = True
    shows_reason: bool = True
    shows_place: bool = True
    date_format: str = "%Y-%m-%d %H:%M:%S %Z"
    time_zone: str = ""
    face: str = "sans"


@dataclass(frozen=True, slots=True)
class Stated:
    """What a signature says of itself; empty parts have no line. `at` with its zone."""

    name: str
    at: datetime
    reason: str = ""
    place: str = ""


def draw(design: Appearance, stated: Stated, width: float, height: float, metrics: Metrics) -> Drawing:
    """Raises `GlyphsMissing` when a letter cannot be written: never a box in its place."""
    lines = "\n".join(_lines(design, stated))
    has_image = design.mark is not None or design.picture is not None
    left = width * LEFT_SHARE if has_image and lines else width if has_image else 0.0
    image = _image(design, left, height, metrics)
    if not lines:
        return replace(image, width=width)
    text = set_text(lines, width - left, height, TextStyle(face=design.face, multiline=True), metrics)
    runs = tuple(replace(run, x=run.x + left) for run in text.runs)
    return Drawing(width, height, (*image.runs, *runs), image.paths, image.pictures)


def _lines(design: Appearance, stated: Stated) -> list[str]:
    lines = [stated.name if design.shows_name else "", _date(design, stated.at)]
    lines += [stated.reason if design.shows_reason else "", stated.place if design.shows_place else ""]
    return [line for line in lines if line]


def _date(design: Appearance, at: datetime) -> str:
    local = zone(design.time_zone) if design.time_zone else None
    return at.astimezone(local).strftime(design.date_format) if local else at.strftime(design.date_format)


def _image(design: Appearance, width: float, height: float, metrics: Metrics) -> Drawing:
    if design.mark is not None:
        return design.mark.draw(width, height, metrics)
    if design.picture is not None:
        return Drawing(width, height, pictures=(Picture(design.picture, Rect(0, 0, width, height)),))
    return Drawing(width, height)
