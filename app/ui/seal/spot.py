"""The seal on the first document's page, as it will stand there: dragged to its place, or moved with the arrows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPen

from app.domain.drawing import Drawing
from app.domain.geometry import Point, Rect, Size
from app.ui.canvas.pointer import Frame, Overlay, Pointer, Tool
from app.ui.seal.painter import SealPainter
from app.ui.theme import LIGHT, qcolor

STEP_PT: Final = 1.0
LARGE_STEP_PT: Final = 10.0
_ARROWS: Final = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


def kept_on(rect: Rect, size: Size) -> Rect:
    """Moved, and made smaller where it must be, so that it lies on a page of this size."""
    width, height = min(rect.width, size.width), min(rect.height, size.height)
    x = min(max(rect.x, 0.0), size.width - width)
    y = min(max(rect.y, 0.0), size.height - height)
    return Rect(round(x, 1), round(y, 1), width, height)


class SealSpot(Overlay, Tool):
    """`moved_to` is called after each move; `rect` None means that nothing will be seen."""

    def __init__(
        self, painter: SealPainter, size_of: Callable[[int], Size | None], moved_to: Callable[[], None]
    ) -> None:
        self._painter = painter
        self._size_of = size_of
        self._moved_to = moved_to
        self._held: Point | None = None
        self.page = 1
        self.rect: Rect | None = None
        self.drawing: Drawing | None = None

    def place(self, page: int, rect: Rect) -> None:
        size = self._size_of(page)
        if size is not None:
            self.page, self.rect = page, kept_on(rect, size)
            self._moved_to()

    # -- what is seen ----------------------------------------------------------------------------------

    def paint_page(self, painter: QPainter, frame: Frame) -> None:
        """On white paper, so in the light table's colours whatever the scheme."""
        if self.rect is None or frame.page.page != self.page:
            return
        box = frame.rect(self.rect)
        painter.setPen(QPen(qcolor(LIGHT.accent), 1.5, Qt.PenStyle.DashLine))
        painter.setBrush(qcolor(LIGHT.accent, 0.05))
        painter.drawRect(box)
        if self.drawing is not None:
            self._painter.paint(painter, self.drawing, box)

    # -- what the hand does ----------------------------------------------------------------------------

    def pressed(self, pointer: Pointer) -> None:
        """In the box it is taken hold of; elsewhere on a page the box jumps there."""
        if self.rect is None or not pointer.on_page:
            return
        if pointer.page.page != self.page or not self.rect.contains(pointer.point):
            middle = Point(self.rect.width / 2, self.rect.height / 2)
            at = Rect(pointer.point.x - middle.x, pointer.point.y - middle.y, self.rect.width, self.rect.height)
            self.place(pointer.page.page, at)
        self._held = Point(pointer.point.x - self.rect.x, pointer.point.y - self.rect.y)

    def moved(self, pointer: Pointer, dragging: bool) -> None:
        if dragging and self._held is not None and self.rect is not None:
            at = Rect(pointer.point.x - self._held.x, pointer.point.y - self._held.y, self.rect.width, self.rect.height)
            self.place(pointer.page.page, at)

    def released(self, pointer: Pointer) -> None:
        self._held = None

    def key_pressed(self, event: QKeyEvent) -> bool:
        way = _ARROWS.get(Qt.Key(event.key()))
        if way is None or self.rect is None:
            return False
        step = LARGE_STEP_PT if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else STEP_PT
        self.place(self.page, self.rect.moved(way[0] * step, way[1] * step))
        return True
