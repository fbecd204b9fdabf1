"""From one schema to the next."""

from __future__ import annotations

import re
import shutil
import sqlite3
from pathlib import Path

import pytest

from app.domain import errors
from app.store import Library, Query, schema
from app.store.dialect import Sqlite
from tests.store.conftest import Start
from tests.support.envelopes import envelope, recorded

NEXT = schema.CURRENT.version + 1
REVISION = f'''"""The schema after this one, as a test needs it."""

import sqlalchemy as sa
from alembic import op

revision = "{NEXT:04}"
down_revision = "{schema.CURRENT.revision}"


def upgrade() -> None:
    op.add_column("trust", sa.Column("note", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("envelopes") as table:
        table.alter_column("title", existing_type=sa.Text(), type_=sa.String(200))
    {{last}}
'''


def _schema_of(database: Path) -> set[tuple[str, str, str]]:
    raw = sqlite3.connect(database)
    found = raw.execute("SELECT type, name, coalesce(sql, '') FROM sqlite_master").fetchall()
    version = raw.execute("PRAGMA user_version").fetchone()
    stamp = raw.execute("SELECT version_num FROM alembic_version").fetchone()
    raw.close()
    pieces = {(kind, name, re.sub(r"\s+", " ", sql).strip()) for kind, name, sql in found}
    return pieces | {("user_version", str(version[0]), ""), ("revision", stamp[0], "")}


def _bytes_of(folder: Path) -> dict[str, bytes]:
    """The database and its log; what readers share in memory is no content."""
    return {path.name: path.read_bytes() for path in folder.glob("library.sqlite3*") if not path.name.endswith("-shm")}


def _next_schema(tmp_path: Path, last: str = "pass") -> schema.Schema:
    scripts = tmp_path / "100% scripts"
    shutil.copytree(schema.CURRENT.scripts, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    (scripts / "versions" / f"{NEXT:04}_following.py").write_text(REVISION.replace("{last}", last))
    return schema.Schema(NEXT, scripts)


@pytest.fixture
def filled(folder: Path) -> Path:
    with Library.open(folder) as library:
        library.record(*(recorded(envelope(number)) for number in range(3)))
    return folder


def test_the_revisions_make_what_a_new_library_gets(folder: Path, tmp_path: Path) -> None:
    Library.open(folder).close()
    migrated = Sqlite(tmp_path, tmp_path / "migrated.sqlite3")
    migrated.make_file()
    schema._migrate(migrated, schema.CURRENT)
    migrated.close()
    assert _schema_of(migrated.database) == _schema_of(folder / "library.sqlite3")


def test_the_number_of_the_schema_is_that_of_its_last_revision() -> None:
    names = sorted(path.name for path in (schema.CURRENT.scripts / "versions").glob("[0-9]*.py"))
    assert [name[:4] for name in names] == [f"{number:04}" for number in range(1, schema.CURRENT.version + 1)]


def test_an_older_library_is_backed_up_and_migrated(
    filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, size = _schema_of(filled / "library.sqlite3"), (filled / "library.sqlite3").stat().st_size
    monkeypatch.setattr(schema, "CURRENT", _next_schema(tmp_path))
    with Library.open(filled) as library:
        assert library.list(Query()).total == 3
        assert library.list(Query(search="agreement")).total
        assert all(library.judge(name).intact and library.envelope(name) for name in library.ids(Query()))
        library.examine()
    after = _schema_of(filled / "library.sqlite3")
    assert ("user_version", str(NEXT), "") in after
    assert {each for each in before if each[0] == "trigger"} == {each for each in after if each[0] == "trigger"}
    (backup,) = (filled / "backups").iterdir()
    assert f"before-migration-from-{NEXT - 1}" in backup.name
    assert backup.stat().st_size == size
    with Library.open(filled):
        assert list((filled / "backups").iterdir()) == [backup]


def test_fault_45_a_migration_that_fails_has_not_happened(
    filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _schema_of(filled / "library.sqlite3")
    with monkeypatch.context() as patch:
        patch.setattr(schema, "CURRENT", _next_schema(tmp_path, last="raise OSError('power cut')"))
        with pytest.raises(OSError, match="power cut"):
            Library.open(filled)
    assert _schema_of(filled / "library.sqlite3") == before
    with Library.open(filled) as library:
        assert library.list(Query()).total == 3
    assert len(list((filled / "backups").iterdir())) == 1


def test_fault_45_a_migration_killed_in_the_middle_runs_again_and_its_backup_is_kept(
    filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, start: Start
) -> None:
    following = _next_schema(tmp_path)
    child = start("migrate_and_die", filled, following.scripts)
    assert child.wait(60) == -9
    (backup,) = (filled / "backups").iterdir()
    monkeypatch.setattr(schema, "CURRENT", following)
    with Library.open(filled) as library:
        assert library.list(Query()).total == 3
        library.examine()
    assert ("user_version", str(NEXT), "") in _schema_of(filled / "library.sqlite3")
    assert backup.exists()


@pytest.mark.parametrize("closed", [True, False])
def test_fault_46_a_newer_library_is_refused_and_not_touched(filled: Path, closed: bool) -> None:
    database = filled / "library.sqlite3"
    newer = sqlite3.connect(database, isolation_level=None)
    newer.execute("PRAGMA user_version = 7")
    if closed:
        newer.close()
    before = _bytes_of(filled)
    with pytest.raises(errors.LibraryTooNew) as refused:
        Library.open(filled)
    assert (refused.value.found, refused.value.known) == ("7", str(schema.CURRENT.version))
    assert _bytes_of(filled) == before
    assert not (filled / "backups").exists()
    newer.close()


def test_a_file_that_was_only_begun_becomes_a_library(folder: Path) -> None:
    folder.mkdir()
    (folder / "library.sqlite3").touch()
    with Library.open(folder) as library:
        assert library.list(Query()).total == 0


def test_another_programs_database_is_not_taken_over(folder: Path) -> None:
    folder.mkdir()
    with sqlite3.connect(folder / "library.sqlite3") as raw:
        raw.execute("CREATE TABLE theirs (x)")
    raw.close()
    with pytest.raises(errors.LibraryDamaged):
        Library.open(folder)
