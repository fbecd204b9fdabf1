"""Where things stand on pages, in the one model of place (`domain.geometry`)."""

import math
from typing import Any, Final

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.rw_common import PdfHandler

from app.domain.geometry import PageGeometry, Rect
from app.sealing.verifying.objects import entry, items, number_of, raw_entry

_MOST_PAGES: Final = 100_000
_DEEPEST: Final = 64
_SEARCHED: Final = 200
_LETTER: Final = (0.0, 0.0, 612.0, 792.0)


class Pages:
    """The pages of one state of a file, by object number, in order."""

    def __init__(self, handler: PdfHandler, tree: "Pages | None" = None) -> None:
        """`tree` is another state whose page tree is known to be the same; the pages themselves may differ."""
        self._handler = handler
        self.nodes: set[int] = set() if tree is None else tree.nodes
        self.numbers: tuple[int, ...] = tuple(self._leaves()) if tree is None else tree.numbers
        self._places = {number: place for place, number in enumerate(self.numbers, start=1)}

    def page_of(self, number: int) -> int | None:
        """Page from 1 of a page object."""
        return self._places.get(number)

    def dictionary(self, page: int) -> Any:
        return generic.Reference(self.numbers[page - 1], 0, self._handler).get_object()

    def place_of(self, widget: Any, number: int) -> tuple[int | None, Rect | None]:
        """Page and rectangle of an annotation with this object number; no rectangle where it has no area."""
        page = self._page_named_by(widget) or self._page_that_lists(number)
        if page is None:
            return None, None
        return page, self._rect(page, entry(widget, "/Rect"))

    def annotations(self, page: int) -> dict[int, Any]:
        """By object number; direct ones, which nothing can refer to, by negative position."""
        return {
            (raw.idnum if isinstance(raw, generic.IndirectObject) else -place): raw.get_object()
            for place, raw in enumerate(items(raw_entry(self.dictionary(page), "/Annots")), start=1)
        }

    def _leaves(self) -> "list[int]":
        found: list[int] = []
        waiting = [self._handler.root.raw_get("/Pages")]
        while waiting and len(found) < _MOST_PAGES:
            raw = waiting.pop()
            if raw.idnum in self.nodes:
                continue
            node = raw.get_object()
            kids = entry(node, "/Kids")
            if kids is None:
                found.append(raw.idnum)
                continue
            self.nodes.add(raw.idnum)
            raws = items(kids)
            # Every child is a page when there are as many as pages below: no need to read a thousand of them.
            if entry(node, "/Count") == len(raws) and not waiting:
                found.extend(kid.idnum for kid in raws)
            else:
                waiting.extend(reversed(raws))
        return found

    def _page_named_by(self, widget: Any) -> int | None:
        return self.page_of(number_of(raw_entry(widget, "/P")))

    def _page_that_lists(self, number: int) -> int | None:
        """/P is optional (ISO 32000-2, table 166); looked for on the first pages only, where signatures are."""
        pages = range(1, min(len(self.numbers), _SEARCHED) + 1)
        return next((page for page in pages if number in self.annotations(page)), None)

    def _rect(self, page: int, box: Any) -> Rect | None:
        corners = _box(box)
        if corners is None:
            return None
        rect = self.geometry(page).from_pdf(corners)
        return rect if rect.width and rect.height else None

    def geometry(self, page: int) -> PageGeometry:
        """CropBox clipped to MediaBox, /Rotate and UserUnit, inherited where the page says nothing."""
        found = self._inherited(page)
        media = _box(found.get("/MediaBox")) or _LETTER
        crop = _box(found.get("/CropBox")) or media
        left, bottom = max(media[0], crop[0]), max(media[1], crop[1])
        right, top = min(media[2], crop[2]), min(media[3], crop[3])
        if right <= left or top <= bottom:
            left, bottom, right, top = media
        rotate = found.get("/Rotate")
        unit = found.get("/UserUnit")
        return PageGeometry(
            left, bottom, right, top,
            int(rotate) % 360 if isinstance(rotate, int) else 0,
            float(unit) if isinstance(unit, int | float) and unit > 0 else 1.0,
        )  # fmt: skip

    def _inherited(self, page: int) -> dict[str, Any]:
        wanted = ("/MediaBox", "/CropBox", "/Rotate")
        found: dict[str, Any] = {}
        node: Any = self.dictionary(page)
        found["/UserUnit"] = entry(node, "/UserUnit")
        for _ in range(_DEEPEST):
            found = {key: entry(node, key) for key in wanted if raw_entry(node, key) is not None} | found
            node = entry(node, "/Parent")
            if node is None:
                break
        return found


def _box(value: Any) -> tuple[float, float, float, float] | None:
    """Four finite numbers, lower left first; anything else is no box."""
    try:
        x0, y0, x1, y1 = (float(number) for number in value)
    except (TypeError, ValueError):
        return None
    if not all(map(math.isfinite, (x0, y0, x1, y1))):
        return None
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
