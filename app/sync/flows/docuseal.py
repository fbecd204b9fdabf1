"""DocuSeal: PDFs with their fields and people in one request, which sends it out."""

from collections.abc import Mapping
from datetime import UTC, timedelta
from functools import partial
from typing import Any, Final

from app.domain.audit import stamp
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
from app.sync.outgoing import OPERATION_KEY, OutField, Outgoing, OutPerson
from app.sync.provider import Options
from app.sync.providers.docuseal import DOCUSEAL as PROVIDER
from app.sync.reading import at, items, moment, must, text
from app.sync.request import Answer, Json, Request

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
    "number": "number",
    "checkbox": "checkbox",
    "dropdown": "select",
    "image": "image",
    "stamp": "stamp",
    "attachment": "file",
}
"""Ours to theirs [published]."""
STATUS: Final = {
    "pending": RemoteStatus.SENT,
    "completed": RemoteStatus.COMPLETED,
    "declined": RemoteStatus.DECLINED,
    "expired": RemoteStatus.EXPIRED,
}
PERSON: Final = {
    "awaiting": PersonStatus.PENDING,
    "sent": PersonStatus.PENDING,
    "opened": PersonStatus.VIEWED,
    "completed": PersonStatus.SIGNED,
    "declined": PersonStatus.DECLINED,
}
EVENTS: Final = {
    "send_email": "sent",
    "send_sms": "sent",
    "send_reminder_email": "reminded",
    "view_form": "viewed",
    "complete_form": "signed",
    "api_complete_form": "signed",
    "decline_form": "declined",
}
DOCUMENTS: Final = 20
PAGES_LOOKED_AT: Final = 20
LINK_LIVES: Final = timedelta(minutes=30)
FILE_LIMIT: Final = 200 << 20
SUBMISSION: Final = "/submissions/{id}"


# -- the plan --------------------------------------------------------------------------------------------------------


def plan(outgoing: Outgoing, options: Options) -> Plan:
    del options
    problems = (
        *planning.documents(outgoing, most=DOCUMENTS, bytes_each=PROVIDER.limit("document_bytes").most),
        *planning.people(outgoing),
        *planning.fields(outgoing, KINDS),
    )
    lost = (
        *planning.left_behind(outgoing, PROVIDER),
        *planning.kinds_lost(outgoing, KINDS),
        *planning.prefilled(outgoing),
        *((Remark("test_mode"),) if outgoing.test_mode else ()),
    )
    return Plan(Way.DOCUMENT, lost, problems)


# -- sending ---------------------------------------------------------------------------------------------------------


def send(job: Job, facts: Facts) -> Move:
    if "id" in facts:
        return Done()
    request = Request("POST", "/submissions/pdf", "send", body=Json(_data(job)))
    return Call("create", request, partial(_created, job), _looked_up(job, "", 1))


def _data(job: Job) -> dict[str, Any]:
    outgoing = job.outgoing
    data: dict[str, Any] = {
        "name": outgoing.title,
        "send_email": True,
        "order": "preserved" if outgoing.sequential else "random",
        "documents": [
            {
                "name": one.title,
                "file": job.file(one),
                "fields": [_field(outgoing, f) for f in outgoing.fields if f.document == number and f.kind in KINDS],
            }
            for number, one in enumerate(outgoing.documents, start=1)
        ],
        "submitters": [_submitter(outgoing, one) for one in outgoing.signers],
    }
    if outgoing.expires_at:
        data["expire_at"] = outgoing.expires_at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
    if outgoing.message:
        data["message"] = {"subject": outgoing.title, "body": f"{outgoing.message}\n\n{{{{submitter.link}}}}"}
    return data


def _field(outgoing: Outgoing, one: OutField) -> dict[str, Any]:
    """[published, by its examples] Parts of the page's width and height, from its top-left corner."""
    page = outgoing.documents[one.document - 1].pages[one.page - 1]
    rect = one.rect
    area = {
        "x": rect.x / page.width,
        "y": rect.y / page.height,
        "w": rect.width / page.width,
        "h": rect.height / page.height,
        "page": one.page,
    }
    told: dict[str, Any] = {
        "name": one.name,
        "type": KINDS[one.kind],
        "role": one.role,
        "required": one.required,
        "areas": [area],
    }
    more = {"title": one.label, "options": list(one.options)}
    return {**told, **{key: value for key, value in more.items() if value}}


