"""What a hand can do in one stroke: move, resize, surround, draw. Each ends as one step of history, or as none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from PySide6.QtCore import QPointF, Qt

from app.domain.fields.base import Field
from app.domain.fields.registry import KINDS, kind_of
from app.domain.geometry import Point, Rect, Size
from app.domain.ids import FieldId
from app.ui.canvas.layout import PageRef
from app.ui.canvas.pointer import Pointer
from app.ui.canvas.view import PageView
from app.ui.models.draft import Draft
from app.ui.models.habits import Habits
from app.ui.models.lengths import shown
from app.ui.prepare.aids import Measure
from app.ui.prepare.fields_overlay import IDLE, Doing, FieldsOverlay, moved_to
from app.ui.prepare.handles import Handle, Manner, bounds, mapped, resized
from app.ui.prepare.printed import PrintedLines
from app.ui.prepare.selecting import Selection, joined, surrounded
from app.ui.prepare.snapping import NOTHING, Line, Snap, Span, lines_of, on_grid, snap_edges, snap_move
from app.ui.prepare.spacing import distances, equal_gaps, equal_sizes

BOX_PT: Final = 10.0
"""An empty box drawn smaller than this in either direction was a slip of the hand."""
SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier

Place = Callable[[str, PageRef, Rect], None]
Duplicate = Callable[[Sequence[Field]], None]
"""Adds copies of fields that stand where they are to stand, selects them; one step of history."""


@dataclass(frozen=True)
class Surface:
    """What a stroke works on. `habits` asks how the person works now; `printed` knows the pages' own lines."""

    view: PageView
    draft: Draft
    overlay: FieldsOverlay
    habits: Callable[[], Habits]
    printed: PrintedLines

    def show(self, doing: Doing) -> None:
        self.overlay.doing = doing
        self.view.viewport().update()

    def snap_move(self, page: PageRef, rect: Rect, without: Selection) -> Snap:
        others = self.others(page, without)
        lines = self._lines(page, others)
        snap = snap_move(rect, lines, self._reach, equal_gaps(rect, others) if self._reach else ())
        return on_grid(snap, rect, self.habits().grid_pt)

    def snap_edges(self, page: PageRef, rect: Rect, handle: Handle, without: Selection) -> Snap:
        others = self.others(page, without)
        stands = equal_sizes(rect, handle, others) if self._reach else ()
        return snap_edges(rect, handle.across, handle.down, self._lines(page, others), self._reach, stands)

    def others(self, page: PageRef, without: Selection) -> list[Rect]:
        gone = set(without)
        return [field.rect for field in self.overlay.fields_on(page) if field.id not in gone]

    def measures(self, page: PageRef, rect: Rect, without: Selection, equal: tuple[Span, ...]) -> tuple[Measure, ...]:
        """Equal lengths where there are any, else how far it is to what stands nearest."""
        spans = equal or distances(rect, self.others(page, without), self.view.size_of(page))
        return tuple(Measure(span, shown(span.length, self.habits().unit), bool(equal)) for span in spans)

    def place_words(self, rect: Rect) -> str:
        unit = self.habits().unit
        return f"{shown(rect.x, unit)}, {shown(rect.y, unit)} {unit.word}"

    def size_words(self, rect: Rect) -> str:
        unit = self.habits().unit
        return f"{shown(rect.width, unit)} × {shown(rect.height, unit)} {unit.word}"

    @property
    def _reach(self) -> float:
        """Points; 0 where nothing is to snap."""
        return self.habits().reach_px / self.view.scale

    def _lines(self, page: PageRef, others: Sequence[Rect]) -> tuple[Line, ...]:
        if not self.habits().reach_px:
            return ()
        return (*lines_of(self.view.size_of(page), others), *self.printed.on(page))


class Drag(Protocol):
    """`move` shows, `finish` does it, and leaving it out does nothing."""

    def move(self, pointer: Pointer) -> None: ...

    def finish(self) -> None: ...


