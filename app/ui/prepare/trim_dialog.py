"""Cropping and straightening a scan by hand, with the page as it will be."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QDialog, QDoubleSpinBox, QPushButton, QSlider, QWidget

from app.domain.geometry import Rect, Size
from app.ui.prepare.trim_view import TrimView
from app.ui.theme import SPACE
from app.ui.widgets.look import column, label, row, set_look

MOST_DEGREES: Final = 20.0
PER_DEGREE: Final = 10
"""Steps of the slider."""


class TrimDialog(QDialog):
    """Signals: `wanted(degrees clockwise, Rect or None)`; `lean_wanted` when the program is to find how it leans."""

    wanted = Signal(float, object)
    lean_wanted = Signal()

    def __init__(self, title: str, size: Size, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Crop and straighten")
        room = self.screen().availableSize()
        self.resize(min(720, room.width() - 2 * SPACE.apart), min(820, room.height() - 2 * SPACE.apart))
        self.view = TrimView(size)
        self.degrees = QDoubleSpinBox()
        self.degrees.setRange(-MOST_DEGREES, MOST_DEGREES)
        self.degrees.setDecimals(1)
        self.degrees.setSingleStep(0.1)
        self.degrees.setSuffix("°")
        self.degrees.setAccessibleName("Turn clockwise, degrees")
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(round(-MOST_DEGREES * PER_DEGREE), round(MOST_DEGREES * PER_DEGREE))
        self.slider.setAccessibleName("Turn clockwise")
        self._said = label("", "small", ink="muted")
        self._apply = QPushButton("Apply")
        set_look(self._apply, kind="primary")
        self._lay_out(title)
        self.slider.valueChanged.connect(lambda steps: self.degrees.setValue(steps / PER_DEGREE))
        self.degrees.valueChanged.connect(self._turn)
        self.view.framed.connect(lambda _: self._weigh())
        self._apply.clicked.connect(self._want)
        self._weigh()

    def show_page(self, image: QImage) -> None:
        self.view.show_page(image)

    def show_lean(self, degrees: float) -> None:
        """What the program found."""
        self.degrees.setValue(degrees)
        self._said.setText("" if degrees else "It stands straight already, or is no scan.")

    def _lay_out(self, title: str) -> None:
        find = QPushButton("Straighten by itself")
        find.clicked.connect(self.lean_wanted)
        whole = QPushButton("Whole page")
        whole.clicked.connect(lambda: self.view.reframe(self.view.whole))
        back = QPushButton("Cancel")
        back.clicked.connect(self.reject)
        for button in (find, whole, back):
            button.setAutoDefault(False)
        tools = row(label("Turn", ink="muted"), self.slider, self.degrees, find, whole, gap=SPACE.inside)
        tools.setStretch(1, 1)
        says = label(
            f"{title}: draw a frame round what is to be kept. Fields go along; undo brings everything back.",
            ink="muted", wrap=True,
        )  # fmt: skip
        foot = row(self._said, None, back, self._apply)
        box = column(says, self.view, tools, foot, gap=SPACE.snug, margin=SPACE.around)
        box.setStretch(1, 1)
        self.setLayout(box)

    def _turn(self, degrees: float) -> None:
        self.slider.blockSignals(True)
        self.slider.setValue(round(degrees * PER_DEGREE))
        self.slider.blockSignals(False)
        self.view.lean(degrees)
        self._weigh()

    def _weigh(self) -> None:
        changed = self.view.frame != self.view.whole or bool(self.degrees.value())
        self._apply.setEnabled(changed)
        self._apply.setToolTip("" if changed else "Turn the page or draw a frame first.")

    def _want(self) -> None:
        frame: Rect | None = self.view.frame if self.view.frame != self.view.whole else None
        self.accept()
        self.wanted.emit(self.degrees.value(), frame)
