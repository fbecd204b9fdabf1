"""Damage, and the way back."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from app.domain import errors
from app.domain.envelope import Envelope, EnvelopeStatus
from app.store import Library, Query, backups
from tests.support.envelopes import START, envelope, recorded


class Clock:
    """Goes on by an hour each time it is read."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        self.now += timedelta(hours=1)
        return self.now


def _fill(folder: Path, number: int = 1) -> None:
    with Library.open(folder, clock=Clock()) as library:
        library.record(*(recorded(envelope(n, EnvelopeStatus.OUT)) for n in range(number)))


def _page_of(data: bytearray, wanted: Envelope) -> int:
    """Where the page begins that holds the row: a leaf of a table (SQLite file format, 1.6), the one with id and title
    together."""
    pages = range(0, len(data), 4096)
    words = (wanted.id.encode(), wanted.title.encode())
    return next(at for at in pages if data[at] == 0x0D and all(word in data[at : at + 4096] for word in words))


def test_a_backup_holds_what_was_recorded_and_is_a_database_by_itself(folder: Path, library: Library) -> None:
    library.record(recorded(envelope()))
    backup = library.back_up()
    raw = sqlite3.connect(f"file:{backup}?mode=ro&immutable=1", uri=True)
    assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert raw.execute("SELECT count(*) FROM events").fetchall() == [(1,)]
    raw.close()
    assert sorted(path.name for path in backup.parent.iterdir()) == [backup.name]


def test_the_seven_newest_backups_are_kept(folder: Path) -> None:
    with Library.open(folder, clock=Clock()) as library:
        made = [library.back_up() for _ in range(10)]
    assert sorted((folder / "backups").iterdir()) == made[-7:]
    assert backups.newest(folder) == made[-1]


def test_the_daily_round_is_made_once_a_day(folder: Path) -> None:
    clock = Clock()
    with Library.open(folder, clock=clock) as library:
        assert library.look_after()
        assert not library.look_after()
        clock.now += timedelta(hours=23)
        assert library.look_after()


def _cut(data: bytearray) -> None:
    del data[len(data) // 2 :]


def _head(data: bytearray) -> None:
    data[:16] = b"not a database!!"


def _garbage(data: bytearray) -> None:
    data[4096 * 2 : 4096 * 8] = os.urandom(4096 * 6)


def _short(data: bytearray) -> None:
    del data[50:]


def _foreign(data: bytearray) -> None:
    data[68:72] = b"GPKG"


@pytest.mark.parametrize("damage", [_cut, _head, _garbage, _short, _foreign])
def test_fault_42_damage_is_seen_at_opening_and_the_newest_backup_is_named(
    folder: Path, damage: Callable[[bytearray], None]
) -> None:
    _fill(folder, 30)
    with Library.open(folder) as library:
        backup = library.back_up()
    database = folder / "library.sqlite3"
    data = bytearray(database.read_bytes())
    damage(data)
    database.write_bytes(data)
    with pytest.raises(errors.LibraryDamaged) as refused:
        Library.open(folder)
    assert refused.value.backup == str(backup)
    assert refused.value.reason
    assert database.read_bytes() == data


def test_fault_42_damage_in_a_large_library_is_seen_when_it_is_met(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.store.dialect.SMALL_BYTES", 0)
    _fill(folder, 200)
    database = folder / "library.sqlite3"
    data = bytearray(database.read_bytes())
    middle = _page_of(data, envelope(100))
    data[middle : middle + 4096] = os.urandom(4096)
    database.write_bytes(data)
    with Library.open(folder) as library:
        with pytest.raises(errors.LibraryDamaged):
            library.examine()
        with pytest.raises(errors.LibraryDamaged):
            library.rows(library.ids(Query()))


def test_fault_42_a_damaged_library_is_restored_from_its_backup(folder: Path) -> None:
    with Library.open(folder) as library:
        kept = library.blobs.put_bytes(b"kept")
        whole = envelope(1, EnvelopeStatus.OUT)
        library.record(recorded(whole.with_documents([replace(whole.documents[0], original=kept)])))
        backup = library.back_up()
        later = library.blobs.put_bytes(b"sealed after the backup")
    (folder / "library.sqlite3").write_bytes(b"ruined" * 1000)
    with pytest.raises(errors.LibraryDamaged):
        Library.open(folder)
    with Library.restore(folder, backup) as library:
        library.examine()
        assert library.list(Query()).total == 1
        assert library.judge(whole.id).intact
        assert library.blobs.read(kept) == b"kept"
    assert (folder / "rescued" / later).read_bytes() == b"sealed after the backup"
    (ruined,) = (folder / "backups").glob("damaged-*")
    assert ruined.read_bytes() == b"ruined" * 1000


def test_restoring_from_a_backup_that_is_not_there_changes_nothing(folder: Path) -> None:
    _fill(folder)
    with pytest.raises(errors.FileMissing):
        Library.restore(folder, folder / "backups" / "none.sqlite3")
    with Library.open(folder) as library:
        assert library.list(Query()).total == 1
