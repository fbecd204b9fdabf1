"""From the table's text to Qt's colours."""

from __future__ import annotations

from PySide6.QtGui import QColor


def qcolor(token: str, alpha: float = 1.0) -> QColor:
    """`token` as `#rrggbb`, with `alpha` from 0 (unseen) to 1."""
    colour = QColor(token)
    colour.setAlphaF(alpha)
    return colour


def mix(one: str, other: str, share: float) -> QColor:
    """`one` with `share` (0 to 1) of `other` stirred in."""
    a, b = QColor(one), QColor(other)
    parts = (round(x + (y - x) * share) for x, y in ((a.red(), b.red()), (a.green(), b.green()), (a.blue(), b.blue())))
    return QColor(*parts)
