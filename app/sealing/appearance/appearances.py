"""The appearances of one revision: gathered first, so that each face and each picture enters the file once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.writer import BasePdfFileWriter

from app.domain import errors
from app.domain.drawing import Drawing, Picture
from app.domain.ids import Sha256
from app.glyphs.content import Typeset, content_of
from app.glyphs.shaping import Glyph, face, glyphs_of
from app.glyphs.subset import Subset
from app.sealing.appearance.embedding import embed
from app.sealing.appearance.pictures import Placed, place
from app.sealing.archival import colour_spaces

_UPRIGHT: Final = {
    0: (1, 0, 0, 1),
    90: (0, 1, -1, 0),
    180: (-1, 0, 0, -1),
    270: (0, -1, 1, 0),
}
"""What turns a form back when its page is shown turned clockwise; the widget's rectangle does the moving (12.5.5)."""


@dataclass(frozen=True, slots=True)
class _Font:
    subset: Subset
    name: str
    reference: generic.IndirectObject


class Appearances:
    """Create with all drawings of a revision, then ask for the form XObject of each. Raises `GlyphsMissing`."""

    def __init__(self, drawings: Sequence[Drawing], pictures: Mapping[Sha256, Path], writer: BasePdfFileWriter) -> None:
        self._writer = writer
        self._files = pictures
        self._placed: dict[Sha256, Placed] = {}
        self._glyphs: dict[Drawing, list[Sequence[Glyph]]] = {}
        self._fonts = self._embedded(drawings)
        self._spaces = colour_spaces(writer)

    def form(self, drawing: Drawing, rotate: int) -> generic.IndirectObject:
        """A form XObject that stands upright in a widget on a page with this /Rotate."""
        names: dict[str, generic.IndirectObject] = {}

        def placed(picture: Picture) -> tuple[str, tuple[float, float]]:
            found = self._place(picture)
            name = f"/Im{len(names)}"
            names[name] = found.image
            return name, found.size

        texts = [
            Typeset(run, glyphs, self._fonts[run.face].subset, self._fonts[run.face].name)
            for run, glyphs in zip(drawing.runs, self._glyphs[drawing], strict=True)
        ]
        content = content_of(drawing, texts, placed)
        stream = generic.StreamObject(
            {
                pdf_name("/Type"): pdf_name("/XObject"),
                pdf_name("/Subtype"): pdf_name("/Form"),
                pdf_name("/BBox"): _numbers(0, 0, drawing.width, drawing.height),
                pdf_name("/Matrix"): _numbers(*_UPRIGHT[rotate % 360], 0, 0),
                pdf_name("/Resources"): self._resources(drawing, names),
            },
            stream_data=content,
        )
        stream.compress()
        return self._writer.add_object(stream)

    def _embedded(self, drawings: Sequence[Drawing]) -> dict[str, _Font]:
        subsets: dict[str, Subset] = {}
        for drawing in drawings:
            shaped = [glyphs_of(run) for run in drawing.runs]
            self._glyphs[drawing] = [*shaped]
            for run, glyphs in zip(drawing.runs, shaped, strict=True):
                subsets.setdefault(run.face, Subset(face(run.face))).gather(glyphs)
        return {
            name: _Font(subset, f"/F{number}", embed(subset, self._writer))
            for number, (name, subset) in enumerate(subsets.items())
        }

    def _place(self, picture: Picture) -> Placed:
        if picture.sha256 not in self._files:
            raise errors.FileMissing(path=picture.sha256)
        if picture.sha256 not in self._placed:
            self._placed[picture.sha256] = place(self._files[picture.sha256], self._writer)
        return self._placed[picture.sha256]

    def _resources(self, drawing: Drawing, images: Mapping[str, generic.IndirectObject]) -> generic.DictionaryObject:
        fonts = {self._fonts[name].name: self._fonts[name].reference for name in drawing.faces()}
        resources = generic.DictionaryObject()
        for category, entries in (("/Font", fonts), ("/XObject", images), ("/ColorSpace", self._spaces)):
            if entries:
                resources[pdf_name(category)] = generic.DictionaryObject(
                    {pdf_name(key): entry for key, entry in entries.items()}
                )
        return resources


def _numbers(*values: float) -> generic.ArrayObject:
    return generic.ArrayObject(generic.FloatObject(round(value, 4)) for value in values)
