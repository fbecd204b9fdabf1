"""The text of a page as pieces between blanks, and where it stands."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from app.domain.geometry import Rect
from app.pdf.printed import Letter, Piece, Printed, Ruling, around, piece_of
from app.pdf.wording import kind_of_label, language_of

BLANK: Final = re.compile(r"_(?:[ \u00a0]?_){3,}|\.(?:[ \u00a0]?\.){7,}|…(?: ?…){2,}|-{12,}|(?<![\w.])_{3}(?![\w_])")
BOX_GLYPHS: Final = "\u2610\u25a1\u25a2\u25fb\u25fd\u274f\u2750\u2751\u2752\uf06f\uf0a8\uf071\uf072"
_BRACKETS: Final = re.compile(r"(?:(?<=^)|(?<=  ))\[(?: {0,3}|_{1,3})\](?= ?\w)")
_WIDE: Final = 1.4
_APART_PT: Final = 1.5
_LEVEL_PT: Final = 1.5
_LEADER_END: Final = re.compile(r"^\W*(?:\d{1,4}|[ivxlc]{1,6})\W*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Blank:
    """Underscores or dots in a line of text: where they are, and the words of the line on either side. Dots with
    blanks between them are not `plain`: formulas have them too.
    """

    rect: Rect
    before: Piece | None
    after: Piece | None
    plain: bool = True

    @property
    def rule(self) -> Ruling:
        """Underscores are drawn just below the baseline, a fifth up from the lower edge of their box."""
        return Ruling(self.rect.y + self.rect.height * 0.85, self.rect.x, self.rect.right)


@dataclass(frozen=True)
class Writing:
    """Pieces split at blanks, box glyphs and wide gaps; `lines` are those one may write on, as flat boxes."""

    pieces: tuple[Piece, ...]
    blanks: tuple[Blank, ...]
    glyphs: tuple[Rect, ...]
    lines: tuple[Rect, ...] = ()

    @cached_property
    def language(self) -> str:
        return language_of([piece.text for piece in self.pieces])

    def kind(self, label: str) -> str | None:
        """As `kind_of_label`, in the language of the page."""
        return kind_of_label(label, None, self.language)

    def covers(self, place: Rect) -> bool:
        """Something is written there already."""
        return any(place.overlap(piece.rect) > 2 for piece in self.pieces)

    def inside(self, place: Rect) -> list[Piece]:
        """The pieces whose middle lies in the place, down and then along."""
        found = [piece for piece in self.pieces if place.contains(piece.rect.center)]
        return sorted(found, key=lambda piece: (round(piece.rect.y / 3), piece.rect.x))

    def room_above(self, rule: Ruling, wanted: float) -> float:
        """How much of the wanted height over a rule is free of text and of other lines to write on."""
        near = [
            rect.bottom
            for rect in (*(piece.rect for piece in self.pieces), *self.lines)
            if rect.x < rule.end - 1 and rect.right > rule.start + 1 and rect.bottom <= rule.at - 3
        ]
        return min(wanted, rule.at - max(near, default=0.0))


def writing_of(page: Printed) -> Writing:
    pieces: list[Piece] = []
    blanks: list[Blank] = []
    glyphs: list[Rect] = []
    for row in _rows(page.lines):
        found, here, boxes = _split(row, page.uprights)
        pieces += found
        glyphs += boxes
        if not _is_leader(row):
            blanks += here
    rules = (*(blank.rule for blank in blanks), *page.levels)
    lines = tuple(Rect(rule.start, rule.at, max(rule.length, 0.0), 0) for rule in rules)
    return Writing(tuple(pieces), tuple(blanks), tuple(glyphs), lines)


def _rows(lines: Sequence[Sequence[Letter]]) -> Iterator[list[Letter]]:
    """Lines that stand side by side are one row: extraction parts a line where a gap is wide."""
    boxed = [(around(box for _, box in line), list(line)) for line in lines if line]
    boxed.sort(key=lambda one: (one[0].center.y, one[0].x))
    row: list[tuple[Rect, list[Letter]]] = []
    for rect, letters in boxed:
        if row and abs(rect.center.y - row[-1][0].center.y) > 0.3 * min(rect.height, row[-1][0].height):
            yield _in_order(row)
            row = []
        row.append((rect, letters))
    if row:
        yield _in_order(row)


def _in_order(row: list[tuple[Rect, list[Letter]]]) -> list[Letter]:
    return [letter for _, letters in sorted(row, key=lambda one: one[0].x) for letter in letters]


def _split(row: list[Letter], uprights: Sequence[Ruling]) -> tuple[list[Piece], list[Blank], list[Rect]]:
    text = "".join(letter[0] if len(letter[0]) == 1 else " " for letter in row)
    blank = [m for m in BLANK.finditer(text) if not _is_within_a_word(text, m) and _is_level(row[m.start() : m.end()])]
    cuts = [(m.start(), m.end(), "blank") for m in blank]
    cuts += [(m.start(), m.end(), "box") for m in _BRACKETS.finditer(text)]
    cuts += [(n, n + 1, "box") for n, letter in enumerate(text) if letter in BOX_GLYPHS]
    cuts += [(n, n, "gap") for n in _gaps(row, _fences(row, uprights))]
    pieces: list[Piece | None] = []
    marks: list[tuple[str, Rect, int, bool]] = []
    start = 0
    for begin, end, what in sorted(cuts):
        if begin < start:
            continue
        pieces.append(piece_of(row[start:begin]))
        if what != "gap":
            plain = not (text[begin] == "." and " " in text[begin:end])
            marks.append((what, around(box for _, box in row[begin:end]), len(pieces), plain))
        start = end
    pieces.append(piece_of(row[start:]))
    blanks = [Blank(rect, pieces[at - 1], pieces[at], plain) for what, rect, at, plain in marks if what == "blank"]
    return [piece for piece in pieces if piece], blanks, [rect for what, rect, *_ in marks if what == "box"]


def _is_level(letters: Sequence[Letter]) -> bool:
    """On one line: the dots of a matrix are not."""
    tops = [box.y for letter, box in letters if not letter.isspace()]
    return max(tops) - min(tops) < _LEVEL_PT


def _is_within_a_word(text: str, blank: re.Match[str]) -> bool:
    """As in the names of programs."""
    before, after = text[: blank.start()][-1:], text[blank.end() :][:1]
    return before.isalnum() and after.isalnum()


def _fences(row: list[Letter], uprights: Sequence[Ruling]) -> list[float]:
    """The borders of cells that a row of letters crosses."""
    middle = around(box for _, box in row).center.y
    return [one.at for one in uprights if one.start <= middle <= one.end]


def _gaps(row: list[Letter], fences: list[float]) -> Iterator[int]:
    """Where a new piece begins: after a gap wider than a letter and a half is tall, or behind a border."""
    last: Rect | None = None
    for n, (letter, box) in enumerate(row):
        if letter.isspace():
            continue
        if last is not None and (
            box.x - last.right > _WIDE * max(min(box.height, last.height), 4)
            or (box.x - last.right > _APART_PT and any(last.right - 1 < fence < box.x + 1 for fence in fences))
        ):
            yield n
        last = box


def _is_leader(row: Iterable[Letter]) -> bool:
    """A line of a table of contents: dots that lead to a page number."""
    text = "".join(letter for letter, _ in row)
    blanks = list(BLANK.finditer(text))
    return bool(blanks) and blanks[-1].group()[0] in ".…" and bool(_LEADER_END.match(text[blanks[-1].end() :]))
