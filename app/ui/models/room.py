"""One recipient's ceremony as the room shows it. What is true is always read again from the envelope.

Calls are asked one after the other, because each of them makes a new version of the same envelope.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from enum import Enum, auto
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.domain.attesting import attestation_of
from app.domain.ceremony import Ceremony, Stage
from app.domain.changes import Changes
from app.domain.conditions.states import shown_documents
from app.domain.envelope import CopyMode, Document, Envelope
from app.domain.errors import RuleError
from app.domain.fields.base import Field, FileValue, PictureValue, Value
from app.domain.fields.registry import accept, kind_of
from app.domain.ids import DocumentId, FieldId
from app.domain.mark import Mark
from app.domain.recipient import Attestation, Recipient
from app.domain.trim import PLAIN, Trim
from app.tasks import Report, Runner
from app.ui.models.room_asking import Asking, Refused, Then, nothing, nothing_more
from app.ui.models.room_desk import Identified, RoomDesk, Words
from app.ui.models.room_gate import Tried
from app.ui.models.room_queue import Waiting, queue_of, witnessed_by
from app.ui.models.room_speech import LANGUAGES, language_of, speak, spoken_language
from app.ui.models.room_walk import Control, Walk, automatic_of, control_of, walk_of


class Apart(Enum):
    """Why somebody gets up without having finished."""

    LATER = auto()
    ELSEWHERE = auto()
    DELEGATED = auto()


class Screen(Enum):
    """What the room shows: the first four follow the stage of the ceremony."""

    OPENING = auto()
    HANDOVER = auto()
    READING = auto()
    WALK = auto()
    REVIEW = auto()
    SEALING = auto()
    THANKS = auto()
    APART = auto()
    DECLINED = auto()


SCREEN_OF = {
    Stage.OPENED: Screen.HANDOVER,
    Stage.IDENTIFIED: Screen.READING,
    Stage.CONSENTED: Screen.WALK,
    Stage.FINISHED: Screen.THANKS,
    Stage.DECLINED: Screen.DECLINED,
    Stage.AWAY: Screen.APART,
}


class RoomModel(Asking):
    """Signals: those of `Asking`; `screen_changed(Screen)`; `current_changed()` when another field is walked to;
    `refused(str, Words)` with the field whose value does not fit; `language_changed()` when the person chose another.
    """

    screen_changed = Signal(object)
    current_changed = Signal()
    refused = Signal(str, object)
    language_changed = Signal()

    def __init__(self, desk: RoomDesk, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(desk, runner, parent)
        self._walk: Walk | None = None
        self._screen = Screen.OPENING
        self._current: FieldId | None = None
        self._pending: dict[FieldId, Value] = {}
        self._finishing = False
        self._through_all = False
        self.told: Identified | None = None
        """The host's statement, once the device has changed hands."""
        self.apart = Apart.LATER
        self.large_controls = False
        """What is filled in is written at the lower edge, across the window, for who writes with a finger."""
        self.interrupted.connect(self._begin_anew)

    # -- what is true ----------------------------------------------------------------------------------------

    @property
    def screen(self) -> Screen:
        return self._screen

    @property
    def recipient(self) -> Recipient:
        return self.envelope.recipient(self.desk.role)

    @property
    def ceremony(self) -> Ceremony | None:
        return self.recipient.ceremony

    @property
    def walk(self) -> Walk:
        """Asked with each step of the wheel, worked out once an envelope. Answers on their way to the store count."""
        if self._walk is None:
            self._walk = walk_of(self._meant(), self.desk.role)
        return self._walk

    @property
    def automatic(self) -> tuple[Field, ...]:
        return automatic_of(self._meant(), self.desk.role)

    @property
    def documents(self) -> tuple[Document, ...]:
        """Those the answers so far leave to be seen."""
        shown = shown_documents(self._meant())
        return tuple(document for document in self.envelope.documents if document.id in shown)

    @property
    def queue(self) -> tuple[Waiting, ...]:
        """Everybody who acts."""
        return queue_of(self.envelope)

    @property
    def others_wait(self) -> bool:
        return any(one.may_sit and one.role != self.desk.role for one in self.queue)

    @property
    def attests_by_name(self) -> bool:
        """Their name and one act, and no signature, is what is asked of them."""
        return attestation_of(self.envelope, self.recipient) is Attestation.ACKNOWLEDGMENT

    @property
    def witnessed(self) -> Recipient | None:
        """Whose signature a witness confirms: the one who signed last before them."""
        return witnessed_by(self.envelope, self.recipient)

    @property
    def current(self) -> Field | None:
        """The field being walked to; none any more once an answer has hidden it."""
        if self._current is None or not self.walk.holds(self._current):
            return None
        return self.walk.field(self._current)

    @property
    def next_recipient(self) -> Recipient | None:
        """Who may act here after this one has finished."""
        others = (one.role for one in self.queue if one.may_sit and one.role != self.desk.role)
        role = next(others, None)
        return None if role is None else self.envelope.recipient(role)

    @property
    def offers_copies(self) -> bool:
        return self.envelope.copy_mode is not CopyMode.DISABLED

    def value_of(self, field: Field) -> Value | None:
        """What stands in the field, also while it is still being stored."""
        return self._pending.get(field.id, self.envelope.value_of(field))

    def offered(self, field: Field) -> Value | None:
        """What the control begins with: what stands there, else what the field's kind offers."""
        value = self.value_of(field)
        if value is not None and value != "":
            return value
        recipient = self.recipient
        return kind_of(field).default_for(recipient.name, recipient.email, self.desk.today())

    def adopted(self, control: Control) -> Mark | None:
        ceremony = self.ceremony
        if ceremony is None:
            return None
        return ceremony.initials if control is Control.INITIALS else ceremony.signature

    # -- the ceremony ----------------------------------------------------------------------------------------

    def open(self) -> None:
        """The handover; what was entered before is still there."""
        self.ask(lambda _: self.desk.open(), self._follow_stage)

    def identify(self, told: Identified, codes: Mapping[str, str], refused: Refused) -> None:
        """`codes` by the type of what the sender asked for."""
        self.ask(lambda _: self.desk.identify(told, codes), self._follow_stage, refused)

    def send_code(self, then: Then, refused: Refused) -> None:
        """In the language that is spoken now."""
        language = spoken_language().code
        self.ask(lambda _: self.desk.send_code(language), then, refused)

    def consent(self) -> None:
        """To the text in the language that is spoken now."""
        language = spoken_language().code
        self.ask(lambda _: self.desk.consent(language), self._resume)

    def hand_over(self, told: Identified) -> None:
        """The device changes hands: from now on the envelope's language is spoken, until the person says otherwise."""
        self.told = told
        self.choose_language(self.envelope.style.language)

    def take_back(self) -> None:
        self.told = None
        self.choose_language(LANGUAGES[0].code)

    def choose_language(self, code: str) -> None:
        if language_of(code) is not spoken_language():
            speak(code)
            self.language_changed.emit()

    def tell_shown(self, document: DocumentId, page: int) -> None:
        """For the record of what was on the screen; told once a page."""
        ceremony = self.ceremony
        if ceremony is not None and (document, page) not in ceremony.pages_shown:
            self.ask(lambda _: self.desk.show_page(document, page), nothing)

    def fill(self, values: Mapping[FieldId, Value], then: Then | None = None, *, quiet: bool = False) -> None:
        """Stored at once; to empty a required field is to take back what was entered. A value that is refused
        leaves the field as before; it is announced by `refused`, unless it is stored `quiet`ly while the person is
        still writing.
        """
        self._show_meanwhile(values)
        names = tuple(values)
        emptied = [name for name, value in values.items() if self._empties(name, value)]

        def store(_: Report) -> Changes:
            return self.desk.clear(emptied[0]) if emptied else self.desk.fill(values)

        def settled() -> None:
            self._forget(names)
            if then is not None:
                then()

        def refused(words: Words) -> None:
            self._forget(names)
            if not quiet:
                self.refused.emit(names[0], words)

        self.ask(store, settled, refused)

    def adopt(self, mark: Mark, control: Control, places: tuple[Field, ...], then: Then, refused: Refused) -> None:
        """Adopts a mark and puts it into `places`."""

        def work(_: Report) -> Changes:
            adopted = self.desk.adopt(mark, control is Control.INITIALS)
            placed = self.desk.fill({field.id: mark for field in places})
            return Changes(adopted.items | placed.items)

        self.ask(work, then, refused)

    def finish(self, typed_name: str = "") -> None:
        """One signature, however often it is asked for. `typed_name` where the name is the act."""
        if self._finishing:
            return
        self._finishing = True
        self._show(Screen.SEALING)
        if typed_name:
            seal = partial(self.ask, self.desk.finish, self._follow_stage, self._not_finished)
            self.ask(lambda _: self.desk.acknowledge(typed_name), seal, self._not_finished)
        else:
            self.ask(self.desk.finish, self._follow_stage, self._not_finished)

    def decline(self, reason: str, refused: Refused) -> None:
        self.ask(lambda _: self.desk.decline(reason), self._follow_stage, refused)

    def give_back(self) -> None:
        """The host has the device again: noted, where there was a ceremony at all."""
        if self.is_open and self.ceremony is not None:
            self.ask(lambda _: self.desk.hand_back(), nothing, nothing_more)

    def get_up(self, why: Apart, work: Callable[[], Changes], refused: Refused) -> None:
        """Records by `work` that this person goes without having finished."""

        def gone() -> None:
            self.apart = why
            self._show(Screen.APART)

        self.ask(lambda _: work(), gone, refused)

    def take_picture(
        self, path: Path, then: Callable[[PictureValue], None], refused: Refused, trim: Trim = PLAIN
    ) -> None:
        self.start(lambda: self.desk.take_picture(path, trim), then, refused)

    def take_file(self, path: Path, then: Callable[[FileValue], None], refused: Refused) -> None:
        self.start(lambda: self.desk.take_file(path), then, refused)

    def copy_to(self, folder: Path, drive: bool, then: Callable[[int], None], refused: Refused) -> None:
        """Tells how many files were written."""
        self.start(lambda: len(self.desk.copy_to(folder, drive)), then, refused)

    def check_pin(self, pin: str, then: Callable[[Tried], None]) -> None:
        self.start(lambda: self.desk.try_pin(pin), then, self.failed.emit)

    # -- the walk --------------------------------------------------------------------------------------------

    def go_to(self, field: Field | None) -> None:
        self._current = None if field is None else field.id
        self.current_changed.emit()

    @property
    def through_all(self) -> bool:
        """Whether one goes through every field, and not only to what is needed."""
        return self._through_all

    def go_through_all(self, wanted: bool) -> None:
        self._through_all = wanted
        self.current_changed.emit()

    @property
    def following(self) -> Field | None:
        """Where `go_on` leads; None to the review."""
        return self.walk.following(self._current, self._through_all)

    def go_on(self) -> None:
        """To the next field of the walk, or to the review when there is none."""
        following = self.following
        if following is None:
            self.review()
        else:
            self.go_to(following)

    def go_beside(self, step: int) -> None:
        beside = self.walk.beside(self._current, step)
        if beside is not None:
            self.go_to(beside)

    def review(self) -> None:
        if self.walk.done:
            self.go_to(None)
            self._show(Screen.REVIEW)

    def back_to_fields(self, field: Field | None = None) -> None:
        self._show(Screen.WALK)
        self.go_to(field)

    def same_control(self, field: Field) -> tuple[Field, ...]:
        """All fields of this recipient that take the same kind of mark, this one first."""
        others = self.walk.of_control(control_of(field))
        return (field, *(other for other in others if other.id != field.id))

    # -- inside ----------------------------------------------------------------------------------------------

    def _follow_stage(self) -> None:
        ceremony = self.ceremony
        if ceremony is not None:
            self._show(SCREEN_OF[ceremony.stage])

    def _resume(self) -> None:
        """After a new handover one goes on at the field where one stopped."""
        self._follow_stage()
        ceremony = self.ceremony
        if ceremony is not None and ceremony.resume_at is not None and self.walk.holds(FieldId(ceremony.resume_at)):
            self.go_to(self.walk.field(FieldId(ceremony.resume_at)))

    def _begin_anew(self) -> None:
        """The machine slept: whoever sits here now must be identified again."""
        self.told = None
        self.go_to(None)
        self.choose_language(LANGUAGES[0].code)
        self.open()

    def _not_finished(self, words: Words) -> None:
        self._finishing = False
        self._show(Screen.REVIEW)
        self.failed.emit(words)

    def was_read(self) -> None:
        self._walk = None

    def _meant(self) -> Envelope:
        """The envelope as it will be when all is stored."""
        if not self._pending:
            return self.envelope
        return replace(self.envelope, values={**self.envelope.values, **self._pending})

    def _empties(self, name: FieldId, value: Value) -> bool:
        return value in ("", False) and self.walk.needs(name) and name in self.envelope.values

    def _show_meanwhile(self, values: Mapping[FieldId, Value]) -> None:
        """As they will be stored; what will be refused cannot even be drawn."""
        for name, value in values.items():
            with suppress(RuleError):
                self._pending[name] = accept(self.envelope.field(name), value)
        self.was_read()
        self.envelope_changed.emit()

    def _forget(self, names: tuple[FieldId, ...]) -> None:
        for name in names:
            self._pending.pop(name, None)
        self.was_read()

    def _show(self, screen: Screen) -> None:
        if screen is not self._screen:
            self._screen = screen
            self.screen_changed.emit(screen)
