"""The order in which Tab goes through one person's fields: numbers on the pages, changed by clicking them in turn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPen

from app.domain.fields.base import Field
from app.domain.ids import FieldId
from app.ui.canvas.layout import PageRef
from app.ui.canvas.pointer import Frame, Overlay, Pointer, Tool
from app.ui.canvas.view import PageView
from app.ui.models.draft import Draft
from app.ui.prepare import selecting
from app.ui.theme import PAPER, TypeSize, Weight, face, qcolor, recipient_colour, text_scale

SPOT: Final = 22.0


class TabOrder(Tool, Overlay):
    """Of the current recipient. Clicking fields numbers them 1, 2, 3…; those not clicked follow as they stood. `done`
    is called on Esc or Enter."""

    def __init__(self, view: PageView, draft: Draft, done: Callable[[], None]) -> None:
        self._view, self._draft, self._done = view, draft, done
        self._clicked: list[FieldId] = []

    def ordered(self) -> tuple[Field, ...]:
        current = self._draft.current
        return self._draft.envelope.fields_of(current.role) if current is not None else ()

    def begin_again(self) -> None:
        """The next click is number one."""
        self._clicked = []

    def by_position(self) -> None:
        """Reading order, page by page, for the current recipient."""
        self._clicked = []
        self._draft.replace_alone("Tab order by position", [replace(f, tab_index=None) for f in self.ordered()])

    def pressed(self, pointer: Pointer) -> None:
        mine = {field.id for field in self.ordered()}
        here = [f for f in self._draft.on_page(pointer.page.document, pointer.page.page) if f.id in mine]
        hit = selecting.field_at(here, pointer.point)
        if hit is None or pointer.button != Qt.MouseButton.LeftButton:
            return
        if hit.id in self._clicked:
            self._clicked = self._clicked[: self._clicked.index(hit.id)]
        self._clicked.append(hit.id)
        self._number()

    def key_pressed(self, event: QKeyEvent) -> bool:
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._done()
            return True
        return False

    def tab_pressed(self, forward: bool) -> bool:
        """Walks the order as it is, so that one can hear it."""
        ordered = self.ordered()
        chosen = self._draft.selection[-1] if self._draft.selection else None
        following = selecting.after(ordered, chosen, 1 if forward else -1)
        if following is None:
            return False
        self._draft.select((following.id,))
        self._view.reveal(PageRef(following.document, following.page), following.rect)
        return True

    def step(self, by: int) -> None:
        """The selected field one place earlier or later; what the mouse does by clicking."""
        ids = [field.id for field in self.ordered()]
        chosen = self._draft.selection[-1] if self._draft.selection else None
        if chosen not in ids or not 0 <= ids.index(chosen) + by < len(ids):
            return
        at = ids.index(chosen)
        ids.insert(at + by, ids.pop(at))
        self._renumber(ids)

    def paint_page(self, painter: QPainter, frame: Frame) -> None:
        current = self._draft.current
        index = self._draft.index_of(current.role if current else None)
        if index is None:
            return
        colour, side = recipient_colour(index), SPOT * text_scale()
        painter.setFont(face(TypeSize.SMALL, Weight.SEMIBOLD))
        for number, field in enumerate(self.ordered(), start=1):
            if PageRef(field.document, field.page) == frame.page:
                box = frame.rect(field.rect)
                spot = QRectF(box.left() - side / 2, box.top() - side / 2, side, side)
                painter.setPen(QPen(qcolor(PAPER), 2))
                painter.setBrush(qcolor(colour.fill))
                painter.drawEllipse(spot)
                painter.setPen(qcolor(colour.on_fill))
                painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, str(number))

    def _number(self) -> None:
        rest = [field.id for field in self.ordered() if field.id not in self._clicked]
        self._renumber([*self._clicked, *rest])

    def _renumber(self, ids: Sequence[FieldId]) -> None:
        places = {name: number for number, name in enumerate(ids, start=1)}
        self._draft.replace_alone(
            "Change tab order", [replace(field, tab_index=places[field.id]) for field in self.ordered()]
        )
