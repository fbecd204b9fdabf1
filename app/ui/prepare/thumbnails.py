"""All pages small, with what stands on them and whose it is; chosen and carried about for the page tools."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from app.domain.geometry import Rect
from app.tasks import Runner
from app.ui.canvas.glass import NOBODY
from app.ui.canvas.layout import MARGIN, PageRef
from app.ui.canvas.pointer import Frame, Overlay
from app.ui.canvas.spoken import Part, speak
from app.ui.canvas.view import PageView
from app.ui.canvas.zoom import PX_PER_PT
from app.ui.models.draft import Draft
from app.ui.prepare.stamp_tool import Gap, Stamps, StampTool, order_with
from app.ui.theme import PAPER, TypeSize, Weight, face, qcolor, recipient_colour, text_scale, tokens_of
from app.ui.widgets.announce import announce

PAGE_PX: Final = 116


class Thumbnails(PageView):
    """The same desk as in the middle, at the size of a stamp. Signals: those of `PageView`, and `read_wanted(PageRef)`,
    `ordered(document, tuple of old page numbers)`, `stepped(int)`, `delete_wanted`, `menu_wanted(QPoint)`."""

    read_wanted = Signal(object)
    ordered = Signal(str, tuple)
    stepped = Signal(int)
    delete_wanted = Signal()
    menu_wanted = Signal(QPoint)

    def __init__(self, runner: Runner, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self.setAccessibleName("Page thumbnails")
        self._marks = _Marks(draft, self)
        self.add_overlay(self._marks)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        self.tool = StampTool(self, self._stamps(), lambda: self.chosen, lambda: self._marks.current)
        self.set_tool(self.tool)
        speak(self, self._parts)

    @property
    def chosen(self) -> tuple[PageRef, ...]:
        """Of one document, in the order of choosing; empty when only the page being read is meant."""
        return self._marks.chosen

    def choose(self, pages: Sequence[PageRef]) -> None:
        known = [page for page in pages if page in self._layout.index_of]
        self._marks.chosen = tuple(page for page in known if page.document == known[0].document)
        self.viewport().update()

    def show_current(self, page: PageRef | None) -> None:
        """Rings the page being read and brings it into sight."""
        if self.hasFocus() and page is not None and page != self._marks.current:
            announce(self, self._words(page))
        self._marks.current = page
        if page is not None and page in self._layout.index_of:
            frame = self.frame_of(page).rect_px
            if frame.top() < 0 or frame.bottom() > self.viewport().height():
                self.go_to(page)
        self.viewport().update()

    def refresh(self) -> None:
        self._marks.forget()
        self.choose([page for page in self.chosen if page in self._layout.index_of])

    def fit_stamps(self) -> None:
        if self._layout.widest > 0:
            room = min(PAGE_PX * 1.0, self.viewport().width() - 2.0 * MARGIN)
            self.set_zoom(max(room, 40.0) / (self._layout.widest * PX_PER_PT))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit_stamps()

    def sizeHint(self) -> QSize:
        return QSize(PAGE_PX + 2 * MARGIN + 12, 400)

    def _parts(self) -> Sequence[Part]:
        return [
            Part(
                self._words(sheet.ref),
                sheet.ref,
                Rect(0, 0, sheet.size.width, sheet.size.height),
                sheet.ref in self.chosen,
                sheet.ref == self._marks.current,
            )
            for sheet in self.sheets
        ]

    def _words(self, page: PageRef) -> str:
        count = self._marks.fields_on(page)
        return f"Page {page.page}, {count} field{'' if count == 1 else 's'}"

    def _stamps(self) -> Stamps:
        return Stamps(
            read=self.read_wanted.emit,
            choose=self.choose,
            gap=self._show_gap,
            carry=self._carry,
            step=self.stepped.emit,
            delete=self.delete_wanted.emit,
            menu=self.menu_wanted.emit,
        )

    def _show_gap(self, gap: Gap | None) -> None:
        self._marks.gap = gap
        self.viewport().update()

    def _carry(self, gap: Gap) -> None:
        document = gap.page.document
        pages = sum(sheet.ref.document == document for sheet in self.sheets)
        at = gap.page.page + gap.is_behind
        self.ordered.emit(document, order_with(pages, [page.page for page in self.chosen], at))


class _Marks(Overlay):
    """Page number, a tinted spot for each field, how many there are, a ring round the page being read."""

    def __init__(self, draft: Draft, view: PageView) -> None:
        self._draft, self._view = draft, view
        self._counts: dict[PageRef, Counter[int | None]] | None = None
        self.current: PageRef | None = None
        self.chosen: tuple[PageRef, ...] = ()
        self.gap: Gap | None = None

    def forget(self) -> None:
        self._counts = None

    def fields_on(self, page: PageRef) -> int:
        return self._count(page).total()

    def paint_page(self, painter: QPainter, frame: Frame) -> None:
        tokens = tokens_of(self._view.palette())
        painter.save()
        counts = self._count(frame.page)
        if counts:
            self._paint_spots(painter, frame)
        if frame.page in self.chosen:
            painter.fillRect(frame.rect_px, qcolor(tokens.accent, 0.16))
        if self.gap is not None and self.gap.page == frame.page:
            _paint_gap(painter, frame.rect_px, self.gap.is_behind, tokens.accent)
        if frame.page == self.current:
            painter.setPen(QPen(qcolor(tokens.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(frame.rect_px.adjusted(-3, -3, 3, 3), 3, 3)
        painter.setFont(face(TypeSize.SMALL, Weight.SEMIBOLD if frame.page == self.current else Weight.REGULAR))
        painter.setPen(qcolor(tokens.text if frame.page == self.current else tokens.muted))
        left = QRectF(0, frame.rect_px.top(), frame.rect_px.left() - 8, 18 * text_scale())
        painter.drawText(left, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(frame.page.page))
        _paint_counts(painter, frame.rect_px, counts)
        painter.restore()

    def _count(self, page: PageRef) -> Counter[int | None]:
        """Fields of the page by the place of their recipient."""
        if self._counts is None:
            self._counts = {}
            places = {r.role: at for at, r in enumerate(self._draft.envelope.recipients)}
            for field in self._draft.envelope.fields:
                here = self._counts.setdefault(PageRef(field.document, field.page), Counter())
                here[places.get(field.recipient or "")] += 1
        return self._counts.get(page, Counter())

    def _paint_spots(self, painter: QPainter, frame: Frame) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        for field in self._draft.on_page(frame.page.document, frame.page.page):
            index = self._draft.index_of(field.recipient)
            colour = NOBODY if index is None else recipient_colour(index)
            box = frame.rect(field.rect)
            box.setSize(box.size().expandedTo(QRectF(0, 0, 3, 3).size()))
            painter.setBrush(qcolor(colour.fill, 0.75))
            painter.drawRoundedRect(box, 1, 1)


def _paint_counts(painter: QPainter, page: QRectF, counts: Counter[int | None]) -> None:
    """One spot for each recipient in their colour, from the corner downwards."""
    font = face(TypeSize.SMALL, Weight.SEMIBOLD)
    painter.setFont(font)
    height = 17 * text_scale()
    for row, index in enumerate(sorted(counts, key=lambda each: -1 if each is None else each)):
        colour = NOBODY if index is None else recipient_colour(index)
        words = str(counts[index])
        width = max(height, painter.fontMetrics().horizontalAdvance(words) + 9.0)
        spot = QRectF(page.right() - width + 6, page.top() - 6 + row * (height + 2), width, height)
        painter.setPen(QPen(qcolor(PAPER), 1))
        painter.setBrush(qcolor(colour.fill))
        painter.drawRoundedRect(spot, height / 2, height / 2)
        painter.setPen(qcolor(colour.on_fill))
        painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, words)


def _paint_gap(painter: QPainter, page: QRectF, is_behind: bool, ink: str) -> None:
    y = page.bottom() + MARGIN / 2 if is_behind else page.top() - MARGIN / 2
    painter.fillRect(QRectF(page.left() - 6, y - 1.5, page.width() + 12, 3), qcolor(ink))
