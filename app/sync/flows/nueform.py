"""NueForm: a session of a form that exists there; its contract is what is signed, and our people fill its slots."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from math import ceil
from typing import Any, Final

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
from app.sync.outgoing import Outgoing, OutPerson
from app.sync.provider import Options
from app.sync.providers.nueform import NUEFORM as PROVIDER
from app.sync.reading import at, items, moment, must, text, wrapped
from app.sync.request import Answer, Json, Request

STATUS: Final = {
    "active": RemoteStatus.SENT,
    "fully_signed": RemoteStatus.COMPLETED,
    "declined": RemoteStatus.DECLINED,
    "voided": RemoteStatus.VOIDED,
    "expired": RemoteStatus.EXPIRED,
}
PERSON: Final = {
    "pending": PersonStatus.PENDING,
    "viewed": PersonStatus.VIEWED,
    "signed": PersonStatus.SIGNED,
    "declined": PersonStatus.DECLINED,
}
EVENTS: Final = {
    "session_created": "created",
    "document_viewed": "viewed",
    "signed": "signed",
    "declined": "declined",
    "email_sent": "sent",
    "email_resent": "reminded",
    "session_completed": "completed",
    "session_voided": "voided",
    "session_expired": "expired",
    "document_generated": "file_ready",
}
"""[seed] the first three; the others are assumed, and a word that is not here is kept as it is."""
SESSION: Final = "/signing-sessions/{id}"
HASH: Final = re.compile(r"(?:sha256:)?([0-9a-f]{64})")
BASE32: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SKEW: Final = timedelta(minutes=10)
CLOCKS_DIFFER: Final = timedelta(days=30)
"""By how much at most. What is as old and has just our people may be ours, and a person decides."""
PAGES_LOOKED_AT: Final = 20
FILE_LIMIT: Final = 200 << 20


# -- the plan --------------------------------------------------------------------------------------------------------


def plan(outgoing: Outgoing, options: Options) -> Plan:
    """Nothing is uploaded: the form holds the contract and its fields."""
    problems = (
        *(() if _form(outgoing, options) else (Remark("form_missing"),)),
        *planning.people(outgoing, emails=False),
        *((Remark("expired"),) if outgoing.expires_at and _days(outgoing) < 1 else ()),
    )
    lost = (
        Remark("their_document"),
        *((Remark("their_fields"),) if outgoing.fields else ()),
        *(Remark("seals_stay_here", one) for one in outgoing.signed_here),
        *(one for one in planning.left_behind(outgoing, PROVIDER) if not _is_carried(outgoing, one)),
        *(Remark("no_mail", one.role) for one in outgoing.signers if "@" not in one.email),
        *((Remark("test_mode"),) if outgoing.test_mode else ()),
    )
    return Plan(Way.OWN, lost, problems)


def _form(outgoing: Outgoing, options: Options) -> str:
    return outgoing.options.get("form_id") or options.get("form_id", "")


def _is_carried(outgoing: Outgoing, remark: Remark) -> bool:
    """A code by e-mail is asked of everybody there."""
    return remark.code == "auth" and outgoing.person(remark.subject).auth == ("email_code",)


# -- sending ---------------------------------------------------------------------------------------------------------


def send(job: Job, facts: Facts) -> Move:
    if "id" in facts:
        return Done()
    form = {"form": _form(job.outgoing, job.options)}
    request = Request("POST", "/forms/{form}/signing-sessions", "send", form, body=Json(_data(job.outgoing)))
    return Call("create", request, partial(_created, job), _list(job, 1, ()))


def _data(outgoing: Outgoing) -> dict[str, Any]:
    data: dict[str, Any] = {
        "signers": [_signer(number, one) for number, one in enumerate(outgoing.signers, start=1)],
        "signing_order": "sequential" if outgoing.sequential else "any",
        "hide_other_signers": outgoing.hide_other_signers,
        "copy_mode": outgoing.copy_mode,
        "require_email_verification": any("email_code" in one.auth for one in outgoing.signers),
        "send_signing_emails": any("@" in one.email for one in outgoing.signers),
    }
    if outgoing.expires_at:
        data["expiry_days"] = _days(outgoing)
    if outgoing.message:
        data["custom_email_body"] = f"{outgoing.message}\n\n{{slot_link}}"
    return data


def _signer(number: int, one: OutPerson) -> dict[str, Any]:
    first, _, last = one.name.strip().rpartition(" ")
    names = {"first_name": first or last, "last_name": last if first else ""}
    told = {**names, "email": one.email if "@" in one.email else ""}
    return {"slot_number": number, **{key: value for key, value in told.items() if value}}


def _days(outgoing: Outgoing) -> int:
    """Whole days from the moment it was handed over: a shorter time would cut somebody off."""
    left = (outgoing.expires_at or datetime.max.replace(tzinfo=UTC)) - _begun(outgoing)
    return ceil(left / timedelta(days=1))


def _begun(outgoing: Outgoing) -> datetime:
    """Our operation id is a ULID, whose first ten letters are its time."""
    milliseconds = 0
    for letter in outgoing.operation[:10]:
        milliseconds = milliseconds * 32 + BASE32.index(letter)
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


def _created(job: Job, answer: Answer) -> Learned:
    found = wrapped(answer.data, "data")
    return Learned({"id": must(found, "id")}, _links(job, found), _news(job, found))


def _links(job: Job, found: Any) -> dict[str, str]:
    return {
        f"{name}/{role}": link
        for one in items(found, "signer_links")
        if (role := _role(job, one))
        for name, key in (("link", "signing_url"), ("code", "short_code"))
        if (link := text(one, key))
    }


def _role(job: Job, one: Mapping[str, Any]) -> str:
    """Slots count from 1, in our order."""
    number, signers = at(one, "slot_number"), job.outgoing.signers
    return signers[number - 1].role if isinstance(number, int) and 1 <= number <= len(signers) else ""


# -- a lost answer ---------------------------------------------------------------------------------------------------


def _list(job: Job, page: int, found: Sequence[str]) -> Lookup:
    """No free data travels with a session: ours is the one that began after us and has just our people."""
    form = {"form": _form(job.outgoing, job.options)}
    query = {"page": str(page), "per_page": "100"}
    request = Request("GET", "/forms/{form}/signing-sessions", "look for a lost answer", form, query=query)
    return Lookup(request, partial(_listed, job, page, found))


def _listed(job: Job, page: int, found: Sequence[str], answer: Answer) -> Learned | Absent | Unclear | Lookup:
    told = wrapped(answer.data, "data")
    since = _begun(job.outgoing) - CLOCKS_DIFFER
    here = list(items(told, "sessions"))
    young = [must(one, "id") for one in here if (made := moment(one, "created_at")) is None or made >= since]
    candidates = (*found, *young)
    total = at(told, "total")
    if here and isinstance(total, int) and total > page * 100:
        return _list(job, page + 1, candidates) if page < PAGES_LOOKED_AT else Unclear()
    return _next_candidate(job, candidates, (), doubt=False)


def _next_candidate(
    job: Job, left: Sequence[str], ours: Sequence[Learned], *, doubt: bool
) -> Learned | Absent | Unclear | Lookup:
    if left:
        request = Request("GET", SESSION, "look for a lost answer", {"id": left[0]})
        return Lookup(request, partial(_candidate, job, left[1:], ours, doubt))
    if len(ours) == 1:
        return ours[0]
    return Unclear() if ours or doubt else Absent()


def _candidate(
    job: Job, left: Sequence[str], ours: Sequence[Learned], doubt: bool, answer: Answer
) -> Learned | Absent | Unclear | Lookup:
    """One with our people from before us: an earlier contract with them, or ours, if our clock runs ahead."""
    found = wrapped(answer.data, "data")
    slots = {at(one, "slot_number"): one for one in items(found, "signer_links")}
    wanted = _data(job.outgoing)["signers"]
    same = len(slots) == len(wanted) and all(_is_same(slots.get(one["slot_number"]), one) for one in wanted)
    made = moment(found, "created_at")
    before = made is not None and made < _begun(job.outgoing) - SKEW
    mine = (*ours, _created(job, answer)) if same and not before else ours
    return _next_candidate(job, left, mine, doubt=doubt or (same and before))


def _is_same(there: Mapping[str, Any] | None, here: Mapping[str, Any]) -> bool:
    names = ("first_name", "last_name", "email")
    return there is not None and all(text(there, name).casefold() == here.get(name, "").casefold() for name in names)


# -- news ------------------------------------------------------------------------------------------------------------


def follow(job: Job, facts: Facts) -> Move:
    if "polled" not in facts:
        return Call("poll", _get(job, "follow"), partial(_polled, job))
    if rounds.wants_history(facts):
        request = Request("GET", f"{SESSION}/audit", "follow", {"id": job.remote})
        return Call("audit", request, partial(_heard, job, facts))
    return rounds.over(facts)


def _get(job: Job, why: str) -> Request:
    return Request("GET", SESSION, why, {"id": job.remote})


def _polled(job: Job, answer: Answer) -> Learned:
    found = wrapped(answer.data, "data")
    return replace(rounds.polled(_news(job, found)), secrets=_links(job, found))


def _heard(job: Job, facts: Facts, answer: Answer) -> Learned:
    told = (_event(job, one) for one in items(wrapped(answer.data, "data"), "entries"))
    return rounds.heard(facts, (one for one in told if one.id))


def _event(job: Job, one: Mapping[str, Any]) -> RemoteEvent:
    raw = text(one, "action")
    told = {key: text(one, key) for key in ("actor_name", "actor_email", "ip_address", "user_agent")}
    details = {key: value for key, value in told.items() if value}
    return RemoteEvent(text(one, "id"), EVENTS.get(raw, ""), raw, moment(one, "timestamp"), _role(job, one), details)


def _news(job: Job, found: Any) -> News:
    people = tuple(_person(role, one) for one in items(found, "signer_links") if (role := _role(job, one)))
    raw = text(found, "status")
    return News(_status(raw, people), raw, people)


def _status(raw: str, people: tuple[PersonNews, ...]) -> RemoteStatus:
    found = STATUS.get(raw, RemoteStatus.UNKNOWN)
    if found is not RemoteStatus.SENT:
        return found
    now = {one.status for one in people}
    if PersonStatus.SIGNED in now:
        return RemoteStatus.PARTIALLY_SIGNED
    return RemoteStatus.VIEWED if PersonStatus.VIEWED in now else RemoteStatus.SENT


def _person(role: str, one: Mapping[str, Any]) -> PersonNews:
    raw = text(one, "status")
    status = PERSON.get(raw, PersonStatus.UNKNOWN)
    return PersonNews(role, status, raw, moment(one, "viewed_at"), moment(one, "signed_at"), moment(one, "declined_at"))


# -- the rest --------------------------------------------------------------------------------------------------------


def remind(job: Job, facts: Facts) -> Move:
    number = [one.role for one in job.outgoing.signers].index(job.given["role"]) + 1
    request = Request("POST", f"{SESSION}/resend/{{slot}}", "remind", {"id": job.remote, "slot": str(number)})
    return rounds.reminder(job, facts, "resend", request)


def link(job: Job, facts: Facts) -> Move:
    """Every reading tells the links."""
    if f"link/{job.given['role']}" in job.secrets or "looked" in facts:
        return Done()
    return Call("look", _get(job, "link"), partial(_told_links, job))


def _told_links(job: Job, answer: Answer) -> Learned:
    links = _links(job, wrapped(answer.data, "data"))
    must(links, f"link/{job.given['role']}")
    return Learned({"looked": True}, links)


def void(job: Job, facts: Facts) -> Move:
    if "voided" in facts:
        return Done()
    reason = job.given.get("reason", "")
    body = Json({"reason": reason} if reason else {})
    request = Request("POST", f"{SESSION}/void", "void", {"id": job.remote}, body=body)
    look = Lookup(_get(job, "void"), partial(_is_void, job))
    return Call("void", request, _voided, look, reconcile=True)


def _voided(answer: Answer) -> Learned:
    """The short answer names nobody."""
    raw = text(wrapped(answer.data, "data"), "status")
    return Learned({"voided": True}, news=News(STATUS.get(raw, RemoteStatus.UNKNOWN), raw) if raw else None)


def _is_void(job: Job, answer: Answer) -> Learned | Absent:
    return rounds.voided(_news(job, wrapped(answer.data, "data")))


def download(job: Job, facts: Facts) -> Move:
    """One PDF for each contract of the form; where there are as many as ours, each goes beside one of ours."""
    if not facts.get("documents"):
        request = Request("GET", f"{SESSION}/documents", "download", {"id": job.remote})
        return Call("documents", request, _documents, wait_s=5.0 if "documents" in facts else 0.0)
    told = facts["documents"]
    paired = len(told) == len(job.outgoing.documents)
    for number, one in enumerate(told, start=1):
        if f"file {number}" not in facts:
            where = {"id": job.remote, "document": one["id"]}
            return Fetch(
                f"file {number}",
                Request("GET", f"{SESSION}/documents/{{document}}", "download", where),
                one["title"],
                FILE_LIMIT,
                partial(_taken, number),
                document=number if paired else None,
                expected_sha256=one["sha256"] or None,
            )
    return Done()


def _taken(number: int, got: Download) -> Learned:
    return Learned({f"file {number}": got.sha256})


def _documents(answer: Answer) -> Learned:
    """An empty list: they are not written yet."""
    told = [
        {"id": must(one, "id"), "title": text(one, "question_title") or text(one, "id"), "sha256": _hash(one)}
        for one in items(wrapped(answer.data, "data"), "documents")
    ]
    return Learned({"documents": told})


def _hash(one: Mapping[str, Any]) -> str:
    """[seed] sha256: and 64 hexadecimal digits. Anything else is no fingerprint to compare with."""
    found = HASH.fullmatch(text(one, "document_hash").lower())
    return found[1] if found else ""


NUEFORM = Flow(
    "nueform",
    plan,
    {
        Kind.SEND: send,
        Kind.FOLLOW: follow,
        Kind.REMIND: remind,
        Kind.LINK: link,
        Kind.VOID: void,
        Kind.DOWNLOAD: download,
    },
    tuple(one for one in PROVIDER.options if one.name == "form_id"),
)
