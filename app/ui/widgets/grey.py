"""Making a control grey, always with the reason."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QWidget

REASON = "reason"
"""The property of an action that says why it is grey, "" when it is not."""
OWN_TIP = "own_tip"


def allow(control: QWidget, reason: str, tip: str = "") -> None:
    """`reason` against using it, "" for none: it stands in the tool tip, in the place of `tip`, and is told to screen
    readers."""
    control.setEnabled(not reason)
    control.setToolTip(reason or tip)
    control.setAccessibleDescription(reason)


def allow_form(form: QWidget, reason: str) -> None:
    """The same for everything in it: its buttons keep their own tool tips for when they can be pressed."""
    allow(form, reason)
    for button in form.findChildren(QAbstractButton):
        kept = button.property(OWN_TIP)
        if reason and kept is None:
            button.setProperty(OWN_TIP, button.toolTip())
            button.setToolTip(reason)
        elif not reason and kept is not None:
            button.setProperty(OWN_TIP, None)
            button.setToolTip(kept)


def allow_action(action: QAction, reason: str, tip: str = "") -> None:
    """The same for an entry of a menu that is made for the moment."""
    action.setEnabled(not reason)
    action.setProperty(REASON, reason)
    action.setToolTip(reason or tip)
    action.setStatusTip(reason)
