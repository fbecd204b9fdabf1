"""Several people at one machine: who is next, passed over, away or elsewhere; and what each of them may see."""

from dataclasses import dataclass
from typing import Literal

from app.domain import attesting, routing, sitting
from app.domain.ceremony import Stage
from app.domain.changes import Changes
from app.domain.envelope import Envelope
from app.domain.ids import EnvelopeId, FieldId
from app.domain.recipient import Action, Recipient
from app.domain.visibility import Visible, visible_to
from app.services.clockwatching import awake
from app.services.drafting import record
from app.services.house import House

State = Literal["now", "away", "remote", "next", "done"]


@dataclass(frozen=True)
class Waiting:
    """One person of the queue; `fields` is how many are theirs."""

    role: str
    name: str
    action: Action
    fields: int
    state: State
    witness_of: str = ""


def queue(house: House, envelope_id: str) -> tuple[Waiting, ...]:
    """Everybody who acts, in order. `now` may sit down; `away` may too and left something; `next` waits for others."""
    envelope = _envelope(house, envelope_id)
    return tuple(_waiting(envelope, one) for one in routing.acting(envelope))


def visible(house: House, envelope_id: str, role: str) -> Visible:
    """What the room may show this person."""
    return visible_to(_envelope(house, envelope_id), role)


def skip(house: House, envelope_id: str, role: str, reason: str = "") -> Changes:
    return record(house, sitting.skip(_envelope(house, envelope_id), role, reason, house.moment()))


def question(house: House, envelope_id: str, role: str) -> Changes:
    """That something was asked before signing stands in the trail, not what."""
    return record(house, sitting.question(_envelope(house, envelope_id), role, house.moment()))


def sign_later(house: House, envelope_id: str, role: str, field_id: str | None = None) -> Changes:
    """`field_id`: where they were; the room leads back there after a new handover."""
    field = FieldId(field_id) if field_id is not None else None
    return record(house, sitting.put_off(_envelope(house, envelope_id), role, field, house.moment()))


def sign_remotely(house: House, envelope_id: str, role: str) -> Changes:
    return record(house, sitting.choose_remote(_envelope(house, envelope_id), role, house.moment()))


def delegate(house: House, envelope_id: str, role: str, name: str, email: str, reason: str) -> Changes:
    """Raises `ReasonMissing` without a reason or a name."""
    return record(house, sitting.delegate(_envelope(house, envelope_id), role, name, email, reason, house.moment()))


def hand_back(house: House, envelope_id: str, role: str, statement: str = "") -> Changes:
    """`statement`: what the host says of how it went, as that the person was present and under no pressure."""
    settings = house.settings
    about = {"host": settings.host_name, "place": settings.place}
    return record(house, sitting.hand_back(_envelope(house, envelope_id), role, statement, house.moment(), **about))


def acknowledge(house: House, envelope_id: str, role: str, typed_name: str) -> Changes:
    """Attesting without a signature: the name; the act is finishing. Raises `WrongPerson`."""
    envelope = awake(house, envelope_id, role)
    return record(house, attesting.acknowledge(envelope, role, typed_name, house.moment()))


def _waiting(envelope: Envelope, one: Recipient) -> Waiting:
    seen = routing.witnessed(envelope, one) if one.action is Action.WITNESS else None
    return Waiting(
        one.role,
        one.name,
        one.action,
        len(envelope.fields_of(one.role)),
        _state(envelope, one),
        seen.role if seen else "",
    )


def _state(envelope: Envelope, one: Recipient) -> State:
    if one.status.over:
        return "done"
    if not routing.may_act(envelope, one.role):
        return "next"
    if one.remote:
        return "remote"
    return "away" if one.ceremony is not None and one.ceremony.stage is Stage.AWAY else "now"


def _envelope(house: House, envelope_id: str) -> Envelope:
    return house.library.envelope(EnvelopeId(envelope_id))
