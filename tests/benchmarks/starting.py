"""The child of the window's benchmarks: `python -m tests.benchmarks.starting WHAT [LIBRARY]`.

bare    a Qt window with nothing in it; `ready` is printed at its first paint
paint   our window; `ready` at its first paint
list    our window; `ready` when the first rows of the library stand in the list
stall   our window; prints the longest time, in seconds, that its event loop was not free after the first paint
        until everything that loads by itself was loaded
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter


def bare() -> int:
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QMainWindow

    class Window(QMainWindow):
        def paintEvent(self, event: object) -> None:
            QTimer.singleShot(0, lambda: ready(app.quit))

    app = QApplication([])
    window = Window()
    window.resize(1280, 800)
    window.show()
    return app.exec()


def ours(what: str, library: str) -> int:
    from app import bootstrap
    from app.ui import program

    then = {"list": filled, "stall": stall}.get(what, filled)
    go_on = program.Opening._go_on

    def painted(self: program.Opening, shell: object) -> None:
        if what == "paint":
            ready(self._app.quit)
            return
        go_on(self, shell)  # type: ignore[arg-type]
        then(self._program)

    program.Opening._go_on = painted  # type: ignore[method-assign, assignment]
    return bootstrap.open_window(library, [])


def filled(program: object) -> None:
    from PySide6.QtCore import QTimer

    from app.ui.home.row_painter import RowPainter

    drawn = RowPainter._draw

    def draw(self: RowPainter, *rest: object) -> None:
        drawn(self, *rest)  # type: ignore[arg-type]
        RowPainter._draw = drawn  # type: ignore[method-assign]
        QTimer.singleShot(0, lambda: ready(program.app.quit))  # type: ignore[attr-defined]

    RowPainter._draw = draw  # type: ignore[method-assign, assignment]


def stall(program: object) -> None:
    from PySide6.QtCore import Qt, QTimer

    beat, last, longest = QTimer(program), [perf_counter()], [0.0]  # type: ignore[call-overload]
    beat.setTimerType(Qt.TimerType.PreciseTimer)

    def tick() -> None:
        now = perf_counter()
        longest[0] = max(longest[0], now - last[0])
        last[0] = now

    def end() -> None:
        print(longest[0], flush=True)
        program.app.quit()  # type: ignore[attr-defined]

    def settle() -> None:
        if "app.ui.room.window" in sys.modules:
            QTimer.singleShot(1500, end)
        else:
            QTimer.singleShot(50, settle)

    beat.timeout.connect(tick)
    beat.start(1)
    program.opened.connect(settle)  # type: ignore[attr-defined]


def ready(then: Callable[[], None]) -> None:
    print("ready", flush=True)
    then()


if __name__ == "__main__":
    what, *rest = sys.argv[1:]
    if what == "bare":
        sys.exit(bare())
    sys.path.insert(0, str(Path(__file__).parents[2]))
    sys.exit(ours(what, rest[0]))
