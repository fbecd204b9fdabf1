"""The last look: what is agreed to, every entry with a way back to it, and one honest button."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from app.domain.fields.base import Field, Value
from app.domain.mark import Mark
from app.ui.models.room import RoomModel
from app.ui.models.room_desk import Words
from app.ui.models.room_speech import say
from app.ui.models.room_walk import has_result, place_of, shown_text, title_of
from app.ui.models.room_words import acting
from app.ui.room.marks import Artist, MarkView
from app.ui.room.parts import TOUCH, Card, Foot, arrows, button, empty, name_it, on_desk, set_ready
from app.ui.theme import SPACE
from app.ui.widgets.failure import Failure, FailurePanel
from app.ui.widgets.look import column, label, row, set_look

WIDTH = 760


class ReviewPage(QWidget):
    """Signals: `finished(str)` when the person signs, with their name where that is the act;
    `edit_wanted(Field | None)` for the way back to the document.
    """

    finished = Signal(str)
    edit_wanted = Signal(object)

    def __init__(self, model: RoomModel, artist: Artist) -> None:
        super().__init__()
        self._model, self._artist = model, artist
        self._trouble = QVBoxLayout()
        self._agreed = label("", "large", wrap=True)
        self._documents = label("", ink="muted", wrap=True)
        self._entries = QGridLayout()
        self._entries.setHorizontalSpacing(SPACE.between)
        self._entries.setVerticalSpacing(SPACE.tight)
        self._entries.setColumnStretch(1, 1)
        self._name = QLineEdit()
        self._name.setMinimumHeight(TOUCH)
        self._name.setMaxLength(200)
        set_look(self._name, type="large")
        for tell in (self._name.setPlaceholderText, self._name.setAccessibleName):
            tell(say("Type your full name"))
        self._name.textChanged.connect(lambda _: self._weigh())
        self._name.returnPressed.connect(self._click)
        self._finish = button("", self._finish_once, "primary", "signature")
        card = Card(WIDTH)
        card.box.addWidget(label(say("Check what you have entered"), "title", strong=True))
        card.box.addLayout(self._entries)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(on_desk(card), 1)
        box.addWidget(self._foot())

    def _foot(self) -> Foot:
        """Always in sight, however long the list is."""
        back = button(say("Back to the document"), lambda: self.edit_wanted.emit(None), "quiet", arrows()[0])
        words = column(self._trouble, self._agreed, self._documents, self._name, gap=SPACE.tight)
        deeds = row(back, None, self._finish, gap=SPACE.inside)
        foot = Foot()
        foot.fill(words, deeds)
        return foot

    def begin(self) -> None:
        recipient, envelope = self._model.recipient, self._model.envelope
        empty(self._entries)
        computed = [field for field in self._model.automatic if has_result(field)]
        for number, field in enumerate((*self._model.walk.fields, *computed)):
            self._add(number, field, self._model.value_of(field))
        self._agreed.setText(
            say(acting(recipient).pledge, name=recipient.name, title=envelope.title)
            + " "
            + say("Afterwards nothing of it can be changed unnoticed.")
        )
        pages = [say("{title} ({n} pages)", title=d.title, n=len(d.pages)) for d in self._model.documents]
        self._documents.setText(" · ".join(pages))
        name_it(self._finish, say(acting(recipient).button))
        self._name.clear()
        self._name.setVisible(self._model.attests_by_name)
        self._weigh()
        (self._name if self._model.attests_by_name else self._finish).setFocus()

    def show_trouble(self, words: Words | None) -> None:
        """What went wrong with the last try; nothing was signed."""
        empty(self._trouble)
        self._weigh()
        if words is not None:
            self._trouble.addWidget(FailurePanel(Failure(words.title, words.happened, words.todo)))

    def _finish_once(self) -> None:
        self._finish.setEnabled(False)
        self.show_trouble(None)
        self.finished.emit(self._name.text().strip() if self._model.attests_by_name else "")

    def _click(self) -> None:
        self._finish.click()

    def _weigh(self) -> None:
        if self._model.is_open:
            named = not self._model.attests_by_name or bool(self._name.text().strip())
            set_ready(self._finish, named, say("Type your full name first."))

    def _add(self, number: int, field: Field, value: Value | None) -> None:
        name = QWidget()
        where = label(place_of(self._model.envelope, field), "small", ink="muted")
        name.setLayout(column(label(title_of(field)), where, gap=0))
        self._entries.addWidget(name, number, 0)
        self._entries.addWidget(self._shown(field, value), number, 1)
        if has_result(field):
            self._entries.addWidget(label(say("computed"), ink="muted"), number, 2)
            return
        edit = button(say("Change"), lambda: self.edit_wanted.emit(field), "link")
        edit.setAccessibleName(
            say("Change {field}, {place}", field=title_of(field), place=place_of(self._model.envelope, field))
        )
        self._entries.addWidget(edit, number, 2)

    def _shown(self, field: Field, value: Value | None) -> QWidget:
        if isinstance(value, Mark):
            view = MarkView(self._artist, value, TOUCH + SPACE.snug)
            view.setAccessibleName(shown_text(field, value))
            return view
        text = shown_text(field, value)
        shown: QLabel = label(text or say("left empty"), strong=bool(text), ink="" if text else "muted", wrap=True)
        shown.setMinimumHeight(TOUCH)
        return shown
