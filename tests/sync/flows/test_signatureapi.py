"""SignatureAPI's flow against answers in the shape of the contract, without a network."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from app.domain.geometry import Rect
from app.domain.recipient import Action
from app.domain.remote import PersonStatus, RemoteStatus
from app.sync.flow import Absent, Call, Done, Fetch, GiveUp, Job, Kind, Learned, Lookup, Rest, Unclear
from app.sync.flows.signatureapi import SIGNATUREAPI
from app.sync.outgoing import Outgoing
from app.sync.request import Answer, File, Json, Request
from tests.support.flowing import NOW, answer, field_of, job, outgoing, person, walk

LINK = "https://sign.signatureapi.com/en/start?token=canary"
FILE = "https://storage.example/canary"


def going(**more: Any) -> Outgoing:
    place = Rect(72, 200, 125, 50)
    fields = (field_of("buyer", rect=place), field_of("seller", rect=place))
    return outgoing(**{"fields": fields, **more})


def told(status: str = "processing", **people: str) -> dict[str, Any]:
    recipients = [
        {"id": f"re_{key}", "key": key, "status": people.get(key, "pending"), "email": "x@example.com"}
        for key in ("buyer1", "seller2")
    ]
    return {"id": "e-1", "status": status, "recipients": recipients, "captures": {"city": "Ulm"}}


def service(request: Request) -> Answer:
    if request.path == "/uploads":
        return answer({"id": "upl_1", "url": "https://uploads.example/1"}, 201)
    return answer(told(), 201)


def test_a_document_is_uploaded_as_it_is_and_then_an_envelope_is_made_of_it() -> None:
    walked = walk(SIGNATUREAPI, job(Kind.SEND, going(message="Please **sign**")), service)
    assert walked.names == ["upload 1", "create"]
    assert isinstance(walked.asked[0].body, File)
    assert walked.asked[0].repeatable
    assert isinstance(walked.asked[1].body, Json)
    data = walked.asked[1].body.value
    assert data["recipients"] == [
        {"type": "signer", "key": "buyer1", "name": "Buyer Smith", "email": "buyer@example.com"},
        {"type": "signer", "key": "seller2", "name": "Seller Smith", "email": "seller@example.com"},
    ]
    (document,) = data["documents"]
    assert (document["url"], document["format"]) == ("https://uploads.example/1", "pdf")
    assert document["places"][0] == {
        "key": "signature_1", "type": "signature", "recipient_key": "buyer1", "height": 50.0,
    }  # fmt: skip
    assert (data["routing"], data["message"]) == ("sequential", "Please **sign**")
    assert walked.facts["id"] == "e-1"
    assert walked.facts["recipients"] == {"buyer": "re_buyer1", "seller": "re_seller2"}
    assert isinstance(walked.end, Done)


def test_a_place_is_told_by_its_bottom_left_corner_from_the_top_of_the_page() -> None:
    walked = walk(SIGNATUREAPI, job(Kind.SEND, going()), service)
    body = walked.asked[1].body
    assert isinstance(body, Json)
    assert body.value["documents"][0]["fixed_positions"][0] == {
        "place_key": "signature_1", "page": 1, "top": 250.0, "left": 72.0,
    }  # fmt: skip


def test_what_people_enter_comes_back_under_its_mapping_key() -> None:
    entered = (
        *going().fields,
        field_of("buyer", "text", name="t", mapping_key="City", label="City", required=False),
        field_of("buyer", "text", name="m", multiline=True),
        field_of("seller", "dropdown", name="d", options=("a", "b")),
        field_of("seller", "checkbox", name="c", rect=Rect(10, 10, 20, 20)),
        field_of("seller", "date_signed", name="s"),
    )
    walked = walk(SIGNATUREAPI, job(Kind.SEND, going(fields=entered)), service)
    body = walked.asked[1].body
    assert isinstance(body, Json)
    places = body.value["documents"][0]["places"]
    assert [one["type"] for one in places[2:]] == [
        "text_input", "multi_line_text_input", "dropdown", "checkbox", "recipient_completed_date",
    ]  # fmt: skip
    assert places[2] == {
        "key": "city_3", "type": "text_input", "recipient_key": "buyer1", "width": 150.0, "hint": "City",
        "requirement": "optional", "capture_as": "City",
    }  # fmt: skip
    assert places[4]["options"] == [{"label": "a", "value": "a"}, {"label": "b", "value": "b"}]
    assert "requirement" not in places[6]


def test_an_upload_that_is_nearly_gone_is_made_anew() -> None:
    asked = job(Kind.SEND, going())
    once = walk(SIGNATUREAPI, asked, lambda r: service(r) if r.path == "/uploads" else answer(told()))
    facts = {key: value for key, value in once.facts.items() if key.startswith("upload")}
    young = SIGNATUREAPI.steps[Kind.SEND](replace(asked, now=NOW + timedelta(hours=19)), facts)
    old = SIGNATUREAPI.steps[Kind.SEND](replace(asked, now=NOW + timedelta(hours=21)), facts)
    assert isinstance(young, Call)
    assert isinstance(old, Call)
    assert (young.name, old.name) == ("create", "upload 1")


def test_a_lost_create_comes_before_an_upload_that_grew_old_meanwhile() -> None:
    facts = {"upload_1": "https://uploads.example/1", "uploaded_at_1": "2026-03-04T10:00:00Z"}
    asked = replace(job(Kind.SEND, going()), now=NOW + timedelta(days=3), begun="create")
    step = SIGNATUREAPI.steps[Kind.SEND](asked, facts)
    assert isinstance(step, Call)
    assert step.name == "create"


def test_a_lost_create_is_found_by_its_topic_and_read_whole() -> None:
    asked = job(Kind.SEND, going())
    facts = {"upload_1": "https://uploads.example/1", "uploaded_at_1": "2026-03-04T10:00:00Z"}
    create = SIGNATUREAPI.steps[Kind.SEND](asked, facts)
    assert isinstance(create, Call)
    assert isinstance(create.request.body, Json)
    assert create.lookup is not None
    (topic,) = create.request.body.value["topics"]
    assert create.lookup.request.query["topic"] == topic
    assert isinstance(create.lookup.read(answer({"data": [{"id": "e-0", "topics": ["another"]}]})), Absent)
    again = create.lookup.read(answer({"data": [{"id": "e-1", "topics": [topic]}]}))
    assert isinstance(again, Lookup)
    assert again.request.at == {"id": "e-1"}
    found = again.read(answer(told("in_progress")))
    assert isinstance(found, Learned)
    assert found.facts["recipients"] == {"buyer": "re_buyer1", "seller": "re_seller2"}


def following(job: Job, data: dict[str, Any], facts: dict[str, Any] | None = None) -> Any:
    events = {
        "data": [
            {"id": "evt_2", "type": "recipient.completed", "timestamp": "2026-03-04T11:00:00Z",
             "data": {"recipient_key": "buyer1"}},
            {"id": "evt_1", "type": "envelope.created", "timestamp": "2026-03-04T10:00:00.5Z", "data": {}},
            {"id": "evt_3", "type": "envelope.frobnicated", "timestamp": "2026-03-04T12:00:00Z", "data": {}},
        ]
    }  # fmt: skip
    return walk(SIGNATUREAPI, job, lambda r: answer(events if r.path.endswith("/events") else data), facts)


def test_news_are_read_with_the_history_only_when_something_is_new() -> None:
    asked = job(Kind.FOLLOW, going(), remote="e-1")
    first = following(asked, told("in_progress", buyer1="completed"))
    assert first.names == ["poll", "events"]
    assert [one.status for one in first.news[0].people] == [PersonStatus.SIGNED, PersonStatus.PENDING]
    assert first.news[0].status is RemoteStatus.PARTIALLY_SIGNED
    assert first.news[0].values == {"city": "Ulm"}
    assert [(one.id, one.kind, one.role) for one in first.news[1].events] == [
        ("evt_1", "created", ""), ("evt_2", "signed", "buyer"), ("evt_3", "", ""),
    ]  # fmt: skip
    assert isinstance(first.end, Rest)
    kept = {key: value for key, value in first.facts.items() if key not in first.end.forget}
    assert following(asked, told("in_progress", buyer1="completed"), kept).names == ["poll"]
    assert following(asked, told("completed", buyer1="completed", seller2="completed"), kept).names == [
        "poll", "events",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (told("in_progress", seller2="rejected"), RemoteStatus.DECLINED),
        (told("completed"), RemoteStatus.COMPLETED),
        (told("canceled"), RemoteStatus.VOIDED),
        (told("failed"), RemoteStatus.FAILED),
        (told("quantum"), RemoteStatus.UNKNOWN),
    ],
)
def test_their_words_are_ours_and_a_strange_one_is_kept(data: dict[str, Any], status: RemoteStatus) -> None:
    walked = following(job(Kind.FOLLOW, going(), remote="e-1"), data)
    assert walked.news[0].status is status
    assert walked.news[0].raw == data["status"]


def linking() -> Job:
    return job(Kind.LINK, going(), remote="e-1", known={"recipients": {"buyer": "re_buyer1"}}, given={"role": "buyer"})


def test_a_live_link_is_told_and_no_ceremony_is_made() -> None:
    walked = walk(SIGNATUREAPI, linking(), lambda _: answer({"status": "sent", "ceremony": {"url": LINK}}))
    assert walked.names == ["look"]
    assert walked.secrets == {"link/buyer": LINK}
    assert "canary" not in str(walked.facts)


def test_without_a_live_link_one_ceremony_is_made_and_a_lost_answer_is_read_back() -> None:
    asked = linking()
    made = SIGNATUREAPI.steps[Kind.LINK](asked, {"state": "sent"})
    assert isinstance(made, Call)
    assert made.request.body == Json({"authentication": [{"type": "email_code"}]})
    assert not made.request.is_safe
    assert made.lookup is not None
    found = made.lookup.read(answer({"ceremony": {"url": LINK}}))
    assert isinstance(found, Learned)
    assert found.secrets == {"link/buyer": LINK}
    assert isinstance(made.lookup.read(answer({"ceremony": {"url": None}})), Unclear)


def test_who_has_signed_gets_no_link() -> None:
    walked = walk(SIGNATUREAPI, linking(), lambda _: answer({"status": "completed", "ceremony": {"url": None}}))
    assert isinstance(walked.end, GiveUp)
    assert walked.names == ["look"]


def test_a_void_that_was_done_already_is_found_to_be() -> None:
    move = SIGNATUREAPI.steps[Kind.VOID](job(Kind.VOID, going(), remote="e-1", given={"reason": "x" * 3000}), {})
    assert isinstance(move, Call)
    assert isinstance(move.request.body, Json)
    assert len(move.request.body.value["reason"]) == 2000
    assert move.reconcile
    assert move.lookup is not None
    assert isinstance(move.lookup.read(answer(told("canceled"))), Learned)
    assert isinstance(move.lookup.read(answer(told("in_progress"))), Absent)


def test_the_file_is_fetched_by_a_link_that_was_just_read_and_made_where_there_is_none() -> None:
    lists = iter(
        [
            {"data": []},
            {"data": [{"id": "del_1", "type": "standard", "status": "processing"}]},
            {"data": [{"id": "del_1", "type": "standard", "status": "generated", "url": FILE}]},
        ]
    )
    asked = job(Kind.DOWNLOAD, going(), remote="e-1")
    walked = walk(SIGNATUREAPI, asked, lambda r: answer({"id": "del_1"} if r.method == "POST" else next(lists)))
    assert walked.names == ["deliverables", "make", "deliverables", "deliverables", "file"]
    assert "canary" not in str(walked.facts)
    assert walked.secrets == {"deliverable": FILE}
    known = {key: value for key, value in walked.facts.items() if key != "file"}
    late = replace(asked, now=NOW + timedelta(hours=1), secrets=walked.secrets)
    assert isinstance(SIGNATUREAPI.steps[Kind.DOWNLOAD](late, known), Call)
    assert isinstance(SIGNATUREAPI.steps[Kind.DOWNLOAD](replace(late, now=NOW), known), Fetch)


def test_what_forbids_it_and_what_is_lost_is_told_before() -> None:
    good = SIGNATUREAPI.plan(going(), {})
    assert (good.problems, good.lost) == ((), ())
    bad = going(
        documents=tuple(replace(one, size=6_000_000) for one in outgoing().documents),
        sequential=False,
        fields=(
            field_of("buyer", rect=Rect(10, 10, 150, 61)),
            field_of("seller", rect=Rect(10, 100, 150, 60)),
            field_of("seller", "text"),
        ),
    )
    assert [one.code for one in SIGNATUREAPI.plan(bad, {}).problems] == [
        "document_too_large", "field_height", "inputs_need_order",
    ]  # fmt: skip
    poor = going(
        test_mode=True,
        people=(person("buyer", action=Action.APPROVE), person("seller")),
        documents=tuple(replace(one, sealed=True) for one in outgoing().documents),
        fields=(field_of("seller", rect=Rect(10, 100, 200, 60)),),
    )
    plan = SIGNATUREAPI.plan(poor, {})
    assert plan.problems == ()
    assert [one.code for one in plan.lost] == ["seal_flattened", "signature_width", "test_by_key"]
