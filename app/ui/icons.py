"""Line icons in the colour of the theme.

An icon asks the application's palette each time it is drawn, so that a change of scheme needs no new icons.
Names are Lucide's: the files in `resources/icons`.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Final

from PySide6.QtCore import QByteArray, QDir, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QIconEngine, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from app.ui.theme.tokens import tokens_of

SIDE: Final = 20
THIN: Final = "1.75"
"""Lucide draws 2 units wide on a grid of 24; at 20 px that is heavier than the text beside it."""


def icon(name: str, tone: str = "text") -> QIcon:
    """`tone` is a token's name: text, muted, accent, on_accent, good, warn, bad."""
    return QIcon(_Engine(name, tone))


def draw_icon(painter: QPainter, rect: QRect, name: str, colour: str) -> None:
    """For what paints itself; `colour` is a token's value. The icon is centred in `rect`, square."""
    side = min(rect.width(), rect.height())
    ratio = painter.device().devicePixelRatioF()
    image = _picture(name, colour, max(1, round(side * ratio)))
    target = QRectF(0, 0, side, side)
    target.moveCenter(QRectF(rect).center())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(target, image)
    painter.restore()


def icon_names() -> frozenset[str]:
    return frozenset(Path(file).stem for file in QDir("icons:").entryList(["*.svg"]))


@lru_cache(maxsize=512)
def _picture(name: str, colour: str, side: int) -> QImage:
    """Images and no pixmaps: a cache may outlive the application."""
    drawing = Path(QDir("icons:").filePath(f"{name}.svg")).read_text(encoding="utf-8")
    drawing = drawing.replace("currentColor", colour).replace('stroke-width="2"', f'stroke-width="{THIN}"')
    image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(drawing.encode())).render(painter)
    painter.end()
    return image


class _Engine(QIconEngine):
    def __init__(self, name: str, tone: str) -> None:
        super().__init__()
        self._name = name
        self._tone = tone

    def _colour(self, mode: QIcon.Mode) -> str:
        tokens = tokens_of(QGuiApplication.palette())
        return tokens.disabled if mode == QIcon.Mode.Disabled else str(getattr(tokens, self._tone))

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        draw_icon(painter, rect, self._name, self._colour(mode))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        """`size` is in logical pixels, of which each is `scale` pixels of the screen. A size wider than high keeps
        the icon at its left: that is how a button gets air between icon and words."""
        side = max(1, round(min(size.width(), size.height()) * scale))
        image = _picture(self._name, self._colour(mode), side)
        if size.width() > size.height():
            image = image.copy(0, 0, round(size.width() * scale), side)
        pixmap = QPixmap.fromImage(image)
        pixmap.setDevicePixelRatio(scale)
        return pixmap

    def clone(self) -> QIconEngine:
        return _Engine(self._name, self._tone)

    def iconName(self) -> str:
        return self._name

    def isNull(self) -> bool:
        return False
