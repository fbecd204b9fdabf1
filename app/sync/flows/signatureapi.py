"""SignatureAPI: documents are uploaded, an envelope is made of them, and each person gets a ceremony by e-mail.

A new ceremony ends the one before, so one is only made when a person asks for a link and none is live.
"""

from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from typing import Any, Final

from app.domain.audit import stamp
from app.domain.recipient import Action
from app.domain.remote import News, PersonNews, PersonStatus, RemoteEvent, RemoteStatus
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
from app.sync.outgoing import OPERATION_KEY, Outgoing
from app.sync.provider import Options
from app.sync.providers.signatureapi import SIGNATUREAPI as PROVIDER
from app.sync.providers.signatureapi import places
from app.sync.reading import at, items, moment, must, text, values
from app.sync.request import Answer, Json, Request

STATUS: Final = {
    "draft": RemoteStatus.DRAFT,
    "processing": RemoteStatus.PREPARING,
    "in_progress": RemoteStatus.SENT,
    "completed": RemoteStatus.COMPLETED,
    "failed": RemoteStatus.FAILED,
    "canceled": RemoteStatus.VOIDED,
}
PERSON: Final = {
    "awaiting": PersonStatus.WAITING_TURN,
    "pending": PersonStatus.PENDING,
    "sent": PersonStatus.PENDING,
    "completed": PersonStatus.SIGNED,
    "rejected": PersonStatus.DECLINED,
    "soft_bounced": PersonStatus.FAILED,
    "hard_bounced": PersonStatus.FAILED,
    "failed": PersonStatus.FAILED,
    "replaced": PersonStatus.REPLACED,
}
EVENTS: Final = {
    "envelope.created": "created",
    "envelope.started": "sent",
    "recipient.sent": "sent",
    "recipient.accessed": "viewed",
    "recipient.viewed": "viewed",
    "recipient.completed": "signed",
    "recipient.rejected": "declined",
    "recipient.resent": "reminded",
    "envelope.completed": "completed",
    "envelope.canceled": "voided",
    "deliverable.generated": "file_ready",
}
CREATE: Final = "create"
UPLOAD_LIVES: Final = timedelta(hours=20)
"""An upload is gone after a day [public]; one that is nearly that old is made anew."""
LINK_LIVES: Final = timedelta(minutes=50)
"""A deliverable's link ends after an hour [public]."""
FILE_LIMIT: Final = 200 << 20
ENVELOPE: Final = "/envelopes/{id}"


# -- the plan --------------------------------------------------------------------------------------------------------


def plan(outgoing: Outgoing, options: Options) -> Plan:
    del options
    documents = PROVIDER.limit("documents")
    problems = (
        *planning.documents(outgoing, most=int(documents.most), bytes_each=PROVIDER.limit("upload_bytes").most),
        *planning.people(outgoing),
        *planning.fields(outgoing, places.KINDS),
        *places.sizes(outgoing),
        *places.order(outgoing),
    )
    lost = (
        *(one for one in planning.left_behind(outgoing, PROVIDER) if not _is_approval(outgoing, one)),
        *planning.kinds_lost(outgoing, places.KINDS),
        *planning.as_text(outgoing),
        *planning.prefilled(outgoing),
        *(Remark("seal_flattened", one.title) for one in outgoing.documents if one.sealed),
        *places.narrower(outgoing),
        *((Remark("test_by_key"),) if outgoing.test_mode else ()),
    )
    return Plan(Way.DOCUMENT, lost, problems)


def _is_approval(outgoing: Outgoing, remark: Remark) -> bool:
    """The one other act they have."""
    return remark.code == "action" and outgoing.person(remark.subject).action is Action.APPROVE


# -- sending ---------------------------------------------------------------------------------------------------------


def send(job: Job, facts: Facts) -> Move:
    if "id" in facts:
        return Done()
    for number, document in enumerate(job.outgoing.documents, start=1):
        made = moment(facts, f"uploaded_at_{number}")
        if made is None or not (job.begun == CREATE or job.now - UPLOAD_LIVES < made):
            request = Request("POST", "/uploads", "send", body=job.file(document), repeatable=True)
            return Call(f"upload {number}", request, partial(_uploaded, job, number))
    urls = [facts[f"upload_{number}"] for number in range(1, len(job.outgoing.documents) + 1)]
    request = Request("POST", "/envelopes", "send", body=Json(places.envelope(job.outgoing, urls)))
    return Call(CREATE, request, partial(_created, job), _looked_up(job))


