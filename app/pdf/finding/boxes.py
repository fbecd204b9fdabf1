"""Empty boxes: alone, in tables, in rows for single characters, and the small squares one ticks."""

from collections.abc import Generator, Iterator, Sequence
from typing import Final

from app.domain.geometry import Rect
from app.pdf.finding import labels
from app.pdf.finding.place import Place
from app.pdf.finding.writing import Writing
from app.pdf.gridding import Cell, cells_of
from app.pdf.printed import Piece, Printed, Ruling

_SQUARE_PT: Final = (6.0, 20.0)
_COMB_PT: Final = (8.0, 30.0)
_COMB_LEAST: Final = 4
_BOX_HEIGHT_PT: Final = (11.0, 220.0)
_BOX_WIDTH_PT: Final = 34.0
_MULTILINE_PT: Final = 44.0
_MOST_WORDS: Final = 16


def in_boxes(page: Printed, writing: Writing) -> Iterator[Place]:
    cells = cells_of(page.levels, page.uprights)
    combed = yield from _combs(cells, writing)
    texts = [writing.inside(cell.rect) for cell in cells]
    asked: set[int] = set()
    for n, cell in enumerate(cells):
        if n not in combed and not texts[n] and not _is_square(cell.rect) and _is_roomy(cell.rect):
            place = _in_cell(writing, cells, texts, n, asked)
            if place is not None:
                yield place
    for n, cell in enumerate(cells):
        if n not in asked and n not in combed:
            place = _beside_own_label(writing, cell.rect, texts[n])
            if place is not None:
                yield place
    yield from _shades(page, writing, cells)


def squares(page: Printed, writing: Writing) -> Iterator[Place]:
    """What one ticks: a label stands right of it, or left of it on a line of its own."""
    drawn = [
        cell.rect for cell in cells_of(page.levels, page.uprights) if _is_square(cell.rect) and cell.left is cell.right
    ]
    empty = [rect for rect in drawn if not writing.inside(rect) and not writing.covers(rect.inset(1.5))]
    for rect, confidence in (*((rect, 0.85) for rect in empty), *((rect, 0.9) for rect in writing.glyphs)):
        piece = labels.right_of(writing, rect, 20) or labels.left_of(writing, rect, 14)
        if piece is not None and _is_choice(piece):
            yield Place("checkbox", piece.text, rect, confidence)


def _is_choice(piece: Piece) -> bool:
    return len(piece.text.split()) <= _MOST_WORDS and any(letter.isalpha() for letter in piece.text)


def _in_cell(
    writing: Writing, cells: Sequence[Cell], texts: Sequence[list[Piece]], n: int, asked: set[int]
) -> Place | None:
    cell = cells[n]
    left = _text(texts, cell.left)
    kind = labels.kind_for(writing, left) if left else None
    if kind and cell.left is not None and not _is_header_row(cells, texts, cell.left):
        asked.add(cell.left)
        return _boxed(kind, left, cell.rect, 0.88)
    header = _header(cells, texts, n)
    taken = header is not None and header in asked and cells[header].right is not None and _asks_right(texts, header)
    if header is not None and not taken and labels.is_known(writing, _text(texts, header)):
        asked.add(header)
        label = _text(texts, header)
        return _boxed(labels.kind_for(writing, label) or "text", label, cell.rect, 0.8)
    return _outside(writing, cell) if cell.left is None and cell.above is None else None


def _asks_right(texts: Sequence[list[Piece]], n: int) -> bool:
    """A colon asks for what follows in its row, not for a column beneath."""
    return _text(texts, n).rstrip().endswith(":")


def _is_header_row(cells: Sequence[Cell], texts: Sequence[list[Piece]], n: int) -> bool:
    """Words beside words, with nothing beneath: the empty place at their end is a column without a title."""
    beside, below = cells[n].left, cells[n].below
    return beside is not None and bool(texts[beside]) and below is not None and not texts[below]


def _outside(writing: Writing, cell: Cell) -> Place | None:
    """A box that stands alone, or begins a row of boxes: its label is left of it, right above or right below it."""
    rect = cell.rect
    top, bottom = Ruling(rect.y, rect.x, rect.right), Ruling(rect.bottom, rect.x, rect.right)
    middle = Rect(rect.x, rect.y + min(rect.height, 24) / 2, rect.width, 1)
    left = labels.left_of(writing, middle)
    if left is not None:
        kind = labels.kind_for(writing, left.text)
        return _boxed(kind, left.text, rect, 0.88) if kind else None
    for piece, confidence in ((labels.over(writing, top, -1, 12), 0.8), (labels.under(writing, bottom, 8), 0.75)):
        if piece is not None and (kind := labels.kind_for(writing, piece.text)):
            return _boxed(kind, piece.text, rect, confidence)
    return None


