"""The handover: the host says how the person was identified and passes the device; the person says who they are."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.ui.models.room import RoomModel
from app.ui.models.room_desk import Identified
from app.ui.room.host_card import HostCard
from app.ui.room.parts import on_desk
from app.ui.room.signer_card import SignerCard


class HandoverPage(QWidget):
    """Two cards, one after the other; between them the device changes hands.

    Signals: `others_wanted` when the host would rather begin with somebody else; `left` when the host gives up.
    """

    others_wanted = Signal()
    left = Signal()

    def __init__(self, model: RoomModel) -> None:
        super().__init__()
        self._model = model
        self._host = HostCard(model)
        self._signer = SignerCard(model)
        self._stack = QStackedWidget()
        for card in (self._host, self._signer):
            self._stack.addWidget(on_desk(card))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._stack)
        self._host.passed_on.connect(self._pass_on)
        self._host.left.connect(self.left)
        self._host.others_wanted.connect(self.others_wanted)
        self._signer.somebody_else.connect(self._take_back)

    def show_state(self) -> None:
        """The host's card, until the host has passed the device on."""
        if self._model.told is not None:
            self._hand_over(self._model.told)
        else:
            self.begin()

    def begin(self) -> None:
        """The host's card, with the usual way of identification chosen."""
        self._host.show_recipient()
        self._stack.setCurrentIndex(0)
        self._host.take_focus()

    def _pass_on(self, told: Identified) -> None:
        self._model.hand_over(told)
        self.show_state()

    def _take_back(self) -> None:
        if self._model.desk.habits().unattended:
            self.left.emit()
            return
        self._model.take_back()
        self.show_state()

    def _hand_over(self, told: Identified) -> None:
        self._signer.show_recipient(told)
        self._stack.setCurrentIndex(1)
        self._signer.take_focus()
