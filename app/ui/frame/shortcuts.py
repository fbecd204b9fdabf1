"""The list of keys, made from the table of actions."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QLabel, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from app.ui.action import Action, Place
from app.ui.action_set import ActionSet
from app.ui.theme import SPACE
from app.ui.widgets.look import column, label, row, set_look

PLAIN: Final = frozenset(("Del", "Esc", "Tab", "Return", "Enter", "Space", *"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"))


class ShortcutList(QDialog):
    """All keys by page, in two columns, with a field to narrow them down."""

    def __init__(self, actions: ActionSet, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Keyboard shortcuts")
        self.resize(760, 560)
        self._lines: list[tuple[str, QWidget]] = []
        field = QLineEdit()
        field.setPlaceholderText("Search")
        field.setAccessibleName("Search shortcuts")
        field.textChanged.connect(self._narrow)
        halves = (column(gap=SPACE.around), column(gap=SPACE.around))
        heights = [0] * len(halves)
        places = [(place, [a for a in actions.rows() if a.place is place and a.keys]) for place in Place]
        for place, rows in sorted((pair for pair in places if pair[1]), key=lambda pair: -len(pair[1])):
            at = heights.index(min(heights))
            heights[at] += len(rows) + 2
            halves[at].addWidget(self._group(place, rows))
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

    def _group(self, place: Place, rows: list[Action]) -> QWidget:
        group = QWidget()
        box = column(label(place.value, "large", strong=True), gap=SPACE.tight)
        for action in rows:
            line = QWidget()
            grid = QGridLayout(line)
            grid.setContentsMargins(0, 2, 0, 2)
            grid.addWidget(label(action.text), 0, 0)
            grid.addWidget(_keys(action), 0, 1, Qt.AlignmentFlag.AlignRight)
            box.addWidget(line)
            self._lines.append((action.text.casefold(), line))
        group.setLayout(box)
        return group

    def _narrow(self, wanted: str) -> None:
        for text, line in self._lines:
            line.setVisible(wanted.casefold() in text)


def _keys(action: Action) -> QLabel:
    shown = label("  or  ".join(key_names(action)[:2]), "small", ink="muted")
    set_look(shown, ground="rail")
    shown.setContentsMargins(SPACE.inside, 2, SPACE.inside, 2)
    return shown


def key_names(action: Action) -> list[str]:
    """As printed on the keyboard; the odd keys of media keyboards are left out."""
    names = (sequence.toString(QKeySequence.SequenceFormat.NativeText) for sequence in action.sequences())
    return [name for name in dict.fromkeys(names) if "+" in name or name[1:].isdigit() or name in PLAIN]
