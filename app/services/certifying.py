"""The certificate of completion: what happened, for people, with the commands that check it without this program."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from app import __version__
from app.domain.audit import Event, Head, head_of
from app.domain.envelope import Document, Envelope
from app.domain.recipient import Recipient
from app.pdf import CertificateFacts, CertifiedDocument, CertifiedEvent, CertifiedPerson
from app.services import auditing
from app.services.house import House

LEVEL = (
    "Each act is closed by a PAdES baseline B-B signature, made on this device with a one-time certificate of the "
    "device's own authority. The key was not under the signer's sole control: in the terms of eIDAS this is a simple "
    "electronic signature with a seal that shows any later change. No time-stamp authority was asked; times are those "
    "of the device's clock."
)
CHECKS = (
    "sha256sum *.pdf    # compare with the fingerprints on this page",
    "pdfsig DOCUMENT.pdf    # every signature and what it covers (poppler)",
    "paraph audit --verify audit.json    # or hash each event with any RFC 8785 tool: every event names the one before",
)


def facts_of(house: House, envelope: Envelope, events: Sequence[Event]) -> CertificateFacts:
    """`events` is the trail up to the last seal; its head is printed, so that a trail cut off later is found out."""
    head: Head = head_of(events)
    return CertificateFacts(
        title=envelope.title,
        envelope=envelope.id,
        status="completed",
        completed_at=_when(house.clock.now()),
        documents=tuple(_document(document) for document in envelope.documents),
        people=tuple(_person(envelope, recipient, events) for recipient in envelope.recipients),
        events=tuple(_event(event, envelope.personal) for event in events),
        facts=_about(house, envelope, events),
        audit_head=head.sha256,
        audit_count=head.count,
        level=LEVEL,
        checks=CHECKS,
    )


def _about(house: House, envelope: Envelope, events: Sequence[Event]) -> tuple[tuple[str, str], ...]:
    last = events[-1].entry.moment
    told = (
        ("Host", house.settings.host_name),
        ("Place", house.settings.place),
        ("Sealing", "each recipient's act" if envelope.sealing == "each_recipient" else "once, at completion"),
        ("Order of acts", str(envelope.routing)),
        ("Clock", f"this device's, UTC{_offset(last.offset_minutes)}; not confirmed by a time-stamp authority"),
        ("Program", f"Paraph {__version__}"),
        ("Binding", "no, made in test mode" if envelope.test_mode else "yes"),
    )
    return tuple((label, text) for label, text in told if text)


def _document(document: Document) -> CertifiedDocument:
    return CertifiedDocument(
        document.title,
        len(document.pages),
        document.original,
        document.prepared or "",
        document.current or "",
        document.normalised or "",
    )


def _person(envelope: Envelope, recipient: Recipient, events: Sequence[Event]) -> CertifiedPerson:
    ceremony = recipient.ceremony
    return CertifiedPerson(
        recipient.name,
        recipient.role,
        recipient.action,
        recipient.status,
        recipient.email,
        recipient.order,
        ceremony.identified_by if ceremony else "",
        _when(recipient.completed_at) if recipient.completed_at else "",
        tuple(_lines(envelope, recipient, events)),
    )


def _lines(envelope: Envelope, recipient: Recipient, events: Sequence[Event]) -> list[tuple[str, str]]:
    ceremony = recipient.ceremony
    if ceremony is None:
        return []
    lines = [("Authentication", ", ".join(m.type.replace("_", " ") for m in recipient.auth) or "the host's statement")]
    if ceremony.consent:
        consent = ceremony.consent
        lines.append(("Agreed to sign electronically", f"{_when(consent.at)}, text {consent.text_sha256}"))
    if ceremony.pages_shown:
        lines.append(("Pages shown", _pages(envelope, ceremony.pages_shown)))
    for name, mark in (("Signature", ceremony.signature), ("Initials", ceremony.initials)):
        if mark is not None:
            lines.append((name, f"{mark.capture}, fingerprint {mark.fingerprint}"))
    for event in events:
        facts = event.entry.facts
        if facts.get("role") != recipient.role:
            continue
        if event.entry.kind == "signed":
            lines.append(("Values entered", f"fingerprint {facts['values_sha256']}"))
        if event.entry.kind == "sealed":
            lines.append(
                (f"Seal on {facts['document']}", f"{facts['level']}, certificate {facts['certificate_sha256']}")
            )
    return lines


def _pages(envelope: Envelope, shown: Sequence[tuple[str, int]]) -> str:
    parts = []
    for document in envelope.documents:
        pages = sorted(page for shown_document, page in shown if shown_document == document.id)
        if pages:
            parts.append(f"{document.title}: {len(pages)} of {len(document.pages)}")
    return "; ".join(parts)


def _event(event: Event, personal: Mapping[str, str]) -> CertifiedEvent:
    line = auditing.line_of(event, personal)
    return CertifiedEvent(line.sequence, _when(line.when), line.actor, line.sentence)


def _when(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S} UTC"


def _offset(minutes: int) -> str:
    sign = "-" if minutes < 0 else "+"
    return f"{sign}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"
