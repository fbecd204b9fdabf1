"""Finding places to fill that are only printed, page by page, for as long as somebody may wait."""

import time
from collections.abc import Sequence
from typing import Final

import pymupdf

from app.pdf.finding import find_on
from app.pdf.inspection import FoundField
from app.pdf.mupdf import printing

_TIME_S: Final = 6.0


def detect(
    document: pymupdf.Document, known: Sequence[FoundField], only: int | None = None
) -> tuple[FoundField, ...]:
    """Places not covered by a known one. Stops quietly when a long document has taken its time. `only`: on the page
    of this index.
    """
    found: list[FoundField] = []
    end = time.monotonic() + _TIME_S
    for index in range(document.page_count) if only is None else (only,):
        if time.monotonic() > end:
            break
        taken = [field.rect for field in known if field.page == index + 1]
        found.extend(find_on(printing.of_page(document, index), index + 1, taken))
    return tuple(found)
