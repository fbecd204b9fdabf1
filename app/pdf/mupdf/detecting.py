"""Finding places to fill that are only printed: rows of underscores, ruled lines, empty boxes, small squares.

Precision before recall: a place is told only when it is empty and something beside it says what it is.
"""

import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pymupdf

from app.domain.geometry import Rect, Size
from app.pdf.inspection import FoundField, Source
from app.pdf.mupdf import pages, tokens
from app.pdf.wording import kind_of_label

_TIME_S: Final = 6.0
_MOST_DRAWINGS: Final = 4_000
_BLANKS: Final = re.compile(r"_{5,}|\.{12,}|…{4,}")
_RULE_PT: Final = (60.0, 420.0)
_SQUARE_PT: Final = (7.0, 20.0)
_HEIGHTS: Final = {"signature": 36.0, "initials": 24.0}
_HEIGHT: Final = 18.0


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of printed text that is no row of underscores."""

    text: str
    rect: Rect


def detect(document: pymupdf.Document, known: Sequence[FoundField]) -> tuple[FoundField, ...]:
    """Places not covered by a known one. Stops quietly when a long document has taken its time."""
    found: list[FoundField] = []
    end = time.monotonic() + _TIME_S
    for index in range(document.page_count):
        if time.monotonic() > end:
            break
        taken = [field.rect for field in known if field.page == index + 1]
        for candidate in _on_page(document, index):
            if not any(candidate.rect.overlap(rect) for rect in taken):
                taken.append(candidate.rect)
                found.append(candidate)
    return tuple(sorted(found, key=lambda f: (f.page, round(f.rect.y), f.rect.x)))


def _on_page(document: pymupdf.Document, index: int) -> Iterator[FoundField]:
    pieces, blanks = _texts(document, index)
    rules, squares = _shapes(document, index)
    for square in squares:
        label = _right_of(square, pieces)
        if label and not _covered(square, pieces):
            yield _candidate("checkbox", label, index, square, 0.8)
    for rule in (*blanks, *rules):
        yield from _above_rule(rule, pieces, index)


def _above_rule(rule: Rect, pieces: list[_Piece], index: int) -> Iterator[FoundField]:
    """A line with a label left of it or right below it, and nothing written on it."""
    left, below = _left_of(rule, pieces), _below(rule, pieces)
    label = left or below
    if not label:
        return
    kind = kind_of_label(label)
    if kind is None and not label.rstrip().endswith(":"):
        return
    height = _HEIGHTS.get(kind or "", _HEIGHT)
    place = Rect(rule.x, max(rule.y - height, 0), rule.width, height)
    if not _covered(Rect(place.x, rule.y - 9, place.width, 8), pieces):
        yield _candidate(kind or "text", label, index, place, 0.9 if kind else 0.6)


def _texts(document: pymupdf.Document, index: int) -> tuple[list[_Piece], list[Rect]]:
    """Words of each line between rows of underscores, and those rows as rules at their lower edge."""
    pieces, blanks = [], []
    for letters in tokens.lines_of(document, index):
        line = "".join(letter for letter, _ in letters)
        start = 0
        for blank in _BLANKS.finditer(line):
            pieces.append(_piece(letters[start : blank.start()]))
            box = _piece(letters[blank.start() : blank.end()]).rect
            blanks.append(Rect(box.x, box.y + box.height * 0.85, box.width, 0))
            start = blank.end()
        pieces.append(_piece(letters[start:]))
    return [piece for piece in pieces if piece.text], blanks


def _piece(letters: Sequence[tokens.Letter]) -> _Piece:
    inked = [box for letter, box in letters if not letter.isspace()]
    rect = pages.around(inked) if inked else Rect(0, 0, 0, 0)
    return _Piece("".join(letter for letter, _ in letters).strip(), rect)


def _shapes(document: pymupdf.Document, index: int) -> tuple[list[Rect], list[Rect]]:
    """Ruled lines that stand alone, and small squares, as displayed."""
    geometry = pages.geometry(document, index)
    upright = geometry.size if geometry.rotate % 180 == 0 else Size(geometry.size.height, geometry.size.width)
    flat, tall, squares = [], [], []
    for drawing in document[index].get_cdrawings()[:_MOST_DRAWINGS]:
        for item in drawing["items"]:
            rect = _rect_of(item)
            if rect is None:
                continue
            shown = rect.turned(upright, geometry.rotate // 90)
            if shown.height <= 1.6 and _RULE_PT[0] <= shown.width <= _RULE_PT[1]:
                flat.append(shown)
            elif shown.width <= 1.6 and shown.height > 4:
                tall.append(shown)
            elif item[0] == "re" and _is_square(shown):
                squares.append(shown)
    return [rule for rule in flat if not _is_framed(rule, tall)], squares


def _rect_of(item: Sequence[Any]) -> Rect | None:
    """The box of a line or rectangle of PyMuPDF's drawings."""
    match list(item[:3]):
        case ["l", (x0, y0), (x1, y1)]:
            pass
        case ["re", (x0, y0, x1, y1), *_]:
            pass
        case _:
            return None
    return Rect(min(x0, x1), min(y0, y1), abs(x1 - x0), abs(y1 - y0))


def _is_square(rect: Rect) -> bool:
    return all(_SQUARE_PT[0] <= side <= _SQUARE_PT[1] for side in (rect.width, rect.height)) and (
        abs(rect.width - rect.height) <= 3
    )


def _is_framed(rule: Rect, tall: list[Rect]) -> bool:
    """Part of a table or a frame: an upright line touches one of its ends."""
    return any(
        min(abs(line.x - rule.x), abs(line.x - rule.right)) < 2 and line.y - 2 <= rule.y <= line.bottom + 2
        for line in tall
    )


def _left_of(rule: Rect, pieces: list[_Piece]) -> str:
    near = [
        piece
        for piece in pieces
        if -2 <= rule.x - piece.rect.right < 24 and piece.rect.y - 2 <= rule.y <= piece.rect.bottom + 6
    ]
    return max(near, key=lambda piece: piece.rect.right).text if near else ""


def _below(rule: Rect, pieces: list[_Piece]) -> str:
    near = [
        piece
        for piece in pieces
        if 0 <= piece.rect.y - rule.y + 2 < 10 and piece.rect.x < rule.right and piece.rect.right > rule.x
        and piece.rect.width <= rule.width * 1.3
    ]  # fmt: skip
    return min(near, key=lambda piece: piece.rect.y).text if near else ""


def _right_of(square: Rect, pieces: list[_Piece]) -> str:
    near = [
        piece
        for piece in pieces
        if 0 <= piece.rect.x - square.right < 16 and piece.rect.y < square.center.y < piece.rect.bottom
    ]
    return min(near, key=lambda piece: piece.rect.x).text if near else ""


def _covered(place: Rect, pieces: list[_Piece]) -> bool:
    return any(place.overlap(piece.rect) > 2 for piece in pieces)


def _candidate(kind: str, label: str, index: int, rect: Rect, confidence: float) -> FoundField:
    return FoundField(
        Source.DETECTED, kind, label.strip(" :_.…")[:80], index + 1, rect, label=label, confidence=confidence
    )
