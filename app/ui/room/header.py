"""The slim bar over the document: what is signed, by whom, how much is left, and the one next step."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QMenu, QProgressBar, QPushButton, QToolButton

from app.domain.fields.base import Field
from app.ui.icons import icon
from app.ui.models.room import RoomModel, Screen
from app.ui.models.room_speech import say
from app.ui.models.room_walk import place_of, title_of
from app.ui.models.room_words import left_of, part_of
from app.ui.room.parts import button, name_it, tool
from app.ui.room.tools import view_tools
from app.ui.theme import SPACE, text_scale
from app.ui.widgets.elided import ElidedLabel
from app.ui.widgets.look import column, row, set_look

MOST_LISTED = 24
WIDE_FROM = 900


class Header(QFrame):
    """Signals: `next_pressed`; `field_chosen(Field)` from the list of what is left; `larger`, `smaller`;
    `decline_wanted`, `later_wanted`, `elsewhere_wanted`, `delegate_wanted`, `question_asked` from the menu;
    `help_wanted` for who can hardly read the pages; `large_controls_wanted(bool)`.
    """

    next_pressed = Signal()
    field_chosen = Signal(object)
    larger = Signal()
    smaller = Signal()
    decline_wanted = Signal()
    later_wanted = Signal()
    elsewhere_wanted = Signal()
    delegate_wanted = Signal()
    question_asked = Signal()
    help_wanted = Signal()
    large_controls_wanted = Signal(bool)

    def __init__(self, model: RoomModel) -> None:
        super().__init__()
        self._model = model
        set_look(self, ground="surface")
        self._title = ElidedLabel("", "large", strong=True)
        self._who = ElidedLabel("", "small", ink="muted")
        self._left = QPushButton()
        self._bar = QProgressBar()
        self._next = button(say("Next"), self.next_pressed.emit, "primary")
        self._next.setMinimumWidth(132)
        self._make_progress()
        line = row(column(self._title, self._who, gap=0), self._progress, gap=SPACE.between)
        for part in self._tools():
            line.addWidget(part)
        line.setStretch(0, 1)
        line.setContentsMargins(SPACE.around, SPACE.inside, SPACE.between, SPACE.inside)
        self.setLayout(line)
        model.envelope_changed.connect(self.show_state)
        model.current_changed.connect(self.show_state)
        model.screen_changed.connect(self.show_state)

    def take_focus(self) -> None:
        """To the one next step."""
        self._next.setFocus()

    def show_state(self) -> None:
        if not self._model.is_open:
            return
        recipient, walk = self._model.recipient, self._model.walk
        walking = self._model.screen is Screen.WALK
        self._title.say(self._model.envelope.title)
        self._who.say(f"{recipient.name}, {part_of(recipient).lower()}")
        self._left.setText(left_of(len(walk.missing), walk.required))
        self._left.setAccessibleName(say("{left}. List of the fields that are left", left=self._left.text()))
        self._left.setEnabled(walking and bool(walk.missing))
        self._bar.setRange(0, max(walk.required, 1))
        self._bar.setValue(walk.required - len(walk.missing) if walk.required else 1)
        self._progress.setVisible(walking)
        self._next.setVisible(walking)
        name_it(self._next, self._next_word())

    def _next_word(self) -> str:
        walk = self._model.walk
        if self._model.following is None:
            return say("Finish")
        if self._model.current is not None:
            return say("Next")
        return say("Continue") if len(walk.missing) < walk.required else say("Start")

    def _make_progress(self) -> None:
        set_look(self._left, kind="link")
        self._left.setMinimumHeight(28)
        self._left.clicked.connect(lambda *_: self._list_left())
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(120)
        self._bar.setAccessibleName(say("Fields filled in"))
        self._progress = QFrame()
        box = column(self._left, self._bar, gap=2)
        box.setAlignment(self._bar, Qt.AlignmentFlag.AlignHCenter)
        self._progress.setLayout(box)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room the title matters more: fingers and Ctrl with plus or minus enlarge too."""
        for part in self._sizes:
            part.setVisible(event.size().width() >= WIDE_FROM * text_scale())
        super().resizeEvent(event)

    def _tools(self) -> tuple[QToolButton | QPushButton, ...]:
        more = tool("ellipsis", say("Ask, sign later, or decline"))
        more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(more)
        menu.addAction(icon("circle-question-mark"), say("Ask a question…"), self.question_asked.emit)
        menu.addAction(icon("clock"), say("Sign later…"), self.later_wanted.emit)
        menu.addAction(icon("send"), say("Sign at another place…"), self.elsewhere_wanted.emit)
        menu.addAction(icon("user-plus"), say("Somebody else signs for me…"), self.delegate_wanted.emit)
        menu.addAction(icon("ban"), say("Decline…"), self.decline_wanted.emit)
        menu.addSeparator()
        every = menu.addAction(say("Go through every field, also what is optional"))
        every.setCheckable(True)
        every.setChecked(self._model.through_all)
        every.triggered.connect(self._through_all)
        large = menu.addAction(say("Write at the lower edge, in large controls"))
        large.setCheckable(True)
        large.setChecked(self._model.large_controls)
        large.triggered.connect(self.large_controls_wanted)
        more.setMenu(menu)
        smaller = tool("zoom-out", say("Show the page smaller"), self.smaller.emit)
        larger = tool("zoom-in", say("Show the page larger"), self.larger.emit)
        self._sizes = (smaller, larger)
        reading = tool("book-open", say("Read in large letters, or aloud"), self.help_wanted.emit)
        return smaller, larger, reading, *view_tools(self._model), self._next, more

    def _through_all(self, wanted: bool) -> None:
        self._model.go_through_all(wanted)

    def _list_left(self) -> None:
        self.list_of_left().popup(self._left.mapToGlobal(self._left.rect().bottomLeft()))

    def list_of_left(self) -> QMenu:
        """The required fields that are empty, each a way to itself."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        missing = self._model.walk.missing
        for field in missing[:MOST_LISTED]:
            menu.addAction(self._line_of(field)).triggered.connect(partial(self._choose, field))
        if len(missing) > MOST_LISTED:
            menu.addAction(say("and {n} more", n=len(missing) - MOST_LISTED)).setEnabled(False)
        return menu

    def _choose(self, field: Field, _: bool = False) -> None:
        self.field_chosen.emit(field)

    def _line_of(self, field: Field) -> str:
        return f"{title_of(field)} – {place_of(self._model.envelope, field)}"
