"""Documenso: an envelope with its files, people and fields in one request; a second one sends it out."""

import json
from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from math import ceil
from typing import Any, Final

from app.domain.recipient import Action
from app.domain.remote import News, PersonNews, PersonStatus, RemoteEvent, RemoteStatus
from app.sync import planning, rounds
from app.sync.download import Download
from app.sync.flow import (
    Absent,
    Call,
    Done,
    Facts,
    Fetch,
    Flow,
    Job,
    Kind,
    Learned,
    Lookup,
    Move,
    Plan,
    Remark,
    Unclear,
    Way,
)
from app.sync.outgoing import OutField, Outgoing, OutPerson
from app.sync.provider import Options
from app.sync.providers.documenso import DOCUMENSO as PROVIDER
from app.sync.reading import at, items, moment, must, text
from app.sync.request import Answer, File, Json, Multipart, Request

KINDS: Final = {
    "signature": "signature",
    "initials": "initials",
    "date": "date",
    "date_signed": "date",
    "text": "text",
    "company": "text",
    "title": "text",
    "name": "name",
    "email": "email",
    "number": "number",
    "checkbox": "checkbox",
    "radio": "radio",
    "dropdown": "dropdown",
}
"""Ours to the `type` of their `fieldMeta`; the field's own type is the same in capitals [published]."""
ROLES: Final = {Action.SIGN: "SIGNER", Action.APPROVE: "APPROVER", Action.VIEW: "VIEWER"}
STATUS: Final = {
    "DRAFT": RemoteStatus.DRAFT,
    "PENDING": RemoteStatus.SENT,
    "COMPLETED": RemoteStatus.COMPLETED,
    "REJECTED": RemoteStatus.DECLINED,
    "CANCELLED": RemoteStatus.VOIDED,
}
EVENTS: Final = {
    "DOCUMENT_CREATED": "created",
    "DOCUMENT_SENT": "sent",
    "EMAIL_SENT": "sent",
    "DOCUMENT_OPENED": "viewed",
    "DOCUMENT_VIEWED": "viewed",
    "DOCUMENT_RECIPIENT_COMPLETED": "signed",
    "DOCUMENT_RECIPIENT_REJECTED": "declined",
    "DOCUMENT_COMPLETED": "completed",
    "DOCUMENT_CANCELLED": "voided",
    "DOCUMENT_RECIPIENT_EXPIRED": "expired",
}
DOCUMENTS: Final = 20
PAGES_LOOKED_AT: Final = 20
FILE_LIMIT: Final = 200 << 20
ENVELOPE: Final = "/envelope/{id}"


# -- the plan --------------------------------------------------------------------------------------------------------


def plan(outgoing: Outgoing, options: Options) -> Plan:
    del options
    problems = (
        *planning.documents(outgoing, most=DOCUMENTS, bytes_each=PROVIDER.limit("document_bytes").most),
        *planning.people(outgoing),
        *planning.fields(outgoing, KINDS),
        *_lengths(outgoing),
    )
    lost = (
        *(one for one in planning.left_behind(outgoing, PROVIDER) if not _is_carried(outgoing, one)),
        *planning.kinds_lost(outgoing, KINDS),
        *planning.prefilled(outgoing),
        *((Remark("test_mode"),) if outgoing.test_mode else ()),
    )
    return Plan(Way.DOCUMENT, lost, problems)


def _lengths(outgoing: Outgoing) -> tuple[Remark, ...]:
    most = PROVIDER.limit("message").most
    too_long = len(outgoing.message) > most
    return (Remark("message_too_long", facts={"most": int(most)}),) if too_long else ()


def _is_carried(outgoing: Outgoing, remark: Remark) -> bool:
    return remark.code == "action" and outgoing.person(remark.subject).action in ROLES


# -- sending ---------------------------------------------------------------------------------------------------------


