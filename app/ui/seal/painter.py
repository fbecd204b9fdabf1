"""A design as it will stand in the sealed page: the same drawing, the same painter as for fields."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRectF, QSize, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.domain.appearance import Appearance, Stated
from app.domain.drawing import Drawing
from app.domain.errors import ParaphError
from app.domain.ids import Sha256
from app.services import designs, messages, viewing
from app.ui.canvas.painter import DrawingPainter
from app.ui.desk import Desk
from app.ui.theme import CORNER_SMALL, PAPER, SPACE, qcolor, tokens_of


class SealPainter(QObject):
    """Signals: `arrived` when a picture that was missing is there and the design should be painted again."""

    arrived = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._pictures: dict[Sha256, QImage | None] = {}
        self._painter = DrawingPainter(viewing.face_file, self._picture)

    def drawing(self, look: Appearance, stated: Stated, width: float, height: float) -> tuple[Drawing | None, str]:
        """In points; with it, or instead of it, what is to be said about it."""
        house = self._desk.house
        try:
            drawn = designs.drawing(house, look, stated, width, height)
        except ParaphError as error:
            return None, messages.words(error).line
        if designs.fits(house, look, stated, width, height):
            return drawn, ""
        return drawn, "Not every line fits into a box of this size, even in the smallest type."

    def paint(self, painter: QPainter, drawing: Drawing, box: QRectF) -> None:
        self._painter.paint(painter, drawing, box)

    def _picture(self, sha256: Sha256) -> QImage | None:
        if sha256 not in self._pictures:
            self._pictures[sha256] = None
            self._desk.runner.start(
                lambda _: QImage(str(viewing.blob_path(self._desk.house, sha256))),
                lambda image: self._hang(sha256, image),
                lambda _: None,
                owner=self,
            )
        return self._pictures[sha256]

    def _hang(self, sha256: Sha256, image: QImage) -> None:
        self._pictures[sha256] = image
        self.arrived.emit()


class SealPreview(QWidget):
    """A design in its box, on a piece of paper, as large as there is room."""

    def __init__(self, painter: SealPainter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._painter = painter
        self._drawing: Drawing | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        painter.arrived.connect(self.update)

    def show_look(self, look: Appearance, stated: Stated, width_pt: float, height_pt: float) -> str:
        """What is to be said about it, "" where all is well."""
        self._drawing, said = self._painter.drawing(look, stated, width_pt, height_pt)
        self.setAccessibleName("Preview of the seal")
        told = " ".join(run.text for run in self._drawing.runs) if self._drawing else ""
        self.setAccessibleDescription(f"{told} {said}".strip())
        self.update()
        return said

    @property
    def is_drawn(self) -> bool:
        return self._drawing is not None

    def minimumSizeHint(self) -> QSize:
        return QSize(280, 140)

    def sizeHint(self) -> QSize:
        return QSize(480, 200)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = tokens_of(self.palette())
        painter.setPen(qcolor(tokens.hairline))
        painter.setBrush(qcolor(PAPER))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), CORNER_SMALL, CORNER_SMALL)
        drawing = self._drawing
        room = QRectF(self.rect()).adjusted(SPACE.between, SPACE.between, -SPACE.between, -SPACE.between)
        if drawing is not None and room.width() > 1 and room.height() > 1:
            scale = min(room.width() / drawing.width, room.height() / drawing.height)
            box = QRectF(0, 0, drawing.width * scale, drawing.height * scale)
            box.moveCenter(room.center())
            painter.setPen(qcolor(tokens.accent, 0.35))
            painter.drawRect(box)
            self._painter.paint(painter, drawing, box)
        painter.end()
