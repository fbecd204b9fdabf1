"""An envelope: what is sent round. A frozen value; transitions make new ones."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Self

from app.domain import errors
from app.domain.fields.base import Field, Value
from app.domain.fields.condition import Condition
from app.domain.geometry import PageGeometry
from app.domain.ids import DocumentId, EnvelopeId, FieldId, Sha256
from app.domain.recipient import Attestation, Recipient
from app.domain.remote import Remote
from app.domain.style import EnvelopeStyle, inherited

LINE_PT = 6.0


class EnvelopeStatus(StrEnum):
    """`draft → out → completed`, or one of the other ends; only `out` with nobody done goes back to `draft`."""

    DRAFT = "draft"
    OUT = "out"
    COMPLETED = "completed"
    DECLINED = "declined"
    VOIDED = "voided"
    EXPIRED = "expired"


class Routing(StrEnum):
    """By order number, equal numbers together; or everybody at once."""

    SEQUENTIAL = "sequential"
    PARALLEL = "parallel"


class SealingMode(StrEnum):
    """A signature in the PDF for each act, or one over everything when all have acted."""

    EACH_RECIPIENT = "each_recipient"
    AT_COMPLETION = "at_completion"


class CopyMode(StrEnum):
    """Whether a recipient takes a copy of what they signed."""

    ASK = "ask"
    ALWAYS = "always"
    DISABLED = "disabled"


@dataclass(frozen=True, slots=True)
class Document:
    """`original` is what came in, `prepared` what was frozen (fields laid), `current` the latest sealed revision.

    `conditions` may show it only to some; `encrypted` and `xfa` are what the file was when it came in.

    `normalised` is set when the file had to be rewritten to be sealed; `prior_signatures` counts those it came with.
    `edited` is what page tools and importing made of it, `made_of` the originals of other files it took pages from.
    """

    id: DocumentId
    title: str
    original: Sha256
    pages: tuple[PageGeometry, ...]
    source: Sha256 | None = None
    normalised: Sha256 | None = None
    prepared: Sha256 | None = None
    current: Sha256 | None = None
    prior_signatures: int = 0
    certification: int | None = None
    conditions: tuple[Condition, ...] = ()
    encrypted: bool = False
    xfa: bool = False
    edited: Sha256 | None = None
    made_of: tuple[Sha256, ...] = ()
    attestation: Attestation = Attestation.SIGNATURE

    @property
    def latest(self) -> Sha256:
        """The bytes to show now."""
        return self.current or self.prepared or self.base

    @property
    def base(self) -> Sha256:
        """The bytes fields are laid into."""
        return self.edited or self.normalised or self.original


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that travels along, not signed."""

    title: str
    sha256: Sha256
    size: int


