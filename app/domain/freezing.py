"""What a frozen document's form looks like: a PDF field for each of our fields, and one signature field for
each recipient who seals.

All signature fields exist before the first (certifying) signature: one added later would make the certification
invalid (ISO 32000-1, 12.8.2.2).
"""

import re
from dataclasses import dataclass

from app.domain import errors
from app.domain.envelope import Document, Envelope, SealingMode
from app.domain.fields.base import Field, FormType
from app.domain.fields.registry import kind_of
from app.domain.ids import DocumentId, FieldId
from app.domain.recipient import Recipient


@dataclass(frozen=True, slots=True)
class FormField:
    """One form field to lay. `field` is None for the invisible signature field of a recipient without a visible
    one here.

    `recipient` is the role; None for a note, which is drawn into the page instead.
    """

    pdf_name: str
    form: FormType
    recipient: str | None
    field: Field | None = None


@dataclass(frozen=True, slots=True)
class RecipientForm:
    """What one recipient's revision touches in one document."""

    signature: FormField
    fills: tuple[FormField, ...]

    @property
    def lock(self) -> tuple[str, ...]:
        """The names their FieldMDP lock covers, with their signature field."""
        return (*(field.pdf_name for field in self.fills), self.signature.pdf_name)


def form_of(envelope: Envelope, document: Document) -> tuple[FormField, ...]:
    """Everything to lay into this document, in page order; names are unique and the same whenever they are
    asked for.
    """
    return _form(envelope, [field for field in envelope.fields if field.document == document.id])


def form_of_recipient(envelope: Envelope, document: Document, role: str | None) -> RecipientForm:
    """The signature field and the fields filled in this recipient's revision of this document;
    `FieldNotInDocument` for who closes no revision of their own.
    """
    mine = [laid for laid in form_of(envelope, document) if laid.recipient == role]
    for laid in mine:
        if laid.form is FormType.SIGNATURE:
            return RecipientForm(laid, tuple(other for other in mine if other is not laid))
    raise errors.FieldNotInDocument(path=document.title, name=role or "")


def pdf_names(envelope: Envelope) -> dict[FieldId, str]:
    """The PDF name of each field, over all documents."""
    here: dict[DocumentId, list[Field]] = {}
    for field in envelope.fields:
        here.setdefault(field.document, []).append(field)
    laid = (laid for fields in here.values() for laid in _form(envelope, fields))
    return {one.field.id: one.pdf_name for one in laid if one.field is not None}


def slug(text: str) -> str:
    """Letters and digits only: a dot in a field name means a hierarchy (ISO 32000-1, 12.7.3.2)."""
    return re.sub(r"[^A-Za-z0-9]+", "_", text).strip("_") or "x"


def _form(envelope: Envelope, fields: list[Field]) -> tuple[FormField, ...]:
    """`fields`: all of one document. Sealed once at completion, it needs no form: values are drawn into the
    page then.
    """
    owned: dict[str | None, list[Field]] = {}
    for field in fields:
        owned.setdefault(field.recipient, []).append(field)
    # A file sealed here may come in again, and its signed fields keep their names: each envelope has names of its own.
    ours = f"Paraph_{slug(envelope.id[-6:])}"
    laid: list[FormField] = []
    for number, recipient in enumerate(envelope.recipients, start=1):
        if recipient.action.seals and envelope.sealing is SealingMode.EACH_RECIPIENT:
            mine = envelope.in_reading_order(owned.get(recipient.role, []))
            laid.extend(_of_recipient(recipient, f"{ours}_{number}_{slug(recipient.role)}", mine))
    laid.extend(FormField(f"note_{n}", FormType.NONE, None, f) for n, f in enumerate(owned.get(None, []), start=1))
    return tuple(laid)


def _of_recipient(recipient: Recipient, prefix: str, fields: tuple[Field, ...]) -> list[FormField]:
    laid: list[FormField] = []
    closed = False
    for number, field in enumerate(fields, start=1):
        form = kind_of(field).form
        # One PAdES signature closes a recipient's act; their further signature fields show the mark
        # without another signature.
        if form is FormType.SIGNATURE and closed:
            form = FormType.TEXT
        closed = closed or form is FormType.SIGNATURE
        laid.append(FormField(f"{prefix}_{field.kind}_{number}", form, recipient.role, field))
    if not closed:
        laid.append(FormField(f"{prefix}_seal", FormType.SIGNATURE, recipient.role))
    return laid
