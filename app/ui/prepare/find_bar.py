"""Finding a text in the documents: marks on the pages, from one place to the next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QFrame, QLineEdit, QToolButton

from app.domain.errors import ParaphError
from app.domain.geometry import Rect
from app.tasks import Report, Runner
from app.ui.canvas.layout import PageRef
from app.ui.canvas.pointer import Frame, Overlay
from app.ui.canvas.view import PageView
from app.ui.icons import icon
from app.ui.theme import LIGHT, SPACE, qcolor
from app.ui.widgets.announce import announce
from app.ui.widgets.look import label, row, set_look

WAITS_MS: Final = 180


@dataclass(frozen=True)
class Place:
    """Where the text stands once; it may be broken over lines."""

    page: PageRef
    rects: tuple[Rect, ...]


Search = Callable[[str], Sequence[Place]]


class FindBar(QFrame):
    """`search` runs on a thread of `runner`. Signals: `closed`."""

    closed = Signal()

    def __init__(self, view: PageView, runner: Runner) -> None:
        super().__init__()
        set_look(self, ground="window")
        self._view, self._runner = view, runner
        self._search: Search | None = None
        self._places: tuple[Place, ...] = ()
        self._at = 0
        self._marks = _Marks()
        self.line = _Line(self)
        self.says = label("", "small", ink="muted")
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(WAITS_MS)
        self._pause.timeout.connect(self._seek)
        self.line.textEdited.connect(lambda _: self._pause.start())
        parts = row(
            label("Find", ink="muted"), self.line, self._tool("chevron-up", "Previous place", -1),
            self._tool("chevron-down", "Next place", 1), self.says, None, self._closer(),
        )  # fmt: skip
        parts.setContentsMargins(SPACE.between, SPACE.tight, SPACE.inside, SPACE.tight)
        self.setLayout(parts)
        view.add_overlay(self._marks)
        self.hide()

    def open(self, search: Search) -> None:
        self._search = search
        self.show()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()
        self._seek()

    def step(self, by: int) -> None:
        """Round and round."""
        if self._places:
            self._at = (self._at + by) % len(self._places)
            self._show()

    def close_bar(self) -> None:
        self.hide()
        self._keep(())
        self.closed.emit()

    def _seek(self) -> None:
        text, search = self.line.text(), self._search
        if search is None or not text.strip():
            self._keep(())
            return

        def work(_: Report) -> tuple[Place, ...]:
            return tuple(search(text))

        def found(places: tuple[Place, ...]) -> None:
            if text == self.line.text() and self.isVisible():
                self._keep(places)
                self._show()

        self._runner.start(work, found, self._failed, owner=self)

    def _failed(self, error: Exception) -> None:
        """A document that cannot be read has no text; what is no such error is a bug."""
        if not isinstance(error, ParaphError):
            raise error
        self._keep(())

    def _keep(self, places: tuple[Place, ...]) -> None:
        self._places, self._at = places, 0
        self._marks.places, self._marks.current = places, None
        words = "" if not self.line.text().strip() else "Nothing found" if not places else ""
        self.says.setText(words)
        set_look(self.line, wrong=bool(words))
        self._view.viewport().update()

    def _show(self) -> None:
        if not self._places:
            return
        place = self._places[self._at]
        self._marks.current = place
        self.says.setText(f"{self._at + 1} of {len(self._places)}")
        announce(self, f"{self._at + 1} of {len(self._places)}, page {place.page.page}")
        self._view.reveal(place.page, place.rects[0], upper_third=True)
        self._view.viewport().update()

    def _tool(self, mark: str, words: str, by: int) -> QToolButton:
        made = QToolButton()
        made.setIcon(icon(mark))
        made.setIconSize(QSize(16, 16))
        made.setToolTip(words)
        made.setAccessibleName(words)
        made.clicked.connect(lambda: self.step(by))
        return made

    def _closer(self) -> QToolButton:
        made = QToolButton()
        made.setIcon(icon("x", "muted"))
        made.setIconSize(QSize(16, 16))
        made.setToolTip("Close")
        made.setAccessibleName("Close the search")
        made.clicked.connect(self.close_bar)
        return made


class _Line(QLineEdit):
    def __init__(self, bar: FindBar) -> None:
        super().__init__()
        self._bar = bar
        self.setAccessibleName("Text to find in the documents")
        self.setPlaceholderText("Text in the documents")
        self.setMinimumWidth(220)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._bar.step(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        elif event.key() == Qt.Key.Key_Escape:
            self._bar.close_bar()
        else:
            super().keyPressEvent(event)


class _Marks(Overlay):
    """Like a marker pen: print stays readable below it."""

    def __init__(self) -> None:
        self.places: tuple[Place, ...] = ()
        self.current: Place | None = None

    def paint_page(self, painter: QPainter, frame: Frame) -> None:
        painter.save()
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        for place in self.places:
            if place.page == frame.page:
                ink = qcolor(LIGHT.accent, 0.45) if place is self.current else qcolor(LIGHT.warn_soft)
                for rect in place.rects:
                    painter.fillRect(frame.rect(rect), ink)
        painter.restore()
