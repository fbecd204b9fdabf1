"""The pages of a window: which there are, which is in front, which envelopes are open in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from app.ui.action import Place
from app.ui.theme import SPACE
from app.ui.widgets.look import set_look


@dataclass(frozen=True)
class PageSpec:
    """`build` is called when the page is first shown."""

    name: str
    title: str
    icon: str
    place: Place | None
    build: Callable[[], QWidget]
    low: bool = False


@dataclass
class _Open:
    """An envelope open for preparing."""

    envelope: str
    page: QWidget


class OpenEnvelopes(QWidget):
    """The place Prepare: one page for each open envelope behind a row of tabs, or `empty` when none is open.

    Signals: `front_changed` when another page, or none, is in front.
    """

    front_changed = Signal()

    def __init__(self, empty: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._open: list[_Open] = []
        self._tabs = QTabBar()
        self._tabs.setTabsClosable(True)
        self._tabs.setMovable(False)
        self._tabs.setExpanding(False)
        self._tabs.setDrawBase(False)
        self._tabs.setDocumentMode(True)
        self._tabs.setAccessibleName("Open envelopes")
        self._tabs.currentChanged.connect(self._show)
        self._tabs.tabCloseRequested.connect(self.close_at)
        self._bar = QFrame()
        set_look(self._bar, ground="rail")
        line = QHBoxLayout(self._bar)
        line.setContentsMargins(SPACE.inside, 0, SPACE.inside, 0)
        line.addWidget(self._tabs)
        line.addStretch(1)
        self._stack = QStackedWidget()
        self._stack.addWidget(empty)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self._bar)
        box.addWidget(self._stack, 1)
        self._bar.hide()

    def count(self) -> int:
        return len(self._open)

    def front(self) -> QWidget | None:
        at = self._tabs.currentIndex()
        return self._open[at].page if 0 <= at < len(self._open) else None

    def page_of(self, envelope: str) -> QWidget | None:
        return next((entry.page for entry in self._open if entry.envelope == envelope), None)

    def show_envelope(self, envelope: str, title: str, build: Callable[[], QWidget]) -> QWidget:
        """Brings the envelope's page to the front; builds it when it is not open yet."""
        page = self.page_of(envelope)
        if page is None:
            page = build()
            self._open.append(_Open(envelope, page))
            self._stack.addWidget(page)
            self._tabs.addTab(title)
        at = next(at for at, entry in enumerate(self._open) if entry.page is page)
        self._bar.setVisible(len(self._open) > 1)
        self._tabs.setCurrentIndex(at)
        self._show(at)
        return page

    def rename(self, envelope: str, title: str) -> None:
        for at, entry in enumerate(self._open):
            if entry.envelope == envelope:
                self._tabs.setTabText(at, title)

    def step(self, by: int) -> None:
        if self._open:
            self._tabs.setCurrentIndex((self._tabs.currentIndex() + by) % len(self._open))

    def close_front(self) -> bool:
        at = self._tabs.currentIndex()
        if at < 0:
            return False
        self.close_at(at)
        return True

    def close_at(self, at: int) -> None:
        entry = self._open.pop(at)
        self._tabs.removeTab(at)
        self._stack.removeWidget(entry.page)
        entry.page.hide()
        entry.page.deleteLater()
        self._bar.setVisible(len(self._open) > 1)
        self._show(self._tabs.currentIndex())

    def _show(self, at: int) -> None:
        page = self._open[at].page if 0 <= at < len(self._open) else None
        self._stack.setCurrentWidget(page or cast("QWidget", self._stack.widget(0)))
        self.front_changed.emit()
