"""The list of envelopes as a widget: a finished one can be dragged out to a folder or a mail."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QDrag
from PySide6.QtWidgets import QListView

from app.ui.home.row_painter import RowPainter
from app.ui.models.envelope_list import EnvelopeList


class Rows(QListView):
    """`carried` makes what a drag takes along, or None when the chosen envelope has nothing finished."""

    def __init__(self, model: EnvelopeList, carried: Callable[[], QMimeData | None]) -> None:
        super().__init__()
        self._carried = carried
        self.setModel(model)
        self.setItemDelegate(RowPainter(self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setDragEnabled(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setAccessibleName("Envelopes")

    def startDrag(self, supported: Qt.DropAction) -> None:
        data = self._carried()
        if data is not None:
            drag = QDrag(self)
            drag.setMimeData(data)
            drag.exec(Qt.DropAction.CopyAction)
