"""Binding pages of several files, and blank ones, into one document."""

from collections.abc import Mapping, Sequence
from math import cos, radians, sin
from typing import Any, Final

import pymupdf

from app.domain import errors
from app.domain.geometry import Rect, Size
from app.domain.paging import Leaf
from app.pdf.laid import LaidDocument
from app.pdf.mupdf import objects, opening, pages, writing
from app.pdf.mupdf.acroform import take_out
from app.pdf.mupdf.fields import fields_of
from app.pdf.mupdf.laying import require_free
from app.pdf.mupdf.quieting import quiet
from app.pdf.mupdf.saving import save

_A4: Final = Size(595.28, 841.89)


def bind(leaves: Sequence[Leaf], sources: Mapping[str, str], out: str, password: str | None) -> LaidDocument:
    """See `Maker.bind`. The file of the first leaf is the ground that keeps its form, outline and names."""
    ground_name = next((leaf.source for leaf in leaves if leaf.source), None)
    if ground_name is None:
        ground = pymupdf.open()
    else:
        ground = opening.open_pdf(sources[ground_name], password)
        require_free(ground, sources[ground_name])
    form = objects.get(objects.catalog(ground), "AcroForm")
    order = _gather(ground, ground_name, leaves, sources, password)
    ground.select(order)
    if objects.is_dict(form):
        writing.put_object(objects.catalog(ground), "AcroForm", form)
        take_out(ground, {field.name for field in fields_of(ground) if all(w.page is None for w in field.widgets)})
    for index, leaf in enumerate(leaves):
        _finish(ground, index, leaf)
    quiet(ground)
    return save(ground, out, garbage=3)


def _gather(
    ground: pymupdf.Document, ground_name: str | None, leaves: Sequence[Leaf], sources: Mapping[str, str],
    password: str | None,
) -> list[int]:  # fmt: skip
    """Brings every leaf into the ground document, and says at which index each is."""
    opened: dict[str, pymupdf.Document] = {}
    used: set[int] = set()
    order: list[int] = []
    for leaf in leaves:
        if not leaf.source:
            size = leaf.size or _A4
            ground.new_page(-1, width=size.width, height=size.height)
            order.append(ground.page_count - 1)
        elif leaf.source == ground_name and leaf.page - 1 not in used:
            order.append(pages.require(ground, sources[leaf.source], leaf.page))
            used.add(order[-1])
        else:
            order.append(_insert(ground, _opened(opened, sources[leaf.source], password), leaf.page - 1))
    return order


def _opened(opened: dict[str, Any], path: str, password: str | None) -> Any:
    if path not in opened:
        opened[path] = opening.open_pdf(path, password)
        require_free(opened[path], path)
    return opened[path]


def _insert(ground: pymupdf.Document, other: Any, index: int) -> int:
    if not 0 <= index < other.page_count:
        raise errors.PageOutOfRange(path=str(other.name), page=index + 1, pages=other.page_count)
    ground.insert_pdf(other, from_page=index, to_page=index, final=False)
    return int(ground.page_count) - 1


def _finish(document: pymupdf.Document, index: int, leaf: Leaf) -> None:
    if leaf.straighten:
        _straighten(document, index, leaf.straighten)
    if leaf.crop is not None:
        _crop(document, index, leaf.crop)
    if leaf.turns % 4:
        turned = (pages.geometry(document, index).rotate + 90 * leaf.turns) % 360
        writing.put(document, pages.page_object(document, index), "Rotate", str(turned))


def _crop(document: pymupdf.Document, index: int, crop: Rect) -> None:
    geometry = pages.geometry(document, index)
    if not crop.within(geometry.size, 0.5) or min(crop.width, crop.height) < 1:
        raise errors.SpecError(path="crop", problem="reaches outside the page")
    box = writing.numbers(geometry.to_pdf(crop.clamped(geometry.size)))
    writing.put(document, pages.page_object(document, index), "CropBox", box)


def _straighten(document: pymupdf.Document, index: int, degrees: float) -> None:
    """All content turned about the middle of the page as a drawing is, so a scan keeps every pixel it has.

    Clockwise as seen is clockwise in user space too, for any /Rotate; there y runs upwards.
    """
    page = pages.geometry(document, index)
    x, y = (page.left + page.right) / 2, (page.bottom + page.top) / 2
    c, s = cos(radians(degrees)), sin(radians(degrees))
    matrix = (c, -s, s, c, x - c * x - s * y, y + s * x - c * y)
    begin = writing.add_stream(document, "<<>>", f"q {' '.join(map(writing.number, matrix))} cm\n".encode())
    end = writing.add_stream(document, "<<>>", b"\nQ\n")
    node = pages.page_object(document, index)
    contents = objects.get(node, "Contents")
    inner = [contents] if objects.is_stream(contents) else list(objects.items(contents))
    middle = " ".join(writing.reference(one) for one in inner)
    writing.put(document, node, "Contents", f"[{begin} {middle} {end}]")
