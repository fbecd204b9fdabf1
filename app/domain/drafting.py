"""Changing a draft. Each function checks its rule and returns the step; fields follow their page, recipients
their fields.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from app.domain import errors, style
from app.domain.audit import Moment
from app.domain.conditions.checking import check as check_conditions
from app.domain.envelope import Document, Envelope, EnvelopeStatus
from app.domain.fields import registry
from app.domain.fields.base import Field
from app.domain.fields.registry import KINDS
from app.domain.formulas.parsing import parse
from app.domain.geometry import PageGeometry
from app.domain.ids import DocumentId, EnvelopeId, FieldId
from app.domain.recipient import Recipient
from app.domain.steps import SENDER, Step, step

SMALLEST_PT = 1.0
"""Of a field's sides; smaller is a slip of the mouse."""
EDITABLE = frozenset(
    {
        "title",
        "message",
        "routing",
        "sealing",
        "expires_at",
        "test_mode",
        "metadata",
        "hide_other_signers",
        "copy_mode",
        "password",
        "confirmation_page",
        "confirm_each_field",
        "documents",
        "attachments",
        "recipients",
        "fields",
        "style",
    }
)
"""What the sender decides; everything else about an envelope happens to it."""


def create(envelope_id: EnvelopeId, title: str, moment: Moment) -> Step:
    envelope = Envelope(envelope_id, title.strip() or "Untitled", moment.wall, moment.wall)
    return step(envelope, "created", SENDER, moment, title=envelope.title)


def change(envelope: Envelope, moment: Moment, **changes: Any) -> Step:
    """Replaces top-level keys of a draft; consistent as a whole, or refused."""
    envelope.require("edit", EnvelopeStatus.DRAFT)
    for key in changes:
        if key not in EDITABLE:
            raise errors.SpecError(path=key, problem="cannot be changed")
    changed = consistent(replace(envelope, **changes, updated_at=moment.wall))
    return step(changed, "edited", SENDER, moment, changed=sorted(changes))


def add_documents(envelope: Envelope, documents: Sequence[Document], moment: Moment) -> Step:
    envelope.require("add a document", EnvelopeStatus.DRAFT)
    whole = (*envelope.documents, *documents)
    changed = consistent(replace(envelope, documents=whole, updated_at=moment.wall))
    facts = [{"title": d.title, "pages": len(d.pages), "sha256": d.original} for d in documents]
    return step(changed, "documents_added", SENDER, moment, documents=facts)


def remove_document(envelope: Envelope, document: DocumentId, moment: Moment) -> Step:
    """Its fields go with it."""
    envelope.require("remove a document", EnvelopeStatus.DRAFT)
    gone = envelope.document(document)
    changed = replace(
        envelope,
        documents=tuple(d for d in envelope.documents if d.id != document),
        fields=tuple(f for f in envelope.fields if f.document != document),
        updated_at=moment.wall,
    )
    return step(changed, "document_removed", SENDER, moment, title=gone.title, sha256=gone.original)


def set_recipients(envelope: Envelope, recipients: Sequence[Recipient], moment: Moment) -> Step:
    """Fields of a role that is gone go with it; the caller has asked."""
    roles = {recipient.role for recipient in recipients}
    fields = tuple(f for f in envelope.fields if f.recipient is None or f.recipient in roles)
    return change(envelope, moment, recipients=tuple(recipients), fields=fields)


def set_fields(envelope: Envelope, fields: Sequence[Field], moment: Moment) -> Step:
    """The editor's step: placing, moving, resizing, deleting and undoing all end here."""
    return change(envelope, moment, fields=tuple(fields))


def upsert_field(envelope: Envelope, field: Field, moment: Moment) -> Step:
    others = tuple(f for f in envelope.fields if f.id != field.id)
    return set_fields(envelope, (*others, field), moment)


def delete_fields(envelope: Envelope, gone: set[FieldId], moment: Moment) -> Step:
    return set_fields(envelope, tuple(f for f in envelope.fields if f.id not in gone), moment)


