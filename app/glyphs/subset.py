"""The part of a face that a file needs: its glyphs cut out, renumbered, with widths and the texts they stand for."""

import hashlib
import string
import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

import uharfbuzz as hb

from app.glyphs.shaping import Face, Glyph

SYMBOLIC: Final = 4
USUAL_STEM: Final = 80
NOT_NEEDED: Final = tuple(
    int.from_bytes(tag)
    for tag in (b"GSUB", b"GPOS", b"GDEF", b"BASE", b"JSTF", b"MATH", b"DSIG", b"STAT", b"HVAR", b"MVAR", b"avar",
                b"kern", b"gasp")
)  # fmt: skip
_MOST_MAPPINGS: Final = 100
"""Entries in one bfchar section (Adobe Technical Note 5014)."""


@dataclass(frozen=True, slots=True)
class Describing:
    """A font descriptor's numbers in thousandths of an em (ISO 32000-2, table 120)."""

    box: tuple[int, int, int, int]
    ascent: int
    descent: int
    cap_height: int


@dataclass
class Subset:
    """The glyphs of one face, gathered from all drawings first and cut once."""

    face: Face
    texts: dict[int, str] = field(default_factory=dict)
    numbers: Mapping[int, int] = field(default_factory=dict)
    """Glyph in the face → code in content streams; fixed by `cut`."""

    def gather(self, glyphs: Iterable[Glyph]) -> None:
        for glyph in glyphs:
            self.texts[glyph.number] = self.texts.get(glyph.number) or glyph.text

    def width(self, glyph: int) -> float:
        """Thousandths of an em, as /W wants."""
        return float(self.face.font.get_glyph_h_advance(glyph)) * 1000 / self.face.units

    def cut(self) -> bytes:
        """The TrueType program of these glyphs."""
        wanted = hb.SubsetInput()
        wanted.glyph_set.update(sorted(self.texts))
        wanted.flags = hb.SubsetFlags.NO_LAYOUT_CLOSURE
        wanted.drop_table_tag_set.update(NOT_NEEDED)
        if self.face.face.has_var_data:
            wanted.pin_all_axes_to_default(self.face.face)
        plan = hb.SubsetPlan(self.face.face, wanted)
        program = bytes(plan.execute().blob.data)
        self.numbers = dict(plan.old_to_new_glyph_mapping)
        return program

    def widths(self) -> list[tuple[int, int]]:
        """(code, width) in the order of codes."""
        return sorted((self.numbers[glyph], round(self.width(glyph))) for glyph in self.texts)

    def held(self) -> bytes:
        """A bit for each code the program has, the highest first (ISO 32000-1, table 124): PDF/A-1 asks for it."""
        bits = bytearray(max(self.numbers.values()) // 8 + 1)
        for code in self.numbers.values():
            bits[code // 8] |= 0x80 >> code % 8
        return bytes(bits)

    @property
    def tagged_name(self) -> str:
        """Six letters that depend on the choice of glyphs, then the face (ISO 32000-2, 9.9.2)."""
        digest = hashlib.sha256(f"{self.face.name}{sorted(self.texts)}".encode()).digest()
        tag = "".join(string.ascii_uppercase[byte % 26] for byte in digest[:6])
        return f"{tag}+Paraph-{self.face.name}"

    def describing(self) -> Describing:
        extents, em = self.face.font.get_font_extents("ltr"), 1000 / self.face.units
        left, bottom, right, top = (
            round(edge * em) for edge in struct.unpack(">4h", self.face.face.reference_table("head").data[36:44])
        )
        ascent, descent = round(extents.ascender * em), round(extents.descender * em)
        return Describing((left, bottom, right, top), ascent, descent, round(ascent * 0.7))

    def to_unicode(self) -> bytes:
        """A CMap from codes to UTF-16 (ISO 32000-2, 9.10.3), so that the text can be searched and copied."""
        texts = {self.numbers[glyph]: text for glyph, text in self.texts.items() if text}
        lines = [
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
            "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
            "1 begincodespacerange <0000> <FFFF> endcodespacerange",
        ]
        entries = [f"<{code:04X}> <{text.encode('utf-16-be').hex().upper()}>" for code, text in sorted(texts.items())]
        for start in range(0, len(entries), _MOST_MAPPINGS):
            part = entries[start : start + _MOST_MAPPINGS]
            lines += [f"{len(part)} beginbfchar", *part, "endbfchar"]
        lines.append("endcmap CMapName currentdict /CMap defineresource pop end end")
        return "\n".join(lines).encode("ascii")
