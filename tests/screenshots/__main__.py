"""Runs the program over a library of its own, walks through its pages and keeps a picture of each."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from math import sin
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget

from app import __version__, bootstrap, paths
from app.services import demonstrating, samples, sending, specifying
from app.services.house import House
from app.ui.frame.memory import Memory
from app.ui.prepare.studio import Studio
from app.ui.room.locked import LockedRoom
from app.ui.room.pad import Pad
from app.ui.start import Application, Start
from app.ui.theme import Scheme
from app.ui.windows import Program
from tests.screenshots import editor
from tests.support.hand import visible, wait_for
from tests.ui.room_hands import empty

TARGET = Path(__file__).resolve().parents[2] / "resources" / "screenshots"
SIZE = (1280, 800)
STEP_MS = 500
ALIKE = 6
"""Pictures without a change, so many steps long: longer than a busy machine takes for one page."""
MOST = 60
"""A cursor that blinks never stands still."""


@dataclass
class Photographer:
    """`shot` waits until the picture stands still, so that no half-drawn page is kept."""

    program: Program
    house: House

    @property
    def window(self) -> QWidget:
        return self.program.windows[0]

    def shot(self, name: str, widget: QWidget | None = None) -> None:
        target = widget or self.window
        TARGET.mkdir(parents=True, exist_ok=True)
        self._still(target).save(str(TARGET / f"{name}.png"))
        print(TARGET / f"{name}.png")

    def _still(self, target: QWidget) -> QImage:
        """The last of several pictures alike, one after the other."""
        before, alike = target.grab().toImage(), 0
        for _ in range(MOST):
            if alike == ALIKE:
                break
            QTest.qWait(STEP_MS)
            now = target.grab().toImage()
            alike = alike + 1 if now == before else 0
            before = now
        return before

    def press(self, name: str) -> None:
        wait_for(lambda: bool(visible(QAbstractButton, name)), name)
        QTest.qWait(150)
        QTest.mouseClick(visible(QAbstractButton, name)[0], Qt.MouseButton.LeftButton)


def main(arguments: list[str]) -> int:
    """The pictures of the README; with `editor`, those of `tests.screenshots.editor`."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        library = folder / "library"
        ids = {} if arguments else _filled(library, folder / "out")
        app = Application(sys.argv[:1])
        start = Start(
            build=lambda _: bootstrap.build(library, lambda: "a passphrase"),
            resources=paths.resource("icons").parent,
            library=library,
            log=lambda: folder,
            version=__version__,
        )
        program = Program(app, start, Memory(library))
        shell = program.open_window()
        shell.resize(*SIZE)
        program.load()
        wait_for(lambda: program.house is not None, "the library")
        assert program.house is not None
        try:
            if arguments:
                editor.walk(_editor(program, program.house, arguments[1:]))
            else:
                _walk(Photographer(program, program.house), ids, folder / "out")
        finally:
            program.close()
    return 0


def _editor(program: Program, house: House, arguments: list[str]) -> editor.Editor:
    """FOLDER [light|dark] [WIDTHxHEIGHT] [TEXT_SCALE]."""
    folder, scheme, size, scale = [*arguments, *("light", "1280x800", "1.0")[len(arguments) - 1 :]]
    Path(folder).mkdir(parents=True, exist_ok=True)
    shell = program.windows[0]
    shell.resize(*map(int, size.split("x")))
    program.theme.choose(Scheme(scheme), float(scale))
    program._furnishings[shell].prepare(editor.prepared(house))
    wait_for(lambda: bool(visible(Studio)), "the editor")
    return editor.Editor(shell, visible(Studio)[0], house, Path(folder))


def _filled(library: Path, out: Path) -> dict[str, str]:
    """A completed envelope, one that waits for its second signer, and a draft."""
    house = bootstrap.build(library, lambda: "a passphrase")
    try:
        demonstrating.demo(house, out)
        waiting = specifying.new(house, samples.sample_spec()).one("envelope")
        sending.send(house, waiting)
        draft = specifying.new(house, samples.sample_spec()).one("envelope")
        (library / "sample-shown").touch()
        return {"waiting": waiting, "draft": draft}
    finally:
        house.close()


def _walk(camera: Photographer, ids: dict[str, str], out: Path) -> None:
    furnishing = camera.program._furnishings[camera.program.windows[0]]
    furnishing.home(ids["waiting"])
    _in_both(camera, "home")
    furnishing.prepare(ids["draft"])
    wait_for(lambda: bool(visible(Studio)), "the editor")
    _in_both(camera, "prepare")
    furnishing.verify([next(out.glob("Service*.pdf"))])
    QTest.qWait(2500)
    _in_both(camera, "verify")
    furnishing.preferences()
    camera.shot("preferences")
    furnishing.room(ids["waiting"], "client")
    _room(camera)


def _in_both(camera: Photographer, name: str) -> None:
    camera.shot(name)
    camera.program.theme.choose(Scheme.DARK)
    camera.shot(f"{name}-dark")
    camera.program.theme.choose(Scheme.LIGHT)


def _room(camera: Photographer) -> None:
    wait_for(lambda: bool(visible(LockedRoom)), "the room")
    (room,) = visible(LockedRoom)
    room.showNormal()
    room.resize(*SIZE)
    model = room.sitting.model
    camera.shot("room-handover", room)
    for name in ("Hand over to Jane Smith", "I am Jane Smith", "I agree to sign electronically", "Agree and continue"):
        camera.press(name)
    model.go_to(next(f for f in model.walk.fields if f.kind == "signature"))
    _idle(lambda: not model.busy)
    assert model.current is not None
    QTest.mouseClick(room.sitting.document.fields.button_of(model.current), Qt.MouseButton.LeftButton)
    wait_for(lambda: bool(visible(Pad)), "the pad")
    (pad,) = visible(Pad)
    _draw(pad)
    camera.shot("room-signature", room)
    empty([room])


def _draw(pad: Pad) -> None:
    """Something like a name, then a flourish under it."""
    width, height = pad.width(), pad.height()
    name = [(0.34 + 0.006 * n, 0.5 + 0.22 * sin(n / 2.1) * (0.5 + 0.5 * sin(n / 7))) for n in range(50)]
    flourish = [(0.32 + 0.012 * n, 0.78 + 0.03 * sin(n / 4)) for n in range(30)]
    for stroke in (name, flourish):
        spots = [QPoint(round(x * width), round(y * height)) for x, y in stroke]
        QTest.mousePress(pad, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, spots[0])
        for spot in spots[1:]:
            QTest.mouseMove(pad, spot, 6)
        QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, spots[-1])


def _idle(answer: Callable[[], bool]) -> None:
    wait_for(answer, "the room to be idle")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
