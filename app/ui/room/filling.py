"""Filling one field: the control that opens over it, storing what is written, and saying what does not fit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QRectF, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from app.domain.fields.base import Field
from app.domain.ids import FieldId
from app.ui.canvas.view import PageView
from app.ui.models.room import RoomModel
from app.ui.models.room_desk import Words
from app.ui.models.room_walk import Control, control_of
from app.ui.room.bubble import Bubble
from app.ui.room.entries import entry_for, has_entry
from app.ui.room.entries.base import Entry
from app.ui.room.fields import FieldLayer

STORES_AFTER_MS: Final = 800
"""A pause in writing: what stands there is stored, so that a power cut costs no sentence."""

Then = Callable[[], None]


def _stay() -> None:
    """After storing, stay where one is."""


class Filling(QObject):
    """One field at a time. Leaving it stores what was entered; what does not fit keeps the field open.

    Signals: `mark_wanted(Field)`, `picture_wanted(Field)` for what has a sheet of its own; `stepped(int)` when the
    person went on or back and everything is stored.
    """

    mark_wanted = Signal(object)
    picture_wanted = Signal(object)
    stepped = Signal(int)

    def __init__(self, view: PageView, model: RoomModel, layer: FieldLayer) -> None:
        super().__init__(view)
        self._view, self._model, self._layer = view, model, layer
        self._entry: Entry | None = None
        self._wrong: Field | None = None
        self._bubble = Bubble(view.viewport())
        self._explained: Field | None = None
        self._hint = Bubble(view.viewport(), calm=True)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(STORES_AFTER_MS)
        self._pause.timeout.connect(self._store_quietly)
        view.moved.connect(self._place)
        model.refused.connect(self._refused)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)

    @property
    def entry(self) -> Entry | None:
        """The control that is open."""
        return self._entry

    @property
    def said(self) -> str:
        """What is said to be wrong."""
        return self._bubble.text if self._bubble.isVisible() else ""

    @property
    def hint(self) -> str:
        """What is told about the field, nothing being wrong."""
        return self._hint.text if self._hint.isVisible() else ""

    def explain(self, field: Field, words: str) -> None:
        """Beside it, until one goes on."""
        if words and not self._bubble.isVisible():
            self._explained = field
            self._hint.tell(words)
            self._place()

    def fill(self, field: Field) -> None:
        """What a press on the field means."""
        match control_of(field):
            case Control.TICK:
                self._toggle(field)
            case Control.PICTURE | Control.FILE:
                self.picture_wanted.emit(field)
            case control if control.is_mark:
                self._sign(field)
            case _:
                self.open(field)

    def open(self, field: Field) -> None:
        if self._entry is not None and self._entry.field.id == field.id:
            self._entry.setFocus()
            return
        self.close()
        self._entry = entry = entry_for(field, self._model.offered(field), self._view.viewport())
        entry.stepped.connect(lambda step: self.leave(lambda: self.stepped.emit(step)))
        entry.chosen.connect(lambda: self.leave(_stay))
        entry.given_up.connect(self._give_up)
        entry.typed.connect(self._typed)
        entry.reshaped.connect(self._place)
        self._place()
        entry.show()
        entry.raise_()
        entry.setFocus()
        self._layer.tell_open(True)

    def open_if_written(self, field: Field) -> None:
        """On the walk, what is written or chosen opens by itself."""
        if has_entry(field):
            self.open(field)
        else:
            self.close()
            self._layer.button_of(field).setFocus()

    def leave(self, then: Then) -> None:
        """Stores what is open, and then does `then`; not, if it does not fit."""
        entry = self._entry
        if entry is None:
            then()
            return
        self._pause.stop()
        field, value = entry.field, entry.value()
        before = self._model.value_of(field)
        if value == before or (value == "" and before is None):
            self._closed_then(then)
            return
        self._model.fill({field.id: value}, lambda: self._closed_then(then))

    def close(self) -> None:
        """Puts the control away without storing."""
        self._pause.stop()
        self._hush()
        self._hint.hide()
        entry, self._entry = self._entry, None
        if entry is not None:
            if self._has_focus(entry):
                # Hidden with the focus in it, Qt would pass the focus on to some field, and the walk would follow.
                self._view.setFocus()
            entry.hide()
            entry.deleteLater()
            self._layer.tell_open(False)

    def _closed_then(self, then: Then) -> None:
        entry = self._entry
        had_focus = entry is not None and self._has_focus(entry)
        self.close()
        if entry is not None and had_focus:
            self._layer.button_of(entry.field).setFocus()
        then()

    def _has_focus(self, entry: Entry) -> bool:
        return entry.holds(self._view.window().focusWidget())

    def _toggle(self, field: Field) -> None:
        self._hush()
        self._model.fill({field.id: self._model.value_of(field) is not True})

    def _sign(self, field: Field) -> None:
        """An adopted mark is placed with one press; a field that is filled opens the sheet again."""
        adopted = self._model.adopted(control_of(field))
        if adopted is not None and self._model.value_of(field) is None:
            self._model.fill({field.id: adopted})
        else:
            self.mark_wanted.emit(field)

    def _give_up(self) -> None:
        field = self._entry.field if self._entry is not None else None
        self.close()
        if field is not None:
            self._layer.button_of(field).setFocus()

    def _typed(self) -> None:
        self._hush()
        self._pause.start()

    def _store_quietly(self) -> None:
        if self._entry is not None and self._entry.value() != "":
            self._model.fill({self._entry.field.id: self._entry.value()}, quiet=True)

    def _refused(self, name: str, words: Words) -> None:
        self._wrong = self._model.envelope.field(FieldId(name))
        self._hint.hide()
        self._bubble.say(words)
        self._place()
        if self._entry is not None and self._entry.field.id == name:
            self._entry.setFocus()

    def _hush(self) -> None:
        self._wrong = None
        self._bubble.hide()

    def _focus_moved(self, old: QWidget | None, new: QWidget | None) -> None:
        """A press elsewhere leaves the field. A calendar or a menu of its own, and another program, do not."""
        entry = self._entry
        if entry is None or new is None or entry.holds(new) or not entry.holds(old):
            return
        if new.window() is entry.window():
            self.leave(_stay)

    def place(self) -> None:
        """Once more, where something about the room has changed."""
        self._place()

    def _place(self) -> None:
        room = QRectF(self._view.viewport().rect())
        if self._entry is not None and self._model.large_controls:
            self._entry.place_low(room)
        elif self._entry is not None:
            self._entry.place(self._layer.box_of(self._entry.field), room)
        for field, bubble in ((self._wrong, self._bubble), (self._explained, self._hint)):
            if field is not None and bubble.isVisible():
                bubble.place(self._box_of(field), room)
                bubble.raise_()

    def _box_of(self, field: Field) -> QRectF:
        """Of its control, where that is open."""
        entry = self._entry
        return entry.box_px() if entry is not None and entry.field.id == field.id else self._layer.box_of(field)
