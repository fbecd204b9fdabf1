"""The other ends of an envelope: declined, voided, expired; and a recipient replaced by another person."""

from dataclasses import replace

from app.domain import errors
from app.domain.audit import Moment, stamp
from app.domain.ceremony import Stage
from app.domain.envelope import Envelope, EnvelopeStatus
from app.domain.recipient import Recipient, RecipientStatus
from app.domain.routing import advanced, require_here, require_turn
from app.domain.steps import SENDER, SYSTEM, Step, by, step


def decline(envelope: Envelope, role: str, reason: str, moment: Moment) -> Step:
    """One recipient's no ends the envelope."""
    recipient = require_turn(envelope, role, "decline")
    _said("decline", reason)
    ceremony = recipient.ceremony and replace(recipient.ceremony, stage=Stage.DECLINED)
    declined = replace(recipient, status=RecipientStatus.DECLINED, decline_reason=reason, ceremony=ceremony)
    over = replace(
        envelope.with_recipient(declined),
        status=EnvelopeStatus.DECLINED,
        end_reason=reason,
        updated_at=moment.wall,
    )
    return step(over, "declined", by(role), moment, role=role, reason=reason)


def void(envelope: Envelope, reason: str, moment: Moment) -> Step:
    """The sender takes it back; what was signed stays signed, copies are watermarked from now on."""
    envelope.require("void", EnvelopeStatus.OUT)
    _said("void", reason)
    over = replace(envelope, status=EnvelopeStatus.VOIDED, end_reason=reason, updated_at=moment.wall)
    return step(over, "voided", SENDER, moment, reason=reason)


def expire(envelope: Envelope, moment: Moment) -> Step:
    """Time ran out; `NotOverdue` while it has not."""
    envelope.require("expire", EnvelopeStatus.OUT)
    limit = stamp(envelope.expires_at) if envelope.expires_at is not None else ""
    if not overdue(envelope, moment):
        raise errors.NotOverdue(envelope=envelope.id, expires_at=limit)
    over = replace(envelope, status=EnvelopeStatus.EXPIRED, updated_at=moment.wall)
    return step(over, "expired", SYSTEM, moment, expires_at=limit)


def overdue(envelope: Envelope, moment: Moment) -> bool:
    """Out, and at or past its limit."""
    limit = envelope.expires_at
    return envelope.status is EnvelopeStatus.OUT and limit is not None and limit <= moment.wall


def reassign(envelope: Envelope, role: str, name: str, email: str, moment: Moment) -> Step:
    """Another person plays the part; nothing of the first one's entries goes over to them."""
    envelope.require("reassign", EnvelopeStatus.OUT)
    before = envelope.recipient(role)
    if before.status.over:
        raise errors.AlreadyActed(role=role, status=before.status)
    require_here(envelope, role)
    _said("reassign", name)
    after = Recipient(
        before.id,
        role,
        name,
        email,
        "",
        before.action,
        before.order,
        before.auth,
        witness_of=before.witness_of,
        attestation=before.attestation,
    )
    mine = {field.id for field in envelope.fields_of(role)}
    values = {key: value for key, value in envelope.values.items() if key not in mine}
    changed = replace(envelope.with_recipient(after), values=values, updated_at=moment.wall)
    told = step(changed, "reassigned", SENDER, moment, role=role, name=name, before=before.name)
    return Step(advanced(told.envelope), told.entries)


def _said(action: str, reason: str) -> None:
    if not reason.strip():
        raise errors.ReasonMissing(action=action)