class Move:
    """The selection goes with the pointer, over to another page too when it all stands on one."""

    def __init__(self, surface: Surface, grabbed: Field, start: Pointer, duplicate: Duplicate) -> None:
        self._surface, self._duplicate = surface, duplicate
        self._fields = tuple(field for field in surface.draft.chosen if not field.locked)
        self._grabbed = grabbed
        self._hold = Point(start.point.x - grabbed.rect.x, start.point.y - grabbed.rect.y)
        self._home = PageRef(grabbed.document, grabbed.page)
        self._on_one_page = all(PageRef(f.document, f.page) == self._home for f in self._fields)
        self._copies = False
        self._after: dict[FieldId, Field] = {}

    def move(self, pointer: Pointer) -> None:
        page = pointer.page if self._on_one_page and pointer.on_page else self._home
        point = self._surface.view.to_page(page, pointer.at)
        dx, dy = point.x - self._hold.x - self._grabbed.rect.x, point.y - self._hold.y - self._grabbed.rect.y
        if pointer.holds(SHIFT):
            dx, dy = (dx, 0.0) if abs(dx) >= abs(dy) else (0.0, dy)
        self._copies = pointer.holds(CTRL)
        snap = self._snap(page, dx, dy) if not pointer.holds(ALT) else NOTHING
        dx, dy = self._on_the_page(page, dx + snap.dx, dy + snap.dy)
        moved = {f.id: moved_to(f, self._page_for(f, page), f.rect.moved(dx, dy)) for f in self._fields}
        self._after = moved
        around = bounds(tuple(field.rect for field in moved.values()))
        hint = (pointer.at, self._surface.place_words(around))
        measures = self._surface.measures(page, around, self._without, snap.spans) if self._on_one_page else ()
        self._surface.show(Doing(moved, page=page, guides=snap.guides, measures=measures, hint=hint))

    def finish(self) -> None:
        self._surface.show(IDLE)
        after = [self._after.get(field.id, field) for field in self._fields]
        if self._copies:
            self._duplicate(after)
        elif after:
            name = "Move field" if len(after) == 1 else f"Move {len(after)} fields"
            self._surface.draft.replace_fields(name, after)

    def _page_for(self, field: Field, page: PageRef) -> PageRef:
        return page if self._on_one_page else PageRef(field.document, field.page)

    def _snap(self, page: PageRef, dx: float, dy: float) -> Snap:
        here = [field.rect for field in self._fields if self._page_for(field, page) == page]
        if not here:
            return NOTHING
        return self._surface.snap_move(page, bounds(tuple(here)).moved(dx, dy), self._without)

    @property
    def _without(self) -> Selection:
        """What is carried away is nothing to stand on; what stays behind while a copy is carried is."""
        return () if self._copies else tuple(field.id for field in self._fields)

    def _on_the_page(self, page: PageRef, dx: float, dy: float) -> tuple[float, float]:
        """The same step for all, as far as none of them leaves its page."""
        groups: dict[PageRef, list[Rect]] = {}
        for field in self._fields:
            groups.setdefault(self._page_for(field, page), []).append(field.rect)
        for where, rects in groups.items():
            size, around = self._surface.view.size_of(where), bounds(tuple(rects))
            dx = min(max(dx, -around.x), max(size.width - around.right, -around.x))
            dy = min(max(dy, -around.y), max(size.height - around.bottom, -around.y))
        return dx, dy


class Resize:
    """One handle of one field, or of the frame around several on one page."""

    def __init__(self, surface: Surface, handle: Handle) -> None:
        self._surface, self._handle = surface, handle
        self._fields = surface.draft.chosen
        self._page = PageRef(self._fields[0].document, self._fields[0].page)
        self._before = bounds(tuple(field.rect for field in self._fields))
        self._least = _least_of(self._fields)
        self._ids = tuple(field.id for field in self._fields)
        self._after: tuple[Field, ...] = self._fields

    def move(self, pointer: Pointer) -> None:
        surface, page = self._surface, self._surface.view.size_of(self._page)
        point = surface.view.to_page(self._page, pointer.at)
        manner = Manner(pointer.holds(SHIFT), pointer.holds(ALT))
        around = resized(self._before, self._handle, point, self._least, page, manner)
        snap = NOTHING
        if not (manner.from_centre or manner.keeps_ratio):
            snap = surface.snap_edges(self._page, around, self._handle, self._ids)
            pulled = Point(_edge(around, self._handle).x + snap.dx, _edge(around, self._handle).y + snap.dy)
            around = resized(self._before, self._handle, pulled, self._least, page)
        self._after = tuple(field.at(self._member(field, around, page)) for field in self._fields)
        moved = {field.id: field for field in self._after}
        measures = surface.measures(self._page, around, self._ids, snap.spans) if snap.spans else ()
        hint = (pointer.at, self._words(around))
        surface.show(Doing(moved, page=self._page, guides=snap.guides, measures=measures, hint=hint))

    def finish(self) -> None:
        self._surface.show(IDLE)
        name = "Resize field" if len(self._after) == 1 else f"Resize {len(self._after)} fields"
        self._surface.draft.replace_fields(name, self._after)

    def _member(self, field: Field, around: Rect, page: Size) -> Rect:
        if len(self._fields) == 1:
            return around
        return mapped(field.rect, self._before, around, kind_of(field).minimum_size).clamped(page)

    def _words(self, around: Rect) -> str:
        words = self._surface.size_words(around)
        smallest = around.width <= self._least.width + 0.01 or around.height <= self._least.height + 0.01
        if smallest and len(self._fields) == 1:
            return f"{words} · smallest for {kind_of(self._fields[0]).title.lower()}"
        return words


