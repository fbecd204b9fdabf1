"""Whose turn it is: in sequence by order number, equal numbers together; in parallel everybody at once. A witness
acts after the one whose act they saw.
"""

from dataclasses import replace

from app.domain import errors
from app.domain.envelope import Envelope, EnvelopeStatus, Routing
from app.domain.recipient import Action, Recipient, RecipientStatus


def acting(envelope: Envelope) -> tuple[Recipient, ...]:
    """Those who take part in a ceremony, in order."""
    return tuple(sorted((r for r in envelope.recipients if r.action.acts), key=lambda r: r.order))


def pending(envelope: Envelope) -> tuple[Recipient, ...]:
    return tuple(r for r in acting(envelope) if not r.status.over)


def current(envelope: Envelope) -> tuple[Recipient, ...]:
    """Who may act now; nobody unless the envelope is out."""
    waiting = tuple(r for r in pending(envelope) if _has_seen(envelope, r))
    if envelope.status is not EnvelopeStatus.OUT or not waiting:
        return ()
    if envelope.routing is Routing.PARALLEL:
        return waiting
    return tuple(r for r in waiting if r.order == waiting[0].order)


def here(envelope: Envelope) -> tuple[Recipient, ...]:
    """Of those who may act now, who does it on this machine: not those who act at a service."""
    elsewhere = envelope.remote.roles if envelope.remote else ()
    return tuple(one for one in current(envelope) if one.role not in elsewhere)


def witnessed(envelope: Envelope, witness: Recipient) -> Recipient | None:
    """Whose act a witness saw: as named, else that of the last signer before them. None when there is nobody."""
    if witness.witness_of is not None:
        return next((r for r in envelope.recipients if r.role == witness.witness_of), None)
    known = acting(envelope)
    before = known[: known.index(witness)] if witness in known else ()
    return next((r for r in reversed(before) if r.action is Action.SIGN), None)


def _has_seen(envelope: Envelope, recipient: Recipient) -> bool:
    """True for everybody who is no witness."""
    seen = witnessed(envelope, recipient) if recipient.action is Action.WITNESS else None
    return seen is None or seen.status.over


def may_act(envelope: Envelope, role: str) -> bool:
    return any(recipient.role == role for recipient in current(envelope))


def require_turn(envelope: Envelope, role: str, action: str) -> Recipient:
    """Who plays the role, if they may act now; else the reason why not."""
    envelope.require(action, EnvelopeStatus.OUT)
    recipient = envelope.recipient(role)
    if not recipient.action.acts:
        raise errors.NothingToDo(role=role, action=recipient.action)
    if recipient.status.over:
        raise errors.AlreadyActed(role=role, status=recipient.status)
    require_here(envelope, role)
    if not may_act(envelope, role):
        raise errors.NotTheirTurn(role=role, waiting_for=[r.role for r in current(envelope)])
    return recipient


def require_here(envelope: Envelope, role: str) -> None:
    """Raises `SignsElsewhere` for who acts at a service."""
    if envelope.remote is not None and role in envelope.remote.roles:
        raise errors.SignsElsewhere(role=role, account=envelope.remote.account)


def advanced(envelope: Envelope) -> Envelope:
    """The same envelope with the turn given to those whose it is."""
    turn = {recipient.id for recipient in current(envelope)}
    return replace(
        envelope,
        recipients=tuple(
            replace(r, status=RecipientStatus.TURN) if r.id in turn and r.status is RecipientStatus.WAITING else r
            for r in envelope.recipients
        ),
    )


def finished(envelope: Envelope) -> bool:
    """Everybody who acts has acted (or was skipped or replaced)."""
    return not pending(envelope)
