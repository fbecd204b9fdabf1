"""The start of the window. Kept light: what is imported here stands before the first paint.

Before it: Qt, and a window in the colours of last time. After it: theme, frame and runner; then, on another thread,
the library and the code of the pages. A test holds this module to that.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.ui.frame.memory import Memory
from app.ui.shell import Shell
from app.ui.start import Application, Start

if TYPE_CHECKING:
    from app.ui.instance import Instance
    from app.ui.windows import Program

__all__ = ["Start", "run"]

NAME: Final = "paraph"


class Opening:
    """One start of the program: the first window, then everything else."""

    def __init__(self, app: Application, start: Start, files: Sequence[Path]) -> None:
        self._app = app
        self._start = start
        self._files = files
        self._memory = Memory(start.library, app)
        self._instance: Instance | None = None
        self._program: Program | None = None

    def is_second(self) -> bool:
        """Another program at this library has taken the files. Asked before a window is shown only where the first
        one has left its mark: the network module costs as much as a page."""
        return self._memory.claimed() and not self._claim()

    def show(self) -> None:
        shell = Shell(self._memory)
        shell.painted.connect(lambda: self._go_on(shell))
        shell.show()

    def close(self) -> None:
        if self._program is not None:
            self._program.close()
        if self._instance is not None:
            self._instance.close()
            self._memory.disclaim()

    def _claim(self) -> bool:
        from app.ui.instance import Instance

        instance = Instance(self._start.library, self._app)
        if not instance.claim(self._files):
            return False
        self._instance = instance
        self._memory.claim()
        return True

    def _go_on(self, shell: Shell) -> None:
        """Right after the first paint."""
        from app.ui.windows import Program

        self._program = Program(self._app, self._start, self._memory)
        self._program.catch_bugs()
        self._app.file_asked_for.connect(self._program.take)
        self._program.adopt(shell)
        if self._files:
            self._program.take(self._files)
        self._program.opened.connect(self._settle)
        self._program.load()

    def _settle(self) -> None:
        """Once the library is open: from now on this is the program that takes the files of others. Two starts in the
        same half second may both come here; then the later one hands over and goes."""
        if self._program is None:
            return
        if self._instance is None and not self._claim():
            self._app.closeAllWindows()
        elif self._instance is not None:
            self._instance.files_arrived.connect(self._program.take)


def run(start: Start, files: Sequence[Path]) -> int:
    """Shows the window and returns the exit code when the last one is closed. A second start for the same
    library hands its files to the first and returns 0 at once."""
    app = Application(sys.argv[:1])
    app.setApplicationName(NAME)
    app.setApplicationDisplayName("Paraph")
    app.setApplicationVersion(start.version)
    app.setDesktopFileName("org.paraph.Paraph")
    start.library.mkdir(parents=True, exist_ok=True, mode=0o700)
    opening = Opening(app, start, files)
    if opening.is_second():
        return 0
    opening.show()
    try:
        return app.exec()
    finally:
        opening.close()
