"""Handing an envelope to a remote service, and what comes back: news, files, contradictions. Ours and theirs are both
kept, and a reading that comes late or twice changes nothing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from app.domain import errors
from app.domain.audit import Moment, stamp
from app.domain.envelope import Envelope, EnvelopeStatus
from app.domain.fields.base import Value
from app.domain.fields.registry import accept
from app.domain.ids import FieldId
from app.domain.recipient import Recipient, RecipientStatus
from app.domain.remote import News, PersonNews, PersonStatus, Remote, RemoteEvent, RemoteFile, RemoteStatus
from app.domain.routing import advanced, pending
from app.domain.steps import SENDER, SYSTEM, Step, step

PEOPLE: Final = {
    PersonStatus.UNKNOWN: 0,
    PersonStatus.WAITING_TURN: 1,
    PersonStatus.PENDING: 2,
    PersonStatus.FAILED: 2,
    PersonStatus.VIEWED: 3,
    PersonStatus.SIGNED: 4,
    PersonStatus.DECLINED: 4,
    PersonStatus.REPLACED: 4,
}
"""How far somebody is; nobody goes back."""
WHOLE: Final = {
    RemoteStatus.DRAFT: 1,
    RemoteStatus.PREPARING: 1,
    RemoteStatus.SENT: 2,
    RemoteStatus.VIEWED: 3,
    RemoteStatus.PARTIALLY_SIGNED: 4,
}
TOLD: Final = (
    PersonStatus.VIEWED,
    PersonStatus.SIGNED,
    PersonStatus.DECLINED,
    PersonStatus.FAILED,
    PersonStatus.REPLACED,
)
ENDS: Final = {
    RemoteStatus.DECLINED: EnvelopeStatus.DECLINED,
    RemoteStatus.VOIDED: EnvelopeStatus.VOIDED,
    RemoteStatus.EXPIRED: EnvelopeStatus.EXPIRED,
}
AGREE: Final = {
    EnvelopeStatus.COMPLETED: {RemoteStatus.COMPLETED},
    EnvelopeStatus.DECLINED: {RemoteStatus.DECLINED, RemoteStatus.VOIDED, RemoteStatus.EXPIRED},
    EnvelopeStatus.VOIDED: {RemoteStatus.VOIDED, RemoteStatus.DECLINED, RemoteStatus.EXPIRED},
    EnvelopeStatus.EXPIRED: {RemoteStatus.EXPIRED, RemoteStatus.VOIDED, RemoteStatus.DECLINED},
}
"""Which ends over there go with which end here."""
MOST_EVENTS: Final = 1000


def for_there(envelope: Envelope) -> tuple[Recipient, ...]:
    """Who would act at a service: those who chose to act elsewhere, else everybody who still has to act."""
    left = pending(envelope)
    return tuple(one for one in left if one.remote) or left


def hand_over(envelope: Envelope, remote: Remote, documents: Mapping[str, str], moment: Moment) -> Step:
    """`documents`: fingerprints of what goes up, by title. From now on `remote.roles` act there and not here."""
    envelope.require("hand over", EnvelopeStatus.OUT, EnvelopeStatus.COMPLETED)
    if envelope.remote is not None:
        raise errors.AlreadyHandedOver(account=envelope.remote.account)
    people = tuple(replace(one, remote=one.role in remote.roles) for one in envelope.recipients)
    after = replace(envelope, remote=remote, recipients=people, updated_at=moment.wall)
    going = [{"title": title, "sha256": sha256} for title, sha256 in documents.items()]
    facts = {"account": remote.account, "provider": remote.provider, "operation": remote.operation}
    return step(after, "handed_over", SENDER, moment, **facts, recipients=list(remote.roles), documents=going)


def take_back(envelope: Envelope, moment: Moment) -> Step:
    """It did not get there, or is to be handed over anew: everybody acts here again."""
    remote = theirs(envelope)
    people = tuple(replace(one, remote=False) if one.role in remote.roles else one for one in envelope.recipients)
    after = replace(envelope, remote=None, recipients=people, updated_at=moment.wall)
    return step(after, "taken_back", SENDER, moment, account=remote.account)


def arrive(envelope: Envelope, remote_id: str, moment: Moment) -> Step:
    """The service has it, under this id."""
    remote = theirs(envelope)
    after = replace(envelope, remote=replace(remote, id=remote_id), updated_at=moment.wall)
    return step(after, "uploaded", SYSTEM, moment, account=remote.account, remote=remote_id)


def take_file(envelope: Envelope, file: RemoteFile, size: int, moment: Moment) -> Step:
    """A file that came back, whatever its verdict, beside ours."""
    remote = theirs(envelope)
    after = replace(envelope, remote=replace(remote, files=(*remote.files, file)), updated_at=moment.wall)
    facts = {"document": file.title, "sha256": file.sha256, "size": size, "verdict": file.verdict}
    return step(after, "remote_file", SYSTEM, moment, account=remote.account, **facts)


def asked(envelope: Envelope, doing: str, role: str, moment: Moment) -> Step:
    """What a person wanted from the service was done there."""
    remote = theirs(envelope)
    return step(envelope, "remote_asked", SYSTEM, moment, account=remote.account, doing=doing, role=role)


def side_with(envelope: Envelope, kept: str, moment: Moment) -> Step:
    """A person's word on a contradiction: `kept` is `local` or `remote`. With `remote`, this end follows theirs."""
    remote = theirs(envelope)
    settled = replace(envelope, remote=replace(remote, conflict=""), updated_at=moment.wall)
    if kept == "remote":
        settled = _applied(replace(settled, status=EnvelopeStatus.OUT, end_reason=""), moment)
    return step(settled, "remote_settled", SENDER, moment, account=remote.account, kept=kept)