@dataclass(frozen=True, slots=True)
class Envelope:
    """`values` holds what recipients entered, by field; `version` grows by one with each recorded step.

    `confirm_each_field`: no act places more than one mark. `personal` are the texts the trail names only by their
    salted hash (see `domain.personal`). `remote` is what a service it was handed to says (see `domain.handing`).
    """

    id: EnvelopeId
    title: str
    created_at: datetime
    updated_at: datetime
    status: EnvelopeStatus = EnvelopeStatus.DRAFT
    message: str = ""
    routing: Routing = Routing.SEQUENTIAL
    sealing: SealingMode = SealingMode.EACH_RECIPIENT
    expires_at: datetime | None = None
    test_mode: bool = False
    metadata: Mapping[str, str] = field(default_factory=dict)
    hide_other_signers: bool = False
    copy_mode: CopyMode = CopyMode.ASK
    password: str | None = None
    confirmation_page: bool = True
    confirm_each_field: bool = False
    documents: tuple[Document, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    recipients: tuple[Recipient, ...] = ()
    fields: tuple[Field, ...] = ()
    values: Mapping[FieldId, Value] = field(default_factory=dict)
    certificate: Sha256 | None = None
    end_reason: str = ""
    sent_at: datetime | None = None
    completed_at: datetime | None = None
    version: int = 0
    style: EnvelopeStyle = field(default_factory=EnvelopeStyle)
    salt: str = ""
    personal: Mapping[str, str] = field(default_factory=dict)
    remote: Remote | None = None

    def recipient(self, role: str) -> Recipient:
        """Raises `UnknownRole`."""
        for recipient in self.recipients:
            if recipient.role == role:
                return recipient
        raise errors.UnknownRole(role=role, roles=[recipient.role for recipient in self.recipients])

    def document(self, document: DocumentId) -> Document:
        """Raises `UnknownDocument`."""
        return self.documents[self.number_of(document) - 1]

    def number_of(self, document: DocumentId) -> int:
        """Counted from 1, as people and specs do. Raises `UnknownDocument`."""
        for number, found in enumerate(self.documents, start=1):
            if found.id == document:
                return number
        raise errors.UnknownDocument(document=document, known=[found.title for found in self.documents])

    def field(self, name: FieldId) -> Field:
        """Raises `UnknownField`."""
        for found in self.fields:
            if found.id == name:
                return found
        raise errors.UnknownField(name=name, known=[found.name for found in self.fields])

    def fields_of(self, role: str, document: DocumentId | None = None) -> tuple[Field, ...]:
        """In tab order."""
        return self.in_tab_order(f for f in self.fields if f.recipient == role and document in (None, f.document))

    def in_tab_order(self, fields: Iterable[Field]) -> tuple[Field, ...]:
        """Those with a `tab_index` first, smallest first; the others in reading order after them."""
        last = float("inf")
        ordered = self.in_reading_order(fields)
        return tuple(sorted(ordered, key=lambda f: last if f.tab_index is None else f.tab_index))

    def styled(self, field: Field) -> Field:
        """The field as it is drawn: what it leaves open, this envelope's style decides."""
        return inherited(field, self.style)

    def dressed(self) -> Self:
        """With every field styled, for who only looks; not to be recorded, or nothing would be inherited any more."""
        return replace(self, fields=tuple(map(self.styled, self.fields)))

    def in_reading_order(self, fields: Iterable[Field]) -> tuple[Field, ...]:
        """A top at most 6 pt below that of the first on its line is on that line: nobody places by the hair."""
        whole = tuple(fields)
        here_only = {one.document for one in whole}
        # Most ask for one document: then three hundred others need no numbers.
        order = dict.fromkeys(here_only, 0)
        if len(here_only) > 1:
            order = {found.id: index for index, found in enumerate(self.documents)}
        lines: list[tuple[int, int, float]] = []
        placed = sorted(whole, key=lambda f: (order[f.document], f.page, f.rect.y))
        for one in placed:
            here = (order[one.document], one.page, one.rect.y)
            on_line = bool(lines) and lines[-1][:2] == here[:2] and here[2] - lines[-1][2] <= LINE_PT
            lines.append(lines[-1] if on_line else here)
        ordered = sorted(zip(lines, placed, strict=True), key=lambda pair: (pair[0], pair[1].rect.x, pair[1].id))
        return tuple(one for _, one in ordered)

    def value_of(self, field: Field) -> Value | None:
        """What stands in the field now: the entered value, else the preparer's."""
        return self.values.get(field.id, field.value)

    def with_recipient(self, changed: Recipient) -> Self:
        return replace(self, recipients=tuple(changed if r.id == changed.id else r for r in self.recipients))

    def with_documents(self, changed: Iterable[Document]) -> Self:
        by_id = {document.id: document for document in changed}
        return replace(self, documents=tuple(by_id.get(document.id, document) for document in self.documents))

    def require(self, action: str, *allowed: EnvelopeStatus) -> None:
        """Raises `WrongStatus` unless the status is one of `allowed`."""
        if self.status not in allowed:
            raise errors.WrongStatus(action=action, status=self.status, allowed=[str(status) for status in allowed])
