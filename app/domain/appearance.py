"""What a visible seal looks like: a mark or picture, the facts as lines beside, below or over it, perhaps a code.

Drawn like every field, so it is the same on the screen, in the room and in the PDF.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from app.domain.drawing import BLACK, INK, Colour, Drawing, Metrics, Path, Picture, Segment, TextRun, Verb
from app.domain.errors import SpecError
from app.domain.fields import day_format
from app.domain.fields.base import COLOUR, FACES, Align, TextStyle
from app.domain.fields.typesetting import colour_of, overflows, set_text
from app.domain.geometry import Rect
from app.domain.ids import Sha256
from app.domain.mark import Mark, scaled
from app.domain.style import zone

LEFT_SHARE: Final = 0.4
"""Of the width, for mark or picture, where there are lines beside it."""
TOP_SHARE: Final = 0.5
CODE_SHARE: Final = 0.35
"""Of the width at most, for the code at the right edge; it is a square."""
PALE: Final = 0.72
"""How far a mark behind the lines goes towards white, so that they can be read."""
PAPER: Final = Colour(255, 255, 255)
STRIP_PT: Final = 2.0
"""How far the paper under a line on a picture reaches beyond it, in points."""
LONGEST_DATE, LONGEST_CODE = 60, 200
DATE: Final = "%Y-%m-%d %H:%M:%S %Z"
_DATE_SHAPE: Final = re.compile(r"(?:%[YymBbdHIMSpzZ]|[^%\x00-\x1f\x7f])*")


Code = Callable[[str, float, Colour], Drawing]
"""A text as a QR code: a square drawing of so many points a side, in this ink."""


class Line(StrEnum):
    """What a line tells."""

    NAME = "name"
    DATE = "date"
    REASON = "reason"
    PLACE = "place"


class Side(StrEnum):
    """Where mark or picture stands, seen from the lines."""

    LEFT = "left"
    TOP = "top"
    BEHIND = "behind"


@dataclass(frozen=True, slots=True)
class Appearance:
    """A design. `lines` in their order, those left out are not shown. `date_format` as `written` takes it,
    `time_zone` an IANA name, empty for that of the moment told. `ink` as `#rrggbb` is the colour of lines and mark;
    None leaves them black and ink blue. `code` is a text, such as an address, shown as a QR code; empty for none.
    """

    mark: Mark | None = None
    picture: Sha256 | None = None
    side: Side = Side.LEFT
    lines: tuple[Line, ...] = (Line.NAME, Line.DATE, Line.REASON, Line.PLACE)
    date_format: str = DATE
    time_zone: str = ""
    language: str = "en"
    ink: str | None = None
    face: str = "sans"
    code: str = ""


@dataclass(frozen=True, slots=True)
class Stated:
    """What a signature says of itself; empty parts have no line. `at` with its zone."""

    name: str
    at: datetime
    reason: str = ""
    place: str = ""


def check(design: Appearance, path: str = "design") -> None:
    """Raises `SpecError` below `path` for a design that shows nothing, or cannot be drawn."""
    if not (design.lines or design.mark or design.picture or design.code):
        raise SpecError(path=f"{path}.lines", problem="nothing would be seen: choose a line, a picture or a mark")
    if len(design.code.encode()) > LONGEST_CODE or not design.code.isprintable():
        raise SpecError(path=f"{path}.code", problem=f"should be a text of at most {LONGEST_CODE} bytes")
    if len(set(design.lines)) != len(design.lines):
        raise SpecError(path=f"{path}.lines", problem="a line stands there twice")
    if not design.date_format.strip() or len(design.date_format) > LONGEST_DATE:
        raise SpecError(path=f"{path}.date_format", problem=f"should have from 1 to {LONGEST_DATE} characters")
    if not _DATE_SHAPE.fullmatch(design.date_format):
        problem = f"{design.date_format} should be made of %Y %y %m %B %b %d %H %I %M %S %p %z %Z and plain text"
        raise SpecError(path=f"{path}.date_format", problem=problem)
    if design.time_zone and zone(design.time_zone) is None:
        raise SpecError(path=f"{path}.time_zone", problem=f"{design.time_zone[:40]} is no zone such as Europe/Berlin")
    if design.language not in day_format.MONTHS:
        problem = f"{design.language[:20]} is none of {', '.join(day_format.MONTHS)}"
        raise SpecError(path=f"{path}.language", problem=problem)
    if design.ink is not None and not COLOUR.fullmatch(design.ink):
        raise SpecError(path=f"{path}.ink", problem=f"{design.ink[:20]} is no colour such as #1a2b3c")
    if design.face not in FACES:
        raise SpecError(path=f"{path}.face", problem=f"{design.face[:40]} is none of {', '.join(FACES)}")


def draw(design: Appearance, stated: Stated, width: float, height: float, metrics: Metrics, code: Code) -> Drawing:
    """Lines as large as fits from 12 pt down to 6. Raises `GlyphsMissing` when a letter cannot be written: never a box
    in its place.
    """
    lines = _text(design, stated)
    square = _square(design, bool(lines), width, height)
    image, text = _boxes(design, bool(lines), square.x if design.code else width, height)
    parts = [_image(design, image, metrics)] if image is not None else []
    if design.code:
        ink = colour_of(TextStyle(colour=design.ink), BLACK)
        parts.append(_moved(code(design.code, square.width, ink), square.x, square.y))
    if lines:
        align = Align.CENTER if image is not None and design.side is Side.TOP else Align.LEFT
        style = TextStyle(face=design.face, colour=design.ink, align=align)
        told = _moved(set_text(lines, text.width, text.height, style, metrics, BLACK), text.x, text.y)
        is_covered = design.side is Side.BEHIND and design.mark is None and design.picture is not None
        parts += [_strips(told, metrics), told] if is_covered else [told]
    return Drawing(
        width,
        height,
        tuple(run for part in parts for run in part.runs),
        tuple(path for part in parts for path in part.paths),
        tuple(picture for part in parts for picture in part.pictures),
    )


def fits(design: Appearance, stated: Stated, width: float, height: float, metrics: Metrics) -> bool:
    """Whether every line is seen whole."""
    lines = _text(design, stated)
    square = _square(design, bool(lines), width, height)
    _, text = _boxes(design, bool(lines), square.x if design.code else width, height)
    return not overflows(lines, text.width, text.height, TextStyle(face=design.face), metrics)


def written(at: datetime, form: str, time_zone: str = "", language: str = "en") -> str:
    """A moment: `%Y %y %m %B %b %d` as `day_format`, `%H %I %M %S %p`, the zone as `%z` (+02:00) or `%Z` (CEST).
    Not `strftime`, for the reason told there.
    """
    local = zone(time_zone) if time_zone else None
    moment = at.astimezone(local) if local else at
    offset = moment.strftime("%z")
    texts = {
        "H": f"{moment.hour:02d}",
        "I": f"{moment.hour % 12 or 12:02d}",
        "M": f"{moment.minute:02d}",
        "S": f"{moment.second:02d}",
        "p": "AM" if moment.hour < 12 else "PM",
        "z": f"{offset[:3]}:{offset[3:5]}" if offset else "",
        "Z": moment.tzname() or "",
    }

    def one(part: re.Match[str]) -> str:
        return texts[part[1]] if part[1] in texts else day_format.written(moment.date(), part[0], language)

    return re.sub("%([YymBbdHIMSpzZ])", one, form).strip()


def _text(design: Appearance, stated: Stated) -> str:
    told = {
        Line.NAME: stated.name,
        Line.DATE: written(stated.at, design.date_format, design.time_zone, design.language),
        Line.REASON: stated.reason,
        Line.PLACE: stated.place,
    }
    return "\n".join(" ".join(told[line].split()) for line in design.lines if told[line].strip())


def _square(design: Appearance, has_lines: bool, width: float, height: float) -> Rect:
    """Of the code: at the right edge, in the middle of all where it stands alone."""
    alone = not has_lines and design.mark is None and design.picture is None
    side = min(height, width if alone else width * CODE_SHARE)
    return Rect((width - side) / (2 if alone else 1), (height - side) / 2, side, side)


def _boxes(design: Appearance, has_lines: bool, width: float, height: float) -> tuple[Rect | None, Rect]:
    """Of mark or picture, None without one, and of the lines."""
    whole = Rect(0, 0, width, height)
    if design.mark is None and design.picture is None:
        return None, whole
    if not has_lines or design.side is Side.BEHIND:
        return whole, whole
    if design.side is Side.TOP:
        part = height * TOP_SHARE
        return Rect(0, 0, width, part), Rect(0, part, width, height - part)
    part = width * LEFT_SHARE
    return Rect(0, 0, part, height), Rect(part, 0, width - part, height)


def _image(design: Appearance, box: Rect, metrics: Metrics) -> Drawing:
    if design.mark is None:
        pictures = (Picture(design.picture, box),) if design.picture is not None else ()
        return Drawing(box.right, box.bottom, pictures=pictures)
    ink = colour_of(TextStyle(colour=design.ink), INK)
    colour = _paler(ink) if design.side is Side.BEHIND and design.lines else ink
    return _moved(design.mark.draw(box.width, box.height, metrics).recoloured(INK, colour), box.x, box.y)


def _strips(lines: Drawing, metrics: Metrics) -> Drawing:
    """Paper behind each line that stands on a picture, whose colours nobody knows; none for ink as light as paper."""
    paths = tuple(_strip(run, lines, metrics) for run in lines.runs if sum(_parts(run.colour)) < sum(_parts(PAPER)) / 2)
    return Drawing(lines.width, lines.height, paths=paths)


def _strip(run: TextRun, lines: Drawing, metrics: Metrics) -> Path:
    """As high as the face, a little longer than the line, and never outside the box."""
    left, right = max(0.0, run.x - STRIP_PT), min(lines.width, run.x + run.width + STRIP_PT)
    top = max(0.0, run.y - metrics.ascent(run.face) * run.size)
    bottom = min(lines.height, run.y + metrics.descent(run.face) * run.size)
    corners = ((left, top), (right, top), (right, bottom), (left, bottom))
    verbs: tuple[Verb, ...] = ("M", "L", "L", "L")
    sides = tuple(Segment(verb, (corner,)) for verb, corner in zip(verbs, corners, strict=True))
    return Path((*sides, Segment("Z")), fill=PAPER)


def _parts(colour: Colour) -> tuple[int, int, int]:
    return colour.red, colour.green, colour.blue


def _paler(colour: Colour) -> Colour:
    return Colour(*(round(part + (255 - part) * PALE) for part in _parts(colour)))


def _moved(drawing: Drawing, x: float, y: float) -> Drawing:
    def run(one: TextRun) -> TextRun:
        return replace(one, x=one.x + x, y=one.y + y)

    pictures = tuple(Picture(p.sha256, Rect(p.rect.x + x, p.rect.y + y, p.rect.width, p.rect.height))
                     for p in drawing.pictures)  # fmt: skip
    paths = tuple(scaled(path, 1.0, x, y) for path in drawing.paths)
    return Drawing(drawing.width + x, drawing.height + y, tuple(map(run, drawing.runs)), paths, pictures)