def consistent(envelope: Envelope) -> Envelope:
    """Itself, if nothing is there twice and every field stands on a page that exists, belongs to somebody, and
    demands what can be checked; else `SpecError` with the path of the key.
    """
    roles = [recipient.role for recipient in envelope.recipients]
    _once("recipients", "role", roles)
    _once("documents", "id", [document.id for document in envelope.documents])
    _once("fields", "id", [field.id for field in envelope.fields])
    if envelope.expires_at is not None and envelope.expires_at.utcoffset() is None:
        raise errors.SpecError(path="expires_at", problem="needs a time zone, as in 2027-01-31T00:00:00Z")
    pages = {document.id: document.pages for document in envelope.documents}
    for number, field in enumerate(envelope.fields):
        _check_owner(f"fields[{number}]", field, roles)
        _check_place(f"fields[{number}]", field, pages)
        registry.check(field, f"fields[{number}]")
        _check_reading(f"fields[{number}]", field)
    for number, document in enumerate(envelope.documents):
        check_conditions(document.conditions, f"documents[{number}].conditions", document=True)
    style.check(envelope.style, "style")
    return envelope


def _once(things: str, key: str, names: Sequence[str]) -> None:
    seen: set[str] = set()
    for number, name in enumerate(names):
        if name in seen:
            raise errors.SpecError(path=f"{things}[{number}].{key}", problem=f"{name} is used twice")
        seen.add(name)


def _check_reading(path: str, field: Field) -> None:
    """What it says about other fields can be read; that these exist, preflight finds out."""
    check_conditions(field.conditions, f"{path}.conditions")
    if field.conditions and not registry.kind_of(field).needs_recipient:
        raise errors.SpecError(path=f"{path}.conditions", problem=f"a {field.kind} is part of the page for everybody")
    if field.tab_index is not None and field.tab_index < 1:
        raise errors.SpecError(path=f"{path}.tab_index", problem=f"{field.tab_index}, but tab stops count from 1")
    if field.formula is None:
        return
    try:
        parse(field.formula)
    except errors.FormulaError as no:
        problem = f"{no.problem} at character {no.column}; {no.mend}"
        raise errors.SpecError(path=f"{path}.formula", problem=problem) from None


def _check_place(path: str, field: Field, pages: dict[DocumentId, tuple[PageGeometry, ...]]) -> None:
    if field.document not in pages:
        raise errors.SpecError(path=f"{path}.document", problem="there is no such document")
    total = len(pages[field.document])
    if not 1 <= field.page <= total:
        raise errors.SpecError(path=f"{path}.page", problem=f"{field.page}, the document has {total} pages")
    if min(field.rect.width, field.rect.height) < SMALLEST_PT:
        size = f"{field.rect.width:g} x {field.rect.height:g} pt"
        raise errors.SpecError(path=f"{path}.width", problem=f"{size} is too small to be seen")
    size_pt = pages[field.document][field.page - 1].size
    if not field.rect.within(size_pt):
        raise errors.SpecError(
            path=f"{path}.x",
            problem=f"the field reaches outside the page ({size_pt.width:g} x {size_pt.height:g} pt)",
        )


def _check_owner(path: str, field: Field, roles: Sequence[str]) -> None:
    kind = KINDS.get(field.kind)
    if kind is None:
        raise errors.SpecError(path=f"{path}.type", problem=f"{field.kind} is none of {', '.join(KINDS)}")
    if kind.needs_recipient and field.recipient not in roles:
        known = ", ".join(roles) or "no recipients yet"
        raise errors.SpecError(path=f"{path}.recipient", problem=f"{field.recipient} is none of the roles ({known})")
    if not kind.needs_recipient and field.recipient is not None:
        raise errors.SpecError(path=f"{path}.recipient", problem=f"a {field.kind} belongs to nobody")


def copy_of(envelope: Envelope, new_id: EnvelopeId, moment: Moment, salt: str = "") -> Step:
    """A new draft like this one, with nothing of what happened to it; personal texts are hashed under its own salt."""
    from_start = replace(
        envelope,
        id=new_id,
        status=EnvelopeStatus.DRAFT,
        created_at=moment.wall,
        updated_at=moment.wall,
        expires_at=_still_ahead(envelope.expires_at, moment.wall),
        documents=tuple(replace(d, prepared=None, current=None) for d in envelope.documents),
        recipients=tuple(
            replace(
                Recipient(r.id, r.role, r.name, r.email, r.phone, r.action, r.order, r.auth),
                witness_of=r.witness_of,
                attestation=r.attestation,
            )
            for r in envelope.recipients
        ),
        values={},
        certificate=None,
        end_reason="",
        sent_at=None,
        completed_at=None,
        version=0,
        salt=salt,
        personal={},
        remote=None,
    )
    return step(from_start, "created", SENDER, moment, title=envelope.title, copied_from=envelope.id)


def _still_ahead(expires_at: datetime | None, now: datetime) -> datetime | None:
    return expires_at if expires_at is not None and expires_at > now else None
