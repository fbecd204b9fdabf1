"""Fingers on the pages: one moves them, two move and enlarge them, a tap presses what lies there."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QLineF, QObject, QPointF, Qt
from PySide6.QtGui import QEventPoint, QTouchEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from app.ui.canvas.view import PageView

STILL_PX: Final = 10.0
"""A finger that moved less has tapped."""
LEAST_SPAN_PX: Final = 24.0
"""Fingers nearer to each other than this tell no size."""
ENDED: Final = (QEvent.Type.TouchEnd, QEvent.Type.TouchCancel)


class Fingers(QObject):
    """Takes the touches of the pages. What a control that is open over a field needs stays with it: only touches that
    begin on paper or on one of the buttons there are taken.
    """

    def __init__(self, view: PageView) -> None:
        super().__init__(view)
        self._view = view
        self._paper = view.viewport()
        self._began = QPointF()
        self._last: tuple[QPointF, float] | None = None
        self._tap = False
        # Qt's own scrolling by two fingers would move the page a second time.
        self._paper.ungrabGesture(Qt.GestureType.PanGesture)
        self._paper.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self._paper.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is not self._paper or not isinstance(event, QTouchEvent):
            return False
        if event.type() == QEvent.Type.TouchBegin:
            return self._begin(event)
        if event.type() in ENDED:
            self._end(event)
        else:
            self._move(event)
        event.accept()
        return True

    def _begin(self, event: QTouchEvent) -> bool:
        self._began = event.points()[0].position()
        under = self._paper.childAt(self._began.toPoint())
        if not (under is None or isinstance(under, QAbstractButton)):
            event.ignore()
            return True
        self._tap = event.pointCount() == 1
        self._last = _hold(event.points())
        event.accept()
        return True

    def _move(self, event: QTouchEvent) -> None:
        points = [point for point in event.points() if point.state() != QEventPoint.State.Released]
        if not points:
            return
        middle, span = _hold(points)
        if len(points) > 1 or QLineF(self._began, middle).length() > STILL_PX:
            self._tap = False
        if self._last is not None and not self._tap:
            self._follow(middle, span)
        self._last = (middle, span)

    def _follow(self, middle: QPointF, span: float) -> None:
        before, before_span = self._last or (middle, span)
        if (span > 0) != (before_span > 0):
            return  # a finger came or went: the middle jumped, and nobody moved the page
        if span > LEAST_SPAN_PX and before_span > LEAST_SPAN_PX:
            self._view.set_zoom(self._view.zoom * span / before_span, middle)
        across, down = self._view.horizontalScrollBar(), self._view.verticalScrollBar()
        across.setValue(across.value() - round(middle.x() - before.x()))
        down.setValue(down.value() - round(middle.y() - before.y()))

    def _end(self, event: QTouchEvent) -> None:
        under: QWidget | None = self._paper.childAt(self._began.toPoint())
        if self._tap and event.type() == QEvent.Type.TouchEnd and isinstance(under, QAbstractButton):
            under.click()
        self._tap, self._last = False, None


def _hold(points: list[QEventPoint]) -> tuple[QPointF, float]:
    """The middle of the first two fingers, and how far they are apart; 0 for one."""
    first = points[0].position()
    if len(points) == 1:
        return first, 0.0
    second = points[1].position()
    return (first + second) / 2, QLineF(first, second).length()
