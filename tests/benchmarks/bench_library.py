"""The library with 100,000 envelopes beside raw sqlite3, LIKE, a bare append to a file, and Qt's fetchMore."""

from __future__ import annotations

import functools
import os
import sqlite3
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from app import codec
from app.domain.envelope import Envelope
from app.store import Cursor, Library, Query, Row
from app.store.instants import to_micros
from tests.benchmarks.harness import Benchmark, Goal, Samples, Workbench
from tests.benchmarks.harness import Row as Line
from tests.support.envelopes import STATUSES, envelope, recorded

if TYPE_CHECKING:
    from PySide6.QtCore import QAbstractTableModel

ENVELOPES = 100_000
AT_ONCE = 5_000
RARE = (
    "aardvark", "bergamot", "cassowary", "dulcimer", "eucalyptus", "farthing", "gossamer", "hyacinth", "isinglass",
    "jabiru", "kumquat", "lapislazuli", "marzipan", "nasturtium", "ocarina", "pomegranate", "quokka", "rutabaga",
    "syzygy", "turmeric",
)
NEWEST = "ORDER BY created_at DESC, id DESC"
PAGE = "SELECT id, title, status, updated_at, created_at, summary FROM envelopes"
COUNT = "SELECT count(*) FROM envelopes"
EVERY_ID = "SELECT id FROM envelopes ORDER BY created_at DESC, id DESC"
LIKE = """SELECT e.id, e.title, e.status, e.updated_at, e.created_at, e.summary
    FROM texts t JOIN envelopes e USING (key)
    WHERE t.title LIKE :part OR t.message LIKE :part OR t.people LIKE :part OR t.documents LIKE :part
        OR t.metadata LIKE :part
    ORDER BY created_at DESC, id DESC LIMIT 50"""


def _large_library() -> Library:
    return _filled()[0]


@functools.cache
def _filled() -> tuple[Library, tempfile.TemporaryDirectory[str]]:
    """Filled once a run, through the same `record` as everything else; the folder goes when the process ends."""
    folder = tempfile.TemporaryDirectory(prefix="paraph-bench-library-")
    library = Library.open(Path(folder.name))
    for start in range(0, ENVELOPES, AT_ONCE):
        library.record(*(recorded(_one(number)) for number in range(start, start + AT_ONCE)))
    library.look_after()
    return library, folder


