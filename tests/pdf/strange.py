"""PDFs with one thing strange about each, and pictures to measure."""

from pathlib import Path

import pymupdf
from PIL import Image

from app.domain.drawing import BLACK, Drawing, Segment
from app.domain.drawing import Path as Ink
from app.domain.geometry import PageGeometry, Rect

PLACES = [
    PageGeometry(left, bottom, left + 300, bottom + 420, rotate, unit)
    for rotate in (0, 90, 180, 270)
    for left, bottom in ((0, 0), (37, -55))
    for unit in (1.0, 1.5)
]
"""Every rotation, with the CropBox at and off the origin, with and without UserUnit."""


def write_places(path: Path, geometries: list[PageGeometry] = PLACES) -> Path:
    """White pages that lie as told; the MediaBox is larger than the CropBox on every side."""
    document = pymupdf.open()
    for geometry in geometries:
        page = document.new_page(width=200, height=200)
        edges = (geometry.left - 20, geometry.bottom - 30, geometry.right + 40, geometry.top + 10)
        box = (geometry.left, geometry.bottom, geometry.right, geometry.top)
        for key, value in (("MediaBox", edges), ("CropBox", box)):
            document.xref_set_key(page.xref, key, f"[{' '.join(str(edge) for edge in value)}]")
        document.xref_set_key(page.xref, "Rotate", str(geometry.rotate))
        document.xref_set_key(page.xref, "UserUnit", str(geometry.user_unit))
    document.save(path)
    return path


def corner_mark(width: float, height: float) -> Drawing:
    """A frame whose upper left quarter is filled: tells place, size and which way is up."""
    frame = rectangle(0, 0, width, height)
    inner = rectangle(2, 2, width - 2, height - 2)
    ring = Ink((*frame, *reversed_rectangle(inner)), fill=BLACK)
    return Drawing(width, height, paths=(ring, Ink(rectangle(0, 0, width / 2, height / 2), fill=BLACK)))


def rectangle(left: float, top: float, right: float, bottom: float) -> tuple[Segment, ...]:
    corners = ((left, top), (right, top), (right, bottom), (left, bottom))
    return (Segment("M", (corners[0],)), *(Segment("L", (corner,)) for corner in corners[1:]), Segment("Z"))


def reversed_rectangle(segments: tuple[Segment, ...]) -> tuple[Segment, ...]:
    corners = [segment.points[0] for segment in segments[:-1]][::-1]
    return (Segment("M", (corners[0],)), *(Segment("L", (corner,)) for corner in corners[1:]), Segment("Z"))


def inked(image: Image.Image, px_per_pt: float) -> Rect:
    """What is darker than grey, in points."""
    dark = image.convert("L").point(lambda value: 255 if value < 128 else 0)
    left, top, right, bottom = dark.getbbox() or (0, 0, 0, 0)
    return Rect(*(side / px_per_pt for side in (left, top, right - left, bottom - top)))


def darkness(image: Image.Image, rect: Rect, px_per_pt: float) -> float:
    """Share of ink in a part of the picture, 0-1."""
    box = tuple(round(side * px_per_pt) for side in (rect.x, rect.y, rect.right, rect.bottom))
    part = image.convert("L").crop(box)
    return 1 - sum(part.tobytes()) / 255 / max(part.width * part.height, 1)
