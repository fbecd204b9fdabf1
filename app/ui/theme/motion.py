"""Movement on the screen: there is hardly any, and none for who wants none."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QProgressBar

STILL_PROPERTY: Final = "paraphStill"
EFFECTS: Final = (
    Qt.UIEffect.UI_General,
    Qt.UIEffect.UI_AnimateMenu,
    Qt.UIEffect.UI_FadeMenu,
    Qt.UIEffect.UI_AnimateCombo,
    Qt.UIEffect.UI_AnimateTooltip,
    Qt.UIEffect.UI_FadeTooltip,
    Qt.UIEffect.UI_AnimateToolBox,
)
"""Some systems slide and fade these; Paraph itself never does."""


def reduce_motion(still: bool) -> None:
    """From now on; what the system slides and fades by itself comes back with the next start."""
    app = QApplication.instance()
    if app is None:
        return
    app.setProperty(STILL_PROPERTY, still)
    if still:
        for effect in EFFECTS:
            QApplication.setEffectEnabled(effect, False)


def show_busy(bar: QProgressBar) -> None:
    """At work, and nobody knows how long: the bar runs to and fro, or stands empty for who wants no movement."""
    app = QApplication.instance()
    still = app is not None and bool(app.property(STILL_PROPERTY))
    bar.setRange(0, 1 if still else 0)
    bar.setValue(0)
