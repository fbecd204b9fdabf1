"""A quiet line while there is no network: nothing is wrong, and nothing is lost by it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtNetwork import QHostAddress, QNetworkInterface
from PySide6.QtWidgets import QFrame

from app.ui.models.room_speech import phrase, say
from app.ui.theme import SPACE
from app.ui.widgets.icon_label import IconLabel
from app.ui.widgets.look import label, row, set_look

OFFLINE: Final = phrase(
    "No network, and none is needed. Everything stays on this device and is sent when its host chooses."
)
LOOKS_AGAIN_MS: Final = 5_000
UP: Final = QNetworkInterface.InterfaceFlag.IsUp | QNetworkInterface.InterfaceFlag.IsRunning


def is_offline() -> bool:
    """No interface but the one to itself has an address that others could answer."""
    return not any(
        _reaches_others(entry.ip())
        for interface in QNetworkInterface.allInterfaces()
        if interface.flags() & UP == UP
        for entry in interface.addressEntries()
    )


def _reaches_others(address: QHostAddress) -> bool:
    return not (address.isLoopback() or address.isLinkLocal())


class OfflineLine(QFrame):
    """Above whatever the room shows. It comes and goes with the network, and is never in the way."""

    def __init__(self) -> None:
        super().__init__()
        set_look(self, ground="surface")
        words = label(say(OFFLINE), "small", ink="muted", wrap=True)
        line = row(IconLabel("wifi-off", "muted"), words, gap=SPACE.inside)
        line.setStretch(1, 1)
        line.setContentsMargins(SPACE.around, SPACE.tight, SPACE.around, SPACE.tight)
        self.setLayout(line)
        self._again = QTimer(self)
        self._again.setInterval(LOOKS_AGAIN_MS)
        self._again.timeout.connect(self.look_again)
        self._again.start()
        if not is_offline():
            self.hide()

    def look_again(self) -> None:
        self.setVisible(is_offline())
