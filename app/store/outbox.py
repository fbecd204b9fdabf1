"""The outbox: rows that say what is to be done somewhere else, or later, and how far each one is."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from sqlalchemy import Connection, bindparam, select

from app.domain import errors
from app.store.dialect import Sqlite
from app.store.instants import from_micros, to_micros
from app.store.records import OperationRecord, Queued, State
from app.store.tables import operations

OPEN: Final[tuple[State, ...]] = ("waiting", "running", "unknown")
"""Not settled; `failed` and `conflict` are until a person asks again."""

DOUBTED: Final = "_doubted"
"""The fact that this row came out of a backup: what it says was not done may have been done since."""

UNWANTED: Final = "_unwanted"
"""The fact that this sending is to be called off: its envelope is over here, or its people act here again."""

WITHDRAWN: Final[Mapping[str, Any]] = {"kind": "Cancelled", "facts": {}}
"""The error of a sending that was called off; it is settled."""

_UPDATE = operations.update().where(
    operations.c.id == bindparam("wanted"), operations.c.version == bindparam("standing")
)


Rows = tuple[OperationRecord, ...]


class Outbox:
    """Written by `Library.record`, with the steps that cause or settle an operation; read here."""

    def __init__(self, dialect: Sqlite) -> None:
        self._dialect = dialect

    def save(self, *changed: OperationRecord) -> tuple[OperationRecord, ...]:
        """All or none, durably; new ones have version 0. Gives them with their new versions. Raises `OperationChanged`
        unless each stored one is what the change began with."""
        with self._dialect.writing() as connection:
            return save(connection, changed)

    def open(self) -> tuple[Queued, ...]:
        """All that are not settled, in the order they were asked for."""
        columns = [operations.c[name] for name in ("number", "id", "kind", "account", "envelope", "state", "next_at")]
        wanted = select(*columns).where(operations.c.state.in_(OPEN)).order_by(operations.c.number)
        with self._dialect.engine.connect() as connection:
            return tuple(_queued(row) for row in connection.execute(wanted))

    def get(self, id: str) -> OperationRecord:  # noqa: A002 - the word of the table
        """Whole, or by the beginning of its id if only one begins so. Raises `NotInOutbox`."""
        begins = operations.c.id.startswith(id, autoescape=True)
        with self._dialect.engine.connect() as connection:
            found = connection.execute(operations.select().where(begins).limit(2)).all()
        exact = [row for row in found if row.id == id] or found
        if len(exact) != 1 or not id:
            raise errors.NotInOutbox(operation=id)
        return _record(exact[0])

    def list(self, envelope: str | None = None, limit: int = 1000, *, settled: bool = True) -> Rows:
        """The newest first; without `settled` only those that are not confirmed."""
        wanted = operations.select().order_by(operations.c.number.desc()).limit(limit)
        if envelope is not None:
            wanted = wanted.where(operations.c.envelope == envelope)
        if not settled:
            wanted = wanted.where(operations.c.state != "confirmed")
        with self._dialect.engine.connect() as connection:
            return tuple(_record(row) for row in connection.execute(wanted))

    def doubt(self) -> None:
        """After a backup was put back: of everything that is not confirmed."""
        with self._dialect.writing() as connection:
            rows = connection.execute(operations.select().where(operations.c.state != "confirmed")).all()
            save(connection, [replace(one, facts={**one.facts, DOUBTED: True}) for one in map(_record, rows)])


def save(connection: Connection, changed: Sequence[OperationRecord]) -> tuple[OperationRecord, ...]:
    """Inside a transaction that is open."""
    saved = []
    for one in changed:
        after = replace(one, version=one.version + 1)
        if one.version == 0:
            (number,) = connection.execute(operations.insert(), _columns(after)).inserted_primary_key or (0,)
            after = replace(after, number=int(number))
        else:
            done = connection.execute(_UPDATE, {"wanted": one.id, "standing": one.version, **_columns(after)})
            if done.rowcount != 1:
                raise errors.OperationChanged(operation=one.id)
        saved.append(after)
    return tuple(saved)


def bodies(connection: Connection) -> Iterator[str]:
    """All texts in which an operation may name a blob."""
    for row in connection.execute(select(operations.c.request, operations.c.facts)):
        yield row.request
        yield row.facts


def _columns(one: OperationRecord) -> dict[str, Any]:
    return {
        "id": one.id,
        "kind": one.kind,
        "account": one.account,
        "envelope": one.envelope,
        "state": one.state,
        "next_at": to_micros(one.next_at),
        "created_at": to_micros(one.created_at),
        "learned_at": to_micros(one.learned_at),
        "begun_at": to_micros(one.begun_at) if one.begun_at else None,
        "step": one.step,
        "attempts": one.attempts,
        "version": one.version,
        "request": _text(one.request),
        "facts": _text(one.facts),
        "error": _text(one.error) if one.error is not None else None,
    }


def _record(row: Any) -> OperationRecord:
    return OperationRecord(
        row.id,
        row.kind,
        row.account,
        row.envelope,
        from_micros(row.created_at),
        from_micros(row.learned_at),
        from_micros(row.next_at),
        json.loads(row.request),
        json.loads(row.facts),
        row.state,
        row.step,
        from_micros(row.begun_at) if row.begun_at is not None else None,
        row.attempts,
        json.loads(row.error) if row.error is not None else None,
        row.number,
        row.version,
    )


def _queued(row: Any) -> Queued:
    return Queued(row.number, row.id, row.kind, row.account, row.envelope, row.state, from_micros(row.next_at))


def _text(value: Any) -> str:
    return json.dumps(dict(value), ensure_ascii=False, sort_keys=True)
