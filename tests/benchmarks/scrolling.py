"""One ride over a long document in a window of its own: `python -m tests.benchmarks.scrolling PDF RIDE…`.

A RIDE is `zoom:pages_per_second:seconds:drawn`, with `drawn` 1 for real pages and 0 for the control, the same desk with
bare paper. Prints one line of JSON for each: the gaps between frames in seconds, how many pages were seen and how many
of them blank, and the memory of this process. Rides alternate as the caller orders them.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from app.domain.geometry import Rect
from app.pdf import Looker
from app.tasks import TaskRunner
from app.ui.canvas.layout import PageRef, Sheet
from app.ui.canvas.tiles import device_scale, tiles_of
from app.ui.canvas.view import PageView
from app.ui.canvas.zoom import PX_PER_PT
from app.ui.theme import Scheme, Theme

FRAME_MS: Final = 16
RESOURCES: Final = Path(__file__).parents[2] / "resources"


class Ride:
    """Scrolls at a steady speed, down and up again, and notes each frame as it is painted."""

    def __init__(self, view: PageView, pages_s: float, seconds: float, done: Callable[[], None]) -> None:
        self._view, self._done = view, done
        self._pace = pages_s * view.size_of(PageRef("D", 1)).height * view.scale
        self._end = time.perf_counter() + seconds
        self._last = time.perf_counter()
        self._at, self._way = 0.0, 1
        self.gaps: list[float] = []
        self.seen = self.blank = 0
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(FRAME_MS)
        self._timer.timeout.connect(self._step)
        self._timer.start()

    def _step(self) -> None:
        now = time.perf_counter()
        gap, self._last = now - self._last, now
        self.gaps.append(gap)
        bar = self._view.verticalScrollBar()
        self._at += self._way * self._pace * gap
        if not 0 <= self._at <= bar.maximum():
            self._way, self._at = -self._way, min(max(self._at, 0), bar.maximum())
        bar.setValue(round(self._at))
        self._view.viewport().repaint()
        self._look()
        if now >= self._end:
            self._timer.stop()
            self._done()

    def _look(self) -> None:
        """A page is blank when neither its picture nor a stand-in is there. Its edge alone is no page."""
        height = self._view.viewport().height()
        for frame in self._view.frames():
            shown = min(frame.rect_px.bottom(), height) - max(frame.rect_px.top(), 0)
            if shown < 8:
                continue
            self.seen += 1
            self.blank += not is_drawn(self._view, frame.page.page - 1)


def is_drawn(view: PageView, index: int) -> bool:
    cache, sheet = view._feeder.cache, view.sheets[index]
    scale = device_scale(view.scale * view.viewport().devicePixelRatioF())
    return cache.stand_in(index) is not None or any(key in cache for key in tiles_of(index, sheet.size, scale, None))


def is_right(view: PageView, looker: Looker, path: Path) -> bool:
    """The settled page on the screen equals the page as drawn, pixel for pixel."""
    page = view.page or PageRef("D", 1)
    view.go_to(page)
    wait(lambda: view.is_settled)
    frame = view.frame_of(page)
    pixels = looker.render(path, frame.page.page, device_scale(view.scale))
    drawn = QImage(bytes(pixels.buffer), pixels.width, pixels.height, pixels.stride, QImage.Format.Format_RGB32)
    pixels.release()
    part = frame.rect_px.toRect().intersected(view.viewport().rect()).adjusted(2, 2, -2, -2)
    screen = view.viewport().grab(part).toImage().convertToFormat(QImage.Format.Format_RGB32)
    return bool(screen == drawn.copy(part.translated(-frame.rect_px.toRect().topLeft())))


def wait(holds: Callable[[], bool], patience_s: float = 20.0) -> None:
    loop, end = QEventLoop(), time.monotonic() + patience_s
    timer = QTimer()
    timer.timeout.connect(lambda: loop.quit() if holds() or time.monotonic() > end else None)
    timer.start(5)
    loop.exec()


def resident_mb() -> float:
    """Of this process, as Linux counts it."""
    for line in Path("/proc/self/status").read_text("ascii").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


def main(path: Path, rides: list[str]) -> None:
    app = QApplication(["paraph"])
    theme = Theme(app, RESOURCES, Scheme.LIGHT)
    failures: list[Exception] = []
    runner, looker = TaskRunner(failures.append), Looker.with_children()
    inspection = looker.inspect(path)
    sheets = [Sheet(PageRef("D", number), page.size) for number, page in enumerate(inspection.pages, start=1)]

    def draw(page: PageRef, scale: float, clip: Rect | None) -> Any:
        return looker.render(path, page.page, scale, clip)

    for ride in rides:
        zoom, pages_s, seconds, drawn = (float(part) for part in ride.split(":"))
        view = PageView(runner)
        view.resize(1400, 1000)
        view.show()
        view.show_sheets(sheets, draw if drawn else None)
        view.set_zoom(zoom)
        if drawn:
            wait(lambda view=view: view.is_settled)
        loop = QEventLoop()
        going = Ride(view, pages_s, seconds, loop.quit)
        loop.exec()
        answer: dict[str, Any] = {"gaps": going.gaps[2:], "seen": going.seen, "blank": going.blank}
        answer["right"] = is_right(view, looker, path) if drawn and zoom * PX_PER_PT < 1.5 else True
        answer["memory_mb"] = resident_mb()
        answer["failures"] = [str(error) for error in failures]
        print(json.dumps(answer), flush=True)
        view.close()
        view.deleteLater()
    runner.close()
    looker.close()
    theme.deleteLater()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
