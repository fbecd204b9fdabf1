"""What a person decides about the outbox: try again, take back, void, and what nobody else can know."""

from __future__ import annotations

import pytest

from app.domain import errors
from app.domain.envelope import EnvelopeStatus
from app.domain.remote import RemoteStatus
from app.services import (
    describing,
    ending,
    settling,
    signing_at_once,
)
from app.sync.flow import Kind
from tests.fakes.visisign import VisiSign
from tests.support import leases
from tests.support.outboxes import Post


def test_a_no_is_shown_in_the_services_words_and_can_be_tried_again(post: Post, fake: VisiSign) -> None:
    fake.fail("POST /signature_requests", "status", status=422)
    post.pushed("buyer")
    (told,) = post.run().told
    assert told.operation.state == "failed"
    said = settling.told(told.operation)
    assert "As told: 422" in said["error"]["message"]
    assert (said["state"], said["next_at"]) == ("failed", None)
    post.run(days=2)
    assert fake.requests == {}
    settling.retry(post.house, told.operation.id)
    post.run()
    assert len(fake.requests) == 1
    with pytest.raises(errors.NothingToRetry):
        settling.retry(post.house, told.operation.id)


def test_a_sending_that_failed_is_taken_back_and_everybody_signs_here(post: Post, fake: VisiSign) -> None:
    fake.fail("POST /signature_requests", "status", status=422)
    envelope_id = post.pushed("buyer")
    (told,) = post.run().told
    with pytest.raises(errors.SignsElsewhere):
        signing_at_once.sign(post.house, envelope_id, "buyer", leases.act("buyer"))
    settling.resolve(post.house, told.operation.id, "local")
    signing_at_once.sign(post.house, envelope_id, "buyer", leases.act("buyer"))
    assert post.envelope(envelope_id).status is EnvelopeStatus.COMPLETED
    with pytest.raises(errors.NothingToResolve):
        settling.resolve(post.house, told.operation.id, "local")


def test_a_reminder_whose_answer_was_lost_is_for_a_person_to_decide(post: Post, fake: VisiSign) -> None:
    envelope_id = post.pushed("buyer")
    post.run()
    fake.fail("POST /signature_requests/{id}/remind", "reset_after")
    settling.ask(post.house, envelope_id, Kind.REMIND, role="buyer")
    post.run()
    row = post.rows()["remind"]
    assert row.state == "unknown"
    assert "not known" in settling.sentence(row)
    post.run(days=1)
    assert len(fake.asked_for("POST /signature_requests/{id}/remind")) == 1
    settling.resolve(post.house, row.id, "remote")
    assert post.rows()["remind"].state == "confirmed"


def test_what_was_not_done_is_done_again_on_a_persons_word(post: Post, fake: VisiSign) -> None:
    envelope_id = post.pushed("buyer")
    post.run()
    fake.fail("POST /signature_requests/{id}/remind", "reset")
    settling.ask(post.house, envelope_id, Kind.REMIND, role="buyer")
    post.run()
    settling.resolve(post.house, post.rows()["remind"].id, "local")
    post.run()
    assert post.rows()["remind"].state == "confirmed"
    assert "remote_asked" in post.kinds(envelope_id)


def test_what_was_voided_before_it_left_does_not_leave(post: Post, fake: VisiSign) -> None:
    envelope_id = post.pushed("buyer")
    ending.void(post.house, envelope_id, "Changed our minds")
    post.run()
    assert fake.requests == {}
    row = post.rows()["send"]
    assert row.state == "failed"
    with pytest.raises(errors.NothingToRetry):
        settling.retry(post.house, row.id)


def test_what_is_voided_here_is_voided_there(post: Post, fake: VisiSign) -> None:
    envelope_id = post.pushed("buyer")
    post.run()
    ending.void(post.house, envelope_id, "Changed our minds")
    post.run(minutes=5)
    (sent,) = fake.requests.values()
    assert sent.status == "cancelled"
    assert post.states() == {"send": "confirmed", "follow": "confirmed", "void": "confirmed"}
    remote = post.envelope(envelope_id).remote
    assert remote is not None
    assert (remote.status, remote.conflict) == (RemoteStatus.VOIDED, "")


@pytest.mark.parametrize("keep", ["local", "remote"])
def test_both_sides_of_a_contradiction_are_shown_and_a_person_decides(
    keep: settling.Side, post: Post, fake: VisiSign
) -> None:
    envelope_id = post.pushed("buyer")
    post.run()
    fake.sign()
    ending.void(post.house, envelope_id, "Changed our minds")
    post.news()
    row = post.rows()["follow"]
    assert row.state == "conflict"
    assert "voided" in settling.sentence(row)
    assert "completed" in settling.sentence(row)
    assert describing.whole(post.envelope(envelope_id))["remote"]["conflict"] == "voided/completed"
    settling.resolve(post.house, row.id, keep)
    post.run(hours=1)
    wanted = EnvelopeStatus.COMPLETED if keep == "remote" else EnvelopeStatus.VOIDED
    assert post.envelope(envelope_id).status is wanted


def test_a_signing_link_is_there_for_who_asks(post: Post, fake: VisiSign) -> None:
    envelope_id = post.pushed("buyer")
    assert settling.link(post.house, envelope_id, "buyer") == ""
    post.run()
    assert settling.link(post.house, envelope_id, "buyer").startswith("https://")
    assert settling.link(post.house, envelope_id, "seller") == ""
