"""The remote half of an envelope in words: what a service says, ours first and its own beside it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from app.domain.remote import PersonNews, PersonStatus, Remote, RemoteFile, RemoteStatus
from app.ui.models.wording import short_date

Look = tuple[str, str, str]
"""Word, tone and icon."""

STATUS: Final[Mapping[RemoteStatus, Look]] = {
    RemoteStatus.DRAFT: ("Draft there", "muted", "pen-line"),
    RemoteStatus.PREPARING: ("Being prepared there", "muted", "hourglass"),
    RemoteStatus.SENT: ("Sent to the people", "accent", "send"),
    RemoteStatus.VIEWED: ("Opened", "accent", "eye"),
    RemoteStatus.PARTIALLY_SIGNED: ("Partly signed", "accent", "pen-line"),
    RemoteStatus.COMPLETED: ("Completed there", "good", "circle-check"),
    RemoteStatus.DECLINED: ("Declined", "bad", "circle-x"),
    RemoteStatus.VOIDED: ("Voided there", "warn", "ban"),
    RemoteStatus.EXPIRED: ("Expired there", "warn", "hourglass"),
    RemoteStatus.FAILED: ("Failed there", "bad", "circle-x"),
    RemoteStatus.GONE: ("Gone there", "bad", "circle-question-mark"),
    RemoteStatus.UNKNOWN: ("Not a word we know", "warn", "circle-question-mark"),
}
ON_ITS_WAY: Final[Look] = ("On its way there", "muted", "upload")
PERSON: Final[Mapping[PersonStatus, tuple[str, str]]] = {
    PersonStatus.WAITING_TURN: ("Waits for their turn", "muted"),
    PersonStatus.PENDING: ("Asked", "accent"),
    PersonStatus.VIEWED: ("Has opened it", "accent"),
    PersonStatus.SIGNED: ("Done", "good"),
    PersonStatus.DECLINED: ("Declined", "bad"),
    PersonStatus.FAILED: ("Not reached", "bad"),
    PersonStatus.REPLACED: ("Replaced", "muted"),
    PersonStatus.UNKNOWN: ("Not a word we know", "warn"),
}
FILE: Final[Mapping[str, Look]] = {
    "valid": ("Valid", "good", "shield-check"),
    "indeterminate": ("Cannot be judged fully", "warn", "shield-question-mark"),
    "invalid": ("Invalid", "bad", "shield-x"),
    "extended": ("Our seals hold; pages were added to", "good", "shield-check"),
    "altered": ("Not the promised file", "bad", "shield-x"),
    "other_document": ("Another document", "bad", "shield-x"),
    "unreadable": ("Cannot be read", "bad", "shield-x"),
}


def status(remote: Remote) -> Look:
    return STATUS[remote.status] if remote.id else ON_ITS_WAY


def raw(remote: Remote) -> str:
    """Their own word, as a sentence; empty where they said nothing."""
    return f"The service says “{remote.raw}”." if remote.raw else ""


def person(news: PersonNews | None, now: datetime) -> tuple[str, str, str]:
    """What the service says of somebody: in a word, its ink, and the rest."""
    if news is None:
        return "No news yet", "muted", ""
    word, ink = PERSON[news.status]
    when = {PersonStatus.VIEWED: news.viewed_at, PersonStatus.SIGNED: news.signed_at}.get(news.status, news.declined_at)
    parts = (
        short_date(when, now) if when else "",
        f"“{news.raw}”" if news.raw else "",
        news.reason,
    )
    return word, ink, " · ".join(part for part in parts if part)


def file(one: RemoteFile) -> Look:
    return FILE.get(one.verdict, (one.verdict or "Kept", "muted", "file-text"))