class Surround:
    """A marquee on one page: drawn to the right it must enclose, drawn to the left it need only touch."""

    def __init__(self, surface: Surface, start: Pointer, base: Selection) -> None:
        self._surface, self._start, self._base = surface, start, base
        self._marquee = Rect(0, 0, 0, 0)
        self._met: Selection = ()

    def move(self, pointer: Pointer) -> None:
        page = self._start.page
        point = self._surface.view.to_page(page, pointer.at)
        marquee = _between(self._start.point, point, self._surface.view.size_of(page))
        met = surrounded(self._surface.overlay.fields_on(page), marquee, point.x >= self._start.point.x)
        self._marquee, self._met = marquee, met
        self._surface.draft.select(joined(self._base, met))
        self._surface.show(Doing({}, page=page, marquee=marquee))

    def finish(self) -> None:
        self._surface.show(IDLE)

    @property
    def empty_box(self) -> tuple[PageRef, Rect] | None:
        """Where a field may be wanted: a box of some size that met nothing."""
        box, page = self._marquee, self._start.page
        met = surrounded(self._surface.overlay.fields_on(page), box, encloses=False)
        large = box.width >= BOX_PT and box.height >= BOX_PT
        return (page, box) if large and not met and not self._base else None


class Draw:
    """A field drawn as large as it is to be; a mere click gives it its usual size, with its middle at the pointer."""

    def __init__(
        self, surface: Surface, kind: str, start: Pointer, ghost: Callable[[PageRef, Rect], Field], place: Place
    ):
        self._surface, self._kind, self._start = surface, kind, start
        self._ghost, self._place = ghost, place
        self._rect = spot_for(surface, kind, start)[0]

    def move(self, pointer: Pointer) -> None:
        page = self._start.page
        size = self._surface.view.size_of(page)
        drawn = _between(self._start.point, self._surface.view.to_page(page, pointer.at), size)
        least = KINDS[self._kind].minimum_size
        self._rect = Rect(drawn.x, drawn.y, max(drawn.width, least.width), max(drawn.height, least.height)).clamped(
            size
        )
        hint = (pointer.at, self._surface.size_words(self._rect))
        self._surface.show(Doing({}, self._ghost(page, self._rect), page, hint=hint))

    def finish(self) -> None:
        self._surface.show(IDLE)
        self._place(self._kind, self._start.page, self._rect)


def spot_for(surface: Surface, kind: str, pointer: Pointer) -> tuple[Rect, Snap]:
    """Where a field of the usual size goes when dropped at the pointer: its middle there, snapped, on the page."""
    usual, page = KINDS[kind].default_size, surface.view.size_of(pointer.page)
    rect = Rect(pointer.point.x - usual.width / 2, pointer.point.y - usual.height / 2, usual.width, usual.height)
    rect = rect.clamped(page)
    if pointer.holds(ALT):
        return rect, NOTHING
    snap = surface.snap_move(pointer.page, rect, ())
    return rect.moved(snap.dx, snap.dy).clamped(page), snap


def far_enough(start: QPointF, now: QPointF) -> bool:
    """A hand trembles; a stroke begins after four pixels."""
    return (now - start).manhattanLength() >= 4


def _least_of(fields: Sequence[Field]) -> Size:
    if len(fields) == 1:
        return kind_of(fields[0]).minimum_size
    return Size(8, 8)


def _edge(rect: Rect, handle: Handle) -> Point:
    return handle.on(rect)


def _between(one: Point, other: Point, page: Size) -> Rect:
    xs = sorted((min(max(one.x, 0.0), page.width), min(max(other.x, 0.0), page.width)))
    ys = sorted((min(max(one.y, 0.0), page.height), min(max(other.y, 0.0), page.height)))
    return Rect(xs[0], ys[0], xs[1] - xs[0], ys[1] - ys[0])
