"""A whole ceremony in one go, for scripts: every rule of the room holds, and the library sees it in one
transaction or not at all.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.domain import attesting, confirming, errors, signing
from app.domain.audit import Moment
from app.domain.changes import Changes
from app.domain.conditions.states import state_of
from app.domain.envelope import Envelope
from app.domain.fields.base import Field, Value
from app.domain.fields.registry import KINDS, kind_of
from app.domain.ids import EnvelopeId, FieldId
from app.domain.mark import Mark
from app.domain.recipient import Attestation, Recipient
from app.domain.steps import Step
from app.services import admitting, countersigning, disclosures, lasting, timestamping
from app.services.drafting import record
from app.services.house import House
from app.services.signing import filled, finished, opened


@dataclass(frozen=True)
class Act:
    """What a recipient brings: values by field name, marks, and how they were identified.

    `passphrase` opens the identity, if a personal one is named.
    """

    consent: bool
    values: Mapping[str, Value] = field(default_factory=dict)
    signature: Mark | None = None
    initials: Mark | None = None
    identified_by: str = ""
    access_code: str | None = None
    identity: str | None = None
    passphrase: str | None = field(default=None, repr=False)


def sign(house: House, envelope_id: str, role: str, act: Act) -> Changes:
    """Raises what the room would have said at the same point; nothing is kept then, but for a wrong access code."""
    moment = house.moment()
    step = opened(house, house.library.envelope(EnvelopeId(envelope_id)), role)
    recipient = step.envelope.recipient(role)
    if not act.consent:
        raise errors.ConsentMissing(role=role)
    given = _given(step.envelope, role, act)
    methods = admitting.admitted(house, step, role, _codes(recipient, act.access_code))
    text = disclosures.in_language("en")
    step = step.then(signing.identify(step.envelope, role, act.identified_by, methods, moment))
    step = step.then(signing.consent(step.envelope, role, text.sha256, text.language, moment))
    step = _adopted(step, role, act, moment)
    step = filled(step, role, given, moment)
    step = _offered(step, recipient, {field.id for field, _ in given}, act, moment)
    if attesting.attestation_of(step.envelope, recipient) is Attestation.ACKNOWLEDGMENT:
        step = step.then(attesting.acknowledge(step.envelope, role, recipient.name, moment))
    step = finished(house, step, role, act.identity, act.passphrase)
    changes = record(house, step, *lasting.wanted_after(house, step.envelope))
    countersigning.anchor(house, envelope_id)
    timestamping.want(house, envelope_id)
    return changes


def _codes(recipient: Recipient, given: str | None) -> dict[str, str]:
    """A script gives one code, whatever the sender calls it."""
    return {method.type: given for method in recipient.auth} if given is not None else {}


def _adopted(step: Step, role: str, act: Act, moment: Moment) -> Step:
    if act.signature is not None:
        step = step.then(signing.adopt(step.envelope, role, act.signature, moment))
    if act.initials is not None:
        step = step.then(signing.adopt(step.envelope, role, act.initials, moment, initials=True))
    return step


def _given(envelope: Envelope, role: str, act: Act) -> list[tuple[Field, Value]]:
    """Raises `UnknownField` or `NotTheirField` for a name that is none of theirs."""
    fields = envelope.fields_of(role)
    return [(_named(name, fields, role, envelope), value) for name, value in act.values.items()]


def _offered(step: Step, recipient: Recipient, given: set[FieldId], act: Act, moment: Moment) -> Step:
    """Marks for signature fields, and what the room would offer for what is still required. One after the other: each
    may fill others of its key, or show them.
    """
    today = signing.local_day(moment, step.envelope.style.time_zone)
    marked: list[Field] = []
    marks: dict[str, Value | None] = {"signature": act.signature, "initials": act.initials}
    for one in step.envelope.fields_of(recipient.role):
        state = state_of(step.envelope, one)
        by_hand = state.enabled and not (one.read_only or one.formula is not None or kind_of(one).automatic)
        if not by_hand or one.id in given:
            continue
        offered = kind_of(one).default_for(recipient.name, recipient.email, today) if state.required else None
        if marks.get(one.kind) is not None:
            marked.append(one)
            confirming.check(step.envelope, recipient.role, marked)
        value = marks.get(one.kind) or (offered if step.envelope.value_of(one) is None else None)
        if value is not None:
            step = step.then(signing.fill(step.envelope, recipient.role, one, value, moment))
    return step


def _named(name: str, fields: tuple[Field, ...], role: str, envelope: Envelope) -> Field:
    """By id, mapping key, label, or kind where the recipient has one of it; fields that share a key and an answer count
    as one.
    """
    for matches in (
        [f for f in fields if f.id == name],
        [f for f in fields if f.mapping_key == name],
        [f for f in fields if f.label == name],
        [f for f in fields if f.kind == name],
    ):
        if matches and len({(f.kind, f.mapping_key or f.id) for f in matches}) == 1:
            return matches[0]
    if any(name in (f.id, f.mapping_key, f.label) for f in envelope.fields):
        raise errors.NotTheirField(name=name, role=role)
    known = sorted({f.mapping_key or f.label or f.id for f in fields if f.kind in KINDS})
    raise errors.UnknownField(name=name, known=known)
