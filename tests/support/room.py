"""A signing room without a house: the rules are the real ones, the library is one envelope in memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from app.domain import attesting, clearing, confirming, ending, errors, one_time_code, seeing, sending, signing, sitting
from app.domain.audit import Moment
from app.domain.changes import Changes
from app.domain.drawing import Drawing, Metrics
from app.domain.envelope import CopyMode, Document, Envelope, EnvelopeStatus
from app.domain.fields.base import Field, FileValue, PictureValue, Value
from app.domain.fields.registry import draw
from app.domain.geometry import PageGeometry, Rect
from app.domain.host_pin import Tries
from app.domain.ids import DocumentId, EnvelopeId, FieldId, RecipientId, Sha256
from app.domain.mark import InkPoint, Mark
from app.domain.recipient import Action, AuthMethod, Recipient
from app.domain.seeing import Seen
from app.domain.steps import Step
from app.domain.trim import Trim
from app.domain.visibility import visible_to
from app.fonts import BundledMetrics, face_file
from app.services import messages
from app.services.handing_out import PageWords
from app.services.preferences import PinTry
from app.tasks import Report
from app.ui.models.room_desk import Agreement, Habits, Handed, Identified, Printed, Saved, Words
from app.ui.models.room_refusals import refusal

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
DOCUMENT = DocumentId("D1")
A4 = PageGeometry(0, 0, 595, 842)
METRICS = BundledMetrics()
DRAWN = Mark("drawn", (tuple(InkPoint(10.0 * n, 40.0 + (n % 3) * 20, 0.5, 10 * n) for n in range(20)),))


def a_field(kind: str, role: str = "buyer", page: int = 1, y: float = 100, **more: object) -> Field:
    name = FieldId(f"{role}-{kind}-{page}-{y:g}")
    return Field(name, kind, DOCUMENT, page, Rect(80, y, 180, 30), role, **more)  # type: ignore[arg-type]


def fields_of_all_kinds() -> tuple[Field, ...]:
    """The buyer's, in reading order, then one of the seller's."""
    return (
        a_field("name", y=80, label="Your name"),
        a_field("email", y=130, label="E-mail"),
        a_field("number", y=180, label="Rooms"),
        a_field("text", y=230, label="Remarks", required=False),
        a_field("date", y=280, label="Move in"),
        a_field("checkbox", y=330, label="House rules read"),
        a_field("initials", y=780, label="Initials"),
        a_field("radio", page=2, y=100, label="Heating", options=("Gas", "Wood")),
        a_field("dropdown", page=2, y=160, label="Floor", options=("First", "Second")),
        a_field("signature", page=2, y=400, label="Signature"),
        a_field("signature", page=2, y=500, label="Second signature"),
        a_field("date_signed", page=2, y=560),
        a_field("signature", "seller", page=2, y=620),
    )


def an_envelope(fields: Sequence[Field] | None = None, code: str = "", copies: CopyMode = CopyMode.ASK) -> Envelope:
    """Out, with Jane Smith's turn and Bob Jones after her. Without a signature among `fields` she approves."""
    placed = fields_of_all_kinds() if fields is None else (*fields, a_field("signature", "seller", y=700))
    signs = any(field.kind == "signature" and field.recipient == "buyer" for field in placed)
    action = Action.SIGN if signs else Action.APPROVE
    auth = (AuthMethod("access_code", code),) if code else ()
    draft = Envelope(
        EnvelopeId("E1"),
        "Lease of a flat",
        NOON,
        NOON,
        copy_mode=copies,
        documents=(Document(DOCUMENT, "Lease", Sha256("0" * 64), (A4, A4)),),
        recipients=(
            Recipient(RecipientId("R1"), "buyer", "Jane Smith", "jane@example.com", "", action, 1, auth),
            Recipient(RecipientId("R2"), "seller", "Bob Jones", order=2),
        ),
        fields=placed,
    )
    return sending.send(draft, {DOCUMENT: Sha256("1" * 64)}, Moment(NOON, 0, "boot")).envelope


@dataclass
class Waiting:
    """A copy for a telephone that nobody serves."""

    words: PageWords
    code: str = "0417"
    url: str = "http://127.0.0.1:40123/k2m9xAbC_de-fGh1"
    fetched: bool = False
    left_s: int = 300

    def end(self) -> None:
        self.left_s = 0


@dataclass
class Shelf:
    """What several desks of one envelope share."""

    envelope: Envelope
    events: list[str] = field(default_factory=list)
    copied_to: list[Path] = field(default_factory=list)
    mailed_to: list[str] = field(default_factory=list)
    saved: dict[tuple[str, bool], list[tuple[str, Mark]]] = field(default_factory=dict)
    trims: list[Trim] = field(default_factory=list)
    at: datetime = NOON
    handed: list[Waiting] = field(default_factory=list)
    tries: Tries = field(default_factory=Tries)


