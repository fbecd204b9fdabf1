"""Brings pictures of pages to the desk: at most two under way, what is seen first, nothing that has gone by."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from app.domain.geometry import Rect, Size
from app.tasks import Runner
from app.ui.canvas.layout import PageRef, Sheet
from app.ui.canvas.tiles import TileCache, TileKey, clip_of
from app.ui.models.pictures import Pixels

UNDER_WAY: Final = 2
CAPACITY: Final = 80 * 2**20
"""Of page pictures in the window's process. A 4K screen shows 33 MB of them at once."""


Source = Callable[[PageRef, float, Rect | None], Pixels]
"""`source(page, scale, clip)`: the page at `scale` device pixels per point, or the part of it in `clip` (points).
Called on a thread of the runner."""


@dataclass(frozen=True)
class Picture:
    """Pixels of our own, as copied from the lender; `image` looks at `data` and does not own it."""

    data: bytes
    image: QImage


class Feeder(QObject):
    """`want` replaces what was asked before; what is under way is let finish and kept, since it was nearly there.

    Signals: `arrived(TileKey)`, `failed(TileKey, Exception)`.
    """

    arrived = Signal(object)
    failed = Signal(object, object)

    def __init__(self, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.cache: TileCache[Picture] = TileCache(CAPACITY)
        self._runner = runner
        self._source: Source | None = None
        self._sheets: tuple[Sheet, ...] = ()
        self._wanted: list[TileKey] = []
        self._under_way: set[TileKey] = set()
        self._broken: set[TileKey] = set()
        self._round = 0

    def feed_from(self, sheets: Sequence[Sheet], source: Source | None) -> None:
        """Another document: whatever is still on its way belongs to the old one and is dropped on arrival."""
        self._round += 1
        self._sheets, self._source = tuple(sheets), source
        self._wanted.clear()
        self._under_way.clear()
        self._broken.clear()
        self.cache.clear()

    def want(self, keys: Sequence[TileKey]) -> None:
        """In order of urgency."""
        self._wanted = [key for key in keys if self._is_due(key)]
        self._ask()

    def is_broken(self, key: TileKey) -> bool:
        return key in self._broken

    @property
    def idle(self) -> bool:
        return not (self._wanted or self._under_way)

    def _is_due(self, key: TileKey) -> bool:
        return not (key in self.cache or key in self._under_way or key in self._broken)

    def _ask(self) -> None:
        while self._source is not None and self._wanted and len(self._under_way) < UNDER_WAY:
            key = self._wanted.pop(0)
            if self._is_due(key):
                self._start(key, self._source)

    def _start(self, key: TileKey, source: Source) -> None:
        sheet, asked_in = self._sheets[key.index], self._round
        self._under_way.add(key)

        def draw(_report: object) -> tuple[bytes, Size, int]:
            return _borrowed(source(sheet.ref, key.scale, clip_of(key, sheet.size)))

        self._runner.start(
            draw,
            lambda drawn: self._take(key, asked_in, *drawn),
            lambda error: self._lose(key, asked_in, error),
            owner=self,
        )

    def _take(self, key: TileKey, asked_in: int, data: bytes, size: Size, stride: int) -> None:
        if asked_in != self._round:
            return
        self._under_way.discard(key)
        image = QImage(data, int(size.width), int(size.height), stride, QImage.Format.Format_RGB32)
        self.cache.put(key, Picture(data, image), len(data))
        self.arrived.emit(key)
        self._ask()

    def _lose(self, key: TileKey, asked_in: int, error: Exception) -> None:
        if asked_in != self._round:
            return
        self._under_way.discard(key)
        self._broken.add(key)
        self.failed.emit(key, error)
        self._ask()


def _borrowed(pixels: Pixels) -> tuple[bytes, Size, int]:
    """One copy on the worker's thread, so that a picture nobody waits for any more cannot keep shared memory."""
    try:
        return bytes(pixels.buffer), Size(pixels.width, pixels.height), pixels.stride
    finally:
        pixels.release()
