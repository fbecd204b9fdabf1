"""The sheet for a field that wants a picture or a file."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.fields.base import Field, FileValue, PictureValue
from app.ui.models.room import RoomModel
from app.ui.models.room_gate import GateModel
from app.ui.models.room_speech import say
from app.ui.models.room_walk import Control, control_of, place_of, title_of
from app.ui.room.parts import tool
from app.ui.room.upload import FILE, PICTURE, Upload
from app.ui.theme import SPACE
from app.ui.widgets.look import column, label, row


class PictureSheet(QWidget):
    """Docked below its field. Signals: `placed` after it stands in the field; `cancelled`."""

    placed = Signal()
    cancelled = Signal()

    def __init__(self, model: RoomModel, gate: GateModel, field: Field) -> None:
        super().__init__()
        self._model, self._field = model, field
        upload = Upload(model, gate, FILE if control_of(field) is Control.FILE else PICTURE)
        upload.taken.connect(self._place)
        upload.setMinimumHeight(220)
        where = label(place_of(model.envelope, field), ink="muted")
        title = column(label(title_of(field), "title", strong=True), where, gap=0)
        head = row(title, None, tool("x", say("Back to the document"), self.cancelled.emit))
        box = column(head, upload, gap=SPACE.snug)
        box.setContentsMargins(SPACE.around, SPACE.between, SPACE.around, SPACE.between)
        self.setLayout(box)
        self.setFocusProxy(upload)

    def _place(self, picture: PictureValue | FileValue) -> None:
        self._model.fill({self._field.id: picture}, self.placed.emit)
