"""The document on the desk: to be read, then to be filled in from field to field."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.envelope import Document
from app.domain.fields.base import Field
from app.domain.geometry import Rect
from app.domain.ids import DocumentId
from app.tasks import Runner
from app.ui.canvas.layout import PageRef, Sheet
from app.ui.canvas.view import PageView
from app.ui.canvas.zoom import Fit
from app.ui.models.pictures import Pixels
from app.ui.models.room import RoomModel, Screen
from app.ui.models.room_speech import phrase, say
from app.ui.room.consent import ConsentPanel
from app.ui.room.fields import FieldLayer
from app.ui.room.filling import Filling
from app.ui.room.fingers import Fingers
from app.ui.room.header import Header
from app.ui.room.looking import Looking
from app.ui.room.marks import Artist

WIDEST_ZOOM: Final = 1.2
"""Letters larger than this are harder to read, however wide the screen."""
SHOWN_AFTER_MS: Final = 500
"""A page that flew by was not shown."""
KEYS: Final = phrase("Enter goes on and Shift+Enter goes back. Every field can also be pressed, in any order.")


class DocumentPage(QWidget):
    """Signals: those of the header's menu; `text_wanted`, and `mark_wanted(Field)`, `picture_wanted(Field)` for
    what is asked on a sheet.
    """

    decline_wanted = Signal()
    later_wanted = Signal()
    elsewhere_wanted = Signal()
    delegate_wanted = Signal()
    question_asked = Signal()
    help_wanted = Signal()
    text_wanted = Signal()
    mark_wanted = Signal(object)
    picture_wanted = Signal(object)

    def __init__(self, model: RoomModel, runner: Runner, artist: Artist) -> None:
        super().__init__()
        self._model = model
        self.header = Header(model)
        self.view = PageView(runner)
        # A document reads as it was printed, whatever is spoken around it.
        self.view.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.view.setAccessibleName(say("Pages of the document"))
        self.consent = ConsentPanel(model)
        self.fields = FieldLayer(self.view, model, artist, runner)
        self.filling = Filling(self.view, model, self.fields)
        self._laid: tuple[Document, ...] = ()
        self._fingers = Fingers(self.view)
        self._looking = Looking(self.view, model, self)
        self._pages_seen = QTimer(self)
        self._pages_seen.setSingleShot(True)
        self._pages_seen.setInterval(SHOWN_AFTER_MS)
        self._pages_seen.timeout.connect(self._tell_shown)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)
        for part in (self.header, self.view, self.consent):
            self._box.addWidget(part)
        self._box.setStretch(1, 1)
        self._connect()

    def begin(self) -> None:
        """Lays out the documents as they stand now."""
        self._lay()
        self.show_screen(self._model.screen)
        self._fit()

    def _lay(self) -> None:
        self._laid = self._model.documents
        desk = self._model.desk
        sources = desk.sources()

        def source(page: PageRef, scale: float, clip: Rect | None) -> Pixels:
            return desk.page_image(sources[DocumentId(page.document)], page.page, scale, clip)

        self.view.show_sheets(self._sheets(), source)
        self.fields.lay()

    def show_screen(self, screen: Screen) -> None:
        reading = screen is Screen.READING
        self.header.show_state()
        if reading:
            self.consent.show()
            self.consent.begin()
        else:
            # Before the panel goes: Qt would hand its focus to some field, and the walk would begin there.
            self.header.take_focus()
            self.consent.hide()
        self.fields.show_state()
        self._pages_seen.start()

    def make_room(self, below_px: int) -> None:
        """For a sheet at the lower edge, so that even the last line of the last page can stand above it."""
        self._box.setContentsMargins(0, 0, 0, below_px)
        self._box.activate()

    def keep_clear_of(self, keyboard: QRectF) -> None:
        """Of one on the screen, in coordinates of the window: what is being filled in stands above it."""
        covered = self.mapTo(self.window(), self.rect().bottomLeft()).y() - keyboard.top() if keyboard.isValid() else 0
        self.make_room(max(round(covered), 0))
        field = self._model.current
        if field is not None and covered > 0:
            self.bring_up(field)
        self.filling.place()

    def bring_up(self, field: Field) -> None:
        """Into the upper third, where the eye looks and no sheet from below covers it."""
        self.view.reveal(PageRef(field.document, field.page), field.rect, upper_third=True)

    def _connect(self) -> None:
        model, header = self._model, self.header
        header.next_pressed.connect(lambda: self.filling.leave(self._model.go_on))
        header.field_chosen.connect(lambda field: self.filling.leave(lambda: model.go_to(field)))
        header.decline_wanted.connect(self.decline_wanted)
        for asked, told in (
            (header.later_wanted, self.later_wanted),
            (header.elsewhere_wanted, self.elsewhere_wanted),
            (header.delegate_wanted, self.delegate_wanted),
            (header.question_asked, self.question_asked),
            (header.help_wanted, self.help_wanted),
        ):
            asked.connect(partial(self.filling.leave, told.emit))
        header.large_controls_wanted.connect(self._use_large_controls)
        QGuiApplication.inputMethod().keyboardRectangleChanged.connect(self._keyboard_moved)
        header.larger.connect(self.view.zoom_in)
        header.smaller.connect(self.view.zoom_out)
        for keys, zoom in (
            (QKeySequence.StandardKey.ZoomIn, self.view.zoom_in),
            (QKeySequence.StandardKey.ZoomOut, self.view.zoom_out),
            (QKeySequence("Ctrl+0"), lambda: self.view.set_fit(Fit.PAGE)),
            (QKeySequence("Ctrl+1"), lambda: self.view.set_zoom(1.0)),
            (QKeySequence("F1"), self._explain),
        ):
            QShortcut(keys, self).activated.connect(zoom)
        self.consent.agreed.connect(model.consent)
        self.consent.refused.connect(self.decline_wanted)
        self.consent.text_wanted.connect(self.text_wanted)
        self.fields.pressed.connect(self._press)
        self.fields.focused.connect(self._focused)
        self.fields.stepped.connect(self._step)
        self.fields.tag_pressed.connect(self._press_tag)
        self.filling.stepped.connect(self._step_on)
        self.filling.mark_wanted.connect(self.mark_wanted)
        self.filling.picture_wanted.connect(self.picture_wanted)
        model.current_changed.connect(self._follow)
        model.envelope_changed.connect(self._lay_again)
        self.view.moved.connect(self._pages_seen.start)

    def _use_large_controls(self, wanted: bool) -> None:
        self._model.large_controls = wanted
        self.filling.place()

    def _keyboard_moved(self) -> None:
        if self._model.screen is Screen.WALK:
            self.keep_clear_of(QGuiApplication.inputMethod().keyboardRectangle())

    def _lay_again(self) -> None:
        """An answer may show or hide a whole document; the page being read stays where it is."""
        if self._laid and [one.id for one in self._laid] != [one.id for one in self._model.documents]:
            self._lay()

    def _follow(self) -> None:
        """The walk has come to another field."""
        field = self._model.current
        if field is None:
            self.filling.close()
            return
        self.bring_up(field)
        self.filling.open_if_written(field)
        self.filling.explain(field, field.help)

    def _explain(self) -> None:
        """What the sender says of the field one is at or comes to next, else which keys there are."""
        field = self._model.current or self._model.walk.next_missing()
        if self._model.screen is Screen.WALK and field is not None:
            self.filling.explain(field, field.help or say(KEYS))

    def _press(self, field: Field) -> None:
        def fill() -> None:
            if self._model.current is None or self._model.current.id != field.id:
                self._model.go_to(field)
            self.filling.fill(field)

        self.filling.leave(fill)

    def _focused(self, field: Field) -> None:
        """Somebody came here by a key of their own: the walk goes on from here."""
        current = self._model.current
        if self._model.screen is Screen.WALK and (current is None or current.id != field.id):
            self.filling.leave(lambda: self._model.go_to(field))

    def _press_tag(self) -> None:
        field = self._model.current
        if field is not None and self.filling.entry is None and field in self._model.walk.missing:
            self.filling.fill(field)
        else:
            self.filling.leave(self._model.go_on)

    def _step(self, step: int) -> None:
        """Enter does what the tag says; Shift+Enter goes back."""
        if step > 0:
            self._press_tag()
        else:
            self._model.go_beside(-1)

    def _step_on(self, step: int) -> None:
        """Left by Enter or Tab, and stored."""
        if step > 0:
            self._model.go_on()
        else:
            self._model.go_beside(-1)

    def _sheets(self) -> list[Sheet]:
        return [
            Sheet(PageRef(document.id, number), page.size, document.title)
            for document in self._laid
            for number, page in enumerate(document.pages, start=1)
        ]

    def _fit(self) -> None:
        self.view.set_fit(Fit.WIDTH)
        if self.view.zoom > WIDEST_ZOOM:
            self.view.set_zoom(WIDEST_ZOOM)

    def _tell_shown(self) -> None:
        """A page counts as shown when half of it, or half of the window, was seen of it."""
        if self._model.screen not in (Screen.READING, Screen.WALK) or not self.view.isVisible():
            return
        window = QRectF(self.view.viewport().rect())
        for frame in self.view.frames():
            seen = frame.rect_px.intersected(window).height()
            if seen >= min(frame.rect_px.height(), window.height()) / 2:
                self._model.tell_shown(DocumentId(frame.page.document), frame.page.page)
