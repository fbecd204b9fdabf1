"""Everything that only SQLite understands. The rest of the room speaks SQLAlchemy Core or plain SQL with named values.

PostgreSQL needs a second class with the public methods of `Sqlite`, and nothing else changed:
`FOUND_BY` as a `tsvector` column generated from `texts` with a GIN index and a prefix `to_tsquery`; `AMONG` and
`ALL_IDS` as `json_array_elements` and `string_agg`; the triggers as `plpgsql`; no special `BEGIN`, because rows are
read `FOR UPDATE` before they are written (SQLite ignores those words) and `SET lock_timeout` stands for the busy
time-out; the version of the schema from `alembic_version` instead of `PRAGMA user_version`; `data_version` from a
counter or `LISTEN`; `copy_to` through `pg_dump`; the error codes of its driver; and `ask` through SQLAlchemy's `text`,
which takes the same named values. Until that class exists, any other URL is refused by `open_dialect`.
"""

import os
import sqlite3
import threading
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from app.domain import errors
from app.store import backups

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine
    from sqlalchemy.engine import ExceptionContext

APPLICATION_ID = 0x50617261
"""`Para` in the file's header: another program's database is not taken for a library."""

BUSY_S = 10.0
SMALL_BYTES = 4 * 2**20
"""A file up to this size is checked whole at each opening; it takes about ten milliseconds."""

CACHE_KIB = 16384
"""Of each connection, if it reads so much: all ids of 100,000 envelopes then take 8.5 ms instead of 10.2."""

MAGIC = b"SQLite format 3\0"

Ask = Callable[[str, Mapping[str, Any]], list[Any]]
"""Runs one reading statement and gives all its rows."""

FOUND_BY = "SELECT rowid FROM search WHERE search MATCH :words"
"""The keys of envelopes that hold the words."""

HOW_MANY = "SELECT count(*) FROM search WHERE search MATCH :words"

AMONG = "SELECT value FROM json_each(:keys)"
"""The keys of a JSON list."""

ALL_IDS = "SELECT group_concat(id, ' ') FROM ({})"
"""All ids of an ordered query as one text: half the time of 100,000 rows. SQLite keeps the order of a subquery for
this aggregate.
"""

EVERY_ID = "SELECT group_concat(id, ' ') FROM envelopes INDEXED BY envelopes_by_age"
"""All ids in the order of that index or, if SQLite chose to walk it backwards, in the reverse: half the time again."""

SEARCH = (
    """CREATE VIRTUAL TABLE search USING fts5(title, message, people, documents, metadata,
        content='texts', content_rowid='key', columnsize=0,
        tokenize='unicode61 remove_diacritics 2', prefix='2 3')"""
)
TRIGGERS = (
    """CREATE TRIGGER texts_written AFTER INSERT ON texts BEGIN
        INSERT INTO search (rowid, title, message, people, documents, metadata)
        VALUES (NEW.key, NEW.title, NEW.message, NEW.people, NEW.documents, NEW.metadata);
    END""",
    """CREATE TRIGGER texts_erased AFTER DELETE ON texts BEGIN
        INSERT INTO search (search, rowid, title, message, people, documents, metadata)
        VALUES ('delete', OLD.key, OLD.title, OLD.message, OLD.people, OLD.documents, OLD.metadata);
    END""",
    """CREATE TRIGGER texts_changed AFTER UPDATE ON texts BEGIN
        INSERT INTO search (search, rowid, title, message, people, documents, metadata)
        VALUES ('delete', OLD.key, OLD.title, OLD.message, OLD.people, OLD.documents, OLD.metadata);
        INSERT INTO search (rowid, title, message, people, documents, metadata)
        VALUES (NEW.key, NEW.title, NEW.message, NEW.people, NEW.documents, NEW.metadata);
    END""",
    """CREATE TRIGGER events_never_change BEFORE UPDATE ON events BEGIN
        SELECT RAISE(ABORT, 'the trail is append-only');
    END""",
    """CREATE TRIGGER events_stay BEFORE DELETE ON events
    WHEN EXISTS (SELECT 1 FROM envelopes WHERE key = OLD.envelope) BEGIN
        SELECT RAISE(ABORT, 'the trail is append-only');
    END""",
    """CREATE TRIGGER envelopes_stay BEFORE DELETE ON envelopes WHEN OLD.status <> 'draft' BEGIN
        SELECT RAISE(ABORT, 'only drafts can be deleted');
    END""",
)
"""With `SEARCH`, what the tables of `tables` do not say: an index that follows `texts`, a trail that only grows."""


def open_dialect(folder: Path, url: str | None, busy_s: float = BUSY_S) -> "Sqlite":
    """The dialect of a database URL; without one, `library.sqlite3` in the folder."""
    if url is None:
        return Sqlite(folder, folder / "library.sqlite3", busy_s)
    scheme, _, place = url.partition(":///")
    if scheme not in ("sqlite", "sqlite+pysqlite") or not place:
        raise errors.DatabaseUnsupported(library=str(folder), scheme=url.partition(":")[0])
    return Sqlite(folder, folder / place, busy_s)