def send(job: Job, facts: Facts) -> Move:
    if "id" in facts:
        return Done()
    if "draft" not in facts:
        files: tuple[File, ...] = tuple(job.file(one) for one in job.outgoing.documents)
        body = Multipart({"payload": json.dumps(_data(job), ensure_ascii=False)}, {"files": files})
        request = Request("POST", "/envelope/create", "send", body=body)
        return Call("create", request, lambda answer: Learned({"draft": must(answer.data, "id")}), _looked_up(job, 1))
    request = Request("POST", "/envelope/distribute", "send", body=Json({"envelopeId": facts["draft"]}))
    look = Lookup(Request("GET", ENVELOPE, "look for a lost answer", {"id": facts["draft"]}), partial(_is_out, job))
    return Call("distribute", request, partial(_distributed, job), look, reconcile=True)


def _data(job: Job) -> dict[str, Any]:
    outgoing = job.outgoing
    meta: dict[str, Any] = {
        "subject": outgoing.title[:254],
        "signingOrder": "SEQUENTIAL" if outgoing.sequential else "PARALLEL",
        "distributionMethod": "EMAIL",
    }
    if outgoing.message:
        meta["message"] = outgoing.message
    if outgoing.expires_at:
        days = max(ceil((outgoing.expires_at - job.now) / timedelta(days=1)), 1)
        meta["envelopeExpirationPeriod"] = {"unit": "day", "amount": days}
    return {
        "title": outgoing.title[: int(PROVIDER.limit("title").most)],
        "type": "DOCUMENT",
        "externalId": outgoing.operation,
        "recipients": [_recipient(outgoing, one) for one in outgoing.signers],
        "meta": meta,
    }


def _recipient(outgoing: Outgoing, one: OutPerson) -> dict[str, Any]:
    fields = [_field(outgoing, f) for f in outgoing.fields if f.role == one.role and f.kind in KINDS]
    told = {"email": one.email, "name": one.name, "role": ROLES.get(one.action, "SIGNER"), "fields": fields}
    return {**told, "signingOrder": one.order} if outgoing.sequential else told


def _field(outgoing: Outgoing, one: OutField) -> dict[str, Any]:
    """[published] Hundredths of the page's width and height, from its top-left corner; `identifier` is which file."""
    page = outgoing.documents[one.document - 1].pages[one.page - 1]
    kind = KINDS[one.kind]
    meta: dict[str, Any] = {"type": kind, "required": one.required}
    if one.label and kind not in ("checkbox", "radio"):
        meta["label"] = one.label
    if kind in ("radio", "checkbox"):
        values = one.options or (one.label,)
        meta["values"] = [{"id": n, "checked": False, "value": value} for n, value in enumerate(values, start=1)]
    if kind == "dropdown":
        meta["values"] = [{"value": value} for value in one.options]
    return {
        "type": kind.upper(),
        "fieldMeta": meta,
        "identifier": one.document - 1,
        "page": one.page,
        "positionX": 100 * one.rect.x / page.width,
        "positionY": 100 * one.rect.y / page.height,
        "width": 100 * one.rect.width / page.width,
        "height": 100 * one.rect.height / page.height,
    }


def _looked_up(job: Job, page: int) -> Lookup:
    """[published] externalId is ours; what their search looks at is not said, so the newest are read through."""
    query = {"type": "DOCUMENT", "page": str(page), "perPage": "100"}
    query |= {"orderByColumn": "createdAt", "orderByDirection": "desc"}
    return Lookup(Request("GET", "/envelope", "look for a lost answer", query=query), partial(_found, job, page))


def _found(job: Job, page: int, answer: Answer) -> Learned | Absent | Unclear | Lookup:
    for one in items(answer.data, "data"):
        if text(one, "externalId") == job.outgoing.operation:
            return Learned({"draft": must(one, "id")})
    last = at(answer.data, "totalPages")
    if not isinstance(last, int) or page >= last:
        return Absent()
    return _looked_up(job, page + 1) if page < PAGES_LOOKED_AT else Unclear()


