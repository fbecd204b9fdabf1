"""One control for each kind of setting. Each tells its new value by one callback and shows a value it is given."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QSpinBox, QWidget

from app.settings import Declaration

Tell = Callable[[Any], None]
Show = Callable[[Any], None]


def control_of(declared: Declaration, tell: Tell) -> tuple[QWidget, Show]:
    """The widget, named for screen readers, and how to show a value in it without telling."""
    made, show = _MAKERS[declared.control](declared, tell)
    made.setAccessibleName(declared.title)
    made.setAccessibleDescription(declared.help)
    made.setObjectName(f"setting.{declared.key}")
    return made, show


def _choice(declared: Declaration, tell: Tell) -> tuple[QWidget, Show]:
    made = QComboBox()
    made.setMinimumWidth(220)
    for value, words in declared.choices:
        made.addItem(words, value)
    made.activated.connect(lambda at: tell(made.itemData(at)))
    return made, lambda value: made.setCurrentIndex(made.findData(value))


def _switch(declared: Declaration, tell: Tell) -> tuple[QWidget, Show]:  # noqa: ARG001
    made = QCheckBox("On")
    made.clicked.connect(tell)

    def show(value: Any) -> None:
        made.setChecked(bool(value))

    return made, show


def _text(declared: Declaration, tell: Tell) -> tuple[QWidget, Show]:  # noqa: ARG001
    made = QLineEdit()
    made.setMinimumWidth(220)
    made.editingFinished.connect(lambda: tell(made.text().strip()))

    def show(value: Any) -> None:
        if not made.hasFocus():
            made.setText(str(value))

    return made, show


def _number(declared: Declaration, tell: Tell) -> tuple[QWidget, Show]:
    made = QSpinBox()
    made.setRange(declared.least, declared.most)
    made.setMinimumWidth(96)
    made.setKeyboardTracking(False)
    made.valueChanged.connect(tell)

    def show(value: Any) -> None:
        made.blockSignals(True)
        made.setValue(int(value))
        made.blockSignals(False)

    return made, show


_MAKERS = {"choice": _choice, "switch": _switch, "text": _text, "number": _number}
