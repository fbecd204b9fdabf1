"""Mouse and keys among the thumbnails: going to a page, choosing several, carrying them to another place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent

from app.ui.canvas.layout import PageRef
from app.ui.canvas.pointer import Pointer, Tool
from app.ui.canvas.view import PageView
from app.ui.prepare.drags import CTRL, SHIFT, far_enough

ALT: Final = Qt.KeyboardModifier.AltModifier


@dataclass(frozen=True)
class Gap:
    """Where carried pages would go: before `page`, or behind it."""

    page: PageRef
    is_behind: bool


@dataclass(frozen=True)
class Stamps:
    """What the tool does to the panel: `read` a page, `choose` pages, show a `gap` (None: none), `carry` the chosen
    pages into a gap, step them (-1, 1), delete them, open the `menu`."""

    read: Callable[[PageRef], None]
    choose: Callable[[Sequence[PageRef]], None]
    gap: Callable[[Gap | None], None]
    carry: Callable[[Gap], None]
    step: Callable[[int], None]
    delete: Callable[[], None]
    menu: Callable[[QPoint], None]


class StampTool(Tool):
    """`chosen` and `current` ask the panel."""

    def __init__(
        self,
        view: PageView,
        stamps: Stamps,
        chosen: Callable[[], tuple[PageRef, ...]],
        current: Callable[[], PageRef | None],
    ) -> None:
        self._view, self._stamps, self._chosen, self._current = view, stamps, chosen, current
        self._start: Pointer | None = None
        self._gap: Gap | None = None
        self.can_carry = True

    def pressed(self, pointer: Pointer) -> None:
        self._view.setFocus()
        if pointer.button == Qt.MouseButton.RightButton and pointer.page not in self._chosen():
            self._stamps.choose((pointer.page,))
        if pointer.button == Qt.MouseButton.LeftButton and pointer.on_page:
            self._start = pointer

    def moved(self, pointer: Pointer, dragging: bool) -> None:
        if not dragging or self._start is None or not self.can_carry:
            return
        if self._gap is None and not far_enough(self._start.at, pointer.at):
            return
        if self._start.page not in self._chosen():
            self._stamps.choose((self._start.page,))
        if pointer.page.document == self._start.page.document:
            middle = self._view.size_of(pointer.page).height / 2
            self._gap = Gap(pointer.page, pointer.point.y > middle)
            self._stamps.gap(self._gap)

    def released(self, pointer: Pointer) -> None:
        start, self._start = self._start, None
        gap, self._gap = self._gap, None
        if gap is not None:
            self._stamps.gap(None)
            self._stamps.carry(gap)
        elif start is not None and pointer.on_page and pointer.button == Qt.MouseButton.LeftButton:
            self._click(pointer)

    def key_pressed(self, event: QKeyEvent) -> bool:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self._start = self._gap = None
            self._stamps.gap(None)
            self._stamps.choose(())
        elif key in steps and event.modifiers() & ALT:
            self._stamps.step(steps[key])
        elif key in steps:
            self._walk(steps[key], bool(event.modifiers() & SHIFT))
        elif key == Qt.Key.Key_Delete:
            self._stamps.delete()
        else:
            return False
        return True

    def menu_wanted(self, pointer: Pointer, at_screen: QPoint) -> None:
        self._stamps.menu(at_screen)

    def _click(self, pointer: Pointer) -> None:
        chosen = self._chosen()
        if pointer.holds(CTRL):
            kept = tuple(page for page in chosen if page != pointer.page)
            self._stamps.choose(kept if pointer.page in chosen else (*chosen, pointer.page))
        elif pointer.holds(SHIFT) and (start := chosen[0] if chosen else self._current()) is not None:
            self._stamps.choose(self._between(start, pointer.page))
        else:
            self._stamps.choose(())
        self._stamps.read(pointer.page)

    def _walk(self, by: int, grows: bool) -> None:
        pages = [sheet.ref for sheet in self._view.sheets]
        current = self._current()
        if current is None or current not in pages or not 0 <= pages.index(current) + by < len(pages):
            return
        further = pages[pages.index(current) + by]
        if grows:
            start = self._chosen()[0] if self._chosen() else current
            self._stamps.choose(self._between(start, further))
        self._stamps.read(further)

    def _between(self, start: PageRef, end: PageRef) -> tuple[PageRef, ...]:
        """Both and what lies between them, beginning with `start`, as far as it is the same document."""
        pages = [sheet.ref for sheet in self._view.sheets if sheet.ref.document == start.document]
        if end not in pages:
            return (start,)
        one, other = sorted((pages.index(start), pages.index(end)))
        between = pages[one : other + 1]
        return tuple(between if between[0] == start else reversed(between))


def order_with(pages: int, carried: Sequence[int], gap: int) -> tuple[int, ...]:
    """Old page numbers in their new order, when `carried` go before page `gap` (`pages` + 1: to the end)."""
    moving = sorted(carried)
    before = [page for page in range(1, gap) if page not in moving]
    behind = [page for page in range(gap, pages + 1) if page not in moving]
    return (*before, *moving, *behind)
