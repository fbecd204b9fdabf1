"""Every action by a few letters: Ctrl+K."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.ui.action import Action
from app.ui.action_set import ActionSet
from app.ui.icons import draw_icon
from app.ui.models.finding import score
from app.ui.theme import SPACE, TypeSize, face, qcolor, tokens_of
from app.ui.widgets.look import column, row, set_look

Index = QModelIndex | QPersistentModelIndex
ROW: Final = 40
SHOWN: Final = 9
WIDEST: Final = 620
STEPS: Final = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: SHOWN, Qt.Key.Key_PageUp: -SHOWN}


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
        for place, action in enumerate(self._actions.rows()):
            fits = score(
                wanted, f"{self._actions.qaction(action.id).text()} {action.menu.value if action.menu else ''}"
            )
            if action.palette and fits is not None:
                ranked.append((bool(self._actions.reason_against(action.id)), -fits, place, action))
        self._found = [action for *_, action in sorted(ranked, key=lambda entry: entry[:3])]
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
        keys = self._actions.keys_of(row.id)
        beside = reason or (keys[0].toString(QKeySequence.SequenceFormat.NativeText) if keys else "")
        painter.drawText(words, middle | Qt.AlignmentFlag.AlignRight, beside)
        painter.restore()


class CommandPalette(QWidget):
    """A field and a list, laid over its window. Enter runs the chosen action after the palette has gone; Esc or
    a click beside it puts it away. A part of the window and no window of its own: no window manager can place it
    elsewhere or refuse it the keyboard.
    """

    def __init__(self, actions: ActionSet, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._before: QWidget | None = window.focusWidget()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName("Find an action")
        self._actions = actions
        self._model = FoundActions(actions, self)
        self._field = QLineEdit()
        self._list = QListView()
        self._set_up()
        card = QFrame()
        set_look(card, ground="card")
        card.setLayout(column(self._field, self._list, margin=SPACE.inside))
        card.setFixedWidth(min(WIDEST, window.width() - 2 * SPACE.apart))
        self.setLayout(column(SPACE.apart, row(None, card, None), None, gap=0))
        self.setGeometry(window.rect())
        window.installEventFilter(self)
        self._seek("")

    def _set_up(self) -> None:
        self._field.setPlaceholderText("Find an action")
        self._field.setAccessibleName("Find an action")
        set_look(self._field, type="large")
        self._field.textChanged.connect(self._seek)
        self._field.installEventFilter(self)
        self._list.setModel(self._model)
        self._list.setItemDelegate(_Painted(self._actions, self._model, self._list))
        self._list.setAccessibleName("Actions")
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self._list.setUniformItemSizes(True)
        self._list.setFixedHeight(ROW * SHOWN)
        self._list.clicked.connect(self._run)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.raise_()
        self._field.setFocus(Qt.FocusReason.PopupFocusReason)

    def closeEvent(self, event: QCloseEvent) -> None:
        """The keyboard goes back where it was."""
        if self._before and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.PopupFocusReason)
        super().closeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), qcolor(tokens_of(self.palette()).shadow, 0.22))
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.close()

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002
        """Tab stays here."""
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and down walk through the list while letters go to the field."""
        if watched is self._window and event.type() == QEvent.Type.Resize:
            self.setGeometry(self._window.rect())
        if watched is self._field and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(Qt.Key(event.key()))
        return super().eventFilter(watched, event)

    def _key(self, key: Qt.Key) -> bool:
        if key in STEPS:
            self._walk(STEPS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._run(self._list.currentIndex())
        elif key == Qt.Key.Key_Escape:
            self.close()
        else:
            return False
        return True

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
