"""The words of each page for who hears them: one label a page, without a picture of its own, over the page."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QLabel, QWidget

from app.domain.ids import DocumentId
from app.ui.canvas.layout import PageRef
from app.ui.canvas.view import PageView
from app.ui.models.room import RoomModel
from app.ui.models.room_speech import say
from app.ui.room.print import Print


class PageVoice(QLabel):
    """Not seen and not touched; a screen reader finds it as static text where the page lies."""

    def __init__(self, paper: QWidget) -> None:
        super().__init__(paper)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.lower()


class Voices(QObject):
    """Keeps a label on every page that can be seen, below the fields."""

    def __init__(self, view: PageView, model: RoomModel, words: Print, parent: QObject) -> None:
        super().__init__(parent)
        self._view, self._model, self._print = view, model, words
        self._labels: dict[PageRef, PageVoice] = {}
        view.moved.connect(self._place)
        words.arrived.connect(self._place)

    def spoken(self, page: PageRef) -> str:
        """What is heard of a page."""
        document = self._model.envelope.document(DocumentId(page.document))
        facts = {"title": document.title, "page": page.page, "all": len(document.pages)}
        text = self._print.text_of(page)
        if not text:
            return say("{title}, page {page} of {all}: a picture without text", **facts)
        return say("{title}, page {page} of {all}", **facts) + "\n" + text

    def _place(self) -> None:
        if not self._model.is_open:
            return
        seen = {frame.page: frame for frame in self._view.frames()}
        for page in self._labels.keys() - seen.keys():
            self._labels.pop(page).deleteLater()
        for page, frame in seen.items():
            label = self._labels.get(page)
            if label is None:
                label = self._labels[page] = PageVoice(self._view.viewport())
                label.show()
                label.lower()
            label.setGeometry(frame.rect_px.toAlignedRect())
            label.setAccessibleName(self.spoken(page))
