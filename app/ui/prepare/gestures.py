"""Mouse and keyboard on the pages of the editor: choosing, stroking, placing. What a stroke does is in `drags`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from PySide6.QtCore import QObject, QPoint, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent

from app.domain.fields.base import Field
from app.domain.fields.registry import KINDS
from app.domain.geometry import Point, Rect
from app.ui.canvas.layout import PageRef
from app.ui.canvas.pointer import Pointer, Tool
from app.ui.prepare import selecting
from app.ui.prepare.drags import (
    CTRL,
    SHIFT,
    Drag,
    Draw,
    Duplicate,
    Move,
    Resize,
    Surface,
    Surround,
    far_enough,
    spot_for,
)
from app.ui.prepare.fields_overlay import IDLE, Doing, middles_fit
from app.ui.prepare.ghosts import Ghosts
from app.ui.prepare.handles import Handle, bounds, handle_at
from app.ui.prepare.page_keys import PageKeys

EDGE_PX: Final = 28
GLIDE_MS: Final = 16
GHOST_STEP: Final = 4.0
"""What is not placed yet goes so many times as far at a key."""
CURSORS: Final = {
    (1, 1): Qt.CursorShape.SizeFDiagCursor,
    (-1, -1): Qt.CursorShape.SizeFDiagCursor,
    (1, -1): Qt.CursorShape.SizeBDiagCursor,
    (-1, 1): Qt.CursorShape.SizeBDiagCursor,
    (1, 0): Qt.CursorShape.SizeHorCursor,
    (-1, 0): Qt.CursorShape.SizeHorCursor,
    (0, 1): Qt.CursorShape.SizeVerCursor,
    (0, -1): Qt.CursorShape.SizeVerCursor,
}


@dataclass(frozen=True)
class Wishes:
    """What the tool asks of the page: making a field, storing it, copies, steps by key, the menu."""

    make: Callable[[str, PageRef, Rect], Field]
    place: Callable[[str, PageRef, Rect], None]
    duplicate: Duplicate
    nudge: Callable[[float, float, bool], None]
    """By so many points; with True the size changes instead of the place."""
    give_to: Callable[[int], None]
    menu: Callable[[QPoint], None]
    name: Callable[[], None]
    choose: Callable[[PageRef, Rect], None]
    """Which kind of field an empty box, just drawn, is to become."""
    carried: Callable[[PageRef, Rect], None]
    """What the keys carry hovers here now."""


class EditTool(QObject, Tool):
    """`armed` is the kind the next click places, and `is_kept` whether it stays armed afterwards.

    Signals: `armed_changed`.
    """

    armed_changed = Signal()

    def __init__(
        self, surface: Surface, wishes: Wishes, ghosts: Ghosts, keys: PageKeys, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._surface, self._wishes, self._ghosts, self._keys = surface, wishes, ghosts, keys
        self.armed: str | None = None
        self.is_kept = False
        self._pressed: Pointer | None = None
        self._last: Pointer | None = None
        self._drag: Drag | None = None
        self._is_double = False
        self._glide = QTimer(self)
        self._glide.setInterval(GLIDE_MS)
        self._glide.timeout.connect(self._glide_on)

    # -- placing ---------------------------------------------------------------------------------------------

    def arm(self, kind: str | None, is_kept: bool = False) -> None:
        """The next click on a page places a field of this kind; None puts the tool away."""
        if not self._surface.draft.is_editable:
            kind = None
        self.armed, self.is_kept = kind, is_kept and kind is not None
        self._drag = None
        self._surface.show(IDLE)
        if kind is not None and self._last is not None and self._last.on_page:
            self._show_ghost(kind, self._last)
        self._point_cursor(self._last)
        self.armed_changed.emit()

    def hover(self, kind: str, pointer: Pointer | None) -> None:
        """A field of this kind is dragged here from elsewhere; None when it is over no page."""
        if pointer is None or not pointer.on_page:
            self._surface.show(IDLE)
        else:
            self._show_ghost(kind, pointer)

    def drop(self, kind: str, pointer: Pointer | None) -> None:
        """It is let go here."""
        self._surface.show(IDLE)
        if pointer is not None and pointer.on_page:
            rect, _ = spot_for(self._surface, kind, pointer)
            self._wishes.place(kind, pointer.page, rect)

    # -- the mouse -------------------------------------------------------------------------------------------

    def pressed(self, pointer: Pointer) -> None:
        if pointer.button == Qt.MouseButton.RightButton:
            self._choose_for_menu(pointer)
        if pointer.button != Qt.MouseButton.LeftButton:
            return
        self._pressed = self._last = pointer
        if self.armed is not None or self._handle_under(pointer) is not None:
            return
        hit = self._field_under(pointer)
        offer = self._ghosts.offer_at(pointer.page, pointer.point) if hit is None else None
        if offer is not None:
            self._pressed = None
            self._ghosts.accept_one(offer)
            return
        adds = pointer.holds(CTRL) or pointer.holds(SHIFT)
        if hit is not None and not adds:
            self._surface.draft.select(selecting.clicked(self._surface.draft.selection, hit.id, False))

    def moved(self, pointer: Pointer, dragging: bool) -> None:
        self._last = pointer
        if not dragging or self._pressed is None:
            self._hover_over(pointer)
            return
        if self._drag is None and far_enough(self._pressed.at, pointer.at):
            self._drag = self._stroke(self._pressed)
        if self._drag is not None:
            self._drag.move(pointer)
            self._glide_near_edges(pointer)

    def released(self, pointer: Pointer) -> None:
        start, self._pressed = self._pressed, None
        drag, self._drag = self._drag, None
        is_double, self._is_double = self._is_double, False
        self._glide.stop()
        if start is None or pointer.button != Qt.MouseButton.LeftButton:
            return
        if drag is not None:
            drag.finish()
            if isinstance(drag, Draw):
                self._placed()
            elif isinstance(drag, Surround) and drag.empty_box is not None and self._surface.draft.is_editable:
                self._wishes.choose(*drag.empty_box)
        elif self.armed is not None:
            self._click_to_place(start)
        elif self._handle_under(start) is None:
            hit = self._field_under(start)
            adds = start.holds(CTRL) or start.holds(SHIFT)
            chosen = selecting.clicked(self._surface.draft.selection, hit.id if hit else None, adds)
            self._surface.draft.select(chosen if adds or hit is None else (hit.id,))
            if is_double and hit is not None:
                self._wishes.name()
        self._point_cursor(pointer)

    def double_clicked(self, pointer: Pointer) -> None:
        """The second press may begin a stroke, too; only when it does not, it asks for the label."""
        self.pressed(pointer)
        self._is_double = True

    def left(self) -> None:
        if self._drag is None:
            self._last = None
            self._surface.overlay.hovered = None
            self._surface.show(IDLE)

    def menu_wanted(self, pointer: Pointer, at_screen: QPoint) -> None:
        self._wishes.menu(at_screen)

    # -- the keyboard ----------------------------------------------------------------------------------------

    def key_pressed(self, event: QKeyEvent) -> bool:
        key = event.key()
        if self.armed is None and self._ghosts.take_key(event):
            return True
        if key == Qt.Key.Key_Escape:
            return self._give_up()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return self._enter()
        if (step := self._keys.step(event)) is not None:
            return self._step(*step)
        if (kind := self._keys.kind(event)) is not None:
            self.arm(kind)
            return True
        if (recipient := self._keys.recipient(event)) is not None:
            self._wishes.give_to(recipient)
            return True
        return False

    def tab_pressed(self, forward: bool) -> bool:
        """The next field in tab order; beyond the last one the keyboard goes on to the next panel."""
        draft = self._surface.draft
        if self.armed is None and self._ghosts.take_tab(forward):
            return True
        ordered = [field for field in draft.envelope.in_tab_order(draft.envelope.fields) if draft.shows(field)]
        if not ordered:
            return False
        ids = [field.id for field in ordered]
        at = ids.index(draft.selection[-1]) if draft.selection else (-1 if forward else len(ids))
        at += 1 if forward else -1
        if not 0 <= at < len(ids):
            return False
        draft.select((ids[at],))
        self._surface.view.reveal(PageRef(ordered[at].document, ordered[at].page), ordered[at].rect)
        return True

    # -- inside ----------------------------------------------------------------------------------------------

    def _stroke(self, start: Pointer) -> Drag | None:
        surface, draft = self._surface, self._surface.draft
        if self.armed is not None:
            return Draw(surface, self.armed, start, self._ghost, self._wishes.place) if start.on_page else None
        handle = self._handle_under(start)
        if handle is not None and draft.is_editable:
            return Resize(surface, handle)
        hit = self._field_under(start)
        if hit is None:
            return Surround(surface, start, draft.selection if start.holds(CTRL) or start.holds(SHIFT) else ())
        if not draft.is_editable:
            return None
        if hit.id not in draft.selection:
            draft.select(selecting.clicked(draft.selection, hit.id, start.holds(CTRL) or start.holds(SHIFT)))
        return None if hit.locked else Move(surface, hit, start, self._wishes.duplicate)

    def _field_under(self, pointer: Pointer) -> Field | None:
        return selecting.field_at(self._surface.overlay.fields_on(pointer.page), pointer.point)

    def _handle_under(self, pointer: Pointer) -> Handle | None:
        chosen = self._surface.draft.chosen
        if not chosen or not self._surface.draft.is_editable or any(field.locked for field in chosen):
            return None
        if any(PageRef(field.document, field.page) != pointer.page for field in chosen):
            return None
        around = bounds(tuple(field.rect for field in chosen))
        view = self._surface.view
        reach = self._surface.habits().grip_px / view.scale
        return handle_at(around, pointer.point, reach, middles_fit(view.from_page(pointer.page, around)))

    def _hover_over(self, pointer: Pointer) -> None:
        if self.armed is not None:
            self.hover(self.armed, pointer)
        else:
            hit = self._field_under(pointer)
            hovered = hit.id if hit is not None else None
            if hovered != self._surface.overlay.hovered:
                self._surface.overlay.hovered = hovered
                self._surface.view.viewport().update()
        self._point_cursor(pointer)

    def _point_cursor(self, pointer: Pointer | None) -> None:
        shape = Qt.CursorShape.ArrowCursor
        if self.armed is not None:
            shape = Qt.CursorShape.CrossCursor
        elif pointer is not None and (handle := self._handle_under(pointer)) is not None:
            shape = CURSORS[handle.value]
        elif pointer is not None and self._surface.draft.is_editable and self._field_under(pointer) is not None:
            shape = Qt.CursorShape.SizeAllCursor
        self._surface.view.viewport().setCursor(shape)

    def _ghost(self, page: PageRef, rect: Rect) -> Field:
        return self._wishes.make(self.armed or "text", page, rect)

    def _show_ghost(self, kind: str, pointer: Pointer) -> None:
        rect, snap = spot_for(self._surface, kind, pointer)
        ghost = self._wishes.make(kind, pointer.page, rect)
        measures = self._surface.measures(pointer.page, rect, (), snap.spans)
        self._surface.show(Doing({}, ghost, pointer.page, guides=snap.guides, measures=measures))

    def _click_to_place(self, pointer: Pointer) -> None:
        kind = self.armed
        if kind is not None and pointer.on_page:
            self.drop(kind, pointer)
            self._placed()

    def _placed(self) -> None:
        if not self.is_kept:
            self.arm(None)

    def _choose_for_menu(self, pointer: Pointer) -> None:
        hit = self._field_under(pointer)
        if hit is None:
            self._surface.draft.select(())
        elif hit.id not in self._surface.draft.selection:
            self._surface.draft.select((hit.id,))

    def _give_up(self) -> bool:
        """Esc: first the stroke, then the tool, then the selection."""
        if self._drag is not None:
            self._drag = self._pressed = None
            self._glide.stop()
            self._surface.show(IDLE)
        elif self.armed is not None:
            self.arm(None)
        else:
            self._surface.draft.select(())
        return True

    def _enter(self) -> bool:
        if self.armed is None:
            self._wishes.name()
            return bool(self._surface.draft.selection)
        ghost = self._surface.overlay.doing.ghost or self._ghost_in_sight(self.armed)
        if ghost is not None:
            self._surface.show(IDLE)
            self._wishes.place(self.armed, PageRef(ghost.document, ghost.page), ghost.rect)
            self._placed()
        return True

    def _step(self, across: float, down: float, resizes: bool) -> bool:
        if self.armed is not None:
            self._carry_ghost(across * GHOST_STEP, down * GHOST_STEP)
            return True
        if not self._surface.draft.selection or not self._surface.draft.is_editable:
            return False
        self._wishes.nudge(across, down, resizes)
        return True

    def _carry_ghost(self, dx: float, dy: float) -> None:
        """Placing without a mouse: arrows carry the ghost about, Enter drops it."""
        ghost = self._surface.overlay.doing.ghost or self._ghost_in_sight(self.armed or "text")
        if ghost is None:
            return
        page = PageRef(ghost.document, ghost.page)
        rect = ghost.rect.moved(dx, dy).clamped(self._surface.view.size_of(page))
        self._surface.show(Doing({}, replace(ghost, rect=rect), page))
        self._surface.view.reveal(page, rect)
        self._wishes.carried(page, rect)

    def _ghost_in_sight(self, kind: str) -> Field | None:
        view = self._surface.view
        middle = view.pointer_at(QPointF(view.viewport().rect().center()))
        if middle is None:
            return None
        size, usual = view.size_of(middle.page), KINDS[kind].default_size
        at = Point(middle.point.x - usual.width / 2, middle.point.y - usual.height / 2)
        return self._wishes.make(kind, middle.page, Rect(at.x, at.y, usual.width, usual.height).clamped(size))

    def _glide_near_edges(self, pointer: Pointer) -> None:
        height = self._surface.view.viewport().height()
        near = pointer.at.y() < EDGE_PX or pointer.at.y() > height - EDGE_PX
        if near and not self._glide.isActive():
            self._glide.start()
        elif not near:
            self._glide.stop()

    def _glide_on(self) -> None:
        """Pages scroll under a stroke that is held at the upper or lower edge, faster further out."""
        if self._drag is None or self._last is None:
            self._glide.stop()
            return
        view, y = self._surface.view, self._last.at.y()
        step = y - EDGE_PX if y < EDGE_PX else y - (view.viewport().height() - EDGE_PX)
        view.verticalScrollBar().setValue(view.verticalScrollBar().value() + round(min(max(step, -40), 40) / 2))
        again = view.pointer_at(self._last.at)
        if again is not None:
            self._drag.move(replace(again, modifiers=QGuiApplication.keyboardModifiers()))
