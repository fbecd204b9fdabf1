"""Pages on a desk: pictures of them fetched as they are needed, and hands on them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import monotonic
from typing import Final

from PySide6.QtCore import QEvent, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from app.tasks import Runner
from app.ui.canvas import paper
from app.ui.canvas.desk import Desk
from app.ui.canvas.feeder import Feeder, Source
from app.ui.canvas.layout import Sheet
from app.ui.canvas.pointer import Frame, Overlay, Pointer, Tool
from app.ui.canvas.tiles import (
    HURRY_PAGES_S,
    TileKey,
    ahead_of,
    device_scale,
    draft_scale,
    is_whole,
    seen_part,
    tiles_of,
)
from app.ui.theme import qcolor, tokens_of

SETTLES_MS: Final = 90
WHEEL_STEP: Final = 1.2
NOTCH: Final = 120
"""What Qt calls one step of a usual wheel, in eighths of a degree."""
TURNS: Final = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}


class PageView(Desk):
    """All pages of some documents, drawn by `source` (see `feeder.Source`) on threads of `runner`.

    Signals: those of `Desk`; `clicked(PageRef, Point)` while no tool is set; `failed(Exception)` when a page cannot
    be drawn.
    """

    clicked = Signal(object, object)
    failed = Signal(object)

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        surface = _Surface()
        surface.left.connect(self._leave)
        self.setViewport(surface)
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._feeder = Feeder(runner, self)
        self._feeder.arrived.connect(self._picture_arrived)
        self._feeder.failed.connect(self._picture_failed)
        self._overlays: list[Overlay] = []
        self._tool: Tool | None = None
        self._pan_from: QPointF | None = None
        self._space_held = False
        self._wheeled = 0
        self._speed, self._scrolled_at, self._down = 0.0, 0.0, True
        self._planning = self._timer(0, self._plan)
        self._settling = self._timer(SETTLES_MS, self._settle)

    def show_sheets(self, sheets: Sequence[Sheet], source: Source | None) -> None:
        """Replaces everything; a page that was being read stays in its place if it is still there."""
        self._feeder.feed_from(sheets, source)
        self.lay(sheets)

    @property
    def is_settled(self) -> bool:
        """Everything that is seen is sharp, or cannot be drawn."""
        return self._feeder.idle and not (self._planning.isActive() or self._settling.isActive())

    def add_overlay(self, overlay: Overlay) -> None:
        self._overlays.append(overlay)
        self.viewport().update()

    def remove_overlay(self, overlay: Overlay) -> None:
        self._overlays.remove(overlay)
        self.viewport().update()

    def set_tool(self, tool: Tool | None) -> None:
        self._tool = tool

    # -- Qt's calls ------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = tokens_of(self.palette())
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), qcolor(tokens.desk))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frames = self.frames()
        ratio = self.viewport().devicePixelRatioF()
        for frame in frames:
            self._paint_page(painter, frame, device_scale(self.scale * ratio))
        for overlay in self._overlays:
            for frame in frames:
                overlay.paint_page(painter, frame)
        for overlay in self._overlays:
            overlay.paint_front(painter, frames)
        painter.end()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        now = monotonic()
        pages = abs(dy) / max(self._layout.tallest * self.scale, 1.0)
        self._speed = 0.5 * self._speed + 0.5 * pages / max(now - self._scrolled_at, 0.004)
        self._scrolled_at = now
        if dy:
            self._down = dy < 0
        self._settling.start()
        super().scrollContentsBy(dx, dy)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.set_zoom(self._zoom * WHEEL_STEP ** (event.angleDelta().y() / 120), event.position())
            event.accept()
        elif not self._turned_by_wheel(event.angleDelta().y()):
            super().wheelEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.MiddleButton or self._space_held:
            self._pan_from = event.position()
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        elif self._tool is not None and (pointer := self._pointer(event)) is not None:
            self._tool.pressed(pointer)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pan_from is not None:
            step = event.position() - self._pan_from
            self._pan_from = event.position()
            self._scroll_by(-step.x(), -step.y())
        elif self._tool is not None and (pointer := self._pointer(event)) is not None:
            self._tool.moved(pointer, bool(event.buttons() & Qt.MouseButton.LeftButton))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pointer = self._pointer(event)
        if self._pan_from is not None:
            self._pan_from = None
            self.viewport().setCursor(Qt.CursorShape.OpenHandCursor if self._space_held else Qt.CursorShape.ArrowCursor)
        elif self._tool is not None and pointer is not None:
            self._tool.released(pointer)
        elif pointer is not None and pointer.on_page and event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit(pointer.page, pointer.point)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._tool is not None and (pointer := self._pointer(event)) is not None:
            self._tool.double_clicked(pointer)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        pointer = self.pointer_at(QPointF(event.pos()))
        if self._tool is not None and pointer is not None:
            self._tool.menu_wanted(pointer, event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._tool is not None and self._tool.key_pressed(event):
            return
        if event.key() == Qt.Key.Key_Space:
            self._hold_space(True, event)
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End) and self.sheets:
            self._go_to_end(event.key() == Qt.Key.Key_End)
        elif not (event.key() in TURNS and self._turned(TURNS[Qt.Key(event.key())])):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self._hold_space(False, event)
        elif self._tool is not None:
            self._tool.key_released(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        if self._tool is not None and self.hasFocus() and self._tool.tab_pressed(forward):
            return True
        return super().focusNextPrevChild(forward)

    # -- inside ----------------------------------------------------------------------------------------------

    def _leave(self) -> None:
        if self._tool is not None:
            self._tool.left()

    def _timer(self, interval_ms: int, then: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(interval_ms)
        timer.timeout.connect(then)
        return timer

    def _pointer(self, event: QMouseEvent) -> Pointer | None:
        found = self.pointer_at(event.position())
        if found is None:
            return None
        return Pointer(found.at, found.page, found.point, found.on_page, event.modifiers(), event.button())

    def _paint_page(self, painter: QPainter, frame: Frame, scale: float) -> None:
        tokens = tokens_of(self.palette())
        index = self._layout.index_of[frame.page]
        sheet = self._layout.sheets[index]
        if self._layout.starts[index]:
            paper.draw_title(painter, frame.rect_px, sheet.title, tokens)
        paper.draw_sheet(painter, frame.rect_px, tokens)
        painter.save()
        painter.setClipRect(frame.rect_px)
        shown = paper.draw_pictures(painter, frame.rect_px, sheet.size, index, scale, self._feeder.cache)
        if not shown and self._feeder.is_broken(next(tiles_of(index, sheet.size, scale, None))):
            paper.draw_trouble(painter, frame.rect_px, tokens)
        painter.restore()

    def _shifted(self) -> None:
        self._planning.start()
        super()._shifted()

    def _settle(self) -> None:
        self._speed = 0.0
        self._plan()

    def _plan(self) -> None:
        visible = self._visible()
        scale = device_scale(self.scale * self.viewport().devicePixelRatioF())
        hurried = self._speed > HURRY_PAGES_S
        wanted: list[TileKey] = []
        for index in visible:
            wanted += self._wanted_of(index, scale, hurried)
        for index in ahead_of(visible, len(self._layout), self._down, self._speed):
            size = self._layout.sheets[index].size
            ahead = scale if is_whole(size, scale) and not hurried else draft_scale(size)
            wanted.append(TileKey(index, ahead))
        self._feeder.want(wanted)

    def _wanted_of(self, index: int, scale: float, hurried: bool) -> list[TileKey]:
        size = self._layout.sheets[index].size
        draft = TileKey(index, draft_scale(size))
        if hurried:
            return [] if self._feeder.cache.stand_in(index) else [draft]
        seen = seen_part(self._layout.box(index, self.scale, self.viewport().width()), self._window(), self.scale)
        sharp = list(tiles_of(index, size, scale, seen)) if seen is not None else []
        if len(sharp) > 1 and self._feeder.cache.stand_in(index) is None:
            return [draft, *sharp]
        return sharp

    def _picture_arrived(self, key: TileKey) -> None:
        if key.index in self._visible():
            self.viewport().update(self._frame(key.index).rect_px.toAlignedRect())

    def _picture_failed(self, key: TileKey, error: Exception) -> None:
        self.viewport().update()
        self.failed.emit(error)

    def _go_to_end(self, is_last: bool) -> None:
        self.go_to(self.sheets[-1 if is_last else 0].ref)
        bar = self.verticalScrollBar()
        bar.setValue(bar.maximum() if is_last else 0)

    def _turned(self, by: int) -> bool:
        """Where one page is shown at a time and there is no more of it that way, the next one is turned to."""
        bar = self.verticalScrollBar()
        is_end = bar.value() == (bar.maximum() if by > 0 else bar.minimum())
        return self.is_paged and is_end and self.turn(by, at_foot=by < 0)

    def _turned_by_wheel(self, angle: int) -> bool:
        """A notch for each page, however finely the wheel tells of it."""
        bar = self.verticalScrollBar()
        is_end = bar.value() == (bar.minimum() if angle > 0 else bar.maximum())
        if not (self.is_paged and is_end and angle):
            self._wheeled = 0
            return False
        self._wheeled += angle
        if abs(self._wheeled) >= NOTCH:
            self._turned(-1 if self._wheeled > 0 else 1)
            self._wheeled = 0
        return True

    def _hold_space(self, held: bool, event: QKeyEvent) -> None:
        if not event.isAutoRepeat():
            self._space_held = held
            self.viewport().setCursor(Qt.CursorShape.OpenHandCursor if held else Qt.CursorShape.ArrowCursor)


class _Surface(QWidget):
    """A viewport that tells when the pointer leaves it: the scroll area itself is not told."""

    left = Signal()

    def leaveEvent(self, event: QEvent) -> None:
        self.left.emit()
