"""Reading aloud with the voice this device has: a program of the system speaks what is written to it, and nothing is
sent anywhere.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QObject, QProcess, Signal

_WINDOWS: Final = (
    "Add-Type -AssemblyName System.Speech; [Console]::InputEncoding = [Text.Encoding]::UTF8; "
    "(New-Object System.Speech.Synthesis.SpeechSynthesizer).Speak([Console]::In.ReadToEnd())"
)


@dataclass(frozen=True)
class Program:
    """`command` before the language and `after` it; the text comes on standard input."""

    name: str
    command: tuple[str, ...] = ()
    speaks: str = ""
    """The option that takes the language, "" where the person's own voice speaks everything."""

    def arguments(self, language: str) -> list[str]:
        return [*self.command, *((self.speaks, language) if self.speaks else ())]


PROGRAMS: Final[dict[str, tuple[Program, ...]]] = {
    "linux": (
        Program("espeak-ng", ("--stdin",), "-v"),
        Program("espeak", ("--stdin",), "-v"),
        Program("spd-say", ("--wait", "--pipe-mode"), "--language"),
    ),
    "darwin": (Program("say", ("-f", "-")),),
    "win32": (Program("powershell", ("-NoProfile", "-NonInteractive", "-Command", _WINDOWS)),),
}


def found(platform: str = sys.platform, which: Callable[[str], str | None] = shutil.which) -> Program | None:
    """The first that is installed here."""
    return next((one for one in PROGRAMS.get(platform, ()) if which(one.name)), None)


class Aloud(QObject):
    """Signals: `changed` when it begins or ends to speak."""

    changed = Signal()

    def __init__(self, parent: QObject, program: Program | None) -> None:
        super().__init__(parent)
        self.program = program
        self._process = QProcess(self)
        self._process.stateChanged.connect(lambda _: self.changed.emit())
        self.destroyed.connect(self._process.kill)

    @property
    def speaking(self) -> bool:
        return self._process.state() is not QProcess.ProcessState.NotRunning

    def speak(self, text: str, language: str) -> None:
        """In place of what is being said."""
        self.stop()
        if self.program is None:
            return
        self._process.start(self.program.name, self.program.arguments(language))
        self._process.write(text.encode())
        self._process.closeWriteChannel()

    def stop(self) -> None:
        if self.speaking:
            self._process.kill()
            self._process.waitForFinished(1000)
