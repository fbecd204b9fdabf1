"""Qt's calendar in the dress of the program: no bar of its own colour, no red weekends, arrows for fingers."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QLocale, QSize, Qt
from PySide6.QtGui import QPalette, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QToolButton

from app.ui.icons import icon
from app.ui.models.room_speech import phrase, say, spoken_language
from app.ui.theme import text_scale

BAR: Final = "qt_calendar_navigationbar"
ARROWS: Final = (
    ("qt_calendar_prevmonth", "chevron-left", phrase("Month before")),
    ("qt_calendar_nextmonth", "chevron-right", phrase("Month after")),
)
"""Names that Qt gives the parts; a part that is not found keeps its own look."""


class Calendar(QCalendarWidget):
    """Days only; the week begins where the person's language begins it."""

    def __init__(self) -> None:
        super().__init__()
        self.setLocale(QLocale(spoken_language().code))
        self.setGridVisible(False)
        self.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.setMinimumSize(QSize(310, 280) * text_scale())
        for name, picture, says in ARROWS:
            arrow = self.findChild(QToolButton, name)
            if arrow is not None:
                arrow.setIcon(icon(picture))
                arrow.setAccessibleName(say(says))
        self._dress()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()

    def _dress(self) -> None:
        plain = QTextCharFormat()
        plain.setForeground(self.palette().brush(QPalette.ColorRole.Text))
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.setWeekdayTextFormat(day, plain)
