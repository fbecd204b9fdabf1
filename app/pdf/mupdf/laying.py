"""Freezing a document: one full save in which every field it will ever have is laid."""

from collections.abc import Iterator, Mapping, Sequence

import pymupdf

from app.domain import errors
from app.domain.drawing import Drawing
from app.domain.fields.base import FormType
from app.domain.geometry import PageGeometry, Rect
from app.pdf.laid import NOWHERE, LaidDocument, LaidField, Placed
from app.pdf.mupdf import inspecting, objects, pages, writing
from app.pdf.mupdf.acroform import prepare_form
from app.pdf.mupdf.fields import fields_of
from app.pdf.mupdf.inking import Ink, draw_on_page, placing
from app.pdf.mupdf.quieting import quiet
from app.pdf.mupdf.saving import save
from app.pdf.mupdf.widgets import Widgets


def lay(
    document: pymupdf.Document,
    path: str,
    out: str,
    fields: Sequence[LaidField],
    replaced: Sequence[str],
    pictures: Mapping[str, str],
) -> LaidDocument:
    """See `Maker.lay`."""
    require_free(document, path)
    geometries = _geometries(document, path, {field.page for field in fields})
    quiet(document)
    forms = [field for field in fields if field.form is not FormType.NONE]
    renamed = prepare_form(document, {field.name for field in forms}, replaced)
    ink = Ink(document, [drawing for field in fields for drawing in _drawings(field)], pictures)
    widgets = Widgets(document, ink)
    roots = [widgets.lay(field, geometries[field.page]) for field in forms]
    writing.push(document, objects.get(objects.catalog(document), "AcroForm"), "Fields", roots)
    _draw(document, ink, geometries, list(_notes(fields)))
    return save(document, out, renamed=renamed)


def stamp(
    document: pymupdf.Document, path: str, out: str, drawings: Sequence[Placed], pictures: Mapping[str, str]
) -> LaidDocument:
    """See `Maker.stamp_drawings`."""
    require_free(document, path)
    geometries = _geometries(document, path, {placed.page for placed in drawings})
    ink = Ink(document, [placed.drawing for placed in drawings], pictures)
    _draw(document, ink, geometries, drawings)
    return save(document, out)


def normalise(document: pymupdf.Document, path: str, out: str) -> LaidDocument:
    """See `Maker.normalise`."""
    require_free(document, path)
    quiet(document)
    return save(document, out, garbage=3)


def require_free(document: pymupdf.Document, path: str) -> None:
    """Raise unless the file may be rewritten: not signed, and its owner allows some change."""
    signed = sum(field.is_signed for field in fields_of(document))
    if signed or inspecting.has_byte_range(path):
        raise errors.AlreadySigned(path=path, signatures=signed)
    found = inspecting.permissions(document)
    if not found.may_sign:
        raise errors.SigningForbidden(path=path, by="permissions")


def _geometries(document: pymupdf.Document, path: str, wanted: set[int]) -> dict[int, PageGeometry]:
    return {page: pages.geometry(document, pages.require(document, path, page)) for page in wanted}


def _drawings(field: LaidField) -> Iterator[Drawing]:
    yield from field.drawings.values()


def _notes(fields: Sequence[LaidField]) -> Iterator[Placed]:
    for field in fields:
        if field.form is FormType.NONE and field.rect != NOWHERE:
            yield from (Placed(field.page, field.rect, drawing) for drawing in field.drawings.values())


def _draw(
    document: pymupdf.Document,
    ink: Ink,
    geometries: Mapping[int, PageGeometry],
    drawings: Sequence[Placed],
) -> None:
    by_page: dict[int, list[Placed]] = {}
    for placed in drawings:
        if not placed.drawing.empty:
            by_page.setdefault(placed.page, []).append(placed)
    for page, on_page in sorted(by_page.items()):
        drawn = [(ink.form(placed.drawing), placing(geometries[page], _true_size(placed))) for placed in on_page]
        draw_on_page(document, page - 1, drawn)


def _true_size(placed: Placed) -> Rect:
    """Where the drawing stands at its own size: from the rectangle's top-left corner."""
    return Rect(placed.rect.x, placed.rect.y, placed.drawing.width, placed.drawing.height)
