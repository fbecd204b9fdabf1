"""Drawings into a file: faces and pictures enter it once, each drawing becomes a form XObject (ISO 32000-2, 8.10)."""

from collections.abc import Mapping, Sequence
from typing import Any

import pymupdf
from pymupdf import mupdf

from app.domain import errors
from app.domain.drawing import Drawing, Picture
from app.domain.geometry import PageGeometry, Rect
from app.glyphs.content import Typeset, content_of
from app.glyphs.shaping import Glyph, face, glyphs_of
from app.glyphs.subset import SYMBOLIC, USUAL_STEM, Subset
from app.pdf.mupdf import archival, objects, pages, writing

Matrix = tuple[float, float, float, float, float, float]

_TURNS: dict[int, tuple[int, int, int, int]] = {
    0: (1, 0, 0, 1),
    90: (0, 1, -1, 0),
    180: (-1, 0, 0, -1),
    270: (0, -1, 1, 0),
}
"""Where right and up, as seen, point in the user space of a page that is shown turned clockwise."""


class Ink:
    """Made with every drawing that will be asked for, because a face is cut once. Raises `GlyphsMissing`."""

    def __init__(self, document: pymupdf.Document, drawings: Sequence[Drawing], pictures: Mapping[str, str]) -> None:
        self._document = document
        self._files = pictures
        self._images: dict[str, tuple[str, tuple[float, float]]] = {}
        self._glyphs: dict[Drawing, list[Sequence[Glyph]]] = {}
        self._subsets: dict[str, Subset] = {}
        for drawing in drawings:
            self._gather(drawing)
        self._fonts = {name: _embed(document, subset) for name, subset in sorted(self._subsets.items())}

    def form(self, drawing: Drawing, rotate: int = 0, part: Rect | None = None) -> str:
        """A reference to the drawing, or to a part of it, upright on a page with this /Rotate."""
        box = part or Rect(0, 0, drawing.width, drawing.height)
        images: dict[str, str] = {}

        def placed(picture: Picture) -> tuple[str, tuple[float, float]]:
            reference, size = self._image(picture)
            name = f"/Im{len(images)}"
            images[name.removeprefix("/")] = reference
            return name, size

        names = {run_face: f"/F{n}" for n, run_face in enumerate(drawing.faces())}
        texts = [
            Typeset(run, glyphs, self._subsets[run.face], names[run.face])
            for run, glyphs in zip(drawing.runs, self._glyphs.get(drawing, []), strict=True)
        ]
        content = content_of(drawing, texts, placed)
        fonts = {name.removeprefix("/"): self._fonts[run_face] for run_face, name in names.items()}
        bounds = (box.x, drawing.height - box.bottom, box.right, drawing.height - box.y)
        entries = {
            "Type": "/XObject",
            "Subtype": "/Form",
            "BBox": writing.numbers(bounds),
            "Matrix": writing.numbers((*_TURNS[rotate], 0, 0)),
            "Resources": writing.dictionary(
                {kind: writing.dictionary(entry) for kind, entry in (("Font", fonts), ("XObject", images)) if entry}
            ),
        }
        return writing.add_stream(self._document, writing.dictionary(entries), content)

    def _gather(self, drawing: Drawing) -> None:
        if drawing not in self._glyphs:
            self._glyphs[drawing] = [glyphs_of(run) for run in drawing.runs]
            for run, glyphs in zip(drawing.runs, self._glyphs[drawing], strict=True):
                self._subsets.setdefault(run.face, Subset(face(run.face))).gather(glyphs)

    def _image(self, picture: Picture) -> tuple[str, tuple[float, float]]:
        if picture.sha256 not in self._images:
            path = self._files.get(picture.sha256)
            if path is None:
                raise errors.FileMissing(path=picture.sha256)
            image = self._read(path)
            made = mupdf.pdf_add_image(objects.native(self._document), image)
            size = (float(image.w()), float(image.h()))
            self._images[picture.sha256] = (writing.reference(made), size)
        return self._images[picture.sha256]

    def _read(self, path: str) -> Any:
        if not archival.claim(self._document).opaque:
            return mupdf.fz_new_image_from_file(path)
        return mupdf.fz_new_image_from_buffer(mupdf.fz_new_buffer_from_copied_data(archival.on_white(path)))


def placing(page: PageGeometry, rect: Rect) -> Matrix:
    """From a drawing's own space (points, y upwards from its lower left corner as seen) to user space."""
    left, bottom, right, top = page.to_pdf(rect)
    a, b, c, d = (turn / page.user_unit for turn in _TURNS[page.rotate])
    origin = {0: (left, bottom), 90: (right, bottom), 180: (right, top), 270: (left, top)}[page.rotate]
    return (a, b, c, d, *origin)


def multiplied(first: Matrix, then: Matrix) -> Matrix:
    """One after the other (ISO 32000-2, 8.3.4)."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def draw_on_page(document: pymupdf.Document, index: int, drawn: Sequence[tuple[str, Matrix]], state: str = "") -> None:
    """Add forms above everything the page has, whatever its own content leaves behind; `state` names a /ExtGState."""
    page = pages.page_object(document, index)
    holder = writing.resources_of(document, page, "XObject")
    operators = []
    for form, matrix in drawn:
        key = f"Paraph{form.split()[0]}"
        writing.put(document, holder, key, form)
        faint = f"/{state} gs " if state else ""
        operators.append(f"q {faint}{' '.join(map(writing.number, matrix))} cm /{key} Do Q")
    contents = objects.get(page, "Contents")
    parts = [writing.reference(part) for part in objects.items(contents)]
    if objects.is_stream(contents):
        parts = [writing.reference(contents)]
    before = writing.add_stream(document, "<<>>", b"q\n")
    after = writing.add_stream(document, "<<>>", ("\nQ\n" + "\n".join(operators)).encode("ascii"))
    writing.put(document, page, "Contents", f"[{' '.join((before, *parts, after))}]")


def _embed(document: pymupdf.Document, subset: Subset) -> str:
    """A composite font with the subset's own numbering (ISO 32000-2, 9.7)."""
    program = subset.cut()
    name, told = writing.name(subset.tagged_name), subset.describing()
    file = writing.add_stream(document, f"<</Length1 {len(program)}>>", program)
    held = writing.add_stream(document, "<<>>", subset.held())
    descriptor = writing.add(
        document,
        f"<</Type/FontDescriptor/FontName{name}/Flags {SYMBOLIC}/FontBBox{writing.numbers(told.box)}"
        f"/ItalicAngle 0/Ascent {told.ascent}/Descent {told.descent}/CapHeight {told.cap_height}"
        f"/StemV {USUAL_STEM}/FontFile2 {file}/CIDSet {held}>>",
    )
    widths = " ".join(f"{code} [{width}]" for code, width in subset.widths())
    descendant = writing.add(
        document,
        f"<</Type/Font/Subtype/CIDFontType2/BaseFont{name}"
        "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
        f"/FontDescriptor {descriptor}/CIDToGIDMap/Identity/DW 0/W[{widths}]>>",
    )
    unicode_map = writing.add_stream(document, "<<>>", subset.to_unicode())
    return writing.add(
        document,
        f"<</Type/Font/Subtype/Type0/BaseFont{name}/Encoding/Identity-H"
        f"/DescendantFonts[{descendant}]/ToUnicode {unicode_map}>>",
    )
