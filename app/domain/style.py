"""The style of a whole envelope, and how its fields inherit it."""

from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from app.domain.errors import SpecError
from app.domain.fields import day_format
from app.domain.fields.base import COLOUR, FACES, LARGEST_PT, SMALLEST_PT, Field

LANGUAGES = tuple(day_format.MONTHS)


@dataclass(frozen=True, slots=True)
class EnvelopeStyle:
    """What holds for every field that says nothing else. `size_pt` None: as large as fits. `time_zone` is a name of the
    IANA table, the zone of the day that is written when somebody signs; None is that of the device. `design` names the
    design of the seals, with each signer's own mark in it; empty: the mark alone.
    """

    face: str = "sans"
    size_pt: float | None = None
    bold: bool = False
    colour: str | None = None
    date_format: str = day_format.ISO
    time_zone: str | None = None
    language: str = "en"
    design: str = ""


def inherited(field: Field, style: EnvelopeStyle) -> Field:
    """The field with nothing left open that the envelope decides."""
    own = field.style
    settled = replace(
        own,
        face=own.face or style.face,
        size_pt=own.size_pt if own.size_pt is not None else style.size_pt,
        bold=own.bold if own.bold is not None else style.bold,
        colour=own.colour or style.colour,
        language=own.language or style.language,
    )
    return replace(field, style=settled, date_format=field.date_format or style.date_format)


def check(style: EnvelopeStyle, path: str) -> None:
    """Raises `SpecError` below `path`."""
    if style.face not in FACES:
        raise SpecError(path=f"{path}.font", problem=f"{style.face[:40]} is none of {', '.join(FACES)}")
    if style.size_pt is not None and not SMALLEST_PT <= style.size_pt <= LARGEST_PT:
        problem = f"{style.size_pt:g}, but should be from {SMALLEST_PT} to {LARGEST_PT} points"
        raise SpecError(path=f"{path}.font_size", problem=problem)
    if style.colour is not None and not COLOUR.fullmatch(style.colour):
        raise SpecError(path=f"{path}.colour", problem=f"{style.colour[:20]} is no colour such as #1a2b3c")
    day_format.check(style.date_format, f"{path}.date_format")
    if style.language not in LANGUAGES:
        raise SpecError(path=f"{path}.language", problem=f"{style.language[:20]} is none of {', '.join(LANGUAGES)}")
    if style.time_zone is not None and zone(style.time_zone) is None:
        raise SpecError(path=f"{path}.time_zone", problem=f"{style.time_zone[:40]} is no zone such as Europe/Berlin")


def zone(name: str) -> ZoneInfo | None:
    """None where the tables of this machine do not know it."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None
