"""Opening, recording, finding by id, deleting drafts."""

from __future__ import annotations

import stat
import subprocess
import sys
import threading
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from app.domain import errors
from app.domain.envelope import EnvelopeStatus
from app.domain.ids import EnvelopeId
from app.store import Library, Query
from tests.store.conftest import CHECKOUT
from tests.support.envelopes import START, envelope, identifier, recorded, retitled


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_new_library_is_private_and_empty(folder: Path, library: Library) -> None:
    assert library.list(Query()).total == 0
    assert set(library.counts().values()) == {0}
    assert {_mode(folder), _mode(folder / "blobs"), _mode(folder / "blobs" / "incoming")} == {0o700}
    library.record(recorded(envelope()))
    library.back_up()
    assert _mode(folder / "backups") == 0o700
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert {path.name.partition(".")[2] for path in files} >= {"sqlite3", "sqlite3-wal"}
    assert {_mode(path) for path in files} == {0o600}


def test_what_is_recorded_is_there_in_the_next_run(folder: Path) -> None:
    with Library.open(folder) as first:
        (saved,) = first.record(recorded(envelope()))
    with Library.open(folder) as second:
        assert second.envelope(saved.id) == saved
        assert saved.version == 1


def test_the_version_grows_by_one_with_each_step(library: Library) -> None:
    (first,) = library.record(recorded(envelope()))
    (second,) = library.record(retitled(first, "Another title"))
    assert (first.version, second.version) == (1, 2)
    assert library.envelope(first.id).title == "Another title"
    assert library.head(first.id).count == 2


def test_a_step_from_an_old_version_is_refused_and_changes_nothing(library: Library) -> None:
    (first,) = library.record(recorded(envelope()))
    library.record(retitled(first, "Mine"))
    with pytest.raises(errors.EnvelopeChanged) as refused:
        library.record(retitled(first, "Too late"))
    assert refused.value.envelope == first.id
    assert library.envelope(first.id).title == "Mine"
    assert library.head(first.id).count == 2


@pytest.mark.parametrize("version", [0, 3])
def test_a_new_envelope_must_be_new_and_a_known_one_known(library: Library, version: int) -> None:
    if version == 0:
        library.record(recorded(envelope()))
    with pytest.raises(errors.EnvelopeChanged):
        library.record(recorded(replace(envelope(), version=version)))


def test_several_steps_are_saved_together_or_not_at_all(library: Library) -> None:
    (known,) = library.record(recorded(envelope(1)))
    with pytest.raises(errors.EnvelopeChanged):
        library.record(recorded(envelope(2)), retitled(replace(known, version=7), "no"), recorded(envelope(3)))
    assert library.list(Query()).total == 1
    saved = library.record(recorded(envelope(2)), retitled(known, "yes"), recorded(envelope(3)))
    assert [each.version for each in saved] == [1, 2, 1]
    assert library.list(Query()).total == 3


def test_an_unknown_envelope_is_an_error_everywhere(library: Library) -> None:
    nobody = EnvelopeId("01NOBODY")
    for ask in (library.envelope, library.trail, library.head, library.judge, library.records, library.delete_draft):
        with pytest.raises(errors.UnknownEnvelope):
            ask(nobody)


def test_the_beginning_of_an_id_is_enough_when_only_one_begins_so(library: Library) -> None:
    library.record(*(recorded(envelope(number)) for number in (11, 12, 25)))
    assert library.resolve(identifier(25)[:-1]) == identifier(25)
    assert library.resolve(f" {identifier(12).lower()} ") == identifier(12)
    with pytest.raises(errors.AmbiguousEnvelope) as refused:
        library.resolve(identifier(11)[:-1])
    assert refused.value.matches == [identifier(11), identifier(12)]
    for nothing in ("", "  ", "02J", "%", "'"):
        with pytest.raises(errors.UnknownEnvelope):
            library.resolve(nothing)


def test_an_id_that_begins_another_one_is_still_found(library: Library) -> None:
    library.record(*(recorded(replace(envelope(1), id=EnvelopeId(name))) for name in ("A1", "A12", "A13")))
    assert library.resolve("A1") == "A1"


