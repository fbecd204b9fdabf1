"""Drawing marks and values as the sealed page will show them, and the pictures that belong to them."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRectF, QSize, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.domain.drawing import Drawing
from app.domain.envelope import Envelope
from app.domain.errors import GlyphsMissing
from app.domain.fields.base import Field, Value
from app.domain.ids import Sha256
from app.domain.mark import Mark
from app.tasks import Runner
from app.ui.canvas.painter import DrawingPainter
from app.ui.models.room_desk import RoomDesk
from app.ui.theme import CORNER_SMALL, PAPER, SPACE, qcolor, tokens_of


class Artist(QObject):
    """Draws what stands in fields, for one envelope.

    Signals: `arrived` when a picture that was missing is there and what shows it should be painted again.
    """

    arrived = Signal()

    def __init__(self, desk: RoomDesk, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._runner = runner
        self._pictures: dict[Sha256, QImage | None] = {}
        self._painter = DrawingPainter(desk.face_file, self._picture)

    def field(self, envelope: Envelope, field: Field, value: Value | None) -> Drawing | None:
        """None where no face has the letters: nothing is drawn rather than boxes."""
        try:
            return self._desk.drawing(envelope, field, value)
        except GlyphsMissing:
            return None

    def mark(self, mark: Mark, width: float, height: float) -> Drawing | None:
        try:
            return mark.draw(width, height, self._desk.metrics())
        except GlyphsMissing:
            return None

    def paint(self, painter: QPainter, drawing: Drawing | None, box: QRectF) -> None:
        if drawing is not None:
            self._painter.paint(painter, drawing, box)

    def _picture(self, sha256: Sha256) -> QImage | None:
        if sha256 not in self._pictures:
            self._pictures[sha256] = None
            self._runner.start(
                lambda _: self._desk.picture_file(sha256).read_bytes(),
                lambda data: self._hang(sha256, data),
                lambda _: None,
                owner=self,
            )
        return self._pictures[sha256]

    def _hang(self, sha256: Sha256, data: bytes) -> None:
        self._pictures[sha256] = QImage.fromData(data)
        self.arrived.emit()


class MarkView(QWidget):
    """A mark on a piece of paper."""

    def __init__(self, artist: Artist, mark: Mark | None = None, height: int = 64) -> None:
        super().__init__()
        self._artist = artist
        self._mark = mark
        self._height = height
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        artist.arrived.connect(self.update)

    def show_mark(self, mark: Mark | None) -> None:
        self._mark = mark
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(220, self._height)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(qcolor(tokens_of(self.palette()).hairline))
        painter.setBrush(qcolor(PAPER))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), CORNER_SMALL, CORNER_SMALL)
        room = QRectF(self.rect()).adjusted(SPACE.inside, SPACE.tight, -SPACE.inside, -SPACE.tight)
        if self._mark is not None and room.width() > 1 and room.height() > 1:
            self._artist.paint(painter, self._artist.mark(self._mark, room.width(), room.height()), room)
        painter.end()
