"""What the outbox says of its own accord, beside the errors: whom to ask, and what to press or to type."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final


@dataclass(frozen=True, slots=True)
class Said:
    """`happened`, and what to do about it on the command line and in the window."""

    happened: str
    commands: str
    buttons: str


TABLE: Final[Mapping[str, Said]] = {
    "Cancelled": Said("It was called off; nothing of it is at the service.", "", ""),
    "Unknown": Said(
        "Whether the step “{step}” was done is not known.",
        "Look at the service, then: paraph sync resolve {op} --keep local (it was not done) or --keep remote (it was).",
        "Look at the service, then say it here: it was not done, or it was.",
    ),
    "Conflict": Said(
        "Here it is {here}, at the service {there}.",
        "Decide: paraph sync resolve {op} --keep local or remote.",
        "Choose “Keep what is here” or “Take what is there”.",
    ),
    "Missed": Said(
        "{host} did not find it, {times} of {most} times in a row; that may be a fault of theirs.",
        "It is asked again by itself.",
        "It is asked again by itself.",
    ),
    "Gone": Said(
        "{host} did not find it {times} times in a row, an hour apart: it was deleted there, or this account may not "
        "see it any more. What is here is unchanged.",
        "Ask once more: paraph sync retry {op}. If nobody is to sign it: paraph void {envelope} --reason TEXT.",
        "“Ask for news” looks once more; void the envelope if nobody is to sign it any more.",
    ),
    "NothingToVoid": Said(
        "{host} did not find it {times} times in a row, an hour apart: there is nothing left to void.", "", ""
    ),
}


def sentence(kind: str, facts: Mapping[str, Any], *, window: bool) -> str:
    """KeyError for what is no word of ours."""
    said = TABLE[kind]
    return f"{said.happened} {said.buttons if window else said.commands}".strip().format_map(facts)
