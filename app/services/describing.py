"""An envelope in the words of its spec, for `show`, for `data.json` and for scripts."""

from typing import Any

from app.domain.audit import Event, stamp
from app.domain.conditions.states import standing
from app.domain.envelope import Document, Envelope
from app.domain.fields.base import Field
from app.domain.fields.registry import kind_of
from app.domain.recipient import Recipient
from app.domain.remote import PersonNews
from app.services import checking
from app.services.field_specs import told_conditions, told_looks, told_style
from app.services.house import House


def whole(envelope: Envelope) -> dict[str, Any]:
    """Everything, in the spec's keys plus id, status, times and form data."""
    return {
        "id": envelope.id,
        "status": envelope.status,
        "title": envelope.title,
        "message": envelope.message,
        "routing": envelope.routing,
        "sealing": envelope.sealing,
        "created_at": stamp(envelope.created_at),
        "updated_at": stamp(envelope.updated_at),
        "sent_at": envelope.sent_at and stamp(envelope.sent_at),
        "completed_at": envelope.completed_at and stamp(envelope.completed_at),
        "expires_at": envelope.expires_at and stamp(envelope.expires_at),
        "end_reason": envelope.end_reason,
        "test_mode": envelope.test_mode,
        "metadata": dict(envelope.metadata),
        "hide_other_signers": envelope.hide_other_signers,
        "copy_mode": envelope.copy_mode,
        "password": envelope.password is not None,
        "confirmation_page": envelope.confirmation_page,
        "confirm_each_field": envelope.confirm_each_field,
        "style": told_style(envelope.style),
        "documents": [
            {**document(d), "conditions": told_conditions(d.conditions, envelope.fields)} for d in envelope.documents
        ],
        "attachments": [{"title": a.title, "sha256": a.sha256, "size": a.size} for a in envelope.attachments],
        "recipients": [recipient(r) for r in envelope.recipients],
        "fields": [field(envelope, f) for f in envelope.fields],
        "form_data": form_data(envelope),
        "remote": remote(envelope),
    }


def remote(envelope: Envelope) -> dict[str, Any] | None:
    """What the service it was handed to says, in our words and its own; None for what was never handed over."""
    there = envelope.remote
    if there is None:
        return None
    return {
        "account": there.account,
        "provider": there.provider,
        "op": there.operation,
        "id": there.id or None,
        "status": there.status,
        "said": there.raw,
        "recipients": [_person_there(one) for one in there.people],
        "form_data": dict(there.values),
        "files": [{"title": one.title, "sha256": one.sha256, "verdict": one.verdict} for one in there.files],
        "conflict": there.conflict or None,
    }


def _person_there(one: PersonNews) -> dict[str, Any]:
    return {
        "role": one.role,
        "status": one.status,
        "said": one.raw,
        "viewed_at": one.viewed_at and stamp(one.viewed_at),
        "signed_at": one.signed_at and stamp(one.signed_at),
    }


def brief(house: House, envelope: Envelope) -> dict[str, Any]:
    """What making a draft answers."""
    return {
        "id": envelope.id,
        "status": envelope.status,
        "documents": [{"title": d.title, "pages": len(d.pages), "sha256": d.original} for d in envelope.documents],
        "recipients": [recipient(r) for r in envelope.recipients],
        "fields": len(envelope.fields),
        "findings": findings(house, envelope),
    }


def findings(house: House, envelope: Envelope) -> list[dict[str, Any]]:
    numbers = {f.id: n for n, f in enumerate(envelope.fields)}
    return [
        {
            "severity": found.finding.severity,
            "code": found.finding.code,
            "message": found.title,
            "fix": found.fix,
            "field": numbers.get(found.finding.field) if found.finding.field else None,
            "document": envelope.number_of(found.finding.document) if found.finding.document else None,
            "recipient": found.finding.role,
        }
        for found in checking.findings(house, envelope)
    ]


def document(one: Document) -> dict[str, Any]:
    return {
        "title": one.title,
        "pages": len(one.pages),
        "sha256": one.latest,
        "original_sha256": one.original,
        "made_of_sha256": list(one.made_of),
        "normalised_sha256": one.normalised,
        "edited_sha256": one.edited,
        "prepared_sha256": one.prepared,
        "sealed_sha256": one.current,
        "prior_signatures": one.prior_signatures,
        "attestation": one.attestation,
        "page_sizes": [[round(p.size.width, 3), round(p.size.height, 3)] for p in one.pages[:200]],
    }


def recipient(one: Recipient) -> dict[str, Any]:
    return {
        "role": one.role,
        "name": one.name,
        "email": one.email,
        "phone": one.phone,
        "action": one.action,
        "order": one.order,
        "auth": [{"type": method.type} for method in one.auth],
        "status": one.status,
        "viewed_at": one.viewed_at and stamp(one.viewed_at),
        "completed_at": one.completed_at and stamp(one.completed_at),
        "decline_reason": one.decline_reason,
        "reminded_at": one.reminded_at and stamp(one.reminded_at),
        "witness_of": one.witness_of,
        "attestation": one.attestation,
    }


def field(envelope: Envelope, one: Field) -> dict[str, Any]:
    value = standing(envelope, one)
    return {
        "id": one.id,
        "type": one.kind,
        "recipient": one.recipient,
        "document": envelope.number_of(one.document),
        "page": one.page,
        "x": one.rect.x,
        "y": one.rect.y,
        "width": one.rect.width,
        "height": one.rect.height,
        "label": one.label,
        "help": one.help,
        "required": one.required,
        "read_only": one.read_only,
        "mapping_key": one.mapping_key,
        "value": None if value is None else plain(one, value),
        "options": list(one.options),
        "tooltip": one.tooltip,
        "locked": one.locked,
        "tab_index": one.tab_index,
        "linked": one.linked,
        "formula": one.formula,
        "conditions": told_conditions(one.conditions, envelope.fields),
        **told_looks(one),
    }


def form_data(envelope: Envelope) -> dict[str, Any]:
    """Values by mapping key, else label, else type and number; signatures as how they were made."""
    data: dict[str, Any] = {}
    for number, one in enumerate(envelope.fields, start=1):
        value = standing(envelope, one)
        if one.recipient is not None and value is not None:
            name = one.mapping_key or one.label or f"{one.kind}_{number}"
            data[name if name not in data else f"{name}_{number}"] = plain(one, value)
    return data


def plain(one: Field, value: Any) -> Any:
    return value if isinstance(value, str | bool) else kind_of(one).text_of(one, value)


def sealed_by(trail: tuple[Event, ...], role: str) -> list[dict[str, Any]]:
    """The revisions one recipient's act closed, as the trail tells them."""
    keys = ("sha256", "signature_field", "level")
    sealed = [
        event.entry.facts for event in trail if event.entry.kind == "sealed" and event.entry.facts["role"] == role
    ]
    return [{"title": facts["document"], **{key: facts[key] for key in keys}} for facts in sealed]
