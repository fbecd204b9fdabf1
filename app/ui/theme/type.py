"""Type: one face for the window, five sizes, two weights; and faces from files."""

from __future__ import annotations

from enum import Enum, IntEnum
from functools import lru_cache
from pathlib import Path
from typing import Final

from PySide6.QtCore import QFileInfo
from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication

UI_FAMILY: Final = "Inter"
UI_FILES: Final = ("fonts:ui/Inter-Regular.ttf", "fonts:ui/Inter-SemiBold.ttf")

SCALE_PROPERTY: Final = "paraphTextScale"


class TypeSize(IntEnum):
    """Logical pixels at a text scale of 1."""

    SMALL = 12
    BODY = 13
    LARGE = 15
    TITLE = 20
    DISPLAY = 28


class Weight(Enum):
    """Two weights are enough: more would only shout."""

    REGULAR = QFont.Weight.Normal
    SEMIBOLD = QFont.Weight.DemiBold


def load_ui_face() -> None:
    """Makes the window's face known to Qt."""
    for file in UI_FILES:
        _family(file)


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


def font_of(file: Path, pixel_size: float) -> QFont:
    """The face in `file`, as drawings and typed signatures need it: unhinted, so that screen and paper agree
    on where letters stand. A face is loaded when it is first asked for: all of them cost more than the first
    paint may."""
    font = QFont(_family(str(file)))
    font.setPixelSize(max(1, round(pixel_size)))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


@lru_cache(maxsize=64)
def _family(file: str) -> str:
    """Raises `FileNotFoundError` for what is no face. The font engine opens files itself and knows no search
    paths, hence the absolute one."""
    number = QFontDatabase.addApplicationFont(QFileInfo(file).absoluteFilePath())
    families = QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
    if not families:
        raise FileNotFoundError(file)
    return families[0]