@dataclass(frozen=True)
class Blank:
    """A white page."""

    width: int
    height: int

    @property
    def stride(self) -> int:
        return 4 * self.width

    @property
    def buffer(self) -> memoryview:
        return memoryview(b"\xff" * (self.stride * self.height))

    def release(self) -> None: ...


class RoomDeskInMemory:
    """`RoomDesk` over the domain. `fails_with` is raised by the next `finish`."""

    def __init__(
        self,
        envelope: Envelope,
        role: str = "buyer",
        *,
        pin: str = "",
        usual: str = "Known to me personally",
        idle_minutes: int = 0,
        habits: Habits | None = None,
        shelf: Shelf | None = None,
    ) -> None:
        self.role = role
        self.shelf = shelf or Shelf(envelope)
        self.fails_with: errors.ParaphError | None = None
        self._pin, self._usual, self._idle = pin, usual, idle_minutes
        self._habits = habits or Habits("", 0, False)

    def habits(self) -> Habits:
        return replace(self._habits, identified_by=self._usual, idle_minutes=self._idle, pin_set=bool(self._pin))

    def agreement(self, language: str) -> Agreement:
        return Agreement("Signing electronically", "The whole text.")

    def words(self, error: BaseException) -> Words:
        own = refusal(error)
        if own is not None:
            return own
        found = messages.words(error)
        return Words(found.title, found.happened, found.todo)

    def drawing(self, envelope: Envelope, field: Field, value: Value | None) -> Drawing:
        return draw(envelope.styled(field), value, METRICS)

    def metrics(self) -> Metrics:
        return METRICS

    def face_file(self, face: str) -> Path:
        return face_file(face)

    def today(self) -> str:
        return "2026-11-20"

    def envelope(self) -> Envelope:
        return self.shelf.envelope

    def open(self) -> Changes:
        return self._record(signing.open_room(self.shelf.envelope, self.role, self._moment()))

    def identify(self, told: Identified, codes: Mapping[str, str]) -> Changes:
        recipient = self.shelf.envelope.recipient(self.role)
        if any(method.secret != codes.get(method.type) for method in recipient.auth):
            step = signing.wrong_code(self.shelf.envelope, self.role, "access_code", self._moment())
            self._record(step)
            raise errors.AccessDenied(
                role=self.role, method="access_code", tries_left=step.entries[0].facts["tries_left"]
            )
        passed = tuple(method.type for method in recipient.auth)
        return self._record(signing.identify(self.shelf.envelope, self.role, told.statement, passed, self._moment()))

    def send_code(self, language: str) -> Changes:
        step = one_time_code.sent(self.shelf.envelope, self.role, "a hash", self._moment())
        self.shelf.mailed_to.append(self.shelf.envelope.recipient(self.role).email)
        return self._record(step)

    def consent(self, language: str) -> Changes:
        text = Sha256("2" * 64)
        return self._record(signing.consent(self.shelf.envelope, self.role, text, language, self._moment()))

    def show_page(self, document: DocumentId, page: int) -> Changes:
        step = signing.show_page(self.shelf.envelope, self.role, document, page, self._moment())
        return self._record(step) if step else Changes()

    def adopt(self, mark: Mark, initials: bool) -> Changes:
        return self._record(signing.adopt(self.shelf.envelope, self.role, mark, self._moment(), initials=initials))

    def fill(self, values: Mapping[FieldId, Value]) -> Changes:
        envelope = self.shelf.envelope
        confirming.check(envelope, self.role, map(envelope.field, values))
        steps = []
        for name, value in values.items():
            steps.append(signing.fill(envelope, self.role, envelope.field(name), value, self._moment()))
            envelope = steps[-1].envelope
        whole = steps[0]
        for step in steps[1:]:
            whole = whole.then(step)
        return self._record(whole)

    def clear(self, name: FieldId) -> Changes:
        return self._record(clearing.clear(self.shelf.envelope, self.role, name, self._moment()))

    def finish(self, report: Report) -> Changes:
        signing.check_finishable(self.shelf.envelope, self.role)
        if self.fails_with is not None:
            error, self.fails_with = self.fails_with, None
            raise error
        filled = signing.with_automatic(self.shelf.envelope, self.role, self._moment())
        report(1, 1)
        facts = {"sha256": "3" * 64, "signature_field": "S", "level": "B-B", "certificate_sha256": "4" * 64}
        return self._record(signing.finish(filled, self.role, {DOCUMENT: facts}, self._moment()))

    def decline(self, reason: str) -> Changes:
        return self._record(ending.decline(self.shelf.envelope, self.role, reason, self._moment()))

    def put_off(self, field: FieldId | None) -> Changes:
        return self._record(sitting.put_off(self.shelf.envelope, self.role, field, self._moment()))

    def question(self) -> Changes:
        return self._record(sitting.question(self.shelf.envelope, self.role, self._moment()))

    def skip(self) -> Changes:
        return self._record(sitting.skip(self.shelf.envelope, self.role, "", self._moment()))

    def go_elsewhere(self) -> Changes:
        return self._record(sitting.choose_remote(self.shelf.envelope, self.role, self._moment()))

    def delegate(self, name: str, email: str, reason: str) -> Changes:
        return self._record(sitting.delegate(self.shelf.envelope, self.role, name, email, reason, self._moment()))

    def acknowledge(self, typed_name: str) -> Changes:
        return self._record(attesting.acknowledge(self.shelf.envelope, self.role, typed_name, self._moment()))

    def saw(self, seen: Sequence[Seen]) -> Changes:
        return self._record(seeing.saw(self.shelf.envelope, self.role, seen, self._moment()))

    def hand_back(self) -> Changes:
        return self._record(sitting.hand_back(self.shelf.envelope, self.role, "", self._moment()))

    def saved_marks(self, initials: bool) -> tuple[Saved, ...]:
        name = self.shelf.envelope.recipient(self.role).name
        kept = self.shelf.saved.get((name, initials), [])
        return tuple(Saved(f"{name}-{number}", label, mark) for number, (label, mark) in enumerate(kept))

    def save_mark(self, label: str, mark: Mark, initials: bool) -> Changes:
        name = self.shelf.envelope.recipient(self.role).name
        self.shelf.saved.setdefault((name, initials), []).append((label, mark))
        return Changes.of("mark", label)

    def use_mark(self, saved_id: str) -> Mark:
        name, _, number = saved_id.rpartition("-")
        return self.shelf.saved[name, False][int(number)][1]

    def take_picture(self, path: Path, trim: Trim) -> PictureValue:
        self.shelf.trims.append(trim)
        if path.suffix != ".png":
            raise errors.NotADocument(path=str(path), found="text")
        return PictureValue(Sha256("5" * 64), 300, 100)

    def take_file(self, path: Path) -> FileValue:
        return FileValue(path.name, 2048, Sha256("6" * 64))

    def picture_file(self, sha256: Sha256) -> Path:
        raise errors.BlobMissing(sha256=sha256)

    def page_image(self, source: Sha256, page: int, scale: float, clip: Rect | None) -> Blank:
        width, height = (clip.width, clip.height) if clip else (A4.size.width, A4.size.height)
        return Blank(max(1, round(width * scale)), max(1, round(height * scale)))

    def print_on(self, source: Sha256, page: int) -> Printed:
        return Printed(text=f"The words of page {page}")

    def copy_by_email(self, address: str) -> Changes:
        self.shelf.mailed_to.append(address)
        return Changes()

    def hand_out(self, words: PageWords) -> Handed:
        self.shelf.handed.append(Waiting(words))
        return self.shelf.handed[-1]

    def sources(self) -> Mapping[DocumentId, Sha256]:
        return visible_to(self.shelf.envelope, self.role).sources

    def copy_to(self, folder: Path, drive: bool) -> Sequence[Path]:
        self.shelf.copied_to.append(folder)
        return [folder / "Lease.pdf"]

    def try_pin(self, pin: str) -> PinTry:
        tries, now = self.shelf.tries, datetime.now(UTC)
        if wait_s := tries.wait_s(now):
            return PinTry(False, wait_s)
        self.shelf.tries = Tries() if pin == self._pin else tries.after_wrong(now)
        return PinTry(pin == self._pin, self.shelf.tries.wait_s(now))

    def beside(self, role: str) -> RoomDeskInMemory:
        return RoomDeskInMemory(self.shelf.envelope, role, pin=self._pin, shelf=self.shelf)

    def void(self) -> None:
        """What another program may do meanwhile."""
        self.shelf.envelope = replace(self.shelf.envelope, status=EnvelopeStatus.VOIDED)

    def _moment(self) -> Moment:
        self.shelf.at += timedelta(seconds=1)
        return Moment(self.shelf.at, 0, "boot")

    def _record(self, step: Step) -> Changes:
        self.shelf.envelope = replace(step.envelope, version=self.shelf.envelope.version + 1)
        self.shelf.events += [entry.kind for entry in step.entries]
        return Changes.of("envelope", step.envelope.id)
