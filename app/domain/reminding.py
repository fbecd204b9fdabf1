"""Who should be reminded: whose turn it has been for some days without a sign of them."""

from dataclasses import replace
from datetime import datetime, timedelta

from app.domain import routing
from app.domain.audit import Moment
from app.domain.envelope import Envelope
from app.domain.recipient import Recipient
from app.domain.steps import SYSTEM, Step, step


def due(envelope: Envelope, now: datetime, after: timedelta) -> tuple[Recipient, ...]:
    """Of those who may act here now; nobody where `after` is nothing. A service reminds its own people."""
    if not after:
        return ()
    return tuple(r for r in routing.here(envelope) if now - waiting_since(envelope, r) >= after)


def waiting_since(envelope: Envelope, recipient: Recipient) -> datetime:
    """Since it was sent, the last one before them acted, they looked at it, or they were reminded: the latest."""
    acted = [other.completed_at for other in envelope.recipients]
    moments = (envelope.sent_at, recipient.viewed_at, recipient.reminded_at, *acted)
    return max((moment for moment in moments if moment is not None), default=envelope.updated_at)


def remind(envelope: Envelope, role: str, moment: Moment, way: str, to: str = "") -> Step:
    """Once somebody was reminded; `way` is email or host, who was told to."""
    recipient = routing.require_turn(envelope, role, "be reminded")
    changed = envelope.with_recipient(replace(recipient, reminded_at=moment.wall))
    return step(changed, "reminded", SYSTEM, moment, role=role, way=way, to=to)
