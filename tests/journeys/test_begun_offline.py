"""Prepared and signed by one person with no network, handed over into the void; days later one comes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from app.domain.envelope import EnvelopeStatus
from app.domain.recipient import RecipientStatus
from app.services import auditing, pushing, signing_at_once
from app.services.arriving import GOOD
from app.sync.flow import Kind
from app.sync.flow_registry import FLOWS
from tests.fakes.every import FAKES
from tests.support import far_side, houses, leases
from tests.support.outboxes import ACCOUNT, Post, posts

DAYS: Final = 4


@pytest.fixture
def post(rooms: houses.Rooms, tmp_path: Path) -> Iterator[Post]:
    with posts(rooms, tmp_path) as built:
        yield built


def later(post: Post, fake: Any, rounds: int) -> None:
    for _ in range(rounds):
        fake.advance(120)
        post.clock.at = fake.now
        post.run()


@pytest.mark.parametrize("name", sorted(FAKES))
def test_it_arrives_once_is_signed_by_who_is_left_and_comes_home(name: str, post: Post) -> None:
    fake: Any = FAKES[name](now=post.clock.at)
    referee, options = far_side.refereed(fake), far_side.options_of(fake)
    if name == "nueform":
        options = {"form_id": fake.add_form("Signer").id}  # one slot, for who is left
    with fake.serving():
        post.account(fake)
        port = int(fake.origin.rpartition(":")[2])
    envelope_id = leases.sent(post.house, post.folder, "buyer", "seller")
    signing_at_once.sign(post.house, envelope_id, "buyer", leases.act("buyer"))
    sealed = post.envelope(envelope_id).documents[0].current
    pushing.push(post.house, envelope_id, ACCOUNT, options)
    for day in range(1, DAYS + 1):
        post.run(days=1)
        row = post.rows(envelope_id)["send"]
        assert (row.state, row.error and row.error["kind"], row.attempts) == ("waiting", "NoConnection", day)
    assert fake.log == []
    fake.now = post.clock.at
    with fake.serving(port):
        later(post, fake, 60)
        assert post.states(envelope_id)["send"] == "confirmed", post.rows(envelope_id)["send"]
        assert {referee.done[route] for route in far_side.CREATES[name]} == {1}
        if Kind.FOLLOW in FLOWS[name].steps:
            fake.sign()
            later(post, fake, 60)
    envelope = post.envelope(envelope_id)
    assert envelope.recipient("buyer").status is RecipientStatus.COMPLETED
    assert envelope.documents[0].current == sealed
    assert sealed
    assert post.house.library.blobs.read(sealed)
    assert auditing.verify_trail(post.house, envelope_id).intact
    assert envelope.remote is not None
    assert envelope.remote.id
    if Kind.FOLLOW not in FLOWS[name].steps:
        return
    assert envelope.status is EnvelopeStatus.COMPLETED, post.rows(envelope_id)
    assert all(file.verdict in GOOD for file in envelope.remote.files if file.document)
    kinds = post.kinds(envelope_id)
    assert kinds.index("signed") < kinds.index("handed_over") < kinds.index("uploaded") < kinds.index("remote_signed")
    assert kinds.count("remote_signed") == 1
