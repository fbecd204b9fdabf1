"""The room's desk over the use cases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path

from app.domain.changes import Changes
from app.domain.drawing import Drawing, Metrics
from app.domain.envelope import Envelope
from app.domain.fields.base import Field, FileValue, PictureValue, Value
from app.domain.geometry import Rect
from app.domain.ids import DocumentId, FieldId, Sha256
from app.domain.mark import Mark
from app.domain.seeing import Seen
from app.domain.trim import Trim
from app.services import (
    admitting,
    clearing,
    copies,
    ending,
    files,
    handing_out,
    mailing,
    marks,
    messages,
    pictures,
    preferences,
    reading,
    seals,
    seeing,
    signing,
    sitting,
    viewing,
)
from app.services.handing_out import PageWords
from app.services.house import House
from app.tasks import Report
from app.ui.models.pictures import Pixels
from app.ui.models.room_desk import Agreement, Habits, Handed, Identified, Printed, Saved, Words
from app.ui.models.room_gate import Tried
from app.ui.models.room_refusals import refusal


class HouseDesk:
    """`room_desk.RoomDesk` for one recipient of one envelope."""

    def __init__(self, house: House, envelope_id: str, role: str) -> None:
        self.role = role
        self._house = house
        self._id = envelope_id

    def habits(self) -> Habits:
        settings = preferences.current(self._house)
        pin_set = preferences.has_pin(self._house)
        return Habits(
            settings.identified_by,
            settings.idle_minutes,
            pin_set,
            records_views=settings.record_views,
            sends_mail=mailing.account(self._house) is not None,
            read_to_end=settings.read_to_end,
            thanks=settings.confirmation_page,
            copies_by_qr=settings.copies_by_qr,
            pin_wait_s=preferences.pin_wait_s(self._house),
        )

    def agreement(self, language: str) -> Agreement:
        text = signing.disclosure(language)
        return Agreement(text.title, text.text)

    def words(self, error: BaseException) -> Words:
        own = refusal(error)
        if own is not None:
            return own
        found = messages.words(error, window=True)
        return Words(found.title, found.happened, found.todo)

    def drawing(self, envelope: Envelope, field: Field, value: Value | None) -> Drawing:
        return seals.drawing(self._house, envelope, field, value)

    def metrics(self) -> Metrics:
        return viewing.metrics(self._house)

    def face_file(self, face: str) -> Path:
        return viewing.face_file(face)

    def today(self) -> str:
        moment = self._house.moment()
        return (moment.wall + timedelta(minutes=moment.offset_minutes)).date().isoformat()

    def envelope(self) -> Envelope:
        return reading.envelope(self._house, self._id)

    def open(self) -> Changes:
        return signing.open_room(self._house, self._id, self.role)

    def identify(self, told: Identified, codes: Mapping[str, str]) -> Changes:
        return signing.identify(
            self._house,
            self._id,
            self.role,
            told.statement,
            evidence=told.evidence,
            digits=told.digits,
            codes=codes,
        )

    def send_code(self, language: str) -> Changes:
        return admitting.send_code(self._house, self._id, self.role, language)

    def consent(self, language: str) -> Changes:
        return signing.consent(self._house, self._id, self.role, language)

    def show_page(self, document: DocumentId, page: int) -> Changes:
        return signing.show_page(self._house, self._id, self.role, document, page)

    def adopt(self, mark: Mark, initials: bool) -> Changes:
        return signing.adopt(self._house, self._id, self.role, mark, initials=initials)

    def fill(self, values: Mapping[FieldId, Value]) -> Changes:
        return signing.fill_all(self._house, self._id, self.role, values)

    def clear(self, name: FieldId) -> Changes:
        return clearing.clear(self._house, self._id, self.role, name)

    def finish(self, report: Report) -> Changes:
        return signing.finish(self._house, self._id, self.role, report=report)

    def decline(self, reason: str) -> Changes:
        return ending.decline(self._house, self._id, self.role, reason)

    def put_off(self, field: FieldId | None) -> Changes:
        return sitting.sign_later(self._house, self._id, self.role, field)

    def question(self) -> Changes:
        return sitting.question(self._house, self._id, self.role)

    def skip(self) -> Changes:
        return sitting.skip(self._house, self._id, self.role)

    def go_elsewhere(self) -> Changes:
        return sitting.sign_remotely(self._house, self._id, self.role)

    def delegate(self, name: str, email: str, reason: str) -> Changes:
        return sitting.delegate(self._house, self._id, self.role, name, email, reason)

    def acknowledge(self, typed_name: str) -> Changes:
        return sitting.acknowledge(self._house, self._id, self.role, typed_name)

    def saw(self, seen: Sequence[Seen]) -> Changes:
        return seeing.saw(self._house, self._id, self.role, seen)

    def hand_back(self) -> Changes:
        return sitting.hand_back(self._house, self._id, self.role)

    def saved_marks(self, initials: bool) -> tuple[Saved, ...]:
        mine = marks.offered(self._house, self._name())
        return tuple(Saved(one.id, one.label, one.mark) for one in mine if one.initials == initials)

    def save_mark(self, label: str, mark: Mark, initials: bool) -> Changes:
        return marks.save(self._house, self._name(), label, mark, initials=initials)

    def use_mark(self, saved_id: str) -> Mark:
        return marks.use(self._house, self._name(), saved_id, self._id)

    def take_picture(self, path: Path, trim: Trim) -> PictureValue:
        taken = pictures.take_picture(self._house, path, trim)
        return PictureValue(taken.sha256, taken.width, taken.height)

    def take_file(self, path: Path) -> FileValue:
        return files.take_file(self._house, path)

    def picture_file(self, sha256: Sha256) -> Path:
        return viewing.blob_path(self._house, sha256)

    def page_image(self, source: Sha256, page: int, scale: float, clip: Rect | None) -> Pixels:
        return viewing.page_image(self._house, source, page, scale, clip)

    def print_on(self, source: Sha256, page: int) -> Printed:
        found = viewing.words(self._house, source, page)
        return Printed(tuple(word.rect for word in found.words), found.text)

    def copy_to(self, folder: Path, drive: bool) -> Sequence[Path]:
        way: copies.Way = "drive" if drive else "folder"
        return [copy.path for copy in copies.give(self._house, self._id, self.role, folder, way)]

    def copy_by_email(self, address: str) -> Changes:
        return copies.by_email(self._house, self._id, self.role, address)

    def hand_out(self, words: PageWords) -> Handed:
        return handing_out.start(self._house, self._id, self.role, words)

    def sources(self) -> Mapping[DocumentId, Sha256]:
        return sitting.visible(self._house, self._id, self.role).sources

    def try_pin(self, pin: str) -> Tried:
        return preferences.try_pin(self._house, pin)

    def _name(self) -> str:
        return self.envelope().recipient(self.role).name

    def beside(self, role: str) -> HouseDesk:
        return HouseDesk(self._house, self._id, role)
