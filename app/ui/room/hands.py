"""A typed signature: one's name in eight hands, to choose from by looking."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QGridLayout, QLineEdit, QScrollArea, QSizePolicy, QWidget

from app.domain.mark import HANDS, Mark
from app.ui.models.room_speech import say
from app.ui.room.marks import Artist
from app.ui.room.parts import TOUCH
from app.ui.theme import CORNER_SMALL, LIGHT, PAPER, SPACE, qcolor
from app.ui.widgets.look import column, label, set_look

COLUMNS = 4


class HandCard(QAbstractButton):
    """One hand, written with the person's own name."""

    def __init__(self, artist: Artist, hand: str) -> None:
        super().__init__()
        self._artist = artist
        self.hand = hand
        self._text = ""
        self.setCheckable(True)
        self.setMinimumHeight(TOUCH)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(say("Hand {name}", name=hand.replace("-", " ")))

    def show_text(self, text: str) -> None:
        self._text = text
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(180, 76)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = self.isChecked() or self.hasFocus()
        # On paper, which is white in every scheme.
        edge = LIGHT.accent if self.isChecked() else LIGHT.focus if self.hasFocus() else LIGHT.hairline
        painter.setPen(QPen(qcolor(edge), 3 if self.isChecked() else 2 if chosen else 1))
        painter.setBrush(qcolor(PAPER))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), CORNER_SMALL, CORNER_SMALL)
        room = QRectF(self.rect()).adjusted(SPACE.snug, SPACE.inside, -SPACE.snug, -SPACE.inside)
        if self._text.strip() and room.width() > 1 and room.height() > 1:
            mark = Mark("typed", text=self._text, hand=self.hand)
            self._artist.paint(painter, self._artist.mark(mark, room.width(), room.height()), room)
        painter.end()


class Hands(QWidget):
    """Signals: `changed` when another name or hand is chosen."""

    changed = Signal()

    def __init__(self, artist: Artist, text: str, what: str) -> None:
        super().__init__()
        self._artist = artist
        self._name = QLineEdit(text)
        self._name.setMinimumHeight(TOUCH)
        self._name.setMaxLength(80)
        self._name.setAccessibleName(what)
        set_look(self._name, type="large")
        self._cards = QButtonGroup(self)
        self._missing = label("", ink="warn", wrap=True)
        grid = QGridLayout()
        grid.setSpacing(SPACE.inside)
        for number, hand in enumerate(HANDS):
            card = HandCard(artist, hand)
            self._cards.addButton(card, number)
            grid.addWidget(card, number // COLUMNS, number % COLUMNS)
        self._cards.button(HANDS.index("caveat")).setChecked(True)
        held = QWidget()
        held.setLayout(grid)
        grid.setContentsMargins(0, 0, 0, 0)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(held)
        set_look(held, ground="raised")
        box = column(self._name, area, self._missing, gap=SPACE.inside)
        box.setStretch(1, 1)
        self.setLayout(box)
        self.setFocusProxy(self._name)
        self._name.textChanged.connect(lambda _: self._show())
        self._cards.idToggled.connect(lambda _, chosen: self._show() if chosen else None)
        self._show()

    @property
    def mark(self) -> Mark | None:
        """None while nothing is typed, or no face has the letters."""
        text = self._name.text().strip()
        mark = Mark("typed", text=text, hand=HANDS[self._cards.checkedId()])
        return mark if text and self._artist.mark(mark, 100, 30) is not None else None

    def take(self, mark: Mark) -> None:
        """Begins with a mark that was typed before."""
        self._name.setText(mark.text)
        self._cards.button(HANDS.index(mark.hand)).setChecked(True)

    def select_name(self) -> None:
        """Typing replaces the name that is offered."""
        self._name.selectAll()

    def _show(self) -> None:
        text = self._name.text().strip()
        for card in self._cards.buttons():
            if isinstance(card, HandCard):
                card.show_text(text)
        said = (
            say("No hand here can write “{text}”. Please draw it instead.", text=text)
            if text and self.mark is None
            else ""
        )
        self._missing.setText(said)
        self._missing.setVisible(bool(said))
        self.changed.emit()
