"""The audit trail: exported for anybody to check, and told in plain words."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from app.domain import audit, errors
from app.domain.audit import ChainReport, Event
from app.domain.ids import EnvelopeId
from app.domain.personal import revealed
from app.services import countersigning
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
    the device's countersignatures hold.
    """
    report = countersigning.anchored(house, envelope_id)
    return countersigning.judged(export_trail(house, envelope_id), report, countersigning.certificates(house))


def verify_file(path: Path, certificates: Sequence[str] = ()) -> ChainReport:
    """An `audit.json` from anywhere; raises `TrailUnreadable` for what is none. With the device's certificates (PEM)
    its countersignatures are checked too, and that the trail ends where the device said.
    """
    text = read_text(path)
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as problem:
        raise errors.TrailUnreadable(path=str(path), reason=str(problem)) from None
    events = found.get("events") if isinstance(found, dict) else found
    if not isinstance(events, list) or not all(isinstance(event, dict) for event in events):
        raise errors.TrailUnreadable(path=str(path), reason="no list of events")
    report = audit.verify(events)
    head = found.get("head") if isinstance(found, dict) else None
    if (
        report.intact
        and head
        and head != {"count": len(events), "sha256": events[-1]["sha256"] if events else audit.ROOT}
    ):
        return ChainReport(len(events), False, len(events) + 1, "its end is missing")
    report = countersigning.judged(events, report, certificates)
    if report.intact and certificates and not _ends(found, certificates):
        return ChainReport(len(events), False, len(events) + 1, "the device did not say that it ends here")
    return report


def _ends(found: Any, certificates: Sequence[str]) -> bool:
    """Whether an exported trail carries the device's word on where it ends."""
    if not isinstance(found, dict) or not isinstance(found.get("head"), dict):
        return False
    sealed = {key: str(value) for key, value in (found.get("seal") or {}).items()}
    stated = SealedHead(
        int(found["head"].get("count", 0)),
        str(found["head"].get("sha256", "")),
        sealed.get("signature", ""),
        sealed.get("certificate_sha256", ""),
    )
    return countersigning.head_holds(str(found.get("envelope", "")), stated, certificates)


def timeline(house: House, envelope_id: str) -> tuple[Line, ...]:
    personal = house.library.envelope(EnvelopeId(envelope_id)).personal
    return tuple(line_of(event, personal) for event in house.library.trail(EnvelopeId(envelope_id)))


SENTENCES = {
    "created": "Envelope created: {title}",
    "edited": "Draft changed: {changed}",
    "documents_added": "Documents added: {documents}",
    "document_removed": "Document removed: {title}",
    "frozen": "Documents frozen with {fields} fields",
    "out": "Sent out; first: {turn}",
    "back_to_draft": "Moved back to draft",
    "room_opened": "Signing room opened for {role}",
    "identified": "{role} identified: {how}",
    "access_denied": "Wrong {method} for {role}; {tries_left} tries left",
    "consented": "{role} agreed to sign electronically ({language})",
    "page_shown": "Page {page} of {document} shown to {role}",
    "field_filled": "{role} filled in {field}",
    "field_cleared": "{role} took back what stood in {field}",
    "field_computed": "{field} of {role} computed",
    "adopted": "{role} chose their {what} ({capture})",
    "signed": "{role} finished ({action})",
    "sealed": "{document} sealed for {role}, level {level}",
    "countersigned": "Trail countersigned by this device",
    "declined": "{role} declined: {reason}",
    "voided": "Voided: {reason}",
    "expired": "Expired",
    "reassigned": "{role} is now {name}, before {before}",
    "completed": "Completed",
    "copy_given": "{role} took a copy ({way})",
    "acknowledged": "{role} confirmed by name",
    "skipped": "{role} was passed over: {reason}",
    "put_off": "{role} goes on later, at {field}",
    "room_closed": "Signing room closed for {role}: the device slept {seconds} s",
    "remote_chosen": "{role} wants to sign elsewhere",
    "delegated": "{before} handed the part of {role} to {name}: {reason}",
    "handed_back": "{role} gave the device back; host: {statement}",
    "pages_seen": "{role} looked at pages: {pages}",
    "code_sent": "A one-time code was e-mailed to {role}",
    "clock_noted": "Clock: {what}, {seconds} s",
    "reminded": "{role} was reminded",
    "erased": "Personal data erased: {texts} texts",
}


def line_of(event: Event, personal: Mapping[str, str]) -> Line:
    """`personal`: what stands behind the hashes, as the envelope keeps it."""
    facts = {key: _plain(value) for key, value in revealed(personal, event.entry.facts).items()}
    sentence = SENTENCES.get(event.entry.kind, event.entry.kind.replace("_", " ")).format_map(_Blank(facts))
    return Line(event.sequence, event.entry.moment.wall, sentence, event.entry.actor, event.entry.kind)


class _Blank(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "–"


def _plain(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(
            str(item["title"]) if isinstance(item, dict) and "title" in item else str(item) for item in value
        )
    return str(value) or "not stated"
