"""The desk without its pictures: where pages lie in the window, how large they are, and moving about."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from app.domain.geometry import Point, Rect, Size
from app.ui.canvas import zoom
from app.ui.canvas.layout import MARGIN, Box, Layout, OnePage, PageRef, Sheet
from app.ui.canvas.pointer import Frame, Pointer
from app.ui.canvas.zoom import PX_PER_PT, Fit


class Desk(QAbstractScrollArea):
    """Places are given in points of a page as displayed (`domain.geometry`), and in logical pixels of the viewport.

    Signals: `moved` after anything that changes where pages lie; `zoom_changed(float)`; `page_changed(PageRef)`, the
    page being read.
    """

    moved = Signal()
    zoom_changed = Signal(float)
    page_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName("Pages")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.verticalScrollBar().setSingleStep(60)
        self.horizontalScrollBar().setSingleStep(60)
        self._layout = Layout(())
        self._is_paged = False
        self._zoom, self._fit = 1.0, Fit.WIDTH
        self._page: PageRef | None = None

    def lay(self, sheets: Sequence[Sheet]) -> None:
        """Replaces all pages; one that was being read stays in its place if it is still there."""
        kept, offset = self._page, self.verticalScrollBar().value()
        if kept is not None and kept in self._layout.index_of:
            offset -= round(self._layout.top(self._layout.index_of[kept], self.scale))
        self._layout = self._laid(sheets, kept)
        self._refit()
        if kept is not None and kept in self._layout.index_of:
            top = self._layout.top(self._layout.index_of[kept], self.scale)
            self.verticalScrollBar().setValue(round(top) + offset)
        self._shifted()

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        return self._layout.sheets

    @property
    def page(self) -> PageRef | None:
        """The page being read."""
        return self._page

    @property
    def is_paged(self) -> bool:
        """One page at a time instead of all below each other."""
        return self._is_paged

    def set_paged(self, is_paged: bool) -> None:
        """The page being read goes on being read, from its top."""
        page = self._page
        self._is_paged = is_paged
        self.lay(self.sheets)
        if page is not None:
            self.go_to(page)

    def size_of(self, page: PageRef) -> Size:
        return self._layout.sheets[self._layout.index_of[page]].size

    # -- places ----------------------------------------------------------------------------------------------

    @property
    def scale(self) -> float:
        """Logical pixels per point."""
        return self._zoom * PX_PER_PT

    def page_at(self, at: QPointF) -> PageRef | None:
        """The page under a place of the viewport."""
        pointer = self.pointer_at(at)
        return pointer.page if pointer is not None and pointer.on_page else None

    def pointer_at(self, at: QPointF) -> Pointer | None:
        """The page under or nearest to a place of the viewport; None when there are no pages."""
        if not self._layout.sheets:
            return None
        x, y = at.x() + self.horizontalScrollBar().value(), at.y() + self.verticalScrollBar().value()
        index, _ = self._layout.nearest(x, y, self.scale, self.viewport().width())
        sheet = self._layout.sheets[index]
        point = self.to_page(sheet.ref, at)
        on_page = 0 <= point.x <= sheet.size.width and 0 <= point.y <= sheet.size.height
        return Pointer(at, sheet.ref, point, on_page)

    def to_page(self, page: PageRef, at: QPointF) -> Point:
        """A place of the viewport in points of a page, also off it."""
        origin = self.frame_of(page).origin
        return Point((at.x() - origin.x()) / self.scale, (at.y() - origin.y()) / self.scale)

    def from_page(self, page: PageRef, rect: Rect) -> QRectF:
        """A rectangle of a page in pixels of the viewport; it may lie outside what is seen."""
        return self.frame_of(page).rect(rect)

    def frame_of(self, page: PageRef) -> Frame:
        return self._frame(self._layout.index_of[page])

    def frames(self) -> tuple[Frame, ...]:
        """The pages that can be seen."""
        return tuple(self._frame(index) for index in self._visible())

    def visible_pages(self) -> tuple[PageRef, ...]:
        return tuple(self._layout.sheets[index].ref for index in self._visible())

    # -- moving ----------------------------------------------------------------------------------------------

    def go_to(self, page: PageRef) -> None:
        """Its top at the top."""
        self._turn_to(page)
        top = self._layout.top(self._layout.index_of[page], self.scale)
        self.verticalScrollBar().setValue(round(top) - MARGIN)

    def reveal(self, page: PageRef, rect: Rect, upper_third: bool = False) -> None:
        """Scrolls only as far as it must, or, with `upper_third`, until the rectangle stands there."""
        self._turn_to(page)
        box = self._layout.place(self._layout.index_of[page], rect, self.scale, self.viewport().width())
        window = self._window()
        if upper_third:
            wanted = box.y + box.height / 2 - window.height / 3
            self.verticalScrollBar().setValue(round(wanted))
        else:
            self.verticalScrollBar().setValue(round(_into(window.y, window.height, box.y, box.height)))
        self.horizontalScrollBar().setValue(round(_into(window.x, window.width, box.x, box.width)))

    def turn(self, by: int, at_foot: bool = False) -> bool:
        """So many pages on, or back; False past either end. `at_foot`: one goes on reading from below."""
        at = self._layout.index_of[self._page] + by if self._page is not None else -1
        if not 0 <= at < len(self.sheets):
            return False
        self.go_to(self.sheets[at].ref)
        if at_foot:
            self.verticalScrollBar().setValue(self.verticalScrollBar().maximum())
        return True

    @property
    def zoom(self) -> float:
        """1.0 is the size on paper."""
        return self._zoom

    @property
    def fit(self) -> Fit:
        return self._fit

    def set_zoom(self, wanted: float, anchor: QPointF | None = None) -> None:
        """What lies under `anchor` (the middle of the viewport, if None) stays there."""
        self._fit = Fit.FREE
        self._zoom_to(zoom.bounded(wanted), anchor)

    def set_fit(self, fit: Fit) -> None:
        self._fit = fit
        self._refit()
        self._shifted()

    def zoom_in(self) -> None:
        self.set_zoom(zoom.step_up(self._zoom))

    def zoom_out(self) -> None:
        self.set_zoom(zoom.step_down(self._zoom))

    # -- Qt's calls ------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._refit()
        self._shifted()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self._shifted()

    # -- inside ----------------------------------------------------------------------------------------------

    def _laid(self, sheets: Sequence[Sheet], page: PageRef | None) -> Layout:
        if not self._is_paged:
            return Layout(sheets)
        return OnePage(sheets, next((n for n, sheet in enumerate(sheets) if sheet.ref == page), 0))

    def _turn_to(self, page: PageRef) -> None:
        """Where one page is shown at a time, this one from now on."""
        index = self._layout.index_of[page]
        if isinstance(self._layout, OnePage) and index != self._layout.index:
            self._layout.turn_to(index)
            self._page = page
            self._refit()
            self._shifted()
            self.page_changed.emit(page)

    def _shifted(self) -> None:
        """Pages lie elsewhere in the viewport than before."""
        self.viewport().update()
        self._read_page()
        self.moved.emit()

    def _window(self) -> Box:
        view = self.viewport()
        return Box(self.horizontalScrollBar().value(), self.verticalScrollBar().value(), view.width(), view.height())

    def _visible(self) -> range:
        window = self._window()
        return self._layout.between(window.y - 12, window.bottom + 12, self.scale)

    def _frame(self, index: int) -> Frame:
        """On a whole device pixel, so that pictures and paper meet."""
        box = self._layout.box(index, self.scale, self.viewport().width())
        ratio = self.viewport().devicePixelRatioF()
        left = round((box.x - self.horizontalScrollBar().value()) * ratio) / ratio
        top = round((box.y - self.verticalScrollBar().value()) * ratio) / ratio
        rect = QRectF(left, top, round(box.width * ratio) / ratio, round(box.height * ratio) / ratio)
        return Frame(self._layout.sheets[index].ref, QPointF(left, top), self.scale, rect)

    def _read_page(self) -> None:
        if not self._layout.sheets:
            self._page = None
            return
        window = self._window()
        page = self._layout.sheets[self._layout.index_at(window.y + window.height / 3, self.scale)].ref
        if page != self._page:
            self._page = page
            self.page_changed.emit(page)

    def _refit(self) -> None:
        page = self._size_being_read()
        # The scroll bar's room is always kept: a fit that depends on whether the bar is shown would flicker.
        room = Size(self.width() - self.verticalScrollBar().sizeHint().width(), self.height())
        fitted = zoom.fitting(self._fit, page, self._layout.widest, room)
        at_top = self.verticalScrollBar().value() == 0
        if fitted is not None and abs(fitted - self._zoom) > 1e-6:
            self._zoom_to(fitted, QPointF(self.viewport().width() / 2, 0))
            if at_top:
                self.verticalScrollBar().setValue(0)
        else:
            self._update_bars()

    def _size_being_read(self) -> Size:
        if self._page is not None and self._page in self._layout.index_of:
            return self.size_of(self._page)
        return self._layout.sheets[0].size if self._layout.sheets else Size(0, 0)

    def _zoom_to(self, wanted: float, anchor: QPointF | None) -> None:
        view = self.viewport()
        anchor = anchor or QPointF(view.width() / 2, view.height() / 2)
        held = self.pointer_at(anchor)
        self._zoom = wanted
        self._update_bars()
        if held is not None:
            origin = self._layout.box(self._layout.index_of[held.page], self.scale, view.width())
            self.horizontalScrollBar().setValue(round(origin.x + held.point.x * self.scale - anchor.x()))
            self.verticalScrollBar().setValue(round(origin.y + held.point.y * self.scale - anchor.y()))
        self._shifted()
        self.zoom_changed.emit(self._zoom)

    def _update_bars(self) -> None:
        view = self.viewport()
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        across.setRange(0, max(0, round(self._layout.width(self.scale)) - view.width()))
        across.setPageStep(view.width())
        down.setRange(0, max(0, round(self._layout.height(self.scale)) - view.height()))
        down.setPageStep(round(view.height() * 0.9))

    def _scroll_by(self, dx: float, dy: float) -> None:
        self.horizontalScrollBar().setValue(self.horizontalScrollBar().value() + round(dx))
        self.verticalScrollBar().setValue(self.verticalScrollBar().value() + round(dy))


def _into(start: float, length: float, at: float, size: float) -> float:
    """Where a window of `length` must start so that `size` from `at` lies in it with a margin, moving least."""
    if at - MARGIN < start:
        return at - MARGIN
    if at + size + MARGIN > start + length:
        return min(at + size + MARGIN - length, at - MARGIN)
    return start
