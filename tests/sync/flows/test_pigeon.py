"""Pigeon's flow against answers in the shape of the contract, without a network."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from app.domain.remote import PersonStatus, RemoteStatus
from app.sync.flow import Absent, Call, Done, Fetch, GiveUp, Kind, Learned, Lookup, Rest, Unclear
from app.sync.flows.pigeon import PIGEON
from app.sync.outgoing import OPERATION_KEY
from app.sync.request import Answer, Json, Multipart, Request
from tests.support.flowing import answer, field_of, job, outgoing, person, walk

SHARE = {"share_url": "https://app.pigeondocuments.com/s/{id}"}


def told(status: str, *completed: str, **more: Any) -> dict[str, Any]:
    recipients = [
        {"id": f"p-{role}", "email": f"{role}@example.com", "has_completed": role in completed}
        for role in ("buyer", "seller")
    ]
    return {"id": "d1", "name": "Lease", "status": f"document.{status}", "recipients": recipients, **more}


class Service:
    """A document of Pigeon's: a draft at the third look."""

    def __init__(self) -> None:
        self.looks = 0

    def __call__(self, request: Request) -> Answer:
        match request.method, request.path:
            case "POST", "/documents?upload":
                return answer({"id": "d1", "status": "document.uploaded"}, 201)
            case "GET", "/documents/{id}":
                self.looks += 1
                return answer({"id": "d1", "status": f"document.{'uploaded' if self.looks < 2 else 'draft'}"})
            case "GET", "/documents/{id}/details":
                return answer(told("draft"))
            case "POST", "/documents/{id}/fields":
                return answer({"fields": []})
            case _:
                sent = told("sent")
                for one in sent["recipients"]:
                    del one["has_completed"]
                return answer(sent)


def test_it_is_uploaded_waited_for_given_its_fields_and_sent() -> None:
    going = outgoing(
        message="Please sign.",
        people=(person("buyer", phone="+49 1"), person("seller", 2)),
        fields=(field_of("buyer"), field_of("seller"), field_of("buyer", "text", label="City", mapping_key="city")),
    )
    walked = walk(PIGEON, job(Kind.SEND, going), Service())
    assert walked.names == ["create", "ready", "ready", "people", "fields", "send"]
    body = walked.asked[0].body
    assert isinstance(body, Multipart)
    data = json.loads(body.texts["data"])
    assert data["recipients"][0] == {
        "email": "buyer@example.com", "first_name": "Buyer", "last_name": "Smith", "role": "buyer", "phone": "+49 1",
        "signing_order": 1,
    }  # fmt: skip
    assert data["metadata"][OPERATION_KEY] == going.operation
    assert set(body.files) == {"file"}
    placed = walked.asked[4].body
    assert isinstance(placed, Json)
    assert placed.value["fields"][2] == {
        "type": "text", "field_id": "buyer-text", "merge_field": "city", "assigned_to": "p-buyer",
        "layout": {
            "page": 1,
            "position": {"offset_x": 72.0, "offset_y": 200.0, "anchor_point": "topleft"},
            "style": {"width": 150.0, "height": 50.0},
        },
        "settings": {"required": True, "placeholder": "City"},
    }  # fmt: skip
    assert walked.asked[5].body == Json({"subject": "Lease", "silent": False, "message": "Please sign."})
    assert walked.facts["id"] == "d1"
    assert walked.news[-1].status is RemoteStatus.SENT
    assert isinstance(walked.end, Done)


def test_the_first_look_waits_some_seconds() -> None:
    move = PIGEON.steps[Kind.SEND](job(Kind.SEND), {"document": "d1", "state": "uploaded"})
    assert isinstance(move, Call)
    assert move.wait_s == 3.0


def test_a_pdf_they_cannot_read_ends_it() -> None:
    assert isinstance(PIGEON.steps[Kind.SEND](job(Kind.SEND), {"document": "d1", "state": "error"}), GiveUp)


def lookup(facts: dict[str, Any]) -> Lookup:
    move = PIGEON.steps[Kind.SEND](job(Kind.SEND), facts)
    assert isinstance(move, Call)
    assert move.lookup is not None
    return move.lookup


def test_a_lost_upload_is_found_by_reading_what_has_its_title() -> None:
    first = lookup({})
    assert first.request.query[f"metadata_{OPERATION_KEY}"] == outgoing().operation
    assert isinstance(first.read(answer({"results": [{"id": "d9", "name": "Another"}]})), Absent)
    second = first.read(answer({"results": [{"id": "d0", "name": "Lease"}, {"id": "d1", "name": "[DEV] Lease"}]}))
    assert isinstance(second, Lookup)
    third = second.read(answer(told("draft", metadata={OPERATION_KEY: "another"})))
    assert isinstance(third, Lookup)
    found = third.read(answer(told("draft", metadata={OPERATION_KEY: outgoing().operation})))
    assert isinstance(found, Learned)
    assert found.facts == {"document": "d1", "state": "draft"}
    many = first.read(answer({"results": [{"id": f"d{n}", "name": "Lease"} for n in range(21)]}))
    for _ in range(20):
        assert isinstance(many, Lookup)
        many = many.read(answer(told("draft")))
    assert isinstance(many, Unclear)


