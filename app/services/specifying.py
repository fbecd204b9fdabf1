"""From a spec to a draft, and from a draft's spec to its changes."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from app.domain import drafting as rules
from app.domain import errors, one_time_code
from app.domain.changes import Changes
from app.domain.envelope import Attachment, Document, Envelope
from app.domain.fields.base import Field
from app.domain.ids import EnvelopeId, RecipientId
from app.domain.recipient import AuthMethod, Recipient
from app.services import importing, secrets
from app.services.drafting import created, record
from app.services.field_specs import conditions_of, field_of, style_of
from app.services.house import House
from app.services.spec import AuthSpec, DocumentSpec, FieldSpec, ReadSpec, RecipientSpec
from app.services.taking_in import TakenIn, attach, from_markdown, take_in


def new(house: House, read: ReadSpec) -> Changes:
    """A draft as the spec says, or nothing at all."""
    taken = _documents(house, read)
    title = read.spec.title or (taken[0].document.title if taken else "")
    first = created(house, title)
    changes = _changes(house, first.envelope, read, taken)
    step = rules.change(first.envelope, house.moment(), **changes)
    return record(house, first.then(step))


def edit(house: House, envelope_id: str, read: ReadSpec) -> Changes:
    """Replaces what the spec names."""
    envelope = house.library.envelope(EnvelopeId(envelope_id))
    taken = _documents(house, read) if "documents" in read.named else []
    return record(house, rules.change(envelope, house.moment(), **_changes(house, envelope, read, taken)))


SIMPLE = (
    "message",
    "routing",
    "sealing",
    "test_mode",
    "metadata",
    "hide_other_signers",
    "copy_mode",
    "confirmation_page",
    "confirm_each_field",
)


def _changes(house: House, envelope: Envelope, read: ReadSpec, taken: list[TakenIn]) -> dict[str, Any]:
    """The top-level keys to replace; fields always go with documents and recipients."""
    spec, named = read.spec, read.named
    changes: dict[str, Any] = {
        key: getattr(spec, key) for key in SIMPLE if key in named and getattr(spec, key) is not None
    }
    if spec.title is not None:
        changes["title"] = spec.title
    if "expires_at" in named:
        changes["expires_at"] = _with_zone(spec.expires_at)
    if "password" in named:
        changes["password"] = secrets.hashed(spec.password) if spec.password else None
    if spec.style is not None:
        changes["style"] = style_of(house, spec.style)
    if "attachments" in named:
        changes["attachments"] = _attachments(house, read)
    documents = tuple(one.document for one in taken) if "documents" in named else envelope.documents
    recipients = _recipients(house, envelope, spec.recipients) if "recipients" in named else envelope.recipients
    roles = {recipient.role for recipient in recipients}
    kept = {document.id for document in documents}
    fields = [f for f in envelope.fields if f.document in kept and (f.recipient is None or f.recipient in roles)]
    if "fields" in named:
        fields = [field_of(house, documents, n, one, read.folder) for n, one in enumerate(spec.fields)]
    fields += _token_fields(recipients, taken)
    if spec.import_fields:
        documents, imported = _imported(house, documents, recipients)
        fields += imported
    if "fields" in named:
        fields = _with_conditions(spec.fields, fields)
    if "documents" in named:
        documents = _shown_when(spec.documents, documents, fields)
    return {**changes, "documents": documents, "recipients": recipients, "fields": tuple(fields)}


def _with_conditions(specs: Sequence[FieldSpec], fields: list[Field]) -> list[Field]:
    """Of those the spec names, which come first; they may look at any."""
    told = [
        replace(field, conditions=conditions_of(spec.conditions, fields, f"fields[{number}].conditions"))
        for number, (spec, field) in enumerate(zip(specs, fields, strict=False))
    ]
    return [*told, *fields[len(told) :]]


def _shown_when(
    specs: Sequence[DocumentSpec], documents: tuple[Document, ...], fields: list[Field]
) -> tuple[Document, ...]:
    return tuple(
        replace(document, conditions=conditions_of(spec.conditions, fields, f"documents[{number}].conditions"))
        for number, (spec, document) in enumerate(zip(specs, documents, strict=True))
    )


def _documents(house: House, read: ReadSpec) -> list[TakenIn]:
    return [_document(house, read.folder, n, one) for n, one in enumerate(read.spec.documents)]


def _document(house: House, folder: Path, number: int, spec: DocumentSpec) -> TakenIn:
    if spec.markdown is not None:
        taken = from_markdown(house, spec.markdown, spec.title or f"Document {number + 1}")
    else:
        taken = take_in(house, folder / (spec.path or ""), spec.password, spec.title)
    return replace(taken, document=replace(taken.document, attestation=spec.attestation))


def _attachments(house: House, read: ReadSpec) -> tuple[Attachment, ...]:
    return tuple(attach(house, read.folder / one.path, one.title) for one in read.spec.attachments)


def _recipients(house: House, envelope: Envelope, specs: Sequence[RecipientSpec]) -> tuple[Recipient, ...]:
    known = {recipient.role: recipient.id for recipient in envelope.recipients}
    for number, one in enumerate(specs):
        if one.witness_of is not None and one.witness_of not in {other.role for other in specs if other is not one}:
            problem = f"{one.witness_of} is nobody else's role"
            raise errors.SpecError(path=f"recipients[{number}].witness_of", problem=problem)
    return tuple(_recipient(house, f"recipients[{n}]", one, known) for n, one in enumerate(specs))


def _recipient(house: House, path: str, spec: RecipientSpec, known: dict[str, RecipientId]) -> Recipient:
    for key in ("role", "name"):
        if not getattr(spec, key).strip():
            raise errors.SpecError(path=f"{path}.{key}", problem="must not be blank")
    if spec.order < 1:
        raise errors.SpecError(path=f"{path}.order", problem=f"{spec.order}, but orders count from 1")
    return Recipient(
        known.get(spec.role) or RecipientId(house.clock.new_id()),
        spec.role,
        spec.name,
        spec.email,
        spec.phone,
        spec.action,
        spec.order,
        tuple(_auth(path, number, one) for number, one in enumerate(spec.auth)),
        witness_of=spec.witness_of,
        attestation=spec.attestation,
    )


def _auth(path: str, number: int, spec: AuthSpec) -> AuthMethod:
    if spec.type == one_time_code.METHOD:
        return AuthMethod(spec.type, "")
    if not spec.code:
        raise errors.SpecError(path=f"{path}.auth[{number}].code", problem="must not be empty")
    return AuthMethod(spec.type, secrets.hashed(spec.code))


def _token_fields(recipients: Sequence[Recipient], taken: list[TakenIn]) -> list[Field]:
    """A token's key is a role, else a name, else it belongs to the first who acts."""
    found = []
    for field in (field for one in taken for field in one.token_fields):
        key = (field.recipient or "").lower()
        by_key = next((r for r in recipients if key in (r.role.lower(), r.name.lower())), None)
        owner = by_key or next((r for r in recipients if r.action.seals), None)
        if owner is None:
            raise errors.SpecError(
                path="recipients", problem="a document asks for fields, but nobody is there to fill them"
            )
        # A key that names a person says whose it is; any other is what the value is called in the data.
        owned = replace(field, recipient=owner.role)
        found.append(replace(owned, label="", mapping_key=None) if by_key else owned)
    return found


def _imported(
    house: House, documents: Sequence[Document], recipients: Sequence[Recipient]
) -> tuple[tuple[Document, ...], list[Field]]:
    """Form fields of the documents, all for the first who acts; ours stand in their place."""
    owner = next((r.role for r in recipients if r.action.seals), None)
    if owner is None:
        raise errors.SpecError(path="import_fields", problem="nobody is there to fill them")
    brought = [importing.form_as_fields(house, document, owner) for document in documents]
    return tuple(document for document, _ in brought), [field for _, fields in brought for field in fields]


def _with_zone(moment: Any) -> Any:
    if moment is not None and moment.tzinfo is None:
        raise errors.SpecError(path="expires_at", problem="needs a time zone, as in 2027-01-31T00:00:00Z")
    return moment
