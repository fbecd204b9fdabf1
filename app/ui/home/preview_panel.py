"""The right side of Home: the chosen envelope at a glance, and what can be done with it."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QScrollArea, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from app.domain.envelope import Envelope, EnvelopeStatus
from app.ui.action import Menu, Place
from app.ui.action_set import ActionSet
from app.ui.frame.menus import fill
from app.ui.home.history import History
from app.ui.home.level_line import LevelLine
from app.ui.home.people import People
from app.ui.home.row_painter import STATES
from app.ui.home.there import Half
from app.ui.icons import SIDE, icon
from app.ui.models.history import condensed
from app.ui.models.preview import THUMBNAIL_HEIGHT, Glance, Preview
from app.ui.models.wording import full_date, until
from app.ui.theme import SPACE
from app.ui.widgets.chip import Chip
from app.ui.widgets.elided import ElidedLabel
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.failure import FailurePanel
from app.ui.widgets.look import clear, column, label, row, selectable, set_look
from app.ui.widgets.paper import Paper

FIRST: Final = {
    EnvelopeStatus.DRAFT: ("envelope.open", "Continue preparing"),
    EnvelopeStatus.OUT: ("envelope.sign", "Start signing"),
    EnvelopeStatus.COMPLETED: ("envelope.export", "Export…"),
}
"""The one next step of a status; for the others a copy is."""
SECOND: Final = {
    EnvelopeStatus.OUT: ("envelope.open", "Open"),
    EnvelopeStatus.COMPLETED: ("envelope.verify", "Verify"),
}


class PreviewPanel(QStackedWidget):
    """Follows a `Preview`.

    `half` is its remote half. Signals: `level_tried`, and `level_chosen` with a lower `Level`, for the envelope shown.
    """

    level_tried = Signal()
    level_chosen = Signal(object)

    def __init__(self, model: Preview, actions: ActionSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_look(self, ground="window")
        self._actions = actions
        self._paper = Paper(THUMBNAIL_HEIGHT)
        self._title = label("", "large", strong=True, wrap=True)
        self._chip = Chip(STATES[EnvelopeStatus.DRAFT])
        self._when = ElidedLabel("", "small", ink="muted")
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(SPACE.inside)
        self._documents = label("", ink="muted", wrap=True)
        self._people = People()
        self.half = Half()
        self._seals = LevelLine()
        self._seals.tried.connect(self.level_tried)
        self._seals.chosen.connect(self.level_chosen)
        self._times = selectable(label("", "small", ink="muted", wrap=True))
        self._history = History()
        self.addWidget(
            EmptyState("mouse-pointer-2", "Nothing chosen", "Choose an envelope in the list to see it here.")
        )
        self.addWidget(self._made())
        self._trouble = QWidget()
        self._trouble.setLayout(column(margin=SPACE.between))
        self.addWidget(self._trouble)
        model.ratio = self.devicePixelRatioF
        model.shown.connect(self._show)
        model.pictured.connect(self._paper.show_picture)
        model.failed.connect(self._fail)

    def _made(self) -> QScrollArea:
        inside = QWidget()
        box = QVBoxLayout(inside)
        box.setContentsMargins(SPACE.between, SPACE.between, SPACE.between, SPACE.around)
        box.setSpacing(SPACE.between)
        box.addWidget(self._paper)
        box.addLayout(column(self._title, row(self._chip, self._when), self._documents))
        box.addLayout(self._buttons)
        box.addLayout(column(label("People", strong=True), self._people, gap=SPACE.snug))
        box.addWidget(self.half)
        box.addWidget(self._seals)
        box.addLayout(column(label("History", strong=True), self._times, self._history, gap=SPACE.snug))
        box.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        set_look(inside, ground="window")
        area.setAccessibleName("The chosen envelope")
        return area

    def _show(self, glance: Glance | None) -> None:
        if glance is None:
            self.setCurrentIndex(0)
            return
        envelope = glance.envelope
        self._title.setText(envelope.title or "Untitled")
        self._chip.show_state(STATES[envelope.status])
        self._when.say(_when(envelope))
        self._documents.setText(_documents(envelope))
        self._people.show_people(envelope)
        self.half.show_there(glance.there)
        self._seals.show_seals(glance.seals)
        self._times.setText("\n".join(glance.times))
        self._times.setVisible(bool(glance.times))
        self._history.show_lines(condensed(glance.history))
        self._offer(envelope.status)
        self.setCurrentIndex(1)

    def _offer(self, status: EnvelopeStatus) -> None:
        """The next step as the primary button, everything else in a menu beside it."""
        clear(self._buttons)
        action_id, words = FIRST.get(status, ("envelope.copy", "Copy into a new draft"))
        first = self._actions.button(action_id, "primary", words)
        self._buttons.addWidget(first, 1)
        if status in SECOND:
            second, words = SECOND[status]
            self._buttons.addWidget(self._actions.button(second, text=words))
        self._buttons.addWidget(self._more())

    def _more(self) -> QToolButton:
        more = QToolButton()
        more.setIcon(icon("ellipsis"))
        more.setFixedSize(SIDE + SPACE.between, SIDE + SPACE.between)
        more.setAccessibleName("More actions")
        more.setToolTip("More actions")
        more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        more.setMenu(envelope_menu(self._actions, more))
        return more

    def _fail(self, error: Exception) -> None:
        from app.ui.frame.failing import failure_of

        layout = self._trouble.layout()
        if layout is not None:
            clear(layout)
            layout.addWidget(FailurePanel(failure_of(error)))
            layout.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setCurrentIndex(2)


def envelope_menu(actions: ActionSet, parent: QWidget) -> QMenu:
    """What can be done with the chosen envelope; also what a right click offers."""
    rows = (row.id for row in actions.rows() if row.place is Place.HOME and row.menu is Menu.ENVELOPE)
    return fill(QMenu(parent), actions, rows)


def _when(envelope: Envelope) -> str:
    now = datetime.now().astimezone()
    changed = full_date(envelope.updated_at, now)
    if envelope.status is EnvelopeStatus.OUT and envelope.expires_at is not None:
        return f"{until(envelope.expires_at, now)} · {changed}"
    return changed


def _documents(envelope: Envelope) -> str:
    """`Agreement, Terms · 4 pages`."""
    pages = sum(len(document.pages) for document in envelope.documents)
    names = ", ".join(document.title for document in envelope.documents)
    return f"{names} · {pages} page{'' if pages == 1 else 's'}" if names else "No documents yet"
