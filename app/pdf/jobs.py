"""What a looking child can be asked. Imported in the child only; `Looker` is the other side."""

from collections import OrderedDict
from collections.abc import Hashable
from itertools import islice
from typing import Any, cast

from app.codec import decode, encode
from app.domain.geometry import Rect
from app.pdf.guiding import guides_of
from app.pdf.inspection import FoundField, Hit, Inspection, OutlineEntry
from app.pdf.mupdf import detecting, forms, inspecting, opening, pages, printing, reading, rendering, skewing, tokens
from app.pdf.pixels import frame_of
from app.process import Json, open_slot

Payload = dict[str, Json]

_MOST_HITS = 2_000
_KEPT_GUIDES = 64

_shelf = opening.Shelf()
_lists = rendering.DisplayLists()
_guides: OrderedDict[Hashable, Json] = OrderedDict()


def inspect(payload: Payload) -> Json:
    """→ `Inspection`."""
    path, password = _file(payload)
    locked = opening.open_locked(path)
    if locked.needs_pass and password is None:
        return _json(Inspection(encrypted=True, needs_password=True))
    document = _shelf.document(path, password)
    with opening.translated(path):
        return _json(inspecting.inspect(document, path))


def render(payload: Payload) -> Json:
    """`page`, `scale`, `clip`, `slot` → `Frame`. The pixels are in the slot, unless it was too small for it."""
    path = str(payload["path"])
    document, index, key = _page(payload)
    clip = decode(Rect, payload["clip"]) if payload["clip"] is not None else None
    with opening.translated(path):
        frame = frame_of(pages.geometry(document, index).size, _scale(payload), clip)
        pixels = open_slot(cast("Payload", payload["slot"]))
        if frame.size_bytes <= len(pixels):
            display_list = _lists.of(document, index, (key, payload["page"]))
            rendering.draw(display_list, frame, pixels[: frame.size_bytes])
        rendering.bound_memory()
        return _json(frame)


def picture(payload: Payload) -> Json:
    """`page`, `scale`, `clip`, `out` → width and height; the picture is in the file."""
    path = str(payload["path"])
    document, index, key = _page(payload)
    clip = decode(Rect, payload["clip"]) if payload["clip"] is not None else None
    with opening.translated(path):
        frame = frame_of(pages.geometry(document, index).size, _scale(payload), clip)
        pixels = bytearray(frame.size_bytes)
        rendering.draw(_lists.of(document, index, (key, payload["page"])), frame, memoryview(pixels))
    rendering.write_png(frame, pixels, str(payload["out"]))
    return [frame.width, frame.height]


def text(payload: Payload) -> Json:
    """`page` → `PageText`."""
    document, index, key = _page(payload)
    with opening.translated(str(payload["path"])):
        return _json(reading.words(_lists.of(document, index, (key, payload["page"]))))


def guides(payload: Payload) -> Json:
    """`page` → `PageGuides`; asked for at every drag, so the last pages' are kept."""
    document, index, key = _page(payload)
    place = (key, payload["page"])
    if place not in _guides:
        with opening.translated(str(payload["path"])):
            _guides[place] = _json(guides_of(printing.of_page(document, index)))
        while len(_guides) > _KEPT_GUIDES:
            _guides.popitem(last=False)
    _guides.move_to_end(place)
    return _guides[place]


def outline(payload: Payload) -> Json:
    """→ list of `OutlineEntry`."""
    path, password = _file(payload)
    document = _shelf.document(path, password)
    with opening.translated(path):
        return _json(reading.outline(document), tuple[OutlineEntry, ...])


def skew(payload: Payload) -> Json:
    """`page` → degrees; 0 for what is no scan."""
    document, index, key = _page(payload)
    with opening.translated(str(payload["path"])):
        if not skewing.is_scan(document, index):
            return 0.0
        return skewing.skew(_lists.of(document, index, (key, payload["page"])), pages.geometry(document, index).size)


def search(payload: Payload) -> Json:
    """`needle`, `first` (page) → list of `Hit` from that page on."""
    path, password = _file(payload)
    document = _shelf.document(path, password)
    needle = str(payload["needle"])
    with opening.translated(path):
        first = pages.require(document, path, int(cast("int", payload["page"])))
        found = (hit for index in range(first, document.page_count) for hit in reading.hits(document, index, needle))
        return _json(tuple(islice(found, _MOST_HITS)), tuple[Hit, ...])


def read_fields(payload: Payload) -> Json:
    """→ list of `FoundField`: those of the form."""
    path, password = _file(payload)
    document = _shelf.document(path, password)
    with opening.translated(path):
        return _json(forms.read(document), tuple[FoundField, ...])


def find_fields(payload: Payload) -> Json:
    """`only` (a page from 1, or null for all) → list of `FoundField`: of the form, tokens, and lines and boxes with
    labels.
    """
    path, password = _file(payload)
    document = _shelf.document(path, password)
    wanted = payload["only"]
    with opening.translated(path):
        index = None if wanted is None else pages.require(document, path, int(cast("int", wanted)))
        known = tuple(found for found in forms.read(document) if wanted in (None, found.page))
        written = tokens.find(document, index)
        found = (*known, *written, *detecting.detect(document, (*known, *written), index))
        return _json(found, tuple[FoundField, ...])


def _json(value: object, kind: Any = None) -> Json:
    return cast("Json", encode(value, kind))


def _file(payload: Payload) -> tuple[str, str | None]:
    password = payload.get("password")
    return str(payload["path"]), None if password is None else str(password)


def _page(payload: Payload) -> tuple[opening.Document, int, opening.Key]:
    path, password = _file(payload)
    return _shelf.page(path, password, int(cast("int", payload["page"])))


def _scale(payload: Payload) -> float:
    return float(cast("float", payload["scale"]))


JOBS = {
    job.__name__: job
    for job in (inspect, render, picture, text, guides, outline, skew, search, read_fields, find_fields)
}
