"""Setting text onto paper sheet by sheet: a cursor that moves down, and a new sheet where the last is full.

Pure; draws nothing itself but collects `Drawing`s, one for each sheet, so that every face is cut once.
"""

from dataclasses import dataclass, field
from typing import Final

from app.domain import errors
from app.domain.bidi import visual_pieces
from app.domain.drawing import BLACK, Colour, Drawing, Metrics, Path, Segment, TextRun, advance, line
from app.domain.fields.typesetting import wrap
from app.domain.geometry import Rect

WIDTH_PT: Final = 595.28
HEIGHT_PT: Final = 841.89
MARGIN_PT: Final = 48.0
TOP_PT: Final = 52.0
BOTTOM_PT: Final = 62.0
INNER_PT: Final = WIDTH_PT - 2 * MARGIN_PT

_LEADING: Final = 1.38


@dataclass(frozen=True, slots=True)
class Type:
    """How a text is set."""

    size: float
    face: str = "sans"
    colour: Colour = BLACK

    @property
    def step(self) -> float:
        """From one line to the next."""
        return self.size * _LEADING


@dataclass
class _Page:
    runs: list[TextRun] = field(default_factory=list)
    paths: list[Path] = field(default_factory=list)


class Sheets:
    """A pile of A4 sheets being written. `y` is where the next thing begins, from the top edge.

    `leftwards`: in a language written to the left. Places are still given as if it were written to the right; the
    sheet is turned round like a mirror, all but its letters.
    """

    def __init__(self, metrics: Metrics, *, leftwards: bool = False) -> None:
        self._metrics = metrics
        self._leftwards = leftwards
        self._pages = [_Page()]
        self.y = TOP_PT

    def need(self, height: float) -> bool:
        """Begin a new sheet unless this much fits; true if one was begun."""
        if self.y + height <= HEIGHT_PT - BOTTOM_PT or self.y <= TOP_PT:
            return False
        self._pages.append(_Page())
        self.y = TOP_PT
        return True

    def skip(self, height: float) -> None:
        self.y += height

    def text(self, words: str, x: float, kind: Type, *, right: bool = False, code: bool = False) -> None:
        """One line at the cursor, which stays; `right` sets it so that it ends at x. `code` stands where it
        stands and runs to the right in every language.
        """
        baseline = self.y + self._metrics.ascent(kind.face) * kind.size * 0.86
        self._set(self._pages[-1], self.writable(words), x, baseline, kind, right=right, code=code)

    def lines(self, words: str, width: float, kind: Type) -> list[str]:
        return wrap(self.writable(words), width, kind.size, kind.face, self._metrics)

    def paragraph(self, words: str, x: float, width: float, kind: Type) -> None:
        """Wrapped lines; the cursor moves below them, over to a new sheet where it must."""
        for one in self.lines(words, width, kind):
            self.need(kind.step)
            self.text(one, x, kind)
            self.y += kind.step

    def width_of(self, words: str, kind: Type) -> float:
        return advance(self._metrics, self.writable(words), kind.size, kind.face)

    def rule(self, colour: Colour, width: float = 0.6) -> None:
        """A line across the text at the cursor."""
        edge = (Segment("M", ((MARGIN_PT, self.y),)), Segment("L", ((WIDTH_PT - MARGIN_PT, self.y),)))
        self._pages[-1].paths.append(Path(edge, stroke=colour, width=width))

    def box(self, rect: Rect, colour: Colour, corner: float = 0.0) -> None:
        """A filled rectangle under what is set later."""
        if self._leftwards:
            rect = Rect(WIDTH_PT - rect.right, rect.y, rect.width, rect.height)
        self._pages[-1].paths.append(Path(_rounded(rect, corner), fill=colour))

    def footers(self, left: str, kind: Type) -> None:
        """On every sheet: a text and its number; to be called last."""
        for number, page in enumerate(self._pages, start=1):
            between = "/" if self._leftwards else " / "  # with blanks, the numbers would change places
            numbering = f"{number}{between}{len(self._pages)}"
            self._set(page, self.writable(left), MARGIN_PT, HEIGHT_PT - 34, kind)
            self._set(page, numbering, WIDTH_PT - MARGIN_PT, HEIGHT_PT - 34, kind, right=True)

    def drawings(self) -> tuple[Drawing, ...]:
        return tuple(Drawing(WIDTH_PT, HEIGHT_PT, tuple(page.runs), tuple(page.paths)) for page in self._pages)

    def _set(
        self, page: _Page, words: str, x: float, y: float, kind: Type, *, right: bool = False, code: bool = False
    ) -> None:
        turned = self._leftwards and not code
        pieces = [piece.alone for piece in visual_pieces(words, leftwards=True)] if turned else [words]
        width = sum(advance(self._metrics, piece, kind.size, kind.face) for piece in pieces)
        x = WIDTH_PT - x if turned else x
        x = x - width if right != turned else x
        for piece in pieces:
            runs = line(self._metrics, piece, x, y, kind.size, kind.face, kind.colour)
            page.runs.extend(runs)
            x += sum(run.width for run in runs)

    def writable(self, words: str) -> str:
        """A character that no bundled face has is told by its number: evidence must neither fail nor show boxes."""
        words = " ".join(words.split())
        try:
            self._metrics.spans(words, "sans")
        except errors.GlyphsMissing as missing:
            for character in missing.characters:
                words = words.replace(character, f"[U+{ord(character):04X}]")
        return words


def _rounded(rect: Rect, corner: float) -> tuple[Segment, ...]:
    """A rectangle with round corners; the constant makes four cubics a circle."""
    if corner <= 0:
        corners = ((rect.right, rect.y), (rect.right, rect.bottom), (rect.x, rect.bottom))
        edges = tuple(Segment("L", (point,)) for point in corners)
        return (Segment("M", ((rect.x, rect.y),)), *edges, Segment("Z"))
    left, top, right, bottom = rect.x, rect.y, rect.right, rect.bottom
    k = corner * (1 - 0.5522847498)
    r = corner
    return (
        Segment("M", ((left + r, top),)),
        Segment("L", ((right - r, top),)),
        Segment("C", ((right - k, top), (right, top + k), (right, top + r))),
        Segment("L", ((right, bottom - r),)),
        Segment("C", ((right, bottom - k), (right - k, bottom), (right - r, bottom))),
        Segment("L", ((left + r, bottom),)),
        Segment("C", ((left + k, bottom), (left, bottom - k), (left, bottom - r))),
        Segment("L", ((left, top + r),)),
        Segment("C", ((left, top + k), (left + k, top), (left + r, top))),
        Segment("Z"),
    )
