"""One running program for each library: a second start hands its files to the first and ends."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

WAIT_MS: Final = 1500
MOST_BYTES: Final = 1 << 20


class Instance(QObject):
    """`claim` says whether we are the first. Signals: `files_arrived` with a tuple of paths, empty when the
    second start named none and only wants to be seen.

    The socket is the person's own (`UserAccessOption`); what arrives is a list of paths and nothing else.
    """

    files_arrived = Signal(tuple)

    def __init__(self, library: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = "paraph-" + hashlib.sha256(str(library.absolute()).encode()).hexdigest()[:16]
        self._callers: list[QLocalSocket] = []
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._greet)

    def claim(self, files: Sequence[Path]) -> bool:
        """True: we are the first and listen. False: another has taken the files."""
        if self._hand_over(files):
            return False
        if not self._server.listen(self._name):
            QLocalServer.removeServer(self._name)
            self._server.listen(self._name)
        return True

    def close(self) -> None:
        self._server.close()

    def _hand_over(self, files: Sequence[Path]) -> bool:
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(WAIT_MS):
            return False
        socket.write(json.dumps([str(file.absolute()) for file in files]).encode() + b"\n")
        socket.waitForBytesWritten(WAIT_MS)
        taken = socket.waitForReadyRead(WAIT_MS)
        socket.disconnectFromServer()
        return taken

    def _greet(self) -> None:
        while self._server.hasPendingConnections():
            caller = self._server.nextPendingConnection()
            if caller is not None:
                self._callers.append(caller)
                caller.readyRead.connect(self._read)
                caller.disconnected.connect(self._forget)

    def _read(self) -> None:
        for caller in tuple(self._callers):
            if caller.bytesAvailable() > MOST_BYTES:
                caller.abort()
            elif caller.canReadLine():
                self._take(caller, _paths(bytes(caller.readLine().data())))

    def _take(self, caller: QLocalSocket, files: tuple[Path, ...] | None) -> None:
        if files is not None:
            caller.write(b"taken\n")
            caller.flush()
            self.files_arrived.emit(files)

    def _forget(self) -> None:
        """The server owns its sockets and outlives them; they are let go, not deleted under a signal of theirs."""
        gone = QLocalSocket.LocalSocketState.UnconnectedState
        for caller in [one for one in self._callers if one.state() == gone]:
            self._callers.remove(caller)
            caller.deleteLater()


def _paths(line: bytes) -> tuple[Path, ...] | None:
    """None for what is no list of strings."""
    try:
        found = json.loads(line)
    except ValueError:
        return None
    if not isinstance(found, list) or not all(isinstance(name, str) for name in found):
        return None
    return tuple(Path(name) for name in found)
