"""What is printed on the pages, as lines to stand on; read once for each page, off this thread."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from PySide6.QtCore import QObject

from app.domain.errors import ParaphError
from app.services.viewing import PageGuides
from app.tasks import Report, Runner
from app.ui.canvas.layout import PageRef
from app.ui.prepare.snapping import EDGES, Axis, Line, Side, lines_around

MOST_PAGES: Final = 400
"""Kept in memory; a page more begins anew."""


Read = Callable[[PageRef], PageGuides]


class PrintedLines(QObject):
    """`read` is called on a thread of `runner`, once for each page of an envelope's documents."""

    def __init__(self, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._read: Read | None = None
        self._known: dict[PageRef, tuple[Line, ...]] = {}
        self._asked: set[PageRef] = set()

    def read_from(self, read: Read) -> None:
        """The documents are other ones now."""
        self._read = read
        self._known.clear()
        self._asked.clear()

    def on(self, page: PageRef) -> tuple[Line, ...]:
        """What is known of the page; asks for it where nothing is known yet."""
        self.look_at(page)
        return self._known.get(page, ())

    def look_at(self, page: PageRef) -> None:
        if self._read is None or page in self._asked:
            return
        if len(self._asked) >= MOST_PAGES:
            self._asked.clear()
            self._known.clear()
        self._asked.add(page)
        read = self._read

        def work(_: Report) -> tuple[Line, ...]:
            return tuple(lines_of_print(read(page)))

        def keep(lines: tuple[Line, ...]) -> None:
            if read is self._read:
                self._known[page] = lines

        self._runner.start(work, keep, _give_up, owner=self)


def lines_of_print(guides: PageGuides) -> Iterator[Line]:
    """Edges stand on rulings and frames, middles in the middle of cells, and what is written ends on a baseline."""
    for ruled in guides.horizontals:
        yield Line(Axis.Y, ruled.at, ruled.start, ruled.end, EDGES, is_printed=True)
    for ruled in guides.verticals:
        yield Line(Axis.X, ruled.at, ruled.start, ruled.end, EDGES, is_printed=True)
    for baseline in guides.baselines:
        yield Line(Axis.Y, baseline.at, baseline.start, baseline.end, Side.END, is_printed=True)
        yield Line(Axis.X, baseline.start, baseline.at - 1, baseline.at, Side.START, is_printed=True)
    for box in (*guides.boxes, *guides.cells):
        yield from lines_around(box, is_printed=True)
    around = guides.margins
    yield Line(Axis.X, around.x, around.y, around.bottom, Side.START, is_printed=True)
    yield Line(Axis.X, around.right, around.y, around.bottom, Side.END, is_printed=True)


def _give_up(error: Exception) -> None:
    """A page that cannot be read offers nothing to stand on; the view says by itself that it cannot be drawn."""
    if not isinstance(error, ParaphError):
        raise error
