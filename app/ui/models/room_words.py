"""What the room says, by what a recipient does there."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.recipient import Action, Recipient


@dataclass(frozen=True)
class Acting:
    """`task` continues "is asked to"; `button` closes the act; `doing` is said meanwhile; `done` afterwards."""

    task: str
    button: str
    doing: str
    done: str


ACTING = {
    Action.SIGN: Acting("sign", "Sign and finish", "Signing and sealing", "signed"),
    Action.APPROVE: Acting("approve", "Approve and finish", "Recording your approval", "approved"),
    Action.ACKNOWLEDGE: Acting("acknowledge", "Acknowledge and finish", "Recording it", "acknowledged"),
    Action.VIEW: Acting("read", "I have read it", "Recording it", "read"),
    Action.WITNESS: Acting("witness", "Witness and finish", "Sealing as a witness", "witnessed"),
}

IDENTIFIED = ("Known to me personally", "Identity card seen", "Passport seen", "Driving licence seen", "Another way")
"""How the host says the person was identified; the cards ask for their last digits, the last one for words."""
CARDS = IDENTIFIED[1:4]
OTHER = IDENTIFIED[4]


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
        return "Nothing to fill in"
    return f"{missing} of {required} left" if missing else "All filled in"


def several(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
