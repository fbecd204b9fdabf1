"""What the forms of sealing are put together from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtWidgets import QComboBox


def combo(name: str, choices: Iterable[tuple[str, Any]] = ()) -> QComboBox:
    """Words and what they stand for; as wide as the form and not as its longest words."""
    made = QComboBox()
    made.setAccessibleName(name)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMinimumContentsLength(14)
    for words, value in choices:
        made.addItem(words, value)
    return made
