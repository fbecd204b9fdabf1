"""A block in the hand: its outline follows the pointer, a click puts its fields down, Esc puts it away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QKeyEvent, QPainter

from app.domain.block import Block
from app.domain.fields.registry import KINDS
from app.domain.geometry import Point, Rect
from app.ui.canvas.glass import draw_field
from app.ui.canvas.layout import PageRef
from app.ui.canvas.painter import DrawingPainter
from app.ui.canvas.pointer import Frame, Overlay, Pointer, Tool
from app.ui.canvas.view import PageView
from app.ui.models.draft import Draft
from app.ui.prepare.fields_overlay import look_of
from app.ui.prepare.gestures import GHOST_STEP
from app.ui.prepare.page_keys import PageKeys

Put = Callable[[Block, PageRef, Point], None]


@dataclass(frozen=True)
class BlockWishes:
    """`put` gets the upper left corner on the page; `done` is called when the hand is empty again, `carried` where the
    block hovers."""

    put: Put
    done: Callable[[], None]
    carried: Callable[[PageRef, Rect], None]


class BlockTool(Tool, Overlay):
    """The keys that move a field carry the block too, and Enter puts it down."""

    def __init__(
        self,
        view: PageView,
        draft: Draft,
        drawings: DrawingPainter,
        block: Block,
        wishes: BlockWishes,
        keys: PageKeys,
    ) -> None:
        self._view, self._draft, self._drawings, self._block = view, draft, drawings, block
        self._put, self._done, self._carried = wishes.put, wishes.done, wishes.carried
        self._keys = keys
        middle = view.pointer_at(QPointF(view.viewport().rect().center()))
        self._at = self._corner(middle) if middle is not None else None

    def moved(self, pointer: Pointer, dragging: bool) -> None:
        self._at = self._corner(pointer) if pointer.on_page else None
        self._view.viewport().update()

    def pressed(self, pointer: Pointer) -> None:
        if pointer.button == Qt.MouseButton.LeftButton and pointer.on_page:
            self._at = self._corner(pointer)
            self._drop()

    def key_pressed(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self._done()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._drop()
        elif (step := self._keys.step(event)) is not None and self._at is not None:
            page, corner = self._at
            across, down, _ = step
            self._at = self._on_page(page, Point(corner.x + across * GHOST_STEP, corner.y + down * GHOST_STEP))
            self._view.viewport().update()
            self._carried(page, Rect(self._at[1].x, self._at[1].y, self._block.size.width, self._block.size.height))
        else:
            return False
        return True

    def paint_page(self, painter: QPainter, frame: Frame) -> None:
        if self._at is None or self._at[0] != frame.page:
            return
        current = self._draft.current
        painter.save()
        painter.setOpacity(0.85)
        for field in self._block.fields:
            kind = KINDS[field.kind]
            role = current.role if current is not None and kind.needs_recipient else None
            look = look_of(self._draft, kind, field.label or kind.title, role)
            draw_field(painter, frame.rect(field.rect.moved(self._at[1].x, self._at[1].y)), look, self._drawings)
        painter.restore()

    def _drop(self) -> None:
        if self._at is not None:
            self._put(self._block, *self._at)
            self._done()

    def _corner(self, pointer: Pointer) -> tuple[PageRef, Point]:
        size = self._block.size
        return self._on_page(
            pointer.page, Point(pointer.point.x - size.width / 2, pointer.point.y - size.height / 2)
        )  # fmt: skip

    def _on_page(self, page: PageRef, corner: Point) -> tuple[PageRef, Point]:
        size, block = self._view.size_of(page), self._block.size
        x = min(max(corner.x, 0.0), max(size.width - block.width, 0.0))
        y = min(max(corner.y, 0.0), max(size.height - block.height, 0.0))
        return page, Point(x, y)
