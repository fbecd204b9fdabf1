"""Signature fields for a document that came in already signed: by an increment, and only where its signers allow it."""

from collections.abc import Sequence
from pathlib import Path

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, append_signature_field

from app.domain import errors
from app.domain.geometry import PageGeometry, Rect
from app.sealing.form import form_of, geometry_of
from app.sealing.opening import (
    forbid_new_fields,
    parsed,
    permissions_in,
    read_strictly,
    revision_of,
)
from app.sealing.publishing import copy, replacing
from app.sealing.rechecking import check_earlier
from app.sealing.request import EmptyField

_PRINT = 4
_LOCKED = 128


def add_fields(source: Path, out: Path, fields: Sequence[EmptyField]) -> None:
    """Fields that are there already are left as they are; every earlier signature is checked before `out` appears."""
    path = str(source)
    with replacing(out) as draft:
        copy(source, draft)
        signatures = _extend(draft, path, fields)
        check_earlier(draft, path, signatures)


def _extend(draft: Path, path: str, fields: Sequence[EmptyField]) -> int:
    """The number of signatures in the file."""
    with draft.open("r+b") as stream:
        reader = read_strictly(stream, path)
        writer = revision_of(reader, path)
        earlier = parsed(path, lambda: permissions_in(reader, stream))
        present = parsed(path, lambda: form_of(writer))
        new = [field for field in fields if field.pdf_name not in present]
        if new:
            forbid_new_fields(path, earlier, [field.pdf_name for field in new])
            parsed(path, lambda: _append_all(writer, new, path))
    return len(earlier)


def _append_all(writer: IncrementalPdfFileWriter, fields: Sequence[EmptyField], path: str) -> None:
    for field in fields:
        append_field(writer, field, path)
    writer.write_in_place()


def append_field(writer: IncrementalPdfFileWriter, field: EmptyField, path: str) -> None:
    """Into the open revision. Raises `PageOutOfRange`."""
    pages = int(writer.root["/Pages"]["/Count"])
    if not 1 <= field.page <= pages:
        raise errors.PageOutOfRange(path=path, page=field.page, pages=pages)
    page = writer.find_page_for_modification(field.page - 1)[0].get_object()
    geometry = geometry_of(page)
    append_signature_field(writer, SigFieldSpec(field.pdf_name, on_page=field.page - 1))
    if field.rect:
        _show(form_of(writer)[field.pdf_name].widgets[0], geometry, field.rect)


def _show(widget: generic.DictionaryObject, geometry: PageGeometry, rect: Rect) -> None:
    """pyHanko takes whole numbers for a box; a displayed one has fractions. /MK /R keeps a placeholder upright."""
    edges = (round(edge, 4) for edge in geometry.to_pdf(rect))
    widget[pdf_name("/Rect")] = generic.ArrayObject(map(generic.FloatObject, edges))
    widget[pdf_name("/F")] = generic.NumberObject(_PRINT | _LOCKED)
    if geometry.rotate % 360:
        turn = generic.NumberObject(geometry.rotate % 360)
        widget[pdf_name("/MK")] = generic.DictionaryObject({pdf_name("/R"): turn})
