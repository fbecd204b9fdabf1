"""Text to glyphs: HarfBuzz joins, orders and places them; Arabic joins and Devanagari reorders in the sealed page."""

from dataclasses import dataclass
from functools import lru_cache

import uharfbuzz as hb

from app.domain.bidi import visual_pieces
from app.domain.drawing import TextRun
from app.domain.errors import GlyphsMissing
from app.fonts import face_file

_MOST_FACES = 16


@dataclass(frozen=True, slots=True)
class Glyph:
    """One glyph in its face's units. `text` is what it stands for, empty for the later glyphs of a cluster."""

    number: int
    advance: int
    dx: int
    dy: int
    text: str


class Face:
    """A face opened once: its bytes are mapped and its tables read for the life of the process."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.face = hb.Face(hb.Blob.from_file_path(str(face_file(name))))
        self.font = hb.Font(self.face)
        self.units: int = self.face.upem

    def shaped(self, text: str, rightwards: bool) -> list[Glyph]:
        """Left to right as they stand; raises `GlyphsMissing` rather than drawing a box."""
        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.direction = "ltr" if rightwards else "rtl"
        buffer.guess_segment_properties()
        buffer.flags = hb.BufferFlags.REMOVE_DEFAULT_IGNORABLES
        hb.shape(self.font, buffer)
        infos, places = buffer.glyph_infos, buffer.glyph_positions
        missing = [text[info.cluster] for info in infos if info.codepoint == 0]
        if missing:
            raise GlyphsMissing(text=text, characters="".join(dict.fromkeys(missing)))
        texts = _cluster_texts(text, [info.cluster for info in infos])
        return [
            Glyph(info.codepoint, place.x_advance, place.x_offset, place.y_offset, stands_for)
            for info, place, stands_for in zip(infos, places, texts, strict=True)
        ]


@lru_cache(maxsize=_MOST_FACES)
def face(name: str) -> Face:
    return Face(name)


def glyphs_of(run: TextRun) -> list[Glyph]:
    """The run in visual order."""
    of_run = face(run.face)
    return [glyph for piece in visual_pieces(run.text) for glyph in of_run.shaped(piece.text, piece.rightwards)]


def _cluster_texts(text: str, clusters: list[int]) -> list[str]:
    """The characters of each cluster, given to the first glyph that belongs to it."""
    starts = sorted(set(clusters))
    ends = dict(zip(starts, [*starts[1:], len(text)], strict=True))
    told: set[int] = set()
    texts = []
    for cluster in clusters:
        texts.append("" if cluster in told else text[cluster : ends[cluster]])
        told.add(cluster)
    return texts
