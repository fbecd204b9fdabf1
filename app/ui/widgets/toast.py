"""A short word at the lower edge of a window: what has just been done, with one thing to do about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QEnterEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from app.ui.icons import icon
from app.ui.theme import CORNER, SPACE, qcolor, tokens_of
from app.ui.widgets.announce import announce
from app.ui.widgets.banner import ICONS
from app.ui.widgets.icon_label import IconLabel
from app.ui.widgets.look import label, set_look

STAYS_MS: Final = 6000
MOST: Final = 3
LONG: Final = 64
"""Characters; more are broken into lines `WRAPPED` pixels wide."""
WRAPPED: Final = 400


@dataclass(frozen=True)
class Word:
    """`tone` accent, good, warn or bad. What went badly stays until it is put away."""

    text: str
    tone: str = "good"
    button: str = ""
    then: Callable[[], object] | None = None


class Toast(QWidget):
    """A short message that goes away by itself, with at most one thing to do."""

    def __init__(self, word: Word, done: Callable[[Toast], None], parent: QWidget) -> None:
        super().__init__(parent)
        self.word = word
        self._done = done
        self.setAccessibleName(word.text)
        line = QHBoxLayout(self)
        line.setContentsMargins(SPACE.between, SPACE.inside, SPACE.inside, SPACE.inside)
        line.setSpacing(SPACE.snug)
        line.addWidget(IconLabel(ICONS[word.tone], word.tone))
        text = label(word.text, wrap=len(word.text) > LONG)
        if len(word.text) > LONG:
            text.setFixedWidth(WRAPPED)
        line.addWidget(text, 1)
        if word.button:
            line.addWidget(self._button())
        line.addWidget(self._closer())
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.leave)
        self._wait()

    def leave(self) -> None:
        self._timer.stop()
        self._done(self)

    def enterEvent(self, event: QEnterEvent) -> None:
        """A person who reads it is not hurried."""
        self._timer.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._wait()
        super().leaveEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = tokens_of(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(qcolor(tokens.edge))
        painter.setBrush(qcolor(tokens.raised))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), CORNER, CORNER)
        painter.end()

    def _wait(self) -> None:
        if self.word.tone != "bad":
            self._timer.start(STAYS_MS)

    def _button(self) -> QPushButton:
        act = QPushButton(self.word.button)
        set_look(act, kind="link")
        if self.word.then is not None:
            act.clicked.connect(self.word.then)
        act.clicked.connect(self.leave)
        return act

    def _closer(self) -> QToolButton:
        close = QToolButton()
        close.setIcon(icon("x", "muted"))
        close.setIconSize(QSize(16, 16))
        close.setAccessibleName("Put this message away")
        close.clicked.connect(self.leave)
        return close


class ToastRack(QWidget):
    """Lies over the lower middle of a window and holds at most three toasts, the newest lowest."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE.inside)
        self._column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetFixedSize)
        window.installEventFilter(self)
        self.hide()

    @property
    def shown(self) -> tuple[Word, ...]:
        return tuple(toast.word for toast in self._toasts())

    def tell(self, word: Word) -> None:
        for toast in self._toasts()[: -(MOST - 1)] if MOST > 1 else self._toasts():
            self._remove(toast)
        self._column.addWidget(Toast(word, self._remove, self), 0, Qt.AlignmentFlag.AlignHCenter)
        announce(self, word.text, urgent=word.tone == "bad")
        self._settle()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _toasts(self) -> list[Toast]:
        items = (self._column.itemAt(at) for at in range(self._column.count()))
        found = (item.widget() for item in items if item is not None)
        return [toast for toast in found if isinstance(toast, Toast)]

    def _remove(self, toast: Toast) -> None:
        self._column.removeWidget(toast)
        toast.hide()
        toast.deleteLater()
        self._settle()

    def _settle(self) -> None:
        self.setVisible(bool(self._toasts()))
        self.raise_()

    def _place(self) -> None:
        window = self._window
        self.move((window.width() - self.width()) // 2, window.height() - self.height() - SPACE.around)
