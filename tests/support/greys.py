"""Finding what is grey and does not say why."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QMenu, QWidget

from app.ui.widgets.grey import REASON


def silent(top: QWidget) -> list[str]:
    """Buttons and entries of menus below `top` that are grey without a reason: in the tool tip that is shown over
    them, and for screen readers on the control or on what it is grey with."""
    return [*_buttons(top), *_actions(top)]


def _buttons(top: QWidget) -> list[str]:
    found = []
    for button in top.findChildren(QAbstractButton):
        if button.isEnabled() or not button.isVisibleTo(top) or button.objectName().startswith("qt_"):
            continue
        tip, reason = _tip(button), _reason(button)
        if not reason or reason not in tip:
            found.append(f"{type(button).__name__} {button.accessibleName() or button.text()}: {tip!r}, {reason!r}")
    return found


def _actions(top: QWidget) -> list[str]:
    actions = {action for menu in top.findChildren(QMenu) for action in menu.actions()} | set(top.actions())
    return [
        f"QAction {action.text()}"
        for action in actions
        if not action.isEnabled() and not action.isSeparator() and action.menu() is None and not _says(action)
    ]


def _says(action: QAction) -> bool:
    reason = str(action.property(REASON) or "")
    return bool(reason) and reason in action.toolTip()


def _tip(widget: QWidget) -> str:
    """Its own; where it has none, Qt shows that of what it stands in."""
    at: QWidget | None = widget
    while at is not None and not at.toolTip():
        at = at.parentWidget()
    return at.toolTip() if at is not None else ""


def _reason(widget: QWidget) -> str:
    at: QWidget | None = widget
    while at is not None and not at.isEnabled() and not at.accessibleDescription():
        at = at.parentWidget()
    return at.accessibleDescription() if at is not None and not at.isEnabled() else ""
