"""An envelope the service says it does not have: once may be a fault, so often in a row is a fact."""

from __future__ import annotations

from datetime import timedelta

from app.domain.envelope import EnvelopeStatus
from app.domain.remote import RemoteStatus
from app.services import ending, overseeing, settling
from app.sync import rhythm
from tests.fakes.visisign import VisiSign
from tests.support.outboxes import Post

READ = "GET /signature_requests/{id}"


def handed(post: Post) -> str:
    envelope_id = post.pushed("buyer")
    post.run()
    return envelope_id


def status(post: Post, envelope_id: str) -> RemoteStatus:
    remote = post.envelope(envelope_id).remote
    assert remote is not None
    return remote.status


def test_one_404_is_looked_at_again_by_itself(post: Post, fake: VisiSign) -> None:
    envelope_id = handed(post)
    fake.fail(READ, "status", status=404)
    post.run(hours=1)
    row = post.rows()["follow"]
    assert row.state == "waiting"
    assert row.next_at - post.clock.at > rhythm.MISSED_WAIT / 2
    assert "1 of 5 times in a row" in settling.sentence(row)
    assert "asked again by itself" in settling.sentence(row)
    assert status(post, envelope_id) is RemoteStatus.SENT
    post.run(hours=1)
    assert (post.rows()["follow"].state, settling.sentence(post.rows()["follow"])) == ("waiting", "")
    fake.sign()
    post.run(hours=2)
    assert post.envelope(envelope_id).status is EnvelopeStatus.COMPLETED


def test_misses_count_in_a_row_only(post: Post, fake: VisiSign) -> None:
    envelope_id = handed(post)
    for _ in range(rhythm.MISSES):
        fake.fail(READ, "status", status=404, times=rhythm.MISSES - 1)
        for _ in range(rhythm.MISSES):
            post.run(hours=2)
    assert status(post, envelope_id) is RemoteStatus.SENT


def test_only_misses_that_lie_apart_count(post: Post, fake: VisiSign) -> None:
    """Somebody who asks again and again in a bad minute makes nothing gone."""
    envelope_id = handed(post)
    fake.fail(READ, "status", status=404, times=0)
    for _ in range(3 * rhythm.MISSES):
        post.news()
        post.clock.at += timedelta(seconds=5)
    assert "1 of 5 times" in settling.sentence(post.rows()["follow"])
    assert status(post, envelope_id) is RemoteStatus.SENT


def test_what_is_gone_there_stays_here_and_is_said(post: Post, fake: VisiSign) -> None:
    envelope_id = handed(post)
    fake.requests.clear()
    for _ in range(rhythm.MISSES + 2):
        post.run(hours=1)
    row = post.rows()["follow"]
    assert row.state == "failed"
    assert len(fake.asked_for(READ)) == rhythm.MISSES
    assert "it was deleted there" in settling.sentence(row)
    assert f"paraph sync retry {row.id}" in settling.sentence(row)
    assert "“Ask for news”" in settling.sentence(row, window=True)
    assert status(post, envelope_id) is RemoteStatus.GONE
    assert post.envelope(envelope_id).status is EnvelopeStatus.OUT
    there = overseeing.there(post.house, post.envelope(envelope_id))
    assert there is not None
    assert there.against["news"] == ""
    assert row in there.open


def test_what_was_gone_and_is_there_again_was_not_gone(post: Post, fake: VisiSign) -> None:
    envelope_id = handed(post)
    fake.fail(READ, "status", status=404, times=rhythm.MISSES)
    for _ in range(rhythm.MISSES):
        post.run(hours=1)
    assert status(post, envelope_id) is RemoteStatus.GONE
    fake.sign()
    settling.retry(post.house, post.rows()["follow"].id)
    post.run()
    post.run(hours=1)
    assert post.envelope(envelope_id).status is EnvelopeStatus.COMPLETED


def test_what_was_not_found_is_voided_there_all_the_same(post: Post, fake: VisiSign) -> None:
    """Wrong 404s do not mean that people can sign no more."""
    envelope_id = handed(post)
    fake.fail(READ, "status", status=404, times=rhythm.MISSES)
    for _ in range(rhythm.MISSES):
        post.run(hours=1)
    ending.void(post.house, envelope_id, "Changed our minds")
    post.run()
    (sent,) = fake.requests.values()
    assert (sent.status, post.states()["void"]) == ("cancelled", "confirmed")


def test_what_is_gone_there_needs_no_voiding_and_nobody_is_asked_for_more(post: Post, fake: VisiSign) -> None:
    envelope_id = handed(post)
    fake.requests.clear()
    for _ in range(rhythm.MISSES):
        post.run(hours=1)
    ending.void(post.house, envelope_id, "Changed our minds")
    for _ in range(rhythm.MISSES):
        post.run(hours=1)
    assert post.states() == {"send": "confirmed", "follow": "confirmed", "void": "confirmed"}
    assert "nothing left to void" in settling.sentence(post.rows()["void"])
    assert post.envelope(envelope_id).status is EnvelopeStatus.VOIDED
