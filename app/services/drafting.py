"""Preparing an envelope: documents, recipients, fields. Every function records one step and returns what changed."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from app.domain import drafting
from app.domain.changes import Changes
from app.domain.envelope import Document, Envelope, SealingMode
from app.domain.fields.base import Field
from app.domain.fields.registry import KINDS
from app.domain.freezing import slug
from app.domain.geometry import Rect
from app.domain.ids import DocumentId, EnvelopeId, FieldId, RecipientId
from app.domain.recipient import Action, Recipient
from app.domain.steps import Step
from app.domain.style import EnvelopeStyle
from app.services import clockwatching
from app.services.house import House
from app.services.taking_in import take_in
from app.store import OperationRecord


def new(house: House, title: str = "") -> Changes:
    return record(house, created(house, title))


def from_files(
    house: House, paths: Sequence[Path], title: str | None = None, passwords: Mapping[str, str] | None = None
) -> Changes:
    """A draft of these files; nothing is made when one of them cannot be taken in."""
    documents = _taken_in(house, paths, passwords)
    first = created(house, title or documents[0].title)
    return record(house, first.then(drafting.add_documents(first.envelope, documents, house.moment())))


def add_files(
    house: House, envelope_id: str, paths: Sequence[Path], passwords: Mapping[str, str] | None = None
) -> Changes:
    documents = _taken_in(house, paths, passwords)
    return record(house, drafting.add_documents(_envelope(house, envelope_id), documents, house.moment()))


def remove_document(house: House, envelope_id: str, document: str) -> Changes:
    return record(house, drafting.remove_document(_envelope(house, envelope_id), DocumentId(document), house.moment()))


def move_document(house: House, envelope_id: str, document: str, index: int) -> Changes:
    """To place `index`, counted from 0."""
    envelope = _envelope(house, envelope_id)
    moving = envelope.document(DocumentId(document))
    others = [d for d in envelope.documents if d.id != document]
    others.insert(index, moving)
    return record(house, drafting.change(envelope, house.moment(), documents=tuple(others)))


def change(house: House, envelope_id: str, **top_level: Any) -> Changes:
    """Title, message, routing, sealing, expires_at and the other top-level keys."""
    return record(house, drafting.change(_envelope(house, envelope_id), house.moment(), **top_level))


def set_recipients(house: House, envelope_id: str, recipients: Sequence[Recipient]) -> Changes:
    return record(house, drafting.set_recipients(_envelope(house, envelope_id), recipients, house.moment()))


def set_fields(house: House, envelope_id: str, fields: Sequence[Field]) -> Changes:
    return record(house, drafting.set_fields(_envelope(house, envelope_id), fields, house.moment()))


def delete(house: House, envelope_id: str) -> Changes:
    """Drafts only, with all their trail: nothing has happened yet that anybody must be able to prove."""
    house.library.delete_draft(EnvelopeId(envelope_id))
    return Changes.of("envelope", envelope_id)


def copy(house: House, envelope_id: str) -> Changes:
    """A new draft like this one."""
    new_id = EnvelopeId(house.clock.new_id())
    house.library.record(drafting.copy_of(_envelope(house, envelope_id), new_id, house.moment(), secrets.token_hex(16)))
    return Changes.of("envelope", new_id)


def new_recipient(
    house: House, envelope: Envelope, name: str = "", email: str = "", action: Action = Action.SIGN
) -> Recipient:
    """With a role no other has, after everybody else."""
    order = max((r.order for r in envelope.recipients), default=0) + 1
    role = _unique(slug(name).lower() if name.strip() else "signer", {r.role for r in envelope.recipients})
    return Recipient(RecipientId(house.clock.new_id()), role, name, email, action=action, order=order)


def new_field(
    house: House, envelope: Envelope, kind: str, document: str, page: int, rect: Rect, recipient: str | None
) -> Field:
    """With the defaults of its kind and of the preferences, moved onto its page where it would reach over the edge."""
    size = envelope.document(DocumentId(document)).pages[page - 1].size
    owner = recipient if KINDS[kind].needs_recipient else None
    options = ("Option 1", "Option 2") if KINDS[kind].form in ("radio", "choice") else ()
    return Field(
        FieldId(house.clock.new_id()),
        kind,
        DocumentId(document),
        page,
        rect.clamped(size),
        owner,
        required=kind not in ("checkbox", "note", "image"),
        options=options,
    )


def new_field_id(house: House) -> FieldId:
    """For a copy of a field."""
    return FieldId(house.clock.new_id())


def created(house: House, title: str) -> Step:
    """The first step of an envelope, with the defaults of the preferences."""
    moment = house.moment()
    first = drafting.create(EnvelopeId(house.clock.new_id()), title, moment)
    days = house.settings.expires_after_days
    with_defaults = replace(
        first.envelope,
        salt=secrets.token_hex(16),
        sealing=SealingMode(house.settings.sealing),
        style=EnvelopeStyle(date_format=house.settings.date_format),
        expires_at=moment.wall + timedelta(days=days) if days else None,
    )
    return Step(with_defaults, first.entries)


def record(house: House, step: Step, *operations: OperationRecord) -> Changes:
    """With what happened to the clock since the event before, and with the rows of the outbox it causes."""
    (saved,) = house.library.record(clockwatching.noted(house, step), operations=operations)
    return Changes.of("envelope", saved.id)


def _envelope(house: House, envelope_id: str) -> Envelope:
    return house.library.envelope(EnvelopeId(envelope_id))


def _taken_in(house: House, paths: Sequence[Path], passwords: Mapping[str, str] | None) -> list[Document]:
    known = passwords or {}
    return [take_in(house, path, known.get(str(path))).document for path in paths]


def _unique(wanted: str, taken: set[str]) -> str:
    candidate, number = wanted, 2
    while candidate in taken:
        candidate, number = f"{wanted}_{number}", number + 1
    return candidate
