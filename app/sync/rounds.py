"""What flows have in common once an envelope is there: asking for news in rounds, and looking whether it is void."""

from collections.abc import Iterable
from typing import Final

from app.domain.remote import News, RemoteEvent, RemoteStatus
from app.sync.flow import Absent, Call, Done, Facts, GiveUp, Job, Learned, Lookup, Move, Rest, Unclear
from app.sync.request import Request

REMINDED: Final = "reminded"
DISCARDED: Final = "discarded"
"""The fact that the draft of a sending nobody wants any more is away."""
NOBODY_TOLD: Final = GiveUp("the service did not tell who this person is over there")


def polled(news: News) -> Learned:
    """One reading: its status ends the round or the following, and `state` tells whether anything is new."""
    state = " ".join((news.raw, *(f"{one.role}={one.raw}" for one in news.people)))
    return Learned({"polled": str(news.status), "raw": news.raw, "state": state}, news=news)


def wants_history(facts: Facts) -> bool:
    """It is asked for when something is new, and not each time."""
    return bool(facts.get("heard") != facts["state"])


def heard(facts: Facts, events: Iterable[RemoteEvent]) -> Learned:
    """The service's own history, beside the status that was read just before."""
    news = News(RemoteStatus(facts["polled"]), facts["raw"], events=tuple(events))
    return Learned({"heard": facts["state"]}, news=news)


def over(facts: Facts) -> Done | Rest:
    """After a round: nothing more is expected, or another round will come."""
    return Done() if RemoteStatus(facts["polled"]).over else Rest(forget=("polled",))


def reminder(job: Job, facts: Facts, name: str, request: Request | None) -> Move:
    """A letter by the service, None for somebody it has not told of. A lost answer stays unknown: nothing tells whether
    the letter went out."""
    if REMINDED in facts:
        return Done()
    if request is None:
        return NOBODY_TOLD
    return Call(name, request, lambda _: Learned({REMINDED: job.given["role"]}))


def link_told_once(job: Job, when: str) -> Move:
    """Where a service tells links in one answer and never again."""
    if f"link/{job.given['role']}" in job.secrets:
        return Done()
    return GiveUp(f"the signing link was told once, when {when}, and that answer was lost")


def discarded(lookup: Lookup) -> Lookup:
    """Whether a draft is away, by the way it would be found again."""
    return Lookup(lookup.request, lambda answer: _without(lookup.read(answer)))


def _without(found: Learned | Absent | Unclear | Lookup) -> Learned | Absent | Unclear | Lookup:
    match found:
        case Lookup():
            return discarded(found)
        case Learned():
            return Absent()
        case Absent():
            return Learned({DISCARDED: True})
        case _:
            return found


def voided(news: News) -> Learned | Absent:
    """Whether what was asked for is so."""
    return Learned({"voided": True}, news=news) if news.status is RemoteStatus.VOIDED else Absent()
