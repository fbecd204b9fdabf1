"""The host's gate: what a signer meets where only the host may go on."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QElapsedTimer, QRectF, QTimer, Signal
from PySide6.QtGui import QHideEvent, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from app.ui.models.room_gate import GateModel
from app.ui.models.room_speech import say
from app.ui.room.parts import TOUCH, Card, button
from app.ui.theme import CORNER_SMALL, SPACE, qcolor, tokens_of
from app.ui.widgets.look import column, label, row, set_look

HOLD_MS: Final = 1500


class HoldButton(QPushButton):
    """Pressed for a second and a half: nobody does that by accident, and it can be done with the space bar.

    Signals: `held` once it was pressed long enough.
    """

    held = Signal()

    def __init__(self, text: str) -> None:
        super().__init__(text)
        set_look(self, type="large")
        self.setMinimumHeight(TOUCH)
        self.setAccessibleDescription(say("Press and hold for a second and a half"))
        self._since = QElapsedTimer()
        self._beat = QTimer(self)
        self._beat.setInterval(30)
        self._beat.timeout.connect(self._advance)
        self.pressed.connect(self._begin)
        self.released.connect(self._let_go)

    @property
    def share(self) -> float:
        """How much of the time has passed, 0 to 1."""
        return min(1.0, self._since.elapsed() / HOLD_MS) if self._since.isValid() else 0.0

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.share <= 0:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inside = QPainterPath()
        inside.addRoundedRect(QRectF(self.rect()), CORNER_SMALL, CORNER_SMALL)
        painter.setClipPath(inside)
        done = QRectF(0, 0, self.width() * self.share, self.height())
        painter.fillRect(done, qcolor(tokens_of(self.palette()).accent, 0.25))
        painter.end()

    def hideEvent(self, event: QHideEvent) -> None:
        self._let_go()
        super().hideEvent(event)

    def _begin(self) -> None:
        self._since.start()
        self._beat.start()

    def _advance(self) -> None:
        self.update()
        if self.share >= 1.0:
            self._let_go()
            self.held.emit()

    def _let_go(self) -> None:
        self._beat.stop()
        self._since.invalidate()
        self.update()


class Gate(QWidget):
    """Signals: `opened` by the host; `cancelled`."""

    opened = Signal()
    cancelled = Signal()

    def __init__(self, model: GateModel, why: str) -> None:
        super().__init__()
        self._model = model
        self._pin = QLineEdit()
        self._pin.setEchoMode(QLineEdit.EchoMode.Password)
        self._pin.setMinimumHeight(TOUCH)
        self._pin.setPlaceholderText(say("PIN"))
        self._pin.setAccessibleName(say("PIN of the host"))
        self._pin.setMaximumWidth(260)
        self._said = label("", ink="bad", wrap=True)
        self._go = button(say("Continue"), self._try, "primary")
        self._pin.returnPressed.connect(self._try)
        hold = HoldButton(say("I am the host: press and hold"))
        hold.held.connect(model.say_host)
        box = column(
            label(say("For the host"), "title", strong=True), label(why, ink="muted", wrap=True), gap=SPACE.snug
        )
        if model.pin_set:
            box.addLayout(row(self._pin, self._go, None))
            box.addWidget(self._said)
        else:
            box.addLayout(row(hold, None))
        box.addLayout(row(button(say("Back"), self.cancelled.emit, "quiet"), None))
        self.setLayout(box)
        self.setFocusProxy(self._pin if model.pin_set else hold)
        model.changed.connect(self._show)
        model.opened.connect(self._open)
        self._show()

    def _try(self) -> None:
        pin = self._pin.text()
        self._pin.clear()
        self._model.try_pin(pin)

    def _open(self) -> None:
        if self.isVisible():
            self.opened.emit()

    def _show(self) -> None:
        wait = self._model.wait_s
        self._pin.setEnabled(not wait)
        self._go.setEnabled(not wait)
        if wait:
            self._said.setText(say("That was not the PIN. Try again in {seconds} s.", seconds=wait))
        else:
            self._said.setText(say("That was not the PIN.") if self._model.was_wrong else "")
        self._said.setVisible(bool(self._said.text()))


class GateSheet(Card):
    """The gate on a card of its own. Signals: those of `Gate`."""

    opened = Signal()
    cancelled = Signal()

    def __init__(self, model: GateModel, why: str) -> None:
        super().__init__(480)
        gate = Gate(model, why)
        gate.opened.connect(self.opened)
        gate.cancelled.connect(self.cancelled)
        self.box.addWidget(gate)
        self.setFocusProxy(gate)