def _beside_own_label(writing: Writing, rect: Rect, texts: list[Piece]) -> Place | None:
    """A box with its label printed small into its upper left corner, or at its left end with a colon."""
    if len(texts) != 1 or rect.width < 60 or rect.height > 160:
        return None
    piece = texts[0]
    kind = labels.kind_for(writing, piece.text)
    if kind is None or piece.rect.x - rect.x > 14:
        return None
    free = rect.bottom - piece.rect.bottom
    if free >= 11 and piece.rect.y - rect.y < 8 and labels.is_known(writing, piece.text):
        return _boxed(kind, piece.text, Rect(rect.x, piece.rect.bottom, rect.width, free), 0.82)
    if piece.text.rstrip().endswith(":") and rect.right - piece.rect.right > 56 and rect.height < 40:
        start = piece.rect.right + 3
        return _boxed(kind, piece.text, Rect(start, rect.y, rect.right - start, rect.height), 0.8)
    return None


def _shades(page: Printed, writing: Writing, cells: Sequence[Cell]) -> Iterator[Place]:
    """Light boxes without a frame, as forms made for the screen have them."""
    for shade in page.shades:
        framed = any(cell.rect.overlap(shade) > 0.5 * shade.width * shade.height for cell in cells)
        if framed or writing.inside(shade) or not _is_roomy(shade) or shade.height > 90:
            continue
        if shade.width < 0.9 * page.size.width:
            place = _outside(writing, Cell(shade))
            if place is not None and labels.is_known(writing, place.label):
                yield place


def _combs(cells: Sequence[Cell], writing: Writing) -> Generator[Place, None, set[int]]:
    """Rows of small equal boxes, one for each character. Returns the indices of all their cells."""
    used: set[int] = set()
    for n, cell in enumerate(cells):
        if cell.left is None and cell.right is not None and _is_comb_cell(cell.rect):
            row = _row_from(cells, n)
            if len(row) >= _COMB_LEAST and not any(_is_more_than_a_row(writing, cells[i]) for i in row):
                used.update(row)
                yield from _comb(writing, cells, row)
    return used


def _is_more_than_a_row(writing: Writing, cell: Cell) -> bool:
    """Part of a grid or a chart, or filled in."""
    return cell.above is not None or cell.below is not None or bool(writing.inside(cell.rect))


def _comb(writing: Writing, cells: Sequence[Cell], row: list[int]) -> Iterator[Place]:
    first, last = cells[row[0]].rect, cells[row[-1]].rect
    place = _outside(writing, Cell(Rect(first.x, first.y, last.right - first.x, first.height)))
    if place is not None:
        kind = place.kind if place.kind not in ("signature", "initials", "date") else "text"
        yield Place(kind, place.label, place.rect, place.confidence, cells=len(row))


def _row_from(cells: Sequence[Cell], start: int) -> list[int]:
    row, size = [start], cells[start].rect
    while (following := cells[row[-1]].right) is not None and len(row) < 64:
        rect = cells[following].rect
        if abs(rect.width - size.width) > 2 or abs(rect.height - size.height) > 2:
            return []
        row.append(following)
    return row


def _header(cells: Sequence[Cell], texts: Sequence[list[Piece]], n: int) -> int | None:
    """The topmost cell of the column, if everything between it and this one, and below, is empty."""
    below = cells[n].below
    while below is not None:
        if texts[below]:
            return None
        below = cells[below].below
    above = cells[n].above
    for _ in range(60):
        if above is None:
            return None
        if texts[above]:
            return above if cells[above].above is None or not texts[cells[above].above or 0] else None
        above = cells[above].above
    return None


def _text(texts: Sequence[list[Piece]], n: int | None) -> str:
    return " ".join(piece.text for piece in texts[n]) if n is not None else ""


def _boxed(kind: str, label: str, rect: Rect, confidence: float) -> Place:
    return Place(kind, label, rect, confidence, multiline=kind == "text" and rect.height > _MULTILINE_PT)


def _is_roomy(rect: Rect) -> bool:
    return rect.width >= _BOX_WIDTH_PT and _BOX_HEIGHT_PT[0] <= rect.height <= _BOX_HEIGHT_PT[1]


def _is_square(rect: Rect) -> bool:
    low, high = _SQUARE_PT
    return low <= rect.width <= high and low <= rect.height <= high and abs(rect.width - rect.height) <= 3


def _is_comb_cell(rect: Rect) -> bool:
    return all(_COMB_PT[0] <= side <= _COMB_PT[1] for side in (rect.width, rect.height))
