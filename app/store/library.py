"""The library as the kitchen sees it. Lists are read without SQLAlchemy; the rest imports it on first use."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from app.domain import errors
from app.domain.audit import ChainReport, Event, Head, Moment
from app.domain.envelope import Envelope, EnvelopeStatus
from app.domain.ids import EnvelopeId
from app.domain.steps import Step
from app.store import backups, schema
from app.store.anchors import Anchor, Anchors
from app.store.blobs import NAME, Blobs
from app.store.boxes import Boxes
from app.store.dialect import BUSY_S, Sqlite, open_dialect
from app.store.instants import to_micros
from app.store.listing import Page, Query, Row
from app.store.lists import Lists
from app.store.records import OperationRecord

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from app.store.outbox import Outbox
    from app.store.remote import Accounts, Connections
    from app.store.small import Identities, TrustList

IS_DUE = """SELECT 1 FROM operations
    WHERE account IS NOT NULL AND state IN ('waiting', 'running') AND next_at NOT BETWEEN :now AND :far LIMIT 1"""


def utc_now() -> datetime:
    return datetime.now(UTC)


class Library:
    """One folder: the database, `blobs/`, `backups/`. Any thread may use it, and other processes the same folder."""

    def __init__(self, dialect: Sqlite, blobs: Blobs, clock: Callable[[], datetime]) -> None:
        self.folder = dialect.folder
        self.blobs = blobs
        self._dialect = dialect
        self._lists = Lists(dialect)
        self._clock = clock

    @classmethod
    def open(
        cls,
        folder: Path,
        url: str | None = None,
        clock: Callable[[], datetime] = utc_now,
        *,
        busy_s: float = BUSY_S,
    ) -> Self:
        """Makes what is missing and migrates what is older, after a backup.

        Raises `LibraryTooNew`, `LibraryDamaged` (naming the newest backup), `LibraryUnwritable`, `LibraryBusy` or
        `DatabaseUnsupported`; then nothing was changed.
        """
        backups.make_private(folder, folder)
        dialect = open_dialect(folder, url, busy_s)
        try:
            schema.bring_up(
                dialect,
                schema.CURRENT,
                lambda found: backups.make(folder, clock(), f"before-migration-from-{found}", dialect.copy_to),
            )
            dialect.check()
            return cls(dialect, Blobs(folder), clock)
        except BaseException:
            dialect.close()
            raise

    @classmethod
    def restore(cls, folder: Path, backup: Path, clock: Callable[[], datetime] = utc_now) -> Self:
        """Puts a backup in the place of a damaged database, which is kept as `damaged-…` beside the backups.

        Blobs the backup does not know are moved to `rescued/`: they may be the sealed files of envelopes it lacks. What
        waits in its outbox may have been sent since, and is doubted.
        """
        backups.put_back(folder, backup, open_dialect(folder, None).database, clock())
        library = cls.open(folder, clock=clock)
        library.blobs.rescue(library.referenced(), folder / "rescued")
        library.outbox.doubt()
        return library

    # -- envelopes -----------------------------------------------------------------------------------------------

    def record(self, *steps: Step, operations: Sequence[OperationRecord] = ()) -> tuple[Envelope, ...]:
        """All steps or none, durably; the only way to save. Gives the envelopes with their new versions.

        `operations` are rows of the outbox these steps cause or settle, in the same transaction. Raises
        `EnvelopeChanged` when an envelope is no longer (or, for a new one, already) there in the version its step began
        with, `OperationChanged` likewise. Writers queue; `LibraryBusy` after ten seconds.
        """
        from app.store.recording import save

        with self._dialect.writing() as connection:
            saved = tuple(save(connection, step) for step in steps)
            if operations:
                from app.store import outbox

                outbox.save(connection, operations)
            return saved

    def envelope(self, id: EnvelopeId) -> Envelope:  # noqa: A002 - the word of the domain
        """Raises `UnknownEnvelope`."""
        from app.store import reading

        with self._reading() as connection:
            found = reading.body_of(connection, id)
        try:
            return reading.envelope_of(found)
        except errors.SpecError as problem:
            self._dialect.damaged(f"envelope {id}: {problem.path}: {problem.problem}", problem)

    def delete_draft(self, id: EnvelopeId) -> None:  # noqa: A002
        """Wholly, with its trail. Raises `UnknownEnvelope`, and `WrongStatus` for anything but a draft."""
        from app.store import reading

        with self._dialect.writing() as connection:
            reading.delete_draft(connection, id)

    def resolve(self, prefix: str) -> EnvelopeId:
        """The envelope whose id begins so. Raises `UnknownEnvelope` or `AmbiguousEnvelope`."""
        return self._lists.resolve(prefix)

    def list(self, query: Query) -> Page:
        """Newest first."""
        return self._lists.page(query)

    def ids(self, query: Query) -> Sequence[EnvelopeId]:
        """All that the query finds, newest first: a table knows its true length and reads rows as they are seen."""
        return self._lists.ids(query)

    def rows(self, ids: Sequence[EnvelopeId]) -> tuple[Row, ...]:
        """In the order asked for, without those that are gone."""
        return self._lists.rows(ids)

    def counts(self) -> dict[EnvelopeStatus, int]:
        return self._lists.counts()

    def overdue(self, now: datetime) -> tuple[EnvelopeId, ...]:
        """Out, and past their limit."""
        return self._lists.overdue(now)

    # -- the audit trail -----------------------------------------------------------------------------------------

    def trail(self, id: EnvelopeId) -> tuple[Event, ...]:  # noqa: A002
        """Raises `UnknownEnvelope`, and `TrailUnreadable` where a line is no event."""
        from app.store import trails

        with self._reading() as connection:
            return trails.trail(connection, id)

    def head(self, id: EnvelopeId) -> Head:  # noqa: A002
        """Where the chain stands by the envelope's own account."""
        from app.store import trails

        with self._reading() as connection:
            return trails.head(connection, id)

    def records(self, id: EnvelopeId) -> tuple[dict[str, Any], ...]:  # noqa: A002
        """The trail as stored, `{..body, "sha256"}`: what is exported, and what `audit.verify` takes."""
        from app.store import trails

        with self._reading() as connection:
            return tuple(trails.records(connection, id))

    def last_moment(self, id: EnvelopeId) -> Moment | None:  # noqa: A002
        """When the newest event of this envelope was recorded, by which clock; None where there is none."""
        from app.store import trails

        with self._reading() as connection:
            return trails.last_moment(connection, id)

    def judge(self, id: EnvelopeId, anchor: Head | None = None) -> ChainReport:  # noqa: A002
        """Is the trail whole, to its end, and does it run through `anchor`, a head kept elsewhere?"""
        from app.store import trails

        with self._reading() as connection:
            return trails.judge(connection, id, anchor)

    def anchors(self) -> Anchors:
        """Heads that were countersigned, over all envelopes."""
        return Anchors(self.folder)

    def anchor(self, id: EnvelopeId, head: Head) -> Anchor:  # noqa: A002
        """Notes a head for ever; writers of other processes wait meanwhile."""
        with self._dialect.writing():
            return self.anchors().append(id, head)

    def boxes(self, name: str) -> Boxes:
        """A folder of encrypted files beside the database."""
        return Boxes(self.folder, name)

    # -- small tables --------------------------------------------------------------------------------------------

    @cached_property
    def identities(self) -> "Identities":
        from app.store.small import Identities

        return Identities(self._dialect)

    @cached_property
    def trust(self) -> "TrustList":
        from app.store.small import TrustList

        return TrustList(self._dialect)

    @cached_property
    def accounts(self) -> "Accounts":
        from app.store.remote import Accounts

        return Accounts(self._dialect)

    @cached_property
    def connections(self) -> "Connections":
        from app.store.remote import Connections

        return Connections(self._dialect)

    @cached_property
    def outbox(self) -> "Outbox":
        from app.store.outbox import Outbox

        return Outbox(self._dialect)

    # -- care ----------------------------------------------------------------------------------------------------

    def data_version(self) -> int:
        """Another number whenever something was recorded, here or by another process; asking costs microseconds."""
        return self._dialect.data_version()

    def warm(self) -> None:
        """Imports what the first envelope will need: for a background thread, once the window is painted."""
        from app.store import reading, recording, trails  # noqa: F401 - importing is the work

        self.identities.list()

    def is_due(self, now: datetime, longest_wait: timedelta) -> bool:
        """Whether the outbox has something to do: due, or waiting for longer than anything does. Asking costs
        microseconds and no import.
        """
        return bool(self._dialect.ask(IS_DUE, {"now": to_micros(now) + 1, "far": to_micros(now + longest_wait)}))

    def back_up(self) -> Path:
        """A consistent copy of the database now; the seven newest are kept."""
        return backups.make(self.folder, self._clock(), "daily", self._dialect.copy_to)

    def look_after(self) -> bool:
        """The daily round for a background thread: back up, tidy the search index, sweep. False: not due yet."""
        if not backups.is_due(self.folder, self._clock()):
            return False
        self.back_up()
        self._dialect.tidy()
        self.sweep()
        return True

    def examine(self) -> None:
        """Reads every page of the database; raises `LibraryDamaged`."""
        self._dialect.examine()

    def sweep(self) -> int:
        """Deletes blobs no envelope refers to and unfinished files, older than an hour; returns how many."""
        return self.blobs.sweep(self.referenced(), self._clock().timestamp())

    def referenced(self) -> set[str]:
        """Every fingerprint any envelope or operation names, wherever in it: a new kind of reference cannot be
        forgotten."""
        from app.store import outbox, reading

        with self._reading() as connection:
            bodies = chain(reading.bodies(connection), outbox.bodies(connection))
            return {name for body in bodies for name in NAME.findall(body)}

    def close(self) -> None:
        self._dialect.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def _reading(self) -> Iterator["Connection"]:
        with self._dialect.engine.connect() as connection:
            yield connection
