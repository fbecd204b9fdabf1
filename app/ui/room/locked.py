"""The room as a window that only the host can leave. It is handed a desk, and knows nothing of the house."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from app.tasks import Runner
from app.ui.models.room import RoomModel
from app.ui.models.room_desk import RoomDesk
from app.ui.models.room_gate import GateModel, Tried
from app.ui.models.room_speech import LANGUAGES, say, speak
from app.ui.room.curtain import CurtainCard, Idle
from app.ui.room.layer import SheetLayer
from app.ui.room.sitting import Sitting
from app.ui.room.tools import restore, sight
from app.ui.widgets.look import set_look

HIDE_KEY = "F9"


class LockedRoom(QWidget):
    """Full screen, modal to the program, refusing to be closed by the window manager while somebody sits in it.

    `enter()` hides the program's other windows and shows the room; leaving shows them again. The clipboard is emptied
    both ways: what the host copied is not for the signer, nor the other way round.

    Signals: `closed(str)` finished, declined or later, once, at the end; `next_signer(str)` when the room goes on with
    another role; `changed(Changes)` for those who list envelopes.
    """

    closed = Signal(str)
    next_signer = Signal(str)
    changed = Signal(object)

    def __init__(self, desk: RoomDesk, runner: Runner) -> None:
        super().__init__(None, Qt.WindowType.Window | Qt.WindowType.WindowStaysOnTopHint)
        self._runner = runner
        self._open_to_leave = False
        self._guarded = not desk.habits().rehearses
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
        habits = desk.habits()
        self._idle = Idle(habits.idle_minutes, self)
        self._idle.fell_idle.connect(self.hide_document)
        QShortcut(QKeySequence(HIDE_KEY), self).activated.connect(self.hide_document)
        # One for the whole stay: the next person does not begin with fresh tries.
        self._gate = GateModel(habits.pin_set, self._check_pin, parent=self, wait_s=habits.pin_wait_s)
        self._begin(desk)

    @property
    def sitting(self) -> Sitting:
        return self._sitting

    def enter(self) -> None:
        """Shows the room over the whole screen, and nothing else of the program."""
        self._empty_clipboard()
        windows = QApplication.topLevelWidgets()
        self._hidden = [w for w in windows if w is not self and w.isVisible() and w.isWindow()]
        self.showFullScreen()
        self.activateWindow()
        for window in self._hidden:
            window.hide()
        self._sitting.begin()

    def hide_document(self) -> None:
        """Lets the curtain fall, if there is something to hide."""
        if self._sitting.shows_something_private and self.curtain.sheet is None:
            card = CurtainCard(self._sitting.model.recipient.name)
            card.lifted.connect(self.curtain.clear)
            card.left.connect(self._leave_hidden)
            self.curtain.put(card, fixed=True)

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

    def _begin(self, desk: RoomDesk) -> None:
        speak(self._tongue(desk))
        model = RoomModel(desk, self._runner)
        model.changed.connect(self.changed)
        model.language_changed.connect(self._translate)
        self._seat(model)

    def _tongue(self, desk: RoomDesk) -> str:
        """What is spoken before the device has changed hands: the host's."""
        return LANGUAGES[0].code

    def _seat(self, model: RoomModel) -> None:
        self._sitting = Sitting(model, self._runner, self._gate)
        self._sitting.left.connect(self._leave)
        self._sitting.next_wanted.connect(self._go_on_with)
        self._box.addWidget(self._sitting)

    def _translate(self) -> None:
        """All words anew, over the same model; what is being written is stored first."""
        before = self._sitting

        def anew() -> None:
            self._seat(before.model)
            before.hide()
            before.deleteLater()
            self._sitting.resume()

        before.settle(anew)

    def _check_pin(self, pin: str, then: Callable[[Tried], None]) -> None:
        self._sitting.model.check_pin(pin, then)

    def _go_on_with(self, role: str) -> None:
        """A new sitting with a model of its own: nothing of the last person's is kept."""
        before = self._sitting
        self._empty_clipboard()
        restore(self._sight)
        self._begin(before.model.desk.beside(role))
        before.hide()
        before.deleteLater()
        self._sitting.begin()
        self.next_signer.emit(role)

    def _leave_hidden(self) -> None:
        self._sitting.ask_host("later", fixed=True)
        self.curtain.clear()

    def _leave(self, outcome: str) -> None:
        self._sitting.model.give_back()
        self._open_to_leave = True
        self._idle.stop()
        restore(self._sight)
        self._empty_clipboard()
        for window in self._hidden:
            window.show()
        self.close()
        self.closed.emit(outcome)
        self.deleteLater()

    def _empty_clipboard(self) -> None:
        if self._guarded:
            QGuiApplication.clipboard().clear()
