"""Every kind of field, to be dragged onto a page, or picked and then placed by click or stroke."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QSizePolicy, QWidget

from app.domain.fields.base import Kind
from app.domain.fields.registry import KINDS
from app.ui.icons import draw_icon
from app.ui.prepare.drags import far_enough
from app.ui.theme import CORNER_SMALL, SPACE, TypeSize, face, qcolor, tokens_of
from app.ui.widgets.grey import allow

COLUMNS: Final = 2
ICON: Final = 18


class KindButton(QAbstractButton):
    """Signals: `picked(keeps)` on click (`keeps` True on a double click or with Shift), `carried(QPoint)` on the
    screen while dragged, `dropped(QPoint)`, `put_back` when the drag was given up."""

    picked = Signal(bool)
    carried = Signal(QPoint)
    dropped = Signal(QPoint)
    put_back = Signal()

    def __init__(self, kind: Kind) -> None:
        super().__init__()
        self._kind = kind
        self._start: QPointF | None = None
        self._is_carried = False
        self._tip = ""
        self.is_kept = False
        self.setCheckable(True)
        self.setText(kind.title)
        self.setAccessibleName(f"Place {kind.title.lower()}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.OpenHandCursor)

    def show_key(self, key: str) -> None:
        """Which places it, in the tool tip; empty where none does."""
        named = f"{self._kind.title} ({key})" if key else self._kind.title
        self._tip = f"{named}\nDrag it onto a page, or click here and then there.\nDouble-click to place several."
        self.allow(self.accessibleDescription())

    def allow(self, reason: str) -> None:
        """`reason` against placing anything, "" for none."""
        allow(self, reason, self._tip)

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(face(TypeSize.BODY))
        return QSize(metrics.horizontalAdvance(self.text()) + ICON + 4 * SPACE.inside, max(32, metrics.height() + 12))

    def minimumSizeHint(self) -> QSize:
        return QSize(ICON + 48, self.sizeHint().height())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._start, self._is_carried = event.position(), False
            self.setDown(True)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._start is None:
            return
        if self._is_carried or far_enough(self._start, event.position()):
            self._is_carried = True
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.carried.emit(event.globalPosition().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self._start is None:
            return
        carried = self._is_carried
        self._let_go()
        if carried:
            self.dropped.emit(event.globalPosition().toPoint())
        elif self.rect().contains(event.position().toPoint()):
            self.picked.emit(bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.picked.emit(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._is_carried:
            self._let_go()
            self.put_back.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.picked.emit(bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()
        super().enterEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens, box = tokens_of(self.palette()), QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = tokens.selected if self.isChecked() else tokens.hover if self.underMouse() else tokens.surface
        edge = tokens.focus if self.hasFocus() or self.isChecked() else tokens.hairline
        painter.setPen(qcolor(edge))
        painter.setBrush(qcolor(ground))
        painter.drawRoundedRect(box, CORNER_SMALL, CORNER_SMALL)
        ink = tokens.text if self.isEnabled() else tokens.disabled
        spot = QRect(SPACE.inside, (self.height() - ICON) // 2, ICON, ICON)
        draw_icon(painter, spot, self._kind.icon, tokens.accent if self.isChecked() else ink)
        painter.setFont(face(TypeSize.BODY))
        painter.setPen(qcolor(ink))
        room = QRectF(spot.right() + SPACE.inside, 0, self.width() - spot.right() - 2 * SPACE.inside, self.height())
        words = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
        if self.is_kept:
            draw_icon(painter, QRect(self.width() - 20, (self.height() - 14) // 2, 14, 14), "lock", tokens.accent)
        painter.end()

    def _let_go(self) -> None:
        self._start, self._is_carried = None, False
        self.setDown(False)
        self.setCursor(Qt.CursorShape.OpenHandCursor)


class Palette(QWidget):
    """Signals: `picked(kind, keeps)`; `carried(kind, QPoint)`, `dropped(kind, QPoint)` with places on the screen;
    `put_back(kind)`."""

    picked = Signal(str, bool)
    carried = Signal(str, QPoint)
    dropped = Signal(str, QPoint)
    put_back = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reason = ""
        self._buttons = {name: KindButton(kind) for name, kind in KINDS.items()}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(6)
        for number, (name, button) in enumerate(self._buttons.items()):
            grid.addWidget(button, number // COLUMNS, number % COLUMNS)
            self._connect(name, button)
        for column in range(COLUMNS):
            grid.setColumnStretch(column, 1)

    def button(self, kind: str) -> KindButton:
        return self._buttons[kind]

    def show_keys(self, key_for: Callable[[str], str]) -> None:
        for name, button in self._buttons.items():
            button.show_key(key_for(name))

    def allow(self, reason: str) -> None:
        """`reason` against placing anything, "" for none; asked after every step, mostly for the same."""
        if reason == self._reason:
            return
        self._reason = reason
        for button in self._buttons.values():
            button.allow(reason)

    def show_armed(self, kind: str | None, is_kept: bool) -> None:
        for name, button in self._buttons.items():
            button.setChecked(name == kind)
            button.is_kept = is_kept and name == kind
            button.update()

    def _connect(self, name: str, button: KindButton) -> None:
        button.picked.connect(lambda keeps: self.picked.emit(name, keeps))
        button.carried.connect(lambda at: self.carried.emit(name, at))
        button.dropped.connect(lambda at: self.dropped.emit(name, at))
        button.put_back.connect(lambda: self.put_back.emit(name))
