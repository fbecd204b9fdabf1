"""What a revision did to pages and to the document as a whole."""

from collections.abc import Iterator
from typing import Any, Final

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import HistoricalResolver

from app.domain.verdict import MAINTENANCE, Change
from app.sealing.verifying.objects import entry, items, raw_entry, text_entry
from app.sealing.verifying.pages import Pages

_CATALOG: Final = {
    "/DSS": "validation_data_added",
    "/Metadata": "metadata_changed",
    "/Extensions": "extensions_changed",
    "/Version": "extensions_changed",
    "/OpenAction": "actions_changed",
    "/AA": "actions_changed",
    "/Names": "actions_changed",
    "/OCProperties": "layers_changed",
}
_HANDLED: Final = frozenset({"/AcroForm", "/Pages", "/Perms", "/Type", "/MarkInfo"})
_DRAWN: Final = ("/Contents", "/Resources")
_DEEP: Final = 4
_FORM_DEFAULTS: Final = ("/DR", "/DA", "/Q", "/NeedAppearances", "/XFA", "/CO")


class PageChanges:
    """One revision beside the one before. `touched` are the numbers of the objects it wrote."""

    def __init__(self, old: HistoricalResolver, new: HistoricalResolver, touched: set[int]) -> None:
        self._old, self._new, self._touched = old, new, touched
        self._harmless: set[tuple[int, int]] = set()
        self._old_pages = Pages(old)
        is_rewritten = new.root_ref.idnum in touched or self._old_pages.nodes & touched
        self.pages = Pages(new, None if is_rewritten else self._old_pages)

    def all(self) -> Iterator[Change]:
        yield from self._catalog()
        yield from self._form_defaults()
        yield from self._page_list()
        for page, number in enumerate(self.pages.numbers, start=1):
            before = self._old_pages.page_of(number)
            if before is not None and self._may_differ(before, number):
                yield from self._page(page, before, number)
        if _reaches(self._new.trailer_view, "/Info", self._touched):
            yield Change("metadata_changed")

    def _catalog(self) -> Iterator[Change]:
        old, new = self._old.root, self._new.root
        for key in sorted((old.keys() | new.keys()) - _HANDLED):
            if _differs(old, new, key) or _reaches(new, key, self._touched):
                change = _CATALOG.get(key, "catalog_changed")
                yield Change(change, detail="" if change in MAINTENANCE else key.lstrip("/"))

    def _form_defaults(self) -> Iterator[Change]:
        old, new = (entry(handler.root, "/AcroForm") for handler in (self._old, self._new))
        for key in _FORM_DEFAULTS:
            if _differs(old, new, key):
                yield Change("form_defaults_changed", detail=key.lstrip("/"))

    def _page_list(self) -> Iterator[Change]:
        before, after = self._old_pages.numbers, self.pages.numbers
        known, left = set(before), set(after)
        yield from (Change("page_added", page) for page, number in enumerate(after, 1) if number not in known)
        yield from (Change("page_removed", page) for page, number in enumerate(before, 1) if number not in left)
        if before != after and known == left:
            yield Change("pages_reordered")

    def _may_differ(self, before: int, number: int) -> bool:
        """Whatever a revision changes is reached from the page as it was: new objects need an old one, written again,
        to lead to them. So only the old state is read, which the difference analysis has read already.
        """
        if number in self._touched:
            return True
        old = self._old_pages.dictionary(before)
        return any(_reaches(old, key, self._touched, _DEEP, self._harmless) for key in (*_DRAWN, "/Annots"))

    def _page(self, page: int, before: int, number: int) -> Iterator[Change]:
        new = self.pages.dictionary(page)
        if any(_reaches(new, key, self._touched, _DEEP) for key in _DRAWN):
            yield Change("page_content_changed", page)
        listed = raw_entry(new, "/Annots")
        is_array_touched = isinstance(listed, generic.IndirectObject) and listed.idnum in self._touched
        if number in self._touched:
            old = self._old_pages.dictionary(before)
            keys = sorted(key for key in old.keys() | new.keys() if _differs(old, new, key) and key != "/Annots")
            if set(_DRAWN).intersection(keys):
                yield Change("page_content_changed", page)
            yield from (Change("page_changed", page, detail=key.lstrip("/")) for key in keys if key not in _DRAWN)
        yield from self._annotations(page, before, number in self._touched or is_array_touched)

    def _annotations(self, page: int, before: int, may_differ: bool) -> Iterator[Change]:
        """Other than widgets, which belong to the form as long as a page shows them. Only lists that were written can
        have lost or gained any.
        """
        new = self.pages.annotations(page)
        old = self._old_pages.annotations(before) if may_differ else new
        for each in sorted(old.keys() | new.keys()):
            annotation = new[each] if each in new else old[each]
            key = _annotation_key(each, old, new, self._touched)
            belongs_to_the_form = text_entry(annotation, "/Subtype") == "Widget" and key != "annotation_removed"
            if key and not belongs_to_the_form:
                _, rect = self.pages.place_of(annotation, each) if each in new else (None, None)
                yield Change(key, page, detail=text_entry(annotation, "/Subtype"), rect=rect)


def _annotation_key(number: int, old: dict[int, Any], new: dict[int, Any], touched: set[int]) -> str:
    if number not in old:
        return "annotation_added"
    if number not in new:
        return "annotation_removed"
    if number < 0:
        return "annotation_changed" if str(old[number]) != str(new[number]) else ""
    return "annotation_changed" if number in touched or _reaches(new[number], "/AP", touched, _DEEP) else ""


def _differs(old: Any, new: Any, key: str) -> bool:
    """References by number, everything else by what is written."""
    before, after = raw_entry(old, key), raw_entry(new, key)
    if isinstance(before, generic.IndirectObject) and isinstance(after, generic.IndirectObject):
        return (before.idnum, before.generation) != (after.idnum, after.generation)
    return bool(before != after)


def _reaches(
    dictionary: Any, key: str, touched: set[int], depth: int = 1, seen: set[tuple[int, int]] | None = None
) -> bool:
    """Some object within `depth` references of the entry was written. `seen` remembers what was found harmless, with
    the depth left, across calls on the same state: pages share their fonts.
    """
    waiting = [(raw_entry(dictionary, key), depth)]
    passed: set[tuple[int, int]] = set()
    known = set() if seen is None else seen
    while waiting:
        raw, left = waiting.pop()
        if isinstance(raw, generic.IndirectObject):
            if raw.idnum in touched:
                return True
            if left <= 1 or (raw.idnum, left) in known or (raw.idnum, left) in passed:
                continue
            passed.add((raw.idnum, left))
            raw, left = raw.get_object(), left - 1
        if isinstance(raw, generic.DictionaryObject):
            waiting.extend((raw.raw_get(name), left) for name in raw if name not in ("/Parent", "/P"))
        elif isinstance(raw, generic.ArrayObject):
            waiting.extend((item, left) for item in items(raw))
    known.update(passed)
    return False
