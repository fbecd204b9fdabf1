"""A window that only the host can leave: what the signing room and the kiosk have in common."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from app.tasks import Runner
from app.ui.models.room import RoomModel
from app.ui.models.room_desk import Habits
from app.ui.models.room_gate import Check, GateModel
from app.ui.models.room_speech import say
from app.ui.room.curtain import Idle
from app.ui.room.layer import SheetLayer
from app.ui.room.sitting import Sitting
from app.ui.room.tools import restore, sight
from app.ui.widgets.look import set_look

HIDE_KEY = "F9"


class LockedWindow(QWidget):
    """Full screen, modal to the program, refusing to be closed by the window manager.

    `enter()` hides the program's other windows and shows this one; leaving shows them again. The clipboard is emptied
    both ways: what the host copied is not for the signer, nor the other way round. What it shows stands in `_box`,
    below the curtain, which is called for by `hide_document` when nobody has touched the device for a while.

    Signals: `closed(str)` with the outcome, once, at the end; `changed(Changes)` for those who list envelopes.
    """

    closed = Signal(str)
    changed = Signal(object)
    _sitting: Sitting | None

    def __init__(self, habits: Habits, check: Check, runner: Runner, idle_minutes: float) -> None:
        super().__init__(None, Qt.WindowType.Window | Qt.WindowType.WindowStaysOnTopHint)
        self._runner = runner
        self._open_to_leave = False
        self._guarded = not habits.rehearses
        self._sight = sight()
        self._hidden: list[QWidget] = []
        self.setWindowTitle(say("Paraph signing room"))
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        set_look(self, ground="desk")
        self.setMinimumSize(480, 420)
        self._ground = QWidget()
        self._box = QVBoxLayout(self._ground)
        self._box.setContentsMargins(0, 0, 0, 0)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._ground)
        self.curtain = SheetLayer(self, self._ground, opaque=True)
        self._idle = Idle(idle_minutes, self)
        self._idle.fell_idle.connect(self.fall_idle)
        QShortcut(QKeySequence(HIDE_KEY), self).activated.connect(self.hide_document)
        # One for the whole stay: the next person does not begin with fresh tries.
        self._gate = GateModel(habits.pin_set, check, parent=self, wait_s=habits.pin_wait_s)

    def enter(self) -> None:
        """Shows it over the whole screen, and nothing else of the program."""
        self._empty_clipboard()
        windows = QApplication.topLevelWidgets()
        self._hidden = [w for w in windows if w is not self and w.isVisible() and w.isWindow()]
        self.showFullScreen()
        self.activateWindow()
        for window in self._hidden:
            window.hide()
        self.begin()

    def begin(self) -> None:
        """Once it stands on the screen."""

    def hide_document(self) -> None:
        """Lets the curtain fall, if there is something to hide."""

    def fall_idle(self) -> None:
        """Nobody has touched the device for a while."""
        self.hide_document()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc never leaves; nor does any other key that nobody wanted."""
        event.accept()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._open_to_leave:
            event.accept()
            return
        event.ignore()
        if not self._guarded:
            self._leave("later")

    def _seat(self, model: RoomModel) -> None:
        """Puts a sitting over this model into `_box`."""
        raise NotImplementedError

    def _translate(self) -> None:
        """All words anew, over the same model; what is being written is stored first."""
        before = self._sitting
        if before is not None:
            before.settle(lambda: self._seat_again(before))

    def _seat_again(self, before: Sitting) -> None:
        self._seat(before.model)
        self._put_away(before)
        if self._sitting is not None:
            self._sitting.resume()

    def _put_away(self, page: QWidget) -> None:
        """At once out of sight and reach; the event loop lets go of it."""
        page.hide()
        self._box.removeWidget(page)
        page.deleteLater()

    def _leave(self, outcome: str) -> None:
        self._open_to_leave = True
        self._idle.stop()
        self._clear_traces()
        for window in self._hidden:
            window.show()
        self.close()
        self.closed.emit(outcome)
        self.deleteLater()

    def _clear_traces(self) -> None:
        """Of the person who was here: how they wanted to see it, and what they copied."""
        restore(self._sight)
        self._empty_clipboard()

    def _empty_clipboard(self) -> None:
        if self._guarded:
            QGuiApplication.clipboard().clear()
