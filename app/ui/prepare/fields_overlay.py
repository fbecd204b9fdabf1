"""The fields drawn over the pages, with what a hand is doing to them: handles, guides, ghost, marquee."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from app.domain.drawing import Drawing
from app.domain.envelope import Envelope
from app.domain.errors import ParaphError
from app.domain.fields.base import Field, Kind, Value
from app.domain.fields.plausible import longest_value
from app.domain.fields.registry import kind_of
from app.domain.geometry import Rect
from app.domain.ids import DocumentId, FieldId
from app.domain.style import inherited
from app.ui.canvas.glass import NOBODY, FieldLook, draw_field
from app.ui.canvas.layout import PageRef
from app.ui.canvas.painter import DrawingPainter
from app.ui.canvas.pointer import Frame, Overlay
from app.ui.models.draft import Draft
from app.ui.models.habits import Habits
from app.ui.prepare.aids import Measure, paint_aids, paint_hint
from app.ui.prepare.handles import Handle, bounds
from app.ui.prepare.printing import Stamp, stamp_of
from app.ui.prepare.snapping import Line
from app.ui.theme import LIGHT, PAPER, qcolor, recipient_colour
from app.ui.widgets.badge import Person

MIDDLES_FROM_PX: Final = 30.0
"""A side shorter than this has no room for a handle in its middle."""

Draw = Callable[[Envelope, Field, Value | None], Drawing]


@dataclass(frozen=True)
class Doing:
    """What a hand is doing now; nothing of it is stored before the hand lets go.

    `moved` are fields as they would become; `ghost` one that would be placed; `marquee`, `guides` and `measures` lie on
    `page`; `hint` is a word beside a place of the viewport.
    """

    moved: Mapping[FieldId, Field]
    ghost: Field | None = None
    page: PageRef | None = None
    marquee: Rect | None = None
    guides: tuple[Line, ...] = ()
    measures: tuple[Measure, ...] = ()
    hint: tuple[QPointF, str] | None = None


IDLE: Final = Doing({})


class FieldsOverlay(Overlay):
    """`draw` gives what stands in a field. Read-only envelopes show only what is still to be filled: the rest is part
    of the page by now. With `dims_others` all but the current recipient's are pale; with `shows_longest` the longest
    answer that is to be expected stands in what is still to be filled in."""

    def __init__(
        self, draft: Draft, draw: Draw, drawings: DrawingPainter, habits: Callable[[], Habits] = Habits
    ) -> None:
        self._draft, self._draw, self._drawings, self._habits = draft, draw, drawings, habits
        self._drawn: dict[FieldId, tuple[tuple[object, ...], Drawing | None]] = {}
        self._pages: dict[PageRef, list[Field]] | None = None
        self.doing = IDLE
        self.hovered: FieldId | None = None
        self.dims_others = self.shows_longest = False

    def forget(self) -> None:
        """The envelope has changed, or whose fields are shown."""
        self._pages = None

    def fields_on(self, page: PageRef) -> tuple[Field, ...]:
        """As they are stored, whatever a hand does meanwhile."""
        return tuple(self._stored().get(page, ()))

    def paint_page(self, painter: QPainter, frame: Frame) -> None:
        for field in self._shown_on(frame.page):
            draw_field(painter, frame.rect(field.rect), self._look(field), self._drawings)
        if (ghost := self.doing.ghost) is not None and _page_of(ghost) == frame.page:
            painter.save()
            painter.setOpacity(0.85)
            draw_field(painter, frame.rect(ghost.rect), self._look(ghost, is_ghost=True), self._drawings)
            painter.restore()
        if (aids := self.doing).page == frame.page:
            paint_aids(painter, frame, aids.guides, aids.measures, aids.marquee)
        if self._draft.is_editable:
            self._paint_selection(painter, frame)

    def paint_front(self, painter: QPainter, frames: tuple[Frame, ...]) -> None:
        if self.doing.hint is not None:
            paint_hint(painter, *self.doing.hint)

    def stamp(self, field: Field) -> Stamp:
        """As it is put on paper."""
        whose = look_of(self._draft, kind_of(field), "", field.recipient)
        name, person = field.label or kind_of(field).title, whose.person
        words = f"{name}, {person.name}" if person is not None and person.name else name
        return stamp_of(field, self._drawing(field), words, qcolor(whose.colour.line), self._drawings)

    def chosen_as_shown(self) -> tuple[Field, ...]:
        return tuple(self.doing.moved.get(field.id, field) for field in self._draft.chosen)

    # -- inside ----------------------------------------------------------------------------------------------

    def _stored(self) -> dict[PageRef, list[Field]]:
        if self._pages is None:
            self._pages = _by_page(filter(self._draft.shows, self._draft.envelope.fields))
            known = {field.id for field in self._draft.envelope.fields}
            self._drawn = {name: drawn for name, drawn in self._drawn.items() if name in known}
        return self._pages

    def _shown_on(self, page: PageRef) -> Iterable[Field]:
        """Selected ones last, so that they lie on top."""
        moved, values = self.doing.moved, self._draft.envelope.values
        here = [field for field in self._stored().get(page, ()) if field.id not in moved]
        here += [field for field in moved.values() if _page_of(field) == page]
        if not self._draft.is_editable:
            here = [field for field in here if field.id not in values]
        return sorted(here, key=lambda field: field.id in self._draft.selection)

    def _look(self, field: Field, is_ghost: bool = False) -> FieldLook:
        kind, current = kind_of(field), self._draft.current
        return replace(
            look_of(self._draft, kind, field.label or kind.title, field.recipient),
            drawing=self._drawing(field),
            is_required=field.required,
            is_hovered=is_ghost or field.id == self.hovered,
            is_selected=field.id in self._draft.selection,
            is_moving=field.id in self.doing.moved,
            is_faint=self.dims_others and field.recipient != (current.role if current is not None else None),
        )

    def _drawing(self, field: Field) -> Drawing | None:
        """Kept until the field changes. What no face can write is said by preflight, not by a broken page."""
        if not self._draft.is_editable:
            return None
        envelope = self._draft.envelope
        value, settled = envelope.value_of(field), inherited(field, envelope.style)
        if value is None and self.shows_longest:
            value = longest_value(settled)
        names = tuple(each.name for each in envelope.recipients if each.role == field.recipient)
        told = (settled, value, envelope.style.design, names)
        kept = self._drawn.get(field.id)
        if kept is not None and kept[0] == told:
            return kept[1]
        try:
            drawing: Drawing | None = self._draw(envelope, settled, value)
        except ParaphError:
            drawing = None
        self._drawn[field.id] = told, drawing
        return drawing

    def _paint_selection(self, painter: QPainter, frame: Frame) -> None:
        chosen = [field for field in self.chosen_as_shown() if _page_of(field) == frame.page]
        if not chosen:
            return
        painter.save()
        painter.setPen(QPen(qcolor(LIGHT.accent), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for field in chosen:
            painter.drawRect(frame.rect(field.rect).adjusted(-0.5, -0.5, 0.5, 0.5))
        around = frame.rect(bounds(tuple(field.rect for field in chosen)))
        if len(chosen) > 1:
            painter.setPen(QPen(qcolor(LIGHT.accent), 1, Qt.PenStyle.DashLine))
            painter.drawRect(around.adjusted(-3, -3, 3, 3))
        if not all(field.locked for field in chosen) and len(chosen) == len(self._draft.selection):
            _paint_handles(painter, around, self._habits().handle_px)
        painter.restore()


def look_of(draft: Draft, kind: Kind, words: str, role: str | None) -> FieldLook:
    """Icon of its kind, colour and badge of its recipient."""
    index = draft.index_of(role)
    if index is None:
        return FieldLook(kind.icon, words, None, NOBODY)
    recipient = draft.envelope.recipients[index]
    return FieldLook(kind.icon, words, Person(recipient.initials, index, recipient.name), recipient_colour(index))


def middles_fit(box: QRectF) -> bool:
    """Whether a box of this many pixels has handles in the middle of its sides."""
    return min(box.width(), box.height()) >= MIDDLES_FROM_PX


def _paint_handles(painter: QPainter, box: QRectF, side: float) -> None:
    painter.setPen(QPen(qcolor(LIGHT.accent), 1.5))
    painter.setBrush(qcolor(PAPER))
    unit = Rect(0, 0, 1, 1)
    for handle in Handle:
        if handle.is_corner or middles_fit(box):
            spot = handle.on(unit)
            centre = QPointF(box.left() + spot.x * box.width(), box.top() + spot.y * box.height())
            painter.drawRoundedRect(QRectF(centre.x() - side / 2, centre.y() - side / 2, side, side), 2, 2)


def _page_of(field: Field) -> PageRef:
    return PageRef(field.document, field.page)


def _by_page(fields: Iterable[Field]) -> dict[PageRef, list[Field]]:
    pages: dict[PageRef, list[Field]] = {}
    for field in fields:
        pages.setdefault(_page_of(field), []).append(field)
    return pages


def moved_to(field: Field, page: PageRef, rect: Rect) -> Field:
    """The field at another place, perhaps of another document."""
    return replace(field, document=DocumentId(page.document), page=page.page, rect=rect)
