"""A counter where people sign one after another with no host between: each run is an envelope of its own, made like
one pattern, for one person who says their name.
"""

from dataclasses import replace
from typing import Final

from app.domain import errors, routing
from app.domain.audit import Moment
from app.domain.envelope import Envelope, EnvelopeStatus, Routing
from app.domain.one_time_code import METHOD
from app.domain.recipient import Recipient
from app.domain.steps import HOST, SYSTEM, Step, step

PATTERN: Final = "kiosk"
NUMBER: Final = "kiosk_number"
"""Keys of the metadata of a run."""
SELF_NAMED: Final = "Gave this name at a counter where no host was present"
"""What is recorded where elsewhere stands how the host knew the person."""


def open_recipient(pattern: Envelope) -> Recipient:
    """The part whoever comes to the counter plays: the one without a name, or the only one who acts. They act first.

    Raises `NoKioskPattern`.
    """
    acting = routing.acting(pattern)
    nameless = [one for one in acting if not one.name.strip()]
    candidates = nameless or list(acting)
    if len(candidates) != 1:
        raise errors.NoKioskPattern(problem="nobody" if not candidates else "several")
    (found,) = candidates
    if pattern.routing is Routing.SEQUENTIAL and any(one.order < found.order for one in acting):
        raise errors.NoKioskPattern(problem="not_first")
    return found


def needs_email(pattern: Envelope) -> bool:
    """Their code goes there."""
    return any(method.type == METHOD for method in open_recipient(pattern).auth)


def run_of(copied: Envelope, pattern: Envelope, name: str, email: str, number: int, moment: Moment) -> Step:
    """A copy of the pattern as the run of one person; `number` is what they go by afterwards."""
    person = replace(open_recipient(copied), name=" ".join(name.split()), email=email.strip())
    run = replace(
        copied.with_recipient(person),
        title=f"{pattern.title} #{number}",
        metadata={**copied.metadata, PATTERN: pattern.id, NUMBER: str(number)},
    )
    return step(run, "kiosk_begun", HOST, moment, role=person.role, number=number, pattern=pattern.id)


def break_off(run: Envelope, reason: str, moment: Moment) -> Step:
    """Nobody finished it, and nobody will: what was entered is not signed. Raises `WrongStatus` unless it is out."""
    run.require("break off", EnvelopeStatus.OUT)
    over = replace(run, status=EnvelopeStatus.VOIDED, end_reason=reason, updated_at=moment.wall)
    return step(over, "broken_off", SYSTEM, moment, reason=reason)
