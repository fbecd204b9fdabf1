"""Who sits beside whom: several people at one device, and the witness of one of them. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from app.domain import routing
from app.domain.ceremony import Stage
from app.domain.envelope import Envelope
from app.domain.recipient import Action, Recipient
from app.ui.models.room_speech import phrase


class Standing(Enum):
    """Where one of them is; phrases."""

    NOW = phrase("may sign now")
    AWAY = phrase("comes back later")
    ELSEWHERE = phrase("signs elsewhere")
    NEXT = phrase("waits for others")
    DONE = phrase("done")


@dataclass(frozen=True)
class Waiting:
    """One person of the queue; `fields` is how many are theirs."""

    role: str
    name: str
    fields: int
    standing: Standing

    @property
    def may_sit(self) -> bool:
        """Here and now."""
        return self.standing in (Standing.NOW, Standing.AWAY)


def queue_of(envelope: Envelope) -> tuple[Waiting, ...]:
    """Everybody who acts, in order."""
    return tuple(
        Waiting(one.role, one.name, len(envelope.fields_of(one.role)), _standing(envelope, one))
        for one in routing.acting(envelope)
    )


def _standing(envelope: Envelope, one: Recipient) -> Standing:
    if one.status.over:
        return Standing.DONE
    if not routing.may_act(envelope, one.role):
        return Standing.NEXT
    if one.remote:
        return Standing.ELSEWHERE
    away = one.ceremony is not None and one.ceremony.stage is Stage.AWAY
    return Standing.AWAY if away else Standing.NOW


def witnessed_by(envelope: Envelope, witness: Recipient) -> Recipient | None:
    """Whose signature this one has seen; None for who is no witness."""
    return routing.witnessed(envelope, witness) if witness.action is Action.WITNESS else None
