"""Autosave: after each step the store is made equal to the screen, one write at a time, the latest wins.

A write that costs much, as of a thousand fields, is followed by a pause as long as it takes to keep the window quick;
steps meanwhile go together, and never more than a second of work waits.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from enum import Enum
from time import thread_time
from typing import Any, Final

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.changes import Changes
from app.domain.envelope import Envelope
from app.domain.errors import EnvelopeChanged
from app.tasks import Runner

CEREMONY: Final = (
    "id",
    "created_at",
    "updated_at",
    "sent_at",
    "completed_at",
    "status",
    "values",
    "certificate",
    "end_reason",
    "version",
)
"""What only steps of the envelope's life change; everything else is the preparer's to change."""
KEPT: Final = tuple(field.name for field in fields(Envelope) if field.name not in CEREMONY)

CHEAP_S: Final = 0.02
"""Of a processor; a write that costs less is followed by the next one at once."""
PAUSE: Final = 8
LONGEST_PAUSE_S: Final = 0.8

Save = Callable[[dict[str, Any]], Changes]
"""Replaces the given top-level keys of the stored draft, in one transaction."""


class Keeping(Enum):
    """Whether the store equals the screen."""

    SAVED = "saved"
    SAVING = "saving"
    FAILED = "failed"


class Keeper(QObject):
    """Signals: `state_changed`, `saved(Changes)`, `failed(Exception)`; what failed stays wanted, see `retry`."""

    state_changed = Signal()
    saved = Signal(object)
    failed = Signal(object)

    def __init__(self, runner: Runner, save: Save, stored: Envelope, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner, self._save = runner, save
        self._stored = self._wanted = stored
        self._is_writing = False
        self._last_cost_s = 0.0
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self._write)
        self.state = Keeping.SAVED

    @property
    def is_done(self) -> bool:
        """The store equals the screen."""
        return not self._is_writing and not differences(self._stored, self._wanted)

    def keep(self, envelope: Envelope) -> None:
        self._wanted = envelope
        self._write()

    def retry(self) -> None:
        self._write()

    def believe(self, stored: Envelope) -> None:
        """Somebody else wrote, and the screen shows it now."""
        self._stored = self._wanted = stored

    def flush(self) -> None:
        """Before the window closes: what is not stored yet is written now, on this thread. A write still under way
        may come first, so a clash is tried again; raises what the library raises."""
        for attempt in range(3):
            try:
                missing = differences(self._stored, self._wanted)
                if missing:
                    self._save(missing)
            except EnvelopeChanged:
                if attempt == 2:
                    raise
            else:
                self._stored = self._wanted
                return

    def _write(self) -> None:
        missing = differences(self._stored, self._wanted)
        if self._is_writing or self._pause.isActive() or not missing:
            return
        sent, self._is_writing = self._wanted, True
        self._turn(Keeping.SAVING)

        def save(_: object) -> tuple[Changes, float]:
            begun = thread_time()
            return self._save(missing), thread_time() - begun

        self._runner.start(save, lambda done: self._written(sent, *done), self._refused)

    def _written(self, sent: Envelope, changes: Changes, cost_s: float) -> None:
        self._stored, self._is_writing = sent, False
        # One costly write alone may be a pass of the collector; two in a row are a large envelope.
        usual_s, self._last_cost_s = min(cost_s, self._last_cost_s), cost_s
        if usual_s > CHEAP_S:
            self._pause.start(round(min(usual_s * PAUSE, LONGEST_PAUSE_S) * 1000))
        self.saved.emit(changes)
        if differences(self._stored, self._wanted):
            self._write()
        else:
            self._turn(Keeping.SAVED)

    def _refused(self, error: Exception) -> None:
        self._is_writing = False
        self._turn(Keeping.FAILED)
        self.failed.emit(error)

    def _turn(self, state: Keeping) -> None:
        if state is not self.state:
            self.state = state
            self.state_changed.emit()


def differences(stored: Envelope, wanted: Envelope) -> dict[str, Any]:
    """The keys that must be written, with their values."""
    return {key: getattr(wanted, key) for key in KEPT if getattr(stored, key) != getattr(wanted, key)}
