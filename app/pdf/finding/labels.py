"""Which words near a place are its label. A label is short, stands close, and says a kind or ends with a colon."""

import re
from typing import Final

from app.domain.geometry import Rect
from app.pdf.finding.writing import Writing
from app.pdf.printed import Piece, Ruling

_MOST_WORDS: Final = 8
_NUMBERING: Final = re.compile(r"^\s*(?:\(?\d{1,2}[.)]|\(?[a-z][.)]|[•\-–*])\s*")
_FILLED: Final = re.compile(r"\d{2,}|@|www\.|[.!?;]\s+\w")
_FRINGE: Final = " :：_.…*\u00a0\t-–"
_CROSS: Final = re.compile(r"^[xX×✗]\s*:?$")
_ASKS: Final = re.compile(r"[:：]\s*(?:\([^)]*\))?\s*\*?\s*$")


def kind_for(writing: Writing, label: str) -> str | None:
    """The kind a label asks for; text where it only ends with a colon; None where it is no label."""
    bare = clean(label)
    if not bare or _FILLED.search(bare) or len(bare.split()) > _MOST_WORDS:
        return None
    if _CROSS.match(label.strip()):
        return "signature"
    return writing.kind(bare) or ("text" if _ASKS.search(label) and len(bare.split()) <= 5 else None)


def is_known(writing: Writing, label: str) -> bool:
    """A word of it says the kind; the colon alone does not count."""
    bare = clean(label)
    return bool(bare) and not _FILLED.search(bare) and len(bare.split()) <= _MOST_WORDS and bool(writing.kind(bare))


def clean(label: str) -> str:
    """Without numbering, colon and stars, and without brackets that hold all of it."""
    bare = _NUMBERING.sub("", label).strip(_FRINGE)
    return bare.strip("()[]").strip(_FRINGE) if bare[:1] in "([" or bare.count("(") != bare.count(")") else bare


def left_of(writing: Writing, place: Rect, reach: float = 28.0) -> Piece | None:
    """The nearest words that end before the place, on its height."""
    near = [
        piece
        for piece in writing.pieces
        if -6 <= place.x - piece.rect.right < reach and piece.rect.y - 2 <= place.center.y <= piece.rect.bottom + 6
    ]
    return max(near, key=lambda piece: piece.rect.right, default=None)


def right_of(writing: Writing, place: Rect, reach: float = 18.0) -> Piece | None:
    near = [
        piece
        for piece in writing.pieces
        if -1 <= piece.rect.x - place.right < reach and piece.rect.y - 2 < place.center.y < piece.rect.bottom + 2
    ]
    return min(near, key=lambda piece: piece.rect.x, default=None)


def under(writing: Writing, rule: Ruling, reach: float = 11.0) -> Piece | None:
    """Words just below a rule, within its length."""
    near = [
        piece
        for piece in writing.pieces
        if -2 <= piece.rect.y - rule.at < reach
        and piece.rect.x >= rule.start - 6
        and piece.rect.right <= rule.end + 0.3 * rule.length + 4
        and piece.rect.x < rule.end
    ]
    return min(near, key=lambda piece: (round(piece.rect.y), piece.rect.x), default=None)


def over(writing: Writing, rule: Ruling, least: float, most: float) -> Piece | None:
    """Words above a rule or box, aligned with its left end or its middle."""
    near = [
        piece
        for piece in writing.pieces
        if least <= rule.at - piece.rect.bottom <= most
        and piece.rect.right <= rule.end + 12
        and (abs(piece.rect.x - rule.start) < 9 or abs(piece.rect.center.x - (rule.start + rule.end) / 2) < 6)
    ]
    return max(near, key=lambda piece: piece.rect.bottom, default=None)
