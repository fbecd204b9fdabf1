"""Rows of underscores or dots, and ruled lines that stand alone."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from app.domain.geometry import Rect
from app.pdf.finding import labels
from app.pdf.finding.place import Place
from app.pdf.finding.writing import Blank, Writing
from app.pdf.printed import Piece, Printed, Ruling

_LONG_PT: Final = (36.0, 460.0)
_BLANK_PT: Final = 22.0
_HEIGHTS: Final = {"signature": 36.0, "initials": 24.0}
_HEIGHT: Final = 18.0
_LEAST_ROOM_PT: Final = 9.0
_TOUCH_PT: Final = 4.0
_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_PAGE_NUMBER: Final = re.compile(
    r"(?:page|seite|página|pagina|pag\.|p\.|of|von|de|di|no\.|nr\.|rev\.?)\s*$", re.IGNORECASE
)


def on_blanks(writing: Writing) -> Iterator[Place]:
    for blank in writing.blanks:
        if blank.rect.width >= _BLANK_PT:
            place = _on_blank(writing, blank)
            if place is not None:
                yield place


def on_rulings(page: Printed, writing: Writing) -> Iterator[Place]:
    """A line with a label left of it, right below it, or over it, and nothing written on it."""
    for rule in page.levels:
        if _LONG_PT[0] <= rule.length <= _LONG_PT[1] and not _is_framed(rule, page.uprights):
            place = _on_ruling(page, writing, rule)
            if place is not None:
                yield place


def _on_blank(writing: Writing, blank: Blank) -> Place | None:
    """Underscores are there to be written on: where no label is known, the words before them name a text."""
    rule, before = blank.rule, blank.before
    if before and _PAGE_NUMBER.search(before.text) and len(before.text) < 12 and rule.length < 60:
        return None
    left = before if before and before.rect.right > rule.start - 40 else None
    after = blank.after if blank.after and blank.after.rect.x < rule.end + 14 else None
    chosen = _chosen(writing, rule, left, after)
    if chosen is None and left is not None and blank.plain and _WORD.search(left.text):
        words = left.text.split()
        tail = " ".join(words[-3:])
        chosen = tail, labels.kind_for(writing, tail) or "text", 0.6
    return _place(writing, rule, chosen) if chosen else None


def _on_ruling(page: Printed, writing: Writing, rule: Ruling) -> Place | None:
    inner = Rect(rule.start + _TOUCH_PT, rule.at - 8, rule.length - 2 * _TOUCH_PT, 7.5)
    if writing.covers(inner):
        return None
    line = Rect(rule.start, rule.at - 1, rule.length, 1)
    chosen = _chosen(writing, rule, labels.left_of(writing, line), labels.right_of(writing, line, 10))
    if chosen is None and rule.length < 0.66 * page.size.width:
        above = labels.over(writing, rule, 9.0, 42.0)
        if above is not None and labels.is_known(writing, above.text) and len(above.text.split()) <= 5:
            chosen = above.text, labels.kind_for(writing, above.text) or "text", 0.7
    return _place(writing, rule, chosen) if chosen else None


def _chosen(writing: Writing, rule: Ruling, left: Piece | None, right: Piece | None) -> tuple[str, str, float] | None:
    """Label, kind and confidence: a known word wins over a colon, left over below; behind, only in parentheses."""
    below = labels.under(writing, rule)
    known_below = below is not None and labels.is_known(writing, below.text) and not below.text.rstrip().endswith(":")
    kind = labels.kind_for(writing, left.text) if left else None
    if left and kind and (labels.is_known(writing, left.text) or kind == "signature") and not _is_cross(left, below):
        return left.text, kind, 0.9
    if below and known_below:
        return below.text, labels.kind_for(writing, below.text) or "text", 0.85
    if left and kind:
        return left.text, kind, 0.75
    if right and right.text.startswith("(") and labels.is_known(writing, right.text):
        return right.text, labels.kind_for(writing, right.text) or "text", 0.8
    return None


def _is_cross(left: Piece, below: Piece | None) -> bool:
    """An X before a line says that one signs there, unless the words below say it better."""
    return left.text.strip(" :").lower() == "x" and below is not None


def _place(writing: Writing, rule: Ruling, chosen: tuple[str, str, float]) -> Place | None:
    label, kind, confidence = chosen
    height = writing.room_above(rule, _HEIGHTS.get(kind, _HEIGHT))
    if height < _LEAST_ROOM_PT:
        return None
    return Place(kind, label, Rect(rule.start, rule.at - height, rule.length, height), confidence)


def _is_framed(rule: Ruling, uprights: Sequence[Ruling]) -> bool:
    """Part of a table or a frame: an upright line touches it."""
    return any(
        rule.start - 2 <= line.at <= rule.end + 2 and line.start - 2 <= rule.at <= line.end + 2 and line.length > 4
        for line in uprights
    )
