"""The audit trail: an append-only chain of events, each holding the SHA-256 of the one before (canonical JSON,
RFC 8785).

A chain alone cannot see that its tail was cut off, so heads are countersigned by the device key and printed in
the certificate of completion.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from app.domain.canonical import canonical, composed, fingerprint
from app.domain.ids import EnvelopeId, Sha256

SCHEMA = "paraph.audit/1"
ROOT = Sha256("0" * 64)
"""`previous` of the first event."""


@dataclass(frozen=True, slots=True)
class Moment:
    """When, by which clock: wall time (UTC) with the offset shown to people, the monotonic clock, and the boot
    it counts from. `asleep_ns` is how long the machine slept since then, which the monotonic clock leaves out.
    """

    wall: datetime
    monotonic_ns: int
    boot: str
    offset_minutes: int = 0
    asleep_ns: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """An event before it has a place in the chain. `actor` is host, sender, system or a role as `recipient:ROLE`."""

    kind: str
    actor: str
    moment: Moment
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Event:
    """A link of the chain; `sha256` is over `body()`."""

    sequence: int
    envelope: EnvelopeId
    entry: Entry
    previous: Sha256

    def body(self) -> dict[str, Any]:
        """What is hashed and exported. The monotonic clock is a string of digits: after 104 days it no longer fits
        the numbers of JSON.
        """
        moment = self.entry.moment
        slept = {"asleep_ns": str(moment.asleep_ns)} if moment.asleep_ns else {}
        return {
            **slept,
            "schema": SCHEMA,
            "sequence": self.sequence,
            "envelope": self.envelope,
            "kind": self.entry.kind,
            "actor": self.entry.actor,
            "time": stamp(moment.wall),
            "offset_minutes": moment.offset_minutes,
            "monotonic_ns": str(moment.monotonic_ns),
            "boot": moment.boot,
            "facts": self.entry.facts,
            "previous": self.previous,
        }

    @property
    def sha256(self) -> Sha256:
        return fingerprint(canonical(self.body()))


@dataclass(frozen=True, slots=True)
class Head:
    """Where a chain stands: how many events, and the hash of the last."""

    count: int = 0
    sha256: Sha256 = ROOT


@dataclass(frozen=True, slots=True)
class Proven:
    """The events before `sequence` existed before `at`, says a time-stamp authority; `root` (PEM) vouches for it."""

    sequence: int
    at: datetime
    authority: str
    root: str = ""


@dataclass(frozen=True, slots=True)
class ChainReport:
    """`broken_at` is the sequence number of the first link that does not hold; `countersigned` how many of the device's
    signatures were proved with a certificate; `proven` what time stamps prove; `strangers` how many more there are, by
    authorities nobody here trusts.
    """

    events: int
    intact: bool
    broken_at: int | None = None
    reason: str = ""
    countersigned: int = 0
    proven: tuple[Proven, ...] = ()
    strangers: int = 0


def stamp(moment: datetime) -> str:
    """UTC with microseconds, `2026-01-31T12:00:00.000000Z`."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def link(envelope: EnvelopeId, head: Head, entries: Iterable[Entry]) -> tuple[Event, ...]:
    """Gives entries their places after `head`, their words in NFC; from here on not a byte may change."""
    events = []
    for entry in entries:
        told = replace(entry, actor=composed(entry.actor), facts=composed(entry.facts))
        event = Event(head.count + 1, envelope, told, head.sha256)
        head = Head(event.sequence, event.sha256)
        events.append(event)
    return tuple(events)


def head_of(events: Sequence[Event]) -> Head:
    """Where a chain stands that ends with the last of these."""
    return Head(events[-1].sequence, events[-1].sha256) if events else Head()


def head_from(said: Any) -> Head | None:
    """As an exported trail says where it ends, `{"count", "sha256"}`; None for what says nothing of the sort."""
    match said:
        case {"count": bool()}:
            return None
        case {"count": int(count), "sha256": str(sha256)} if count > 0 or (count == 0 and sha256 == ROOT):
            return Head(count, Sha256(sha256))
    return None


def verify(records: Sequence[dict[str, Any]], head: Head | None = None) -> ChainReport:
    """Checks exported records `{..body, "sha256"}`; names the first broken link.

    That the last is the last, only a head kept elsewhere can tell: with one, they must end where it says.
    """
    previous, envelope = ROOT, records[0].get("envelope") if records else None
    for number, record in enumerate(records, start=1):
        body = {key: value for key, value in record.items() if key != "sha256"}
        problem = _problem(body, record.get("sha256"), number, previous, envelope)
        if problem:
            return ChainReport(len(records), False, number, problem)
        previous = record["sha256"]
    if head is not None and not runs_through(records, head):
        return ChainReport(len(records), False, min(head.count, len(records) + 1), "the end is missing or another one")
    if head is not None and len(records) > head.count:
        return ChainReport(len(records), False, head.count + 1, "it was never recorded")
    return ChainReport(len(records), True)


def runs_through(records: Sequence[dict[str, Any]], head: Head) -> bool:
    """Whether a chain is, or once was, where this head says."""
    return not head.count or (len(records) >= head.count and records[head.count - 1]["sha256"] == head.sha256)


def _problem(body: dict[str, Any], claimed: Any, number: int, previous: str, envelope: Any) -> str:
    if body.get("schema") != SCHEMA or body.get("envelope") != envelope:
        return "another envelope or schema"
    if body.get("sequence") != number:
        return "an event is missing, doubled or out of place"
    if body.get("previous") != previous:
        return "it does not continue the event before it"
    try:
        computed = fingerprint(canonical(body))
    except ValueError:
        return "its content is not that of an event"
    return "" if computed == claimed else "its content was changed"
