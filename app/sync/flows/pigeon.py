"""Pigeon: a PDF is uploaded, becomes a draft some seconds later, gets its fields, and is sent."""

import json
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Final

from app.domain.remote import News, PersonNews, PersonStatus, RemoteStatus
from app.sync import planning, rounds
from app.sync.flow import (
    Absent,
    Call,
    Done,
    Facts,
    Fetch,
    Flow,
    GiveUp,
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
from app.sync.providers.pigeon import PIGEON as PROVIDER
from app.sync.reading import at, items, moment, must, text
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
    "radio": "radio_buttons",
    "dropdown": "dropdown",
    "stamp": "stamp",
    "attachment": "collect_file",
}
"""Ours to theirs [public]."""

STATUS: Final = {
    "draft": RemoteStatus.DRAFT,
    "scheduled": RemoteStatus.DRAFT,
    "uploaded": RemoteStatus.PREPARING,
    "waiting_approval": RemoteStatus.PREPARING,
    "approved": RemoteStatus.PREPARING,
    "sent": RemoteStatus.SENT,
    "external_review": RemoteStatus.SENT,
    "viewed": RemoteStatus.VIEWED,
    "completed": RemoteStatus.COMPLETED,
    "waiting_pay": RemoteStatus.COMPLETED,
    "paid": RemoteStatus.COMPLETED,
    "declined": RemoteStatus.DECLINED,
    "rejected": RemoteStatus.DECLINED,
    "voided": RemoteStatus.VOIDED,
    "error": RemoteStatus.FAILED,
}
"""By their word without its `document.`."""
EARLY: Final = frozenset({RemoteStatus.DRAFT, RemoteStatus.PREPARING})
VOIDED: Final = 11
"""The number of that status where it is set by hand [public]."""
LIFETIME_S: Final = 3600
DOCUMENT: Final = "/documents/{id}"
FILE_LIMIT: Final = 200 << 20
CANDIDATES: Final = 20


# -- the plan --------------------------------------------------------------------------------------------------------


def plan(outgoing: Outgoing, options: Options) -> Plan:
    del options
    problems = (
        *planning.documents(outgoing, most=1, bytes_each=PROVIDER.limit("request_bytes").most),
        *planning.people(outgoing),
        *planning.fields(outgoing, KINDS),
    )
    lost = (
        *planning.left_behind(outgoing, PROVIDER),
        # No request of theirs sets it, though every document has one.
        *((Remark("expires_at"),) if outgoing.expires_at else ()),
        *planning.kinds_lost(outgoing, KINDS),
        *planning.as_text(outgoing),
        *planning.prefilled(outgoing),
        *((Remark("test_by_key"),) if outgoing.test_mode else ()),
    )
    return Plan(Way.DOCUMENT, lost, problems)


# -- sending ---------------------------------------------------------------------------------------------------------


def send(job: Job, facts: Facts) -> Move:
    """The id is told to the rest of the program when all is done: until then there is nothing to follow."""
    if "document" not in facts:
        return _create(job)
    if STATUS.get(facts.get("state", ""), RemoteStatus.PREPARING) is RemoteStatus.FAILED:
        return GiveUp("the service could not make a document of this PDF")
    if facts.get("state", "uploaded") == "uploaded":
        request = Request("GET", DOCUMENT, "send", {"id": facts["document"]})
        return Call("ready", request, _state, wait_s=3.0)
    if "people" not in facts:
        request = Request("GET", f"{DOCUMENT}/details", "send", {"id": facts["document"]})
        return Call("people", request, partial(_people, job))
    fields = [one for one in job.outgoing.fields if one.kind in KINDS]
    if "fields" not in facts and fields:
        return _place(facts, fields)
    if "id" not in facts:
        return _send(job, facts)
    return Done()


def _create(job: Job) -> Call:
    outgoing = job.outgoing
    data = {
        "name": outgoing.title,
        "recipients": [_recipient(outgoing, one) for one in outgoing.signers],
        "parse_form_fields": False,
        "metadata": outgoing.free_data,
    }
    (document,) = outgoing.documents
    body = Multipart({"data": json.dumps(data, ensure_ascii=False)}, {"file": job.file(document)})
    request = Request("POST", "/documents?upload", "send", body=body)
    return Call("create", request, _created, _looked_up(job))


def _looked_up(job: Job) -> Lookup:
    query = {f"metadata_{OPERATION_KEY}": job.outgoing.operation, "count": "100"}
    return Lookup(Request("GET", "/documents", "look for a lost answer", query=query), partial(_listed, job))