def _uploaded(job: Job, number: int, answer: Answer) -> Learned:
    """The content cannot be read back by that address, so it is no secret [public]."""
    return Learned({f"upload_{number}": must(answer.data, "url"), f"uploaded_at_{number}": stamp(job.now)})


def _created(job: Job, answer: Answer) -> Learned:
    found = answer.data
    people = {
        role: must(one, "id")
        for one in items(found, "recipients")
        if (role := places.role_of(job.outgoing, text(one, "key")))
    }
    return Learned({"id": must(found, "id"), "recipients": people}, news=_news(job, found))


def _looked_up(job: Job) -> Lookup:
    query = {"topic": places.topic(job.outgoing), "limit": "100"}
    return Lookup(Request("GET", "/envelopes", "look for a lost answer", query=query), partial(_found, job))


def _found(job: Job, answer: Answer) -> Learned | Absent | Unclear | Lookup:
    """Lists may leave out the people, whose ids are needed: it is read once more, whole."""
    for one in items(answer.data, "data"):
        topics = at(one, "topics")
        ours = isinstance(topics, list) and places.topic(job.outgoing) in topics
        if ours or text(one, "metadata", OPERATION_KEY) == job.outgoing.operation:
            request = Request("GET", ENVELOPE, "look for a lost answer", {"id": must(one, "id")})
            return Lookup(request, partial(_created, job))
    return Absent()


# -- news ------------------------------------------------------------------------------------------------------------


def follow(job: Job, facts: Facts) -> Move:
    if "polled" not in facts:
        return Call("poll", Request("GET", ENVELOPE, "follow", {"id": job.remote}), partial(_polled, job))
    if rounds.wants_history(facts):
        request = Request("GET", "/envelopes/{id}/events", "follow", {"id": job.remote}, query={"limit": "100"})
        return Call("events", request, partial(_heard, job, facts))
    return rounds.over(facts)


def _polled(job: Job, answer: Answer) -> Learned:
    return rounds.polled(_news(job, answer.data))


def _heard(job: Job, facts: Facts, answer: Answer) -> Learned:
    """Their order is not promised [public]: it is ours to sort."""
    told = [event for one in items(answer.data, "data") if (event := _event(job, one))]
    told.sort(key=lambda one: stamp(one.at) if one.at else "")
    return rounds.heard(facts, told)


def _event(job: Job, one: Mapping[str, Any]) -> RemoteEvent | None:
    raw, name = text(one, "type"), text(one, "id")
    if not raw or not name:
        return None
    role = places.role_of(job.outgoing, text(one, "data", "recipient_key"))
    reason = text(one, "data", "reason") or text(one, "data", "detail")
    return RemoteEvent(
        name, EVENTS.get(raw, ""), raw, moment(one, "timestamp"), role, {"reason": reason} if reason else {}
    )


def _news(job: Job, found: Any) -> News:
    people = tuple(
        _person(role, one)
        for one in items(found, "recipients")
        if (role := places.role_of(job.outgoing, text(one, "key")))
    )
    raw = text(found, "status")
    return News(_status(raw, people), raw, people, values(found, "captures"))


def _status(raw: str, people: tuple[PersonNews, ...]) -> RemoteStatus:
    """[public] A rejection does not end the envelope over there; nobody can complete it any more."""
    found = STATUS.get(raw, RemoteStatus.UNKNOWN)
    if found is not RemoteStatus.SENT:
        return found
    now = {one.status for one in people}
    if PersonStatus.DECLINED in now:
        return RemoteStatus.DECLINED
    return RemoteStatus.PARTIALLY_SIGNED if PersonStatus.SIGNED in now else RemoteStatus.SENT


def _person(role: str, one: Mapping[str, Any]) -> PersonNews:
    raw = text(one, "status")
    status, changed = PERSON.get(raw, PersonStatus.UNKNOWN), moment(one, "status_updated_at")
    signed = moment(one, "completed_at") or (changed if status is PersonStatus.SIGNED else None)
    return PersonNews(role, status, raw, None, signed, changed if status is PersonStatus.DECLINED else None)


# -- the rest --------------------------------------------------------------------------------------------------------


def _their_id(job: Job) -> str:
    """Of the person an operation is about; empty when the service never told."""
    found = at(job.known, "recipients", job.given["role"])
    return found if isinstance(found, str) else ""


