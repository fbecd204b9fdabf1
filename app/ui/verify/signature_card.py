"""One signature: who, when, how sure, what changed since; the facts behind a fold."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QFrame, QPushButton, QVBoxLayout, QWidget

from app.ui.models.verdicts import Card
from app.ui.theme import SPACE
from app.ui.widgets.chip import Chip, State
from app.ui.widgets.icon_label import IconLabel
from app.ui.widgets.look import column, label, row, selectable, set_look


class SignatureCard(QFrame):
    """Signals: `place_wanted` to show where it stands, `version_wanted` to show what was signed."""

    place_wanted = Signal(object)
    version_wanted = Signal(int)

    def __init__(self, card: Card, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_look(self, ground="card")
        self._card = card
        self.setAccessibleName(f"Signature of {card.signer}: {card.word[0]}")
        self.setAccessibleDescription(" ".join((card.when, *card.lines, *card.reasons, *card.changes)))
        box = QVBoxLayout(self)
        box.setContentsMargins(SPACE.between, SPACE.snug, SPACE.between, SPACE.snug)
        box.setSpacing(SPACE.inside)
        word, tone, icon = card.word
        box.addLayout(row(label(card.signer, "large", strong=True, wrap=True), None, Chip(State(word, tone, icon))))
        box.addWidget(label(card.when, ink="muted", wrap=True))
        box.addLayout(column(*(label(line, wrap=True) for line in card.lines), gap=SPACE.tight))
        if card.reasons:
            box.addLayout(_listed("info", tone if tone != "good" else "muted", card.reasons))
        if card.changes:
            box.addWidget(label("Since then", strong=True))
            box.addLayout(_listed("history", "muted", card.changes))
        box.addLayout(self._foot())
        box.addWidget(self._details)

    def _foot(self) -> QVBoxLayout:
        self._details = _facts(self._card)
        fold = _link("Details")
        fold.setCheckable(True)
        fold.setAccessibleName(f"Details of the signature of {self._card.signer}")
        fold.toggled.connect(self._details.setVisible)
        line = row(fold, gap=SPACE.inside)
        if self._card.spot is not None:
            show = _link("Show on the page")
            show.clicked.connect(lambda: self.place_wanted.emit(self._card.spot))
            line.addWidget(show)
        if self._card.revision:
            version = _link("Show what was signed")
            version.clicked.connect(lambda: self.version_wanted.emit(self._card.revision))
            line.addWidget(version)
        line.addStretch(1)
        return column(line)


def _link(text: str) -> QPushButton:
    made = QPushButton(text)
    set_look(made, kind="link")
    return made


def _listed(icon: str, tone: str, sentences: tuple[str, ...]) -> QVBoxLayout:
    return column(*(row(IconLabel(icon, tone, 16), label(text, wrap=True)) for text in sentences), gap=SPACE.tight)


def _facts(card: Card) -> QWidget:
    made = QWidget()
    form = QFormLayout(made)
    form.setContentsMargins(0, 0, 0, 0)
    form.setHorizontalSpacing(SPACE.between)
    form.setVerticalSpacing(SPACE.tight)
    for name, value in card.facts:
        shown = selectable(label(_breakable(value), "small", wrap=True))
        shown.setAccessibleName(f"{name}: {value}")
        form.addRow(label(name, "small", ink="muted"), shown)
    made.hide()
    return made


def _breakable(value: str) -> str:
    """Long fingerprints in groups of eight, so that they break into lines and can be read aloud."""
    if len(value) > 40 and " " not in value:
        return " ".join(value[at : at + 8] for at in range(0, len(value), 8))
    return value
