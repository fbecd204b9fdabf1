"""ClearPolicy's flow against answers in the shape of the contract, without a network."""

from __future__ import annotations

from typing import Any

from app.domain.recipient import Action
from app.domain.remote import PersonStatus, RemoteStatus
from app.sync.flow import Absent, Call, Done, GiveUp, Kind, Learned, Way
from app.sync.flows.clearpolicy import CLEARPOLICY
from app.sync.outgoing import Outgoing
from app.sync.request import Answer, Json, Request
from tests.support.flowing import answer, field_of, job, outgoing, person, walk

DOCUMENT = "01hzz0000000000000000000aa"
PERSON = "01hzz0000000000000000000pp"


def going(**more: Any) -> Outgoing:
    return outgoing(**{"options": {"document_id": DOCUMENT}, "fields": (), **more})


def service(request: Request) -> Answer:
    if request.path == "/people" and request.method == "GET":
        almost = {"id": "01hzz0000000000000000000xx", "email": f"not-{request.query['email']}"}
        ours = {"id": PERSON, "email": "Buyer@example.com"}
        return answer({"data": [almost, ours] if request.query["email"] == "buyer@example.com" else [almost]})
    if request.path == "/people":
        return answer({"id": "01hzz0000000000000000000nn"}, 201)
    return answer({"id": "01hzz0000000000000000000rr", "status": "sent", "document_revision_id": "rev"}, 201)


def test_each_person_is_found_or_made_and_asked_once() -> None:
    asked = going(people=(person("buyer"), person("seller", 2, action=Action.ACKNOWLEDGE)), message="Please read.")
    walked = walk(CLEARPOLICY, job(Kind.SEND, asked), service)
    assert walked.names == ["person buyer", "request buyer", "person seller", "new person seller", "request seller"]
    assert walked.asked[1].body == Json(
        {
            "person_id": PERSON, "document_id": DOCUMENT, "requested_attestation_type": "signature",
            "recipient_message": "Please read.",
        }
    )  # fmt: skip
    assert walked.asked[3].body == Json({"name": "Seller Smith", "email": "seller@example.com"})
    assert isinstance(walked.asked[4].body, Json)
    assert walked.asked[4].body.value["requested_attestation_type"] == "acknowledgment"
    assert set(walked.facts["requests"]) == {"buyer", "seller"}
    assert walked.facts["id"]
    assert [one.people[0].status for one in walked.news] == [PersonStatus.PENDING] * 2
    assert isinstance(walked.end, Done)


def test_a_person_that_was_named_is_not_looked_for() -> None:
    asked = outgoing("buyer", fields=(), options={"document_id": DOCUMENT, "person_id": PERSON})
    walked = walk(CLEARPOLICY, job(Kind.SEND, asked), service)
    assert walked.names == ["request buyer"]
    assert walked.news[0].status is RemoteStatus.SENT


def test_a_lost_person_is_found_and_a_lost_request_is_for_a_person_to_decide() -> None:
    asked = job(Kind.SEND, going())
    made = CLEARPOLICY.steps[Kind.SEND](asked, {"sought/buyer": True})
    assert isinstance(made, Call)
    assert made.lookup is not None
    assert isinstance(made.lookup.read(answer({"data": [{"id": PERSON, "email": "buyer@example.com"}]})), Learned)
    assert isinstance(made.lookup.read(answer({"data": []})), Absent)
    request = CLEARPOLICY.steps[Kind.SEND](asked, {"person/buyer": PERSON})
    assert isinstance(request, Call)
    assert request.request.path == "/attestation-requests"
    assert not request.request.is_safe
    assert request.lookup is None


def test_who_was_asked_cannot_be_called_off() -> None:
    asked = job(Kind.SEND, going())
    assert isinstance(CLEARPOLICY.discard(asked, {"sought/buyer": True}), Done)
    end = CLEARPOLICY.discard(asked, {"requests": {"buyer": "r1"}})
    assert isinstance(end, GiveUp)
    assert end.message.startswith("1 of 2 people had been asked")


def test_what_forbids_it_and_what_is_lost_is_told_before() -> None:
    plan = CLEARPOLICY.plan(going(), {})
    assert (plan.way, plan.problems) == (Way.OWN, ())
    assert [one.code for one in plan.lost] == ["their_document", "known_at_sending", "order"]
    bad = CLEARPOLICY.plan(going(options={}, message="x" * 5001), {})
    assert [one.code for one in bad.problems] == ["document_id_missing", "message_too_long"]
    poor = going(
        test_mode=True,
        signed_here=("Ana",),
        sequential=False,
        fields=(field_of("buyer"),),
        people=(person("buyer", action=Action.ACKNOWLEDGE), person("seller", action=Action.VIEW)),
    )
    assert [one.code for one in CLEARPOLICY.plan(poor, {}).lost] == [
        "their_document", "known_at_sending", "their_fields", "seals_stay_here", "action", "test_mode",
    ]  # fmt: skip
