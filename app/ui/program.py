"""The window's program: what is built before the first paint, what after it, and what all windows share.

Before the first paint: Qt, the theme, an empty frame. After it, on another thread: the library and the code of the
pages. So a person sees the window at once, and no import of a heavy library stands before it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QFileOpenEvent, QIcon
from PySide6.QtWidgets import QApplication

from app import settings as declared
from app.domain.errors import ParaphError
from app.tasks import Report, TaskRunner
from app.ui.frame.memory import Memory
from app.ui.instance import Instance
from app.ui.keyhole import Keyhole
from app.ui.shell import Shell
from app.ui.theme import Scheme, Theme

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent

    from app.domain.changes import Changes
    from app.services.house import House
    from app.ui.furnishing import Furnishing

NAME: Final = "paraph"
OUTLINE: Final = (
    ("home", "house", "Home", False),
    ("prepare", "file-pen-line", "Prepare", False),
    ("verify", "shield-check", "Verify", False),
    ("preferences", "settings", "Preferences", True),
)


@dataclass(frozen=True)
class Start:
    """What the composition root hands in: how to build the house, where our resources, the library and the log
    are, and which version this is. `build` is called on another thread, after the first paint, with a callable
    that gives the passphrase of the vault, or None while the person has not been asked.
    """

    build: Callable[[Callable[[], str | None]], House]
    resources: Path
    library: Path
    log: Path
    version: str


class Program(QObject):
    """Owns the runner, the theme, the windows and, once it stands, the house.

    Signals: `changed` with `Changes`, for all windows; `opened` once the library is open.
    """

    changed = Signal(object)
    opened = Signal()

    def __init__(self, app: QApplication, start: Start) -> None:
        super().__init__(app)
        self.app = app
        self.start = start
        self.house: House | None = None
        self.keyhole = Keyhole()
        chosen = declared.load(start.library)
        self.theme = Theme(app, start.resources, Scheme(chosen.theme), chosen.text_percent / 100)
        self.runner = TaskRunner(self._failed, parent=self)
        self.memory = Memory(start.library, self)
        self.windows: list[Shell] = []
        self._furnishings: dict[Shell, Furnishing] = {}
        self._waiting: list[tuple[Path, ...]] = []
        self._icon = QIcon(str(start.resources / "app-icon" / "paraph-256.png"))
        app.setWindowIcon(self._icon)

    # -- windows ---------------------------------------------------------------------------------------

    def open_window(self) -> Shell:
        shell = Shell(self.memory, self.keyhole)
        shell.outline(OUTLINE)
        shell.rail.show_chosen("home")
        shell.files_given.connect(lambda files: self.take(files, shell))
        shell.wants.connect(lambda what: self._grant(what, shell))
        shell.closing.connect(lambda: self._forget(shell))
        self.windows.append(shell)
        shell.show()
        if self.house is not None:
            self._furnish(shell)
        return shell

    def take(self, files: Sequence[Path], shell: Shell | None = None) -> None:
        """Files from anywhere; they wait until the library is open. Without files the window is shown."""
        target = shell or self._front()
        if not files:
            target.show()
            target.raise_()
            target.activateWindow()
        elif target in self._furnishings:
            self._furnishings[target].begin(files)
        else:
            self._waiting.append(tuple(files))

    def load(self) -> None:
        """Opens the library and reads the code of the pages, off this thread."""
        self.runner.start(self._build, self._loaded, self._refused)

    def close(self) -> None:
        """Ends what runs, then the house."""
        self.runner.close()
        if self.house is not None:
            self.house.close()

    # -- inside ----------------------------------------------------------------------------------------

    def _build(self, _: Report) -> House:
        import app.ui.furnishing  # noqa: F401 - its import is the heavy part of showing a page

        return self.start.build(self.keyhole.passphrase)

    def _loaded(self, house: House) -> None:
        from app.services import samples
        from app.ui.furnishing import warm_up
        from app.ui.models.watch import Watch

        self.house = house
        for shell in self.windows:
            self._furnish(shell)
        self.opened.emit()
        self.runner.start(lambda _: samples.ensure_sample(house), self._publish)
        self.runner.start(warm_up, lambda _: None)
        self._watch = Watch(house, self.runner, self)
        self._watch.noticed.connect(self.changed)
        self.changed.connect(self._watch.take_changes)
        for files in self._waiting:
            self.take(files)
        self._waiting.clear()

    def _refused(self, error: Exception) -> None:
        """The library cannot be opened: every window says why, and nothing else can be done in it."""
        from app.ui.frame.failing import failure_of

        if not isinstance(error, ParaphError):
            raise error
        for shell in self.windows:
            shell.refuse(failure_of(error))

    def _publish(self, changes: Changes | None) -> None:
        if changes is not None:
            self.changed.emit(changes)

    def _furnish(self, shell: Shell) -> None:
        from app.ui.furnishing import Furnishing

        if self.house is not None:
            self._furnishings[shell] = Furnishing(self.house, self, shell)

    def _front(self) -> Shell:
        active = self.app.activeWindow()
        return active if isinstance(active, Shell) else self.windows[-1]

    def _forget(self, shell: Shell) -> None:
        self.windows.remove(shell)
        self._furnishings.pop(shell, None)

    def _grant(self, what: str, shell: Shell) -> None:
        from app.ui import granting

        granting.grant(what, self, shell)

    def _failed(self, error: Exception) -> None:
        """Of work nobody waits for, and of callbacks."""
        if self.windows:
            self._front().fail(error)
        else:
            raise error


class Application(QApplication):
    """Signals: `file_asked_for` when the system hands us a file to open (macOS sends events, not arguments)."""

    file_asked_for = Signal(tuple)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QFileOpenEvent):
            self.file_asked_for.emit((Path(event.file()),))
            return True
        return super().event(event)


def run(start: Start, files: Sequence[Path]) -> int:
    """Shows the window and returns the exit code when the last one is closed. A second start for the same
    library hands its files to the first and returns 0 at once."""
    app = Application(sys.argv[:1])
    app.setApplicationName(NAME)
    app.setApplicationDisplayName("Paraph")
    app.setApplicationVersion(start.version)
    app.setDesktopFileName("org.paraph.Paraph")
    start.library.mkdir(parents=True, exist_ok=True)
    instance = Instance(start.library, app)
    if not instance.claim(files):
        return 0
    program = Program(app, start)
    _catch_bugs(program)
    instance.files_arrived.connect(program.take)
    app.file_asked_for.connect(program.take)
    program.open_window()
    if files:
        program.take(files)
    QTimer.singleShot(0, program.load)
    try:
        return app.exec()
    finally:
        program.close()
        instance.close()


def _catch_bugs(program: Program) -> None:
    """Exceptions of slots arrive at the interpreter's hook; the person sees them, the log keeps them."""
    told = sys.excepthook

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        told(kind, error, trace)
        from app.ui.frame.crash import BugDialog

        if isinstance(error, Exception) and program.windows:
            BugDialog(error, program.start.version, program.windows[-1]).open()

    sys.excepthook = hook
