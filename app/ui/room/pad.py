"""A pad to draw a signature on, with mouse, pen or finger. Strokes stay vectors; what is seen is what is sealed."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QElapsedTimer, QEvent, QLineF, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QEventPoint,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QTabletEvent,
    QTouchEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.domain.drawing import INK
from app.domain.mark import InkPoint, InkStroke, Mark, ink_path
from app.ui.canvas.painter import colour_of, outline_of
from app.ui.models.room_speech import say
from app.ui.theme import CORNER, LIGHT, PAPER, TypeSize, face, qcolor

PEN_PX: Final = 3.2
BASELINE: Final = 0.74
"""Where the line to write on lies, as a share of the height."""
MOUSE_PRESSURE: Final = 0.5
UPRIGHT: Final = (0.0, 0.0)


class Pad(QWidget):
    """Signals: `changed` after a stroke was begun, continued, ended or taken back."""

    changed = Signal()

    def __init__(self, hint: str) -> None:
        super().__init__()
        self._hint = hint
        self._strokes: list[InkStroke] = []
        self._paths: list[QPainterPath] = []
        self._live: list[InkPoint] = []
        self._clock = QElapsedTimer()
        self._finger: int | None = None
        self._has_pen = False
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setTabletTracking(True)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(say("{hint}: a pad to draw on. Typing your name instead is just as good.", hint=hint))

    @property
    def strokes(self) -> tuple[InkStroke, ...]:
        """With the one under way as its last."""
        return (*self._strokes, *((tuple(self._live),) if self._live else ()))

    @property
    def mark(self) -> Mark | None:
        """None while nothing is drawn."""
        return Mark("drawn", self.strokes) if self.strokes else None

    def undo(self) -> None:
        """Takes the last stroke back."""
        if self._strokes:
            self._strokes.pop()
            self._paths.pop()
            self._tell()

    def clear(self) -> None:
        self._strokes.clear()
        self._paths.clear()
        self._live.clear()
        self._tell()

    def sizeHint(self) -> QSize:
        return QSize(720, 220)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 130)

    # -- mouse, pen, finger ----------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and not self._from_touch(event):
            self._begin(event.position(), MOUSE_PRESSURE)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._live and not self._from_touch(event):
            self._go_on(event.position(), MOUSE_PRESSURE)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and not self._from_touch(event):
            self._end(event.position(), MOUSE_PRESSURE)

    def tabletEvent(self, event: QTabletEvent) -> None:
        """Also of a pen that only comes near: from now on it alone draws, and what a palm has begun is gone."""
        if not self._has_pen:
            self._has_pen = True
            self._forget_touch()
        last = self._live[-1].pressure if self._live else MOUSE_PRESSURE
        # A pen that is lifted, and one that feels no pressure, says 0.
        pressure, tilt = event.pressure() or last, (event.xTilt(), event.yTilt())
        match event.type():
            case QEvent.Type.TabletPress if event.button() == Qt.MouseButton.LeftButton:
                self._begin(event.position(), pressure, tilt)
            case QEvent.Type.TabletMove:
                self._go_on(event.position(), pressure, tilt)
            case QEvent.Type.TabletRelease if event.button() == Qt.MouseButton.LeftButton:
                self._end(event.position(), pressure, tilt)
        event.accept()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QTouchEvent) and not self._has_pen:
            self._touch(event)
            event.accept()
            return True
        return super().event(event)

    def _touch(self, event: QTouchEvent) -> None:
        """The first finger draws, the others are ignored."""
        if event.type() == QEvent.Type.TouchCancel:
            self._forget_touch()
        for point in event.points():
            self._touch_point(point)

    def _forget_touch(self) -> None:
        """The stroke under way."""
        self._live.clear()
        self._finger = None
        self._tell()

    def _touch_point(self, point: QEventPoint) -> None:
        pressure = point.pressure() if 0 < point.pressure() < 1 else MOUSE_PRESSURE
        if point.state() == QEventPoint.State.Pressed and self._finger is None:
            self._finger = point.id()
            self._begin(point.position(), pressure)
        elif point.id() == self._finger and point.state() == QEventPoint.State.Updated:
            self._go_on(point.position(), pressure)
        elif point.id() == self._finger and point.state() == QEventPoint.State.Released:
            self._finger = None
            self._end(point.position(), pressure)

    def _from_touch(self, event: QMouseEvent) -> bool:
        """Qt makes mouse events of touches and pens; the stroke is drawn already."""
        return event.source() != Qt.MouseEventSource.MouseEventNotSynthesized

    # -- strokes ---------------------------------------------------------------------------------------------

    def _begin(self, at: QPointF, pressure: float, tilt: tuple[float, float] = UPRIGHT) -> None:
        if not self._clock.isValid():
            self._clock.start()
        self._live = [self._point(at, pressure, tilt)]
        self._tell()

    def _go_on(self, at: QPointF, pressure: float, tilt: tuple[float, float] = UPRIGHT) -> None:
        if self._live:
            self._live.append(self._point(at, pressure, tilt))
            self._tell()

    def _end(self, at: QPointF, pressure: float, tilt: tuple[float, float] = UPRIGHT) -> None:
        if not self._live:
            return
        self._live.append(self._point(at, pressure, tilt))
        stroke = tuple(self._live)
        self._live = []
        self._strokes.append(stroke)
        self._paths.append(outline_of(ink_path(stroke, PEN_PX)))
        self._tell()

    def _point(self, at: QPointF, pressure: float, tilt: tuple[float, float]) -> InkPoint:
        return InkPoint(at.x(), at.y(), pressure, self._clock.elapsed(), *tilt)

    def _tell(self) -> None:
        self.update()
        self.changed.emit()

    # -- paper -----------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_paper(painter)
        live = [outline_of(ink_path(tuple(self._live), PEN_PX))] if self._live else []
        for path in (*self._paths, *live):
            painter.fillPath(path, colour_of(INK))
        painter.end()

    def _paint_paper(self, painter: QPainter) -> None:
        """Paper is white in every scheme, so what is printed on it takes the light table."""
        painter.setPen(QPen(qcolor(LIGHT.focus if self.hasFocus() else LIGHT.edge), 2 if self.hasFocus() else 1))
        painter.setBrush(qcolor(PAPER))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), CORNER, CORNER)
        y = round(self.height() * BASELINE) + 0.5
        painter.setPen(QPen(qcolor(LIGHT.edge), 1))
        painter.drawLine(QLineF(56, y, self.width() - 32, y))
        painter.setFont(face(TypeSize.TITLE))
        painter.setPen(qcolor(LIGHT.muted))
        painter.drawText(QRectF(28, y - 30, 24, 30), Qt.AlignmentFlag.AlignBottom, "×")
        if not self.strokes:
            painter.setFont(face(TypeSize.SMALL))
            hint = QRectF(56, y + 4, self.width() - 88, 24)
            painter.drawText(
                hint, Qt.AlignmentFlag.AlignVCenter, say("{hint}, with mouse, pen or finger", hint=self._hint)
            )
