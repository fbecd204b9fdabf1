"""What stands in the way of sending, and what is worth a look. Errors block, warnings do not."""

import re
from collections.abc import Iterator
from datetime import datetime

from app.domain import lookalike, one_time_code, reasoning, routing
from app.domain.attesting import attestation_of
from app.domain.drawing import Metrics
from app.domain.envelope import Envelope, Routing, SealingMode
from app.domain.fields.base import Field, FormType
from app.domain.fields.plausible import longest_plausible, overflows
from app.domain.fields.registry import kind_of
from app.domain.finding import Finding, Severity, error, warning
from app.domain.ids import DocumentId
from app.domain.recipient import Action, Attestation, Recipient

SLIGHT = 0.05
"""Of the smaller field, what may lie under another and disturbs nobody."""
ADDRESS = re.compile(r"[^@\s]+@[^@\s]+")
"""Of e-mail, so loosely that only slips of the pen are named: a host of a house of one's own has no dot."""


def check(envelope: Envelope, now: datetime, metrics: Metrics | None = None) -> tuple[Finding, ...]:
    """Errors first. Without `metrics` nobody measures whether text will fit, which is never an error."""
    found = [
        *_whole(envelope, now),
        *_recipients(envelope),
        *_sitting(envelope),
        *_fields(envelope),
        *reasoning.findings(envelope),
        *_documents(envelope),
        *(_narrow(envelope, metrics) if metrics is not None else ()),
    ]
    return tuple(sorted(found, key=lambda finding: finding.severity is not Severity.ERROR))


def blocks(findings: tuple[Finding, ...]) -> bool:
    return any(finding.severity is Severity.ERROR for finding in findings)


def _whole(envelope: Envelope, now: datetime) -> Iterator[Finding]:
    if not envelope.documents:
        yield error("no_documents")
    if not any(recipient.action.acts for recipient in envelope.recipients):
        yield error("nobody_acts")
    if envelope.expires_at is not None and envelope.expires_at <= now:
        yield error("expires_in_the_past", envelope.expires_at.isoformat())


def _recipients(envelope: Envelope) -> Iterator[Finding]:
    seen: set[str] = set()
    kinds: dict[str | None, set[str]] = {}
    for field in envelope.fields:
        kinds.setdefault(field.recipient, set()).add(field.kind)
    for recipient in envelope.recipients:
        mine = kinds.get(recipient.role, set())
        if not recipient.name.strip():
            yield error("recipient_without_name", recipient.role, role=recipient.role)
        if recipient.action is Action.SIGN and "signature" not in mine and _must_sign(envelope, recipient):
            yield error("signer_without_signature", recipient.name or recipient.role, role=recipient.role)
        if not recipient.action.seals and mine:
            yield error("fields_of_a_reader", recipient.name or recipient.role, role=recipient.role)
        if recipient.action.seals and recipient.action is not Action.SIGN and not mine:
            yield warning("recipient_unused", recipient.name or recipient.role, role=recipient.role)
        if doubt := lookalike.doubt(recipient.name):
            whose = f"{lookalike.shown(recipient.name)} ({recipient.email or recipient.phone or recipient.role})"
            yield warning(doubt, whose, role=recipient.role)
        if recipient.email and not ADDRESS.fullmatch(recipient.email):
            yield warning("no_email", recipient.email, role=recipient.role)
        if recipient.email and recipient.email.lower() in seen:
            yield warning("same_email", recipient.email, role=recipient.role)
        seen.add(recipient.email.lower())


def _must_sign(envelope: Envelope, recipient: Recipient) -> bool:
    return attestation_of(envelope, recipient) is Attestation.SIGNATURE


def _sitting(envelope: Envelope) -> Iterator[Finding]:
    """What would stop somebody at the table."""
    for recipient in envelope.recipients:
        name = recipient.name or recipient.role
        if recipient.action is Action.WITNESS:
            seen = routing.witnessed(envelope, recipient)
            if seen is None or not seen.action.acts or seen is recipient:
                yield error("witness_without_signer", name, role=recipient.role)
            elif seen.order > recipient.order and envelope.routing is Routing.SEQUENTIAL:
                yield error("witness_before_signer", name, role=recipient.role)
        if not recipient.email and any(method.type == one_time_code.METHOD for method in recipient.auth):
            yield error("code_without_address", name, role=recipient.role)


def _fields(envelope: Envelope) -> Iterator[Finding]:
    pages = {document.id: document.pages for document in envelope.documents}
    for field in envelope.fields:
        sheets = pages.get(field.document, ())
        if not 1 <= field.page <= len(sheets) or not field.rect.within(sheets[field.page - 1].size):
            yield error("field_off_page", field.name, field=field.id, document=field.document)
        least = kind_of(field).minimum_size
        if field.rect.width < least.width or field.rect.height < least.height:
            yield warning("field_too_small", field.name, field=field.id, document=field.document)
    yield from _overlaps(envelope)
    yield from _names(envelope)


def _overlaps(envelope: Envelope) -> Iterator[Finding]:
    by_page: dict[tuple[DocumentId, int], list[Field]] = {}
    for field in envelope.fields:
        by_page.setdefault((field.document, field.page), []).append(field)
    for fields in by_page.values():
        for one, other in _meeting(fields):
            smaller = min(one.rect.width * one.rect.height, other.rect.width * other.rect.height)
            share = one.rect.overlap(other.rect) / max(smaller, 0.01)
            if share > SLIGHT:
                names = f"{one.name}, {other.name} ({min(share, 1):.0%})"
                yield warning("fields_overlap", names, field=other.id, document=other.document)


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
            yield error("key_with_two_kinds", field.mapping_key, field=field.id, document=field.document)


def _documents(envelope: Envelope) -> Iterator[Finding]:
    more = {field.document for field in envelope.fields if kind_of(field).form is not FormType.SIGNATURE}
    for document in envelope.documents:
        if document.certification == 1:
            yield error("certified_against_changes", document.title, document=document.id)
        elif document.certification is not None:
            yield error("certified_without_room", document.title, document=document.id)
        elif document.prior_signatures and document.id in more:
            yield error("signed_document_takes_signatures_only", document.title, document=document.id)
        elif document.prior_signatures and envelope.sealing is SealingMode.AT_COMPLETION:
            yield error("signed_document_needs_each_recipient", document.title, document=document.id)
        elif document.prior_signatures:
            yield warning("already_signed", document.title, document=document.id)
        if document.encrypted:
            yield warning("was_encrypted", document.title, document=document.id)
        elif document.normalised:
            yield warning("was_normalised", document.title, document=document.id)
        if document.xfa:
            yield warning("has_xfa", document.title, document=document.id)


def _narrow(envelope: Envelope, metrics: Metrics) -> Iterator[Finding]:
    for field in envelope.fields:
        styled = envelope.styled(field)
        if overflows(styled, longest_plausible(styled), metrics):
            yield warning("text_does_not_fit", field.name, field=field.id, document=field.document)


__all__ = ["Finding", "Severity", "blocks", "check"]
