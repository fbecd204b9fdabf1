"""Who sits beside whom: several people at one device, and the witness of one of them. Pure."""

from __future__ import annotations

from app.domain.envelope import Envelope
from app.domain.recipient import Action, Recipient, RecipientStatus


def witnessed_by(envelope: Envelope, witness: Recipient) -> Recipient | None:
    """Whose signature this one has seen: the last who signed and stands before them; None for who is no witness."""
    if witness.action is not Action.WITNESS:
        return None
    signed = [
        one
        for one in envelope.recipients
        if one.action is Action.SIGN and one.status is RecipientStatus.COMPLETED and one.order <= witness.order
    ]
    return max(signed, key=lambda one: (one.order, one.completed_at), default=None)