def is_whole(envelope: Envelope, good: frozenset[str]) -> bool:
    """Everybody has acted, the service says so too, and what was signed came back with a good verdict: each document,
    or one file for the whole.
    """
    remote = envelope.remote
    if remote is None or remote.status is not RemoteStatus.COMPLETED or pending(envelope):
        return False
    came = [remote.file_of(document.id) for document in envelope.documents]
    files = [one for one in came if one is not None]
    whole = remote.file_of(None)
    files += [whole] if whole is not None else []
    enough = None not in came or whole is not None
    return envelope.status is EnvelopeStatus.OUT and enough and all(one.verdict in good for one in files)


def theirs(envelope: Envelope) -> Remote:
    """Raises `NotHandedOver`."""
    if envelope.remote is None:
        raise errors.NotHandedOver(envelope=envelope.id)
    return envelope.remote


# -- news ------------------------------------------------------------------------------------------------------------


def learn(envelope: Envelope, news: News, moment: Moment) -> Step | None:
    """What is new in a reading; None when nothing is."""
    before = theirs(envelope)
    after = _merged(before, news)
    if after == before:
        return None
    applied = _applied(replace(envelope, remote=after, updated_at=moment.wall), moment)
    done = Step(applied, ())
    for kind, facts in _told(before, after):
        done = done.then(step(done.envelope, kind, SYSTEM, moment, account=after.account, **facts))
    conflict = _conflict(envelope, after)
    if conflict and conflict != before.conflict:
        marked = replace(done.envelope, remote=replace(after, conflict=conflict))
        sides = {"here": str(envelope.status), "there": str(after.status)}
        done = done.then(step(marked, "remote_conflict", SYSTEM, moment, account=after.account, **sides))
    return done if done.entries else None


def _merged(before: Remote, news: News) -> Remote:
    """Forwards only: polls may overtake each other."""
    known = {one.role: one for one in before.people}
    for one in news.people:
        if one.role in before.roles:
            known[one.role] = _further(known.get(one.role), one)
    status, raw = (news.status, news.raw) if _goes_on(before.status, news.status) else (before.status, before.raw)
    seen = {one.id for one in before.events}
    events = (*before.events, *(one for one in news.events if one.id not in seen))
    return replace(
        before,
        status=status,
        raw=raw,
        people=tuple(known.values()),
        values={**before.values, **news.values},
        events=events[:MOST_EVENTS],
    )


def _goes_on(before: RemoteStatus, now: RemoteStatus) -> bool:
    """An end is the last word, and of two ends the newer; a word nobody knows may stand anywhere before. What was gone
    and is there again was not gone.
    """
    if before is RemoteStatus.GONE:
        return True
    if now.over or before.over:
        return now.over
    return RemoteStatus.UNKNOWN in (before, now) or WHOLE[now] >= WHOLE[before]


