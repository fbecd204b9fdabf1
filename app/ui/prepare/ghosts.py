"""Places the documents seem to ask for, as pale ghosts on the pages: nothing is placed that a person did not accept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen

from app.domain.fields.base import Field
from app.domain.fields.registry import KINDS
from app.domain.geometry import Point
from app.services.viewing import FoundField
from app.ui.canvas.glass import NOBODY, FieldLook, draw_field
from app.ui.canvas.layout import PageRef
from app.ui.canvas.painter import DrawingPainter
from app.ui.canvas.pointer import Frame, Overlay
from app.ui.canvas.view import PageView
from app.ui.theme import LIGHT, qcolor
from app.ui.widgets.announce import announce

COVERED: Final = 0.3
"""Of a ghost; what lies under a field so far is settled."""
ONWARD: Final = (Qt.Key.Key_Right, Qt.Key.Key_Down)
BACK: Final = (Qt.Key.Key_Left, Qt.Key.Key_Up)
AWAY: Final = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


@dataclass(frozen=True)
class Offer:
    """A place of a document that could become a field."""

    document: str
    found: FoundField

    @property
    def page(self) -> PageRef:
        return PageRef(self.document, self.found.page)

    @property
    def words(self) -> str:
        kind = KINDS[self.found.kind].title
        name = self.found.label.strip(" :_.…*") or self.found.name
        return f"{kind}, {name}" if name and name != self.found.kind else kind


Accept = Callable[[Sequence[Offer]], None]


class Ghosts(QObject, Overlay):
    """`accept` makes fields of offers. Keys count only while `is_open`. Signals: `changed`."""

    changed = Signal()

    def __init__(self, view: PageView, drawings: DrawingPainter, accept: Accept, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._view, self._drawings, self._accept = view, drawings, accept
        self._offers: tuple[Offer, ...] = ()
        self._at = 0
        self.is_open = False

    @property
    def offers(self) -> tuple[Offer, ...]:
        return self._offers

    @property
    def current(self) -> Offer | None:
        return self._offers[self._at] if self.is_open and self._offers else None

    def show_offers(self, offers: Sequence[Offer], fields: Sequence[Field]) -> None:
        """Those of a kind that exists, where no field stands."""
        self._offers = tuple(each for each in offers if each.found.kind in KINDS and not _is_covered(each, fields))
        self._at = min(self._at, max(len(self._offers) - 1, 0))
        self.is_open = self.is_open and bool(self._offers)
        self._tell()

    def forget_covered(self, fields: Sequence[Field]) -> None:
        """Fields were placed or moved: what they cover is no offer any more."""
        if self._offers and any(_is_covered(each, fields) for each in self._offers):
            self.show_offers(self._offers, fields)

    def begin(self) -> None:
        """The first one on or behind the page being read is the current one; the keys are the page's from here on."""
        if self._offers:
            pages = [sheet.ref for sheet in self._view.sheets]
            here = pages.index(self._view.page) if self._view.page in pages else 0
            behind = (n for n, each in enumerate(self._offers) if pages.index(each.page) >= here)
            self._at, self.is_open = next(behind, 0), True
            self._reveal()
            self._view.setFocus()

    def end(self) -> None:
        self.is_open = False
        self._tell()

    def step(self, by: int) -> None:
        if self._offers:
            self._at = (self._at + by) % len(self._offers)
            self._reveal()

    def accept_current(self) -> None:
        if (offer := self.current) is not None:
            self._take((offer,))
            self._reveal()

    def accept_all(self) -> None:
        self._take(self._offers)

    def dismiss(self) -> None:
        if (offer := self.current) is not None:
            self._drop((offer,))
            self._reveal()

    def take_key(self, event: QKeyEvent) -> bool:
        """Enter accepts one, Shift+Enter all, arrows look further, Del puts one away, Esc leaves them."""
        if not self.is_open:
            return False
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            (self.accept_all if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else self.accept_current)()
        elif key in ONWARD or key in BACK:
            self.step(1 if key in ONWARD else -1)
        elif key in AWAY:
            self.dismiss()
        elif key == Qt.Key.Key_Escape:
            self.end()
        else:
            return False
        return True

    def take_tab(self, forward: bool) -> bool:
        """Tab accepts as Enter does; Shift+Tab looks back."""
        if not self.is_open:
            return False
        if forward:
            self.accept_current()
        else:
            self.step(-1)
        return True

    def offer_at(self, page: PageRef, point: Point) -> Offer | None:
        if not self.is_open:
            return None
        return next((each for each in self._offers if each.page == page and each.found.rect.contains(point)), None)

    def accept_one(self, offer: Offer) -> None:
        self._take((offer,))

    def paint_page(self, painter: QPainter, frame: Frame) -> None:
        for offer in self._offers:
            if offer.page != frame.page:
                continue
            box, kind = frame.rect(offer.found.rect), KINDS[offer.found.kind]
            painter.save()
            painter.setOpacity(0.75 if offer is self.current else 0.5 if self.is_open else 0.3)
            draw_field(painter, box, FieldLook(kind.icon, kind.title, None, NOBODY, is_required=False), self._drawings)
            painter.restore()
            if offer is self.current:
                painter.setPen(QPen(qcolor(LIGHT.accent), 2, Qt.PenStyle.DashLine))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(box.adjusted(-2, -2, 2, 2))

    def _take(self, offers: Sequence[Offer]) -> None:
        """Gone from the offers first: what comes of them is placed and told by who accepts."""
        self._drop(offers)
        self._accept(offers)

    def _drop(self, offers: Sequence[Offer]) -> None:
        gone = {id(each) for each in offers}
        self._offers = tuple(each for each in self._offers if id(each) not in gone)
        self._at = min(self._at, max(len(self._offers) - 1, 0))
        self.is_open = self.is_open and bool(self._offers)
        self._tell()

    def _reveal(self) -> None:
        if (offer := self.current) is not None:
            self._view.reveal(offer.page, offer.found.rect, upper_third=offer.page != self._view.page)
            announce(self._view, f"Found: {offer.words}, page {offer.found.page}. Enter places it.")
        self._tell()

    def _tell(self) -> None:
        self._view.viewport().update()
        self.changed.emit()


def _is_covered(offer: Offer, fields: Sequence[Field]) -> bool:
    rect = offer.found.rect
    area = max(rect.width * rect.height, 0.01)
    return any(
        field.document == offer.document
        and field.page == offer.found.page
        and rect.overlap(field.rect) > COVERED * area
        for field in fields
    )
