"""What a dragged field may snap to, out of what is printed."""

from collections.abc import Iterable
from typing import Final

from app.domain.geometry import Rect
from app.pdf.gridding import cells_of
from app.pdf.printed import PageGuides, Printed, Ruling, around, piece_of

_MOST: Final = 400
_MOST_CELLS: Final = 800
_SHORTEST_PT: Final = 12.0
_SHORTEST_UPRIGHT_PT: Final = 6.0


def guides_of(page: Printed) -> PageGuides:
    """The longest rulings first where there are too many: what one aligns with is what one sees."""
    cells = cells_of(page.levels, page.uprights)
    return PageGuides(
        horizontals=_longest(page.levels, _SHORTEST_PT),
        verticals=_longest(page.uprights, _SHORTEST_UPRIGHT_PT),
        boxes=tuple(dict.fromkeys((*(cell.rect for cell in cells if cell.alone), *page.shades)))[:_MOST],
        cells=tuple(cell.rect for cell in cells if not cell.alone)[:_MOST_CELLS],
        baselines=page.baselines[:_MOST],
        margins=_margins(page),
    )


def _longest(rulings: Iterable[Ruling], shortest: float) -> tuple[Ruling, ...]:
    kept = sorted((one for one in rulings if one.length >= shortest), key=lambda one: -one.length)[:_MOST]
    return tuple(sorted(kept, key=lambda one: (one.at, one.start)))


def _margins(page: Printed) -> Rect:
    pieces = (piece_of(line) for line in page.lines)
    boxes = [
        *(piece.rect for piece in pieces if piece is not None),
        *(Rect(one.start, one.at, max(one.length, 0), 0) for one in page.levels),
        *(Rect(one.at, one.start, 0, max(one.length, 0)) for one in page.uprights),
    ]
    whole = Rect(0, 0, page.size.width, page.size.height)
    inside = [box for box in boxes if box.within(page.size, tolerance_pt=1.0)]
    return around(inside) if inside else whole
