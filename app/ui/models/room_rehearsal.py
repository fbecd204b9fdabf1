"""The room's desk over a scratch copy: pages and words are the house's, and everything entered is forgotten."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.domain.changes import Changes
from app.domain.drawing import Drawing, Metrics
from app.domain.envelope import Envelope
from app.domain.errors import CopyRefused
from app.domain.fields.base import Field, FileValue, PictureValue, Value
from app.domain.geometry import Rect
from app.domain.ids import DocumentId, FieldId, Sha256
from app.domain.mark import Mark
from app.domain.seeing import Seen
from app.domain.trim import Trim
from app.domain.visibility import visible_to
from app.services.handing_out import PageWords
from app.services.house import House
from app.services.scratch import Scratch
from app.tasks import Report
from app.ui.models.pictures import Pixels
from app.ui.models.room_desk import Agreement, Habits, Handed, Identified, Printed, Saved, Words
from app.ui.models.room_gate import Tried
from app.ui.models.room_house import HouseDesk

NOTHING = Changes()


@dataclass(frozen=True)
class _Fits:
    fits: bool = True
    wait_s: float = 0.0


class RehearsalDesk:
    """`room_desk.RoomDesk` where nothing is at stake: no code is asked for, no mark is offered or kept, no copy is
    given away, and nobody outside hears of a change.
    """

    def __init__(self, house: House, play: Scratch) -> None:
        self.role = play.role
        self._play = play
        self._reads = HouseDesk(house, play.envelope.id, play.role)

    def close(self) -> None:
        self._play.close()

    def fill_in(self) -> Changes:
        """Something made up in every field that is still open."""
        self._play.fill_in()
        return NOTHING

    def habits(self) -> Habits:
        usual = self._reads.habits()
        return Habits(usual.identified_by, 0, False, read_to_end=usual.read_to_end, thanks=usual.thanks, rehearses=True)

    def agreement(self, language: str) -> Agreement:
        return self._reads.agreement(language)

    def words(self, error: BaseException) -> Words:
        return self._reads.words(error)

    def drawing(self, envelope: Envelope, field: Field, value: Value | None) -> Drawing:
        return self._reads.drawing(envelope, field, value)

    def metrics(self) -> Metrics:
        return self._reads.metrics()

    def face_file(self, face: str) -> Path:
        return self._reads.face_file(face)

    def today(self) -> str:
        return self._reads.today()

    def envelope(self) -> Envelope:
        return self._play.envelope

    def open(self) -> Changes:
        self._play.open()
        return NOTHING

    def identify(self, told: Identified, codes: Mapping[str, str]) -> Changes:
        return NOTHING

    def send_code(self, language: str) -> Changes:
        return NOTHING

    def consent(self, language: str) -> Changes:
        self._play.consent(language)
        return NOTHING

    def show_page(self, document: DocumentId, page: int) -> Changes:
        self._play.show_page(document, page)
        return NOTHING

    def adopt(self, mark: Mark, initials: bool) -> Changes:
        self._play.adopt(mark, initials)
        return NOTHING

    def fill(self, values: Mapping[FieldId, Value]) -> Changes:
        self._play.fill(values)
        return NOTHING

    def clear(self, name: FieldId) -> Changes:
        self._play.clear(name)
        return NOTHING

    def finish(self, report: Report) -> Changes:
        self._play.finish()
        return NOTHING

    def decline(self, reason: str) -> Changes:
        self._play.decline(reason)
        return NOTHING

    def put_off(self, field: FieldId | None) -> Changes:
        self._play.put_off(field)
        return NOTHING

    def question(self) -> Changes:
        return NOTHING

    def skip(self) -> Changes:
        return NOTHING

    def go_elsewhere(self) -> Changes:
        self._play.go_elsewhere()
        return NOTHING

    def delegate(self, name: str, email: str, reason: str) -> Changes:
        self._play.delegate(name, email, reason)
        return NOTHING

    def acknowledge(self, typed_name: str) -> Changes:
        self._play.acknowledge(typed_name)
        return NOTHING

    def saw(self, seen: Sequence[Seen]) -> Changes:
        return NOTHING

    def hand_back(self) -> Changes:
        return NOTHING

    def saved_marks(self, initials: bool) -> tuple[Saved, ...]:
        return ()

    def save_mark(self, label: str, mark: Mark, initials: bool) -> Changes:
        return NOTHING

    def use_mark(self, saved_id: str) -> Mark:
        raise LookupError(saved_id)

    def take_picture(self, path: Path, trim: Trim) -> PictureValue:
        return self._play.take_picture(path, trim)

    def take_file(self, path: Path) -> FileValue:
        return self._play.take_file(path)

    def picture_file(self, sha256: Sha256) -> Path:
        return self._play.picture_file(sha256)

    def page_image(self, source: Sha256, page: int, scale: float, clip: Rect | None) -> Pixels:
        return self._reads.page_image(source, page, scale, clip)

    def print_on(self, source: Sha256, page: int) -> Printed:
        return self._reads.print_on(source, page)

    def copy_to(self, folder: Path, drive: bool) -> Sequence[Path]:
        return ()

    def copy_by_email(self, address: str) -> Changes:
        return NOTHING

    def hand_out(self, words: PageWords) -> Handed:
        raise CopyRefused(role=self.role)

    def sources(self) -> Mapping[DocumentId, Sha256]:
        return visible_to(self._play.envelope, self.role).sources

    def try_pin(self, pin: str) -> Tried:
        return _Fits()

    def beside(self, role: str) -> RehearsalDesk:
        return self
