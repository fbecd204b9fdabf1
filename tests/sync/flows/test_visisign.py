"""VisiSign's flow against answers in the shape of the contract, without a network."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from app.domain.geometry import Rect
from app.domain.recipient import Action
from app.domain.remote import PersonStatus, RemoteStatus
from app.sync.flow import Absent, Call, Done, Fetch, GiveUp, Kind, Learned, Lookup, Rest, Unclear, Way
from app.sync.flows.visisign import VISISIGN
from app.sync.outgoing import OPERATION_KEY, Outgoing
from app.sync.request import Answer, Json, Multipart, Request
from tests.support.flowing import answer, field_of, job, outgoing, person, walk

LINK = "https://app.visisign.app/sign/canary-tok"


def told(going: Outgoing, **more: Any) -> dict[str, Any]:
    """A request as VisiSign tells of it."""
    signers = [
        {"id": f"sig_{n}", "name": one.name, "email": one.email.upper(), "status": "pending", "order": n}
        for n, one in enumerate(going.signers, start=1)
    ]
    whole = {"id": "sr_1", "title": going.title, "status": "sent", "is_declined": False, "signers": signers}
    return {**whole, "metadata": {OPERATION_KEY: going.operation}, "form_data": {}, "extra": 1, **more}


def created(request: Request) -> Answer:
    going = outgoing()
    data = told(going)
    for one in data["signers"]:
        one |= {"signing_url": LINK, "embed_url": f"{LINK}/embed"}
    return answer({"signature_request": data}, 201)


def test_one_call_sends_and_its_links_are_secrets() -> None:
    walked = walk(VISISIGN, job(Kind.SEND), created)
    assert walked.names == ["create"]
    assert walked.facts == {"id": "sr_1"}
    assert set(walked.secrets) == {"link/buyer", "link/seller", "embed/buyer", "embed/seller"}
    assert "canary" not in json.dumps(walked.facts) + repr(walked.news)
    assert isinstance(walked.end, Done)
    assert walked.news[0].status is RemoteStatus.SENT


def test_only_documented_keys_are_sent_and_places_are_ours() -> None:
    going = outgoing(
        message="Please",
        expires_at=datetime(2027, 1, 31, tzinfo=UTC),
        metadata={"case": "42"},
        fields=(field_of("buyer"), field_of("seller", "text", mapping_key="city", label="City", required=False)),
    )
    walked = walk(VISISIGN, job(Kind.SEND, going, options={"test_mode": "yes"}), created)
    body = walked.asked[0].body
    assert isinstance(body, Multipart)
    assert set(body.files) == {"file"}
    data = json.loads(body.texts["data"])
    assert data == {
        "title": "Lease",
        "message": "Please",
        "expires_at": "2027-01-31T00:00:00.000000Z",
        "signers": [
            {"name": "Buyer Smith", "email": "buyer@example.com", "role": "buyer", "order": 1},
            {"name": "Seller Smith", "email": "seller@example.com", "role": "seller", "order": 2},
        ],
        "fields": [
            {"type": "signature", "signer_index": 0, "page": 1, "x": 72, "y": 200, "width": 150, "height": 50,
             "required": True},
            {"type": "text", "signer_index": 1, "page": 1, "x": 72, "y": 200, "width": 150, "height": 50,
             "label": "City", "mapping_key": "city", "required": False},
        ],
        "signing_order": "one_at_a_time",
        "test_mode": True,
        "metadata": {"case": "42", **going.free_data},
    }  # fmt: skip
    assert data["metadata"][OPERATION_KEY] == going.operation


def the_lookup(going: Outgoing) -> Lookup:
    move = VISISIGN.steps[Kind.SEND](job(Kind.SEND, going), {})
    assert isinstance(move, Call)
    assert move.lookup is not None
    return move.lookup


def listed(*found: dict[str, Any], page: int = 1, pages: int = 1) -> Answer:
    return answer({"signature_requests": list(found), "pagination": {"page": page, "total_pages": pages}})


def test_a_lost_create_is_found_by_our_operation_id_over_several_pages() -> None:
    going = outgoing()
    first = the_lookup(going)
    second = first.read(listed(told(going, metadata={}, id="sr_0"), pages=2))
    assert isinstance(second, Lookup)
    assert second.request.query["page"] == "2"
    found = second.read(listed(told(going), page=2, pages=2))
    assert isinstance(found, Learned)
    assert found.facts == {"id": "sr_1", "links_lost": True}
    assert isinstance(second.read(listed(page=2, pages=2)), Absent)


def test_one_of_the_same_title_that_tells_no_metadata_is_unclear() -> None:
    going = outgoing()
    twin = told(going)
    del twin["metadata"]
    assert isinstance(the_lookup(going).read(listed(twin)), Unclear)


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({}, RemoteStatus.SENT),
        ({"is_declined": True}, RemoteStatus.DECLINED),
        ({"status": "completed"}, RemoteStatus.COMPLETED),
        ({"status": "completed", "is_declined": True}, RemoteStatus.DECLINED),
        ({"status": "cancelled"}, RemoteStatus.VOIDED),
        ({"status": "expired"}, RemoteStatus.EXPIRED),
        ({"status": "levitating"}, RemoteStatus.UNKNOWN),
        ({"status": None}, RemoteStatus.UNKNOWN),
        ({"signers": "none"}, RemoteStatus.SENT),
    ],
)
def test_statuses_are_mapped_and_kept(change: dict[str, Any], status: RemoteStatus) -> None:
    going = outgoing()
    walked = walk(VISISIGN, job(Kind.FOLLOW, going, remote="sr_1"), lambda _: answer(told(going, **change)))
    assert walked.news[0].status is status
    assert walked.news[0].raw == (change.get("status", "sent") or "")
    assert isinstance(walked.end, Done if status.over else Rest)


def test_people_are_told_by_their_address_with_times_and_values() -> None:
    going = outgoing()
    data = told(going, form_data={"city": "Ulm", "count": 3, "ok": True, "odd": [1]})
    data["signers"][0] |= {"status": "signed", "signed_at": "2026-03-04T10:00:00.123Z"}
    data["signers"][1] |= {"viewed_at": "2026-03-04T11:00:00Z"}
    data["signers"].append({"email": "stranger@example.com", "status": "signed"})
    walked = walk(VISISIGN, job(Kind.FOLLOW, going, remote="sr_1"), lambda _: answer({"signature_request": data}))
    (news,) = walked.news
    assert news.status is RemoteStatus.PARTIALLY_SIGNED
    assert [(one.role, one.status) for one in news.people] == [
        ("buyer", PersonStatus.SIGNED),
        ("seller", PersonStatus.VIEWED),
    ]
    assert news.people[0].signed_at == datetime(2026, 3, 4, 10, 0, 0, 123000, tzinfo=UTC)
    assert news.values == {"city": "Ulm", "count": "3", "ok": True}


def test_a_void_that_was_done_already_is_found_to_be() -> None:
    going = outgoing()
    move = VISISIGN.steps[Kind.VOID](job(Kind.VOID, going, remote="sr_1"), {})
    assert isinstance(move, Call)
    assert move.reconcile
    assert move.lookup is not None
    assert isinstance(move.lookup.read(answer(told(going, status="cancelled"))), Learned)
    assert isinstance(move.lookup.read(answer(told(going))), Absent)


def test_a_reminder_names_the_person_and_cannot_be_looked_up() -> None:
    going = outgoing()
    move = VISISIGN.steps[Kind.REMIND](job(Kind.REMIND, going, remote="sr_1", given={"role": "seller"}), {})
    assert isinstance(move, Call)
    assert move.request.body == Json({"email_address": "seller@example.com"})
    assert move.lookup is None


def test_a_link_is_here_or_cannot_be_had() -> None:
    asked = job(Kind.LINK, remote="sr_1", given={"role": "buyer"})
    assert isinstance(VISISIGN.steps[Kind.LINK](asked, {}), GiveUp)
    assert isinstance(VISISIGN.steps[Kind.LINK](replace(asked, secrets={"link/buyer": LINK}), {}), Done)


def test_the_file_is_fetched_as_the_first_document() -> None:
    move = VISISIGN.steps[Kind.DOWNLOAD](job(Kind.DOWNLOAD, remote="sr_1"), {})
    assert isinstance(move, Fetch)
    assert move.document == 1
    assert isinstance(walk(VISISIGN, job(Kind.DOWNLOAD, remote="sr_1"), created).end, Done)


def test_what_forbids_it_and_what_is_lost_is_told_before() -> None:
    good = VISISIGN.plan(outgoing(), {})
    assert (good.way, good.problems, good.lost) == (Way.DOCUMENT, (), ())
    bad = outgoing(
        documents=outgoing().documents * 2,
        people=(person("buyer", email=""), person("seller", name=" "), person("third", email="seller@example.com")),
        fields=(field_of("buyer", rect=Rect(500, 200, 150, 50)), field_of("ghost"), field_of("buyer", "stamp")),
    )
    assert {one.code for one in VISISIGN.plan(bad, {}).problems} == {
        "too_many_documents", "email_missing", "name_missing", "email_twice", "field_off_page", "field_of_nobody",
        "kind_required", "no_signature_field",
    }  # fmt: skip
    poor = outgoing(
        has_password=True,
        hide_other_signers=True,
        attachments=("plan.pdf",),
        people=(person("buyer", auth=("access_code",)), person("file", action=Action.COPY)),
        fields=(field_of("buyer"), field_of("buyer", "radio", required=False), field_of("buyer", "number")),
    )
    plan = VISISIGN.plan(poor, {})
    assert plan.problems == ()
    assert {one.code for one in plan.lost} == {
        "password", "hide_other_signers", "attachments", "auth", "copies", "kind_unknown", "becomes_text",
    }  # fmt: skip
    assert "nobody_left" in {one.code for one in VISISIGN.plan(outgoing(people=()), {}).problems}