def _one(number: int) -> Envelope:
    made = envelope(number, STATUSES[number % len(STATUSES)])
    place, rest = divmod(number, ENVELOPES // len(RARE))
    return replace(made, title=f"{RARE[place]} {made.title}") if rest == 1234 else made


def _raw(library: Library) -> sqlite3.Connection:
    return sqlite3.connect(library.folder / "library.sqlite3", isolation_level=None)


def run_d1(bench: Workbench) -> Sequence[Line]:
    library = _large_library()
    raw = _raw(library)
    middle = library.list(Query(offset=50_000)).end
    assert middle is not None
    queries = [Query(), Query(needs_host=True), Query(after=middle), *(Query(status=(status,)) for status in STATUSES)]
    pages, peers = [library.list(query) for query in queries], _raw_pages(raw, middle)
    for page, (rows, total) in zip(pages, peers, strict=True):
        bench.check([row.id for row in page.rows] == [row[0] for row in rows], "another page than raw sqlite3")
        bench.check(page.total == total, "another total than raw sqlite3")
    ours, peer = bench.interleave(
        lambda: [library.list(query) for query in queries], lambda: _raw_pages(raw, middle), rounds=15
    )
    everything, all_raw = bench.interleave(
        lambda: library.ids(Query()), lambda: raw.execute(EVERY_ID).fetchall(), rounds=9
    )
    bench.check(len(library.ids(Query())) == ENVELOPES, "not all ids")
    raw.close()
    bench.note(f"nine pages of 50 with totals: {_ms(ours)}, raw {_ms(peer)}; all ids: {_ms(everything)}")
    return (
        Line("pages with totals, by age, status, turn and cursor", Goal.at_most(2.5), ours.ratio_to(peer)),
        Line("all ids", Goal.at_most(2.5), everything.ratio_to(all_raw)),
    )


def _raw_pages(raw: sqlite3.Connection, middle: Cursor) -> list[tuple[list[tuple[str, ...]], int]]:
    wheres = ["", "WHERE needs_host = 1", f"WHERE (created_at, id) < ({to_micros(middle.created_at)}, '{middle.id}')"]
    wheres += [f"WHERE status = '{status}'" for status in STATUSES]
    found = []
    for where in wheres:
        rows = raw.execute(" ".join((PAGE, where, NEWEST, "LIMIT 50"))).fetchall()
        ((total,),) = raw.execute(" ".join((COUNT, "" if "(" in where else where))).fetchall()
        found.append((rows, total))
    return found


def run_d2(bench: Workbench) -> Sequence[Line]:
    library = _large_library()
    raw = _raw(library)
    for word in RARE:
        found = library.list(Query(search=word))
        bench.check(found.total == 1 and word in found.rows[0].title, f"{word} was not found once")
        bench.check([row.id for row in found.rows] == [row[0] for row in _like(raw, word)], "LIKE found another")
    ours, like = bench.interleave(
        lambda: [library.list(Query(search=word)) for word in RARE],
        lambda: [_like(raw, word) for word in RARE],
        rounds=7,
    )
    raw.close()
    bench.note(f"twenty rare words: {_ms(ours)}, LIKE {_ms(like)}")
    return (Line("LIKE beside a page of finds, rare words", Goal.at_least(1000), like.ratio_to(ours)),)


def _like(raw: sqlite3.Connection, word: str) -> list[tuple[str, ...]]:
    """The same question without an index of words: a page, newest first, of what holds it anywhere."""
    return raw.execute(LIKE, {"part": f"%{word}%"}).fetchall()


def run_d3(bench: Workbench) -> Sequence[Line]:
    library = Library.open(bench.folder / "library")
    numbers = count(1)
    made = envelope(0)
    body = codec.encode_text(made).encode()
    log = os.open(bench.folder / "log", os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)

    def insert() -> None:
        for _ in range(5):
            library.record(recorded(envelope(next(numbers))))

    def build() -> None:
        for _ in range(5):
            recorded(envelope(next(numbers)))

    def append() -> None:
        for _ in range(5):
            os.write(log, body)
            os.fdatasync(log)

    inserts, builds, appends = bench.interleave(insert, build, append, rounds=61, warm_up=3)
    os.close(log)
    written = library.list(Query(limit=1)).total
    bench.check(written == 64 * 5, f"{written} envelopes are there")
    bench.check(library.judge(library.ids(Query())[0]).intact, "a chain is broken")
    library.close()
    making = f"making their values {_ms(builds)}"
    bench.note(f"{len(body)} bytes: five inserts {_ms(inserts)}, {making}, five appends {_ms(appends)}")
    ratio = (inserts.median - builds.median) / appends.median
    return (Line("durable insert beside append and fdatasync", Goal.at_most(4), ratio),)


def run_d4(bench: Workbench) -> Sequence[Line]:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    program = QApplication.instance() or QApplication(["bench"])
    library = _large_library()
    whole, growing = _models(library)
    bench.check(whole().rowCount() == ENVELOPES, "the scroll bar does not tell the truth")
    ours, peer = bench.interleave(lambda: _painted(whole()), lambda: _painted(growing()), rounds=11, warm_up=2)
    del program
    bench.note(f"first paint: {_ms(ours)} with {ENVELOPES} rows, {_ms(peer)} with 200")
    return (Line("first paint, true scroll bar, beside fetchMore(200)", Goal.at_most(2), ours.ratio_to(peer)),)


def _painted(model: QAbstractTableModel) -> None:
    from PySide6.QtWidgets import QTableView

    view = QTableView()
    view.setModel(model)
    view.verticalHeader().setDefaultSectionSize(28)
    view.resize(1000, 700)
    view.grab()


def _models(library: Library) -> tuple[Callable[[], QAbstractTableModel], Callable[[], QAbstractTableModel]]:
    """One that knows all ids and reads rows by pages of 64; one that begins with 200 rows."""

    def whole() -> QAbstractTableModel:
        ids = library.ids(Query())
        page = functools.cache(lambda number: library.rows(ids[number * 64 : number * 64 + 64]))
        return _table(len(ids), lambda at: page(at // 64)[at % 64])

    def growing() -> QAbstractTableModel:
        rows = library.list(Query(limit=200)).rows
        return _table(len(rows), rows.__getitem__)

    return whole, growing


def _table(length: int, row_at: Callable[[int], Row]) -> QAbstractTableModel:
    from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt

    class Table(QAbstractTableModel):
        def rowCount(self, parent: object = None) -> int:
            return length

        def columnCount(self, parent: object = None) -> int:
            return 4

        def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
            if role != Qt.ItemDataRole.DisplayRole:
                return None
            row = row_at(index.row())
            return (row.title, row.status.value, f"{row.progress}", f"{row.updated_at:%Y-%m-%d}")[index.column()]

    return Table()


def _ms(samples: Samples) -> str:
    return f"{samples.median * 1000:.2f} ms"


BENCHMARKS = (
    Benchmark("D1", "Listing and filtering 100,000 envelopes", run_d1),
    Benchmark("D2", "Searching 100,000 envelopes", run_d2),
    Benchmark("D3", "Recording a new envelope", run_d3),
    Benchmark("D4", "A table of 100,000 rows", run_d4),
)
