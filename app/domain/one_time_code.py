"""A code that is e-mailed to a recipient: good for ten minutes, for one handover, within the tries of the ceremony."""

from dataclasses import replace
from datetime import timedelta

from app.domain import errors, routing
from app.domain.audit import Moment, stamp
from app.domain.ceremony import Ceremony, Stage
from app.domain.envelope import Envelope
from app.domain.steps import SYSTEM, Step, step

METHOD = "email_code"
LIFE = timedelta(minutes=10)
DIGITS = 6


def sent(envelope: Envelope, role: str, hashed: str, moment: Moment) -> Step:
    """`hashed`: the salted hash of the code that went out; an earlier one counts no more."""
    recipient = routing.require_turn(envelope, role, "identify")
    ceremony = recipient.ceremony
    if ceremony is None or ceremony.stage is not Stage.OPENED:
        raise errors.WrongStage(role=role, step="send a code", stage=ceremony.stage if ceremony else "not opened")
    until = moment.wall + LIFE
    changed = replace(recipient, ceremony=replace(ceremony, code=hashed, code_until=until))
    told = {"role": role, "to": recipient.email, "until": stamp(until)}
    return step(envelope.with_recipient(changed), "code_sent", SYSTEM, moment, **told)


def current(ceremony: Ceremony, role: str, moment: Moment) -> str:
    """The hash to compare with; raises `CodeExpired`."""
    if not ceremony.code or ceremony.code_until is None or moment.wall >= ceremony.code_until:
        raise errors.CodeExpired(role=role)
    return ceremony.code
