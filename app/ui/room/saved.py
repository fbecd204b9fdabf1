"""Marks this person keeps on this machine, to choose from by looking; nobody else's are ever here."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QGridLayout, QScrollArea, QWidget

from app.ui.models.room_desk import Saved
from app.ui.models.room_speech import say
from app.ui.room.marks import Artist
from app.ui.theme import CORNER_SMALL, LIGHT, PAPER, SPACE, TypeSize, face, qcolor
from app.ui.widgets.look import column, set_look

COLUMNS = 3


class SavedCard(QAbstractButton):
    """One of them, on paper, with its name below."""

    def __init__(self, artist: Artist, saved: Saved) -> None:
        super().__init__()
        self._artist = artist
        self.saved = saved
        self.setCheckable(True)
        self.setAccessibleName(say("Saved: {label}", label=saved.label))

    def sizeHint(self) -> QSize:
        return QSize(220, 96)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = LIGHT.accent if self.isChecked() else LIGHT.focus if self.hasFocus() else LIGHT.hairline
        painter.setPen(QPen(qcolor(edge), 3 if self.isChecked() else 1))
        painter.setBrush(qcolor(PAPER))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), CORNER_SMALL, CORNER_SMALL)
        font = face(TypeSize.SMALL)
        below = QFontMetrics(font).height() + SPACE.tight
        room = QRectF(self.rect()).adjusted(SPACE.snug, SPACE.inside, -SPACE.snug, -SPACE.inside - below)
        if room.width() > 1 and room.height() > 1:
            self._artist.paint(painter, self._artist.mark(self.saved.mark, room.width(), room.height()), room)
        painter.setFont(font)
        painter.setPen(qcolor(LIGHT.muted))
        name = QRectF(room.left(), room.bottom(), room.width(), below)
        painter.drawText(name, Qt.AlignmentFlag.AlignCenter, self.saved.label)
        painter.end()


class SavedMarks(QWidget):
    """Signals: `changed` when another one is chosen."""

    changed = Signal()

    def __init__(self, artist: Artist) -> None:
        super().__init__()
        self._artist = artist
        self._cards = QButtonGroup(self)
        held = QWidget()
        set_look(held, ground="raised")
        self._grid = QGridLayout(held)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(SPACE.inside)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(held)
        self.setLayout(column(area))
        self._cards.idToggled.connect(lambda _, chosen: self.changed.emit() if chosen else None)

    def show_saved(self, found: tuple[Saved, ...]) -> None:
        for number, saved in enumerate(found):
            card = SavedCard(self._artist, saved)
            self._cards.addButton(card, number)
            self._grid.addWidget(card, number // COLUMNS, number % COLUMNS)
        if found:
            self._cards.button(0).setChecked(True)
            self.setFocusProxy(self._cards.button(0))

    @property
    def chosen(self) -> Saved | None:
        card = self._cards.checkedButton()
        return card.saved if isinstance(card, SavedCard) else None

    @property
    def labels(self) -> set[str]:
        return {card.saved.label for card in self._cards.buttons() if isinstance(card, SavedCard)}
