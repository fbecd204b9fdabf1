"""One page to be put right by hand: it is turned under a frame, and what lies outside the frame is cut away."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.domain.geometry import Point, Rect, Size
from app.ui.prepare.gestures import CURSORS
from app.ui.prepare.handles import Handle, handle_at, resized
from app.ui.theme import LIGHT, PAPER, qcolor, tokens_of

AIR: Final = 16.0
GRIP: Final = 9.0
"""Half of the square in which a handle is hit, in pixels."""
LEAST: Final = Size(36.0, 36.0)
LINES: Final = 12
"""Of the grid that lies over a page while it is turned, along its longer side."""
STEPS: Final = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class TrimView(QWidget):
    """`frame` is in points of the page; a new one is drawn with the mouse, or the old one pulled and carried. Arrows
    carry it, with Ctrl they pull its lower right corner, with Shift ten points at a time. Signals: `framed(Rect)`."""

    framed = Signal(object)

    def __init__(self, size: Size, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.page = size
        self.frame = self.whole
        self.degrees = 0.0
        self._image: QImage | None = None
        self._held: Handle | None = None
        self._carried: tuple[Point, Rect] | None = None
        self._drawn_from: Point | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("What is kept of the page")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(280, 280)

    @property
    def whole(self) -> Rect:
        return Rect(0, 0, self.page.width, self.page.height)

    def show_page(self, image: QImage) -> None:
        self._image = image
        self.update()

    def lean(self, degrees: float) -> None:
        """Clockwise."""
        self.degrees = degrees
        self.update()

    def reframe(self, frame: Rect) -> None:
        if frame != self.frame:
            self.frame = frame
            self.setAccessibleDescription(f"{frame.width:.0f} by {frame.height:.0f} points")
            self.framed.emit(frame)
            self.update()

    def spot(self, x: float, y: float) -> QPointF:
        """The pixel of a place of the page."""
        paper = self._paper()
        return paper.topLeft() + QPointF(x, y) * self._scale()

    # -- Qt's calls ------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(560, 560)

    def paintEvent(self, event: QPaintEvent) -> None:
        paper, box = self._paper(), self._box(self.frame)
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), qcolor(tokens_of(self.palette()).desk))
        painter.fillRect(paper, qcolor(PAPER))
        if self._image is not None:
            painter.save()
            painter.setClipRect(paper)
            painter.translate(paper.center())
            painter.rotate(self.degrees)
            painter.drawImage(paper.translated(-paper.center()), self._image)
            painter.restore()
        if self.degrees:
            self._paint_grid(painter, box)
        self._paint_outside(painter, paper, box)
        painter.setPen(QPen(qcolor(LIGHT.accent), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box)
        painter.setBrush(qcolor(PAPER))
        for handle in Handle:
            at = handle.on(self.frame)
            spot = self.spot(at.x, at.y)
            painter.drawRoundedRect(QRectF(spot - QPointF(4, 4), spot + QPointF(4, 4)), 2, 2)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        point = self._point(event.position())
        self._held = handle_at(self.frame, point, GRIP / self._scale())
        if self._held is None and self.frame != self.whole and self.frame.contains(point):
            self._carried = point, self.frame
        elif self._held is None:
            self._drawn_from = self._on_page(point)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = self._point(event.position())
        if self._held is not None:
            self.reframe(resized(self.frame, self._held, point, LEAST, self.page))
        elif self._carried is not None:
            start, frame = self._carried
            self.reframe(frame.moved(point.x - start.x, point.y - start.y).clamped(self.page))
        elif self._drawn_from is not None:
            self._draw_to(self._on_page(point))
        else:
            handle = handle_at(self.frame, point, GRIP / self._scale())
            self.setCursor(CURSORS[handle.value] if handle is not None else Qt.CursorShape.CrossCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._held = self._carried = self._drawn_from = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in STEPS:
            super().keyPressEvent(event)
            return
        far = 10.0 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1.0
        dx, dy = (far * step for step in STEPS[Qt.Key(event.key())])
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            corner = Point(self.frame.right + dx, self.frame.bottom + dy)
            self.reframe(resized(self.frame, Handle.SOUTH_EAST, corner, LEAST, self.page))
        else:
            self.reframe(self.frame.moved(dx, dy).clamped(self.page))

    # -- inside ----------------------------------------------------------------------------------------------

    def _scale(self) -> float:
        """Pixels a point, so that the whole page is seen."""
        across, down = self.width() - 2 * AIR, self.height() - 2 * AIR
        return max(min(across / self.page.width, down / self.page.height), 0.05)

    def _paper(self) -> QRectF:
        scale = self._scale()
        paper = QRectF(0, 0, self.page.width * scale, self.page.height * scale)
        paper.moveCenter(QRectF(self.rect()).center())
        return paper

    def _box(self, rect: Rect) -> QRectF:
        return QRectF(self.spot(rect.x, rect.y), self.spot(rect.right, rect.bottom))

    def _point(self, at: QPointF) -> Point:
        place = (at - self._paper().topLeft()) / self._scale()
        return Point(place.x(), place.y())

    def _on_page(self, point: Point) -> Point:
        return Point(min(max(point.x, 0.0), self.page.width), min(max(point.y, 0.0), self.page.height))

    def _draw_to(self, point: Point) -> None:
        """From where the mouse went down, once it is large enough to be meant."""
        start = self._drawn_from
        if start is None:
            return
        left, top = min(start.x, point.x), min(start.y, point.y)
        drawn = Rect(left, top, abs(point.x - start.x), abs(point.y - start.y))
        if drawn.width >= LEAST.width and drawn.height >= LEAST.height:
            self.reframe(drawn)

    def _paint_outside(self, painter: QPainter, paper: QRectF, box: QRectF) -> None:
        shade = qcolor(LIGHT.text, 0.55)
        painter.fillRect(QRectF(paper.left(), paper.top(), paper.width(), box.top() - paper.top()), shade)
        painter.fillRect(QRectF(paper.left(), box.bottom(), paper.width(), paper.bottom() - box.bottom()), shade)
        painter.fillRect(QRectF(paper.left(), box.top(), box.left() - paper.left(), box.height()), shade)
        painter.fillRect(QRectF(box.right(), box.top(), paper.right() - box.right(), box.height()), shade)

    def _paint_grid(self, painter: QPainter, box: QRectF) -> None:
        """Lines to compare what is printed with."""
        painter.setPen(QPen(qcolor(LIGHT.accent, 0.35), 1))
        step = max(box.width(), box.height()) / LINES
        for number in range(1, LINES):
            x, y = box.left() + number * step, box.top() + number * step
            if x < box.right():
                painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()))
            if y < box.bottom():
                painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
