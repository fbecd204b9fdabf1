"""The form of a document by name (ISO 32000-1, 12.7.3): each field with its widgets and what it inherits."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.rw_common import PdfHandler

from app.domain import errors
from app.domain.geometry import PageGeometry

_DEEPEST = 32
_HINT_BYTES = 1024
_LETTER = (0.0, 0.0, 612.0, 792.0)
"""What viewers take when a page tells no size."""


@dataclass(frozen=True, slots=True)
class FormEntry:
    """A terminal field. `widgets` are its annotations; the field itself, when the two are merged."""

    name: str
    field: generic.DictionaryObject
    widgets: tuple[generic.DictionaryObject, ...]
    kind: str

    @property
    def filled(self) -> bool:
        return item(self.field, "/V") is not None


def form_of(document: PdfHandler, wanted: Collection[str] | None = None) -> dict[str, FormEntry]:
    """Terminal fields by their full names; the first of a name wins, as viewers do.

    With `wanted`, those that are likely to bear such a name are read first, and the search ends when a field of each
    name, or fields below it, were met: a long form is not read for the sake of one field.
    """
    form = item(document.root, "/AcroForm")
    fields = item(form, "/Fields") if isinstance(form, generic.DictionaryObject) else None
    found: dict[str, FormEntry] = {}
    missing = set(wanted or ())
    kids = fields if isinstance(fields, generic.ArrayObject) else ()
    for kid in _likely_first(document, kids, missing):
        entries = list(_entries([kid], "", "", _DEEPEST))
        for entry in entries:
            found.setdefault(entry.name, entry)
        missing -= {name for name in missing for entry in entries if f"{entry.name}.".startswith(f"{name}.")}
        if wanted is not None and not missing:
            break
    return found


def _likely_first(document: PdfHandler, kids: Collection[generic.PdfObject], wanted: Collection[str]) -> Iterator[Any]:
    """The fields in whose octets a wanted name can be read, then the others: reading one octet by octet takes a hundred
    times as long as looking for a name in it.
    """
    reader = getattr(document, "prev", document)
    if not wanted or not isinstance(reader, PdfFileReader):
        yield from kids
        return
    names = tuple(f"({name.partition('.')[0]})".encode("latin-1", "replace") for name in wanted)
    others = []
    for kid in kids:
        octets = _octets(reader, kid)
        if any(name in octets for name in names):
            yield kid
        else:
            others.append(kid)
    yield from others


def _octets(reader: PdfFileReader, kid: generic.PdfObject) -> bytes:
    """The beginning of an object as it stands in the file; nothing of one that stands elsewhere, or nowhere."""
    try:
        place = reader.xrefs[kid.reference] if isinstance(kid, generic.IndirectObject) else None
    except KeyError:
        return b""
    if not isinstance(place, int):
        return b""
    reader.stream.seek(place)
    return bytes(reader.stream.read(_HINT_BYTES).partition(b"endobj")[0])


def item(holder: generic.DictionaryObject, key: str) -> object:
    """What stands under `key`, references followed, or None; `get` of pyHanko's dictionaries gives the reference."""
    try:
        return holder[key]
    except KeyError:
        return None


def entry_of(form: dict[str, FormEntry], name: str, path: str) -> FormEntry:
    """Raises `FieldNotInDocument`."""
    try:
        return form[name]
    except KeyError:
        raise errors.FieldNotInDocument(path=path, name=name) from None


def page_rotation(widget: generic.DictionaryObject, document: PdfHandler) -> int:
    """/Rotate of the page that shows the widget. /P is optional (12.5.2): without it the pages are searched."""
    page = item(widget, "/P")
    if not isinstance(page, generic.DictionaryObject):
        page = _page_showing(widget, document)
    return _rotation(page) if isinstance(page, generic.DictionaryObject) else 0


def geometry_of(page: generic.DictionaryObject) -> PageGeometry:
    """As the page is displayed (14.11.2): the crop box clipped to the media box. All entries but UserUnit inherit."""
    media = _box(_inherited(page, "/MediaBox")) or _LETTER
    crop = _box(_inherited(page, "/CropBox")) or media
    left, bottom = max(media[0], crop[0]), max(media[1], crop[1])
    right, top = min(media[2], crop[2]), min(media[3], crop[3])
    if right <= left or top <= bottom:
        left, bottom, right, top = media
    unit = item(page, "/UserUnit")
    scale = float(unit) if isinstance(unit, int | float) else 1.0
    return PageGeometry(left, bottom, right, top, _rotation(page), scale)


def _box(value: object) -> tuple[float, float, float, float] | None:
    if not isinstance(value, generic.ArrayObject) or len(value) != 4:
        return None
    x1, y1, x2, y2 = (float(edge) for edge in value)
    return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)


def _rotation(page: generic.DictionaryObject) -> int:
    rotate = _inherited(page, "/Rotate")
    return rotate % 360 if isinstance(rotate, int) else 0


def _inherited(page: generic.DictionaryObject, key: str) -> object:
    """Own entry or the nearest above (7.7.3.4)."""
    node: object = page
    for _ in range(_DEEPEST):
        if not isinstance(node, generic.DictionaryObject):
            return None
        if key in node:
            return node[key]
        node = item(node, "/Parent")
    return None


def _entries(kids: object, parent: str, kind: str, depth: int) -> Iterator[FormEntry]:
    if not isinstance(kids, list) or not depth:
        return
    for kid in kids:
        field = kid.get_object()
        if not isinstance(field, generic.DictionaryObject) or "/T" not in field:
            continue
        name = f"{parent}.{field['/T']}" if parent else str(field["/T"])
        own_kind = str(item(field, "/FT") or kind)
        below = _dictionaries(item(field, "/Kids"))
        if any("/T" in each for each in below):
            yield from _entries(item(field, "/Kids"), name, own_kind, depth - 1)
        else:
            yield FormEntry(name, field, below or (field,), own_kind)


def _dictionaries(kids: object) -> tuple[generic.DictionaryObject, ...]:
    if not isinstance(kids, generic.ArrayObject):
        return ()
    found = (kid.get_object() for kid in kids)
    return tuple(each for each in found if isinstance(each, generic.DictionaryObject))


def _page_showing(widget: generic.DictionaryObject, document: PdfHandler) -> generic.DictionaryObject | None:
    for page in _pages(item(document.root, "/Pages"), _DEEPEST):
        if any(each.container_ref == widget.container_ref for each in _dictionaries(item(page, "/Annots"))):
            return page
    return None


def _pages(node: object, depth: int) -> Iterator[generic.DictionaryObject]:
    if not isinstance(node, generic.DictionaryObject) or not depth:
        return
    if "/Kids" not in node:
        yield node
    for kid in _dictionaries(item(node, "/Kids")):
        yield from _pages(kid, depth - 1)
