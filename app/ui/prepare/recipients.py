"""The people of an envelope: who they are, in which order they act, and whose fields are placed now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QDropEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
)

from app.domain.envelope import Envelope, Routing
from app.domain.recipient import Recipient
from app.ui.icons import draw_icon
from app.ui.models.wording import ACTION
from app.ui.theme import CORNER_SMALL, SPACE, TypeSize, Weight, face, qcolor, recipient_colour, text_scale, tokens_of
from app.ui.widgets.badge import Person, draw_badge

ROLE: Final = int(Qt.ItemDataRole.UserRole)
LINES: Final = ROLE + 1
MOST_ROWS: Final = 5


def in_order(recipients: Sequence[Recipient]) -> tuple[Recipient, ...]:
    """As they act; those of one step as they stand in the envelope."""
    return tuple(sorted(recipients, key=lambda recipient: recipient.order))


def reordered(recipients: Sequence[Recipient], roles: Sequence[str]) -> tuple[Recipient, ...]:
    """Steps renumbered so that people act in the order of `roles`. Neighbours who shared a step and are still
    neighbours go on sharing it. Places in the envelope, and with them colours, stay."""
    by_role = {recipient.role: recipient for recipient in recipients}
    steps: dict[str, int] = {}
    step, before = 0, None
    for role in roles:
        now = by_role[role]
        if before is None or now.order != before.order:
            step += 1
        steps[role], before = step, now
    return tuple(replace(recipient, order=steps[recipient.role]) for recipient in recipients)


def second_line(recipient: Recipient, fields: int, routing: Routing) -> str:
    """`1st · signs · 3 fields`."""
    parts = [ACTION[recipient.action]]
    if routing is Routing.SEQUENTIAL and recipient.action.acts:
        parts.insert(0, f"step {recipient.order}")
    if recipient.action.seals or fields:
        parts.append(f"{fields} field{'' if fields == 1 else 's'}")
    return " · ".join(parts)


class RecipientList(QListWidget):
    """The legend of the colours, too. An eye at the end of a row hides that person's fields and shows them again; so
    does Space. Signals: `chosen(role)`, `ordered(tuple of roles)` after a row was carried to another place,
    `edit_wanted`, `eye_pressed(role)`."""

    chosen = Signal(str)
    ordered = Signal(tuple)
    edit_wanted = Signal()
    eye_pressed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Recipients")
        self.setItemDelegate(_Rows(self))
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.setProperty("ground", "surface")
        self.currentItemChanged.connect(self._choose)
        self.itemDoubleClicked.connect(lambda _: self.edit_wanted.emit())
        self._is_shown = False

    def show_people(
        self, envelope: Envelope, current: str | None, is_editable: bool, hidden: Collection[str] = ()
    ) -> None:
        counts = Counter(field.recipient for field in envelope.fields)
        people = in_order(envelope.recipients)
        self._is_shown = True
        self.setDragEnabled(is_editable and len(people) > 1)
        while self.count() > len(people):
            self.takeItem(self.count() - 1)
        while self.count() < len(people):
            self.addItem(QListWidgetItem())
        for at, recipient in enumerate(people):
            index = envelope.recipients.index(recipient)
            name = recipient.name or recipient.role
            line = second_line(recipient, counts[recipient.role], envelope.routing)
            item = self.item(at)
            item.setText(name)
            item.setToolTip(f"{name}\n{recipient.email}" if recipient.email else name)
            item.setData(ROLE, recipient.role)
            is_hidden = recipient.role in hidden
            item.setData(LINES, (name, line, Person(recipient.initials, index, name), is_hidden))
            spoken = f"{name}, {line}, fields hidden" if is_hidden else f"{name}, {line}"
            item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
            if recipient.role == current:
                self.setCurrentItem(item)
        self._is_shown = False
        self._fit_rows()

    def dropEvent(self, event: QDropEvent) -> None:
        super().dropEvent(event)
        self.ordered.emit(tuple(self.item(at).data(ROLE) for at in range(self.count())))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        moves = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if event.modifiers() & Qt.KeyboardModifier.AltModifier and event.key() in moves and self.dragEnabled():
            self._carry(moves[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self.edit_wanted.emit()
        elif event.key() == Qt.Key.Key_Space and self.currentItem() is not None:
            self.eye_pressed.emit(self.currentItem().data(ROLE))
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        item = self._eye_at(event.position().toPoint())
        if item is not None and event.button() == Qt.MouseButton.LeftButton:
            self.eye_pressed.emit(item.data(ROLE))
        else:
            super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Twice on an eye is two presses."""
        if self._eye_at(event.position().toPoint()) is not None:
            self.mousePressEvent(event)
        else:
            super().mouseDoubleClickEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            item = self._eye_at(event.pos())
            if item is not None:
                says = "Show their fields" if item.data(LINES)[3] else "Hide their fields"
                QToolTip.showText(event.globalPos(), says, self)
                return True
        return super().viewportEvent(event)

    def eye_of(self, item: QListWidgetItem) -> QRect:
        """Where the eye of a row is pressed, in the viewport."""
        return eye_in(self.visualItemRect(item))

    def _eye_at(self, at: QPoint) -> QListWidgetItem | None:
        item = self.itemAt(at)
        return item if item is not None and self.eye_of(item).contains(at) else None

    def minimumSizeHint(self) -> QSize:
        return QSize(120, row_height())

    def _fit_rows(self) -> None:
        self.setFixedHeight(max(1, min(self.count(), MOST_ROWS)) * row_height() + 2)

    def _carry(self, by: int) -> None:
        """Alt with an arrow: what the mouse does by dragging."""
        roles = [self.item(at).data(ROLE) for at in range(self.count())]
        at = self.currentRow()
        if 0 <= at + by < len(roles):
            roles.insert(at + by, roles.pop(at))
            self.ordered.emit(tuple(roles))

    def _choose(self, item: QListWidgetItem | None) -> None:
        if item is not None and not self._is_shown:
            self.chosen.emit(item.data(ROLE))