def _submitter(outgoing: Outgoing, one: OutPerson) -> dict[str, Any]:
    """`external_id` tells whose it is when an answer was lost."""
    told: dict[str, Any] = {
        "name": one.name,
        "role": one.role,
        "email": one.email,
        "external_id": _name(outgoing, one.role),
        "metadata": outgoing.free_data,
    }
    if one.phone:
        told["phone"] = one.phone
    if outgoing.sequential:
        told["order"] = sorted({each.order for each in outgoing.signers}).index(one.order)
    return told


def _name(outgoing: Outgoing, role: str) -> str:
    return f"{outgoing.operation}/{role}"


def _role(job: Job, one: Mapping[str, Any]) -> str:
    ours = {_name(job.outgoing, each.role): each.role for each in job.outgoing.signers}
    return ours.get(text(one, "external_id"), "") or job.outgoing.role_of(text(one, "email"))


def _created(job: Job, answer: Answer) -> Learned:
    """The bare list of people is what older servers answer."""
    found = answer.data
    people = found if isinstance(found, list) else list(items(found, "submitters"))
    number = at(found, "id") if isinstance(found, Mapping) else at(people[0], "submission_id")
    return _learned(job, number, people, _news(job, found) if isinstance(found, Mapping) else None)


def _learned(job: Job, number: Any, people: list[Mapping[str, Any]], news: News | None) -> Learned:
    if not isinstance(number, int) or isinstance(number, bool):
        raise TypeError("no id")
    mine = [(role, one) for one in people if (role := _role(job, one))]
    links = {f"link/{role}": link for role, one in mine if (link := text(one, "embed_src"))}
    return Learned({"id": str(number), "people": {role: str(one["id"]) for role, one in mine}}, links, news)


def _looked_up(job: Job, after: str, page: int) -> Lookup:
    query = {"q": job.outgoing.signers[0].email, "limit": "100", **({"after": after} if after else {})}
    request = Request("GET", "/submissions", "look for a lost answer", query=query)
    return Lookup(request, partial(_found, job, page))


def _found(job: Job, page: int, answer: Answer) -> Learned | Absent | Unclear | Lookup:
    ours = {_name(job.outgoing, each.role) for each in job.outgoing.signers}
    for one in items(answer.data, "data"):
        people = list(items(one, "submitters"))
        told = {text(each, "external_id") for each in people}
        if told & ours or any(_operation(each) == job.outgoing.operation for each in people):
            return _learned(job, at(one, "id"), people, _news(job, one))
    following = at(answer.data, "pagination", "next")
    if not isinstance(following, int):
        return Absent()
    return _looked_up(job, str(following), page + 1) if page < PAGES_LOOKED_AT else Unclear()


def _operation(one: Mapping[str, Any]) -> str:
    return text(one, "metadata", OPERATION_KEY)


# -- news ------------------------------------------------------------------------------------------------------------


def follow(job: Job, facts: Facts) -> Move:
    """One answer tells all, the history too."""
    if "polled" not in facts:
        return Call("poll", Request("GET", SUBMISSION, "follow", {"id": job.remote}), partial(_polled, job))
    return rounds.over(facts)


def _polled(job: Job, answer: Answer) -> Learned:
    return rounds.polled(_news(job, answer.data))


def _news(job: Job, found: Mapping[str, Any]) -> News:
    submitters = list(items(found, "submitters"))
    people = tuple(_person(role, one) for one in submitters if (role := _role(job, one)))
    roles = {at(one, "id"): _role(job, one) for one in submitters}
    events = tuple(_event(roles, one) for one in items(found, "submission_events"))
    raw = text(found, "status")
    keys = {one.name: one.mapping_key for one in job.outgoing.fields if one.mapping_key}
    pairs = ((text(each, "field"), at(each, "value")) for one in submitters for each in items(one, "values"))
    values = {keys[name]: value for name, value in pairs if name in keys and isinstance(value, str | bool)}
    return News(_status(found, raw, people), raw, people, values, events)


