"""What a start of the window is given, and Qt's application with the one thing ours adds to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from app.services.house import House


@dataclass(frozen=True)
class Start:
    """What the composition root hands in. `build` makes the house; it is called on another thread, after the first
    paint, with a callable that gives the passphrase of the vault, or None while the person has not been asked.
    `log` starts the log and says its folder.
    """

    build: Callable[[Callable[[], str | None]], House]
    resources: Path
    library: Path
    log: Callable[[], Path]
    version: str


class Application(QApplication):
    """Signals: `file_asked_for` when the system hands us a file to open (macOS sends events, not arguments)."""

    file_asked_for = Signal(tuple)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QFileOpenEvent):
            self.file_asked_for.emit((Path(event.file()),))
            return True
        return super().event(event)
