"""NueForm's flow against answers in the shape of the contract, without a network."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from app.domain.remote import PersonStatus, RemoteStatus
from app.sync.flow import Absent, Call, Done, Fetch, Kind, Learned, Lookup, Rest, Unclear, Way
from app.sync.flows.nueform import NUEFORM
from app.sync.outgoing import Outgoing
from app.sync.request import Answer, Json
from tests.support.flowing import NOW, PRINT, answer, field_of, job, outgoing, person, walk

FORM = {"form_id": "665a1b2c3d4e5f6a7b8c9d0e"}
LINK = "https://nue.fm/s/canary"


def going(**more: Any) -> Outgoing:
    return outgoing(**{"options": FORM, "fields": (), **more})


def told(status: str = "active", first: str = "pending", **more: Any) -> dict[str, Any]:
    links = [
        {"slot_number": n, "short_code": f"canary{n}", "signing_url": f"{LINK}{n}", "first_name": name,
         "last_name": "Smith", "email": f"{name.lower()}@example.com", "status": first if n == 1 else "pending"}
        for n, name in enumerate(("Buyer", "Seller"), start=1)
    ]  # fmt: skip
    return {"id": "ses_1", "status": status, "total_slots": 2, "signer_links": links, **more}


def test_a_session_of_the_form_is_made_with_our_people_in_its_slots() -> None:
    asked = going(
        message="Please sign.", hide_other_signers=True, copy_mode="always", expires_at=NOW + timedelta(days=9)
    )
    walked = walk(NUEFORM, job(Kind.SEND, asked), lambda _: answer(told(), 201))
    (request,) = walked.asked
    assert request.filled == f"/forms/{FORM['form_id']}/signing-sessions"
    assert request.body == Json(
        {
            "signers": [
                {"slot_number": 1, "first_name": "Buyer", "last_name": "Smith", "email": "buyer@example.com"},
                {"slot_number": 2, "first_name": "Seller", "last_name": "Smith", "email": "seller@example.com"},
            ],
            "signing_order": "sequential",
            "hide_other_signers": True,
            "copy_mode": "always",
            "require_email_verification": False,
            "send_signing_emails": True,
            "expiry_days": 9,
            "custom_email_body": "Please sign.\n\n{slot_link}",
        }
    )
    assert walked.facts["id"] == "ses_1"
    assert walked.secrets["link/buyer"] == f"{LINK}1"
    assert walked.secrets["code/seller"] == "canary2"
    assert "canary" not in str(walked.facts) + str(walked.news)
    assert isinstance(walked.end, Done)


def test_an_answer_in_a_wrapper_is_the_same_answer() -> None:
    walked = walk(NUEFORM, job(Kind.SEND, going()), lambda _: answer({"data": told(), "meta": {}}, 201))
    assert walked.facts["id"] == "ses_1"


def lookup(**more: Any) -> Lookup:
    create = NUEFORM.steps[Kind.SEND](job(Kind.SEND, going(**more)), {})
    assert isinstance(create, Call)
    assert create.lookup is not None
    return create.lookup


def listed(*ids: str, total: int = 1, made: str = "2026-03-04T10:00:05.000Z") -> Answer:
    return answer({"sessions": [{"id": one, "created_at": made} for one in ids], "total": total})


def looked(first: Lookup, *answers: Answer) -> Any:
    found: Any = first
    for one in answers:
        assert isinstance(found, Lookup)
        found = found.read(one)
    return found


def test_a_lost_session_is_the_one_young_one_with_just_our_people() -> None:
    strange = told()
    strange["signer_links"][1]["email"] = "else@example.com"
    found = looked(lookup(), listed("ses_0", "ses_1"), answer(strange), answer(told()))
    assert isinstance(found, Learned)
    assert found.facts["id"] == "ses_1"
    assert isinstance(looked(lookup(), listed("ses_0"), answer(strange)), Absent)
    assert isinstance(looked(lookup(), listed("a", "b"), answer(told()), answer(told())), Unclear)


@pytest.mark.parametrize("made", ["2026-03-04T09:00:00.000Z", "2026-03-02T10:00:00.000Z"])
def test_one_with_our_people_from_before_us_may_be_ours_by_a_clock_that_runs_ahead(made: str) -> None:
    same, other = told(created_at=made), told(created_at=made)
    other["signer_links"][1]["email"] = "else@example.com"
    assert isinstance(looked(lookup(), listed("ses_0", made=made), answer(same)), Unclear)
    assert isinstance(looked(lookup(), listed("ses_0", made=made), answer(other)), Absent)
    young = told(created_at="2026-03-04T10:00:05.000Z")
    found = looked(lookup(), listed("ses_0", "ses_1", made=made), answer(same), answer(young))
    assert isinstance(found, Learned)


def test_a_session_from_long_before_ours_is_not_looked_at_and_every_page_is() -> None:
    assert isinstance(looked(lookup(), listed("ses_0", made="2026-01-04T09:00:00Z")), Absent)
    second = looked(lookup(), listed("ses_1", total=101))
    assert isinstance(second, Lookup)
    assert second.request.query["page"] == "2"
    assert isinstance(looked(second, listed(total=101), answer(told())), Learned)


def following(data: dict[str, Any], facts: dict[str, Any] | None = None) -> Any:
    entries = [
        {"id": "aud_1", "action": "session_created", "timestamp": "2026-03-26T10:00:00.000Z"},
        {"id": "aud_2", "action": "signed", "slot_number": 1, "ip_address": "10.0.0.1"},
        {"id": "aud_3", "action": "teleported", "slot_number": 9},
    ]
    asked = job(Kind.FOLLOW, going(), remote="ses_1")
    return walk(NUEFORM, asked, lambda r: answer({"entries": entries} if r.path.endswith("/audit") else data), facts)


def test_news_are_read_with_the_history_only_when_something_is_new() -> None:
    first = following(told(first="signed"))
    assert first.names == ["poll", "audit"]
    assert first.news[0].status is RemoteStatus.PARTIALLY_SIGNED
    assert [one.status for one in first.news[0].people] == [PersonStatus.SIGNED, PersonStatus.PENDING]
    assert [(one.kind, one.raw, one.role) for one in first.news[1].events] == [
        ("created", "session_created", ""), ("signed", "signed", "buyer"), ("", "teleported", ""),
    ]  # fmt: skip
    assert first.news[1].events[1].details == {"ip_address": "10.0.0.1"}
    assert isinstance(first.end, Rest)
    kept = {key: value for key, value in first.facts.items() if key not in first.end.forget}
    assert following(told(first="signed"), kept).names == ["poll"]


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("fully_signed", RemoteStatus.COMPLETED), ("declined", RemoteStatus.DECLINED),
        ("voided", RemoteStatus.VOIDED), ("expired", RemoteStatus.EXPIRED), ("paused", RemoteStatus.UNKNOWN),
    ],
)  # fmt: skip
def test_their_words_are_ours(word: str, status: RemoteStatus) -> None:
    news = following(told(word)).news[0]
    assert (news.status, news.raw) == (status, word)


def test_a_link_is_read_again_where_it_was_lost() -> None:
    asked = job(Kind.LINK, going(), remote="ses_1", given={"role": "seller"})
    walked = walk(NUEFORM, asked, lambda _: answer(told()))
    assert walked.names == ["look"]
    assert walked.secrets["link/seller"] == f"{LINK}2"


def test_a_reminder_goes_to_the_slot() -> None:
    move = NUEFORM.steps[Kind.REMIND](job(Kind.REMIND, going(), remote="ses_1", given={"role": "seller"}), {})
    assert isinstance(move, Call)
    assert move.request.filled == "/signing-sessions/ses_1/resend/2"
    assert move.lookup is None


def test_a_void_tells_its_reason_and_is_looked_up() -> None:
    move = NUEFORM.steps[Kind.VOID](job(Kind.VOID, going(), remote="ses_1", given={"reason": "Terms changed"}), {})
    assert isinstance(move, Call)
    assert move.request.body == Json({"reason": "Terms changed"})
    assert move.reconcile
    assert move.lookup is not None
    assert isinstance(move.lookup.read(answer(told("voided"))), Learned)
    assert isinstance(move.lookup.read(answer(told())), Absent)


def test_each_contract_is_fetched_and_held_against_the_hash_they_tell() -> None:
    documents = {"documents": [{"id": "doc_1", "question_title": "NDA", "document_hash": f"sha256:{PRINT}"}]}
    lists = iter([{"documents": []}, documents])
    asked = job(Kind.DOWNLOAD, going(), remote="ses_1")
    walked = walk(NUEFORM, asked, lambda _: answer(next(lists)))
    assert walked.names == ["documents", "documents", "file 1"]
    move = NUEFORM.steps[Kind.DOWNLOAD](asked, {"documents": walked.facts["documents"]})
    assert isinstance(move, Fetch)
    assert (move.expected_sha256, move.document, move.title) == (PRINT, 1, "NDA")
    short = {"documents": [{"id": "doc_1", "title": "x", "sha256": ""}, {"id": "doc_2", "title": "y", "sha256": ""}]}
    move = NUEFORM.steps[Kind.DOWNLOAD](asked, short)
    assert isinstance(move, Fetch)
    assert (move.expected_sha256, move.document) == (None, None)


def test_what_forbids_it_and_what_is_lost_is_told_before() -> None:
    good = NUEFORM.plan(going(), {})
    assert (good.way, good.problems) == (Way.OWN, ())
    assert [one.code for one in good.lost] == ["their_document"]
    assert NUEFORM.plan(going(options={}), FORM).problems == ()
    bad = NUEFORM.plan(going(options={}, expires_at=NOW - timedelta(days=1)), {})
    assert [one.code for one in bad.problems] == ["form_missing", "expired"]
    poor = going(
        test_mode=True,
        signed_here=("Ana",),
        metadata={"case": "42"},
        fields=(field_of("buyer"),),
        people=(person("buyer", email=""), person("seller", auth=("email_code",))),
    )
    assert [one.code for one in NUEFORM.plan(poor, FORM).lost] == [
        "their_document", "their_fields", "seals_stay_here", "metadata", "no_mail", "test_mode",
    ]  # fmt: skip
