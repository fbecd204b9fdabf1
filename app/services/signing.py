"""One recipient's ceremony, from the handover to the seal. Every move is recorded at once, so nothing entered
is lost.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app import __version__
from app.domain import confirming, ending, routing, signing
from app.domain.audit import Moment
from app.domain.ceremony import IdEvidence
from app.domain.changes import Changes
from app.domain.conditions.states import state_of, states
from app.domain.envelope import Envelope, SealingMode
from app.domain.fields.base import Field, Value
from app.domain.fields.registry import kind_of
from app.domain.ids import DocumentId, EnvelopeId, FieldId
from app.domain.mark import Mark
from app.domain.steps import Step
from app.services import (
    admitting,
    clockwatching,
    completing,
    countersigning,
    device,
    disclosures,
    intents,
    lasting,
    sealing,
    seeing,
    spotting,
    timestamping,
)
from app.services.clock_state import clock_state
from app.services.clockwatching import awake
from app.services.drafting import record
from app.services.house import House

Report = Callable[[int, int], None]


@dataclass(frozen=True)
class Progress:
    """Of the required fields of one recipient; `missing` in reading order."""

    required: int
    done: int
    missing: tuple[Field, ...]


def _about(house: House) -> dict[str, object]:
    """Where a ceremony takes place, for the trail."""
    settings = house.settings
    return {
        "host": settings.host_name,
        "place": settings.place,
        "device": device.identifier(house),
        "program": f"Paraph {__version__}",
        "clock": clock_state(),
    }


def open_room(house: House, envelope_id: str, role: str) -> Changes:
    """The handover; an envelope whose time ran out ends here."""
    return record(house, opened(house, _envelope(house, envelope_id), role))


def opened(house: House, envelope: Envelope, role: str) -> Step:
    if ending.overdue(envelope, house.moment()):
        record(house, ending.expire(envelope, house.moment()))
        envelope = _envelope(house, envelope.id)
    return signing.open_room(envelope, role, house.moment(), **_about(house))


def identify(
    house: House,
    envelope_id: str,
    role: str,
    statement: str,
    access_code: str | None = None,
    *,
    evidence: IdEvidence = IdEvidence.OTHER,
    digits: str = "",
    codes: Mapping[str, str] | None = None,
) -> Changes:
    """`statement` is the host's word on how the person was identified, `evidence` and the last `digits` of a card what
    it rests on; `codes` what was typed, by method. Raises `AccessDenied`.
    """
    unchanged = Step(_envelope(house, envelope_id), ())
    given = {**(codes or {}), **({"access_code": access_code} if access_code is not None else {})}
    methods = admitting.admitted(house, unchanged, role, given)
    moment = house.moment()
    return record(house, signing.identify(unchanged.envelope, role, statement, methods, moment, evidence, digits))


def disclosure(language: str = "en") -> disclosures.Disclosure:
    """What is consented to."""
    return disclosures.in_language(language)


def consent(house: House, envelope_id: str, role: str, language: str = "en") -> Changes:
    text = disclosures.in_language(language)
    step = signing.consent(awake(house, envelope_id, role), role, text.sha256, text.language, house.moment())
    return record(house, step)


def show_page(house: House, envelope_id: str, role: str, document: str, page: int) -> Changes:
    step = signing.show_page(awake(house, envelope_id, role), role, DocumentId(document), page, house.moment())
    return record(house, step) if step else Changes()


def adopt(house: House, envelope_id: str, role: str, mark: Mark, *, initials: bool = False) -> Changes:
    step = signing.adopt(awake(house, envelope_id, role), role, mark, house.moment(), initials=initials)
    return record(house, step)


def fill(house: House, envelope_id: str, role: str, field_id: str, value: Value) -> Changes:
    envelope = awake(house, envelope_id, role)
    return record(house, signing.fill(envelope, role, envelope.field(FieldId(field_id)), value, house.moment()))


def fill_all(house: House, envelope_id: str, role: str, values: Mapping[FieldId, Value]) -> Changes:
    """All or nothing, as one step."""
    envelope = awake(house, envelope_id, role)
    if not values:
        return Changes()
    given = [(envelope.field(field_id), value) for field_id, value in values.items()]
    confirming.check(envelope, role, (field for field, _ in given))
    return record(house, filled(Step(envelope, ()), role, given, house.moment()))


def filled(so_far: Step, role: str, given: Sequence[tuple[Field, Value]], moment: Moment) -> Step:
    """All of them, those that are enabled first: an answer may show the field of another one."""
    waiting = list(given)
    while waiting:
        enabled = (n for n, (one, _) in enumerate(waiting) if state_of(so_far.envelope, one).enabled)
        field, value = waiting.pop(next(enabled, 0))
        so_far = so_far.then(signing.fill(so_far.envelope, role, field, value, moment))
    return so_far


def progress(envelope: Envelope, role: str) -> Progress:
    standing = states(envelope)
    mine = [f for f in envelope.fields_of(role) if f.formula is None and not kind_of(f).automatic]
    required = [f for f in mine if standing[f.id].required]
    gaps = signing.missing(envelope, role)
    return Progress(len(required), len(required) - len(gaps), gaps)


def finish(
    house: House,
    envelope_id: str,
    role: str,
    identity: str | None = None,
    report: Report | None = None,
    passphrase: str | None = None,
    intent: str = "",
) -> Changes:
    """Seals this recipient's act in every document and, when they were the last, completes the envelope.

    `intent` is the sentence beside the button, if it was another than `intents.phrase`. One transaction at the end:
    whoever looks sees the envelope before or after, never between.
    """
    begun = Step(awake(house, envelope_id, role), ())
    watched = seeing.is_recorded(house)
    step = finished(house, begun, role, identity, passphrase, report, intent, watched=watched)
    changes = record(house, step, *lasting.wanted_after(house, step.envelope))
    countersigning.anchor(house, envelope_id)
    timestamping.want(house, envelope_id)
    return changes


def finished(
    house: House,
    so_far: Step,
    role: str,
    identity: str | None = None,
    passphrase: str | None = None,
    report: Report | None = None,
    intent: str = "",
    *,
    watched: bool = False,
) -> Step:
    """The step that ends this recipient's ceremony, and with it perhaps the envelope; nothing is recorded yet.
    `watched`: what they saw belongs to it.

    What the clock did is told first: from here on the chain must be as recording links it.
    """
    moment = house.moment()
    so_far = clockwatching.noted(house, so_far, moment)
    signing.check_finishable(so_far.envelope, role)
    filled = signing.with_automatic(so_far.envelope, role, moment)
    sealed: dict[DocumentId, dict[str, Any]] = {}
    if filled.recipient(role).action.seals and filled.sealing is SealingMode.EACH_RECIPIENT:
        sealed = sealing.seal_all(house, filled, role, moment, identity, passphrase, report)
    said = intent or _intent(filled, role)
    step = so_far.then(signing.finish(filled, role, sealed, moment, said))
    if watched:
        step = spotting.pictured(house, step, role, moment)
    step = countersigning.countersigned(house, step)
    if routing.finished(step.envelope):
        step = completing.completed(house, step)
    return step


def _intent(envelope: Envelope, role: str) -> str:
    recipient = envelope.recipient(role)
    agreed = recipient.ceremony.consent if recipient.ceremony else None
    return intents.phrase(envelope, recipient, agreed.language if agreed else "en")


def _envelope(house: House, envelope_id: str) -> Envelope:
    return house.library.envelope(EnvelopeId(envelope_id))
