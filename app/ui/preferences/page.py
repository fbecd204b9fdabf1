"""The page Preferences: one card for each section of the declarations, saved as one chooses."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from app.domain.changes import Changes
from app.settings import Declaration
from app.ui.action import Standing
from app.ui.desk import Desk
from app.ui.models.declared import Chosen, Section, sections
from app.ui.preferences.controls import Show, control_of
from app.ui.preferences.designs import DesignsCard
from app.ui.preferences.identities import IdentitiesCard
from app.ui.preferences.pin import PinCard
from app.ui.preferences.signatures import SignaturesCard
from app.ui.preferences.trust import TrustCard
from app.ui.theme import SPACE
from app.ui.widgets.look import column, label, rule, set_look

WIDEST: Final = 760


class PreferencesPage(QWidget):
    """Every setting a person may choose; each takes effect at once."""

    standing_changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._chosen = Chosen(desk.house, desk.runner, self)
        self._shows: dict[str, Show] = {}
        self._groups: list[tuple[QWidget, list[tuple[str, QWidget, QWidget]]]] = []
        self._chosen.saved.connect(desk.publish)
        self._chosen.refused.connect(desk.notices.fail)
        desk.changed.connect(self.take_changes)
        self._search = QLineEdit()
        self._search.setPlaceholderText("Search preferences")
        self._search.setAccessibleName("Search preferences")
        self._search.setFixedWidth(240)
        set_look(self._search, search=True)
        self._search.textChanged.connect(self._narrow)
        self._lay_out()
        self._show()

    def standing(self) -> Standing:
        return Standing()

    def panels(self) -> list[QWidget]:
        return [self._search]

    def take_changes(self, changes: Changes) -> None:
        if changes.touches("setting"):
            self._show()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(label("Preferences", "title", strong=True))
        head.addStretch(1)
        head.addWidget(self._search)
        cards = column(gap=SPACE.around)
        for section in sections():
            cards.addWidget(self._section(section))
            if section.title == "Signing in person":
                cards.addWidget(PinCard(self._desk))
                cards.addWidget(SignaturesCard(self._desk))
            if section.title == "Sealing":
                cards.addWidget(IdentitiesCard(self._desk))
                cards.addWidget(TrustCard(self._desk))
                cards.addWidget(DesignsCard(self._desk))
        inner = QWidget()
        inner.setMaximumWidth(WIDEST)
        inner.setLayout(column(head, cards, None, gap=SPACE.around, margin=SPACE.around))
        middle = QWidget()
        line = QHBoxLayout(middle)
        line.setContentsMargins(0, 0, 0, 0)
        line.addStretch(1)
        line.addWidget(inner, 8)
        line.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(middle)
        area.setAccessibleName("Preferences")
        set_look(middle, ground="window")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(area)

    def _section(self, section: Section) -> QWidget:
        card = QFrame()
        set_look(card, ground="card")
        lines = QVBoxLayout(card)
        lines.setContentsMargins(SPACE.between, SPACE.inside, SPACE.between, SPACE.inside)
        lines.setSpacing(0)
        sought: list[tuple[str, QWidget, QWidget]] = []
        for declared in section.settings:
            above, line = rule(), self._line(declared)
            above.setVisible(bool(sought))
            lines.addWidget(above)
            lines.addWidget(line)
            sought.append((f"{declared.title} {declared.help} {declared.section}".casefold(), line, above))
        group = QWidget()
        group.setLayout(column(label(section.title, "large", strong=True), card))
        self._groups.append((group, sought))
        return group

    def _line(self, declared: Declaration) -> QWidget:
        control, show = control_of(declared, lambda value: self._chosen.choose(declared.key, value))
        self._shows[declared.key] = show
        words = column(label(declared.title), label(declared.help, "small", ink="muted", wrap=True), gap=2)
        line = QWidget()
        box = QHBoxLayout(line)
        box.setContentsMargins(0, SPACE.snug, 0, SPACE.snug)
        box.setSpacing(SPACE.around)
        box.addLayout(words, 1)
        box.addWidget(control, 0, Qt.AlignmentFlag.AlignVCenter)
        return line

    def _show(self) -> None:
        for key, show in self._shows.items():
            show(self._chosen.value(key))

    def _narrow(self, wanted: str) -> None:
        """Lines that speak of it, and the sections that still have one."""
        for group, lines in self._groups:
            any_yet = False
            for text, line, above in lines:
                fits = wanted.strip().casefold() in text
                line.setVisible(fits)
                above.setVisible(fits and any_yet)
                any_yet = any_yet or fits
            group.setVisible(any_yet)
