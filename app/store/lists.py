"""Reading lists: plain SQL with named values over covering indexes, no SQLAlchemy, so that a window fills at once."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.domain import errors
from app.domain.envelope import EnvelopeStatus
from app.domain.ids import EnvelopeId
from app.store.dialect import ALL_IDS, AMONG, EVERY_ID, FOUND_BY, HOW_MANY, Ask, Sqlite
from app.store.instants import to_micros
from app.store.listing import Ids, Page, Query, Row, row_of
from app.store.searching import words_of

COLUMNS = "SELECT id, title, status, updated_at, created_at, summary FROM envelopes"
NEWEST = "ORDER BY created_at DESC, id DESC"
AT_ONCE = 500
"""Values in one statement; databases limit them."""

FEW = 1000
"""Finds up to which each is looked up by itself."""

Values = dict[str, Any]


class Lists:
    """Pages, rows and counts of envelopes."""

    def __init__(self, dialect: Sqlite) -> None:
        self._dialect = dialect

    def page(self, query: Query) -> Page:
        with self._dialect.snapshot() as ask:
            chosen = self._chosen(ask, query)
            rows = _rows(ask, chosen, query)
            whole = query.offset == 0 and query.after is None and len(rows) < query.limit
            return Page(tuple(rows), len(rows) if whole else _count(ask, chosen))

    def ids(self, query: Query) -> Sequence[EnvelopeId]:
        """All that the query finds, whatever its limit, offset and cursor."""
        with self._dialect.snapshot() as ask:
            chosen = self._chosen(ask, query)
            if not chosen.clauses:
                return _every_id(ask)
            ordered = _joined("SELECT id FROM envelopes", chosen.clauses, NEWEST)
            ((joined,),) = ask(ALL_IDS.format(ordered), chosen.values)
        return Ids(joined or "")

    def rows(self, ids: Sequence[EnvelopeId]) -> tuple[Row, ...]:
        """In the order asked for; an envelope deleted meanwhile is left out."""
        found: dict[str, Row] = {}
        with self._dialect.snapshot() as ask:
            for start in range(0, len(ids), AT_ONCE):
                names, values = _listed("id", ids[start : start + AT_ONCE])
                found |= {record[0]: row_of(record) for record in ask(f"{COLUMNS} WHERE id IN ({names})", values)}
        return tuple(found[identifier] for identifier in ids if identifier in found)

    def counts(self) -> dict[EnvelopeStatus, int]:
        """Of every status, zeros too."""
        found = dict(self._dialect.ask("SELECT status, count(*) FROM envelopes GROUP BY status", {}))
        return {status: found.get(status.value, 0) for status in EnvelopeStatus}

    def overdue(self, now: datetime) -> tuple[EnvelopeId, ...]:
        """Out, and past their limit; the longest overdue first."""
        sql = "SELECT id FROM envelopes WHERE status = 'out' AND expires_at <= :now ORDER BY expires_at"
        return tuple(identifier for (identifier,) in self._dialect.ask(sql, {"now": to_micros(now)}))

    def resolve(self, prefix: str) -> EnvelopeId:
        """The one envelope whose id begins so; capitals do not matter."""
        wanted = prefix.strip().upper()
        # Ids are ASCII, so the tilde sorts after all that may follow the prefix.
        sql = "SELECT id FROM envelopes WHERE id >= :first AND id < :last ORDER BY id LIMIT 5"
        found = self._dialect.ask(sql, {"first": wanted, "last": wanted + "~"}) if wanted else []
        if not found:
            raise errors.UnknownEnvelope(envelope=prefix)
        if len(found) > 1 and found[0][0] != wanted:
            raise errors.AmbiguousEnvelope(envelope=prefix, matches=[identifier for (identifier,) in found])
        return EnvelopeId(found[0][0])

    def _chosen(self, ask: Ask, query: Query) -> "_Chosen":
        clauses: list[str] = []
        values: Values = {}
        if query.status:
            names, values = _listed("status", [status.value for status in query.status])
            clauses.append(f"status IN ({names})")
        if query.needs_host:
            clauses.append("needs_host = 1")
        words = words_of(query.search)
        if not words:
            return _Chosen(clauses, values)
        match = self._dialect.match(words)
        few = [key for (key,) in ask(f"{FOUND_BY} LIMIT {FEW + 1}", {"words": match})]
        if len(few) <= FEW:
            total = None if clauses else len(few)
            return _Chosen([*clauses, f"key IN ({AMONG})"], {**values, "keys": json.dumps(few)}, total)
        # The unary plus says: walk by age and ask each whether it was found. Looking up and sorting 100,000 finds took
        # 110 ms, this 11.
        total = None if clauses else _number(ask(HOW_MANY, {"words": match}))
        return _Chosen([*clauses, f"+key IN ({FOUND_BY})"], {**values, "words": match}, total)


@dataclass(frozen=True, slots=True)
class _Chosen:
    """What a query means: conditions, the values they name, and how many it finds if that is known already."""

    clauses: list[str]
    values: Values
    total: int | None = None


def _every_id(ask: Ask) -> Ids:
    """Walks the index by age, and looks which way it went."""
    ((joined,),) = ask(EVERY_ID, {})
    ids = Ids(joined or "")
    newest = ask(_joined("SELECT id FROM envelopes", [], f"{NEWEST} LIMIT 1"), {})
    return ids if not newest or newest[0][0] == ids[0] else Ids(" ".join(reversed(ids)))


def _rows(ask: Ask, chosen: _Chosen, query: Query) -> list[Row]:
    clauses, values = chosen.clauses, {**chosen.values, "limit": query.limit, "offset": query.offset}
    if query.after is not None:
        clauses = [*clauses, "(created_at, id) < (:created_at, :after)"]
        values |= {"created_at": to_micros(query.after.created_at), "after": query.after.id}
    sql = _joined(COLUMNS, clauses, f"{NEWEST} LIMIT :limit OFFSET :offset")
    return [row_of(record) for record in ask(sql, values)]


def _count(ask: Ask, chosen: _Chosen) -> int:
    if chosen.total is not None:
        return chosen.total
    return _number(ask(_joined("SELECT count(*) FROM envelopes", chosen.clauses), chosen.values))


def _number(answer: list[Any]) -> int:
    ((number,),) = answer
    return int(number)


def _joined(head: str, clauses: list[str], tail: str = "") -> str:
    where = f"WHERE {' AND '.join(clauses)}" if clauses else ""
    return " ".join(part for part in (head, where, tail) if part)


def _listed(name: str, values: Sequence[str]) -> tuple[str, Values]:
    """Named places for an IN, and what goes there."""
    places = {f"{name}{number}": value for number, value in enumerate(values)}
    return ", ".join(f":{place}" for place in places), places
