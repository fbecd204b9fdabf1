"""Evil annotations: allowed-looking additions with an opaque appearance (Rohlmann et al., IEEE S&P 2021)."""

from __future__ import annotations

import random
from collections.abc import Callable

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from tests.support.attacks import Attack, Expect
from tests.support.attacks.revising import dictionary, opaque, page_of, revised, value
from tests.support.signed import Signed

KINDS = (
    "Text", "FreeText", "Line", "Square", "Circle", "Polygon", "PolyLine", "Highlight", "Underline", "Squiggly",
    "StrikeOut", "Stamp", "Caret", "Ink", "Popup", "FileAttachment", "Link", "Redact", "Watermark", "Screen", "Widget",
)  # fmt: skip


def _annotated(kind: str) -> Callable[[Signed, random.Random], bytes]:
    def make(signed: Signed, chance: random.Random) -> bytes:
        place = chance.randrange(400), chance.randrange(600)
        return revised(signed.data, lambda writer: annotate(writer, kind, place))

    return make


def annotate(writer: IncrementalPdfFileWriter, kind: str, place: tuple[int, int]) -> None:
    """A white one, 200 by 100 points, its lower left corner at `place`."""
    x, y = place
    annotation = dictionary(Type="/Annot", Subtype=f"/{kind}", Rect=[x, y, x + 200, y + 100], F=4)
    annotation["/AP"] = dictionary(N=opaque(writer, 200, 100))
    page = page_of(writer)
    annotations = [page["/Annots"].raw_get(place) for place in range(len(page["/Annots"]))]
    page["/Annots"] = value([*annotations, writer.add_object(annotation)])


def _removed(signed: Signed, chance: random.Random) -> bytes:
    def edit(writer: IncrementalPdfFileWriter) -> None:
        del page_of(writer)["/Annots"]

    return revised(signed.data, edit)


ATTACKS = (
    *(Attack(f"an opaque {kind} annotation", _annotated(kind), Expect.INVALID) for kind in KINDS),
    Attack("no annotations any more", _removed, Expect.INVALID),
)
