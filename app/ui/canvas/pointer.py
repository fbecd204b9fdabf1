"""What a hand does on the desk, in the page's own points; and what may listen to it or draw over the pages."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter

from app.domain.geometry import Point, Rect
from app.ui.canvas.layout import PageRef


@dataclass(frozen=True)
class Pointer:
    """`at` in pixels of the viewport; `page` the page under it or nearest to it, `point` the place on that page in
    points, off the page where `on_page` is False."""

    at: QPointF
    page: PageRef
    point: Point
    on_page: bool
    modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    button: Qt.MouseButton = Qt.MouseButton.NoButton

    def holds(self, modifier: Qt.KeyboardModifier) -> bool:
        return bool(self.modifiers & modifier)


@dataclass(frozen=True)
class Frame:
    """A page as it lies in the viewport: `origin` is its top-left corner, `scale` logical pixels per point."""

    page: PageRef
    origin: QPointF
    scale: float
    rect_px: QRectF

    def rect(self, rect: Rect) -> QRectF:
        return QRectF(
            self.origin.x() + rect.x * self.scale,
            self.origin.y() + rect.y * self.scale,
            rect.width * self.scale,
            rect.height * self.scale,
        )

    def point(self, point: Point) -> QPointF:
        return QPointF(self.origin.x() + point.x * self.scale, self.origin.y() + point.y * self.scale)


class Overlay:
    """Something drawn over the pages. Painters come in viewport pixels, antialiased; overlays are drawn in the order
    they were added."""

    def paint_page(self, painter: QPainter, frame: Frame) -> None:
        """Once for each page that can be seen."""

    def paint_front(self, painter: QPainter, frames: tuple[Frame, ...]) -> None:
        """Once, over everything."""


class Tool:
    """What mouse and keyboard do on the pages. Panning and zooming never reach it."""

    def pressed(self, pointer: Pointer) -> None: ...

    def moved(self, pointer: Pointer, dragging: bool) -> None:
        """`dragging` while the left button is held."""

    def released(self, pointer: Pointer) -> None: ...

    def double_clicked(self, pointer: Pointer) -> None: ...

    def left(self) -> None:
        """The pointer is no longer over the pages."""

    def key_pressed(self, event: QKeyEvent) -> bool:
        """True when the key was meant for the tool; else the view scrolls with it."""
        return False

    def key_released(self, event: QKeyEvent) -> None: ...

    def tab_pressed(self, forward: bool) -> bool:
        """True when Tab found something on the pages; else the keyboard goes on to the next widget."""
        return False

    def menu_wanted(self, pointer: Pointer, at_screen: QPoint) -> None: ...
