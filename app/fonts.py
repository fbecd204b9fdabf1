"""The bundled faces: which file a face name means, how wide its letters are, and which face steps in where one
has no letter.

Advances come from the font's own tables (unhinted), so that screen and PDF agree on where a line ends.
"""

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from fontTools.ttLib import TTFont

from app.domain.drawing import FaceSpan
from app.domain.errors import GlyphsMissing
from app.domain.mark import HANDS
from app.paths import resource

FACES: dict[str, tuple[str, str]] = {
    "sans": ("document", "NotoSans-Regular.ttf"),
    "sans-bold": ("document", "NotoSans-Bold.ttf"),
    "arabic": ("document", "NotoSansArabic-Regular.ttf"),
    "hebrew": ("document", "NotoSansHebrew-Regular.ttf"),
    "devanagari": ("document", "NotoSansDevanagari-Regular.ttf"),
    **{f"hand-{hand}": ("signature", "".join(map(str.capitalize, hand.split("-"))) + "-Regular.ttf") for hand in HANDS},
}
FALLBACKS = ("sans", "arabic", "hebrew", "devanagari")


def face_file(face: str) -> Path:
    """The TrueType file of a face; KeyError for a face that does not exist."""
    return resource("fonts", *FACES[face])


class BundledMetrics:
    """`domain.drawing.Metrics` over the bundled faces."""

    def spans(self, text: str, face: str) -> Sequence[FaceSpan]:
        """Neighbouring characters of one face stay together, so that scripts that join their letters can."""
        return _spans(text, face)

    def ascent(self, face: str) -> float:
        return _face(face).ascent

    def descent(self, face: str) -> float:
        return _face(face).descent


class _Face:
    def __init__(self, name: str) -> None:
        with TTFont(face_file(name), lazy=True) as font:
            self._units: int = font["head"].unitsPerEm
            self._glyphs: dict[int, str] = font.getBestCmap()
            self._advances: dict[str, tuple[int, int]] = dict(font["hmtx"].metrics)
            self.ascent: float = font["hhea"].ascent / self._units
            self.descent: float = -font["hhea"].descent / self._units

    def has(self, character: str) -> bool:
        return ord(character) in self._glyphs

    def em(self, text: str) -> float:
        total: int = sum(self._advances[self._glyphs[ord(c)]][0] for c in text if ord(c) in self._glyphs)
        return total / self._units


@lru_cache(maxsize=len(FACES))
def _face(name: str) -> _Face:
    return _Face(name)


@lru_cache(maxsize=4096)
def _spans(text: str, face: str) -> tuple[FaceSpan, ...]:
    chosen: list[tuple[str, str]] = []
    for character in unicodedata.normalize("NFC", text):
        name = _face_for(character, face, chosen[-1][0] if chosen else face)
        if name is None:
            raise GlyphsMissing(text=text, characters=_missing(text, face))
        if chosen and chosen[-1][0] == name:
            chosen[-1] = (name, chosen[-1][1] + character)
        else:
            chosen.append((name, character))
    return tuple(FaceSpan(name, piece, _face(name).em(piece)) for name, piece in chosen)


def _face_for(character: str, face: str, previous: str) -> str | None:
    # Some faces have a glyph for NUL or a carriage return; neither is anything to be seen.
    if unicodedata.category(character) == "Cc":
        return None
    # Blanks and joiners stay with their neighbours, or every Arabic word would be cut in two.
    if unicodedata.category(character) in ("Zs", "Cf", "Mn") and _face(previous).has(character):
        return previous
    return next((name for name in (face, *FALLBACKS) if _face(name).has(character)), None)


def _missing(text: str, face: str) -> str:
    return "".join(dict.fromkeys(c for c in text if _face_for(c, face, face) is None))
