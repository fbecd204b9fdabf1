"""The tables about the world outside: accounts at remote services, and what left this machine."""

import json
from typing import Any, Final

from sqlalchemy import Connection as Database
from sqlalchemy import func, select

from app.domain import errors
from app.domain.connection import Connection
from app.store.dialect import Sqlite
from app.store.instants import from_micros, to_micros
from app.store.records import AccountRecord
from app.store.tables import accounts, connections

KEPT: Final = 100_000
"""Lines of the ledger. Following fifty envelopes once an hour makes as many in three months; 15 MB at most."""
PRUNED_EVERY: Final = 1_000


class Accounts:
    """By name."""

    def __init__(self, dialect: Sqlite) -> None:
        self._dialect = dialect

    def add(self, account: AccountRecord) -> None:
        """Raises `AccountExists`."""
        with self._dialect.writing() as connection:
            if account.name in _names(connection):
                raise errors.AccountExists(name=account.name)
            connection.execute(accounts.insert(), _account_columns(account))

    def list(self) -> tuple[AccountRecord, ...]:
        """By name."""
        with self._dialect.engine.connect() as connection:
            return tuple(_account(row) for row in connection.execute(accounts.select().order_by(accounts.c.name)))

    def get(self, name: str) -> AccountRecord:
        """Raises `UnknownAccount`."""
        found = {account.name: account for account in self.list()}
        if name not in found:
            raise errors.UnknownAccount(name=name, known=sorted(found))
        return found[name]

    def remove(self, name: str) -> None:
        """Raises `UnknownAccount`. Its lines in the ledger stay."""
        with self._dialect.writing() as connection:
            known = _names(connection)
            if name not in known:
                raise errors.UnknownAccount(name=name, known=known)
            connection.execute(accounts.delete().where(accounts.c.name == name))


class Connections:
    """The ledger: a line is written before its first byte leaves, and completed afterwards. The newest lines are kept
    (`KEPT`), older ones go."""

    def __init__(self, dialect: Sqlite) -> None:
        self._dialect = dialect

    def begin(self, connection: Connection) -> int:
        """Durable on return; the number `end` takes."""
        with self._dialect.writing() as database:
            (number,) = database.execute(connections.insert(), _columns(connection)).inserted_primary_key or (0,)
            if number % PRUNED_EVERY == 0:
                database.execute(connections.delete().where(connections.c.number <= number - KEPT))
            return int(number)

    def end(self, number: int, connection: Connection) -> None:
        with self._dialect.writing() as database:
            database.execute(connections.update().where(connections.c.number == number), _columns(connection))

    def newest(self, limit: int = 200, offset: int = 0, account: str | None = None) -> tuple[Connection, ...]:
        """The newest first; of one account when it is named."""
        chosen = connections.select().order_by(connections.c.number.desc()).limit(limit).offset(offset)
        if account is not None:
            chosen = chosen.where(connections.c.account == account)
        with self._dialect.engine.connect() as database:
            return tuple(_connection(row) for row in database.execute(chosen))

    def count(self) -> int:
        with self._dialect.engine.connect() as database:
            return int(database.scalar(select(func.count()).select_from(connections)) or 0)


def _names(database: Database) -> list[str]:
    return list(database.scalars(select(accounts.c.name).order_by(accounts.c.name)))


def _account_columns(account: AccountRecord) -> dict[str, Any]:
    return {
        "name": account.name,
        "provider": account.provider,
        "base_url": account.base_url,
        "options": json.dumps(dict(account.options), ensure_ascii=False, sort_keys=True),
        "added_at": to_micros(account.added_at),
    }


def _account(row: Any) -> AccountRecord:
    return AccountRecord(row.name, row.provider, row.base_url, json.loads(row.options), from_micros(row.added_at))


def _columns(connection: Connection) -> dict[str, Any]:
    return {
        "at": to_micros(connection.at),
        "account": connection.account,
        "host": connection.host,
        "method": connection.method,
        "path": connection.path,
        "why": connection.why,
        "outcome": connection.outcome,
        "sent": connection.sent,
        "received": connection.received,
    }


def _connection(row: Any) -> Connection:
    return Connection(
        from_micros(row.at),
        row.account,
        row.host,
        row.method,
        row.path,
        row.why,
        row.outcome,
        row.sent,
        row.received,
    )
