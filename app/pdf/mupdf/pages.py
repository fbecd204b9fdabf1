"""Where pages lie: MuPDF's own transform read back as `PageGeometry`, so that marks and pictures cannot differ."""

from collections.abc import Iterable, Sequence
from math import hypot
from typing import Any

import pymupdf
from pymupdf import mupdf

from app.domain import errors
from app.domain.geometry import PageGeometry, Rect
from app.pdf.mupdf import objects


def geometry(document: pymupdf.Document, index: int) -> PageGeometry:
    """Box, rotation and unit of a page, counted from 0. A page without boxes is US Letter, as MuPDF draws it."""
    return geometry_of(page_object(document, index))


def geometries(document: pymupdf.Document) -> tuple[PageGeometry, ...]:
    """Those of all pages, without loading one: 5,000 in 10 ms."""
    return tuple(geometry(document, index) for index in range(document.page_count))


def page_object(document: pymupdf.Document, index: int) -> Any:
    return mupdf.pdf_lookup_page_obj(objects.native(document), index)


def require(document: pymupdf.Document, path: str, page: int) -> int:
    """The index of a page counted from 1; raises `PageOutOfRange`."""
    if not 1 <= page <= document.page_count:
        raise errors.PageOutOfRange(path=path, page=page, pages=document.page_count)
    return page - 1


def geometry_of(page: Any) -> PageGeometry:
    box, matrix = mupdf.FzRect(), mupdf.FzMatrix()
    mupdf.pdf_page_obj_transform_box(page, box, matrix, mupdf.FZ_CROP_BOX)
    unit = hypot(matrix.a, matrix.b)
    return PageGeometry(box.x0, box.y0, box.x1, box.y1, _rotation(matrix), round(unit, 6))


def _rotation(matrix: Any) -> int:
    """Clockwise quarter turns, from where the page's x axis points when displayed (y downwards)."""
    if abs(matrix.a) > abs(matrix.b):
        return 0 if matrix.a > 0 else 180
    return 90 if matrix.b > 0 else 270


def rect_of(box: Sequence[float]) -> Rect:
    """MuPDF's corners (left, top, right, bottom) as our rectangle; a box turned inside out has no size."""
    left, top, right, bottom = box
    return Rect(left, top, max(right - left, 0.0), max(bottom - top, 0.0))


def around(rects: Iterable[Rect]) -> Rect:
    """The smallest rectangle that holds them all; there is at least one."""
    parts = list(rects)
    left, top = min(part.x for part in parts), min(part.y for part in parts)
    return Rect(left, top, max(part.right for part in parts) - left, max(part.bottom for part in parts) - top)