def _recipient(outgoing: Outgoing, one: OutPerson) -> dict[str, Any]:
    first, _, last = one.name.strip().rpartition(" ")
    told: dict[str, Any] = {"email": one.email, "first_name": first or last, "last_name": last if first else ""}
    told |= {"role": one.role, "phone": one.phone}
    if outgoing.sequential:
        told["signing_order"] = one.order
    return {key: value for key, value in told.items() if value}


def _created(answer: Answer) -> Learned:
    return Learned({"document": must(answer.data, "id"), "state": _word(answer.data)})


def _listed(job: Job, answer: Answer) -> Learned | Absent | Unclear | Lookup:
    """A filter they do not know they ignore, so each of our title is read and its metadata compared."""
    here = [must(one, "id") for one in items(answer.data, "results") if text(one, "name").endswith(job.outgoing.title)]
    return _candidate(job, here[:CANDIDATES], cut=len(here) > CANDIDATES)


def _candidate(job: Job, left: Sequence[str], *, cut: bool) -> Absent | Unclear | Lookup:
    if not left:
        return Unclear() if cut else Absent()
    request = Request("GET", f"{DOCUMENT}/details", "look for a lost answer", {"id": left[0]})
    return Lookup(request, partial(_is_ours, job, left[1:], cut))


def _is_ours(job: Job, left: Sequence[str], cut: bool, answer: Answer) -> Learned | Absent | Unclear | Lookup:
    if text(answer.data, "metadata", OPERATION_KEY) == job.outgoing.operation:
        return Learned({"document": must(answer.data, "id"), "state": _word(answer.data)})
    return _candidate(job, left, cut=cut)


def _state(answer: Answer) -> Learned:
    return Learned({"state": _word(answer.data)})


def _people(job: Job, answer: Answer) -> Learned:
    """Fields belong to people by the service's ids."""
    found = {
        role: must(one, "id")
        for one in items(answer.data, "recipients")
        if (role := job.outgoing.role_of(text(one, "email")))
    }
    for one in job.outgoing.signers:
        must(found, one.role)
    return Learned({"people": found})


def _place(facts: Facts, fields: Sequence[OutField]) -> Call:
    where = {"id": facts["document"]}
    body = Json({"fields": [_field(one, facts["people"][one.role]) for one in fields]})
    request = Request("POST", f"{DOCUMENT}/fields", "send", where, body=body)
    look = Lookup(Request("GET", f"{DOCUMENT}/fields", "send", where), partial(_placed_already, fields))
    return Call("fields", request, lambda _: Learned({"fields": True}), look)


def _field(one: OutField, person: str) -> dict[str, Any]:
    """[public] From the top-left corner, as ours; [assumed] in points and pages from 1."""
    settings: dict[str, Any] = {"required": one.required}
    if one.label:
        settings["placeholder"] = one.label
    if one.multiline:
        settings["multiline"] = True
    if one.options:
        settings["options"] = [{"text": each} for each in one.options]
    told: dict[str, Any] = {
        "type": KINDS[one.kind],
        "field_id": one.name,
        "assigned_to": person,
        "layout": {
            "page": one.page,
            "position": {"offset_x": one.rect.x, "offset_y": one.rect.y, "anchor_point": "topleft"},
            # [public] whole points, unlike the offsets.
            "style": {"width": max(round(one.rect.width), 1), "height": max(round(one.rect.height), 1)},
        },
        "settings": settings,
    }
    return {**told, "merge_field": one.mapping_key} if one.mapping_key else told


def _placed_already(fields: Sequence[OutField], answer: Answer) -> Learned | Absent | Unclear:
    """All in one request: all are there, or none is."""
    there = {text(one, "field_id") for one in items(answer.data, "fields")}
    ours = {one.name for one in fields}
    if ours <= there:
        return Learned({"fields": True})
    return Unclear() if ours & there else Absent()


def _send(job: Job, facts: Facts) -> Call:
    """What is no draft any more was sent."""
    where = {"id": facts["document"]}
    body: dict[str, Any] = {"subject": job.outgoing.title, "silent": False}
    if job.outgoing.message:
        body["message"] = job.outgoing.message
    request = Request("POST", f"{DOCUMENT}/send", "send", where, body=Json(body))
    look = Lookup(Request("GET", f"{DOCUMENT}/details", "send", where), partial(_sent_already, job))
    return Call("send", request, partial(_sent, job), look, reconcile=True)


def _sent(job: Job, answer: Answer) -> Learned:
    """Its answer tells people's links too: those are read when somebody asks for one."""
    return Learned({"id": must(answer.data, "id"), "people_there": True}, news=_news(job, answer.data))


def _sent_already(job: Job, answer: Answer) -> Learned | Absent:
    return Absent() if STATUS.get(_word(answer.data)) is RemoteStatus.DRAFT else _sent(job, answer)


