"""The curtain: falls when nobody has touched the device for a while, or when somebody presses F9, and shows nothing."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from app.ui.models.room_speech import phrase, say
from app.ui.room.parts import Card, button
from app.ui.widgets.look import label, row

INPUT: Final = (
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
    QEvent.Type.TouchUpdate,
    QEvent.Type.TabletPress,
    QEvent.Type.TabletMove,
)
MINUTE_MS: Final = 60_000
HIDDEN: Final = phrase(
    "The document is hidden because nobody has used the device for a while, or because F9 was pressed. Everything you "
    "entered is stored."
)


class Idle(QObject):
    """Signals: `fell_idle` after `minutes` without any input to the program; 0 is never."""

    fell_idle = Signal()

    def __init__(self, minutes: float, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(int(minutes * MINUTE_MS))
        self._timer.timeout.connect(self.fell_idle)
        app = QApplication.instance()
        if minutes > 0 and app is not None:
            app.installEventFilter(self)
            self._timer.start()

    def again(self) -> None:
        """Counts from now on, as if the device had been touched."""
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()
        app = QApplication.instance()
        if app is not None:
            app.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in INPUT:
            self._timer.start()
        return False


class CurtainCard(Card):
    """Signals: `lifted` by the person who signs; `left` when they go."""

    lifted = Signal()
    left = Signal()

    def __init__(self, name: str, leaving: str = "", parent: QWidget | None = None) -> None:
        super().__init__(460, parent)
        go = button(say("I am {name}, go on", name=name), self.lifted.emit, "primary")
        self.box.addWidget(label(say("Hidden"), "title", strong=True))
        self.box.addWidget(label(say(HIDDEN), "large", wrap=True))
        self.box.addLayout(row(button(leaving or say("Sign later"), self.left.emit, "quiet"), None, go))
        self.setFocusProxy(go)
