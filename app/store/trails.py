"""Reading the audit trail back, and judging it against where the envelope says its chain stands."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select

from app.domain import audit, errors
from app.domain.audit import ChainReport, Entry, Event, Head, Moment
from app.domain.ids import EnvelopeId, Sha256
from app.store.tables import envelopes, events

STANDING = select(envelopes.c.events, envelopes.c.head).where(envelopes.c.id == bindparam("wanted"))
LINKS = (
    select(events.c.body, events.c.sha256)
    .join(envelopes, envelopes.c.key == events.c.envelope)
    .where(envelopes.c.id == bindparam("wanted"))
    .order_by(events.c.sequence)
)

NEWEST = (
    select(events.c.body)
    .join(envelopes, (envelopes.c.key == events.c.envelope) & (envelopes.c.events == events.c.sequence))
    .where(envelopes.c.id == bindparam("wanted"))
)


def head(connection: Connection, envelope: EnvelopeId) -> Head:
    """Where the chain stands; kept with the envelope, so that it does not shrink with the trail."""
    found = connection.execute(STANDING, {"wanted": envelope}).one_or_none()
    if found is None:
        raise errors.UnknownEnvelope(envelope=envelope)
    return Head(found.events, Sha256(found.head))


def trail(connection: Connection, envelope: EnvelopeId) -> tuple[Event, ...]:
    """As it is stored, whole or not; `TrailUnreadable` names the first line that is no event."""
    events_ = []
    for number, record in enumerate(records(connection, envelope), start=1):
        try:
            events_.append(event_of(record))
        except (KeyError, TypeError, ValueError) as problem:
            raise errors.TrailUnreadable(path=f"{envelope}#{number}", reason=str(problem)) from problem
    return tuple(events_)


def records(connection: Connection, envelope: EnvelopeId) -> list[dict[str, Any]]:
    """Bodies with their `sha256`, as exported; what is no JSON object becomes an empty body."""
    head(connection, envelope)
    found = connection.execute(LINKS, {"wanted": envelope}).all()
    return [{**_object(body), "sha256": sha256} for body, sha256 in found]


def last_moment(connection: Connection, envelope: EnvelopeId) -> Moment | None:
    """When the newest event was; None for an envelope that is not there yet or whose last line is no event."""
    found = connection.execute(NEWEST, {"wanted": envelope}).one_or_none()
    try:
        return event_of(_object(found.body)).entry.moment if found is not None else None
    except (KeyError, TypeError, ValueError):
        return None


def judge(connection: Connection, envelope: EnvelopeId, anchor: Head | None = None) -> ChainReport:
    """Every link, that the last is where the chain stands, and that it runs through `anchor`: a head kept elsewhere
    (a sealed file, the vault), without which a whole library put back to an earlier day looks whole.
    """
    stands = head(connection, envelope)
    found = records(connection, envelope)
    report = audit.verify(found, stands)
    if not report.intact:
        return report
    foreign = next((n for n, record in enumerate(found, start=1) if record["envelope"] != envelope), None)
    if foreign is not None:
        return ChainReport(len(found), False, foreign, "it belongs to another envelope")
    return report if anchor is None or audit.runs_through(found, anchor) else audit.verify(found, anchor)


def event_of(record: dict[str, Any]) -> Event:
    """The inverse of `Event.body`; raises KeyError, TypeError or ValueError."""
    wall = datetime.fromisoformat(record["time"])
    moment = Moment(
        wall,
        int(record["monotonic_ns"]),
        str(record["boot"]),
        int(record["offset_minutes"]),
        int(record.get("asleep_ns", 0)),
    )
    entry = Entry(str(record["kind"]), str(record["actor"]), moment, dict(record["facts"]))
    return Event(int(record["sequence"]), record["envelope"], entry, record["previous"])


def _object(body: str) -> dict[str, Any]:
    try:
        found = json.loads(body)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