def _further(before: PersonNews | None, now: PersonNews) -> PersonNews:
    if before is None or PEOPLE[now.status] > PEOPLE[before.status]:
        ahead, behind = now, before or now
    else:
        ahead, behind = before, now
    return replace(
        ahead,
        viewed_at=ahead.viewed_at or behind.viewed_at,
        signed_at=ahead.signed_at or behind.signed_at,
        declined_at=ahead.declined_at or behind.declined_at,
        reason=ahead.reason or behind.reason,
    )


def _told(before: Remote, after: Remote) -> Iterator[tuple[str, dict[str, Any]]]:
    known = {one.role: one for one in before.people}
    for one in after.people:
        yield from _told_of(known.get(one.role), one)
    seen = {one.id for one in before.events}
    for event in after.events:
        if event.id not in seen:
            yield "remote_event", _event_facts(event)
    if after.status is not before.status or after.raw != before.raw:
        yield "remote_status", {"status": str(after.status), "said": after.raw}


def _told_of(before: PersonNews | None, one: PersonNews) -> Iterator[tuple[str, dict[str, Any]]]:
    was = before.status if before else PersonStatus.UNKNOWN
    had_viewed = before is not None and (before.viewed_at is not None or was is PersonStatus.VIEWED)
    if one.viewed_at and not had_viewed and one.status is not PersonStatus.VIEWED:
        yield "remote_viewed", {"role": one.role, "said": one.raw, "at": stamp(one.viewed_at)}
    if one.status is not was and one.status in TOLD:
        at = {PersonStatus.VIEWED: one.viewed_at, PersonStatus.SIGNED: one.signed_at}.get(one.status, one.declined_at)
        facts = {"role": one.role, "said": one.raw, "at": stamp(at) if at else ""}
        yield f"remote_{one.status}", {**facts, "reason": one.reason} if one.reason else facts


def _event_facts(event: RemoteEvent) -> dict[str, Any]:
    at = stamp(event.at) if event.at else ""
    return {"id": event.id, "happened": event.kind, "said": event.raw, "role": event.role, "at": at}


def _conflict(envelope: Envelope, after: Remote) -> str:
    """Only an end here can contradict one there."""
    agree = AGREE.get(envelope.status)
    if agree is None or not after.status.over or after.status in agree:
        return ""
    if after.status in (RemoteStatus.FAILED, RemoteStatus.GONE):
        return ""
    return f"{envelope.status}/{after.status}"


# -- what it means here ----------------------------------------------------------------------------------------------


def _applied(envelope: Envelope, moment: Moment) -> Envelope:
    """An envelope that is over here stays as it is."""
    remote = theirs(envelope)
    if envelope.status is not EnvelopeStatus.OUT:
        return envelope
    known = {one.role: one for one in remote.people}
    whole = remote.status is RemoteStatus.COMPLETED
    people = tuple(
        _recipient(one, known.get(one.role), moment, whole=whole) if one.role in remote.roles else one
        for one in envelope.recipients
    )
    after = replace(envelope, recipients=people, values={**envelope.values, **_values(envelope, remote)})
    if remote.status in ENDS:
        reason = next((one.decline_reason for one in people if one.decline_reason), "") or remote.raw
        return replace(after, status=ENDS[remote.status], end_reason=reason)
    return advanced(after)


def _recipient(one: Recipient, news: PersonNews | None, moment: Moment, *, whole: bool) -> Recipient:
    if one.status.over:
        return one
    status = news.status if news else PersonStatus.UNKNOWN
    viewed = one.viewed_at or (news.viewed_at if news else None)
    if status is PersonStatus.DECLINED:
        return replace(
            one, status=RecipientStatus.DECLINED, viewed_at=viewed, decline_reason=news.reason if news else ""
        )
    if status is PersonStatus.SIGNED or whole:
        at = (news.signed_at if news else None) or moment.wall
        return replace(one, status=RecipientStatus.COMPLETED, viewed_at=viewed, completed_at=at)
    if status is PersonStatus.VIEWED:
        return replace(one, status=RecipientStatus.VIEWED, viewed_at=viewed or moment.wall)
    return one


def _values(envelope: Envelope, remote: Remote) -> dict[FieldId, Value]:
    """Answers that fit our fields; the others stay with the service's claims."""
    found: dict[FieldId, Value] = {}
    for field in envelope.fields:
        if field.recipient in remote.roles and field.mapping_key and field.mapping_key in remote.values:
            try:
                found[field.id] = accept(
                    replace(field, required=False, read_only=False), remote.values[field.mapping_key]
                )
            except errors.RuleError:
                continue
    return found
