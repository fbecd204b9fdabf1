"""What all windows share, and what is built once the first of them has been painted."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QIcon

from app import settings as declared
from app.domain.errors import ParaphError
from app.tasks import Report, TaskRunner
from app.ui.collecting import Collecting, favour_the_hand
from app.ui.frame.memory import Memory
from app.ui.frame.pages import OpenEnvelopes
from app.ui.keyhole import Keyhole
from app.ui.shell import Shell
from app.ui.start import Application, Start
from app.ui.theme import Scheme, Theme, reduce_motion

if TYPE_CHECKING:
    from app.domain.changes import Changes
    from app.services.house import House
    from app.ui.furnishing import Furnishing

OUTLINE: Final = (
    ("home", "house", "Home", False),
    ("prepare", "file-pen-line", "Prepare", False),
    ("verify", "shield-check", "Verify", False),
    ("seal", "stamp", "Seal", False),
    ("exchange", "send", "Exchange", False),
    ("preferences", "settings", "Preferences", True),
)
SETTLES_MS: Final = 120
"""After the pages have been put in."""


class Program(QObject):
    """Owns the runner, the theme, the windows and, once it stands, the house.

    Signals: `changed` with `Changes`, for all windows; `opened` once the library is open and the pages stand.
    """

    changed = Signal(object)
    opened = Signal()

    def __init__(self, app: Application, start: Start, memory: Memory) -> None:
        super().__init__(app)
        self.app = app
        self.start = start
        self.log = start.log()
        self.memory = memory
        self.house: House | None = None
        self.keyhole = Keyhole()
        chosen = declared.load(start.library)
        self.theme = Theme(app, start.resources, Scheme(chosen.theme), chosen.text_percent / 100)
        reduce_motion(chosen.reduced_motion)
        self.theme.changed.connect(self._remember_look)
        self._remember_look()
        self.runner = TaskRunner(self._failed, parent=self)
        self.windows: list[Shell] = []
        self._furnishings: dict[Shell, Furnishing] = {}
        self._waiting: list[tuple[Path, ...]] = []
        self._icon = QIcon(str(start.resources / "app-icon" / "paraph-256.png"))
        app.setWindowIcon(self._icon)

    # -- windows ---------------------------------------------------------------------------------------

    def open_window(self) -> Shell:
        shell = Shell(self.memory)
        shell.show()
        return self.adopt(shell)

    def adopt(self, shell: Shell) -> Shell:
        """Makes a window that stands already one of ours: it gets its frame now, its pages when there are any."""
        shell.build(self.keyhole, OUTLINE)
        shell.rail.show_chosen("home")
        shell.files_given.connect(lambda files: self.take(files, shell))
        shell.wants.connect(lambda what: self._grant(what, shell))
        shell.closing.connect(lambda: self._forget(shell))
        self.windows.append(shell)
        if self.house is not None:
            self._furnish(shell)
        return shell

    def take(self, files: Sequence[Path], shell: Shell | None = None) -> None:
        """Files from anywhere; they wait until the library is open, and until nobody but the host has this machine.
        Without files the window is shown."""
        target = shell or self._front()
        if any(one.in_room for one in self._furnishings.values()):
            if files:
                self._waiting.append(tuple(files))
        elif not files:
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

    def catch_bugs(self) -> None:
        """Exceptions of slots arrive at the interpreter's hook: the person sees them, standard error keeps them."""
        _catch_bugs(self)

    def close(self) -> None:
        """Ends what runs, then the house. What a browser is waited for is given up first: its thread would stay."""
        if self.house is not None:
            self.house.visits.close()
        self.runner.close()
        if self.house is not None:
            self.house.close()

    # -- inside ----------------------------------------------------------------------------------------

    def _build(self, _: Report) -> House:
        import app.ui.furnishing  # noqa: F401 - its import is the heavy part of showing a page

        return self.start.build(self.keyhole.passphrase)

    def _loaded(self, house: House) -> None:
        from app.ui.frame.visiting import Visiting

        self.house = house
        self._visiting = Visiting(self._front, self)
        house.visits.shown_by(self._visiting.show)
        for shell in self.windows:
            self._furnish(shell)
        self._furnishings[self.windows[0]].go_on_with_kiosk()
        self._take_waiting()
        QTimer.singleShot(SETTLES_MS, self._settle)

    def _take_waiting(self) -> None:
        waiting, self._waiting = self._waiting, []
        for files in waiting:
            self.take(files)

    def _settle(self) -> None:
        """What can wait until the list stands: the sample of a new library, the watch, the code of other pages."""
        house = self.house
        if house is None:
            return
        from app.services import diagnosing
        from app.ui.furnishing import warm_up
        from app.ui.models.watch import Watch

        self.runner.start(lambda _: _sample(house), self._publish)
        self.runner.start(warm_up, lambda _: favour_the_hand())
        self._collecting = Collecting(self)
        self._watch = Watch(house, self.runner, self)
        self._watch.noticed.connect(self.changed)
        self.changed.connect(self._watch.take_changes)
        self.opened.emit()
        place = diagnosing.place(house)
        if not place.ok and self.windows:
            self.windows[0].warn(f"{place.found} {place.remedy}")

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
            furnishing = Furnishing(self.house, shell, self.runner, self.theme, self.changed)
            furnishing.left_room.connect(self._take_waiting)
            self._furnishings[shell] = furnishing

    def _remember_look(self) -> None:
        tokens = self.theme.tokens
        self.memory.keep_look(tokens.window, tokens.rail)

    def _front(self) -> Shell:
        active = self.app.activeWindow()
        return active if isinstance(active, Shell) else self.windows[-1]

    def _forget(self, shell: Shell) -> None:
        self.windows.remove(shell)
        self._furnishings.pop(shell, None)

    def _grant(self, what: str, shell: Shell) -> None:
        """`what` is the word of `Shell.wants`: things a window cannot do alone."""
        match what:
            case "window":
                self.open_window()
            case "quit":
                self.app.closeAllWindows()
            case "about":
                self._show_about(shell)
            case "log":
                QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.log)))
            case "scheme":
                self._switch_scheme()
            case "close_front" if not _close_envelope(shell):
                shell.close()
            case "next" | "previous":
                _step(shell, 1 if what == "next" else -1)

    def _show_about(self, shell: Shell) -> None:
        from app.ui.frame.about import About, Provenance

        source = Path(__file__).resolve().parents[2]
        About(Provenance(self.start.version, source, self.start.resources), shell).open()

    def _switch_scheme(self) -> None:
        """To the other of the two, and it stays so until Preferences say otherwise."""
        wanted = Scheme.LIGHT if self.theme.tokens.is_dark else Scheme.DARK
        self.theme.choose(wanted)
        house = self.house
        if house is not None:
            from app.services import preferences

            self.runner.start(lambda _: preferences.change(house, theme=wanted.value), self._publish)

    def _failed(self, error: Exception) -> None:
        """Of work nobody waits for, and of callbacks."""
        if self.windows:
            self._front().fail(error)
        else:
            raise error


def _catch_bugs(program: Program) -> None:
    """Exceptions of slots arrive at the interpreter's hook; the person sees them, standard error, which a desktop
    keeps, says where they were.
    """

    def hook(_kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        from app.domain.redacting import trace
        from app.ui.frame.crash import BugDialog

        print(trace(error), file=sys.stderr)
        if isinstance(error, Exception) and program.windows:
            BugDialog(error, program.start.version, program.windows[-1]).open()

    sys.excepthook = hook


def _sample(house: House) -> Changes | None:
    from app.services import samples

    return samples.ensure_sample(house)


def _close_envelope(shell: Shell) -> bool:
    """The envelope in front, if the place Prepare is."""
    if not shell.furnished or shell.front != "prepare":
        return False
    place = shell.page("prepare")
    return isinstance(place, OpenEnvelopes) and place.close_front()


def _step(shell: Shell, by: int) -> None:
    if shell.furnished:
        place = shell.show_page("prepare")
        if isinstance(place, OpenEnvelopes):
            place.step(by)
