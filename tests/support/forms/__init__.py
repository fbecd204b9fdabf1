"""Forms of our own making with the truth about them: six languages, every way of asking, four rotations, three faces.

The same seed gives the same forms. Distractors ask for nothing.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass

import pymupdf

from tests.support.forms.distractors import DISTRACTORS
from tests.support.forms.layouts import LAYOUTS
from tests.support.forms.sheet import Sheet, Truth
from tests.support.forms.vocabulary import VOCABULARIES, Vocabulary

__all__ = ["Form", "Truth", "forms"]

FACES = ("helv", "tiro", "cour")


@dataclass(frozen=True)
class Form:
    """One page; the truth is in points as displayed."""

    name: str
    language: str
    layout: str
    data: bytes
    truths: tuple[Truth, ...]


def forms(seed: int = 7) -> Iterator[Form]:
    """Each layout and each distractor in each language."""
    number = 0
    for words in VOCABULARIES:
        for draw in (*LAYOUTS, *DISTRACTORS):
            yield _form(words, draw, random.Random(f"{seed} {number}"), number)
            number += 1


def _form(words: Vocabulary, draw: object, rng: random.Random, number: int) -> Form:
    face = rng.choice(FACES)
    sheet = Sheet(words, rng, face, 9 if face == "cour" else rng.choice((9, 10, 11)))
    layout = draw.__name__  # type: ignore[attr-defined]
    sheet.title()
    if rng.random() < 0.7:
        sheet.prose()
    draw(sheet)  # type: ignore[operator]
    if rng.random() < 0.5 and sheet.y < 640:
        sheet.prose()
    if layout != "footnotes":
        sheet.foot()
    rotation = (0, 0, 0, 90, 180, 270)[number % 6]
    return Form(f"{words.code}-{layout}", words.code, layout, _turned(sheet, rotation), tuple(sheet.truths))


def _turned(sheet: Sheet, rotation: int) -> bytes:
    """The same sight from a page that is stored turned."""
    if not rotation:
        return bytes(sheet.document.tobytes())
    turned = pymupdf.open()
    width, height = sheet.page.rect.width, sheet.page.rect.height
    page = turned.new_page(width=height if rotation % 180 else width, height=width if rotation % 180 else height)
    page.show_pdf_page(page.rect, sheet.document, 0, rotate=rotation)
    page.set_rotation(rotation)
    return bytes(turned.tobytes())