def _status(found: Any, raw: str, people: tuple[PersonNews, ...]) -> RemoteStatus:
    """What was archived before it was done can be signed no more."""
    status = STATUS.get(raw, RemoteStatus.UNKNOWN)
    if status is not RemoteStatus.SENT:
        return status
    if text(found, "archived_at"):
        return RemoteStatus.VOIDED
    now = {one.status for one in people}
    if PersonStatus.SIGNED in now:
        return RemoteStatus.PARTIALLY_SIGNED
    return RemoteStatus.VIEWED if PersonStatus.VIEWED in now else RemoteStatus.SENT


def _person(role: str, one: Mapping[str, Any]) -> PersonNews:
    raw = text(one, "status")
    viewed, signed, declined = (moment(one, name) for name in ("opened_at", "completed_at", "declined_at"))
    return PersonNews(role, PERSON.get(raw, PersonStatus.UNKNOWN), raw, viewed, signed, declined)


def _event(roles: Mapping[Any, str], one: Mapping[str, Any]) -> RemoteEvent:
    raw = text(one, "event_type")
    role = roles.get(at(one, "submitter_id"), "")
    return RemoteEvent(str(one["id"]), EVENTS.get(raw, ""), raw, moment(one, "event_timestamp"), role)


# -- the rest --------------------------------------------------------------------------------------------------------


def _their_id(job: Job) -> str:
    found = at(job.known, "people", job.given["role"])
    return found if isinstance(found, str) else ""


def remind(job: Job, facts: Facts) -> Move:
    their, body = _their_id(job), Json({"send_email": True})
    request = Request("PUT", "/submitters/{person}", "remind", {"person": their}, body=body)
    return rounds.reminder(job, facts, "remind", request if their else None)


def link(job: Job, facts: Facts) -> Move:
    if f"link/{job.given['role']}" in job.secrets or "looked" in facts:
        return Done()
    if not (their := _their_id(job)):
        return rounds.NOBODY_TOLD
    request = Request("GET", "/submitters/{person}", "link", {"person": their})
    return Call("look", request, partial(_told_link, job))


def _told_link(job: Job, answer: Answer) -> Learned:
    return Learned({"looked": True}, {f"link/{job.given['role']}": must(answer.data, "embed_src")})


def void(job: Job, facts: Facts) -> Move:
    """Archiving twice is as once."""
    if "voided" in facts:
        return Done()
    request = Request("DELETE", SUBMISSION, "void", {"id": job.remote}, repeatable=True)
    return Call("archive", request, lambda _: Learned({"voided": True}, news=News(RemoteStatus.VOIDED, "archived")))


def download(job: Job, facts: Facts) -> Move:
    """Links to the files are told just before each is fetched: they may run out."""
    count = facts.get("files")
    done = next((number for number in range(1, (count or 0) + 1) if f"file {number}" not in facts), None)
    if count and done is None:
        return Done()
    listed = moment(facts, "listed_at")
    if not count or listed is None or not job.now - LINK_LIVES < listed or f"file/{done}" not in job.secrets:
        request = Request("GET", f"{SUBMISSION}/documents", "download", {"id": job.remote})
        return Call("files", request, partial(_files, job), wait_s=5.0 if count == 0 else 0.0)
    ours = job.outgoing.documents
    paired = count == len(ours)
    title = ours[done - 1].title if done and paired else f"{job.outgoing.title} {done}"
    return Fetch(
        f"file {done}",
        job.secrets[f"file/{done}"],
        title,
        FILE_LIMIT,
        partial(_taken, done or 1),
        document=done if paired else None,
    )


def _files(job: Job, answer: Answer) -> Learned:
    """None yet: they are still being made."""
    links = [must(one, "url") for one in items(answer.data, "documents")]
    secrets = {f"file/{number}": link for number, link in enumerate(links, start=1)}
    return Learned({"files": len(links), "listed_at": stamp(job.now)}, secrets)


def _taken(number: int, got: Download) -> Learned:
    return Learned({f"file {number}": got.sha256})


DOCUSEAL = Flow(
    "docuseal",
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
