"""Several people at one machine: passed over, put off, done elsewhere, handed to somebody else, given back.

Each leads to a clear state for the host and a line in the trail; none loses what was entered.
"""

from dataclasses import replace

from app.domain import ending, errors, routing
from app.domain.audit import Moment
from app.domain.ceremony import Ceremony, Stage
from app.domain.envelope import Envelope, EnvelopeStatus
from app.domain.ids import FieldId
from app.domain.recipient import Recipient
from app.domain.steps import HOST, SYSTEM, Step, by, step


def skip(envelope: Envelope, role: str, reason: str, moment: Moment) -> Step:
    """The host goes on to the next person; this one stays expected."""
    routing.require_turn(envelope, role, "skip")
    return step(envelope, "skipped", HOST, moment, role=role, reason=reason)


def question(envelope: Envelope, role: str, moment: Moment) -> Step:
    """They asked before signing. What was asked is between people and is not kept."""
    _in_room(envelope, role, "ask a question")
    return step(envelope, "question_asked", by(role), moment, role=role)


def put_off(envelope: Envelope, role: str, field: FieldId | None, moment: Moment) -> Step:
    """They sign later: after a new handover they are at the same field, with everything they entered."""
    recipient, ceremony = _in_room(envelope, role, "sign later")
    if field is not None and envelope.field(field).recipient != role:
        raise errors.NotTheirField(name=envelope.field(field).name, role=role)
    left = replace(ceremony, stage=Stage.AWAY, consent=None, resume_at=field)
    changed = envelope.with_recipient(replace(recipient, ceremony=left))
    name = envelope.field(field).name if field is not None else ""
    return step(changed, "put_off", by(role), moment, role=role, field=name)


def choose_remote(envelope: Envelope, role: str, moment: Moment) -> Step:
    """They want to act elsewhere. It is a choice and not yet a way: sending it there is another step."""
    recipient = routing.require_turn(envelope, role, "act elsewhere")
    left = recipient.ceremony and replace(recipient.ceremony, stage=Stage.AWAY, consent=None)
    changed = envelope.with_recipient(replace(recipient, remote=True, ceremony=left))
    return step(changed, "remote_chosen", by(role), moment, role=role)


def delegate(envelope: Envelope, role: str, name: str, email: str, reason: str, moment: Moment) -> Step:
    """The recipient names who acts in their place; nothing of their entries goes over."""
    _in_room(envelope, role, "delegate")
    if not reason.strip():
        raise errors.ReasonMissing(action="delegate")
    before = envelope.recipient(role)
    handed = ending.reassign(envelope, role, name, email, moment)
    told = step(
        handed.envelope,
        "delegated",
        by(role),
        moment,
        role=role,
        name=name,
        contact=email,
        before=before.name,
        reason=reason,
    )
    return Step(told.envelope, told.entries)


def hand_back(envelope: Envelope, role: str, statement: str, moment: Moment, **about: object) -> Step:
    """The device is with the host again; `statement` is what the host says of how it went, `about` who the host is."""
    if envelope.status is EnvelopeStatus.DRAFT or envelope.recipient(role).ceremony is None:
        raise errors.WrongStage(role=role, step="hand back", stage="not opened")
    return step(envelope, "handed_back", HOST, moment, role=role, statement=statement, **about)


def wake(envelope: Envelope, role: str, slept_s: int, moment: Moment) -> Step:
    """The machine slept in the middle of a ceremony: whoever sits there now must be identified anew."""
    recipient, ceremony = _in_room(envelope, role, "go on")
    changed = replace(recipient, ceremony=replace(ceremony, stage=Stage.AWAY, consent=None))
    told = {"role": role, "why": "slept", "seconds": slept_s}
    return step(envelope.with_recipient(changed), "room_closed", SYSTEM, moment, **told)


def _in_room(envelope: Envelope, role: str, what: str) -> tuple[Recipient, Ceremony]:
    recipient = routing.require_turn(envelope, role, what)
    if recipient.ceremony is None:
        raise errors.WrongStage(role=role, step=what, stage="not opened")
    return recipient, recipient.ceremony
