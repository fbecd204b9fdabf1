"""Every step is compared with the event before it: what is odd about the clock goes into the trail with it."""

from app.domain import clockwatch, countersigning, errors, sitting
from app.domain.audit import Entry, Moment
from app.domain.ceremony import Stage
from app.domain.envelope import Envelope
from app.domain.ids import EnvelopeId
from app.domain.steps import SYSTEM, Step
from app.services.house import House

KIND = "clock_noted"
SLEEP_S = 60
"""A machine that slept longer in the middle of a ceremony may have another person before it (fault 50)."""


def noted(house: House, step: Step, moment: Moment | None = None) -> Step:
    """The step with what happened to the clock before it. `moment` for a step that has no entry yet. What the device
    has signed stays as it is.
    """
    at = step.entries[0].moment if step.entries else moment
    if (
        at is None
        or step.envelope.version == 0
        or any(entry.kind in (KIND, countersigning.KIND) for entry in step.entries)
    ):
        return step
    before = house.library.last_moment(step.envelope.id)
    found = clockwatch.compare(before, at) if before is not None else ()
    told = tuple(Entry(KIND, SYSTEM, at, {"what": one.kind, "seconds": one.seconds}) for one in found)
    return Step(step.envelope, (*told, *step.entries))


def awake(house: House, envelope_id: str, role: str) -> Envelope:
    """The envelope for this recipient to go on with. If the machine slept since their last act, that is recorded and
    `SleptMeanwhile` raised: who sits there now must be identified anew.
    """
    envelope = house.library.envelope(EnvelopeId(envelope_id))
    ceremony = envelope.recipient(role).ceremony
    if ceremony is None or ceremony.stage not in (Stage.IDENTIFIED, Stage.CONSENTED):
        return envelope
    before, moment = house.library.last_moment(envelope.id), house.moment()
    found = clockwatch.compare(before, moment) if before is not None else ()
    slept_s = sum(one.seconds for one in found if one.kind == "slept")
    if slept_s >= SLEEP_S:
        house.library.record(noted(house, sitting.wake(envelope, role, slept_s, moment)))
        raise errors.SleptMeanwhile(role=role, seconds=slept_s)
    return envelope
