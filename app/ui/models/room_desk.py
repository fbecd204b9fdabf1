"""What the signing room may ask of the house: one envelope, one recipient, and nothing else.

The room's widgets are handed this and never the house, so that no widget in front of a stranger can reach another
envelope, another person's data or a setting. `room_house.HouseDesk` is the real one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from app.domain.ceremony import IdEvidence
from app.domain.changes import Changes
from app.domain.drawing import Drawing, Metrics
from app.domain.envelope import Envelope
from app.domain.fields.base import Field, FileValue, PictureValue, Value
from app.domain.geometry import Rect
from app.domain.ids import DocumentId, FieldId, Sha256
from app.domain.mark import Mark
from app.domain.seeing import Seen
from app.domain.trim import Trim
from app.services.handing_out import PageWords
from app.tasks import Report
from app.ui.models.pictures import Pixels
from app.ui.models.room_gate import Tried


@dataclass(frozen=True)
class Habits:
    """What of the settings concerns the room. `idle_minutes` 0: it is never blanked; `thanks`: a page after signing;
    `pin_wait_s`: what is left of the wait for wrong PINs; `unattended`: no host is near, and `number` is what the
    person goes by afterwards.
    """

    identified_by: str
    idle_minutes: int
    pin_set: bool
    records_views: bool = False
    sends_mail: bool = False
    read_to_end: bool = False
    thanks: bool = True
    rehearses: bool = False
    pin_wait_s: float = 0.0
    unattended: bool = False
    copies_by_qr: bool = False
    number: int = 0


@dataclass(frozen=True)
class Identified:
    """The host's statement of how a person was identified, what it rests on, and the last `digits` of a card."""

    statement: str
    evidence: IdEvidence
    digits: str = ""


@dataclass(frozen=True)
class Agreement:
    """What is consented to: its title and its full text."""

    title: str
    text: str


@dataclass(frozen=True)
class Printed:
    """The words of a page: where they stand, in points, and what they say, in reading order."""

    words: tuple[Rect, ...] = ()
    text: str = ""


@dataclass(frozen=True)
class Words:
    """An error for people: `title`, what `happened`, what `todo`."""

    title: str
    happened: str
    todo: str


@dataclass(frozen=True)
class Saved:
    """A mark this person keeps on this machine."""

    id: str
    label: str
    mark: Mark


class Handed(Protocol):
    """A copy that waits for a telephone. `code` is for comparing; `left_s` 0 when it has ended."""

    code: str

    @property
    def url(self) -> str: ...
    @property
    def fetched(self) -> bool: ...
    @property
    def left_s(self) -> int: ...
    def end(self) -> None: ...


class RoomDesk(Protocol):
    """Each call may block and runs on a thread of the runner, except those marked (instant).

    What changes the envelope returns what it changed and raises a `ParaphError` when it may not.
    """

    role: str

    def habits(self) -> Habits:
        """(instant)"""
        ...

    def agreement(self, language: str) -> Agreement:
        """(instant)"""
        ...

    def words(self, error: BaseException) -> Words:
        """(instant)"""
        ...

    def drawing(self, envelope: Envelope, field: Field, value: Value | None) -> Drawing:
        """(instant) What stands in a field, as it will be sealed. Raises `GlyphsMissing`."""
        ...

    def metrics(self) -> Metrics:
        """(instant)"""
        ...

    def face_file(self, face: str) -> Path:
        """(instant)"""
        ...

    def today(self) -> str:
        """(instant) The signer's day, ISO 8601."""
        ...

    def envelope(self) -> Envelope: ...
    def open(self) -> Changes: ...
    def identify(self, told: Identified, codes: Mapping[str, str]) -> Changes: ...
    def send_code(self, language: str) -> Changes:
        """A one-time code goes to their address, in a letter of this language."""
        ...

    def consent(self, language: str) -> Changes: ...
    def show_page(self, document: DocumentId, page: int) -> Changes: ...
    def adopt(self, mark: Mark, initials: bool) -> Changes: ...
    def fill(self, values: Mapping[FieldId, Value]) -> Changes:
        """All of them or none."""
        ...

    def clear(self, name: FieldId) -> Changes:
        """Takes back what was entered in a field."""
        ...

    def finish(self, report: Report) -> Changes: ...
    def decline(self, reason: str) -> Changes: ...
    def put_off(self, field: FieldId | None) -> Changes:
        """They sign later, and go on at this field."""
        ...

    def question(self) -> Changes:
        """They asked something before signing."""
        ...

    def skip(self) -> Changes:
        """The host goes on with somebody else."""
        ...

    def go_elsewhere(self) -> Changes:
        """They would rather sign at another place: a choice, that sends nothing yet."""
        ...

    def delegate(self, name: str, email: str, reason: str) -> Changes: ...
    def acknowledge(self, typed_name: str) -> Changes: ...
    def saw(self, seen: Sequence[Seen]) -> Changes: ...
    def hand_back(self) -> Changes: ...
    def saved_marks(self, initials: bool) -> tuple[Saved, ...]:
        """This person's own, and nobody else's."""
        ...

    def save_mark(self, label: str, mark: Mark, initials: bool) -> Changes: ...
    def use_mark(self, saved_id: str) -> Mark:
        """Its use is noted."""
        ...

    def take_picture(self, path: Path, trim: Trim) -> PictureValue: ...
    def take_file(self, path: Path) -> FileValue: ...
    def picture_file(self, sha256: Sha256) -> Path: ...
    def page_image(self, source: Sha256, page: int, scale: float, clip: Rect | None) -> Pixels: ...
    def print_on(self, source: Sha256, page: int) -> Printed:
        """What is printed there; nothing where the page is a picture."""
        ...

    def copy_to(self, folder: Path, drive: bool) -> Sequence[Path]:
        """The documents as they stand, for the signer to take along: onto a `drive` of theirs, or into a folder."""
        ...

    def copy_by_email(self, address: str) -> Changes: ...
    def hand_out(self, words: PageWords) -> Handed:
        """Their copy waits on this device for a telephone; `words` stand on the telephone's page."""
        ...

    def sources(self) -> Mapping[DocumentId, Sha256]:
        """(instant) The bytes this person may see of each document, as the envelope was last read."""
        ...

    def try_pin(self, pin: str) -> Tried: ...

    def beside(self, role: str) -> RoomDesk:
        """(instant) The same envelope for the person whose turn comes next."""
        ...
