"""Drawn over the pages: where signatures stand and where something changed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPen

from app.ui.canvas.pointer import Frame, Overlay
from app.ui.models.verdicts import Spot
from app.ui.theme import LIGHT, qcolor


class Outlines(Overlay):
    """On white paper, so in the light table's colours whatever the scheme."""

    def __init__(self) -> None:
        self.spots: tuple[Spot, ...] = ()
        self.pointed_at: Spot | None = None

    def paint_page(self, painter: QPainter, frame: Frame) -> None:
        for spot in self.spots:
            if spot.page == frame.page.page:
                self._draw(painter, frame, spot)

    def _draw(self, painter: QPainter, frame: Frame, spot: Spot) -> None:
        colour = getattr(LIGHT, spot.tone)
        pointed = spot == self.pointed_at
        style = Qt.PenStyle.SolidLine if spot.tone == "accent" else Qt.PenStyle.DashLine
        painter.setPen(QPen(qcolor(colour), 3 if pointed else 1.5, style))
        painter.setBrush(qcolor(colour, 0.14 if pointed else 0.05))
        painter.drawRoundedRect(frame.rect(spot.rect).adjusted(-3, -3, 3, 3), 4, 4)
