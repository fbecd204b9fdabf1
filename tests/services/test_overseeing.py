"""What a host sees of an envelope at a service, and what may be asked of it when."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.domain import errors
from app.services import overseeing, reading, settling
from app.sync.flow import Kind
from tests.fakes.clearpolicy import ClearPolicy
from tests.fakes.visisign import VisiSign
from tests.support.outboxes import Post

REMIND = "POST /signature_requests/{id}/remind"


def seen(post: Post, envelope: str) -> overseeing.There:
    found = overseeing.there(post.house, post.envelope(envelope))
    assert found is not None
    return found


def test_what_can_be_asked_follows_how_far_it_is(post: Post, fake: VisiSign) -> None:
    envelope = post.pushed("buyer", "seller")
    before = seen(post, envelope)
    assert before.asked_at is None
    assert before.against["news"]
    assert not before.against["take_back"]
    assert all(one.against["remind"] for one in before.people)
    post.run()
    there = seen(post, envelope)
    assert there.service == "VisiSign"
    assert not there.against["news"]
    assert there.against["take_back"]
    assert not any(one.against["link"] for one in there.people)
    fake.sign(email="buyer@example.com")
    assert overseeing.news(post.house, envelope).problem is None
    buyer, seller = seen(post, envelope).people
    assert buyer.against["remind"]
    assert not seller.against["remind"]
    assert seen(post, envelope).asked_at is not None


def test_a_service_whose_api_cannot_do_it_is_named(post: Post) -> None:
    fake = ClearPolicy(now=post.clock.at)
    paper = fake.add_document("Handbook")
    with fake.serving():
        post.account(fake)
        envelope = post.pushed("buyer", options={"document_id": str(paper["id"])})
        assert seen(post, envelope).against["news"] == "It has not arrived at ClearPolicy yet."
        post.run()
        assert seen(post, envelope).against["news"].startswith("ClearPolicy has nothing in its API for this")


def test_what_may_be_there_is_not_taken_back(post: Post, fake: VisiSign) -> None:
    envelope = post.pushed("buyer")
    post.run()
    with pytest.raises(errors.NothingToResolve):
        overseeing.take_back(post.house, envelope)


def test_only_what_a_person_ends_is_counted(post: Post, fake: VisiSign) -> None:
    envelope = post.pushed("buyer")
    assert reading.needing(post.house) == 0
    post.run()
    settling.ask(post.house, envelope, Kind.REMIND, role="buyer")
    fake.fail(REMIND, "reset_after")
    post.run(seconds=1)
    assert reading.needing(post.house) == 1
    other = post.pushed("buyer")
    overseeing.take_back(post.house, other)
    assert reading.needing(post.house) == 1


def test_who_asks_about_one_envelope_moves_no_other(post: Post, fake: VisiSign) -> None:
    """What else is due, of this account or another, is left to its own time."""
    with VisiSign(now=post.clock.at).serving() as second:
        post.account(second, "home")
        asked = post.pushed("buyer")
        post.pushed("buyer")
        post.pushed("buyer", via="home")
        post.run()
        waiting, there = post.pushed("seller"), post.pushed("seller", via="home")
        post.clock.at += timedelta(hours=3)
        before, far = len(fake.log), len(second.log)
        overseeing.news(post.house, asked)
        overseeing.remind(post.house, asked, "buyer")
        assert {one["path"].rpartition("/")[2] for one in fake.log[before:]} == {"sr_1", "remind"}
        assert len(second.log) == far
        assert {post.states(one)["send"] for one in (waiting, there)} == {"waiting"}


def test_why_it_has_to_wait_is_told_to_whoever_asked(post: Post) -> None:
    with VisiSign(now=post.clock.at).serving() as fake:
        post.account(fake)
        envelope = post.pushed("buyer")
        post.run()
    answered = overseeing.news(post.house, envelope)
    assert isinstance(answered.problem, errors.NoConnection)
    assert answered.changes.touches("envelope", envelope)
