"""What a person sees while something takes its time: nothing for 100 ms, then that it works, then how far
it is."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QProgressBar, QPushButton, QVBoxLayout, QWidget

from app.tasks import Handle
from app.ui.theme import SPACE, show_busy
from app.ui.widgets.look import label, row, set_look

SHOWS_AFTER_MS: Final = 100


class ProgressStrip(QWidget):
    """Follow one piece of work: `follow(text, handle)`, `report(done, total)`, `finish()`.

    Signals: `cancelled` after the person stopped it and the handle was cancelled.
    """

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._handle: Handle | None = None
        self._text = label("", ink="muted")
        self._count = label("", "small", ink="muted")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("Progress")
        self._stop = QPushButton("Cancel")
        set_look(self._stop, kind="quiet")
        self._stop.clicked.connect(self._cancel)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE.tight)
        box.addLayout(row(self._text, None, self._count, self._stop))
        box.addWidget(self._bar)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.show)
        self.hide()

    def follow(self, text: str, handle: Handle) -> None:
        """`handle` may already be finished: then nothing is ever shown."""
        self._handle = handle
        self._text.setText(text)
        self._count.clear()
        show_busy(self._bar)
        self._bar.setAccessibleName(text)
        self._stop.setAccessibleName(f"Cancel: {text}")
        if handle.running:
            self._timer.start(SHOWS_AFTER_MS)

    def report(self, done: int, total: int) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self._count.setText(f"{done:,} of {total:,}")

    def finish(self) -> None:
        self._timer.stop()
        self._handle = None
        self.hide()

    def _cancel(self) -> None:
        if self._handle is not None:
            self._handle.cancel()
        self.finish()
        self.cancelled.emit()
