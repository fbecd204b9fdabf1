"""What is printed on a page, as plain shapes in points of the page as displayed: what finding and guiding work on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.domain.geometry import Rect, Size

_NOWHERE = Rect(0, 0, 0, 0)

Letter = tuple[str, Rect]
"""A character and its box."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """A line to stand on. Level: at `at` = y from `start` to `end` = x; upright: the other way round."""

    at: float
    start: float
    end: float

    @property
    def length(self) -> float:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that stand together in a line, without the blanks to be filled between them."""

    text: str
    rect: Rect


@dataclass(frozen=True, slots=True)
class Printed:
    """Upright lines of text and the baselines they stand on, level and upright rulings, and shaded boxes; clamped
    in number.
    """

    size: Size
    lines: tuple[tuple[Letter, ...], ...]
    baselines: tuple[Ruling, ...]
    levels: tuple[Ruling, ...]
    uprights: tuple[Ruling, ...]
    shades: tuple[Rect, ...]


@dataclass(frozen=True, slots=True)
class PageGuides:
    """What a field may snap to. `boxes` are frames that stand alone, `cells` those of tables and grids; `margins`
    holds all that is printed, and the whole page where nothing is.
    """

    horizontals: tuple[Ruling, ...] = ()
    verticals: tuple[Ruling, ...] = ()
    boxes: tuple[Rect, ...] = ()
    cells: tuple[Rect, ...] = ()
    baselines: tuple[Ruling, ...] = ()
    margins: Rect = _NOWHERE


def around(rects: Iterable[Rect]) -> Rect:
    """The smallest rectangle that holds them all; there is at least one."""
    parts = list(rects)
    left, top = min(part.x for part in parts), min(part.y for part in parts)
    return Rect(left, top, max(part.right for part in parts) - left, max(part.bottom for part in parts) - top)


def piece_of(letters: Sequence[Letter]) -> Piece | None:
    """None where there are blanks only."""
    inked = [box for letter, box in letters if not letter.isspace()]
    return Piece("".join(letter for letter, _ in letters).strip(), around(inked)) if inked else None


def merged(rulings: Iterable[Ruling], apart: float = 1.2, gap: float = 2.5) -> tuple[Ruling, ...]:
    """Pieces of one line become one: borders are often drawn cell by cell, dotted lines dot by dot."""
    rows: list[list[Ruling]] = []
    for ruling in sorted(rulings, key=lambda r: (r.at, r.start)):
        if rows and ruling.at - rows[-1][0].at <= apart:
            rows[-1].append(ruling)
        else:
            rows.append([ruling])
    return tuple(ruling for row in rows for ruling in _joined(row, gap))


def _joined(row: list[Ruling], gap: float) -> list[Ruling]:
    row.sort(key=lambda r: r.start)
    joined = [row[0]]
    for ruling in row[1:]:
        last = joined[-1]
        if ruling.start <= last.end + gap:
            joined[-1] = Ruling(last.at, last.start, max(last.end, ruling.end))
        else:
            joined.append(ruling)
    return joined
