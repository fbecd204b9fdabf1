"""What a list says about an envelope: state, next step, date. Words only; nothing here decides."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from app.domain.envelope import EnvelopeStatus
from app.domain.recipient import Action, RecipientStatus

STATUS: Final = {
    EnvelopeStatus.DRAFT: ("Draft", "muted", "pen-line"),
    EnvelopeStatus.OUT: ("Out", "accent", "send"),
    EnvelopeStatus.COMPLETED: ("Completed", "good", "circle-check"),
    EnvelopeStatus.DECLINED: ("Declined", "bad", "circle-x"),
    EnvelopeStatus.VOIDED: ("Voided", "warn", "ban"),
    EnvelopeStatus.EXPIRED: ("Expired", "warn", "hourglass"),
}
"""Word, tone and icon of each status."""

RECIPIENT: Final = {
    RecipientStatus.WAITING: ("Waiting", "muted"),
    RecipientStatus.TURN: ("Their turn", "accent"),
    RecipientStatus.VIEWED: ("Has begun", "accent"),
    RecipientStatus.COMPLETED: ("Done", "good"),
    RecipientStatus.DECLINED: ("Declined", "bad"),
    RecipientStatus.SKIPPED: ("Skipped", "muted"),
    RecipientStatus.REPLACED: ("Replaced", "muted"),
}

ACTION: Final = {
    Action.SIGN: "signs",
    Action.APPROVE: "approves",
    Action.ACKNOWLEDGE: "acknowledges",
    Action.VIEW: "reads",
    Action.COPY: "gets a copy",
    Action.WITNESS: "witnesses",
}


def next_step(status: EnvelopeStatus, waiting_for: tuple[str, ...], decliners: tuple[str, ...] = ()) -> str:
    """One line: what has to happen now, or how it ended."""
    match status:
        case EnvelopeStatus.DRAFT:
            return "Finish preparing, then send out"
        case EnvelopeStatus.OUT if waiting_for:
            return f"Waiting for {listed(waiting_for)}"
        case EnvelopeStatus.OUT:
            return "Being completed"
        case EnvelopeStatus.COMPLETED:
            return "Everybody is done"
        case EnvelopeStatus.DECLINED:
            return f"{listed(decliners)} declined" if decliners else "Declined"
        case EnvelopeStatus.VOIDED:
            return "Taken back by the sender"
        case EnvelopeStatus.EXPIRED:
            return "Time ran out"


def listed(names: tuple[str, ...], most: int = 2) -> str:
    """`Ana and Bob`; `Ana, Bob and 3 more`."""
    if len(names) > most:
        return f"{', '.join(names[:most])} and {len(names) - most} more"
    return " and ".join(names)


def short_date(when: datetime, now: datetime) -> str:
    """As people date letters: the hour today, yesterday, the weekday within a week, then the date.
    Both moments carry a zone; the answer is in that of `now`."""
    local = when.astimezone(now.tzinfo)
    days = (now.date() - local.date()).days
    if days == 0:
        return local.strftime("%H:%M")
    if days == 1:
        return "Yesterday"
    if 1 < days < 7:
        return local.strftime("%A")
    return f"{local.day} {local.strftime('%b')}" + ("" if local.year == now.year else f" {local.year}")


def full_date(when: datetime, now: datetime) -> str:
    """With the hour and the zone, for tool tips and evidence."""
    local = when.astimezone(now.tzinfo)
    return f"{local.day} {local.strftime('%B %Y, %H:%M')} {local.strftime('%Z')}".rstrip()


def until(when: datetime, now: datetime) -> str:
    """How long is left: `2 days left`."""
    left = when - now
    if left <= timedelta(0):
        return "Time is up"
    if left.days:
        return f"{left.days} day{'s' if left.days > 1 else ''} left"
    hours = left.seconds // 3600
    return f"{hours} hour{'s' if hours != 1 else ''} left" if hours else "Less than an hour left"