def test_a_draft_goes_wholly_with_its_trail_and_its_words(library: Library) -> None:
    (draft,) = library.record(recorded(replace(envelope(), title="Quokka")))
    library.record(retitled(draft, "Quokka again"))
    library.delete_draft(draft.id)
    assert library.list(Query(search="quokka")).total == 0
    assert library.ids(Query())[:] == ()
    with pytest.raises(errors.UnknownEnvelope):
        library.trail(draft.id)
    (again,) = library.record(recorded(replace(envelope(), title="Quokka")))
    assert [event.sequence for event in library.trail(again.id)] == [1]
    library.examine()


@pytest.mark.parametrize("status", [status for status in EnvelopeStatus if status is not EnvelopeStatus.DRAFT])
def test_what_is_no_draft_cannot_be_deleted(library: Library, status: EnvelopeStatus) -> None:
    (kept,) = library.record(recorded(envelope(1, status)))
    with pytest.raises(errors.WrongStatus):
        library.delete_draft(kept.id)
    assert library.envelope(kept.id) == kept


def test_a_write_is_noticed_whoever_made_it(folder: Path, library: Library) -> None:
    before = library.data_version()
    assert library.data_version() == before
    (mine,) = library.record(recorded(envelope(1)))
    after_mine = library.data_version()
    assert after_mine != before
    with Library.open(folder) as other:
        other.record(retitled(mine, "Theirs"))
    assert library.data_version() != after_mine


def test_any_thread_may_use_the_library(library: Library) -> None:
    problems: list[BaseException] = []

    def work(first: int) -> None:
        try:
            for number in range(first, first + 10):
                (made,) = library.record(recorded(envelope(number)))
                library.record(retitled(library.envelope(made.id), "again"))
                library.list(Query(search="again"))
                library.data_version()
        except BaseException as problem:  # noqa: BLE001 - told to the test
            problems.append(problem)

    threads = [threading.Thread(target=work, args=(start,)) for start in range(0, 60, 10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not problems
    assert library.list(Query()).total == 60
    assert all(library.judge(name).intact for name in library.ids(Query()))


def test_what_is_overdue_is_out_and_past_its_limit(library: Library) -> None:
    limits = {1: -2, 2: -1, 3: 1, 4: None}
    for number, days in limits.items():
        expires = START + timedelta(days=days) if days is not None else None
        library.record(recorded(replace(envelope(number, EnvelopeStatus.OUT), expires_at=expires)))
    library.record(recorded(replace(envelope(5), expires_at=START - timedelta(days=9))))
    assert library.overdue(START) == (identifier(1), identifier(2))
    assert library.overdue(START + timedelta(days=1)) == (identifier(1), identifier(2), identifier(3))


def test_a_url_says_where_the_database_is(folder: Path) -> None:
    with Library.open(folder, "sqlite:///elsewhere.sqlite3") as library:
        library.record(recorded(envelope()))
        assert (folder / "elsewhere.sqlite3").is_file()
        assert not (folder / "library.sqlite3").exists()


@pytest.mark.parametrize("url", ["postgresql://host/paraph", "mysql:///x", "sqlite://", "nonsense"])
def test_a_database_we_cannot_use_is_refused_by_name(folder: Path, url: str) -> None:
    with pytest.raises(errors.DatabaseUnsupported) as refused:
        Library.open(folder, url)
    assert refused.value.scheme == url.partition(":")[0]


def test_an_envelope_that_cannot_be_read_is_damage_not_a_crash(library: Library) -> None:
    (kept,) = library.record(recorded(envelope()))
    with library._dialect.writing() as connection:
        connection.exec_driver_sql("UPDATE envelopes SET body = replace(body, '\"draft\"', '\"drift\"')")
    with pytest.raises(errors.LibraryDamaged) as refused:
        library.envelope(kept.id)
    assert "status" in refused.value.reason


def test_opening_and_listing_import_no_heavy_library(folder: Path, library: Library) -> None:
    library.record(recorded(envelope()))
    code = (
        "import sys; from pathlib import Path; from app.store import Library, Query\n"
        f"library = Library.open(Path({str(folder)!r}))\n"
        "page, counts = library.list(Query(search='a')), library.counts()\n"
        "assert library.rows(library.ids(Query())) and page.total == 1 and library.data_version()\n"
        "heavy = {'sqlalchemy', 'alembic', 'pydantic', 'PySide6'} & set(sys.modules)\n"
        "library.warm(); library.close()\n"
        "print(sorted(heavy), 'sqlalchemy' in sys.modules, 'alembic' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=CHECKOUT, capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[0] == "[] True False"
