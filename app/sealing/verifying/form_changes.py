"""What a revision did to the form: which field, and what with it."""

from collections.abc import Iterator
from typing import Any, Final

from pyhanko.pdf_utils import generic

from app.domain.verdict import Change
from app.sealing.verifying.forms import FormField, Widget
from app.sealing.verifying.objects import entry, raw_entry, text_entry
from app.sealing.verifying.pages import Pages

_LOOKS: Final = ("/AS", "/F", "/DA", "/Q", "/MK", "/Rect", "/MaxLen", "/Opt")
_UNFILLED: Final = ("", "/Off", "Off", ())


def form_changes(
    old: dict[str, FormField], new: dict[str, FormField], touched: set[int], pages: Pages
) -> Iterator[Change]:
    """Field by field; `touched` are the numbers of the objects this revision wrote. `detail` is the field's label for
    people (/TU), where it has one.
    """
    for name in old.keys() - new.keys():
        yield Change("field_removed", field=name)
    for name, field in new.items():
        page, rect = pages.place_of(field.widgets[0].dictionary, field.widgets[0].number)
        for key in _keys(old.get(name), field, touched):
            yield Change(key, page, name, detail=text_entry(field.dictionary, "/TU"), rect=rect)


def _keys(old: FormField | None, new: FormField, touched: set[int]) -> list[str]:
    if old is None:
        return _added(new)
    if old.number not in touched and old.value == new.value and not _looks_changed(old, new, touched):
        return []
    if new.is_signature:
        return _signature_keys(old, new, touched)
    if old.value != new.value:
        return [_filled(old, new)]
    return ["appearance_changed"] if _looks_changed(old, new, touched) else []


def _added(new: FormField) -> list[str]:
    """A document timestamp brings its own, invisible field; that is one event and not two."""
    if not new.is_signature:
        return ["field_added"]
    if not new.value:
        return ["signature_field_added"]
    signed = _signed(new)
    return [signed] if signed == "timestamped" else ["signature_field_added", signed]


def _filled(old: FormField, new: FormField) -> str:
    if new.value in _UNFILLED:
        return "field_cleared"
    return "field_filled" if old.value in _UNFILLED else "field_changed"


def _signature_keys(old: FormField, new: FormField, touched: set[int]) -> list[str]:
    if not old.value and new.value:
        return [_signed(new)]
    if old.value != new.value or old.value in touched:
        return ["signature_replaced" if new.value else "signature_removed"]
    return ["appearance_changed"] if _looks_changed(old, new, touched) else []


def _signed(field: FormField) -> str:
    return "timestamped" if text_entry(entry(field.dictionary, "/V"), "/Type") == "DocTimeStamp" else "signed"


def _looks_changed(old: FormField, new: FormField, touched: set[int]) -> bool:
    if len(old.widgets) != len(new.widgets):
        return True
    pairs = zip(old.widgets, new.widgets, strict=True)
    return any(_widget_changed(before, after, touched) for before, after in pairs)


def _widget_changed(old: Widget, new: Widget, touched: set[int]) -> bool:
    before, after = _appearance(old.dictionary), _appearance(new.dictionary)
    if before != after or touched.intersection(after):
        return True
    return any(str(raw_entry(old.dictionary, key)) != str(raw_entry(new.dictionary, key)) for key in _LOOKS)


def _appearance(widget: Any) -> tuple[int, ...]:
    """The numbers of its appearance streams and of the dictionaries on the way to them."""
    found: list[int] = []
    waiting = [raw_entry(widget, "/AP")]
    while waiting and len(found) < 256:
        raw = waiting.pop()
        if isinstance(raw, generic.IndirectObject):
            found.append(raw.idnum)
            raw = raw.get_object()
        if isinstance(raw, generic.DictionaryObject) and not isinstance(raw, generic.StreamObject):
            waiting.extend(raw.raw_get(key) for key in raw)
    return tuple(sorted(found))