def _distributed(job: Job, answer: Answer) -> Learned:
    links = {
        f"link/{role}": link
        for one in items(answer.data, "recipients")
        if (role := job.outgoing.role_of(text(one, "email"))) and (link := text(one, "signingUrl"))
    }
    news = News(RemoteStatus.SENT, "PENDING")
    return Learned({"id": must(answer.data, "id"), "people": _people(job, answer.data)}, links, news)


def _people(job: Job, found: Any) -> dict[str, int]:
    told = ((job.outgoing.role_of(text(one, "email")), at(one, "id")) for one in items(found, "recipients"))
    return {role: number for role, number in told if role and isinstance(number, int)}


def _is_out(job: Job, answer: Answer) -> Learned | Absent:
    if text(answer.data, "status") == "DRAFT":
        return Absent()
    return Learned({"id": must(answer.data, "id"), "people": _people(job, answer.data)}, news=_news(job, answer.data))


def discard(job: Job, facts: Facts) -> Move:
    """[published] Nobody has seen a draft, and it cannot be cancelled: it is deleted."""
    if "draft" not in facts or rounds.DISCARDED in facts:
        return Done()
    request = Request("POST", "/envelope/delete", "void", body=Json({"envelopeId": facts["draft"]}))
    gone = rounds.discarded(_looked_up(job, 1))
    return Call("discard", request, lambda _: Learned({rounds.DISCARDED: True}), gone, reconcile=True)


# -- news ------------------------------------------------------------------------------------------------------------


def follow(job: Job, facts: Facts) -> Move:
    if "polled" not in facts:
        return Call("poll", Request("GET", ENVELOPE, "follow", {"id": job.remote}), partial(_polled, job))
    if rounds.wants_history(facts):
        query = {"perPage": "100", "orderByColumn": "createdAt", "orderByDirection": "desc"}
        request = Request("GET", f"{ENVELOPE}/audit-log", "follow", {"id": job.remote}, query=query)
        return Call("audit", request, partial(_heard, job, facts))
    return rounds.over(facts)


def _polled(job: Job, answer: Answer) -> Learned:
    return rounds.polled(_news(job, answer.data))


def _heard(job: Job, facts: Facts, answer: Answer) -> Learned:
    return rounds.heard(facts, (_event(job, one) for one in reversed(list(items(answer.data, "data")))))


def _event(job: Job, one: Mapping[str, Any]) -> RemoteEvent:
    raw = text(one, "type")
    told = {"ip_address": text(one, "ipAddress"), "user_agent": text(one, "userAgent")}
    details = {key: value for key, value in told.items() if value}
    role = job.outgoing.role_of(text(one, "email"))
    return RemoteEvent(must(one, "id"), EVENTS.get(raw, ""), raw, moment(one, "createdAt"), role, details)


def _news(job: Job, found: Any) -> News:
    raw = text(found, "status")
    told = [(job.outgoing.role_of(text(one, "email")), one) for one in items(found, "recipients")]
    people = tuple(_person(role, one, raw) for role, one in told if role)
    return News(_status(raw, people, found), raw, people)


def _status(raw: str, people: tuple[PersonNews, ...], found: Any) -> RemoteStatus:
    """An envelope in which somebody's time ran out can be completed no more."""
    status = STATUS.get(raw, RemoteStatus.UNKNOWN)
    if status is not RemoteStatus.SENT:
        return status
    if any(text(one, "expired") and text(one, "signingStatus") == "NOT_SIGNED" for one in items(found, "recipients")):
        return RemoteStatus.EXPIRED
    now = {one.status for one in people}
    if PersonStatus.SIGNED in now:
        return RemoteStatus.PARTIALLY_SIGNED
    return RemoteStatus.VIEWED if PersonStatus.VIEWED in now else RemoteStatus.SENT


