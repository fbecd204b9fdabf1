"""Type: one face for the window, five sizes, two weights, and the hands for typed signatures."""

from __future__ import annotations

from enum import Enum, IntEnum
from typing import Final

from PySide6.QtCore import QFileInfo
from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication

UI_FAMILY: Final = "Inter"
UI_FILES: Final = ("fonts:ui/Inter-Regular.ttf", "fonts:ui/Inter-SemiBold.ttf")

HANDS: Final = {
    "Alex Brush": "AlexBrush",
    "Allura": "Allura",
    "Caveat": "Caveat",
    "Dancing Script": "DancingScript",
    "Great Vibes": "GreatVibes",
    "La Belle Aurore": "LaBelleAurore",
    "Parisienne": "Parisienne",
    "Sacramento": "Sacramento",
}
"""Family to file stem under `fonts:signature/`."""


SCALE_PROPERTY: Final = "paraphTextScale"


class TypeSize(IntEnum):
    """Logical pixels at a text scale of 1."""

    SMALL = 12
    BODY = 13
    LARGE = 15
    TITLE = 20
    DISPLAY = 28


class Weight(Enum):
    REGULAR = QFont.Weight.Normal
    SEMIBOLD = QFont.Weight.DemiBold


def load_ui_face() -> None:
    """Makes the window's face known to Qt; without it the system's face stands in."""
    for file in UI_FILES:
        _load(file)


def text_scale() -> float:
    """How much larger than drawn the person wants type: 1.0 to 2.0."""
    app = QGuiApplication.instance()
    return float(app.property(SCALE_PROPERTY) or 1.0) if app else 1.0


def face(size: TypeSize, weight: Weight = Weight.REGULAR) -> QFont:
    """For what paints itself; labels and buttons take `type` and `strong` from the sheet instead."""
    font = QFont(UI_FAMILY)
    font.setPixelSize(round(size * text_scale()))
    font.setWeight(weight.value)
    return font


def hand(family: str, pixel_size: int) -> QFont:
    """A signature hand, loaded on first use: eight faces cost more than the first paint may."""
    if family not in QFontDatabase.families():
        _load(f"fonts:signature/{HANDS[family]}-Regular.ttf")
    font = QFont(family)
    font.setPixelSize(pixel_size)
    return font


def _load(file: str) -> None:
    """The font engine opens files itself and knows no search paths."""
    QFontDatabase.addApplicationFont(QFileInfo(file).absoluteFilePath())
