"""The left panel: the documents of the envelope in their order, and all pages small, with what stands on them."""

from __future__ import annotations

from collections import Counter
from typing import Final, cast

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QDropEvent, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QWidget

from app.domain.envelope import Envelope
from app.tasks import Runner
from app.ui.canvas.glass import NOBODY
from app.ui.canvas.layout import MARGIN, PageRef
from app.ui.canvas.pointer import Frame, Overlay
from app.ui.canvas.view import PageView
from app.ui.canvas.zoom import PX_PER_PT
from app.ui.icons import icon
from app.ui.models.draft import Draft
from app.ui.theme import LIGHT, PAPER, TypeSize, Weight, face, qcolor, recipient_colour, text_scale, tokens_of

ROLE: Final = int(Qt.ItemDataRole.UserRole)
PAGE_PX: Final = 116
MOST_ROWS: Final = 4


class Thumbnails(PageView):
    """The same desk as in the middle, at the size of a stamp. Signals: those of `PageView`; a click is `clicked`."""

    def __init__(self, runner: Runner, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self.setAccessibleName("Page thumbnails")
        self._marks = _Marks(draft, self)
        self.add_overlay(self._marks)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)

    def show_current(self, page: PageRef | None) -> None:
        """Rings the page being read and brings it into sight."""
        self._marks.current = page
        if page is not None and page in self._layout.index_of:
            frame = self.frame_of(page).rect_px
            if frame.top() < 0 or frame.bottom() > self.viewport().height():
                self.go_to(page)
        self.viewport().update()

    def refresh(self) -> None:
        self._marks.forget()
        self.viewport().update()

    def fit_stamps(self) -> None:
        if self._layout.widest > 0:
            room = min(PAGE_PX * 1.0, self.viewport().width() - 2.0 * MARGIN)
            self.set_zoom(max(room, 40.0) / (self._layout.widest * PX_PER_PT))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit_stamps()

    def sizeHint(self) -> QSize:
        return QSize(PAGE_PX + 2 * MARGIN + 12, 400)


class DocumentList(QListWidget):
    """Signals: `ordered(tuple of ids)` after a row was carried elsewhere, `opened(id)`, `menu_wanted(id, QPoint)`,
    `remove_wanted(id)`."""

    ordered = Signal(tuple)
    opened = Signal(str)
    menu_wanted = Signal(str, QPoint)
    remove_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Documents")
        self.setProperty("ground", "window")
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setIconSize(QSize(16, 16))
        self.itemClicked.connect(lambda item: self.opened.emit(item.data(ROLE)))
        self.itemActivated.connect(lambda item: self.opened.emit(item.data(ROLE)))

    def show_documents(self, envelope: Envelope, is_editable: bool) -> None:
        kept = self.currentRow()
        self.setDragEnabled(is_editable and len(envelope.documents) > 1)
        self.clear()
        for document in envelope.documents:
            pages = len(document.pages)
            item = QListWidgetItem(icon("file-text", "muted"), document.title)
            item.setData(ROLE, document.id)
            item.setToolTip(f"{document.title}\n{pages} page{'' if pages == 1 else 's'}")
            item.setSizeHint(QSize(60, _row_height()))
            self.addItem(item)
        self.setCurrentRow(min(kept, self.count() - 1))
        self.setFixedHeight(max(1, min(self.count(), MOST_ROWS)) * _row_height() + 4)

    def dropEvent(self, event: QDropEvent) -> None:
        super().dropEvent(event)
        self.ordered.emit(self._ids())

    def event(self, event: QEvent) -> bool:
        """Del here means the document, whatever is selected on the pages."""
        if event.type() == QEvent.Type.ShortcutOverride and cast("QKeyEvent", event).key() == Qt.Key.Key_Delete:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        moves = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        item = self.currentItem()
        if event.modifiers() & Qt.KeyboardModifier.AltModifier and event.key() in moves and self.dragEnabled():
            ids, at, to = list(self._ids()), self.currentRow(), self.currentRow() + moves[Qt.Key(event.key())]
            if 0 <= to < len(ids):
                ids.insert(to, ids.pop(at))
                self.ordered.emit(tuple(ids))
        elif event.key() == Qt.Key.Key_Delete and item is not None:
            self.remove_wanted.emit(item.data(ROLE))
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        item = self.itemAt(event.pos()) or self.currentItem()
        if item is not None:
            self.menu_wanted.emit(item.data(ROLE), event.globalPos())

    def _ids(self) -> tuple[str, ...]:
        return tuple(self.item(at).data(ROLE) for at in range(self.count()))


class _Marks(Overlay):
    """Page number, a tinted spot for each field, how many there are, a ring round the page being read."""

    def __init__(self, draft: Draft, view: PageView) -> None:
        self._draft, self._view = draft, view
        self._counts: Counter[PageRef] | None = None
        self.current: PageRef | None = None

    def forget(self) -> None:
        self._counts = None

    def paint_page(self, painter: QPainter, frame: Frame) -> None:
        tokens = tokens_of(self._view.palette())
        painter.save()
        count = self._count(frame.page)
        if count:
            self._paint_spots(painter, frame)
        if frame.page == self.current:
            painter.setPen(QPen(qcolor(tokens.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(frame.rect_px.adjusted(-3, -3, 3, 3), 3, 3)
        painter.setFont(face(TypeSize.SMALL, Weight.SEMIBOLD if frame.page == self.current else Weight.REGULAR))
        painter.setPen(qcolor(tokens.text if frame.page == self.current else tokens.muted))
        left = QRectF(0, frame.rect_px.top(), frame.rect_px.left() - 8, 18 * text_scale())
        painter.drawText(left, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(frame.page.page))
        if count:
            _paint_count(painter, frame.rect_px, count)
        painter.restore()

    def _count(self, page: PageRef) -> int:
        if self._counts is None:
            self._counts = Counter(PageRef(f.document, f.page) for f in self._draft.envelope.fields)
        return self._counts[page]

    def _paint_spots(self, painter: QPainter, frame: Frame) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        for field in self._draft.on_page(frame.page.document, frame.page.page):
            index = self._draft.index_of(field.recipient)
            colour = NOBODY if index is None else recipient_colour(index)
            box = frame.rect(field.rect)
            box.setSize(box.size().expandedTo(QRectF(0, 0, 3, 3).size()))
            painter.setBrush(qcolor(colour.fill, 0.75))
            painter.drawRoundedRect(box, 1, 1)


def _paint_count(painter: QPainter, page: QRectF, count: int) -> None:
    font = face(TypeSize.SMALL, Weight.SEMIBOLD)
    painter.setFont(font)
    width = max(18.0 * text_scale(), painter.fontMetrics().horizontalAdvance(str(count)) + 10.0)
    spot = QRectF(page.right() - width + 5, page.top() - 6, width, 18 * text_scale())
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(qcolor(LIGHT.text))
    painter.drawRoundedRect(spot, spot.height() / 2, spot.height() / 2)
    painter.setPen(qcolor(PAPER))
    painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, str(count))


def _row_height() -> int:
    return round(32 * text_scale())
