"""What stands in the way of sending, and what is worth a look. Errors block, warnings do not."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.domain.envelope import Envelope, SealingMode
from app.domain.fields.base import Field, FormType
from app.domain.fields.registry import kind_of
from app.domain.ids import DocumentId, FieldId
from app.domain.recipient import Action


class Severity(StrEnum):
    """Whether a finding stands in the way."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """`code` picks the words; the rest says where."""

    code: str
    severity: Severity
    subject: str = ""
    field: FieldId | None = None
    document: DocumentId | None = None
    role: str | None = None


def check(envelope: Envelope, now: datetime) -> tuple[Finding, ...]:
    """Errors first."""
    found = [*_whole(envelope, now), *_recipients(envelope), *_fields(envelope), *_documents(envelope)]
    return tuple(sorted(found, key=lambda finding: finding.severity is not Severity.ERROR))


def blocks(findings: tuple[Finding, ...]) -> bool:
    return any(finding.severity is Severity.ERROR for finding in findings)


def _error(code: str, subject: str = "", **where: object) -> Finding:
    return Finding(code, Severity.ERROR, subject, **where)  # type: ignore[arg-type]


def _warning(code: str, subject: str = "", **where: object) -> Finding:
    return Finding(code, Severity.WARNING, subject, **where)  # type: ignore[arg-type]


def _whole(envelope: Envelope, now: datetime) -> Iterator[Finding]:
    if not envelope.documents:
        yield _error("no_documents")
    if not any(recipient.action.acts for recipient in envelope.recipients):
        yield _error("nobody_acts")
    if envelope.expires_at is not None and envelope.expires_at <= now:
        yield _error("expires_in_the_past", envelope.expires_at.isoformat())


def _recipients(envelope: Envelope) -> Iterator[Finding]:
    seen: set[str] = set()
    kinds: dict[str | None, set[str]] = {}
    for field in envelope.fields:
        kinds.setdefault(field.recipient, set()).add(field.kind)
    for recipient in envelope.recipients:
        mine = kinds.get(recipient.role, set())
        if not recipient.name.strip():
            yield _error("recipient_without_name", recipient.role, role=recipient.role)
        if recipient.action is Action.SIGN and "signature" not in mine:
            yield _error("signer_without_signature", recipient.name or recipient.role, role=recipient.role)
        if not recipient.action.seals and mine:
            yield _error("fields_of_a_reader", recipient.name or recipient.role, role=recipient.role)
        if recipient.email and recipient.email.lower() in seen:
            yield _warning("same_email", recipient.email, role=recipient.role)
        seen.add(recipient.email.lower())


def _fields(envelope: Envelope) -> Iterator[Finding]:
    for field in envelope.fields:
        least = kind_of(field).minimum_size
        if field.rect.width < least.width or field.rect.height < least.height:
            yield _warning("field_too_small", field.name, field=field.id, document=field.document)
    yield from _overlaps(envelope)
    yield from _names(envelope)


def _overlaps(envelope: Envelope) -> Iterator[Finding]:
    by_page: dict[tuple[DocumentId, int], list[Field]] = {}
    for field in envelope.fields:
        by_page.setdefault((field.document, field.page), []).append(field)
    for fields in by_page.values():
        for one, other in _meeting(fields):
            smaller = min(one.rect.width * one.rect.height, other.rect.width * other.rect.height)
            if one.rect.overlap(other.rect) > 0.05 * smaller:
                yield _warning("fields_overlap", f"{one.name}, {other.name}", field=other.id, document=other.document)


def _meeting(fields: list[Field]) -> Iterator[tuple[Field, Field]]:
    """Pairs that share a height on the page, the upper first: on a long form most pairs do not."""
    down = sorted(fields, key=lambda field: field.rect.y)
    for number, one in enumerate(down):
        for later in range(number + 1, len(down)):
            if down[later].rect.y >= one.rect.bottom:
                break
            yield one, down[later]


def _names(envelope: Envelope) -> Iterator[Finding]:
    kinds: dict[str, str] = {}
    for field in envelope.fields:
        if field.mapping_key and kinds.setdefault(field.mapping_key, field.kind) != field.kind:
            yield _error("key_with_two_kinds", field.mapping_key, field=field.id, document=field.document)


def _documents(envelope: Envelope) -> Iterator[Finding]:
    more = {field.document for field in envelope.fields if kind_of(field).form is not FormType.SIGNATURE}
    for document in envelope.documents:
        if document.certification == 1:
            yield _error("certified_against_changes", document.title, document=document.id)
        elif document.prior_signatures and document.id in more:
            yield _error("signed_document_takes_signatures_only", document.title, document=document.id)
        elif document.prior_signatures and envelope.sealing is SealingMode.AT_COMPLETION:
            yield _error("signed_document_needs_each_recipient", document.title, document=document.id)
        elif document.prior_signatures:
            yield _warning("already_signed", document.title, document=document.id)
        if document.normalised:
            yield _warning("was_normalised", document.title, document=document.id)
