"""The audit trail: exported for anybody to check, and told in plain words."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from app.domain import audit, errors
from app.domain import timestamping as timestamps
from app.domain.audit import ChainReport, Event, Head
from app.domain.ids import EnvelopeId
from app.domain.personal import revealed
from app.domain.timestamping import Signed
from app.services import certificate_words, countersigning, timestamping
from app.services.certificate_words import Words
from app.services.countersigning import SealedHead
from app.services.house import House
from app.services.spec import read_text


@dataclass(frozen=True)
class Line:
    """One event for people."""

    sequence: int
    when: datetime
    sentence: str
    actor: str
    kind: str


def records(events: tuple[Event, ...]) -> list[dict[str, Any]]:
    """The exported form: each event's hashed body with its hash beside it."""
    return [{**event.body(), "sha256": event.sha256} for event in events]


def export_trail(house: House, envelope_id: str) -> list[dict[str, Any]]:
    """As it is stored: a change of a stored hash must not be healed by computing it anew."""
    return list(house.library.records(EnvelopeId(envelope_id)))


def verify_trail(house: House, envelope_id: str) -> ChainReport:
    """Of the library's own rows: their head is the one the envelope remembers, they run through the newest anchor, and
    the device's countersignatures and the authorities' time stamps hold.
    """
    report = countersigning.anchored(house, envelope_id)
    found = export_trail(house, envelope_id)
    return timestamping.judged(house, found, countersigning.judged(found, report, countersigning.certificates(house)))


@dataclass(frozen=True)
class FileReport:
    """What an exported trail proves: whether it is whole, and when who acted."""

    report: ChainReport
    signed: tuple[Signed, ...] = ()


def verify_file(path: Path, certificates: Sequence[str] = (), opened: Callable[[], House] | None = None) -> FileReport:
    """An `audit.json` from anywhere; raises `TrailUnreadable` for what is none. With the device's certificates (PEM)
    its countersignatures are checked too, and that the trail ends where the device said; and the time
    stamps, where there are any and a house can be `opened` that says whom to trust.
    """
    found, events = _read(path)
    report = _checked(found, events, certificates)
    if not report.intact:
        return FileReport(report)
    if opened is not None and any(timestamps.claims(events)):
        report = timestamping.judged(opened(), events, report)
    return FileReport(report, timestamps.signed(events, report.proven))


def _read(path: Path) -> tuple[Any, list[dict[str, Any]]]:
    text = read_text(path)
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as problem:
        raise errors.TrailUnreadable(path=str(path), reason=str(problem)) from None
    events = found.get("events") if isinstance(found, dict) else found
    if not isinstance(events, list) or not all(isinstance(event, dict) for event in events):
        raise errors.TrailUnreadable(path=str(path), reason="no list of events")
    return found, events


def _checked(found: Any, events: list[dict[str, Any]], certificates: Sequence[str]) -> ChainReport:
    said = found.get("head") if isinstance(found, dict) else None
    head = audit.head_from(said) if said else None
    if said and head is None:
        return ChainReport(len(events), False, len(events) + 1, "where it ends is not said in a form that can be read")
    report = countersigning.judged(events, audit.verify(events, head), certificates)
    if report.intact and certificates and not _ends(found, head, certificates):
        return ChainReport(len(events), False, len(events) + 1, "the device did not say that it ends here")
    return report


def _ends(found: Any, head: Head | None, certificates: Sequence[str]) -> bool:
    """Whether an exported trail carries the device's word on where it ends. Raises `NotTheSealsCertificate` when that
    word is by another certificate than these: then nothing is known, neither good nor bad.
    """
    seal = found.get("seal") if head is not None else None
    if head is None or not isinstance(seal, dict):
        return False
    stated = SealedHead(
        head.count, head.sha256, str(seal.get("signature", "")), str(seal.get("certificate_sha256", ""))
    )
    if stated.signature and not countersigning.is_by_one_of(stated, certificates):
        raise errors.NotTheSealsCertificate(wanted=stated.certificate_sha256[:64])
    return countersigning.head_holds(str(found.get("envelope", "")), stated, certificates)


def timeline(house: House, envelope_id: str) -> tuple[Line, ...]:
    personal = house.library.envelope(EnvelopeId(envelope_id)).personal
    return tuple(line_of(event, personal) for event in house.library.trail(EnvelopeId(envelope_id)))


def line_of(event: Event, personal: Mapping[str, str], words: Words | None = None) -> Line:
    """`personal`: what stands behind the hashes, as the envelope keeps it. English, if not in other `words`."""
    told = words or certificate_words.in_language("en")
    sentence = told.sentence(event.entry.kind, revealed(personal, event.entry.facts))
    return Line(event.sequence, event.entry.moment.wall, sentence, event.entry.actor, event.entry.kind)
