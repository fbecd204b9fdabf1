"""What lies over the room while something is asked: one sheet at a time, with everything below out of reach."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.ui.room.parts import on_desk
from app.ui.theme import qcolor, tokens_of
from app.ui.widgets.look import set_look

MOST_DOCKED: Final = 0.66
"""Of the window's height: what the sheet is about must be seen above it."""


class SheetLayer(QWidget):
    """Covers `window`. While a sheet is shown, `ground` is disabled: no key and no finger reaches it.

    A docked sheet stands at the lower edge, full width, and leaves what is above to be seen; any other one stands in
    the middle over a dimmed room, or, where the layer is `opaque`, over nothing. Esc puts a sheet away that may be
    put away, and never anything more.

    Signals: `emptied` when the last sheet has gone.
    """

    emptied = Signal()

    def __init__(self, window: QWidget, ground: QWidget, *, opaque: bool = False) -> None:
        super().__init__(window)
        self._opaque = opaque
        self._window = window
        self._ground = ground
        self._sheet: QWidget | None = None
        self._holder: QWidget | None = None
        self._docked, self._fixed = False, False
        self._focus_before: QWidget | None = None
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        window.installEventFilter(self)
        self.hide()

    @property
    def sheet(self) -> QWidget | None:
        return self._sheet

    @property
    def docked_px(self) -> int:
        """How much of the lower part of the window a docked sheet takes."""
        if self._holder is None or not self._docked:
            return 0
        return min(self._holder.sizeHint().height(), round(self._window.height() * MOST_DOCKED))

    def put(self, sheet: QWidget, *, docked: bool = False, fixed: bool = False) -> None:
        """Replaces the sheet there is; a `fixed` one does not go by Esc."""
        if self._sheet is None:
            self._focus_before = self.window().focusWidget()
        self._drop()
        self._sheet, self._docked, self._fixed = sheet, docked, fixed
        self._holder = self._dock(sheet) if docked else self._middle(sheet)
        self._ground.setEnabled(False)
        self.setGeometry(self._window.rect())
        self.show()
        self.raise_()
        # A sheet that went on passing its focus on would lead Tab past everything above that place.
        first = sheet.focusProxy() or sheet
        sheet.setFocusProxy(None)  # type: ignore[arg-type]
        first.setFocus(Qt.FocusReason.PopupFocusReason)

    def clear(self) -> None:
        if self._sheet is None:
            return
        self._drop()
        self.hide()
        self._ground.setEnabled(True)
        before, self._focus_before = self._focus_before, None
        if before is not None and before.isVisible():
            before.setFocus(Qt.FocusReason.PopupFocusReason)
        self.emptied.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._window.rect())
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self._fixed:
            self.clear()
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._docked:
            return
        painter = QPainter(self)
        tokens = tokens_of(self.palette())
        dim = qcolor(tokens.shadow, 0.55 if tokens.is_dark else 0.32)
        painter.fillRect(self.rect(), qcolor(tokens.desk) if self._opaque else dim)
        painter.end()

    def _dock(self, sheet: QWidget) -> QWidget:
        frame = QFrame()
        frame.setMaximumHeight(round(self._window.height() * MOST_DOCKED))
        set_look(frame, ground="raised")
        box = QVBoxLayout(frame)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(sheet)
        self._box.addStretch(1)
        self._box.addWidget(frame)
        return frame

    def _middle(self, sheet: QWidget) -> QWidget:
        area = on_desk(sheet, see_through=True)
        self._box.addWidget(area)
        return area

    def _drop(self) -> None:
        if self._holder is not None:
            self._holder.hide()
            self._holder.deleteLater()
        while self._box.takeAt(0) is not None:
            continue
        self._sheet = self._holder = None
