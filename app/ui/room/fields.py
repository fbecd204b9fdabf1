"""The signer's fields on the pages, each at its place whatever the zoom, and the tag beside the one that is next."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRectF, Signal

from app.domain.fields.base import Field, Value
from app.domain.geometry import Rect, Size
from app.domain.ids import FieldId
from app.domain.mark import Mark
from app.tasks import Runner
from app.ui.canvas.layout import PageRef
from app.ui.canvas.view import PageView
from app.ui.models.room import RoomModel, Screen
from app.ui.models.room_speech import say
from app.ui.models.room_tag import place
from app.ui.models.room_walk import by_hand_of, by_itself_of, spoken, title_of, verb_of
from app.ui.room.field_button import FieldButton
from app.ui.room.marks import Artist
from app.ui.room.print import Print
from app.ui.room.tag import Tag
from app.ui.room.voice import Voices


class FieldLayer(QObject):
    """Signals: `pressed(Field)` when a field is to be filled; `stepped(int)` from the keyboard; `focused(Field)`;
    `tag_pressed`.
    """

    pressed = Signal(object)
    focused = Signal(object)
    stepped = Signal(int)
    tag_pressed = Signal()

    def __init__(self, view: PageView, model: RoomModel, artist: Artist, runner: Runner) -> None:
        super().__init__(view)
        self._view, self._model, self._artist = view, model, artist
        self._buttons: dict[FieldId, FieldButton] = {}
        self._automatic: list[FieldButton] = []
        self._is_open = False
        self._preview: tuple[FieldId, Mark | None] | None = None
        self._tag = Tag(view.viewport())
        self._tag.clicked.connect(self.tag_pressed)
        self._print = Print(model.desk, runner, self)
        self._print.arrived.connect(self._place_tag)
        self._voices = Voices(view, model, self._print, self)
        view.moved.connect(self.place)
        model.envelope_changed.connect(self.show_state)
        model.current_changed.connect(self.show_state)
        model.screen_changed.connect(self.show_state)

    def lay(self) -> None:
        """Buttons in reading order, which is also the order of Tab."""
        for button in self._all():
            button.deleteLater()
        envelope, role = self._model.envelope, self._model.desk.role
        self._print.read(self._model.desk.sources())
        self._buttons = {field.id: self._button(field) for field in by_hand_of(envelope, role)}
        paper = self._view.viewport()
        self._automatic = [FieldButton(field, self._artist, paper) for field in by_itself_of(envelope, role)]
        self.show_state()

    def button_of(self, field: Field) -> FieldButton:
        return self._buttons[field.id]

    def box_of(self, field: Field) -> QRectF:
        """In pixels of the viewport."""
        return self._view.from_page(PageRef(field.document, field.page), field.rect)

    def tell_open(self, is_open: bool) -> None:
        """A control is open over the current field: the next thing to do is to go on."""
        self._is_open = is_open
        self.show_state()

    def preview(self, field: Field, mark: Mark | None) -> None:
        """What is being made stands in the field before it is placed."""
        self._preview = (field.id, mark)
        self.show_state()

    def end_preview(self) -> None:
        self._preview = None
        self.show_state()

    def place(self) -> None:
        if not self._model.is_open:
            return
        seen = set(self._view.visible_pages())
        filling = self._model.screen in (Screen.WALK, Screen.READING)
        walk = self._model.walk
        standing = {field.id for field in (*walk.fields, *walk.idle, *self._model.automatic)}
        for button in self._all():
            on_screen = PageRef(button.field.document, button.field.page) in seen and button.field.id in standing
            # One with the focus stays, outside the window if need be: hidden, it would pass the focus on to another.
            placed = on_screen or (button.hasFocus() and button.field.id in standing)
            if placed:
                button.place(self.box_of(button.field))
            button.setVisible(filling and placed)
        self._place_tag()

    def show_state(self) -> None:
        if not self._model.is_open:
            return
        envelope, walk, current = self._model.envelope, self._model.walk, self._model.current
        gaps = {field.id for field in walk.missing}
        by_now = {field.id: field for field in walk.fields}
        for button in self._all():
            field = button.field = by_now.get(button.field.id, button.field)
            value = self._shown(field)
            missing = field.id in gaps and value is None
            # Circles and boxes to be ticked stand there also while they are empty: no words may lie over them.
            drawing = self._artist.field(envelope, field, None if value == "" else value)
            words = spoken(envelope, field, value, missing)
            drawing = None if drawing is not None and drawing.empty else drawing
            button.show_state(drawing, missing, current is not None and field.id == current.id, words)
            button.setEnabled(self._model.screen is Screen.WALK and (field.id in by_now or not button.by_hand))
        self._show_tag()
        self.place()

    def _all(self) -> tuple[FieldButton, ...]:
        return (*self._buttons.values(), *self._automatic)

    def _shown(self, field: Field) -> Value | None:
        if self._preview is not None and self._preview[0] == field.id and self._preview[1] is not None:
            return self._preview[1]
        return self._model.value_of(field)

    def _button(self, field: Field) -> FieldButton:
        button = FieldButton(field, self._artist, self._view.viewport(), lambda step: self._step_from(field, step))
        button.clicked.connect(lambda *_: self.pressed.emit(field))
        button.focused.connect(lambda: self.focused.emit(field))
        button.stepped.connect(self.stepped)
        return button

    def _step_from(self, field: Field, step: int) -> bool:
        beside = self._model.walk.beside(field.id, step)
        if beside is None:
            return False
        self._model.go_to(beside)
        return True

    def _tagged(self) -> Field | None:
        """The field the tag stands beside: the current one, before the walk the first that is needed."""
        if self._model.screen is not Screen.WALK:
            return None
        return self._model.current or self._model.walk.next_missing()

    def _show_tag(self) -> None:
        field = self._tagged()
        if field is None:
            return
        walk = self._model.walk
        if self._model.current is None:
            started = len(walk.missing) < walk.required
            word = say("Continue") if started else say("Start")
        elif field in walk.missing and not self._is_open:
            word = verb_of(field)
        else:
            word = say("Finish") if self._model.following is None else say("Next")
        self._tag.say(word, title_of(field))

    def _taken(self, field: Field) -> list[Rect] | None:
        """What a tag should leave readable near this field, in pixels: print, and the other fields."""
        page = PageRef(field.document, field.page)
        words = self._print.words_on(page)
        if not words:
            return None
        others = [f.rect for f in self._model.walk.fields if f.id != field.id and f.page == field.page]
        return [_rect(self._view.from_page(page, rect)) for rect in (*words, *others)]

    def _place_tag(self) -> None:
        field = self._tagged()
        if field is None or PageRef(field.document, field.page) not in self._view.visible_pages():
            self._tag.hide()
            return
        size = self._tag.sizeHint()
        page = _rect(self._view.frame_of(PageRef(field.document, field.page)).rect_px)
        room = _rect(QRectF(self._view.viewport().rect()))
        taken = self._taken(field)
        self._tag.place(place(Size(size.width(), size.height()), _rect(self.box_of(field)), page, room, taken))
        self._tag.show()
        self._tag.raise_()


def _rect(box: QRectF) -> Rect:
    return Rect(box.x(), box.y(), box.width(), box.height())