def discard(job: Job, facts: Facts) -> Move:
    """[public] A draft cannot be voided, and nobody has seen it: it is deleted."""
    if "document" not in facts or rounds.DISCARDED in facts:
        return Done()
    request = Request("DELETE", DOCUMENT, "void", {"id": facts["document"]})
    gone = rounds.discarded(_looked_up(job))
    return Call("discard", request, lambda _: Learned({rounds.DISCARDED: True}), gone, reconcile=True)


# -- news ------------------------------------------------------------------------------------------------------------


def follow(job: Job, facts: Facts) -> Move:
    if "polled" not in facts:
        request = Request("GET", f"{DOCUMENT}/details", "follow", {"id": job.remote})
        return Call("poll", request, partial(_polled, job))
    return rounds.over(facts)


def _polled(job: Job, answer: Answer) -> Learned:
    return rounds.polled(_news(job, answer.data))


def _word(found: Any) -> str:
    return text(found, "status").removeprefix("document.")


def _news(job: Job, found: Any) -> News:
    raw = text(found, "status")
    people = tuple(
        _person(role, one)
        for one in items(found, "recipients")
        if (role := job.outgoing.role_of(text(one, "email"))) and at(one, "has_completed") is not None
    )
    return News(_status(job, found, people), raw, people, _values(found))


def _status(job: Job, found: Any, people: Sequence[PersonNews]) -> RemoteStatus:
    """Their `voided` is both: by hand, and by time."""
    status = STATUS.get(_word(found), RemoteStatus.UNKNOWN)
    if status is RemoteStatus.VOIDED:
        ends = moment(found, "expiration_date")
        return RemoteStatus.EXPIRED if ends and ends <= job.now else status
    signed = any(one.status is PersonStatus.SIGNED for one in people)
    begun = status in (RemoteStatus.SENT, RemoteStatus.VIEWED)
    return RemoteStatus.PARTIALLY_SIGNED if begun and signed else status


def _person(role: str, one: Mapping[str, Any]) -> PersonNews:
    done = at(one, "has_completed") is True
    return PersonNews(role, PersonStatus.SIGNED if done else PersonStatus.PENDING, "completed" if done else "")


def _values(found: Any) -> dict[str, str | bool]:
    """By the name it was merged under, which is our mapping key."""
    told = ((text(one, "merge_field"), at(one, "value")) for one in items(found, "fields"))
    return {key: value for key, value in told if key and isinstance(value, str | bool)}


# -- the rest --------------------------------------------------------------------------------------------------------


def link(job: Job, facts: Facts) -> Move:
    """[seed] A session for one person, for an hour. [assumed] It ends none before, so one too many does no harm."""
    if "linked" in facts:
        return Done()
    body = Json({"recipient": job.outgoing.person(job.given["role"]).email, "lifetime": LIFETIME_S})
    request = Request("POST", f"{DOCUMENT}/session", "link", {"id": job.remote}, body=body, repeatable=True)
    return Call("session", request, partial(_session, job))


def _session(job: Job, answer: Answer) -> Learned:
    """[seed] The id has its place in an address, whose form is a setting of the account."""
    address = job.options["share_url"].replace("{id}", must(answer.data, "id"))
    return Learned({"linked": True}, {f"link/{job.given['role']}": address})


def void(job: Job, facts: Facts) -> Move:
    if "voided" in facts:
        return Done()
    body: dict[str, Any] = {"status": VOIDED, "notify_recipients": True}
    if job.given.get("reason"):
        body["note"] = job.given["reason"]
    request = Request("PATCH", f"{DOCUMENT}/status", "void", {"id": job.remote}, body=Json(body))
    look = Request("GET", DOCUMENT, "void", {"id": job.remote})
    return Call("void", request, _voided, Lookup(look, _is_void), reconcile=True)


def _voided(answer: Answer) -> Learned:
    del answer
    return Learned({"voided": True}, news=News(RemoteStatus.VOIDED, "document.voided"))


def _is_void(answer: Answer) -> Learned | Absent:
    return _voided(answer) if _word(answer.data) == "voided" else Absent()


def download(job: Job, facts: Facts) -> Move:
    """The sealed one; a sandbox key may not have it and gets the plain one."""
    if "file" in facts:
        return Done()
    path = f"{DOCUMENT}/download" if job.options.get("sandbox") == "yes" else f"{DOCUMENT}/download-protected"
    request = Request("GET", path, "download", {"id": job.remote})
    title = job.outgoing.documents[0].title
    return Fetch("file", request, title, FILE_LIMIT, lambda got: Learned({"file": got.sha256}), document=1)


PIGEON = Flow(
    "pigeon",
    plan,
    {Kind.SEND: send, Kind.FOLLOW: follow, Kind.LINK: link, Kind.VOID: void, Kind.DOWNLOAD: download},
    discard=discard,
)
