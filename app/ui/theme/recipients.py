"""Eight recipient colours, told apart by colour-blind people, each with a pattern and never without initials.

Started from the palette of Okabe and Ito (Color Universal Design, 2008) and darkened or kept light so that
each has a legible badge; a test simulates protanopia, deuteranopia and tritanopia (Machado, Oliveira,
Fernandes 2009).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final

from PySide6.QtCore import Qt


class Pattern(Enum):
    """The second sign besides colour: how a field's edge strip and a badge's rim are filled."""

    SOLID = Qt.BrushStyle.SolidPattern
    FORWARD = Qt.BrushStyle.BDiagPattern
    DOTS = Qt.BrushStyle.Dense5Pattern
    VERTICAL = Qt.BrushStyle.VerPattern
    BACKWARD = Qt.BrushStyle.FDiagPattern
    HORIZONTAL = Qt.BrushStyle.HorPattern
    LATTICE = Qt.BrushStyle.DiagCrossPattern
    GRID = Qt.BrushStyle.CrossPattern


@dataclass(frozen=True)
class RecipientColour:
    """`fill` and `on_fill`: the badge and its initials. `line`: edges and icons on white paper (3:1 and
    more)."""

    name: str
    fill: str
    on_fill: str
    line: str
    pattern: Pattern


RECIPIENT_COLOURS: Final = (
    RecipientColour("blue", "#0f5fb0", "#ffffff", "#0f5fb0", Pattern.SOLID),
    RecipientColour("orange", "#eda11c", "#1d1f24", "#9a6400", Pattern.FORWARD),
    RecipientColour("green", "#00735a", "#ffffff", "#00735a", Pattern.DOTS),
    RecipientColour("pink", "#e58bb8", "#1d1f24", "#b23a78", Pattern.VERTICAL),
    RecipientColour("sky", "#6cc3f2", "#1d1f24", "#1778ac", Pattern.BACKWARD),
    RecipientColour("brick", "#a63412", "#ffffff", "#a63412", Pattern.HORIZONTAL),
    RecipientColour("violet", "#4b2a86", "#ffffff", "#4b2a86", Pattern.LATTICE),
    RecipientColour("lemon", "#eadf4f", "#1d1f24", "#756c00", Pattern.GRID),
)


def recipient_colour(index: int) -> RecipientColour:
    """The colour of the recipient at `index` (from 0) of its envelope; the ninth begins again."""
    return RECIPIENT_COLOURS[index % len(RECIPIENT_COLOURS)]
