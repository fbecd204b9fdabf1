"""A line of the list: title and next step, people, state, date."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.domain.recipient import RecipientStatus
from app.services.reading import Row
from app.ui.models.envelope_list import Index, ListRole
from app.ui.models.wording import STATUS, next_step, short_date
from app.ui.theme import CORNER_SMALL, SPACE, Tokens, TypeSize, Weight, face, qcolor, tokens_of
from app.ui.widgets.badge import Person, draw_badges
from app.ui.widgets.chip import State, chip_height, chip_width, draw_chip

DATE: Final = 72
CHIP: Final = 100
PEOPLE: Final = 98
WIDE: Final = 560
"""Below this width people are left out; below a third less the state too."""

STATES: Final = {status: State(*words) for status, words in STATUS.items()}
MIDDLE: Final = Qt.AlignmentFlag.AlignVCenter
RIGHT: Final = Qt.AlignmentFlag.AlignRight


class RowPainter(QStyledItemDelegate):
    """Paints from ready values only: a line must not cost a millisecond."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        body, small = QFontMetrics(face(TypeSize.BODY)).height(), QFontMetrics(face(TypeSize.SMALL)).height()
        return QSize(200, body + small + 2 + 2 * SPACE.snug)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tokens = tokens_of(option.palette)
        row = index.data(ListRole.ROW)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = self._ground(painter, option, tokens)
        box = QRectF(option.rect).adjusted(SPACE.between, 0, -SPACE.between, 0)
        if isinstance(row, Row):
            self._draw(painter, box, row, tokens, ground)
        else:
            self._draw_pending(painter, box, tokens)
        painter.restore()

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem, tokens: Tokens) -> str:
        """Draws what lies under the line and says which colour it is."""
        box: QRect = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        over = bool(option.state & QStyle.StateFlag.State_MouseOver)
        ground = tokens.selected if chosen else tokens.hover if over else tokens.surface
        painter.fillRect(box, qcolor(ground))
        if not chosen:
            painter.fillRect(box.left() + SPACE.between, box.bottom(), box.width() - 2 * SPACE.between, 1,
                             qcolor(tokens.hairline))  # fmt: skip
        if option.state & QStyle.StateFlag.State_HasFocus and chosen:
            painter.setPen(qcolor(tokens.focus))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(box).adjusted(1.5, 1.5, -1.5, -1.5), CORNER_SMALL, CORNER_SMALL)
        return ground

    def _draw(self, painter: QPainter, box: QRectF, row: Row, tokens: Tokens, ground: str) -> None:
        right = box.right()
        painter.setFont(face(TypeSize.SMALL))
        painter.setPen(qcolor(tokens.muted))
        date = short_date(row.updated_at, datetime.now().astimezone())
        painter.drawText(QRectF(right - DATE, box.top(), DATE, box.height()), MIDDLE | RIGHT, date)
        right -= DATE + SPACE.inside
        if box.width() > WIDE * 2 / 3:
            state = STATES[row.status]
            place = QRectF(right - CHIP, box.center().y() - chip_height() / 2, chip_width(state), chip_height())
            draw_chip(painter, place, state, tokens)
            right -= CHIP + SPACE.between
        if box.width() > WIDE:
            people = people_of(row)
            draw_badges(painter, QRectF(right - PEOPLE, box.top(), PEOPLE, box.height()), people, tokens, ground)
            right -= PEOPLE + SPACE.between
        self._draw_words(painter, QRectF(box.left(), box.top(), right - box.left(), box.height()), row, tokens)

    def _draw_words(self, painter: QPainter, box: QRectF, row: Row, tokens: Tokens) -> None:
        title, small = face(TypeSize.BODY, Weight.SEMIBOLD), face(TypeSize.SMALL)
        upper, lower = QFontMetrics(title), QFontMetrics(small)
        top = box.center().y() - (upper.height() + lower.height() + 2) / 2
        line = QRectF(box.left(), top, box.width(), upper.height())
        painter.setFont(title)
        painter.setPen(qcolor(tokens.text))
        elide = Qt.TextElideMode.ElideRight
        painter.drawText(line, MIDDLE, upper.elidedText(row.title or "Untitled", elide, round(box.width())))
        decliners = tuple(p.name or p.role for p in row.recipients if p.status is RecipientStatus.DECLINED)
        words = next_step(row.status, row.next_step, decliners)
        painter.setFont(small)
        painter.setPen(qcolor(tokens.muted))
        below = QRectF(box.left(), line.bottom() + 2, box.width(), lower.height())
        painter.drawText(below, MIDDLE, lower.elidedText(words, elide, round(box.width())))

    def _draw_pending(self, painter: QPainter, box: QRectF, tokens: Tokens) -> None:
        """Two quiet bars where words will stand."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(qcolor(tokens.hover))
        middle = box.center().y()
        painter.drawRoundedRect(QRectF(box.left(), middle - 14, box.width() * 0.34, 10), 4, 4)
        painter.drawRoundedRect(QRectF(box.left(), middle + 5, box.width() * 0.22, 8), 4, 4)


def people_of(row: Row) -> tuple[Person, ...]:
    """In the envelope's order, which is that of their colours."""
    return tuple(
        Person(party.initials, at, party.name, done=party.status is RecipientStatus.COMPLETED)
        for at, party in enumerate(row.recipients)
    )
