"""A recipient: a person, the part they play, what they do, and how far they are."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.domain.ceremony import Ceremony
from app.domain.ids import RecipientId


class Action(StrEnum):
    """What a recipient does with the envelope."""

    SIGN = "sign"
    APPROVE = "approve"
    ACKNOWLEDGE = "acknowledge"
    VIEW = "view"
    COPY = "copy"
    WITNESS = "witness"

    @property
    def acts(self) -> bool:
        """Takes part in a ceremony; everybody but those who only get a copy."""
        return self is not Action.COPY

    @property
    def seals(self) -> bool:
        """Their act closes a revision of each document with a signature of their own."""
        return self.acts and self is not Action.VIEW


class Attestation(StrEnum):
    """What an act amounts to: a signature, or a statement made by name and one act."""

    SIGNATURE = "signature"
    ACKNOWLEDGMENT = "acknowledgment"


class RecipientStatus(StrEnum):
    """`waiting → turn → viewed → completed`, or one of the other ends."""

    WAITING = "waiting"
    TURN = "turn"
    VIEWED = "viewed"
    COMPLETED = "completed"
    DECLINED = "declined"
    SKIPPED = "skipped"
    REPLACED = "replaced"

    @property
    def over(self) -> bool:
        """Nothing more is expected of them."""
        return self in (self.COMPLETED, self.DECLINED, self.SKIPPED, self.REPLACED)


@dataclass(frozen=True, slots=True)
class AuthMethod:
    """`type` is access_code, password or email_code. `secret` is a salted scrypt hash made by `services.secrets`; the
    code itself is not kept. A code that is e-mailed is made anew each time: its `secret` is empty.
    """

    type: str
    secret: str


@dataclass(frozen=True, slots=True)
class Recipient:
    """`role` is the key of the part they play, unique in the envelope; equal `order` numbers act together.

    `witness_of` is the role whose act a witness saw, None for the signer just before; `attestation` overrides what the
    documents ask for; `remote` tells that they chose to act elsewhere than in this room.
    """

    id: RecipientId
    role: str
    name: str
    email: str = ""
    phone: str = ""
    action: Action = Action.SIGN
    order: int = 1
    auth: tuple[AuthMethod, ...] = ()
    status: RecipientStatus = RecipientStatus.WAITING
    ceremony: Ceremony | None = None
    viewed_at: datetime | None = None
    completed_at: datetime | None = None
    decline_reason: str = ""
    witness_of: str | None = None
    attestation: Attestation | None = None
    remote: bool = False
    reminded_at: datetime | None = None

    @property
    def initials(self) -> str:
        """Two letters for the badge."""
        words = [word for word in self.name.split() if word[0].isalnum()] or [self.role]
        letters = words[0][0] + (words[-1][0] if len(words) > 1 else "")
        return letters.upper()
