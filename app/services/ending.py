"""The other ends: declined, voided, expired, another person."""

from contextlib import suppress
from typing import Final

from app.domain import ending, errors, kiosk
from app.domain.changes import Changes
from app.domain.envelope import Envelope
from app.domain.ids import EnvelopeId
from app.domain.steps import Step
from app.domain.timestamping import OVER
from app.services import clockwatching, countersigning, timestamping
from app.services.drafting import record
from app.services.house import House
from app.store import OperationRecord

TRIES: Final = 8
UNSIGNED: Final = "uncountersigned"
"""A folder with an empty file for each envelope whose end waits for the device's signature."""


def decline(house: House, envelope_id: str, role: str, reason: str) -> Changes:
    return _over(house, ending.decline(_envelope(house, envelope_id), role, reason, house.moment()))


def void(house: House, envelope_id: str, reason: str) -> Changes:
    """What was handed to a service is voided there, too, or does not leave. The outbox may be at work on it: then it is
    worked out anew. Raises `OperationChanged` when it is so each time.
    """
    for _ in range(TRIES - 1):
        with suppress(errors.OperationChanged):
            return _void(house, envelope_id, reason)
    return _void(house, envelope_id, reason)


def _void(house: House, envelope_id: str, reason: str) -> Changes:
    step = ending.void(_envelope(house, envelope_id), reason, house.moment())
    return _over(house, step, *_there(house, step.envelope))


def reassign(house: House, envelope_id: str, role: str, name: str, email: str) -> Changes:
    return record(house, ending.reassign(_envelope(house, envelope_id), role, name, email, house.moment()))


def break_off(house: House, envelope_id: str, reason: str) -> Changes:
    """A run of a kiosk that nobody finished."""
    return _over(house, kiosk.break_off(_envelope(house, envelope_id), reason, house.moment()))


def expire_overdue(house: House) -> Changes:
    """Ends every envelope whose time ran out; run at start and now and then."""
    moment = house.moment()
    expired = []
    for envelope_id in house.library.overdue(moment.wall):
        envelope = house.library.envelope(envelope_id)
        if ending.overdue(envelope, moment):
            _over(house, ending.expire(envelope, moment))
            expired.append(envelope_id)
    return Changes.of("envelope", *expired)


def countersign_late(house: House) -> Changes:
    """The ends that came while the keys were locked; they wait on until the keys can be had without asking."""
    waiting, done = house.library.boxes(UNSIGNED), []
    for envelope_id in waiting.names():
        try:
            _countersign(house, _envelope(house, envelope_id))
        except errors.VaultError:
            break
        except errors.EnvelopeChanged:
            continue
        except errors.UnknownEnvelope:
            pass
        waiting.remove(envelope_id)
        done.append(envelope_id)
    return Changes.of("envelope", *done)


def _countersign(house: House, envelope: Envelope) -> None:
    """Only where it is over."""
    if envelope.status not in OVER:
        return
    moment = house.moment()
    noted = clockwatching.noted(house, Step(envelope, ()), moment)
    record(house, countersigning.countersigned(house, noted, moment))
    countersigning.anchor(house, envelope.id)
    timestamping.want(house, envelope.id)


def _over(house: House, step: Step, *operations: OperationRecord) -> Changes:
    """The end of an envelope is countersigned and anchored, where the keys can be had without asking; else later."""
    noted = clockwatching.noted(house, step)
    signed = countersigning.countersigned_if_possible(house, noted)
    if signed is noted:
        # Before the end itself is recorded, so that none is forgotten.
        house.library.boxes(UNSIGNED).put(step.envelope.id, b"")
    changes = record(house, signed, *operations)
    countersigning.anchor(house, step.envelope.id)
    timestamping.want(house, step.envelope.id)
    return changes


def _there(house: House, envelope: Envelope) -> tuple[OperationRecord, ...]:
    """What services need to know, for those few envelopes that were handed to one: their flows are read in then."""
    if envelope.remote is None:
        return ()
    from app.services import settling

    return settling.withdrawing(house, envelope)


def _envelope(house: House, envelope_id: str) -> Envelope:
    return house.library.envelope(EnvelopeId(envelope_id))
