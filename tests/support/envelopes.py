"""Envelopes in every state, made of numbers: the same number gives the same envelope."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from app.domain.audit import Entry, Moment
from app.domain.envelope import Document, Envelope, EnvelopeStatus
from app.domain.fields.base import Field
from app.domain.geometry import PageGeometry, Rect
from app.domain.ids import DocumentId, EnvelopeId, FieldId, RecipientId, Sha256
from app.domain.recipient import Recipient, RecipientStatus
from app.domain.steps import Step

START = datetime(2026, 1, 1, tzinfo=UTC)
STATUSES = tuple(EnvelopeStatus)
GIVEN = ("Ada", "Grace", "Zoë", "Jürgen", "Sofía", "Mary", "Alan", "Noël", "Ingrid", "Tomáš")
FAMILY = ("Lovelace", "Hopper", "Ångström", "Müller", "García", "Shelley", "Turing", "Dubois", "Bergman", "Novák")
SUBJECTS = ("Service agreement", "Lease", "Consent form", "Non-disclosure agreement", "Purchase order", "Employment")
PLACES = ("Lisbon", "Oslo", "Porto", "Graz", "Bern", "Cork", "Ghent", "Turku", "Split", "Brno")
A4 = PageGeometry(0, 0, 595, 842)


def moment(minutes: float = 0) -> Moment:
    return Moment(START + timedelta(minutes=minutes), int(minutes * 6e10), "a-boot", 60)


def identifier(number: int) -> EnvelopeId:
    """Sorts by number, as ULIDs sort by time."""
    return EnvelopeId(f"01J{number:023d}")


def envelope(number: int = 1, status: EnvelopeStatus = EnvelopeStatus.DRAFT, fields: int = 6) -> Envelope:
    """Two people, one document; `fields` of them, shared out."""
    wall = START + timedelta(minutes=number)
    document = Document(DocumentId(f"D{number}"), f"{_pick(SUBJECTS, number)}.pdf", sha(number), (A4, A4, A4))
    return Envelope(
        identifier(number),
        f"{_pick(SUBJECTS, number)} {_pick(PLACES, number // 6)} no. {number}",
        wall,
        wall,
        status,
        message=_message(number),
        metadata={"case": str(number)},
        documents=(document,),
        recipients=_people(number, status),
        fields=tuple(_field(document.id, at) for at in range(fields)),
    )


def recorded(whole: Envelope, kind: str = "created", **facts: object) -> Step:
    """A step to this envelope, with one entry."""
    return Step(whole, (Entry(kind, "sender", moment(), dict(facts)),))


def retitled(whole: Envelope, title: str) -> Step:
    return recorded(replace(whole, title=title), "edited", changed=["title"])


def sha(number: int) -> Sha256:
    return Sha256(f"{number:064x}")


def _pick(words: tuple[str, ...], number: int) -> str:
    return words[number % len(words)]


def _message(number: int) -> str:
    place = _pick(PLACES, number * 7)
    return (
        f"Dear {_pick(GIVEN, number)}, please read the attached {_pick(SUBJECTS, number).lower()} for our office in "
        f"{place} and sign where it is marked. The second page lists what we agreed on the telephone; if anything in "
        f"it is not as you remember, do not sign and call me under extension {number % 9973}. Kind regards, "
        f"{_pick(GIVEN, number // 3)} {_pick(FAMILY, number // 7)}"
    )


def _people(number: int, status: EnvelopeStatus) -> tuple[Recipient, ...]:
    first, second = _person(number, "buyer", 1), _person(number * 3 + 1, "seller", 2)
    if status is EnvelopeStatus.OUT:
        return replace(first, status=RecipientStatus.TURN), second
    if status is EnvelopeStatus.COMPLETED:
        return replace(first, status=RecipientStatus.COMPLETED), replace(second, status=RecipientStatus.COMPLETED)
    return first, second


def _person(number: int, role: str, order: int) -> Recipient:
    given, family = _pick(GIVEN, number), _pick(FAMILY, number // 10)
    address = f"{given}.{family}{number % 1000}@example.com".lower()
    return Recipient(RecipientId(f"R{number}-{role}"), role, f"{given} {family}", address, order=order)


def _field(document: DocumentId, at: int) -> Field:
    role, kind = ("buyer", "seller")[at % 2], ("signature", "text", "date")[at % 3]
    rect = Rect(72.5 + 20 * (at % 2), 100 + 30 * at, 160, 24)
    return Field(FieldId(f"F{at}"), kind, document, 1 + at % 3, rect, role, label=f"Field {at}")
