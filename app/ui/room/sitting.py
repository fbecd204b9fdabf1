"""One person's sitting: the pages they go through, and the sheets that lie over them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.domain.fields.base import Field
from app.domain.geometry import Rect
from app.tasks import Runner
from app.ui.models.room import RoomModel, Screen
from app.ui.models.room_asking import nothing
from app.ui.models.room_desk import Words
from app.ui.models.room_gate import GateModel
from app.ui.models.room_speech import phrase, say, spoken_language
from app.ui.room.consent import AgreementSheet
from app.ui.room.copies import CopySheet
from app.ui.room.document import DocumentPage
from app.ui.room.gate import GateSheet
from app.ui.room.handover import HandoverPage
from app.ui.room.large_type import LargeType
from app.ui.room.layer import SheetLayer
from app.ui.room.leaving import DeclineSheet, DelegateSheet, ElsewhereSheet, LaterSheet, QuestionSheet, WayOut
from app.ui.room.marks import Artist
from app.ui.room.offline import OfflineLine
from app.ui.room.picture import PictureSheet
from app.ui.room.queue import QueueSheet
from app.ui.room.review import ReviewPage
from app.ui.room.sealing import SealingPage
from app.ui.room.signature import SignatureSheet
from app.ui.room.thanks import ThanksPage
from app.ui.room.tools import TopBar, direction
from app.ui.room.trouble import TroubleSheet
from app.ui.widgets.look import column, set_look

TOP = Rect(0, 0, 1, 1)
"""Of a page."""
GIVE_BACK = phrase("Please give the device back to the host.")


class Sitting(QWidget):
    """Signals: `left(str)` past the host's gate: finished, declined or later; `next_wanted(str)` with a role."""

    left = Signal(str)
    next_wanted = Signal(str)

    def __init__(self, model: RoomModel, runner: Runner, gate: GateModel) -> None:
        super().__init__()
        set_look(self, ground="desk")
        self.setLayoutDirection(direction())
        self.model = model
        model.setParent(self)
        self._gate = gate
        artist = Artist(model.desk, runner, self)
        self._artist = artist
        self.handover = HandoverPage(model)
        self.document = DocumentPage(model, runner, artist)
        self.review = ReviewPage(model, artist)
        self.sealing = SealingPage(model)
        self.thanks = ThanksPage(model)
        self._tools = TopBar(model)
        self._stack = QStackedWidget()
        self._opening = QWidget()
        for page in (self._opening, self.handover, self.document, self.review, self.sealing, self.thanks):
            self._stack.addWidget(page)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        self._ground = QWidget()
        self._ground.setLayout(column(self._tools, OfflineLine(), self._stack, gap=0))
        box.addWidget(self._ground)
        self.layer = SheetLayer(self, self._ground)
        self._connect()

    @property
    def shows_something_private(self) -> bool:
        return self.model.screen in (Screen.READING, Screen.WALK, Screen.REVIEW)

    def begin(self) -> None:
        self.model.open()

    def resume(self) -> None:
        """Shows what the model is at, in the language that is spoken now."""
        walking = self.model.screen is Screen.WALK
        if walking:
            self.document.begin()
        self._show(self.model.screen)
        if walking:
            self.model.go_to(self.model.current)

    def settle(self, then: Callable[[], None]) -> None:
        """Stores what is being written, and then does `then`."""
        self.document.filling.leave(then)

    def ask_host(self, outcome: str, why: str = "", *, fixed: bool = False) -> None:
        """Out of the room only past the host's gate; a rehearsal has none."""
        if self.model.desk.habits().rehearses:
            self.left.emit(outcome)
            return
        sheet = GateSheet(self._gate, why or say(GIVE_BACK))
        sheet.opened.connect(lambda: self.left.emit(outcome))
        sheet.cancelled.connect(self.layer.clear)
        self.layer.put(sheet, fixed=fixed)

    def _ask_before_signing(self) -> None:
        """That it was is noted; what is asked is between people."""
        self.model.ask(lambda _: self.model.desk.question(), nothing)
        self._put(QuestionSheet(self.model))

    def _connect(self) -> None:
        model, document = self.model, self.document
        model.screen_changed.connect(self._show)
        model.failed.connect(self._fail)
        self.layer.emptied.connect(self._undock)
        self.handover.left.connect(lambda: self.ask_host("later", say("Leave the signing room?")))
        document.decline_wanted.connect(self._ask_to_decline)
        document.later_wanted.connect(self._ask_for_later)
        document.elsewhere_wanted.connect(lambda: self._put(ElsewhereSheet(model)))
        document.delegate_wanted.connect(lambda: self._put(DelegateSheet(model)))
        document.question_asked.connect(self._ask_before_signing)
        document.help_wanted.connect(self._help_to_read)
        self.handover.others_wanted.connect(self._show_queue)
        document.text_wanted.connect(self._show_agreement)
        document.mark_wanted.connect(self._ask_for_mark)
        document.picture_wanted.connect(self._ask_for_picture)
        self.review.finished.connect(model.finish)
        self.review.edit_wanted.connect(model.back_to_fields)
        self.thanks.copy_wanted.connect(self._offer_copy)
        self.thanks.next_wanted.connect(self.next_wanted)
        self.thanks.back_wanted.connect(self._give_back)

    def _show(self, screen: Screen) -> None:
        self.layer.clear()
        self._tools.setVisible(screen not in (Screen.READING, Screen.WALK))
        match screen:
            case Screen.HANDOVER:
                self._turn_to(self.handover)
                self.handover.show_state()
            case Screen.READING:
                self._turn_to(self.document)
                self.document.begin()
            case Screen.WALK:
                self._turn_to(self.document)
                self.document.show_screen(screen)
            case Screen.REVIEW:
                self._turn_to(self.review)
                self.review.begin()
            case Screen.SEALING:
                self._turn_to(self.sealing)
                self.sealing.begin()
            case Screen.THANKS if not (self.model.desk.habits().thanks or self.model.offers_copies):
                self._go_straight_on()
            case Screen.THANKS | Screen.DECLINED | Screen.APART:
                self._turn_to(self.thanks)
                self.thanks.begin()

    def _go_straight_on(self) -> None:
        following = self.model.next_recipient
        if following is not None:
            self.next_wanted.emit(following.role)
        else:
            self.ask_host("finished", fixed=True)

    def _turn_to(self, page: QWidget) -> None:
        self._stack.setCurrentWidget(page)

    def _fail(self, words: Words) -> None:
        if self.model.screen is Screen.REVIEW:
            self.review.show_trouble(words)
            return
        opening = not self.model.is_open or self.model.screen is Screen.OPENING
        given_back = opening and not self.model.desk.habits().unattended
        sheet = TroubleSheet(words, say("Give the device back") if given_back else say("Back"))
        sheet.closed.connect((lambda: self.left.emit("later")) if opening else self.layer.clear)
        self.layer.put(sheet, fixed=opening)

    def _ask_for_mark(self, field: Field) -> None:
        sheet = SignatureSheet(self.model, self._artist, self._gate, field)
        sheet.previewed.connect(lambda mark: self.document.fields.preview(field, mark))
        self._dock(sheet, field)

    def _ask_for_picture(self, field: Field) -> None:
        self._dock(PictureSheet(self.model, self._gate, field), field)

    def _dock(self, sheet: SignatureSheet | PictureSheet, field: Field) -> None:
        sheet.cancelled.connect(self.layer.clear)
        sheet.placed.connect(self.layer.clear)
        self.layer.put(sheet, docked=True)
        self.document.make_room(self.layer.docked_px)
        self.document.bring_up(field)

    def _undock(self) -> None:
        self.document.make_room(0)
        self.document.fields.end_preview()

    def _put(self, sheet: WayOut) -> None:
        sheet.cancelled.connect(self.layer.clear)
        self.layer.put(sheet)

    def _ask_to_decline(self) -> None:
        self._put(DeclineSheet(self.model))

    def _ask_for_later(self) -> None:
        self._put(LaterSheet(self.model))

    def _show_queue(self) -> None:
        sheet = QueueSheet(self.model)
        sheet.cancelled.connect(self.layer.clear)
        sheet.chosen.connect(self.next_wanted)
        self.layer.put(sheet)

    def _show_agreement(self) -> None:
        text = self.model.desk.agreement(spoken_language().code)
        sheet = AgreementSheet(text.title, text.text)
        sheet.closed.connect(self.layer.clear)
        self.layer.put(sheet)

    def _help_to_read(self) -> None:
        view = self.document.view
        if view.page is None:
            return
        sheet = LargeType(self.model, view.page)

        def back() -> None:
            self.layer.clear()
            view.reveal(sheet.page, TOP, upper_third=True)

        sheet.closed.connect(back)
        self.layer.put(sheet)

    def _offer_copy(self) -> None:
        sheet = CopySheet(self.model, self._gate)
        sheet.closed.connect(self.layer.clear)
        self.layer.put(sheet)

    def _give_back(self) -> None:
        outcome = {Screen.DECLINED: "declined", Screen.APART: "later"}.get(self.model.screen, "finished")
        self.ask_host(outcome)
