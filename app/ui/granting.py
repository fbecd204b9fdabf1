"""What a window asks of the program because it cannot do it alone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from app.ui.frame.about import About, Provenance
from app.ui.frame.pages import OpenEnvelopes
from app.ui.shell import Shell
from app.ui.theme import Scheme

if TYPE_CHECKING:
    from app.ui.program import Program


def grant(what: str, program: Program, shell: Shell) -> None:
    """`what` is the word of `Shell.wants`."""
    match what:
        case "window":
            program.open_window()
        case "quit":
            program.app.closeAllWindows()
        case "about":
            start = program.start
            About(Provenance(start.version, Path(__file__).resolve().parents[2], start.resources), shell).open()
        case "log":
            program.start.log.mkdir(parents=True, exist_ok=True)
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(program.start.log)))
        case "scheme":
            _switch_scheme(program)
        case "close_front":
            _close_front(shell)
        case "next" | "previous":
            _step(shell, 1 if what == "next" else -1)


def _switch_scheme(program: Program) -> None:
    """To the other of the two, and it stays so until Preferences say otherwise."""
    wanted = Scheme.LIGHT if program.theme.tokens.is_dark else Scheme.DARK
    program.theme.choose(wanted)
    house = program.house
    if house is not None:
        from app.services import preferences

        program.runner.start(lambda _: preferences.change(house, theme=wanted.value), program.changed.emit)


def _close_front(shell: Shell) -> None:
    """The envelope in front if the place Prepare is, else the window."""
    if shell.furnished and shell.front == "prepare":
        open_envelopes = shell.page("prepare")
        if isinstance(open_envelopes, OpenEnvelopes) and open_envelopes.close_front():
            return
    shell.close()


def _step(shell: Shell, by: int) -> None:
    if shell.furnished:
        shell.go_prepare()
        open_envelopes = shell.page("prepare")
        if isinstance(open_envelopes, OpenEnvelopes):
            open_envelopes.step(by)
