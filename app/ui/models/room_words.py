"""What the room says, by what a recipient does there."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.ceremony import IdEvidence
from app.domain.recipient import Action, Recipient
from app.ui.models.room_speech import phrase, say


@dataclass(frozen=True)
class Acting:
    """`asked` tells the person what is wanted, `role` the host; `pledge` is what pressing `button` means; `doing` is
    said meanwhile; `done` afterwards, with the number of documents. All are phrases, to be said.
    """

    asked: str
    role: str
    pledge: str
    button: str
    doing: str
    done: str


ACTING = {
    Action.SIGN: Acting(
        phrase("You are asked to sign “{title}”."),
        phrase("{part}, asked to sign: {title}"),
        phrase("I, {name}, sign “{title}” electronically, with these entries."),
        phrase("Sign and finish"),
        phrase("Signing and sealing…"),
        phrase("You have signed {n} documents."),
    ),
    Action.APPROVE: Acting(
        phrase("You are asked to approve “{title}”."),
        phrase("{part}, asked to approve: {title}"),
        phrase("I, {name}, approve “{title}” electronically, with these entries."),
        phrase("Approve and finish"),
        phrase("Recording your approval…"),
        phrase("You have approved {n} documents."),
    ),
    Action.ACKNOWLEDGE: Acting(
        phrase("You are asked to acknowledge “{title}”."),
        phrase("{part}, asked to acknowledge: {title}"),
        phrase("I, {name}, acknowledge that I have received and read “{title}”."),
        phrase("Acknowledge and finish"),
        phrase("Recording it…"),
        phrase("You have acknowledged {n} documents."),
    ),
    Action.VIEW: Acting(
        phrase("You are asked to read “{title}”."),
        phrase("{part}, asked to read: {title}"),
        phrase("I, {name}, have read “{title}”."),
        phrase("I have read it"),
        phrase("Recording it…"),
        phrase("You have read {n} documents."),
    ),
    Action.WITNESS: Acting(
        phrase("You are asked to witness the signing of “{title}”."),
        phrase("{part}, asked to witness: {title}"),
        phrase("I, {name}, have seen “{title}” being signed, and witness it with these entries."),
        phrase("Witness and finish"),
        phrase("Sealing as a witness…"),
        phrase("You have witnessed {n} documents."),
    ),
}

IDENTIFIED = (
    phrase("Known to me personally"),
    phrase("Identity card seen"),
    phrase("Passport seen"),
    phrase("Driving licence seen"),
    phrase("Another way"),
)
"""How the host says the person was identified; the cards ask for their last digits, the last one for words. It is
recorded as it stands here, whatever is spoken in the room."""
CARDS = IDENTIFIED[1:4]
OTHER = IDENTIFIED[4]
EVIDENCE = dict(
    zip(
        IDENTIFIED,
        (
            IdEvidence.KNOWN,
            IdEvidence.ID_CARD,
            IdEvidence.PASSPORT,
            IdEvidence.DRIVING_LICENCE,
            IdEvidence.OTHER,
        ),
        strict=True,
    )
)
"""What each of them rests on."""


def acting(recipient: Recipient) -> Acting:
    return ACTING[recipient.action]


def part_of(recipient: Recipient) -> str:
    """The role, as people read it."""
    return recipient.role.replace("_", " ").strip().capitalize()


def first_name(recipient: Recipient) -> str:
    return recipient.name.split()[0] if recipient.name.split() else recipient.role


def left_of(missing: int, required: int) -> str:
    """How far the walk is."""
    if not required:
        return say("Nothing to fill in")
    return say("{n} of {all} left", n=missing, all=required) if missing else say("All filled in")
