"""Documenso's flow against answers in the shape of its OpenAPI document, without a network."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from app.domain.geometry import Rect
from app.domain.recipient import Action
from app.domain.remote import PersonStatus, RemoteStatus
from app.sync.flow import Absent, Call, Done, Fetch, GiveUp, Kind, Learned, Lookup, Rest
from app.sync.flows.documenso import DOCUMENSO
from app.sync.request import Answer, Json, Multipart, Request
from tests.support.flowing import NOW, answer, field_of, job, outgoing, person, walk

LINK = "https://app.documenso.com/sign/canary"


def told(status: str = "PENDING", first: str = "NOT_SIGNED", **more: Any) -> dict[str, Any]:
    recipients = [
        {"id": n, "email": f"{role}@example.com", "signingStatus": first if n == 1 else "NOT_SIGNED",
         "readStatus": "OPENED" if n == 1 else "NOT_OPENED", "sendStatus": "SENT" if n == 1 else "NOT_SENT",
         "signingUrl": f"{LINK}{n}", "token": f"canary{n}"}
        for n, role in enumerate(("buyer", "seller"), start=1)
    ]  # fmt: skip
    return {"id": "envelope_1", "status": status, "recipients": recipients, **more}


def service(request: Request) -> Answer:
    return answer({"id": "envelope_1"} if request.path == "/envelope/create" else {"success": True, **told()})


def test_an_envelope_is_made_whole_and_then_sent_out() -> None:
    going = outgoing(
        people=(person("buyer"), person("seller", 2, action=Action.APPROVE)),
        expires_at=NOW + timedelta(days=3),
        message="Please sign.",
        fields=(field_of("buyer", rect=Rect(59.5, 84.2, 119, 42.1)), field_of("buyer", "radio", options=("a", "b"))),
    )
    walked = walk(DOCUMENSO, job(Kind.SEND, going), service)
    assert walked.names == ["create", "distribute"]
    body = walked.asked[0].body
    assert isinstance(body, Multipart)
    assert isinstance(body.files["files"], tuple)
    data = json.loads(body.texts["payload"])
    assert data["externalId"] == going.operation
    assert data["meta"] == {
        "subject": "Lease", "signingOrder": "SEQUENTIAL", "distributionMethod": "EMAIL", "message": "Please sign.",
        "envelopeExpirationPeriod": {"unit": "day", "amount": 3},
    }  # fmt: skip
    assert [one["role"] for one in data["recipients"]] == ["SIGNER", "APPROVER"]
    signature, radio = data["recipients"][0]["fields"]
    assert signature == {
        "type": "SIGNATURE", "fieldMeta": {"type": "signature", "required": True}, "identifier": 0, "page": 1,
        "positionX": pytest.approx(10), "positionY": pytest.approx(10), "width": pytest.approx(20),
        "height": pytest.approx(5),
    }  # fmt: skip
    assert [one["value"] for one in radio["fieldMeta"]["values"]] == ["a", "b"]
    assert walked.asked[1].body == Json({"envelopeId": "envelope_1"})
    assert walked.facts["id"] == "envelope_1"
    assert walked.secrets == {"link/buyer": f"{LINK}1", "link/seller": f"{LINK}2"}
    assert "canary" not in str(walked.facts) + str(walked.news)
    assert isinstance(walked.end, Done)


def test_a_lost_envelope_is_found_by_its_name_and_a_lost_sending_by_its_status() -> None:
    going = outgoing()
    create = DOCUMENSO.steps[Kind.SEND](job(Kind.SEND, going), {})
    assert isinstance(create, Call)
    assert create.lookup is not None
    second = create.lookup.read(answer({"data": [{"id": "e0", "externalId": None}], "totalPages": 2}))
    assert isinstance(second, Lookup)
    assert second.request.query["page"] == "2"
    found = second.read(answer({"data": [{"id": "e1", "externalId": going.operation}], "totalPages": 2}))
    assert isinstance(found, Learned)
    assert found.facts == {"draft": "e1"}
    assert isinstance(second.read(answer({"data": [], "totalPages": 2})), Absent)
    distribute = DOCUMENSO.steps[Kind.SEND](job(Kind.SEND, going), {"draft": "e1"})
    assert isinstance(distribute, Call)
    assert distribute.lookup is not None
    assert isinstance(distribute.lookup.read(answer(told("DRAFT"))), Absent)
    out = distribute.lookup.read(answer(told()))
    assert isinstance(out, Learned)
    assert out.facts == {"id": "envelope_1", "people": {"buyer": 1, "seller": 2}}


def following(data: dict[str, Any], facts: dict[str, Any] | None = None) -> Any:
    log = {
        "data": [
            {"id": "a2", "type": "DOCUMENT_RECIPIENT_COMPLETED", "createdAt": "2026-03-04T11:00:00Z",
             "email": "buyer@example.com", "ipAddress": "10.0.0.1"},
            {"id": "a1", "type": "DOCUMENT_CREATED", "createdAt": "2026-03-04T10:00:00Z"},
        ]
    }  # fmt: skip
    asked = job(Kind.FOLLOW, remote="envelope_1")
    return walk(DOCUMENSO, asked, lambda r: answer(log if r.path.endswith("audit-log") else data), facts)


def test_news_are_read_with_the_history_only_when_something_is_new() -> None:
    first = following(told(first="SIGNED"))
    assert first.names == ["poll", "audit"]
    assert first.news[0].status is RemoteStatus.PARTIALLY_SIGNED
    assert [one.status for one in first.news[0].people] == [PersonStatus.SIGNED, PersonStatus.WAITING_TURN]
    assert [(one.id, one.kind, one.role) for one in first.news[1].events] == [
        ("a1", "created", ""), ("a2", "signed", "buyer"),
    ]  # fmt: skip
    assert isinstance(first.end, Rest)
    kept = {key: value for key, value in first.facts.items() if key not in first.end.forget}
    assert following(told(first="SIGNED"), kept).names == ["poll"]


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("COMPLETED", RemoteStatus.COMPLETED), ("REJECTED", RemoteStatus.DECLINED),
        ("CANCELLED", RemoteStatus.VOIDED), ("DRAFT", RemoteStatus.DRAFT), ("SLEEPING", RemoteStatus.UNKNOWN),
    ],
)  # fmt: skip
def test_their_words_are_ours(word: str, status: RemoteStatus) -> None:
    assert following(told(word)).news[0].status is status


def test_somebody_whose_time_ran_out_ends_it() -> None:
    data = told()
    data["recipients"][1]["expired"] = "2026-03-04T11:00:00Z"
    assert following(data).news[0].status is RemoteStatus.EXPIRED


def test_a_reminder_a_link_and_an_end() -> None:
    known: dict[str, Any] = {"remote": "envelope_1", "known": {"people": {"seller": 2}}, "given": {"role": "seller"}}
    remind = DOCUMENSO.steps[Kind.REMIND](job(Kind.REMIND, **known), {})
    assert isinstance(remind, Call)
    assert remind.request.body == Json({"envelopeId": "envelope_1", "recipients": [2]})
    assert isinstance(DOCUMENSO.steps[Kind.LINK](job(Kind.LINK, **known), {}), GiveUp)
    void = DOCUMENSO.steps[Kind.VOID](job(Kind.VOID, remote="envelope_1", given={"reason": "Terms"}), {})
    assert isinstance(void, Call)
    assert void.request.body == Json({"envelopeId": "envelope_1", "reason": "Terms"})
    assert void.lookup is not None
    assert isinstance(void.lookup.read(answer(told("CANCELLED"))), Learned)
    assert isinstance(void.lookup.read(answer(told())), Absent)


def test_a_draft_nobody_wants_is_deleted_and_looked_for_by_our_name() -> None:
    asked = job(Kind.SEND)
    assert isinstance(DOCUMENSO.discard(asked, {}), Done)
    move = DOCUMENSO.discard(asked, {"draft": "e1"})
    assert isinstance(move, Call)
    assert (move.request.path, move.request.body) == ("/envelope/delete", Json({"envelopeId": "e1"}))
    assert move.lookup is not None
    there = answer({"data": [{"id": "e1", "externalId": asked.outgoing.operation}], "totalPages": 1})
    assert isinstance(move.lookup.read(there), Absent)
    away = move.lookup.read(answer({"data": [], "totalPages": 1}))
    assert isinstance(away, Learned)
    assert isinstance(move.lookup.read(answer({"data": [], "totalPages": 2})), Lookup)
    assert isinstance(DOCUMENSO.discard(asked, {"draft": "e1", **away.facts}), Done)


def test_each_file_is_fetched_as_signed_and_their_certificate_after_it() -> None:
    data = told("COMPLETED", envelopeItems=[{"id": "i2", "order": 2}, {"id": "i1", "order": 1}])
    asked = job(Kind.DOWNLOAD, remote="envelope_1")
    walked = walk(DOCUMENSO, asked, lambda _: answer(data))
    assert walked.names == ["items", "file 1", "file 2", "certificate"]
    move = DOCUMENSO.steps[Kind.DOWNLOAD](asked, {"items": ["i1"]})
    assert isinstance(move, Fetch)
    assert isinstance(move.source, Request)
    assert (move.source.filled, move.source.query, move.document) == (
        "/envelope/item/i1/download", {"version": "signed"}, 1,
    )  # fmt: skip


def test_what_forbids_it_and_what_is_lost_is_told_before() -> None:
    assert DOCUMENSO.plan(outgoing(), {}).problems == ()
    assert [one.code for one in DOCUMENSO.plan(outgoing(message="x" * 5001), {}).problems] == ["message_too_long"]
    poor = outgoing(
        test_mode=True, metadata={"case": "1"}, fields=(*outgoing().fields, field_of("buyer", "stamp", required=False))
    )
    assert [one.code for one in DOCUMENSO.plan(poor, {}).lost] == ["metadata", "kind_unknown", "test_mode"]
