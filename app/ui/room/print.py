"""Where the printed words of each page stand, fetched once a page, so that nothing of ours lies on them."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal

from app.domain.geometry import Rect
from app.domain.ids import DocumentId, Sha256
from app.tasks import Runner
from app.ui.canvas.layout import PageRef
from app.ui.models.room_desk import Printed, RoomDesk

NOTHING = Printed()


class Print(QObject):
    """Signals: `arrived` when the words of another page are known."""

    arrived = Signal()

    def __init__(self, desk: RoomDesk, runner: Runner, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._runner = runner
        self._sources: Mapping[DocumentId, Sha256] = {}
        self._words: dict[PageRef, Printed] = {}

    def read(self, sources: Mapping[DocumentId, Sha256]) -> None:
        """Other documents, or other revisions of them."""
        self._sources = dict(sources)
        self._words.clear()

    def words_on(self, page: PageRef) -> tuple[Rect, ...]:
        """In points; empty while they are fetched, before `read`, and for a picture of a page."""
        return self._on(page).words

    def text_of(self, page: PageRef) -> str:
        """Empty as above."""
        return self._on(page).text

    def _on(self, page: PageRef) -> Printed:
        source = self._sources.get(DocumentId(page.document))
        if source is None:
            return NOTHING
        if page not in self._words:
            self._words[page] = NOTHING
            self._runner.start(
                lambda _: self._desk.print_on(source, page.page),
                lambda found: self._keep(page, found),
                lambda _: None,
                owner=self,
            )
        return self._words[page]

    def _keep(self, page: PageRef, found: Printed) -> None:
        self._words[page] = found
        self.arrived.emit()
