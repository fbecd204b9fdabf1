"""Finding controls that a screen reader could not name."""

from __future__ import annotations

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QScrollArea,
    QSlider,
    QTabBar,
    QWidget,
)

CONTROLS = (
    QAbstractButton, QAbstractItemView, QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit, QProgressBar,
    QScrollArea, QSlider, QTabBar,
)  # fmt: skip
OWNERS = (QAbstractButton, QAbstractItemView, QAbstractSpinBox, QComboBox, QLineEdit, QTabBar)


def unnamed(top: QWidget) -> list[str]:
    """Class and object name of each control below `top` without an accessible name. Parts that Qt makes inside
    its own controls (names begin with `qt_`, or the owner is a control itself) speak through their owner."""
    return [f"{type(each).__name__} {each.objectName()}".strip() for each in controls(top) if not _name(each)]


def controls(top: QWidget) -> list[QWidget]:
    """What a person works with below `top`, without the parts of it."""
    return [each for each in top.findChildren(QWidget) if isinstance(each, CONTROLS) and not _is_part(each)]


def _name(widget: QWidget) -> str:
    """Qt names a nameless combo box by what is chosen in it, which does not say what is asked."""
    spoken = QAccessible.queryAccessibleInterface(widget)
    if isinstance(widget, QComboBox):
        labels = (other for other, _ in spoken.relations(QAccessible.RelationFlag.Label))
        return widget.accessibleName() or next((str(one.text(QAccessible.Text.Name)) for one in labels), "")
    return spoken.text(QAccessible.Text.Name)


def _is_part(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    grandparent = parent.parentWidget() if parent is not None else None
    inside = isinstance(parent, OWNERS) or isinstance(grandparent, QComboBox)
    return widget.objectName().startswith("qt_") or inside