class Sqlite:
    """One database file, in WAL mode with full synchronisation: writers queue, readers never wait.

    Measured: with SQLite's default deferred transactions, concurrent writers broke 11 of 399 links of the chain;
    `BEGIN IMMEDIATE` broke none.
    """

    def __init__(self, folder: Path, database: Path, busy_s: float = BUSY_S) -> None:
        self.folder = folder
        self.database = database
        self.busy_s = busy_s
        self._idle: deque[sqlite3.Connection] = deque()
        self._watching: sqlite3.Connection | None = None
        self._lock = threading.Lock()

    # -- reading without SQLAlchemy ------------------------------------------------------------------------------

    @contextmanager
    def snapshot(self) -> Iterator[Ask]:
        """Statements asked inside see one state of the library, whatever others write meanwhile."""
        with self.translated():
            connection = self._borrow()
            try:
                connection.execute("BEGIN")
                yield lambda sql, values: connection.execute(sql, values).fetchall()
                connection.execute("COMMIT")
            except BaseException:
                connection.close()
                raise
            self._idle.append(connection)

    def ask(self, sql: str, values: Mapping[str, Any]) -> list[Any]:
        """One statement."""
        with self.snapshot() as ask:
            return ask(sql, values)

    def match(self, words: tuple[str, ...]) -> str:
        """The words as one FTS5 query. Each is quoted, so that nothing in it is syntax, and is a prefix."""
        return " ".join('"' + word.replace('"', '""') + '"*' for word in words)

    def data_version(self) -> int:
        """Another number after any commit, by whichever process; the same connection must ask each time."""
        with self._lock, self.translated():
            if self._watching is None:
                self._watching = self.connect()
            (version,) = self._watching.execute("PRAGMA data_version").fetchone()
            return int(version)

    def connect(self, *, reshaping: bool = False) -> sqlite3.Connection:
        """A connection that commits each statement unless told `BEGIN`; any one thread may use it at a time."""
        with self.translated():
            connection = sqlite3.connect(
                self.database, timeout=self.busy_s, isolation_level=None, check_same_thread=False
            )
            try:
                connection.execute("PRAGMA synchronous = FULL")
                connection.execute(f"PRAGMA foreign_keys = {int(not reshaping)}")
                connection.execute(f"PRAGMA legacy_alter_table = {int(reshaping)}")
                connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
                connection.execute("PRAGMA cell_size_check = ON")
            except BaseException:
                connection.close()
                raise
            return connection

    def _borrow(self) -> sqlite3.Connection:
        try:
            return self._idle.pop()
        except IndexError:
            return self.connect()

    # -- SQLAlchemy ----------------------------------------------------------------------------------------------

    @cached_property
    def engine(self) -> "Engine":
        """Made on first use: importing SQLAlchemy takes longer than opening the window."""
        from sqlalchemy import QueuePool

        return self._engine(self.connect, QueuePool, max_overflow=-1)

    @contextmanager
    def writing(self) -> Iterator["Connection"]:
        """A transaction that holds the write lock from its beginning; commits at the end, or leaves no trace."""
        with self.engine.connect().execution_options(writes=True) as connection, connection.begin():
            yield connection

    @contextmanager
    def reshaping(self) -> Iterator["Connection"]:
        """Like `writing`, for migrations: foreign keys sleep and renaming looks at nothing but the name, or rebuilding
        a table would cascade through the others.
        """
        from sqlalchemy import NullPool

        engine = self._engine(lambda: self.connect(reshaping=True), NullPool)
        with engine.connect().execution_options(writes=True) as connection, connection.begin():
            yield connection

    def _engine(self, creator: Callable[[], sqlite3.Connection], pool: Any, **options: Any) -> "Engine":
        from sqlalchemy import create_engine, event

        engine = create_engine("sqlite://", creator=creator, poolclass=pool, **options)
        event.listen(engine, "begin", _begin)
        event.listen(engine, "handle_error", self._handle)
        return engine

    def _handle(self, context: "ExceptionContext") -> None:
        if isinstance(context.original_exception, sqlite3.Error):
            self.translate(context.original_exception)

    # -- the file ------------------------------------------------------------------------------------------------

    def version(self) -> int | None:
        """Of the schema; None when there is no library yet. Raises `LibraryDamaged` for what is none of ours."""
        return self.version_in(self.ask)

    def version_in(self, ask: Ask) -> int | None:
        """As seen by this connection, which may hold the write lock."""
        ((tables,),) = ask("SELECT count(*) FROM sqlite_master", {})
        if not tables:
            return None
        ((version,),) = ask("PRAGMA user_version", {})
        ((application,),) = ask("PRAGMA application_id", {})
        if application != APPLICATION_ID:
            self.damaged("the file is another program's database")
        return int(version)

    def version_in_header(self) -> int | None:
        """Read without opening the database, by offsets 60 and 68 of the header (sqlite.org/fileformat2); None without
        file or content, 0 when the file is not ours. The log may hold a later one.
        """
        with backups.unwritable(self.folder):
            if not self.database.is_file():
                return None
            with self.database.open("rb") as file:
                header = file.read(100)
        if not header:
            return None
        if len(header) < 100 or not header.startswith(MAGIC):
            self.damaged("the file is no database")
        ours = int.from_bytes(header[68:72]) == APPLICATION_ID
        return int.from_bytes(header[60:64]) if ours else 0

    def equip(self, connection: "Connection", *, new: bool) -> None:
        """The search index for a new library; the triggers for every one, because rebuilding a table drops its own."""
        if new:
            connection.exec_driver_sql(SEARCH)
        for trigger in TRIGGERS:
            connection.exec_driver_sql(trigger.replace("CREATE TRIGGER", "CREATE TRIGGER IF NOT EXISTS", 1))

    def stamp(self, connection: "Connection", version: int) -> None:
        """Within the transaction that made the schema: the header is a page like any other."""
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.exec_driver_sql(f"PRAGMA user_version = {version}")

    def make_file(self) -> None:
        """An empty private file; its companions (`-wal`, `-shm`) take its mode."""
        with backups.unwritable(self.folder):
            self.database.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            os.close(os.open(self.database, os.O_RDWR | os.O_CREAT, 0o600))

    def keep_log(self) -> None:
        """Switches to write-ahead logging, which stays with the file."""
        with self.translated():
            connection = self.connect()
            try:
                connection.execute("PRAGMA journal_mode = WAL")
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            finally:
                connection.close()

    def check(self) -> None:
        """The cheap look at each opening: header, length and the root of every table; small files whole."""
        with self.translated():
            self._expect_writable()
            with self.snapshot() as ask:
                self._expect_whole(ask)
                if self.database.stat().st_size <= SMALL_BYTES:
                    self._expect_ok(ask("PRAGMA quick_check(1)", {}))

    def examine(self) -> None:
        """The long look, reading every page: raises `LibraryDamaged`, or all is well."""
        with self.translated(), self.snapshot() as ask:
            self._expect_ok(ask("PRAGMA integrity_check(1)", {}))
            ask("SELECT count(*) FROM texts", {})

    def copy_to(self, target: Path) -> None:
        """A consistent copy while others read and write; `target` is durable when this returns."""
        with self.translated():
            source = self.connect()
            try:
                copy = sqlite3.connect(target)
                try:
                    source.backup(copy)
                    copy.execute("PRAGMA journal_mode = DELETE")
                finally:
                    copy.close()
            finally:
                source.close()

    def tidy(self) -> None:
        """Joins the pieces of the search index, which halves the time of a search; writers wait meanwhile (0.7 s with
        100,000 envelopes).
        """
        with self.translated():
            connection = self.connect()
            try:
                connection.execute("INSERT INTO search (search) VALUES ('optimize')")
                connection.execute("PRAGMA optimize")
            finally:
                connection.close()

    def close(self) -> None:
        """Ends every connection. The library cannot be used afterwards."""
        if "engine" in self.__dict__:
            self.engine.dispose()
        while self._idle:
            self._idle.pop().close()
        if self._watching is not None:
            self._watching.close()
            self._watching = None

    # -- errors --------------------------------------------------------------------------------------------------

    @contextmanager
    def translated(self) -> Iterator[None]:
        """Errors of the driver leave as errors of the store; what is a mistake of ours leaves as it is."""
        try:
            yield
        except sqlite3.Error as problem:
            self.translate(problem)
            raise

    def translate(self, problem: sqlite3.Error) -> None:
        """Raises what the error means, or returns when it means a bug."""
        code = getattr(problem, "sqlite_errorcode", None)
        primary = code & 0xFF if code is not None else None
        if primary in _BUSY:
            raise errors.LibraryBusy(library=str(self.folder), seconds=self.busy_s) from problem
        if primary in _UNWRITABLE:
            raise errors.LibraryUnwritable(library=str(self.folder), reason=str(problem)) from problem
        if primary in _DAMAGED:
            self.damaged(str(problem), problem)

    def damaged(self, reason: str, cause: Exception | None = None) -> NoReturn:
        newest = backups.newest(self.folder)
        backup = str(newest) if newest else ""
        raise errors.LibraryDamaged(library=str(self.folder), reason=reason, backup=backup) from cause

    def _expect_writable(self) -> None:
        for place in (self.database.parent, self.database):
            if not os.access(place, os.W_OK):
                raise errors.LibraryUnwritable(library=str(self.folder), reason="read-only")

    def _expect_whole(self, ask: Ask) -> None:
        ((pages,),) = ask("PRAGMA page_count", {})
        ((size,),) = ask("PRAGMA page_size", {})
        if self.database.stat().st_size < pages * size and not self._log_size():
            self.damaged("the file is shorter than it should be")
        for table in ("envelopes", "events", "texts", "identities", "trust"):
            ask(f"SELECT 1 FROM {table} LIMIT 1", {})  # noqa: S608 - the names are the five above

    def _expect_ok(self, answer: list[Any]) -> None:
        if answer != [("ok",)]:
            self.damaged(str(answer[0][0]))

    def _log_size(self) -> int:
        log = self.database.with_name(self.database.name + "-wal")
        return log.stat().st_size if log.exists() else 0


def _begin(connection: "Connection") -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_UNWRITABLE = {
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PERM,
}
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
