"""The bundled faces: which file a face name means, how wide its letters are, and which face steps in where one
has no letter.

Advances are unhinted and shaped, so that screen and PDF agree on where a line ends.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import uharfbuzz as hb

from app.domain.bidi import turned, visual_pieces
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
        """From left to right as they are seen, each with its text in logical order. Neighbouring characters of one face
        and direction stay together, so that scripts that join their letters can.
        """
        return _spans(text, face)

    def ascent(self, face: str) -> float:
        return _face(face).ascent

    def descent(self, face: str) -> float:
        return _face(face).descent


class _Face:
    """A face as HarfBuzz sees it: `app.glyphs` sets text with the same shaper, so that a line ends where it was
    measured to end, kerned and joined.
    """

    def __init__(self, name: str) -> None:
        face = hb.Face(hb.Blob.from_file_path(str(face_file(name))))
        self._font, self._units = hb.Font(face), face.upem
        extents = self._font.get_font_extents("ltr")
        self.ascent: float = extents.ascender / self._units
        self.descent: float = -extents.descender / self._units

    def has(self, character: str) -> bool:
        return self._font.get_nominal_glyph(ord(character)) is not None

    def em(self, text: str) -> float:
        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        hb.shape(self._font, buffer)
        advances = [int(place.x_advance) for place in buffer.glyph_positions]
        return float(sum(advances) / self._units)


@lru_cache(maxsize=len(FACES))
def _face(name: str) -> _Face:
    return _Face(name)


def forget_texts() -> None:
    """Names that were measured are in no cache any more."""
    _spans.cache_clear()


@lru_cache(maxsize=4096)
def _spans(text: str, face: str) -> tuple[FaceSpan, ...]:
    composed = unicodedata.normalize("NFC", text)
    missing = _missing(composed, face)
    if missing:
        raise GlyphsMissing(text=text, characters=missing)
    found: list[FaceSpan] = []
    for piece in visual_pieces(composed):
        spans = _of_one_direction(piece.text, face)
        found += spans if piece.rightwards else [replace(one, text=turned(one.text)) for one in reversed(spans)]
    return tuple(found)


def _of_one_direction(text: str, face: str) -> list[FaceSpan]:
    chosen: list[tuple[str, str]] = []
    for character in text:
        name = _face_for(character, face, chosen[-1][0] if chosen else face) or face
        if chosen and chosen[-1][0] == name:
            chosen[-1] = (name, chosen[-1][1] + character)
        else:
            chosen.append((name, character))
    return [FaceSpan(name, piece, _face(name).em(piece)) for name, piece in chosen]


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
