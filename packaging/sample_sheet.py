"""Setting type on a page for the sample documents: lines, paragraphs, rulings, and the spots where fields go."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pymupdf

A4 = (595.28, 841.89)
INK, SOFT, RULE = (0.09, 0.1, 0.13), (0.38, 0.4, 0.45), (0.72, 0.73, 0.76)
FONTS = Path(__file__).resolve().parents[1] / "resources" / "fonts" / "ui"
FILES = {"regular": FONTS / "Inter-Regular.ttf", "bold": FONTS / "Inter-SemiBold.ttf"}
FACES = {name: pymupdf.Font(fontfile=str(file)) for name, file in FILES.items()}


@dataclass(frozen=True)
class Spot:
    """Where a field of the envelope goes: points from the top-left corner of the page as displayed."""

    type: str
    recipient: str
    page: int
    x: float
    y: float
    width: float
    height: float
    label: str
    more: Mapping[str, object] = field(default_factory=dict)


class Sheet:
    """One page being set. `y` is where the next thing begins; `spots` collects the fields as they are drawn."""

    def __init__(self, document: pymupdf.Document, number: int, margin: float = 64) -> None:
        self.page = document.new_page(width=A4[0], height=A4[1])
        for name, file in FILES.items():
            self.page.insert_font(fontname=name, fontfile=str(file))
        self.number = number
        self.left, self.right, self.y = margin, A4[0] - margin, margin
        self.spots: list[Spot] = []

    def text(
        self, x: float, y: float, words: str, size: float = 10.3, face: str = "regular", ink: tuple = INK
    ) -> float:
        """One line on baseline `y`; returns where it ends."""
        self.page.insert_text((x, y), words, fontname=face, fontsize=size, color=ink)
        return x + FACES[face].text_length(words, size)

    def ends_at(
        self, x: float, y: float, words: str, size: float = 10.3, face: str = "regular", ink: tuple = INK
    ) -> None:
        self.text(x - FACES[face].text_length(words, size), y, words, size, face, ink)

    def paragraph(self, words: str, x: float, width: float, size: float = 10.3, leading: float = 15.8) -> None:
        for line in wrapped(words, width, size):
            self.y += leading
            self.text(x, self.y, line, size)

    def heading(self, number: str, words: str) -> None:
        self.y += 29
        self.text(self.left, self.y, number, 11.2, "bold")
        self.text(self.left + 28, self.y, words, 11.2, "bold")
        self.y += 1.5

    def clause(self, number: str, words: str) -> None:
        self.y += 5
        self.text(self.left, self.y + 15.8, number, ink=SOFT)
        self.paragraph(words, self.left + 28, self.right - self.left - 28)

    def rule(
        self, y: float, x0: float | None = None, x1: float | None = None, width: float = 0.6, ink: tuple = RULE
    ) -> None:
        start, end = self.left if x0 is None else x0, self.right if x1 is None else x1
        self.page.draw_line((start, y), (end, y), color=ink, width=width)

    def blank(self, caption: str, x0: float, x1: float, y: float) -> None:
        """A line to write on, its caption below."""
        self.rule(y, x0, x1, 0.7, SOFT)
        self.text(x0, y + 11, caption, 7.6, ink=SOFT)

    def spot(
        self, kind: str, recipient: str, box: tuple[float, float, float, float], label: str, **more: object
    ) -> None:
        """`box`: x, y, width, height."""
        self.spots.append(Spot(kind, recipient, self.number, *(round(side, 2) for side in box), label, more))


def wrapped(words: str, width: float, size: float, face: str = "regular") -> Iterator[str]:
    line = ""
    for word in words.split():
        longer = f"{line} {word}".strip()
        if line and FACES[face].text_length(longer, size) > width:
            yield line
            longer = word
        line = longer
    yield line
