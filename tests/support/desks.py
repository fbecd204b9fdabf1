"""A desk without a house: pages get rows, glances and verdicts made here, and say where they would go."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from app.domain.changes import Changes
from app.domain.envelope import Document, Envelope, EnvelopeStatus
from app.domain.geometry import PageGeometry, Rect
from app.domain.ids import DocumentId, EnvelopeId, RecipientId, Sha256
from app.domain.recipient import Recipient, RecipientStatus
from app.domain.verdict import Change, Report, SignatureReport, Verdict
from app.services.auditing import Line
from app.services.reading import Query, Row
from app.services.verifying import Judged
from app.settings import Settings
from app.store.listing import Party
from app.tasks import Runner
from app.ui.desk import Desk
from app.ui.models.library import Counts
from app.ui.models.preview import Glance

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
A4 = PageGeometry(0, 0, 595, 842)


def row(number: int, status: EnvelopeStatus = EnvelopeStatus.DRAFT, title: str = "", people: int = 2) -> Row:
    names = ("Ana Ruiz", "Bob Jones", "Chen Li", "Dora Maar", "Emil Zola", "Faye Dun", "Gus Orr", "Hal Lee", "Ida Wu")
    done = RecipientStatus.COMPLETED if status is EnvelopeStatus.COMPLETED else RecipientStatus.TURN
    parties = tuple(Party(name[0] + name.split()[1][0], name, name.split()[0].lower(), done) for name in names[:people])
    return Row(
        EnvelopeId(f"E{number:07}"),
        title or f"Agreement {number}",
        status,
        NOON - timedelta(hours=number),
        NOON - timedelta(days=1, hours=number),
        parties,
        (people if done is RecipientStatus.COMPLETED else 0, people),
        tuple(party.name for party in parties) if status is EnvelopeStatus.OUT else (),
    )


@dataclass
class FakeEnvelopes:
    """Rows kept in a list; counts what was asked."""

    kept: list[Row] = field(default_factory=list)
    asked: list[tuple[EnvelopeId, ...]] = field(default_factory=list)
    queries: list[Query] = field(default_factory=list)

    def ids(self, query: Query) -> Sequence[EnvelopeId]:
        self.queries.append(query)
        return [found.id for found in self.kept if _fits(found, query)]

    def rows(self, wanted: Sequence[EnvelopeId]) -> tuple[Row, ...]:
        self.asked.append(tuple(wanted))
        known = {found.id: found for found in self.kept}
        return tuple(known[one] for one in wanted)

    def counts(self) -> Counts:
        by_status = {status: sum(r.status is status for r in self.kept) for status in EnvelopeStatus}
        return Counts(by_status, by_status[EnvelopeStatus.OUT])


class ManyEnvelopes(FakeEnvelopes):
    """Rows made when they are asked for, for lists too long to keep."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self._ids = [EnvelopeId(f"E{number:07}") for number in range(count)]

    def ids(self, query: Query) -> Sequence[EnvelopeId]:
        self.queries.append(query)
        return self._ids

    def rows(self, wanted: Sequence[EnvelopeId]) -> tuple[Row, ...]:
        self.asked.append(tuple(wanted))
        return tuple(row(int(one[1:])) for one in wanted)


def envelope(number: int, status: EnvelopeStatus = EnvelopeStatus.DRAFT, sealed: bool = False) -> Envelope:
    found = row(number, status)
    recipients = tuple(Recipient(RecipientId(p.role), p.role, p.name, status=p.status) for p in found.recipients)
    bytes_ = Sha256("ab" * 32)
    document = Document(DocumentId("D"), "Agreement", bytes_, (A4, A4), current=bytes_ if sealed else None)
    return Envelope(
        found.id, found.title, found.created_at, found.updated_at, status, recipients=recipients, documents=(document,)
    )


@dataclass
class Sheet:
    """One grey page as a worker would hand it over."""

    width: int = 8
    height: int = 11
    released: bool = False

    @property
    def stride(self) -> int:
        return self.width * 4

    @property
    def buffer(self) -> memoryview:
        return memoryview(bytes([0x80]) * self.stride * self.height)

    def release(self) -> None:
        self.released = True


