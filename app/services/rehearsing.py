"""Trying an envelope as one of its recipients before it is sent: played through with made-up values in a scratch copy
that nobody keeps, and what a person would have stumbled over.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from app.domain import errors, preflight, signing
from app.domain.audit import Moment
from app.domain.conditions.judging import Verdict, verdict
from app.domain.conditions.states import shown_documents, state_of
from app.domain.envelope import Envelope, EnvelopeStatus
from app.domain.fields.base import Field
from app.domain.fields.condition import Effect
from app.domain.fields.plausible import longest_plausible, overflows
from app.domain.ids import EnvelopeId, FieldId
from app.services import finding_words, messages
from app.services.house import House
from app.services.scratch import Scratch

Code = Literal[
    "preflight", "unreachable", "overflow", "never", "always", "tab_order", "contrast", "cannot_finish", "too_long"
]
WORDS_A_MINUTE = 220
SECONDS_A_FIELD = {"signature": 30, "initials": 10, "checkbox": 4, "radio": 6, "dropdown": 6, "attachment": 60}
LONG_MINUTES = 30
LEAST_CONTRAST = 4.5
"""Of text on white paper, WCAG 2.2, 1.4.3."""
SENTENCES: dict[str, str] = {
    "unreachable": "{} can never be reached: what would show it never happens.",
    "overflow": "{} has no room for “{}”.",
    "never": "A condition of {} never holds.",
    "always": "A condition of {} always holds and changes nothing.",
    "tab_order": "After {} the walk goes back to {}, which stands above it.",
    "contrast": "{} is written too faintly to be read ({}:1).",
    "cannot_finish": "Even with everything filled in, they cannot finish: {}",
    "too_long": "It takes about {} minutes to read and fill in.",
}


@dataclass(frozen=True)
class RehearsalFinding:
    """`subject` is the name of `field`, or empty for the whole."""

    code: Code
    subject: str
    sentence: str
    field: FieldId | None = None


@dataclass(frozen=True)
class Rehearsal:
    """`minutes` to read and fill in, for somebody who reads as most do; `fields` are those they met."""

    findings: tuple[RehearsalFinding, ...]
    minutes: int
    fields: int


def rehearse(house: House, envelope_id: str, role: str) -> Rehearsal:
    """Nothing is recorded and nobody is told. Raises `UnknownRole`, and `NothingToDo` for who only gets a copy."""
    envelope = _playable(house, envelope_id, role)
    moment = house.moment()
    played, failure = _played(house, envelope, role)
    met = [f for f in played.fields_of(role) if state_of(played, f).shown]
    minutes = _minutes(house, played, met)
    findings = (
        *_preflight(envelope, role, moment),
        *_conditions(envelope, role),
        *_looks(house, envelope, role),
        *_order(envelope, role),
        *([_finding("cannot_finish", None, failure)] if failure else []),
        *([_finding("too_long", None, str(minutes))] if minutes > LONG_MINUTES else []),
    )
    return Rehearsal(findings, minutes, len(met))


def begin(house: House, envelope_id: str, role: str) -> Scratch:
    """The same by hand: raises as `rehearse` does."""
    return Scratch(house, _playable(house, envelope_id, role), role)


def _playable(house: House, envelope_id: str, role: str) -> Envelope:
    envelope = house.library.envelope(EnvelopeId(envelope_id))
    if not envelope.recipient(role).action.acts:
        raise errors.NothingToDo(role=role, action=envelope.recipient(role).action)
    return envelope


def _played(house: House, envelope: Envelope, role: str) -> tuple[Envelope, str]:
    """The envelope at the end of the walk, and in words what stood in its way."""
    play = Scratch(house, envelope, role)
    try:
        play.open()
        play.consent("en")
        play.acknowledge_by_name()
        play.fill_in()
        signing.check_finishable(play.envelope, role)
    except errors.RuleError as problem:
        return play.envelope, messages.words(problem).happened
    return play.envelope, ""


def _preflight(envelope: Envelope, role: str, moment: Moment) -> Iterator[RehearsalFinding]:
    if envelope.status is not EnvelopeStatus.DRAFT:
        return
    own = {field.id for field in envelope.fields_of(role)}
    for found in preflight.check(envelope, moment.wall):
        if found.role == role or found.field in own:
            field = envelope.field(found.field) if found.field else None
            sentence = finding_words.sentence(found.code, found.subject)
            yield RehearsalFinding("preflight", field.name if field else "", sentence, found.field)


def _conditions(envelope: Envelope, role: str) -> Iterator[RehearsalFinding]:
    documents = {d.id: d.conditions for d in envelope.documents}
    for field in envelope.fields_of(role):
        for condition in (*field.conditions, *documents[field.document]):
            match verdict(envelope, condition):
                case Verdict.NEVER if condition.effect is Effect.SHOW:
                    yield _finding("unreachable", field, field.name)
                case Verdict.NEVER:
                    yield _finding("never", field, field.name)
                case Verdict.ALWAYS:
                    yield _finding("always", field, field.name)


def _looks(house: House, envelope: Envelope, role: str) -> Iterator[RehearsalFinding]:
    for field in envelope.fields_of(role):
        styled = envelope.styled(field)
        longest = longest_plausible(styled)
        if overflows(styled, longest, house.metrics):
            yield _finding("overflow", field, field.name, longest)
        ratio = contrast(styled.style.colour or "#000000")
        if ratio < LEAST_CONTRAST:
            yield _finding("contrast", field, field.name, f"{ratio:.1f}")


def _order(envelope: Envelope, role: str) -> Iterator[RehearsalFinding]:
    walk = envelope.fields_of(role)
    place = {field.id: number for number, field in enumerate(envelope.in_reading_order(walk))}
    for before, after in pairwise(walk):
        if place[after.id] < place[before.id]:
            yield _finding("tab_order", after, before.name, after.name)


def contrast(colour: str) -> float:
    """Of `#rrggbb` on white (WCAG 2.2, relative luminance)."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 1.05 / (0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05)


def _minutes(house: House, envelope: Envelope, met: list[Field]) -> int:
    """At least one. A document that is not shown is not read."""
    shown = shown_documents(envelope)
    words = sum(
        len(house.looker.text(house.library.blobs.path(document.base), page).text.split())
        for document in envelope.documents
        if document.id in shown
        for page in range(1, len(document.pages) + 1)
    )
    filling_s = sum(SECONDS_A_FIELD.get(field.kind, 12) for field in met)
    return max(1, round(words / WORDS_A_MINUTE + filling_s / 60))


def _finding(code: Code, field: Field | None, *said: str) -> RehearsalFinding:
    sentence = SENTENCES[code].format(*said)
    return RehearsalFinding(code, field.name, sentence, field.id) if field else RehearsalFinding(code, "", sentence)
