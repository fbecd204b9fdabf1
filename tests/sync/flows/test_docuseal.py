"""DocuSeal's flow against answers in the shape of its OpenAPI document, without a network."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from app.domain.geometry import Rect
from app.domain.remote import PersonStatus, RemoteStatus
from app.sync.flow import Absent, Call, Done, Fetch, Kind, Learned, Lookup, Rest
from app.sync.flows.docuseal import DOCUSEAL
from app.sync.outgoing import Outgoing
from app.sync.request import Answer, File, Json, Request
from tests.support.flowing import NOW, answer, field_of, job, outgoing, person, walk

LINK = "https://docuseal.com/s/canary"


def told(going: Outgoing, status: str = "pending", first: str = "sent", **more: Any) -> dict[str, Any]:
    submitters = [
        {"id": n, "submission_id": 7, "external_id": f"{going.operation}/{one.role}", "email": one.email,
         "status": first if n == 1 else "awaiting", "embed_src": f"{LINK}{n}", "role": one.role}
        for n, one in enumerate(going.signers, start=1)
    ]  # fmt: skip
    return {"id": 7, "name": "Lease", "status": status, "submitters": submitters, **more}


def test_documents_people_and_places_go_in_one_request() -> None:
    going = outgoing(
        message="Please sign.",
        expires_at=NOW,
        fields=(
            field_of("buyer", rect=Rect(59.5, 84.2, 119, 42.1)),
            field_of("seller", "dropdown", options=("a", "b")),
        ),
    )
    walked = walk(DOCUSEAL, job(Kind.SEND, going), lambda _: answer(told(going)))
    (request,) = walked.asked
    assert (request.method, request.filled) == ("POST", "/submissions/pdf")
    assert isinstance(request.body, Json)
    data = request.body.value
    (document,) = data["documents"]
    assert isinstance(document["file"], File)
    assert document["fields"][0] == {
        "name": "buyer-signature", "type": "signature", "role": "buyer", "required": True,
        "areas": [{"x": pytest.approx(0.1), "y": pytest.approx(0.1), "w": pytest.approx(0.2), "h": pytest.approx(0.05),
                   "page": 1}],
    }  # fmt: skip
    assert document["fields"][1]["options"] == ["a", "b"]
    assert [one["order"] for one in data["submitters"]] == [0, 1]
    assert data["expire_at"] == "2026-03-04 10:00:00 UTC"
    assert data["message"] == {"subject": "Lease", "body": "Please sign.\n\n{{submitter.link}}"}
    assert walked.facts == {"id": "7", "people": {"buyer": "1", "seller": "2"}}
    assert walked.secrets == {"link/buyer": f"{LINK}1", "link/seller": f"{LINK}2"}
    assert isinstance(walked.end, Done)


def test_a_bare_list_of_people_is_an_answer_too() -> None:
    going = outgoing()
    walked = walk(DOCUSEAL, job(Kind.SEND, going), lambda _: answer(told(going)["submitters"]))
    assert walked.facts["id"] == "7"


def test_a_lost_submission_is_found_by_its_people_on_any_page() -> None:
    going = outgoing()
    create = DOCUSEAL.steps[Kind.SEND](job(Kind.SEND, going), {})
    assert isinstance(create, Call)
    assert create.lookup is not None
    strange = told(outgoing(operation="01KJW4MG80ANTHER0000000000"))
    second = create.lookup.read(answer({"data": [strange], "pagination": {"next": 7}}))
    assert isinstance(second, Lookup)
    assert second.request.query["after"] == "7"
    found = second.read(answer({"data": [told(going)], "pagination": {"next": None}}))
    assert isinstance(found, Learned)
    assert found.facts["id"] == "7"
    assert isinstance(second.read(answer({"data": [], "pagination": {"next": None}})), Absent)


def test_one_reading_tells_status_people_answers_and_history() -> None:
    going = outgoing(fields=(*outgoing().fields, field_of("buyer", "text", name="t1", mapping_key="city")))
    data = told(going, first="completed")
    data["submitters"][0] |= {"completed_at": "2026-03-04T11:00:00.310Z", "values": [{"field": "t1", "value": "Ulm"}]}
    data["submission_events"] = [
        {"id": 3, "submitter_id": 1, "event_type": "complete_form", "event_timestamp": "2026-03-04T11:00:00Z"},
        {"id": 4, "submitter_id": 2, "event_type": "smoke_signal"},
    ]
    walked = walk(DOCUSEAL, job(Kind.FOLLOW, going, remote="7"), lambda _: answer(data))
    (news,) = walked.news
    assert news.status is RemoteStatus.PARTIALLY_SIGNED
    assert [one.status for one in news.people] == [PersonStatus.SIGNED, PersonStatus.PENDING]
    assert news.values == {"city": "Ulm"}
    assert [(one.id, one.kind, one.role) for one in news.events] == [("3", "signed", "buyer"), ("4", "", "seller")]
    assert isinstance(walked.end, Rest)


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"status": "completed"}, RemoteStatus.COMPLETED),
        ({"status": "declined"}, RemoteStatus.DECLINED),
        ({"status": "expired"}, RemoteStatus.EXPIRED),
        ({"archived_at": "2026-03-04T11:00:00Z"}, RemoteStatus.VOIDED),
        ({"status": "completed", "archived_at": "2026-03-04T11:00:00Z"}, RemoteStatus.COMPLETED),
        ({"status": "dreaming"}, RemoteStatus.UNKNOWN),
    ],
)
def test_their_words_are_ours(more: dict[str, Any], status: RemoteStatus) -> None:
    going = outgoing()
    walked = walk(DOCUSEAL, job(Kind.FOLLOW, going, remote="7"), lambda _: answer({**told(going), **more}))
    assert walked.news[0].status is status


def test_a_reminder_a_link_and_an_end() -> None:
    known: dict[str, Any] = {"remote": "7", "known": {"people": {"seller": "2"}}, "given": {"role": "seller"}}
    remind = DOCUSEAL.steps[Kind.REMIND](job(Kind.REMIND, **known), {})
    assert isinstance(remind, Call)
    assert (remind.request.method, remind.request.filled) == ("PUT", "/submitters/2")
    walked = walk(DOCUSEAL, job(Kind.LINK, **known), lambda _: answer({"embed_src": f"{LINK}2"}))
    assert walked.secrets == {"link/seller": f"{LINK}2"}
    void = DOCUSEAL.steps[Kind.VOID](job(Kind.VOID, **known), {})
    assert isinstance(void, Call)
    assert (void.request.method, void.request.is_safe) == ("DELETE", True)


def test_files_are_fetched_by_links_that_were_just_read() -> None:
    lists = iter([{"documents": []}, {"documents": [{"name": "Lease", "url": LINK}]}])
    asked = job(Kind.DOWNLOAD, remote="7")

    def service(_: Request) -> Answer:
        return answer(next(lists))

    walked = walk(DOCUSEAL, asked, service)
    assert walked.names == ["files", "files", "file 1"]
    assert "canary" not in str(walked.facts)
    facts = {key: value for key, value in walked.facts.items() if key != "file 1"}
    young = DOCUSEAL.steps[Kind.DOWNLOAD](replace(asked, secrets=walked.secrets), facts)
    assert isinstance(young, Fetch)
    assert (young.document, young.source) == (1, LINK)
    old = replace(asked, secrets=walked.secrets, now=NOW + timedelta(hours=1))
    assert isinstance(DOCUSEAL.steps[Kind.DOWNLOAD](old, facts), Call)


def test_what_forbids_it_and_what_is_lost_is_told_before() -> None:
    assert DOCUSEAL.plan(outgoing(), {}).problems == ()
    bad = outgoing(people=(person("buyer", email=""),), fields=())
    assert [one.code for one in DOCUSEAL.plan(bad, {}).problems] == ["email_missing", "no_signature_field"]
    poor = outgoing(test_mode=True, fields=(*outgoing().fields, field_of("buyer", "note", required=False)))
    assert [one.code for one in DOCUSEAL.plan(poor, {}).lost] == ["kind_unknown", "test_mode"]