@dataclass
class FakeGlances:
    kept: dict[str, Envelope] = field(default_factory=dict)
    sheets: list[Sheet] = field(default_factory=list)
    error: Exception | None = None

    def glance(self, wanted: str) -> Glance:
        if self.error is not None:
            raise self.error
        lines = (
            Line(1, NOON - timedelta(days=2), "Envelope created", "host", "created"),
            Line(2, NOON - timedelta(days=1), "Draft changed: fields", "host", "edited"),
            Line(3, NOON - timedelta(hours=20), "Draft changed: recipients", "host", "edited"),
            Line(4, NOON, "Sent out", "host", "out"),
        )
        return Glance(self.kept[wanted], lines)

    def first_page(self, document: Document, height_px: float) -> Sheet:
        self.sheets.append(Sheet())
        return self.sheets[-1]


def judged(path: Path, verdict: Verdict = Verdict.VALID, sentence: str = "Everything holds.") -> Judged:
    change = Change("field_filled", 1, "buyer_name", "Ana Ruiz", rect=Rect(50, 60, 100, 20), covered=True)
    signature = SignatureReport(
        "Paraph-1", "Ana Ruiz", verdict, level="B-B", claimed_time=NOON, covers="whole_file", intact=True,
        changes_after=(change,), trusted_by="this device", issuer="Paraph device", serial="01",
        certificate_sha256="cd" * 32, revision=1, page=1, rect=Rect(100, 600, 200, 50),
    )  # fmt: skip
    return Judged(path, Report(str(path), Sha256("ab" * 32), verdict, "valid", (signature,)), sentence)


@dataclass
class FakeJudge:
    answers: dict[str, Judged | Exception] = field(default_factory=dict)

    def judge(self, path: Path) -> Judged:
        answer = self.answers.get(path.name) or judged(path)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def pages(self, path: Path) -> tuple[PageGeometry, ...]:
        return (A4, A4)


@dataclass
class Ways:
    """Writes down where a page sent the person."""

    gone: list[tuple[str, Any]] = field(default_factory=list)

    def home(self, envelope: str | None = None) -> None:
        self.gone.append(("home", envelope))

    def prepare(self, envelope: str) -> None:
        self.gone.append(("prepare", envelope))

    def room(self, envelope: str, role: str | None = None) -> None:
        self.gone.append(("room", envelope))

    def kiosk(self, envelope: str) -> None:
        self.gone.append(("kiosk", envelope))

    def rehearse(self, envelope: str, role: str, ended: Callable[[], None]) -> None:
        self.gone.append(("rehearse", (envelope, role)))
        ended()

    def verify(self, files: Sequence[Path], titles: Sequence[str] = ()) -> None:
        self.gone.append(("verify", tuple(files)))

    def exchange(self, tab: str = "") -> None:
        self.gone.append(("exchange", tab))

    def preferences(self) -> None:
        self.gone.append(("preferences", None))

    def begin(self, files: Sequence[Path]) -> None:
        self.gone.append(("begin", tuple(files)))


@dataclass
class Notices:
    """Writes down what a page said."""

    told: list[str] = field(default_factory=list)
    warned: list[str] = field(default_factory=list)
    failures: list[Exception] = field(default_factory=list)

    def tell(self, text: str, button: str = "", then: Callable[[], object] | None = None) -> None:
        self.told.append(text)

    def warn(self, text: str) -> None:
        self.warned.append(text)

    def fail(self, error: Exception) -> None:
        self.failures.append(error)

    def unlock(self, error: Exception, again: Callable[[], object], given_up: Callable[[], None]) -> bool:
        return False


def desk(runner: Runner, folder: Path, ways: Ways | None = None, notices: Notices | None = None) -> Desk:
    """A house with settings and a folder and nothing else; changes come straight back."""
    house = SimpleNamespace(folder=folder, settings=Settings(), preferences=SimpleNamespace(current=Settings()))
    made = Desk(cast("Any", house), runner, notices or Notices(), ways or Ways(), lambda changes: _hear(made, changes))
    return made


def _hear(heard_by: Desk, changes: Changes) -> None:
    heard_by.changed.emit(changes)


def _fits(found: Row, query: Query) -> bool:
    by_status = not query.status or found.status in query.status
    by_turn = not query.needs_host or found.status is EnvelopeStatus.OUT
    return by_status and by_turn and query.search.casefold() in found.title.casefold()
