"""A page being drawn upright, and what is asked for on it."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field

import pymupdf

from app.domain.geometry import Rect
from tests.support.forms.vocabulary import Vocabulary

WIDTH, HEIGHT = 595.0, 842.0


@dataclass(frozen=True)
class Truth:
    """A place somebody is asked to fill; a signature may be found anywhere over its line."""

    kind: str
    rect: Rect


@dataclass
class Sheet:
    """Draws from the top down; `y` is where the next thing goes."""

    words: Vocabulary
    rng: random.Random
    font: str = "helv"
    size: float = 10.0
    y: float = 60.0
    document: pymupdf.Document = field(default_factory=pymupdf.open)
    truths: list[Truth] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page = self.document.new_page(width=WIDTH, height=HEIGHT)

    def text(self, x: float, y: float, text: str, size: float | None = None) -> float:
        """Writes a line on a baseline; returns where it ends."""
        self.page.insert_text((x, y), text, fontsize=size or self.size, fontname=self.font)
        return x + self.width(text, size)

    def width(self, text: str, size: float | None = None) -> float:
        return float(pymupdf.get_text_length(text, fontname=self.font, fontsize=size or self.size))

    def line(self, x0: float, x1: float, y: float, **how: object) -> None:
        self.page.draw_line((x0, y), (x1, y), **{"width": 0.6, **how})

    def upright(self, x: float, y0: float, y1: float) -> None:
        self.page.draw_line((x, y0), (x, y1), width=0.6)

    def box(self, rect: Rect, **how: object) -> None:
        place = (rect.x, rect.y, rect.right, rect.bottom)
        self.page.draw_rect(place, **{"width": 0.7, **how})

    def ask(self, kind: str, rect: Rect) -> None:
        self.truths.append(Truth(kind, rect))

    def ask_over(self, kind: str, x0: float, x1: float, y: float) -> None:
        """Something to write on a line; as high as handwriting."""
        self.ask(kind, Rect(x0, y - 14, x1 - x0, 14))

    def title(self) -> None:
        """A heading with a rule of its own beneath."""
        end = self.text(50, self.y, self.words.title, self.size * 1.6)
        if self.rng.random() < 0.5:
            self.line(50, end, self.y + 4)
        else:
            self.line(50, WIDTH - 50, self.y + 10)
        self.y += 40

    def prose(self) -> None:
        for sentence in self.words.prose:
            self.text(50, self.y, sentence, 9)
            self.y += 12
        self.y += 16

    def foot(self) -> None:
        self.line(50, WIDTH - 50, HEIGHT - 50)
        self.text(50, HEIGHT - 38, f"{self.words.title} - 1 / 3", 8)

    def labels(self, count: int) -> Iterator[tuple[str, str]]:
        return iter(self.rng.sample(self.words.labels, count))
