"""Attesting without a signature: a name and one act.

Each document says by default what it asks for, and a recipient's request may override it.
"""

from dataclasses import replace

from app.domain import errors, routing
from app.domain.audit import Moment
from app.domain.canonical import composed
from app.domain.ceremony import Stage
from app.domain.envelope import Envelope
from app.domain.recipient import Action, Attestation, Recipient
from app.domain.steps import Step, by, step


def attestation_of(envelope: Envelope, recipient: Recipient) -> Attestation:
    """What this recipient's act amounts to. Who acknowledges never signs; who signs need not where neither their
    request nor any document asks for it.
    """
    if recipient.action is Action.ACKNOWLEDGE:
        return Attestation.ACKNOWLEDGMENT
    if recipient.action is not Action.SIGN:
        return Attestation.SIGNATURE
    if recipient.attestation is not None:
        return recipient.attestation
    asked = {document.attestation for document in envelope.documents}
    return Attestation.ACKNOWLEDGMENT if asked == {Attestation.ACKNOWLEDGMENT} else Attestation.SIGNATURE


def acknowledge(envelope: Envelope, role: str, typed_name: str, moment: Moment) -> Step:
    """`typed_name` must be theirs, however it is cased or spaced; raises `WrongPerson`."""
    recipient = routing.require_turn(envelope, role, "acknowledge")
    ceremony = recipient.ceremony
    if ceremony is None or ceremony.stage is not Stage.CONSENTED:
        raise errors.WrongStage(role=role, step="acknowledge", stage=ceremony.stage if ceremony else "not opened")
    if _folded(typed_name) != _folded(recipient.name):
        raise errors.WrongPerson(role=role)
    changed = replace(recipient, ceremony=replace(ceremony, acknowledged_as=typed_name))
    return step(envelope.with_recipient(changed), "acknowledged", by(role), moment, role=role, typed_name=typed_name)


def check_attested(envelope: Envelope, recipient: Recipient) -> None:
    """Raises `AcknowledgmentMissing` for who should have said so by name and did not."""
    said = recipient.ceremony is not None and recipient.ceremony.acknowledged_as
    if attestation_of(envelope, recipient) is Attestation.ACKNOWLEDGMENT and not said:
        raise errors.AcknowledgmentMissing(role=recipient.role)


def _folded(name: str) -> str:
    folded: str = composed(" ".join(name.split()).casefold())
    return folded
