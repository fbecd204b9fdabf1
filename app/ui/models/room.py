"""One recipient's ceremony as the room shows it. What is true is always read again from the envelope.

Calls are asked one after the other, because each of them makes a new version of the same envelope.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum, auto
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.domain import routing
from app.domain.ceremony import Ceremony, Stage
from app.domain.changes import Changes
from app.domain.envelope import CopyMode, Envelope
from app.domain.errors import AccessDenied, RuleError
from app.domain.fields.base import Field, PictureValue, Value
from app.domain.fields.registry import accept, kind_of
from app.domain.ids import DocumentId, FieldId
from app.domain.mark import Mark
from app.domain.recipient import Recipient
from app.tasks import Report, Runner
from app.ui.models.room_desk import RoomDesk, Words
from app.ui.models.room_walk import Control, Walk, automatic_of, control_of, walk_of


class Screen(Enum):
    """What the room shows: the first four follow the stage of the ceremony."""

    OPENING = auto()
    HANDOVER = auto()
    READING = auto()
    WALK = auto()
    REVIEW = auto()
    SEALING = auto()
    THANKS = auto()
    DECLINED = auto()


SCREEN_OF = {
    Stage.OPENED: Screen.HANDOVER,
    Stage.IDENTIFIED: Screen.READING,
    Stage.CONSENTED: Screen.WALK,
    Stage.FINISHED: Screen.THANKS,
    Stage.DECLINED: Screen.DECLINED,
}

Then = Callable[[], None]
Refused = Callable[[Words], None]


@dataclass(frozen=True)
class _Request:
    work: Callable[[Report], Changes]
    then: Then
    refused: Refused


@dataclass(frozen=True)
class _Answer:
    changes: Changes
    envelope: Envelope


class RoomModel(QObject):
    """Signals: `screen_changed(Screen)`; `envelope_changed()` after it was read again; `current_changed()` when
    another field is walked to; `refused(str, Words)` with the field whose value does not fit; `failed(Words)` for
    everything else; `progressed(int, int)` while sealing; `changed(Changes)` for those outside.
    """

    screen_changed = Signal(object)
    envelope_changed = Signal()
    current_changed = Signal()
    refused = Signal(str, object)
    failed = Signal(object)
    progressed = Signal(int, int)
    changed = Signal(object)

    def __init__(self, desk: RoomDesk, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._runner = runner
        self._envelope: Envelope | None = None
        self._walk: Walk | None = None
        self._screen = Screen.OPENING
        self._current: FieldId | None = None
        self._pending: dict[FieldId, Value] = {}
        self._requests: deque[_Request] = deque()
        self._busy = False
        self._finishing = False

    # -- what is true ----------------------------------------------------------------------------------------

    @property
    def screen(self) -> Screen:
        return self._screen

    @property
    def is_open(self) -> bool:
        """The envelope has been read."""
        return self._envelope is not None

    @property
    def envelope(self) -> Envelope:
        if self._envelope is None:
            raise RuntimeError("the room is not open yet")
        return self._envelope

    @property
    def recipient(self) -> Recipient:
        return self.envelope.recipient(self.desk.role)

    @property
    def ceremony(self) -> Ceremony | None:
        return self.recipient.ceremony

    @property
    def walk(self) -> Walk:
        """Asked with each step of the wheel, worked out once an envelope."""
        if self._walk is None:
            self._walk = walk_of(self.envelope, self.desk.role)
        return self._walk

    @property
    def automatic(self) -> tuple[Field, ...]:
        return automatic_of(self.envelope, self.desk.role)

    @property
    def current(self) -> Field | None:
        """The field being walked to."""
        return None if self._current is None else self.envelope.field(self._current)

    @property
    def busy(self) -> bool:
        return self._busy

    @property
    def next_recipient(self) -> Recipient | None:
        """Who may act here after this one has finished."""
        others = (r for r in routing.current(self.envelope) if r.role != self.desk.role)
        return next(others, None)

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
        self._ask(lambda _: self.desk.open(), self._follow_stage)

    def identify(self, statement: str, code: str | None, refused: Refused) -> None:
        self._ask(lambda _: self.desk.identify(statement, code), self._follow_stage, refused)

    def consent(self) -> None:
        self._ask(lambda _: self.desk.consent(), self._follow_stage)

    def tell_shown(self, document: DocumentId, page: int) -> None:
        """For the record of what was on the screen; told once a page."""
        ceremony = self.ceremony
        if ceremony is not None and (document, page) not in ceremony.pages_shown:
            self._ask(lambda _: self.desk.show_page(document, page), _nothing)

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

        self._ask(store, settled, refused)

    def adopt(self, mark: Mark, control: Control, places: tuple[Field, ...], then: Then, refused: Refused) -> None:
        """Adopts a mark and puts it into `places`."""

        def work(_: Report) -> Changes:
            adopted = self.desk.adopt(mark, control is Control.INITIALS)
            placed = self.desk.fill({field.id: mark for field in places})
            return Changes(adopted.items | placed.items)

        self._ask(work, then, refused)

    def finish(self) -> None:
        """One signature, however often it is asked for."""
        if self._finishing:
            return
        self._finishing = True
        self._show(Screen.SEALING)
        self._ask(self.desk.finish, self._follow_stage, self._not_finished)

    def decline(self, reason: str, refused: Refused) -> None:
        self._ask(lambda _: self.desk.decline(reason), self._follow_stage, refused)

    def take_picture(self, path: Path, then: Callable[[PictureValue], None], refused: Refused) -> None:
        self._start(lambda: self.desk.take_picture(path), then, refused)

    def copy_to(self, folder: Path, then: Callable[[int], None], refused: Refused) -> None:
        """Tells how many files were written."""
        self._start(lambda: len(self.desk.copy_to(folder)), then, refused)

    def check_pin(self, pin: str, then: Callable[[bool], None]) -> None:
        self._start(lambda: self.desk.pin_fits(pin), then, self.failed.emit)

    # -- the walk --------------------------------------------------------------------------------------------

    def go_to(self, field: Field | None) -> None:
        self._current = None if field is None else field.id
        self.current_changed.emit()

    def go_on(self) -> None:
        """To the next required empty field, or to the review when there is none."""
        following = self.walk.next_missing(self._current)
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

    def _ask(self, work: Callable[[Report], Changes], then: Then, refused: Refused | None = None) -> None:
        self._requests.append(_Request(work, then, refused or self.failed.emit))
        self._next()

    def _next(self) -> None:
        if self._busy or not self._requests:
            return
        self._busy = True
        request = self._requests.popleft()

        def run(report: Report) -> _Answer:
            changes = request.work(report)
            return _Answer(changes, self.desk.envelope())

        self._runner.start(
            run,
            partial(self._answered, request.then),
            partial(self._refused, request),
            on_progress=self.progressed.emit,
            owner=self,
        )

    def _answered(self, then: Then, answer: _Answer) -> None:
        self._busy = False
        self._envelope, self._walk = answer.envelope, None
        then()
        self.envelope_changed.emit()
        if answer.changes.items:
            self.changed.emit(answer.changes)
        self._next()

    def _refused(self, request: _Request, error: Exception) -> None:
        self._busy = False
        if isinstance(error, AccessDenied):
            # A wrong try was recorded: what is shown must not be older than what is stored.
            self._ask(lambda _: Changes(), _nothing)
        request.refused(self.desk.words(error))
        self.envelope_changed.emit()
        self._next()

    def _start(self, work: Callable[[], object], then: Callable[..., None], refused: Refused) -> None:
        """What does not change the envelope need not wait for its turn."""
        self._runner.start(lambda _: work(), then, lambda error: refused(self.desk.words(error)), owner=self)

    def _follow_stage(self) -> None:
        ceremony = self.ceremony
        if ceremony is not None:
            self._show(SCREEN_OF[ceremony.stage])

    def _not_finished(self, words: Words) -> None:
        self._finishing = False
        self._show(Screen.REVIEW)
        self.failed.emit(words)

    def _empties(self, name: FieldId, value: Value) -> bool:
        return value in ("", False) and self.envelope.field(name).required and name in self.envelope.values

    def _show_meanwhile(self, values: Mapping[FieldId, Value]) -> None:
        """As they will be stored; what will be refused cannot even be drawn."""
        for name, value in values.items():
            with suppress(RuleError):
                self._pending[name] = accept(self.envelope.field(name), value)
        self.envelope_changed.emit()

    def _forget(self, names: tuple[FieldId, ...]) -> None:
        for name in names:
            self._pending.pop(name, None)

    def _show(self, screen: Screen) -> None:
        if screen is not self._screen:
            self._screen = screen
            self.screen_changed.emit(screen)


def _nothing() -> None:
    """What is only recorded needs no answer."""
