"""From the pixels a worker made to a picture Qt can draw."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtGui import QImage


class Pixels(Protocol):
    """BGRX, rows `stride` bytes apart, in memory shared with the worker until `release`."""

    @property
    def width(self) -> int: ...

    @property
    def height(self) -> int: ...

    @property
    def stride(self) -> int: ...

    @property
    def buffer(self) -> memoryview: ...

    def release(self) -> None: ...


def picture(pixels: Pixels, ratio: float = 1.0) -> QImage:
    """An own copy; the shared memory is given back at once. `ratio` device pixels stand for one logical."""
    shared = QImage(pixels.buffer, pixels.width, pixels.height, pixels.stride, QImage.Format.Format_RGB32)
    own = shared.copy()
    pixels.release()
    own.setDevicePixelRatio(ratio)
    return own
