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
    return [
        f"{type(widget).__name__} {widget.objectName()}".strip()
        for widget in top.findChildren(QWidget)
        if isinstance(widget, CONTROLS) and not _is_part(widget) and not _name(widget)
    ]


def _name(widget: QWidget) -> str:
    spoken = QAccessible.queryAccessibleInterface(widget)
    return spoken.text(QAccessible.Text.Name) if spoken is not None else widget.accessibleName()


def _is_part(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    grandparent = parent.parentWidget() if parent is not None else None
    inside = isinstance(parent, OWNERS) or isinstance(grandparent, QComboBox)
    return widget.objectName().startswith("qt_") or inside