def remind(job: Job, facts: Facts) -> Move:
    """Each letter makes the wait for the next longer."""
    their = _their_id(job)
    request = Request("POST", "/recipients/{recipient}/resend", "remind", {"recipient": their})
    return rounds.reminder(job, facts, "resend", request if their else None)


def link(job: Job, facts: Facts) -> Move:
    """A link that is live is told again and again, fresh each time; only without one a ceremony is made, which ends the
    link that was mailed.
    """
    if "linked" in facts:
        return Done()
    if not (their := _their_id(job)):
        return rounds.NOBODY_TOLD
    read = Request("GET", "/recipients/{recipient}", "link", {"recipient": their})
    if "state" not in facts:
        return Call("look", read, partial(_live_link, job))
    if facts["state"] in ("completed", "rejected", "replaced"):
        return GiveUp("there is nothing left to sign for this person")
    body = Json({"authentication": [{"type": "email_code"}]})
    made = Request("POST", "/recipients/{recipient}/ceremonies", "link", {"recipient": their}, body=body)
    return Call("ceremony", made, partial(_ceremony, job), Lookup(read, partial(_made_link, job)))


def _live_link(job: Job, answer: Answer) -> Learned:
    url, state = text(answer.data, "ceremony", "url"), text(answer.data, "status")
    return Learned({"state": state, **({"linked": True} if url else {})}, _as_link(job, url))


def _ceremony(job: Job, answer: Answer) -> Learned:
    return Learned({"linked": True}, _as_link(job, must(answer.data, "url")))


def _made_link(job: Job, answer: Answer) -> Learned | Unclear:
    """Before it there was none, so one that is there now is the one that was made."""
    url = text(answer.data, "ceremony", "url")
    return Learned({"linked": True}, _as_link(job, url)) if url else Unclear()


def _as_link(job: Job, url: str) -> dict[str, str]:
    return {f"link/{job.given['role']}": url} if url else {}


def void(job: Job, facts: Facts) -> Move:
    if "voided" in facts:
        return Done()
    reason = job.given.get("reason", "")[: int(PROVIDER.limit("cancel_reason").most)]
    cancel = Request("POST", f"{ENVELOPE}/cancel", "void", {"id": job.remote}, body=Json({"reason": reason}))
    look = Lookup(Request("GET", ENVELOPE, "void", {"id": job.remote}), partial(_is_void, job))
    return Call("cancel", cancel, partial(_voided, job), look, reconcile=True)


def _voided(job: Job, answer: Answer) -> Learned:
    news = _news(job, answer.data) if text(answer.data, "status") else None
    return Learned({"voided": True}, news=news)


def _is_void(job: Job, answer: Answer) -> Learned | Absent:
    return rounds.voided(_news(job, answer.data))


def download(job: Job, facts: Facts) -> Move:
    """The standard deliverable: documents, history and certificate in one sealed file. Its link is read just before."""
    if "file" in facts:
        return Done()
    found = moment(facts, "link_at")
    if found is None or not job.now - LINK_LIVES < found or "deliverable" not in job.secrets:
        listed = Request("GET", f"{ENVELOPE}/deliverables", "download", {"id": job.remote})
        if facts.get("deliverable") != "none":
            waits = 5.0 if facts.get("deliverable") == "pending" else 0.0
            return Call("deliverables", listed, partial(_deliverable, job), wait_s=waits)
        body = Json({"type": "standard"})
        made = Request("POST", f"{ENVELOPE}/deliverables", "download", {"id": job.remote}, body=body)
        return Call("make", made, lambda _: Learned({"deliverable": "pending"}), Lookup(listed, partial(_there, job)))
    only = 1 if len(job.outgoing.documents) == 1 else None
    title, link = job.outgoing.title, job.secrets["deliverable"]
    return Fetch("file", link, title, FILE_LIMIT, lambda got: Learned({"file": got.sha256}), document=only)


def _deliverable(job: Job, answer: Answer) -> Learned:
    state = "none"
    for one in items(answer.data, "data"):
        if text(one, "type") in ("standard", "") and text(one, "status") == "generated" and text(one, "url"):
            return Learned({"deliverable": "generated", "link_at": stamp(job.now)}, {"deliverable": must(one, "url")})
        if text(one, "status") in ("pending", "processing"):
            state = "pending"
    return Learned({"deliverable": state})


def _there(job: Job, answer: Answer) -> Learned | Absent:
    learned = _deliverable(job, answer)
    return Absent() if learned.facts["deliverable"] == "none" else learned


SIGNATUREAPI = Flow(
    "signatureapi",
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
