"""What the person looks at, for the record: which pages stood on the screen, for how long, and how large."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QElapsedTimer, QObject, QTimer

from app.domain.ids import DocumentId
from app.domain.seeing import Seen
from app.ui.canvas.layout import PageRef
from app.ui.canvas.view import PageView
from app.ui.models.room import RoomModel, Screen
from app.ui.models.room_asking import nothing, nothing_more

LEAST_MS: Final = 1000
"""A page that was passed on the way to another was not looked at."""
TOLD_AFTER_MS: Final = 20_000


class Looking(QObject):
    """Keeps the stretches of time and tells them in one go, so that the trail stays short. Nothing is kept while the
    pages are covered, or where the host has switched the record off.
    """

    def __init__(self, view: PageView, model: RoomModel, parent: QObject) -> None:
        super().__init__(parent)
        self._view, self._model = view, model
        self._wanted = model.desk.habits().records_views
        self._page: PageRef | None = None
        self._zoom = 1.0
        self._since = QElapsedTimer()
        self._seen: list[Seen] = []
        self._telling = QTimer(self)
        self._telling.setInterval(TOLD_AFTER_MS)
        self._telling.timeout.connect(self.tell)
        if self._wanted:
            self._telling.start()
            view.moved.connect(self._look)
            model.screen_changed.connect(self._look)

    def tell(self) -> None:
        """Now, with the stretch under way."""
        self._close()
        self._open()
        seen, self._seen = tuple(self._seen), []
        if seen:
            self._model.ask(lambda _: self._model.desk.saw(seen), nothing, nothing_more)

    def _look(self, *_: object) -> None:
        if (self._now(), self._view.zoom) != (self._page, self._zoom):
            self._close()
            self._open()
        if self._model.screen in (Screen.REVIEW, Screen.APART):
            self.tell()

    def _now(self) -> PageRef | None:
        looked_at = self._model.screen in (Screen.READING, Screen.WALK) and self._view.isVisible()
        return self._view.page if looked_at else None

    def _open(self) -> None:
        self._page, self._zoom = self._now(), self._view.zoom
        self._since.start()

    def _close(self) -> None:
        if self._page is None or not self._since.isValid() or self._since.elapsed() < LEAST_MS:
            return
        name = DocumentId(self._page.document)
        self._seen.append(Seen(name, self._page.page, self._since.elapsed(), round(self._zoom * 100)))
