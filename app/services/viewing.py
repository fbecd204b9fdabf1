"""Looking at pages: pixels, words, places. What is drawn over them comes from `domain.fields`."""

from pathlib import Path

from app.domain.drawing import Metrics
from app.domain.geometry import Rect
from app.domain.ids import Sha256
from app.fonts import face_file
from app.pdf import FoundField, Hit, Inspection, OutlineEntry, PageGuides, PageText, Pixels
from app.services.house import House

__all__ = [
    "FoundField",
    "Hit",
    "Inspection",
    "OutlineEntry",
    "PageGuides",
    "PageText",
    "Pixels",
    "blob_path",
    "face_file",
    "find_text",
    "found_fields",
    "geometry",
    "guides",
    "metrics",
    "outline",
    "page_image",
    "words",
]


def page_image(
    house: House, source: Path | Sha256, page: int, scale: float, clip: Rect | None = None, password: str | None = None
) -> Pixels:
    """`scale` in pixels per point; `clip` in points of the page as displayed. The caller releases the pixels."""
    return house.looker.render(_path(house, source), page, scale, clip, password)


def geometry(house: House, source: Path | Sha256, password: str | None = None) -> Inspection:
    return house.looker.inspect(_path(house, source), password)


def words(house: House, source: Path | Sha256, page: int) -> PageText:
    return house.looker.text(_path(house, source), page)


def guides(house: House, source: Path | Sha256, page: int) -> PageGuides:
    """What is printed on a page to align with."""
    return house.looker.guides(_path(house, source), page)


def outline(house: House, source: Path | Sha256) -> tuple[OutlineEntry, ...]:
    """The document's own table of contents."""
    return house.looker.outline(_path(house, source))


def find_text(house: House, source: Path | Sha256, needle: str, first_page: int = 1) -> tuple[Hit, ...]:
    """Where a text stands, from a page to the end, without regard to case; nothing for blanks."""
    return house.looker.search(_path(house, source), needle, first_page) if needle.strip() else ()


def found_fields(house: House, source: Path | Sha256, page: int | None = None) -> tuple[FoundField, ...]:
    """Of the whole document, or of one page of it: a long one takes a second for every hundred pages."""
    return house.looker.find_fields(_path(house, source), only=page)


def blob_path(house: House, sha256: str) -> Path:
    return house.library.blobs.path(Sha256(sha256))


def metrics(house: House) -> Metrics:
    return house.metrics


def _path(house: House, source: Path | Sha256) -> Path:
    return source if isinstance(source, Path) else house.library.blobs.path(source)