def test_a_draft_nobody_wants_is_deleted_and_looked_for_as_it_was_made() -> None:
    asked = job(Kind.SEND)
    assert isinstance(PIGEON.discard(asked, {}), Done)
    move = PIGEON.discard(asked, {"document": "d1", "state": "error"})
    assert isinstance(move, Call)
    assert (move.request.method, move.request.filled) == ("DELETE", "/documents/d1")
    assert move.lookup is not None
    read = move.lookup.read(answer({"results": [{"id": "d1", "name": "Lease"}]}))
    assert isinstance(read, Lookup)
    assert isinstance(read.read(answer(told("draft", metadata={OPERATION_KEY: outgoing().operation}))), Absent)
    away = move.lookup.read(answer({"results": []}))
    assert isinstance(away, Learned)
    assert isinstance(PIGEON.discard(asked, {"document": "d1", **away.facts}), Done)


def test_lost_fields_are_all_there_or_none() -> None:
    facts = {"document": "d1", "state": "draft", "people": {"buyer": "p-buyer", "seller": "p-seller"}}
    look = lookup(facts)
    both = [{"field_id": "buyer-signature"}, {"field_id": "seller-signature"}]
    assert isinstance(look.read(answer({"fields": both})), Learned)
    assert isinstance(look.read(answer({"fields": []})), Absent)
    assert isinstance(look.read(answer({"fields": both[:1]})), Unclear)


def test_what_is_no_draft_any_more_was_sent() -> None:
    people = {"buyer": "p-buyer", "seller": "p-seller"}
    look = lookup({"document": "d1", "state": "draft", "people": people, "fields": True})
    assert isinstance(look.read(answer(told("draft"))), Absent)
    found = look.read(answer(told("sent")))
    assert isinstance(found, Learned)
    assert found.facts["id"] == "d1"


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (told("sent"), RemoteStatus.SENT),
        (told("viewed", "buyer"), RemoteStatus.PARTIALLY_SIGNED),
        (told("completed", "buyer", "seller"), RemoteStatus.COMPLETED),
        (told("waiting_pay"), RemoteStatus.COMPLETED),
        (told("voided", expiration_date="2026-03-04T09:00:00.123456Z"), RemoteStatus.EXPIRED),
        (told("voided", expiration_date="2027-03-04T09:00:00Z"), RemoteStatus.VOIDED),
        (told("voided"), RemoteStatus.VOIDED),
        (told("rejected"), RemoteStatus.DECLINED),
        (told("error"), RemoteStatus.FAILED),
        (told("levitating"), RemoteStatus.UNKNOWN),
    ],
)
def test_their_words_are_ours(data: dict[str, Any], status: RemoteStatus) -> None:
    walked = walk(PIGEON, job(Kind.FOLLOW, remote="d1"), lambda _: answer(data))
    (news,) = walked.news
    assert (news.status, news.raw) == (status, data["status"])
    assert isinstance(walked.end, Done if status.over else Rest)


def test_answers_come_back_by_mapping_key() -> None:
    fields = [{"merge_field": "city", "value": "Ulm"}, {"merge_field": "", "value": "x"}, {"value": 3}]
    walked = walk(PIGEON, job(Kind.FOLLOW, remote="d1"), lambda _: answer(told("viewed", "buyer", fields=fields)))
    assert walked.news[0].values == {"city": "Ulm"}
    assert [one.status for one in walked.news[0].people] == [PersonStatus.SIGNED, PersonStatus.PENDING]


def test_a_session_becomes_a_link_that_nobody_else_sees() -> None:
    asked = job(Kind.LINK, remote="d1", given={"role": "buyer"}, options=SHARE)
    walked = walk(PIGEON, asked, lambda _: answer({"id": "canary", "expires_at": "2026-03-04T11:00:00Z"}, 201))
    assert walked.asked[0].body == Json({"recipient": "buyer@example.com", "lifetime": 3600})
    assert walked.secrets == {"link/buyer": "https://app.pigeondocuments.com/s/canary"}
    assert "canary" not in str(walked.facts)


def test_a_void_is_looked_up() -> None:
    move = PIGEON.steps[Kind.VOID](job(Kind.VOID, remote="d1", given={"reason": "Terms"}), {})
    assert isinstance(move, Call)
    assert move.request.body == Json({"status": 11, "notify_recipients": True, "note": "Terms"})
    assert move.reconcile
    assert move.lookup is not None
    assert isinstance(move.lookup.read(answer(told("voided"))), Learned)
    assert isinstance(move.lookup.read(answer(told("sent"))), Absent)


def test_the_sealed_file_is_fetched_and_with_a_sandbox_key_the_plain_one() -> None:
    asked = job(Kind.DOWNLOAD, remote="d1")
    sealed = PIGEON.steps[Kind.DOWNLOAD](asked, {})
    plain = PIGEON.steps[Kind.DOWNLOAD](replace(asked, options={"sandbox": "yes"}), {})
    assert isinstance(sealed, Fetch)
    assert isinstance(plain, Fetch)
    assert isinstance(sealed.source, Request)
    assert isinstance(plain.source, Request)
    assert sealed.source.filled == "/documents/d1/download-protected"
    assert plain.source.filled == "/documents/d1/download"


def test_what_forbids_it_and_what_is_lost_is_told_before() -> None:
    good = PIGEON.plan(outgoing(), {})
    assert (good.problems, good.lost) == ((), ())
    large = tuple(replace(one, size=2_600_000) for one in outgoing().documents)
    assert [one.code for one in PIGEON.plan(outgoing(documents=large), {}).problems] == ["document_too_large"]
    poor = outgoing(
        test_mode=True,
        expires_at=job(Kind.SEND).now,
        fields=(*outgoing().fields, field_of("buyer", "note", required=False), field_of("buyer", "number", value="3")),
    )
    assert [one.code for one in PIGEON.plan(poor, {}).lost] == [
        "expires_at", "kind_unknown", "becomes_text", "prefilled", "test_by_key",
    ]  # fmt: skip
