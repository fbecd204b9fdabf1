"""VisiSign: one PDF, signers with fields on it, one request that is created and sent in a single call."""

import json
from collections.abc import Mapping
from functools import partial
from typing import Any, Final

from app.domain.audit import stamp
from app.domain.remote import News, PersonNews, PersonStatus, RemoteStatus
from app.sync import planning, rounds
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
from app.sync.outgoing import OPERATION_KEY, OutField, Outgoing, OutPerson
from app.sync.provider import Options
from app.sync.providers.visisign import VISISIGN as PROVIDER
from app.sync.reading import at, items, moment, must, text, values, wrapped
from app.sync.request import Answer, Json, Multipart, Request

KINDS: Final = {
    "signature": "signature",
    "initials": "initials",
    "date": "date",
    "date_signed": "date",
    "text": "text",
    "name": "text",
    "email": "text",
    "company": "text",
    "title": "text",
    "number": "text",
    "checkbox": "checkbox",
}
"""Ours to theirs [seed]. A date of theirs fills itself with the day of signing [public]."""

STATUS: Final = {
    "draft": RemoteStatus.DRAFT,
    "sent": RemoteStatus.SENT,
    "completed": RemoteStatus.COMPLETED,
    "cancelled": RemoteStatus.VOIDED,
    "expired": RemoteStatus.EXPIRED,
}
PERSON: Final = {
    "pending": PersonStatus.PENDING,
    "viewed": PersonStatus.VIEWED,
    "signed": PersonStatus.SIGNED,
    "declined": PersonStatus.DECLINED,
}
PAGES_LOOKED_AT: Final = 20
FILE_LIMIT: Final = 200 << 20


# -- the plan --------------------------------------------------------------------------------------------------------


def plan(outgoing: Outgoing, options: Options) -> Plan:
    del options
    problems = (
        *planning.documents(outgoing, most=1),
        *planning.people(outgoing, most=PROVIDER.limit("signers").most),
        *planning.fields(outgoing, KINDS),
    )
    lost = (
        *planning.left_behind(outgoing, PROVIDER),
        *planning.kinds_lost(outgoing, KINDS),
        *planning.as_text(outgoing),
        *(Remark("date_of_signing", planning.named(f)) for f in outgoing.fields if f.kind == "date"),
        *planning.prefilled(outgoing),
    )
    return Plan(Way.DOCUMENT, lost, problems)


# -- sending ---------------------------------------------------------------------------------------------------------


def send(job: Job, facts: Facts) -> Move:
    if "id" in facts:
        return Done()
    (document,) = job.outgoing.documents
    body = Multipart({"data": json.dumps(_data(job), ensure_ascii=False)}, {"file": job.file(document)})
    request = Request("POST", "/signature_requests", "send", body=body)
    return Call("create", request, partial(_created, job), _looked_up(job, 1))


def _data(job: Job) -> dict[str, Any]:
    outgoing, signers = job.outgoing, job.outgoing.signers
    index = {one.role: number for number, one in enumerate(signers)}
    data: dict[str, Any] = {
        "title": outgoing.title,
        "signers": [_signer(outgoing, one) for one in signers],
        "fields": [_field(one, index) for one in outgoing.fields if one.kind in KINDS],
        "signing_order": "one_at_a_time" if outgoing.sequential else "everyone",
        "test_mode": outgoing.test_mode or job.options.get("test_mode") == "yes",
        "metadata": outgoing.free_data,
    }
    if outgoing.message:
        data["message"] = outgoing.message
    if outgoing.expires_at:
        data["expires_at"] = stamp(outgoing.expires_at)
    return data


def _signer(outgoing: Outgoing, one: OutPerson) -> dict[str, Any]:
    told: dict[str, Any] = {"name": one.name, "email": one.email, "role": one.role}
    if one.phone:
        told["phone_number"] = one.phone
    return {**told, "order": one.order} if outgoing.sequential else told


def _field(one: OutField, index: Mapping[str, int]) -> dict[str, Any]:
    """[assumed] x and y count from the top-left corner, as ours do."""
    place = {"x": one.rect.x, "y": one.rect.y, "width": one.rect.width, "height": one.rect.height}
    told = {"type": KINDS[one.kind], "signer_index": index[one.role], "page": one.page, **place}
    more = {"label": one.label, "mapping_key": one.mapping_key}
    return {**told, **{key: value for key, value in more.items() if value}, "required": one.required}


def _created(job: Job, answer: Answer) -> Learned:
    """Links are told here and never again [seed by omission]."""
    found = wrapped(answer.data, "signature_request")
    links = {
        f"{name}/{role}": link
        for one in items(found, "signers")
        if (role := job.outgoing.role_of(text(one, "email")))
        for name, key in (("link", "signing_url"), ("embed", "embed_url"))
        if (link := text(one, key))
    }
    return Learned({"id": must(found, "id")}, links, _news(job, found))


