"""What sheets for people are put together from: one look for the certificate of completion and the report."""

from collections.abc import Sequence
from typing import Final

from app.domain.drawing import Colour
from app.domain.geometry import Rect
from app.pdf.sheet import INNER_PT, MARGIN_PT, WIDTH_PT, Sheets, Type

BLUE: Final = Colour(27, 54, 133)
BLACK: Final = Colour(24, 27, 34)
GREY: Final = Colour(92, 98, 112)
PALE: Final = Colour(244, 245, 248)
LINE: Final = Colour(212, 215, 223)
GREEN: Final = Colour(20, 108, 67)
GREEN_PALE: Final = Colour(226, 243, 233)

TITLE: Final = Type(21, "sans-bold", BLUE)
SUBJECT: Final = Type(12.5, "sans", BLACK)
HEADING: Final = Type(12, "sans-bold", BLACK)
STRONG: Final = Type(9.6, "sans-bold", BLACK)
BODY: Final = Type(9, "sans", BLACK)
LABEL: Final = Type(8, "sans", GREY)
SMALL: Final = Type(7.6, "sans", BLACK)
FOOT: Final = Type(7.5, "sans", GREY)
STATUS: Final = Type(9, "sans-bold", GREEN)

LABELS: Final = 118.0
RIGHT: Final = WIDTH_PT - MARGIN_PT

TONES: Final = {
    "good": (GREEN, GREEN_PALE),
    "warn": (Colour(122, 78, 0), Colour(253, 240, 214)),
    "bad": (Colour(158, 28, 28), Colour(251, 228, 226)),
}
"""Ink and ground of a state, on paper."""


def heading(sheets: Sheets, words: str) -> None:
    """Over a part, with a line below."""
    sheets.need(70)
    sheets.skip(14)
    sheets.text(words, MARGIN_PT, HEADING)
    sheets.skip(HEADING.step + 1)
    sheets.rule(LINE)
    sheets.skip(8)


def pill(sheets: Sheets, words: str, tone: str = "good") -> None:
    """A state in a word at the right edge of the line."""
    ink, ground = TONES[tone]
    kind = Type(STATUS.size, STATUS.face, ink)
    width = sheets.width_of(words, kind) + 16
    sheets.skip(5)
    sheets.box(Rect(RIGHT - width, sheets.y - 2, width, 17), ground, 8.5)
    sheets.skip(1.5)
    sheets.text(words, RIGHT - 8, kind, right=True)
    sheets.skip(-6.5)


def pair(sheets: Sheets, label: str, words: str, x: float, kind: Type = BODY) -> None:
    """A grey label and its text beside it, wrapped in its own column."""
    sheets.need(BODY.step)
    labels = sheets.lines(label, LABELS - 10, LABEL)
    texts = sheets.lines(words, RIGHT - x - LABELS, kind)
    for n in range(max(len(labels), len(texts))):
        sheets.need(BODY.step)
        sheets.skip(0.8)
        if n < len(labels):
            sheets.text(labels[n], x, LABEL)
        sheets.skip(-0.8)
        if n < len(texts):
            sheets.text(texts[n], x + LABELS, kind)
        sheets.skip(BODY.step)


def checks(sheets: Sheets, title: str, commands: Sequence[str]) -> None:
    """Commands in a box, to be copied by hand."""
    wrapped = [part for check in commands for part in sheets.lines(check, INNER_PT - 20, SMALL)]
    height = len(wrapped) * SMALL.step + 12
    sheets.need(height + 30)
    sheets.skip(6)
    sheets.text(title, MARGIN_PT, STRONG)
    sheets.skip(STRONG.step + 2)
    sheets.box(Rect(MARGIN_PT, sheets.y, INNER_PT, height), PALE, 4)
    sheets.skip(6)
    for part in wrapped:
        sheets.text(part, MARGIN_PT + 10, SMALL, code=True)
        sheets.skip(SMALL.step)
    sheets.skip(6)