def _person(role: str, one: Mapping[str, Any], envelope: str) -> PersonNews:
    signing, reading = text(one, "signingStatus"), text(one, "readStatus")
    raw = f"{signing} {reading}".strip()
    when = moment(one, "signedAt")
    match signing, reading:
        case "SIGNED", _:
            return PersonNews(role, PersonStatus.SIGNED, raw, signed_at=when)
        case "REJECTED", _:
            reason = text(one, "rejectionReason")
            return PersonNews(role, PersonStatus.DECLINED, raw, declined_at=when, reason=reason)
        case "NOT_SIGNED", "OPENED":
            return PersonNews(role, PersonStatus.VIEWED, raw)
        case "NOT_SIGNED", _:
            waits = envelope == "PENDING" and text(one, "sendStatus") == "NOT_SENT"
            return PersonNews(role, PersonStatus.WAITING_TURN if waits else PersonStatus.PENDING, raw)
        case _:
            return PersonNews(role, PersonStatus.UNKNOWN, raw)


# -- the rest --------------------------------------------------------------------------------------------------------


def remind(job: Job, facts: Facts) -> Move:
    their = at(job.known, "people", job.given["role"])
    body = Json({"envelopeId": job.remote, "recipients": [their]})
    request = Request("POST", "/envelope/redistribute", "remind", body=body)
    return rounds.reminder(job, facts, "remind", request if isinstance(their, int) else None)


def link(job: Job, facts: Facts) -> Move:
    del facts
    return rounds.link_told_once(job, "the envelope was sent out")


def void(job: Job, facts: Facts) -> Move:
    if "voided" in facts:
        return Done()
    reason = job.given.get("reason", "")
    body = Json({"envelopeId": job.remote, **({"reason": reason} if reason else {})})
    request = Request("POST", "/envelope/cancel", "void", body=body)
    look = Lookup(Request("GET", ENVELOPE, "void", {"id": job.remote}), partial(_is_void, job))
    return Call("cancel", request, _voided, look, reconcile=True)


def _voided(answer: Answer) -> Learned:
    del answer
    return Learned({"voided": True}, news=News(RemoteStatus.VOIDED, "CANCELLED"))


def _is_void(job: Job, answer: Answer) -> Learned | Absent:
    return rounds.voided(_news(job, answer.data))


def download(job: Job, facts: Facts) -> Move:
    """Each file as it was signed, then their certificate."""
    if "items" not in facts:
        return Call("items", Request("GET", ENVELOPE, "download", {"id": job.remote}), _items)
    told, ours = facts["items"], job.outgoing.documents
    for number, item in enumerate(told, start=1):
        if f"file {number}" not in facts:
            path = "/envelope/item/{item}/download"
            request = Request("GET", path, "download", {"item": item}, query={"version": "signed"})
            paired = len(told) == len(ours)
            title = ours[number - 1].title if paired else f"{job.outgoing.title} {number}"
            taken = partial(_taken, f"file {number}")
            return Fetch(f"file {number}", request, title, FILE_LIMIT, taken, document=number if paired else None)
    if "certificate" not in facts:
        request = Request("GET", f"{ENVELOPE}/certificate/download", "download", {"id": job.remote})
        return Fetch("certificate", request, "Certificate of the service", FILE_LIMIT, partial(_taken, "certificate"))
    return Done()


def _items(answer: Answer) -> Learned:
    told = sorted(items(answer.data, "envelopeItems"), key=lambda one: at(one, "order") or 0)
    return Learned({"items": [must(one, "id") for one in told]})


def _taken(name: str, got: Download) -> Learned:
    return Learned({name: got.sha256})


DOCUMENSO = Flow(
    "documenso",
    plan,
    {
        Kind.SEND: send,
        Kind.FOLLOW: follow,
        Kind.REMIND: remind,
        Kind.LINK: link,
        Kind.VOID: void,
        Kind.DOWNLOAD: download,
    },
    discard=discard,
)
