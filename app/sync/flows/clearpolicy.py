"""ClearPolicy: each person is asked to attest the document that is published there; nothing is uploaded.

A request can be neither read nor cancelled by its API: what is known of it is what was told when it was made.
"""

from functools import partial
from typing import Any, Final

from app.domain.recipient import Action
from app.domain.remote import News, PersonNews, PersonStatus, RemoteStatus
from app.sync import planning
from app.sync.flow import (
    Absent,
    Call,
    Done,
    Facts,
    Flow,
    GiveUp,
    Job,
    Kind,
    Learned,
    Lookup,
    Move,
    Plan,
    Remark,
    Way,
)
from app.sync.outgoing import Outgoing, OutPerson
from app.sync.provider import FormField, Options
from app.sync.providers.clearpolicy import CLEARPOLICY as PROVIDER
from app.sync.providers.clearpolicy.operations import ULID
from app.sync.reading import items, moment, must, text, wrapped
from app.sync.request import Answer, Json, Request
from app.sync.source import Source

PERSON: Final = {
    "created": PersonStatus.PENDING,
    "sent": PersonStatus.PENDING,
    "viewed": PersonStatus.VIEWED,
    "attested": PersonStatus.SIGNED,
}
STATUS: Final = {
    "created": RemoteStatus.PREPARING,
    "sent": RemoteStatus.SENT,
    "viewed": RemoteStatus.VIEWED,
    "attested": RemoteStatus.COMPLETED,
    "canceled": RemoteStatus.VOIDED,
    "expired": RemoteStatus.EXPIRED,
}
NOT_KNOWN: Final = "not known"
"""The id of a request that was made, by a person's word, and whose answer was lost."""
TYPES: Final = {Action.SIGN: "signature", Action.ACKNOWLEDGE: "acknowledgment"}


def plan(outgoing: Outgoing, options: Options) -> Plan:
    """The published document goes out, not ours; its revision is theirs to choose."""
    del options
    most = PROVIDER.limit("recipient_message").most
    too_long = len(outgoing.message) > most
    problems = (
        *(() if outgoing.options.get("document_id") else (Remark("document_id_missing"),)),
        *planning.people(outgoing),
        *((Remark("message_too_long", facts={"most": int(most)}),) if too_long else ()),
    )
    lost = (
        Remark("their_document"),
        Remark("known_at_sending"),
        *((Remark("their_fields"),) if outgoing.fields else ()),
        *(Remark("seals_stay_here", one) for one in outgoing.signed_here),
        *(one for one in planning.left_behind(outgoing, PROVIDER) if not _is_carried(outgoing, one)),
        *((Remark("test_mode"),) if outgoing.test_mode else ()),
    )
    return Plan(Way.OWN, lost, problems)


def _is_carried(outgoing: Outgoing, remark: Remark) -> bool:
    return remark.code == "action" and outgoing.person(remark.subject).action in TYPES


def send(job: Job, facts: Facts) -> Move:
    """For each in turn: who are they there, and one request. A person whose id was given is not looked for."""
    made: dict[str, str] = dict(facts.get("requests", {}))
    for one in job.outgoing.signers:
        if one.role not in made:
            known = _person_id(job, facts, one)
            return _ask(job, facts, one, known) if known else _find(facts, one)
    return Done()


def discard(job: Job, facts: Facts) -> Move:
    """Who was asked stays asked."""
    asked = len(facts.get("requests", {}))
    if not asked:
        return Done()
    return GiveUp(
        f"{asked} of {len(job.outgoing.signers)} people had been asked when it was called off, and its API cannot "
        "call that back: do it on the pages of the service"
    )


def _person_id(job: Job, facts: Facts, one: OutPerson) -> str:
    only = job.outgoing.options.get("person_id", "") if len(job.outgoing.signers) == 1 else ""
    return only or str(facts.get(f"person/{one.role}", ""))


def _find(facts: Facts, one: OutPerson) -> Call:
    """Their search is for parts of an address; ours must be the whole one."""
    search = Request("GET", "/people", "send", query={"email": one.email, "per_page": "100"})
    if f"sought/{one.role}" not in facts:
        return Call(f"person {one.role}", search, partial(_sought, one))
    body = {"name": one.name, "email": one.email, **({"phone": one.phone} if one.phone else {})}
    request = Request("POST", "/people", "send", body=Json(body))
    look = Lookup(search, partial(_is_there, one))
    return Call(f"new person {one.role}", request, partial(_is_person, one), look, reconcile=True)


def _sought(one: OutPerson, answer: Answer) -> Learned:
    found = _matching(one, answer)
    return Learned({f"sought/{one.role}": True, **({f"person/{one.role}": found} if found else {})})


def _is_person(one: OutPerson, answer: Answer) -> Learned:
    return Learned({f"person/{one.role}": must(wrapped(answer.data, "data"), "id")})


def _is_there(one: OutPerson, answer: Answer) -> Learned | Absent:
    found = _matching(one, answer)
    return Learned({f"person/{one.role}": found}) if found else Absent()


def _matching(one: OutPerson, answer: Answer) -> str:
    wanted = one.email.strip().casefold()
    return next((text(p, "id") for p in items(answer.data, "data") if text(p, "email").casefold() == wanted), "")


def _ask(job: Job, facts: Facts, one: OutPerson, person_id: str) -> Call:
    """[seed] No request can be looked up: when this answer is lost a person decides."""
    body: dict[str, Any] = {"person_id": person_id, "document_id": job.outgoing.options["document_id"]}
    if one.action in TYPES:
        body["requested_attestation_type"] = TYPES[one.action]
    if job.outgoing.message:
        body["recipient_message"] = job.outgoing.message
    request = Request("POST", "/attestation-requests", "send", body=Json(body))
    said = Learned(_with(job, facts, one, NOT_KNOWN))
    return Call(f"request {one.role}", request, partial(_asked, job, facts, one), assumed=said)


def _with(job: Job, facts: Facts, one: OutPerson, request_id: str) -> dict[str, Any]:
    """The whole has the id of the first request, once everybody was asked."""
    made = {**facts.get("requests", {}), one.role: request_id}
    whole = len(made) == len(job.outgoing.signers)
    return {"requests": made, **({"id": made[job.outgoing.signers[0].role]} if whole else {})}


def _asked(job: Job, facts: Facts, one: OutPerson, answer: Answer) -> Learned:
    found = wrapped(answer.data, "data")
    learned = _with(job, facts, one, must(found, "id"))
    learned[f"revision/{one.role}"] = text(found, "document_revision_id")
    raw = text(found, "status")
    person = PersonNews(
        one.role,
        PERSON.get(raw, PersonStatus.UNKNOWN),
        raw,
        moment(found, "viewed_at"),
        moment(found, "attested_at"),
    )
    # One of several tells nothing of the whole but that it is on its way.
    only = len(job.outgoing.signers) == 1
    status = STATUS.get(raw, RemoteStatus.UNKNOWN) if only else RemoteStatus.SENT
    return Learned(learned, news=News(status, raw, (person,)))


ASKS: Final = (
    FormField(
        "document_id",
        "Document there",
        "The id of the document that is published at ClearPolicy.",
        Source.SEED,
        required=True,
        pattern=ULID.pattern,
    ),
    FormField(
        "person_id",
        "Person there",
        "Only where one person is asked whom ClearPolicy knows by another address; else they are found by theirs.",
        Source.SEED,
        pattern=ULID.pattern,
    ),
)

CLEARPOLICY = Flow("clearpolicy", plan, {Kind.SEND: send}, ASKS, discard)
