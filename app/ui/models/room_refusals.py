"""What a signer can do wrong, in their own language. Everything else is said by the one table of the program."""

from __future__ import annotations

from typing import Final

from app.domain.errors import (
    AccessDenied,
    CodeExpired,
    CodesSpent,
    CodeTooSoon,
    MarkRefused,
    ReasonMissing,
    ValueRefused,
    WrongPerson,
)
from app.ui.models.room_desk import Words
from app.ui.models.room_forms import example_shown
from app.ui.models.room_speech import phrase, say

RULES: Final = {
    "required": phrase("Something is needed here."),
    "format": phrase("This does not fit. For example: {example}"),
    "options": phrase("Choose one of: {example}"),
    "minimum": phrase("This is too little: at least {example}."),
    "maximum": phrase("This is too much: at most {example}."),
    "length": phrase("This is too long: at most {example} characters."),
    "pattern": phrase("This does not fit. Wanted: {example}"),
    "read_only": phrase("This is filled in by the sender."),
}
"""By the rule of `ValueRefused`; `example` is what it expected."""
MARKS: Final = {
    "too_simple": phrase("It is too simple to be told from others."),
    "empty": phrase("There is nothing in it yet."),
}
UNREADABLE: Final = phrase("It cannot be read.")


def refusal(error: BaseException) -> Words | None:
    """None for what is not the signer's own slip."""
    match error:
        case ValueRefused() if error.rule in RULES:
            return Words(say("This does not fit"), say(RULES[error.rule], example=example_shown(error.expected)), "")
        case MarkRefused():
            problem = say(MARKS.get(error.problem, UNREADABLE))
            return Words(say("Not a signature yet"), problem, say("Write your name or your usual signature."))
        case AccessDenied():
            return Words(say("Wrong code"), tries_words(error.tries_left), "")
        case CodeExpired():
            return Words(say("The code has run out"), say("Ask for a new one."), "")
        case CodeTooSoon():
            wait = say("You can ask for another in {seconds} s.", seconds=error.wait_s)
            return Words(say("A code is on its way"), wait, "")
        case CodesSpent():
            return Words(say("No more codes"), say("No more can be sent until the host hands over again."), "")
        case WrongPerson():
            return Words(say("Another name"), say("Type your name as it stands on the first card."), "")
        case ReasonMissing():
            return Words(say("A reason is needed"), say("Write your reason first."), "")
        case _:
            return None


def tries_words(left: int) -> str:
    if left:
        return say("That was not the code. {n} tries are left.", n=left)
    return say("No tries are left. Please give the device back.")
