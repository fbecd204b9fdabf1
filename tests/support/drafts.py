"""Envelopes for the rules of signing, and the hands that lead them on; pure values, no library."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from app.domain import sending, signing
from app.domain.audit import Moment
from app.domain.drawing import FaceSpan
from app.domain.envelope import Document, Envelope
from app.domain.errors import GlyphsMissing
from app.domain.fields.base import Field, FileValue, PictureValue, Value
from app.domain.fields.registry import KINDS
from app.domain.geometry import PageGeometry, Rect
from app.domain.ids import DocumentId, EnvelopeId, FieldId, RecipientId, Sha256
from app.domain.mark import InkPoint, Mark
from app.domain.recipient import Action, Recipient

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
PAGE = PageGeometry(0, 0, 600, 800)
TEXT = Sha256("7" * 64)
TYPED = Mark("typed", text="Jane Smith")
PICTURE = PictureValue(Sha256("5" * 64), 40, 30)
HANDED_IN = FileValue("Proof.pdf", 40_960, Sha256("6" * 64))
INK = Mark("drawn", strokes=(tuple(InkPoint(4.0 * n, 3.0 * (n % 5), 0.5, 8 * n) for n in range(30)),))


class FlatMetrics:
    """Every letter is half as wide as it is tall; a snowman can be drawn by no face."""

    def spans(self, text: str, face: str) -> Sequence[FaceSpan]:
        if "\u2603" in text:
            raise GlyphsMissing(text=text, characters="\u2603")
        return (FaceSpan(face, text, 0.5 * len(text)),) if text else ()

    def ascent(self, face: str) -> float:
        return 0.9

    def descent(self, face: str) -> float:
        return 0.3


def at(minutes: float = 0) -> Moment:
    return Moment(NOW + timedelta(minutes=minutes), int(minutes * 6e10) + 1, "a-boot", 60)


def document(number: int = 1, pages: int = 2, **more: Any) -> Document:
    return Document(DocumentId(f"D{number}"), f"Document {number}", Sha256(f"{number:064x}"), (PAGE,) * pages, **more)


def recipient(role: str, order: int = 1, action: Action = Action.SIGN, **more: Any) -> Recipient:
    return Recipient(RecipientId(f"R-{role}"), role, **{"name": role.title(), **more}, action=action, order=order)


def field(number: int, kind: str = "text", role: str | None = "buyer", **more: Any) -> Field:
    """Each on a place of its own, for the first forty-odd of a page."""
    size = KINDS[kind].default_size
    rect = Rect(20 + 250 * (number % 2), 10 + 34 * (number % 20), size.width, min(size.height, 30))
    owner = role if KINDS[kind].needs_recipient else None
    options = ("red", "blue") if kind in ("radio", "dropdown") else ()
    usual = Field(FieldId(f"F{number}"), kind, DocumentId("D1"), 1, rect, owner, f"Field {number}", options=options)
    return replace(usual, **more)


def draft(recipients: Iterable[Recipient], fields: Iterable[Field], documents: int = 1, **more: Any) -> Envelope:
    return Envelope(
        EnvelopeId("01J00000000000000000000000"),
        "Agreement",
        NOW,
        NOW,
        documents=tuple(document(number) for number in range(1, documents + 1)),
        recipients=tuple(recipients),
        fields=tuple(fields),
        **more,
    )


def two_signers(**more: Any) -> Envelope:
    """A buyer and then a seller, a signature and a text for each."""
    fields = (field(1, "signature"), field(2), field(3, "signature", "seller"), field(4, "text", "seller"))
    return draft((recipient("buyer"), recipient("seller", 2)), fields, **more)


def sent(envelope: Envelope, minutes: float = 0) -> Envelope:
    prepared = {one.id: Sha256("a" * 64) for one in envelope.documents}
    return sending.send(envelope, prepared, at(minutes)).envelope


def consented(envelope: Envelope, role: str) -> Envelope:
    """As far as filling in."""
    methods = tuple(method.type for method in envelope.recipient(role).auth)
    envelope = signing.open_room(envelope, role, at(1)).envelope
    envelope = signing.identify(envelope, role, "passport seen", methods, at(2)).envelope
    return signing.consent(envelope, role, TEXT, "en", at(3)).envelope


def filled(envelope: Envelope, role: str) -> Envelope:
    for one in envelope.fields_of(role):
        if not (KINDS[one.kind].automatic or one.read_only or one.formula):
            envelope = signing.fill(envelope, role, one, value_for(one), at(4)).envelope
    return envelope


def finished(envelope: Envelope, role: str) -> Envelope:
    """All the way of one recipient."""
    ready = signing.with_automatic(filled(consented(envelope, role), role), role, at(5))
    return signing.finish(ready, role, seals(ready), at(5)).envelope


def seals(envelope: Envelope) -> dict[DocumentId, dict[str, Any]]:
    facts = {"signature_field": "S", "level": "B-B", "certificate_sha256": "c" * 64}
    return {one.id: {"sha256": "b" * 64, **facts} for one in envelope.documents}


def value_for(one: Field) -> Value:
    """Something the field's kind accepts."""
    values: dict[str, Value] = {
        "signature": TYPED,
        "initials": replace(TYPED, text="JS"),
        "date": "2026-01-31",
        "date_signed": "2026-01-31",
        "number": "12.50",
        "checkbox": True,
        "radio": "blue",
        "dropdown": "blue",
        "email": "jane@example.com",
        "image": PICTURE,
        "stamp": PICTURE,
        "attachment": HANDED_IN,
    }
    return values.get(one.kind, "Jane Smith")