def _looked_up(job: Job, page: int) -> Lookup:
    query = {"page": str(page), "per_page": "100"}
    request = Request("GET", "/signature_requests", "look for a lost answer", query=query)
    return Lookup(request, partial(_found, job, page))


def _found(job: Job, page: int, answer: Answer) -> Learned | Absent | Unclear | Lookup:
    """Ours is told by its metadata; one of the same title without any might be it."""
    unclear = False
    for one in items(answer.data, "signature_requests"):
        if text(one, "metadata", OPERATION_KEY) == job.outgoing.operation:
            return Learned({"id": must(one, "id"), "links_lost": True}, news=_news(job, one))
        unclear = unclear or (at(one, "metadata") is None and text(one, "title") == job.outgoing.title)
    if unclear:
        return Unclear()
    last = at(answer.data, "pagination", "total_pages")
    if not isinstance(last, int) or page >= last:
        return Absent()
    return _looked_up(job, page + 1) if page < PAGES_LOOKED_AT else Unclear()


# -- news ------------------------------------------------------------------------------------------------------------


def follow(job: Job, facts: Facts) -> Move:
    if "polled" not in facts:
        return Call("poll", _get(job, "follow"), partial(_polled, job))
    return rounds.over(facts)


def _polled(job: Job, answer: Answer) -> Learned:
    return rounds.polled(_news(job, wrapped(answer.data, "signature_request")))


def _get(job: Job, why: str) -> Request:
    return Request("GET", "/signature_requests/{id}", why, {"id": job.remote})


def _news(job: Job, found: Any) -> News:
    people = tuple(_person(job, one) for one in items(found, "signers") if job.outgoing.role_of(text(one, "email")))
    raw = text(found, "status")
    return News(_status(found, raw, people), raw, people, values(found, "form_data"))


def _status(found: Any, raw: str, people: tuple[PersonNews, ...]) -> RemoteStatus:
    """[seed] A decline is a flag and no status, so it is looked at first."""
    if at(found, "is_declined") is True:
        return RemoteStatus.DECLINED
    if raw != "sent":
        return STATUS.get(raw, RemoteStatus.UNKNOWN)
    if any(one.status is PersonStatus.SIGNED for one in people):
        return RemoteStatus.PARTIALLY_SIGNED
    return RemoteStatus.VIEWED if any(one.viewed_at for one in people) else RemoteStatus.SENT


def _person(job: Job, one: Any) -> PersonNews:
    role, raw = job.outgoing.role_of(text(one, "email")), text(one, "status")
    viewed, signed = moment(one, "viewed_at"), moment(one, "signed_at")
    status = PERSON.get(raw, PersonStatus.UNKNOWN)
    if status is PersonStatus.PENDING and viewed:
        status = PersonStatus.VIEWED
    return PersonNews(role, status, raw, viewed, signed)


# -- the rest --------------------------------------------------------------------------------------------------------


def remind(job: Job, facts: Facts) -> Move:
    body = Json({"email_address": job.outgoing.person(job.given["role"]).email})
    request = Request("POST", "/signature_requests/{id}/remind", "remind", {"id": job.remote}, body=body)
    return rounds.reminder(job, facts, "remind", request)


def void(job: Job, facts: Facts) -> Move:
    if "voided" in facts:
        return Done()
    request = Request("POST", "/signature_requests/{id}/cancel", "void", {"id": job.remote})
    return Call("cancel", request, partial(_voided, job), Lookup(_get(job, "void"), partial(_is_void, job)), True)


def _voided(job: Job, answer: Answer) -> Learned:
    return Learned({"voided": True}, news=_news(job, wrapped(answer.data, "signature_request")))


def _is_void(job: Job, answer: Answer) -> Learned | Absent:
    return rounds.voided(_news(job, wrapped(answer.data, "signature_request")))


def link(job: Job, facts: Facts) -> Move:
    del facts
    return rounds.link_told_once(job, "the request was made")


def download(job: Job, facts: Facts) -> Move:
    if "file" in facts:
        return Done()
    request = Request("GET", "/signature_requests/{id}/files", "download", {"id": job.remote})
    title = job.outgoing.documents[0].title
    return Fetch("file", request, title, FILE_LIMIT, lambda got: Learned({"file": got.sha256}), document=1)


VISISIGN = Flow(
    "visisign",
    plan,
    {
        Kind.SEND: send,
        Kind.FOLLOW: follow,
        Kind.REMIND: remind,
        Kind.LINK: link,
        Kind.VOID: void,
        Kind.DOWNLOAD: download,
    },
)
