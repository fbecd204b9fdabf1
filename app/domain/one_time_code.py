"""A code that is e-mailed to a recipient: good for ten minutes, for one handover, within the tries of the ceremony.

Another may be asked for after a pause, and only so often: a signer cannot make the host's account send letters at will.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from math import ceil
from typing import Final

from app.domain import errors, routing
from app.domain.audit import Moment, stamp
from app.domain.ceremony import Ceremony, Stage
from app.domain.envelope import Envelope
from app.domain.steps import SYSTEM, Step, step

METHOD: Final = "email_code"
LIFE: Final = timedelta(minutes=10)
DIGITS: Final = 6
PAUSE: Final = timedelta(seconds=60)
MOST: Final = 5
"""Letters in one handover; the host may begin another."""


def sent(envelope: Envelope, role: str, hashed: str, moment: Moment) -> Step:
    """`hashed`: the salted hash of the code that goes out; an earlier one counts no more. Raises `CodeTooSoon` and
    `CodesSpent`.
    """
    recipient = routing.require_turn(envelope, role, "identify")
    ceremony = recipient.ceremony
    if ceremony is None or ceremony.stage is not Stage.OPENED:
        raise errors.WrongStage(role=role, step="send a code", stage=ceremony.stage if ceremony else "not opened")
    if left(ceremony) <= 0:
        raise errors.CodesSpent(role=role, most=MOST)
    if wait := wait_s(ceremony, moment.wall):
        raise errors.CodeTooSoon(role=role, wait_s=wait)
    until, number = moment.wall + LIFE, ceremony.codes_sent + 1
    written = replace(ceremony, code=hashed, code_until=until, code_sent_at=moment.wall, codes_sent=number)
    changed = replace(recipient, ceremony=written)
    told = {"role": role, "to": recipient.email, "until": stamp(until), "number": number}
    return step(envelope.with_recipient(changed), "code_sent", SYSTEM, moment, **told)


def left(ceremony: Ceremony) -> int:
    """How many more may be sent in this handover."""
    return MOST - ceremony.codes_sent


def wait_s(ceremony: Ceremony, now: datetime) -> int:
    """Whole seconds until another may be sent; a clock that was set back makes it no longer than the pause."""
    if ceremony.code_sent_at is None:
        return 0
    rest = min(ceremony.code_sent_at + PAUSE - now, PAUSE)
    return max(0, ceil(rest.total_seconds()))


def current(ceremony: Ceremony, role: str, moment: Moment) -> str:
    """The hash to compare with; raises `CodeExpired`."""
    if not ceremony.code or ceremony.code_until is None or moment.wall >= ceremony.code_until:
        raise errors.CodeExpired(role=role)
    return ceremony.code