class _Rows(QStyledItemDelegate):
    """Badge, name, what they do."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(100, row_height())

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        lines = index.data(LINES)
        if lines is None:
            return
        name, line, person, is_hidden = lines
        tokens = tokens_of(option.palette)
        is_current = bool(option.state & QStyle.StateFlag.State_Selected)
        box = QRectF(option.rect).adjusted(0, 1, 0, -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if is_current or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(qcolor(tokens.selected if is_current else tokens.hover))
            painter.drawRoundedRect(box, CORNER_SMALL, CORNER_SMALL)
        if is_current:
            painter.setBrush(qcolor(recipient_colour(person.index).fill))
            painter.drawRoundedRect(QRectF(box.left(), box.top() + 8, 3, box.height() - 16), 1.5, 1.5)
        side = 28 * text_scale()
        spot = QRectF(box.left() + SPACE.snug, box.center().y() - side / 2, side, side)
        draw_badge(painter, spot, person, tokens, tokens.surface)
        eye = eye_in(option.rect)
        if is_hidden or is_current or option.state & QStyle.StateFlag.State_MouseOver:
            draw_icon(painter, eye, "eye-off" if is_hidden else "eye", tokens.muted)
        left = spot.right() + SPACE.snug
        words = QRectF(left, box.top() + 4, eye.left() - SPACE.tight - left, box.height() / 2 - 4)
        painter.setFont(face(TypeSize.BODY, Weight.SEMIBOLD if is_current else Weight.REGULAR))
        painter.setPen(qcolor(tokens.muted if is_hidden else tokens.text))
        _draw_line(painter, words, name)
        painter.setFont(face(TypeSize.SMALL))
        painter.setPen(qcolor(tokens.muted))
        _draw_line(painter, words.translated(0, words.height()), line)
        painter.restore()


def eye_in(row: QRect) -> QRect:
    """At the end of a row, as large as an icon."""
    side = round(18 * text_scale())
    return QRect(row.right() - side - SPACE.inside, row.center().y() - side // 2, side, side)


def row_height() -> int:
    return round(46 * text_scale())


def _draw_line(painter: QPainter, room: QRectF, words: str) -> None:
    shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, int(room.width()))
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
