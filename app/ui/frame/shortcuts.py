"""The list of keys, made from the table of actions; each can be changed where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QLineEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget

from app.ui.action import Action, Place
from app.ui.action_set import ActionSet
from app.ui.theme import SPACE, text_scale
from app.ui.widgets.announce import announce
from app.ui.widgets.grey import allow
from app.ui.widgets.look import column, label, row, set_look

MODIFIERS: Final = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr)
RESERVED: Final = {
    "Return": "Accept", "Enter": "Accept", "Shift+Return": "Accept all", "Tab": "Next field",
    "Shift+Backtab": "Previous field", "Shift+Tab": "Previous field", "Space": "Carry the pages",
}  # fmt: skip
"""What the pages themselves do at these keys."""
ARROWS: Final = ("Left", "Right", "Up", "Down", "Home", "End", "PgUp", "PgDown", "Ins", "Backspace")
PLAIN: Final = frozenset(
    ("Del", "Esc", "Tab", "Return", "Enter", "Space", *ARROWS, *"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
)


class ShortcutList(QDialog):
    """All actions by page, in two columns, with a field to narrow them down. Signals: `rebound(action, keys)`, the keys
    in their portable form and empty for those of the table."""

    rebound = Signal(str, str)

    def __init__(self, actions: ActionSet, window: QWidget) -> None:
        super().__init__(window)
        self._actions = actions
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Keyboard shortcuts")
        self.resize((QSize(760, 560) * text_scale()).boundedTo(window.size()))
        self._lines: list[tuple[str, QWidget]] = []
        field = QLineEdit()
        field.setPlaceholderText("Search")
        field.setAccessibleName("Search shortcuts")
        field.textChanged.connect(self._narrow)
        halves = (column(gap=SPACE.around), column(gap=SPACE.around))
        heights = [0] * len(halves)
        for title, rows in sorted(_groups(actions), key=lambda pair: -len(pair[1])):
            at = heights.index(min(heights))
            heights[at] += len(rows) + 2
            halves[at].addWidget(self._group(title, rows))
        for half in halves:
            half.addStretch(1)
        inside = QWidget()
        inside.setLayout(row(*halves, gap=SPACE.apart))
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inside)
        box = QVBoxLayout(self)
        box.setContentsMargins(SPACE.around, SPACE.around, SPACE.around, SPACE.around)
        box.setSpacing(SPACE.between)
        box.addWidget(field)
        box.addWidget(area, 1)
        self._back = QPushButton("Bring all keys back")
        self._back.setAutoDefault(False)
        self._back.clicked.connect(self._bring_back)
        box.addLayout(row(label("Press a key to change it.", ink="muted"), None, self._back))
        actions.rebound.connect(self._weigh)
        self._weigh()

    def _group(self, title: str, rows: list[Action]) -> QWidget:
        group = QWidget()
        box = column(label(title, "large", strong=True), gap=SPACE.tight)
        for action in rows:
            line = QWidget()
            grid = QGridLayout(line)
            grid.setContentsMargins(0, 2, 0, 2)
            grid.addWidget(label(action.text), 0, 0)
            keys = KeyButton(action, self._actions)
            keys.rebound.connect(self.rebound)
            grid.addWidget(keys, 0, 1, Qt.AlignmentFlag.AlignRight)
            box.addWidget(line)
            self._lines.append((action.text.casefold(), line))
        group.setLayout(box)
        return group

    def _narrow(self, wanted: str) -> None:
        for text, line in self._lines:
            line.setVisible(wanted.casefold() in text)

    def _bring_back(self) -> None:
        """All keys as in the table."""
        for action_id in self._actions.rebound_ids():
            self._actions.rebind(action_id, [])
            self.rebound.emit(action_id, "")

    def _weigh(self) -> None:
        allow(self._back, "" if self._actions.rebound_ids() else "No key has been changed.")


def _groups(actions: ActionSet) -> list[tuple[str, list[Action]]]:
    """What is done on a page, and what only while its sheets of paper have the keyboard."""
    rows = actions.rows()
    found = [(place.value, [row for row in rows if row.place is place and not row.on_pages]) for place in Place]
    found.append(("On the pages", [row for row in rows if row.on_pages]))
    return [pair for pair in found if pair[1]]


class KeyButton(QWidget):
    """The keys of one action; pressed, it waits for other ones. Esc leaves them, Backspace brings back those of the
    table, and keys that mean something else already are refused with its name. Signals: `rebound(action, keys)`."""

    rebound = Signal(str, str)

    def __init__(self, action: Action, actions: ActionSet) -> None:
        super().__init__()
        self._action, self._actions = action, actions
        self.button = QPushButton()
        set_look(self.button, kind="link")
        self.button.clicked.connect(self._ask)
        self.edit = _KeyLine()
        self.edit.setAccessibleName(f"New keys for {action.text}")
        self.edit.caught.connect(self._take)
        self.edit.left.connect(self._show)
        self.edit.hide()
        actions.rebound.connect(self._show)
        self.setLayout(row(self.button, self.edit, gap=0))
        self._show()

    def _ask(self) -> None:
        self.button.hide()
        self.edit.setText("")
        self.edit.setPlaceholderText("Press the keys")
        self.edit.show()
        self.edit.setFocus()

    def _take(self, keys: QKeySequence) -> None:
        other = self._actions.taken_by(self._action.id, keys) if not keys.isEmpty() else None
        means = other.text if other is not None else RESERVED.get(keys.toString()) if self._action.on_pages else None
        if means is not None:
            self.edit.setPlaceholderText(f"Taken: {means}")
            announce(self.edit, f"These keys mean {means}.")
            return
        self._actions.rebind(self._action.id, [] if keys.isEmpty() else [keys])
        self.rebound.emit(self._action.id, keys.toString(QKeySequence.SequenceFormat.PortableText))
        self._show()

    def _show(self) -> None:
        self.edit.hide()
        self.button.show()
        words = "  or  ".join(shown_names(self._actions.keys_of(self._action.id))[:2])
        self.button.setText(words or "Add keys")
        self.button.setAccessibleName(f"{self._action.text}: {words or 'no keys'}. Press to change")


class _KeyLine(QLineEdit):
    """Signals: `caught(QKeySequence)`, empty for Backspace; `left` on Esc or when the focus goes."""

    caught = Signal(QKeySequence)
    left = Signal()

    def event(self, event: QEvent) -> bool:
        """What is a shortcut elsewhere is caught here like any other key."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() == Qt.Key.Key_Backspace and not event.modifiers():
            self.caught.emit(QKeySequence())
        elif event.key() not in MODIFIERS:
            self.caught.emit(QKeySequence(event.keyCombination()))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


def shown_names(sequences: Sequence[QKeySequence]) -> list[str]:
    """As printed on the keyboard; the odd keys of media keyboards are left out."""
    names = (sequence.toString(QKeySequence.SequenceFormat.NativeText) for sequence in sequences)
    return [name for name in dict.fromkeys(names) if "+" in name or name[1:].isdigit() or name in PLAIN]
