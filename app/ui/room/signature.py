"""Adopting a signature or initials: draw, type or bring a picture, and see it in its field while it is made."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QPushButton, QStackedWidget, QWidget

from app.domain.fields.base import Field, PictureValue
from app.domain.mark import Mark
from app.ui.models.room import RoomModel
from app.ui.models.room_asking import nothing_more
from app.ui.models.room_desk import Saved, Words
from app.ui.models.room_gate import GateModel
from app.ui.models.room_speech import phrase, say
from app.ui.models.room_walk import Control, control_of, place_of
from app.ui.room.hands import Hands
from app.ui.room.marks import Artist, MarkView
from app.ui.room.pad import Pad
from app.ui.room.parts import TOUCH, button, set_ready, tool
from app.ui.room.saved import SavedMarks
from app.ui.room.trimmer import Trimmer
from app.ui.room.upload import Upload
from app.ui.theme import SPACE
from app.ui.widgets.announce import announce
from app.ui.widgets.look import column, label, row, set_look

DRAW, TYPE, UPLOAD, SAVED = range(4)
TABS = (phrase("Draw"), phrase("Type"), phrase("Picture"), phrase("Saved"))


@dataclass(frozen=True)
class MarkWords:
    """What is said about one kind of mark: phrases."""

    title: str
    place: str
    all: str
    note: str
    hint: str
    typed: str


MARK_WORDS = {
    Control.SIGNATURE: MarkWords(
        phrase("Your signature"),
        phrase("Place signature"),
        phrase("Use for all {n} of my signature fields"),
        phrase("By placing it you adopt it as your signature for this envelope."),
        phrase("Sign here"),
        phrase("Your signature, typed"),
    ),
    Control.INITIALS: MarkWords(
        phrase("Your initials"),
        phrase("Place initials"),
        phrase("Use for all {n} of my initials fields"),
        phrase("By placing them you adopt them as your initials for this envelope."),
        phrase("Write your initials here"),
        phrase("Your initials, typed"),
    ),
}


class SignatureSheet(QWidget):
    """Docked below its field.

    Signals: `previewed(Mark | None)` with each change; `placed` after it stands in its fields; `cancelled`.
    """

    previewed = Signal(object)
    placed = Signal()
    cancelled = Signal()

    def __init__(self, model: RoomModel, artist: Artist, gate: GateModel, field: Field) -> None:
        super().__init__()
        self._model, self._field = model, field
        self._control = control_of(field)
        self.words = MARK_WORDS[self._control]
        self._picture: Mark | None = None
        self._tabs = QButtonGroup(self)
        self._stack = QStackedWidget()
        self._said = label("", "large", ink="bad", wrap=True)
        self._places = model.same_control(field)
        self._one_by_one = model.envelope.confirm_each_field and len(self._places) > 1
        self._all = QCheckBox(say(self.words.all, n=len(self._places)))
        self._all.setMinimumHeight(TOUCH)
        if len(self._places) == 1 or self._one_by_one:
            self._all.hide()
        self._keep = QCheckBox(say("Keep it for me on this device"))
        self._keep.setMinimumHeight(TOUCH)
        if model.desk.habits().unattended:
            self._keep.hide()
        self._place = button(say(self.words.place), self._adopt, "primary", "check")
        self._make_ways(artist, gate)
        self._lay_out()
        self._begin()

    @property
    def mark(self) -> Mark | None:
        """What would be placed now."""
        way = self._tabs.checkedId()
        if way == DRAW:
            return self._pad.mark
        if way == SAVED:
            return self._saved.chosen.mark if self._saved.chosen is not None else None
        return self._hands.mark if way == TYPE else self._picture

    def choose(self, way: int) -> None:
        """DRAW, TYPE, UPLOAD or SAVED."""
        self._tabs.button(way).setChecked(True)

    def _make_ways(self, artist: Artist, gate: GateModel) -> None:
        recipient = self._model.recipient
        text = recipient.initials if self._control is Control.INITIALS else recipient.name
        self._pad = Pad(say(self.words.hint))
        self._pad.setMinimumHeight(170)
        self._hands = Hands(artist, text, say(self.words.typed))
        self._upload = Upload(self._model, gate)
        self._shown = MarkView(artist, height=150)
        self._undo = button(say("Undo"), self._pad.undo, "quiet", "undo-2")
        self._clear = button(say("Clear"), self._pad.clear, "quiet", "eraser")
        drawn, pictured = QWidget(), QWidget()
        drawn.setLayout(column(self._pad, row(None, self._undo, self._clear), gap=SPACE.tight))
        self._trimmer = Trimmer()
        self._trimmer.changed.connect(self._upload.trim)
        pictured.setLayout(row(self._upload, column(self._shown, self._trimmer, gap=SPACE.tight), gap=SPACE.between))
        self._saved = SavedMarks(artist)
        self._saved.changed.connect(self._changed)
        for page in (drawn, self._hands, pictured, self._saved):
            self._stack.addWidget(page)
        self._pad.changed.connect(self._changed)
        self._hands.changed.connect(self._changed)
        self._upload.taken.connect(self._picture_taken)
        shortcut = QShortcut(QKeySequence.StandardKey.Undo, self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self._pad.undo)

    def _lay_out(self) -> None:
        tabs = row(gap=0)
        for way, name in enumerate(TABS):
            tab = QPushButton(say(name))
            tab.setCheckable(True)
            tab.setMinimumSize(96, TOUCH)
            set_look(tab, type="large")
            self._tabs.addButton(tab, way)
            tabs.addWidget(tab)
        where = label(place_of(self._model.envelope, self._field), ink="muted")
        title = column(label(say(self.words.title), "title", strong=True), where, gap=0)
        head = row(title, None, tabs, tool("x", say("Back to the document"), self.cancelled.emit), gap=SPACE.around)
        told = say(self.words.note)
        if self._one_by_one:
            told += " " + say("The sender wants each place confirmed by itself: afterwards, press on every other one.")
        note = label(told, ink="muted", wrap=True)
        self._tabs.button(SAVED).hide()
        foot = row(column(self._all, self._keep, gap=0), note, self._place, gap=SPACE.between)
        foot.setStretch(1, 1)
        box = column(head, self._stack, self._said, foot, gap=SPACE.snug)
        box.setStretch(1, 1)
        box.setContentsMargins(SPACE.around, SPACE.between, SPACE.around, SPACE.between)
        self.setLayout(box)

    def _begin(self) -> None:
        """With what was adopted before, if it was typed; strokes and pictures are made anew."""
        self._tabs.idToggled.connect(lambda way, chosen: self._show(way) if chosen else None)
        before = self._model.adopted(self._control)
        typed = before is not None and before.capture == "typed"
        if before is not None and typed:
            self._hands.take(before)
        self.choose(TYPE if typed else DRAW)
        initials = self._control is Control.INITIALS
        self._model.start(lambda: self._model.desk.saved_marks(initials), self._offer_saved, nothing_more)

    def _offer_saved(self, found: tuple[Saved, ...]) -> None:
        """A vault that cannot be opened offers nothing, and stands in nobody's way."""
        self._saved.show_saved(found)
        self._tabs.button(SAVED).setVisible(bool(found))

    def _show(self, way: int) -> None:
        self._stack.setCurrentIndex(way)
        if way == TYPE:
            self._hands.select_name()
        self._keep.setEnabled(way != SAVED)
        page = (self._pad, self._hands, self._upload, self._saved)[way]
        if self.isVisible():
            page.setFocus()
        else:
            self.setFocusProxy(page)
        self._changed()

    def _changed(self) -> None:
        self._said.clear()
        self._said.hide()
        self._undo.setEnabled(bool(self._pad.strokes))
        self._clear.setEnabled(bool(self._pad.strokes))
        asks = (say("Draw it first."), say("Type it first."), say("Choose a picture first."), say("Choose one first."))
        set_ready(self._place, self.mark is not None, asks[max(self._tabs.checkedId(), 0)])
        self.previewed.emit(self.mark)

    def _picture_taken(self, picture: PictureValue) -> None:
        self._picture = Mark("image", picture=picture.sha256, picture_size=(picture.width, picture.height))
        self._shown.show_mark(self._picture)
        self._trimmer.show()
        self._changed()

    def _adopt(self) -> None:
        mark = self.mark
        if mark is None or not self._place.isEnabled():
            return
        self._place.setEnabled(False)
        chosen = self._saved.chosen
        if self._tabs.checkedId() == SAVED and chosen is not None:
            self._model.start(lambda: self._model.desk.use_mark(chosen.id), self._put, self._refused)
        else:
            self._put(mark)

    def _put(self, mark: Mark) -> None:
        places = self._places if self._all.isChecked() else (self._field,)
        self._model.adopt(mark, self._control, places, partial(self._placed, mark), self._refused)

    def _placed(self, mark: Mark) -> None:
        """It stands in its fields; whether it could also be kept is no matter for the envelope."""
        if self._keep.isChecked() and self._keep.isEnabled():
            model, initials, words = self._model, self._control is Control.INITIALS, self._label()
            model.start(lambda: model.desk.save_mark(words, mark, initials), lambda _: None, model.failed.emit)
        self.placed.emit()

    def _label(self) -> str:
        """One that none of theirs has yet."""
        base = f"{say(TABS[self._tabs.checkedId()])}, {self._model.desk.today()}"
        number = sum(label.startswith(base) for label in self._saved.labels)
        return f"{base} ({number + 1})" if number else base

    def _refused(self, words: Words) -> None:
        self._place.setEnabled(True)
        self._said.setText(f"{words.title}. {words.happened} {words.todo}")
        self._said.show()
        announce(self, self._said.text(), urgent=True)
