"""Painting pages: white paper with one shadow, the sharpest picture there is, and a quiet word where there is none."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QImage, QPainter

from app.domain.geometry import Rect, Size
from app.ui.canvas.feeder import Picture
from app.ui.canvas.layout import TITLE
from app.ui.canvas.tiles import TILE, TileCache, TileKey, tiles_of
from app.ui.icons import draw_icon
from app.ui.theme import PAPER, SPACE, Tokens, TypeSize, Weight, face, qcolor

REACH: Final = 10
"""How far the shadow reaches, in logical pixels; it falls 2 pixels down."""


def draw_sheet(painter: QPainter, page: QRectF, tokens: Tokens) -> None:
    _draw_shadow(painter, page.translated(0, 2), tokens)
    painter.fillRect(page, qcolor(PAPER))


def draw_pictures(
    painter: QPainter, page: QRectF, size: Size, index: int, scale: float, cache: TileCache[Picture]
) -> bool:
    """What the cache has of a page at `scale` device pixels per point, a blurred stand-in below what it lacks.
    Returns whether anything stands on the paper."""
    sharp = {key: cache.get(key) for key in tiles_of(index, size, scale, _seen(painter, page, size))}
    complete = None not in sharp.values()
    shown = complete or _draw_stand_in(painter, page, index, cache)
    for key, picture in sharp.items():
        if picture is not None:
            _draw_tile(painter, page, key, picture.image)
            shown = True
    return shown


def draw_trouble(painter: QPainter, page: QRectF, tokens: Tokens) -> None:
    """A page that cannot be drawn keeps its place and says so."""
    side = 28
    spot = QRect(round(page.center().x()) - side // 2, round(page.center().y()) - side - 4, side, side)
    draw_icon(painter, spot, "file-warning", tokens.edge)
    painter.setPen(qcolor(tokens.edge))
    painter.setFont(face(TypeSize.BODY))
    words = QRectF(page.left(), spot.bottom() + 6, page.width(), 40)
    painter.drawText(words, Qt.AlignmentFlag.AlignHCenter, "This page cannot be shown")


def draw_title(painter: QPainter, page: QRectF, title: str, tokens: Tokens) -> None:
    """The document's title on the desk, above its first page."""
    room = QRectF(page.left(), page.top() - TITLE + SPACE.inside, page.width(), TITLE - SPACE.inside - SPACE.tight)
    font = face(TypeSize.BODY, Weight.SEMIBOLD)
    painter.setFont(font)
    painter.setPen(qcolor(tokens.muted))
    shown = painter.fontMetrics().elidedText(title, Qt.TextElideMode.ElideMiddle, int(room.width()))
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


def _seen(painter: QPainter, page: QRectF, size: Size) -> Rect:
    """The part of the page inside what is painted on, in points."""
    device = painter.device()
    window = QRectF(0, 0, device.width(), device.height()).intersected(page).translated(-page.topLeft())
    points = size.width / max(page.width(), 1)
    return Rect(window.x() * points, window.y() * points, window.width() * points, window.height() * points)


def _draw_stand_in(painter: QPainter, page: QRectF, index: int, cache: TileCache[Picture]) -> bool:
    found = cache.stand_in(index)
    if found is None:
        return False
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(page, found[1].image)
    return True


def _draw_tile(painter: QPainter, page: QRectF, key: TileKey, image: QImage) -> None:
    """Pixel on pixel: the page lies on a whole device pixel, so no picture is ever smeared by half of one."""
    ratio = painter.device().devicePixelRatioF()
    column, row = key.cell or (0, 0)
    left, top = page.left() + column * TILE / ratio, page.top() + row * TILE / ratio
    painter.drawImage(QRectF(left, top, image.width() / ratio, image.height() / ratio), image)


def _draw_shadow(painter: QPainter, page: QRectF, tokens: Tokens) -> None:
    """The eight outer pieces of a soft frame; nothing is painted where the paper will be."""
    frame = _shadow(tokens.shadow, 0.5 if tokens.is_dark else 0.26)
    r, corner = REACH, 2 * REACH
    outer = page.adjusted(-r, -r, r, r)
    xs = (outer.left(), outer.left() + corner, outer.right() - corner, outer.right())
    ys = (outer.top(), outer.top() + corner, outer.bottom() - corner, outer.bottom())
    cuts = (0, corner, corner + 1, 2 * corner + 1)
    for row in range(3):
        for column in range(3):
            if row == column == 1:
                continue
            target = QRectF(xs[column], ys[row], xs[column + 1] - xs[column], ys[row + 1] - ys[row])
            source = QRectF(cuts[column], cuts[row], cuts[column + 1] - cuts[column], cuts[row + 1] - cuts[row])
            painter.drawImage(target, frame, source)


@lru_cache(maxsize=4)
def _shadow(colour: str, strength: float) -> QImage:
    """A square frame whose darkness falls off with the square of the distance."""
    side = 4 * REACH + 1
    image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    share = 1 - (1 - strength) ** (1 / REACH)
    for ring in range(REACH):
        painter.setBrush(qcolor(colour, share * 2 * (ring + 1) / REACH / 2))
        painter.drawRoundedRect(QRectF(image.rect()).adjusted(ring, ring, -ring, -ring), REACH - ring, REACH - ring)
    painter.end()
    return image
