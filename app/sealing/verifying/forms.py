"""The form of one state of a file, flattened to what can be compared."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.rw_common import PdfHandler

from app.sealing.verifying.objects import entry, items, number_of, raw_entry, text_entry

_MOST_FIELDS: Final = 50_000
_DEEPEST: Final = 32


@dataclass(frozen=True, slots=True)
class Widget:
    """Where a field is shown; object number 0 for one written in place."""

    number: int
    dictionary: Any


@dataclass(frozen=True, slots=True)
class FormField:
    """A terminal field under its full name (ISO 32000-2, 12.7.4.2), type inherited."""

    name: str
    kind: str
    dictionary: Any
    number: int
    widgets: tuple[Widget, ...]

    @property
    def value(self) -> object:
        """Something that is equal when the value is: text, name, list, or the number of the object it refers to."""
        raw = raw_entry(self.dictionary, "/V")
        if isinstance(raw, generic.IndirectObject):
            target = raw.get_object()
            return raw.idnum if isinstance(target, generic.DictionaryObject) else _plain(target)
        return _plain(raw)

    @property
    def is_signature(self) -> bool:
        return self.kind == "Sig"


def fields_of(handler: PdfHandler) -> dict[str, FormField]:
    """Every terminal field; empty without a form."""
    top = raw_entry(entry(handler.root, "/AcroForm"), "/Fields")
    found: dict[str, FormField] = {}
    for each in _walk(top, "", "", _DEEPEST):
        found[each.name] = each
        if len(found) >= _MOST_FIELDS:
            break
    return found


def _walk(fields: Any, prefix: str, kind: str, depth: int) -> Iterator[FormField]:
    for raw in items(fields):
        field = raw.get_object()
        if not isinstance(field, generic.DictionaryObject) or depth == 0:
            continue
        name = ".".join(filter(None, (prefix, text_entry(field, "/T"))))
        own_kind = text_entry(field, "/FT") or kind
        kids = items(raw_entry(field, "/Kids"))
        if any(raw_entry(kid.get_object(), "/T") is not None for kid in kids):
            yield from _walk(field["/Kids"], name, own_kind, depth - 1)
        else:
            shown = [Widget(number_of(kid), kid.get_object()) for kid in kids] or [Widget(number_of(raw), field)]
            yield FormField(name, own_kind, field, number_of(raw), tuple(shown))


def _plain(value: Any) -> object:
    if isinstance(value, generic.ArrayObject):
        return tuple(_plain(item) for item in value)
    if isinstance(value, generic.StreamObject):
        return bytes(value.encoded_data or b"")
    return "" if value is None or isinstance(value, generic.NullObject) else str(value)
