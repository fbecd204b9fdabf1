"""Every action by a few letters: Ctrl+K."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.ui.action import Action
from app.ui.action_set import ActionSet
from app.ui.icons import draw_icon
from app.ui.models.finding import score
from app.ui.theme import SPACE, TypeSize, face, qcolor, tokens_of
from app.ui.widgets.look import set_look

Index = QModelIndex | QPersistentModelIndex
ROW: Final = 40
SHOWN: Final = 9


class FoundActions(QAbstractListModel):
    """The rows that fit what was typed, those that can run first."""

    def __init__(self, actions: ActionSet, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self._found: list[Action] = []
        self.seek("")

    def seek(self, wanted: str) -> None:
        self.beginResetModel()
        ranked = []
        for place, row in enumerate(self._actions.rows()):
            fits = score(wanted, f"{self._actions.qaction(row.id).text()} {row.menu.value if row.menu else ''}")
            if row.palette and fits is not None:
                ranked.append((bool(self._actions.reason_against(row.id)), -fits, place, row))
        self._found = [row for *_, row in sorted(ranked, key=lambda entry: entry[:3])]
        self.endResetModel()

    def action_at(self, row: int) -> Action:
        return self._found[row]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._found)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._found[index.row()]
        reason = self._actions.reason_against(row.id)
        text = self._actions.qaction(row.id).text()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return text
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{text}. {reason}" if reason else text
            case Qt.ItemDataRole.ToolTipRole:
                return reason or None
            case _:
                return None


class _Painted(QStyledItemDelegate):
    def __init__(self, actions: ActionSet, model: FoundActions, parent: QObject) -> None:
        super().__init__(parent)
        self._actions = actions
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = self._model.action_at(index.row())
        reason = self._actions.reason_against(row.id)
        tokens = tokens_of(option.palette)
        box: QRect = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if chosen:
            painter.fillRect(box, qcolor(tokens.selected))
        ink = tokens.muted if reason else tokens.text
        draw_icon(
            painter,
            QRect(box.left() + SPACE.between, box.top() + (ROW - 18) // 2, 18, 18),
            row.icon or "play",
            tokens.disabled if reason else tokens.muted,
        )
        painter.setFont(face(TypeSize.BODY))
        painter.setPen(qcolor(ink))
        words = box.adjusted(SPACE.between + 30, 0, -SPACE.between, 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(words, middle, self._actions.qaction(row.id).text())
        painter.setFont(face(TypeSize.SMALL))
        painter.setPen(qcolor(tokens.muted))
        keys = row.sequences()
        beside = reason or (keys[0].toString(QKeySequence.SequenceFormat.NativeText) if keys else "")
        painter.drawText(words, middle | Qt.AlignmentFlag.AlignRight, beside)
        painter.restore()


class CommandPalette(QDialog):
    """A field and a list. Enter runs the chosen action after the palette has gone."""

    def __init__(self, actions: ActionSet, window: QWidget) -> None:
        super().__init__(window, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName("Find an action")
        self._actions = actions
        self._model = FoundActions(actions, self)
        self._field = QLineEdit()
        self._field.setPlaceholderText("Find an action")
        self._field.setAccessibleName("Find an action")
        self._list = QListView()
        self._list.setModel(self._model)
        self._list.setItemDelegate(_Painted(actions, self._model, self._list))
        self._list.setAccessibleName("Actions")
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self._list.setUniformItemSizes(True)
        self._list.setFixedHeight(ROW * SHOWN)
        self._list.clicked.connect(self._run)
        self._field.textChanged.connect(self._seek)
        self._field.installEventFilter(self)
        frame = QFrame()
        set_look(frame, ground="card")
        box = QVBoxLayout(frame)
        box.setContentsMargins(SPACE.inside, SPACE.inside, SPACE.inside, SPACE.inside)
        set_look(self._field, type="large")
        box.addWidget(self._field)
        box.addWidget(self._list)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)
        self.setFixedWidth(min(620, window.width() - 80))
        self.adjustSize()
        self.move(window.mapToGlobal(QPoint((window.width() - self.width()) // 2, 72)))
        self._seek("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and down walk through the list while letters go to the field."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
            if event.key() in step:
                self._walk(step[Qt.Key(event.key())])
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._run(self._list.currentIndex())
                return True
        return super().eventFilter(watched, event)

    def _seek(self, wanted: str) -> None:
        self._model.seek(wanted)
        self._list.setCurrentIndex(self._model.index(0))

    def _walk(self, by: int) -> None:
        last = self._model.rowCount() - 1
        to = min(last, max(0, self._list.currentIndex().row() + by))
        self._list.setCurrentIndex(self._model.index(to))

    def _run(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        action = self._actions.qaction(self._model.action_at(index.row()).id)
        if action.isEnabled():
            self.close()
            action.trigger()
