"""The host's PIN: set, changed, taken away. Only its salted hash is kept."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QWidget

from app.services import preferences
from app.ui.desk import Desk
from app.ui.theme import SPACE
from app.ui.widgets.grey import allow
from app.ui.widgets.look import column, label, set_look

SHORTEST: Final = 4


class PinCard(QFrame):
    """Leaving the signing room asks for it."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_look(self, ground="card")
        self._desk = desk
        self._state = label("", "small", ink="muted", wrap=True)
        self._pin = QLineEdit()
        self._pin.setEchoMode(QLineEdit.EchoMode.Password)
        self._pin.setPlaceholderText("New PIN")
        self._pin.setAccessibleName("New host PIN")
        self._pin.setMaximumWidth(140)
        self._set = QPushButton("Set PIN")
        self._remove = QPushButton("Remove")
        set_look(self._remove, kind="danger")
        self._pin.textChanged.connect(self._judge)
        self._pin.returnPressed.connect(self._set.click)
        self._set.clicked.connect(lambda: self._change(self._pin.text()))
        self._remove.clicked.connect(lambda: self._change(""))
        line = QHBoxLayout(self)
        line.setContentsMargins(SPACE.between, SPACE.snug, SPACE.between, SPACE.snug)
        line.setSpacing(SPACE.inside)
        line.addLayout(column(label("Host PIN"), self._state, gap=2), 1)
        for part in (self._pin, self._set, self._remove):
            line.addWidget(part)
        self._show()

    def _show(self) -> None:
        has = preferences.has_pin(self._desk.house)
        self._state.setText(
            "Leaving the signing room asks for it."
            if has
            else "There is none: whoever holds the device can leave the signing room."
        )
        self._remove.setVisible(has)
        self._pin.clear()
        self._judge("")

    def _judge(self, written: str) -> None:
        enough = len(written) >= SHORTEST
        allow(self._set, "" if enough else f"Write at least {SHORTEST} digits or letters first.")

    def _change(self, pin: str) -> None:
        if pin and len(pin) < SHORTEST:
            return
        told = "The PIN is set" if pin else "The PIN is removed"
        self._desk.run(lambda _: preferences.set_pin(self._desk.house, pin), lambda _: self._done(told), owner=self)

    def _done(self, told: str) -> None:
        self._show()
        self._desk.notices.tell(told)
