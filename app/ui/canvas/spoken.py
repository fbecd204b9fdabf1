"""What stands on the pages, for screen readers: each field is a child of the desk, with a name, place and state.

Qt asks a factory for the accessible side of a widget. The interfaces are kept here as long as their view lives: Qt
holds no reference that Python would count.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, cast

from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtGui import QAccessible, QAccessibleInterface, QColor, QWindow

from app.domain.geometry import Rect
from app.ui.canvas.desk import Desk
from app.ui.canvas.layout import PageRef


@dataclass(frozen=True)
class Part:
    """Something on a page: what a reader says, where it stands (points), whether it is chosen, and whether keys are
    meant for it while the pages have the focus."""

    name: str
    page: PageRef
    rect: Rect
    is_selected: bool = False
    is_current: bool = False


Parts = Callable[[], Sequence[Part]]


def speak(view: Desk, parts: Parts) -> None:
    """From now on `view` has these parts as accessible children; asked anew each time."""
    _install()
    _spoken[view] = _SpokenDesk(view, parts)
    view.destroyed.connect(lambda: _spoken.pop(view, None))


_spoken: dict[Desk, _SpokenDesk] = {}
_NOBODY: Final = cast("QAccessibleInterface", None)
"""Qt takes and means None; its type stubs do not know."""


class _SpokenDesk(QAccessibleInterface):
    def __init__(self, view: Desk, parts: Parts) -> None:
        super().__init__()
        self._view, self._parts = view, parts
        self._children: list[_SpokenPart] = []

    def isValid(self) -> bool:
        return True

    def object(self) -> QObject:
        return self._view

    def window(self) -> QWindow:
        return self._view.window().windowHandle()

    def parent(self) -> QAccessibleInterface:
        above = self._view.parentWidget()
        return QAccessible.queryAccessibleInterface(above) if above is not None else _NOBODY

    def childCount(self) -> int:
        return len(self._parts())

    def child(self, index: int) -> QAccessibleInterface:
        if not 0 <= index < self.childCount():
            return _NOBODY
        while len(self._children) <= index:
            self._children.append(_SpokenPart(self, len(self._children)))
        return self._children[index]

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        return self._children.index(child) if child in self._children else -1

    def childAt(self, x: int, y: int) -> QAccessibleInterface:
        at = QPoint(x, y)
        return next((self.child(i) for i in range(self.childCount()) if self.rect_of(i).contains(at)), _NOBODY)

    def focusChild(self) -> QAccessibleInterface:
        current = (i for i, part in enumerate(self._parts()) if part.is_current)
        return next((self.child(i) for i in current), _NOBODY)

    def role(self) -> QAccessible.Role:
        return QAccessible.Role.Document

    def text(self, which: QAccessible.Text) -> str:
        return self._view.accessibleName() if which == QAccessible.Text.Name else ""

    def rect(self) -> QRect:
        return QRect(self._view.mapToGlobal(QPoint(0, 0)), self._view.size())

    def state(self) -> QAccessible.State:
        state = QAccessible.State()
        state.focusable = True
        state.focused = self._view.hasFocus()
        return state

    def part(self, index: int) -> Part | None:
        parts = self._parts()
        return parts[index] if index < len(parts) else None

    def rect_of(self, index: int) -> QRect:
        part = self.part(index)
        if part is None:
            return QRect()
        box = self._view.from_page(part.page, part.rect).toAlignedRect()
        return box.translated(self._view.viewport().mapToGlobal(QPoint(0, 0)))

    def foregroundColor(self) -> QColor:
        return self._view.palette().text().color()

    def backgroundColor(self) -> QColor:
        return self._view.palette().base().color()


class _SpokenPart(QAccessibleInterface):
    def __init__(self, desk: _SpokenDesk, index: int) -> None:
        super().__init__()
        self._desk, self._index = desk, index

    def isValid(self) -> bool:
        return self._desk.part(self._index) is not None

    def object(self) -> QObject:
        return cast("QObject", None)

    def window(self) -> QWindow:
        return self._desk.window()

    def parent(self) -> QAccessibleInterface:
        return self._desk

    def childCount(self) -> int:
        return 0

    def child(self, index: int) -> QAccessibleInterface:
        return _NOBODY

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        return -1

    def childAt(self, x: int, y: int) -> QAccessibleInterface:
        return _NOBODY

    def role(self) -> QAccessible.Role:
        return QAccessible.Role.Graphic

    def text(self, which: QAccessible.Text) -> str:
        part = self._desk.part(self._index)
        return part.name if part is not None and which == QAccessible.Text.Name else ""

    def rect(self) -> QRect:
        return self._desk.rect_of(self._index)

    def state(self) -> QAccessible.State:
        part, state = self._desk.part(self._index), QAccessible.State()
        state.selectable = state.focusable = True
        state.selected = part is not None and part.is_selected
        state.focused = part is not None and part.is_current and self._desk.state().focused
        state.offscreen = not self._desk.rect().intersects(self.rect())
        return state


def _make(_name: str, thing: QObject) -> QAccessibleInterface | None:
    return _spoken.get(thing) if isinstance(thing, Desk) else None


@lru_cache(maxsize=1)
def _install() -> None:
    """Once for the process; Qt offers no way to ask whether it is there."""
    QAccessible.installFactory(_make)
