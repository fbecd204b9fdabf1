"""The slim navigation at the left edge of a window."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QSizePolicy, QVBoxLayout, QWidget

from app.ui.frame import NAVIGATION_WIDTH
from app.ui.icons import draw_icon
from app.ui.theme import CORNER, SPACE, TypeSize, Weight, face, qcolor, tokens_of
from app.ui.widgets.look import set_look

ICON: Final = 22


class RailButton(QAbstractButton):
    """Icon over a word; a number beside the icon says how many wait there."""

    def __init__(self, icon: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = icon
        self._count = 0
        self.setText(text)
        self.setCheckable(True)
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def count(self, waiting: int) -> None:
        self._count = waiting
        self.setAccessibleDescription(f"{waiting}" if waiting else "")
        self.update()

    def sizeHint(self) -> QSize:
        text = QFontMetrics(face(TypeSize.SMALL, Weight.SEMIBOLD))
        width = max(NAVIGATION_WIDTH - 2 * SPACE.inside, text.horizontalAdvance(self.text()) + SPACE.tight)
        return QSize(width, SPACE.inside + ICON + SPACE.tight + text.height() + SPACE.inside)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = tokens_of(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        ground = tokens.selected if self.isChecked() else tokens.hover
        if self.isChecked() or self.underMouse() or self.isDown():
            painter.setBrush(qcolor(ground))
            painter.drawRoundedRect(self.rect(), CORNER, CORNER)
        if self.hasFocus():
            painter.setPen(qcolor(tokens.focus))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), CORNER, CORNER)
        ink = tokens.accent if self.isChecked() else tokens.muted
        place = QRect((self.width() - ICON) // 2, SPACE.inside, ICON, ICON)
        draw_icon(painter, place, self._icon, ink)
        painter.setPen(qcolor(tokens.text if self.isChecked() else tokens.muted))
        painter.setFont(face(TypeSize.SMALL, Weight.SEMIBOLD if self.isChecked() else Weight.REGULAR))
        words = self.rect().adjusted(0, place.bottom() + SPACE.tight, 0, -SPACE.tight)
        painter.drawText(words, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, self.text())
        if self._count:
            self._draw_count(painter, place)
        painter.end()

    def _draw_count(self, painter: QPainter, icon: QRect) -> None:
        tokens = tokens_of(self.palette())
        text = f"{self._count}" if self._count < 100 else "99+"
        font = face(TypeSize.SMALL, Weight.SEMIBOLD)
        font.setPixelSize(10)
        painter.setFont(font)
        width = max(16, QFontMetrics(font).horizontalAdvance(text) + 8)
        spot = QRectF(icon.right() - 4, icon.top() - 5, width, 16)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(qcolor(tokens.accent))
        painter.drawRoundedRect(spot, 8, 8)
        painter.setPen(qcolor(tokens.on_accent))
        painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, text)


class Rail(QFrame):
    """Signals: `chosen` with the page's name."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_look(self, ground="rail")
        self.setAccessibleName("Navigation")
        self._buttons: dict[str, RailButton] = {}
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(SPACE.inside, SPACE.snug, SPACE.inside, SPACE.snug)
        self._box.setSpacing(SPACE.tight)
        self._box.addStretch(1)
        self._lower = self._box.count()

    def add(self, name: str, icon: str, text: str, low: bool = False) -> RailButton:
        """`low` stands at the foot of the rail."""
        made = RailButton(icon, text)
        made.clicked.connect(lambda: self.chosen.emit(name))
        self._buttons[name] = made
        if low:
            self._box.addWidget(made)
        else:
            self._box.insertWidget(self._lower - 1, made)
            self._lower += 1
        return made

    def add_menu(self, action: QAction) -> None:
        """The program's menu, opened by a button at the foot."""
        made = RailButton("menu", "Menu")
        made.setCheckable(False)
        made.setToolTip(action.toolTip())
        made.clicked.connect(action.trigger)
        self._box.addWidget(made)
        self.menu_button = made
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Larger type needs a wider rail."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        buttons = self.findChildren(RailButton)
        for button in buttons:
            button.updateGeometry()
        widest = max((button.sizeHint().width() for button in buttons), default=0)
        self.setFixedWidth(max(NAVIGATION_WIDTH, widest + 2 * SPACE.inside))

    def show_chosen(self, name: str) -> None:
        for other, button in self._buttons.items():
            button.setChecked(other == name)

    def count(self, name: str, waiting: int) -> None:
        self._buttons[name].count(waiting)
