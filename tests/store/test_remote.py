"""Accounts, and the ledger of what left this machine."""

from __future__ import annotations

import shutil
import sqlite3
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from app.domain import errors
from app.domain.connection import Connection
from app.store import AccountRecord, Library, Query, remote, schema
from app.store.dialect import Sqlite
from tests.support.envelopes import START, envelope, recorded

ACCOUNT = AccountRecord(
    "work", "visisign", "https://api.visisign.app/v1", {"note": "für Zoë"}, START + timedelta(microseconds=7)
)
LINE = Connection(START, "work", "api.visisign.app", "POST", "/v1/signature_requests", "send an envelope")


def test_an_account_comes_back_as_it_was(folder: Path, library: Library) -> None:
    library.accounts.add(ACCOUNT)
    with Library.open(folder) as again:
        assert again.accounts.list() == (ACCOUNT,)
        assert again.accounts.get("work") == ACCOUNT


def test_the_name_of_an_account_is_taken_once_and_free_again_when_it_goes(library: Library) -> None:
    library.accounts.add(ACCOUNT)
    with pytest.raises(errors.AccountExists):
        library.accounts.add(replace(ACCOUNT, provider="nueform"))
    assert library.accounts.list() == (ACCOUNT,)
    library.accounts.remove("work")
    library.accounts.add(replace(ACCOUNT, provider="nueform"))
    assert library.accounts.get("work").provider == "nueform"


def test_an_unknown_account_is_named_with_the_known_ones(library: Library) -> None:
    library.accounts.add(ACCOUNT)
    for ask in (library.accounts.get, library.accounts.remove):
        with pytest.raises(errors.UnknownAccount) as refused:
            ask("play")
        assert refused.value.known == ["work"]


def test_a_line_is_there_before_its_connection_ends_and_is_completed_after(folder: Path, library: Library) -> None:
    number = library.connections.begin(LINE)
    with Library.open(folder) as meanwhile:
        assert meanwhile.connections.newest() == (LINE,)
    ended = replace(LINE, outcome="201", sent=5_000_000_000, received=321)
    library.connections.end(number, ended)
    assert library.connections.newest() == (ended,)


def test_lines_come_newest_first_by_the_page_and_by_account(library: Library) -> None:
    for minute in range(6):
        account = "work" if minute % 2 else "play"
        library.connections.begin(replace(LINE, at=START + timedelta(minutes=minute), account=account))
    newest = library.connections.newest(limit=2, offset=1)
    assert [line.at for line in newest] == [START + timedelta(minutes=4), START + timedelta(minutes=3)]
    assert {line.account for line in library.connections.newest(account="play")} == {"play"}
    assert library.connections.count() == 6


def test_lines_outlive_their_account(library: Library) -> None:
    library.accounts.add(ACCOUNT)
    library.connections.begin(LINE)
    library.accounts.remove("work")
    assert library.connections.newest() == (LINE,)


def test_the_oldest_lines_go_when_there_are_too_many(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote, "KEPT", 3)
    monkeypatch.setattr(remote, "PRUNED_EVERY", 5)
    for minute in range(5):
        library.connections.begin(replace(LINE, at=START + timedelta(minutes=minute)))
    assert [line.at.minute for line in library.connections.newest()] == [4, 3, 2]


def test_a_library_of_the_first_schema_is_backed_up_and_learns_about_accounts(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    _first_schema(folder)
    with Library.open(folder) as library:
        assert library.list(Query()).total == 1
        library.accounts.add(ACCOUNT)
        library.connections.begin(LINE)
        library.examine()
    (backup,) = (folder / "backups").iterdir()
    assert "before-migration-from-1" in backup.name
    kept = sqlite3.connect(backup if backup.is_file() else next(backup.glob("*.sqlite3")))
    assert kept.execute("SELECT count(*) FROM envelopes").fetchone() == (1,)
    assert kept.execute("SELECT name FROM sqlite_master WHERE name = 'accounts'").fetchone() is None
    kept.close()


def _first_schema(folder: Path) -> None:
    """As the first version left it: made by its own revision, with one envelope."""
    scripts = folder.parent / "scripts"
    shutil.copytree(schema.CURRENT.scripts, scripts, ignore=shutil.ignore_patterns("__pycache__", "000[2-9]*"))
    folder.mkdir(mode=0o700)
    first = Sqlite(folder, folder / "library.sqlite3")
    first.make_file()
    schema._migrate(first, schema.Schema(1, scripts))
    with first.writing() as connection:
        from app.store.recording import save

        save(connection, recorded(envelope()))
    first.close()
