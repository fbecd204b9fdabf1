"""Pages on paper: drawn by the services, with the fields of a draft over them, on a thread of the runner."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QMarginsF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPageLayout, QPainter, QPen
from PySide6.QtPrintSupport import QPrinter

from app.domain.drawing import Drawing
from app.domain.fields.base import Field
from app.tasks import Report
from app.ui.canvas.feeder import Source
from app.ui.canvas.layout import PageRef, Sheet
from app.ui.canvas.painter import DrawingPainter
from app.ui.models.pictures import picture
from app.ui.theme import TypeSize, face

MOST_DPI: Final = 300
"""Letters are sharp at this; twice as much takes four times as long."""
PT_PER_INCH: Final = 72.0
LABEL_SHARE: Final = 0.55
"""Of the height of a field, for the words that stand in it until it is filled."""


@dataclass(frozen=True)
class Stamp:
    """A field as it is printed: `image` fills `rect`, in points of the page."""

    rect: QRectF
    image: QImage


@dataclass(frozen=True)
class PrintOrder:
    """What goes on paper, in this order; nothing in it is looked at by the window any more."""

    sheets: tuple[Sheet, ...]
    source: Source
    stamps: Mapping[PageRef, Sequence[Stamp]]


def stamp_of(field: Field, drawing: Drawing | None, words: str, ink: QColor, drawings: DrawingPainter) -> Stamp:
    """What stands in a field, or a hairline and its name. Made on the window's thread: faces belong to it."""
    scale = MOST_DPI / PT_PER_INCH
    box = QRectF(0, 0, field.rect.width, field.rect.height)
    image = QImage((box.size() * scale).toSize(), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(scale, scale)
    if drawing is not None and not drawing.empty:
        drawings.paint(painter, drawing, box)
    else:
        painter.setPen(QPen(ink, 0.5))
        painter.drawRect(box.adjusted(0.25, 0.25, -0.25, -0.25))
        font = face(TypeSize.SMALL)
        font.setPixelSize(max(4, min(10, round(box.height() * LABEL_SHARE))))
        painter.setFont(font)
        room = box.adjusted(3, 0, -3, 0)
        shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
    painter.end()
    return Stamp(QRectF(field.rect.x, field.rect.y, field.rect.width, field.rect.height), image)


def meant(printer: QPrinter, sheets: Sequence[Sheet], current: PageRef | None) -> tuple[Sheet, ...]:
    """The pages that were asked for in the dialog: numbers count through all documents, from 1."""
    match printer.printRange():
        case QPrinter.PrintRange.PageRange:
            return tuple(sheets[max(printer.fromPage(), 1) - 1 : printer.toPage() or len(sheets)])
        case QPrinter.PrintRange.CurrentPage:
            return tuple(sheet for sheet in sheets if sheet.ref == current)
        case _:
            return tuple(sheets)


def print_pages(printer: QPrinter, order: PrintOrder, report: Report) -> int:
    """Each at its own size, or smaller where the paper is; how many the printer took. What `report` raises ends it, and
    nothing more goes to the printer."""
    printer.setFullPage(True)
    painter, taken, total = QPainter(), 0, len(order.sheets)
    try:
        for sheet in order.sheets:
            _turn_paper(printer, sheet)
            if not (printer.newPage() if taken else painter.begin(printer)):
                break
            _print_page(painter, printer, sheet, order)
            taken += 1
            report(taken, total)
    except BaseException:
        printer.abort()
        raise
    finally:
        if painter.isActive():
            painter.end()
    return taken


def _turn_paper(printer: QPrinter, sheet: Sheet) -> None:
    wide = sheet.size.width > sheet.size.height
    printer.setPageOrientation(QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait)
    printer.setPageMargins(QMarginsF(0, 0, 0, 0))


def _print_page(painter: QPainter, printer: QPrinter, sheet: Sheet, order: PrintOrder) -> None:
    page, size = sheet.ref, QSizeF(sheet.size.width, sheet.size.height)
    paper = printer.paperRect(QPrinter.Unit.DevicePixel)
    dot = printer.resolution() / PT_PER_INCH
    dot *= min(1.0, paper.width() / (size.width() * dot), paper.height() / (size.height() * dot))
    spot = QRectF(QPointF(0, 0), size * dot)
    spot.moveCenter(QRectF(QPointF(0, 0), paper.size()).center())
    painter.drawImage(spot, picture(order.source(page, min(dot, MOST_DPI / PT_PER_INCH), None)))
    for stamp in order.stamps.get(page, ()):
        place = QRectF(spot.topLeft() + stamp.rect.topLeft() * dot, stamp.rect.size() * dot)
        painter.drawImage(place, stamp.image)
