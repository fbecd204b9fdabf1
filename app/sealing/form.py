"""The form of a document by name (ISO 32000-1, 12.7.3): each field with its widgets and what it inherits."""

from collections.abc import Iterator
from dataclasses import dataclass

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.rw_common import PdfHandler

from app.domain import errors

_DEEPEST = 32


@dataclass(frozen=True, slots=True)
class FormEntry:
    """A terminal field. `widgets` are its annotations; the field itself, when the two are merged."""

    name: str
    field: generic.DictionaryObject
    widgets: tuple[generic.DictionaryObject, ...]
    kind: str

    @property
    def filled(self) -> bool:
        return self.field.get("/V") is not None


def form_of(document: PdfHandler) -> dict[str, FormEntry]:
    """Every terminal field by its full name; the first of a name wins, as viewers do."""
    form = document.root.get("/AcroForm")
    found: dict[str, FormEntry] = {}
    if isinstance(form, generic.DictionaryObject):
        for entry in _entries(form.get("/Fields"), "", "", _DEEPEST):
            found.setdefault(entry.name, entry)
    return found


def entry_of(form: dict[str, FormEntry], name: str, path: str) -> FormEntry:
    """Raises `FieldNotInDocument`."""
    try:
        return form[name]
    except KeyError:
        raise errors.FieldNotInDocument(path=path, name=name) from None


def page_rotation(widget: generic.DictionaryObject, document: PdfHandler) -> int:
    """/Rotate of the page that shows the widget. /P is optional (12.5.2): without it the pages are searched."""
    page = widget.get("/P")
    if not isinstance(page, generic.DictionaryObject):
        page = _page_showing(widget, document)
    for _ in range(_DEEPEST):
        if not isinstance(page, generic.DictionaryObject):
            return 0
        rotate = page.get("/Rotate")
        if isinstance(rotate, int):
            return rotate % 360
        page = page.get("/Parent")
    return 0


def _entries(kids: object, parent: str, kind: str, depth: int) -> Iterator[FormEntry]:
    if not isinstance(kids, generic.ArrayObject) or not depth:
        return
    for kid in kids:
        field = kid.get_object()
        if not isinstance(field, generic.DictionaryObject) or "/T" not in field:
            continue
        name = f"{parent}.{field['/T']}" if parent else str(field["/T"])
        own_kind = str(field.get("/FT", kind))
        below = _dictionaries(field.get("/Kids"))
        if any("/T" in each for each in below):
            yield from _entries(field.get("/Kids"), name, own_kind, depth - 1)
        else:
            yield FormEntry(name, field, below or (field,), own_kind)


def _dictionaries(kids: object) -> tuple[generic.DictionaryObject, ...]:
    if not isinstance(kids, generic.ArrayObject):
        return ()
    found = (kid.get_object() for kid in kids)
    return tuple(each for each in found if isinstance(each, generic.DictionaryObject))


def _page_showing(widget: generic.DictionaryObject, document: PdfHandler) -> generic.DictionaryObject | None:
    for page in _pages(document.root.get("/Pages"), _DEEPEST):
        if any(each.container_ref == widget.container_ref for each in _dictionaries(page.get("/Annots"))):
            return page
    return None


def _pages(node: object, depth: int) -> Iterator[generic.DictionaryObject]:
    if not isinstance(node, generic.DictionaryObject) or not depth:
        return
    if "/Kids" not in node:
        yield node
    for kid in _dictionaries(node.get("/Kids")):
        yield from _pages(kid, depth - 1)
