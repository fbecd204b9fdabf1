"""Every provider that has a strict fake: an envelope goes there through the real outbox, is signed, and comes back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import pytest

from app.domain.envelope import EnvelopeStatus
from app.domain.remote import RemoteStatus
from app.services import auditing, ending, settling
from app.sync.flow import Kind
from app.sync.flow_registry import FLOWS
from tests.fakes.every import FAKES
from tests.fakes.fake import Fake
from tests.support import houses
from tests.support.outboxes import Post, posts

BOTH: Final = sorted(set(FAKES) & set(FLOWS))
FOLLOWED: Final = [name for name in BOTH if Kind.FOLLOW in FLOWS[name].steps]
each = pytest.mark.parametrize("name", FOLLOWED)


@pytest.fixture(scope="module")
def rooms() -> Iterator[houses.Rooms]:
    with houses.rooms() as shared:
        yield shared


@pytest.fixture
def post(rooms: houses.Rooms, tmp_path: Path) -> Iterator[Post]:
    with posts(rooms, tmp_path) as built:
        yield built


def options_of(fake: Any) -> dict[str, str]:
    """Of one sending."""
    return {"form_id": next(iter(fake.forms))} if fake.name == "nueform" else {}


def there(post: Post, fake: Fake, *people: str) -> str:
    """An envelope that has arrived; both clocks go on together."""
    post.account(fake)
    envelope_id = post.pushed(*people, options=options_of(fake))
    later(post, fake, 8)
    assert post.states()["send"] == "confirmed", post.rows()["send"]
    return envelope_id


def later(post: Post, fake: Fake, rounds: int = 4) -> None:
    for _ in range(rounds):
        fake.advance(60)
        post.clock.at = fake.now
        post.run()
        fake.now = post.clock.at


def signed_by_all(post: Post, fake: Any, people: int) -> None:
    for _ in range(people):
        fake.sign()
        fake.advance(1)
    later(post, fake, 3)
    post.news()
    later(post, fake, 6)


@each
def test_it_goes_up_is_signed_and_comes_back(name: str, post: Post) -> None:
    with FAKES[name](now=post.clock.at).serving() as fake:
        envelope_id = there(post, fake, "buyer", "seller")
        signed_by_all(post, fake, 2)
        envelope = post.envelope(envelope_id)
        assert set(post.states().values()) == {"confirmed"}, post.rows()
        assert envelope.status is EnvelopeStatus.COMPLETED
        assert envelope.remote is not None
        assert envelope.remote.files
        assert post.kinds(envelope_id).count("remote_signed") == 2
        assert auditing.verify_trail(post.house, envelope_id).intact


@each
def test_a_create_whose_answer_was_lost_is_there_once(name: str, post: Post) -> None:
    with FAKES[name](now=post.clock.at).serving() as fake:
        post.account(fake)
        fake.fail("*", "reset_after", times=1)
        envelope_id = post.pushed("buyer", "seller", options=options_of(fake))
        later(post, fake, 10)
        assert post.states()["send"] == "confirmed", post.rows()["send"]
        creates = [line for line in fake.log if line["method"] == "POST"]
        paths = [line["path"] for line in creates if "upload" not in line["path"]]
        assert len(paths) == len(set(paths)), paths
        assert post.envelope(envelope_id).remote is not None


@each
def test_what_is_voided_here_is_voided_there(name: str, post: Post) -> None:
    if Kind.VOID not in FLOWS[name].steps:
        return
    with FAKES[name](now=post.clock.at).serving() as fake:
        envelope_id = there(post, fake, "buyer", "seller")
        ending.void(post.house, envelope_id, "Changed our minds")
        later(post, fake)
        assert post.states()["void"] == "confirmed", post.rows()["void"]
        post.news()
        remote = post.envelope(envelope_id).remote
        assert remote is not None
        assert (remote.status, remote.conflict) == (RemoteStatus.VOIDED, "")


@each
def test_a_decline_there_is_one_here(name: str, post: Post) -> None:
    with FAKES[name](now=post.clock.at).serving() as fake:
        envelope_id = there(post, fake, "buyer", "seller")
        fake.decline()  # type: ignore[attr-defined]
        later(post, fake, 2)
        post.clock.at += timedelta(hours=2)
        post.news()
        envelope = post.envelope(envelope_id)
        assert envelope.status is EnvelopeStatus.DECLINED
        assert post.states()["follow"] == "confirmed"


def test_a_file_with_another_fingerprint_is_kept_as_evidence_and_completes_nothing(post: Post) -> None:
    """Fault 67: both sides are told."""
    with FAKES["nueform"](now=post.clock.at).serving() as fake:
        envelope_id = there(post, fake, "buyer", "seller")
        fake.fail("GET /signing-sessions/{id}/documents", "wrong_hash", times=0)
        signed_by_all(post, fake, 2)
        row = post.rows()["download"]
        assert row.state == "failed"
        assert row.error is not None
        assert row.error["kind"] == "DownloadAltered"
        assert row.error["facts"]["expected"] != row.error["facts"]["found"]
        envelope = post.envelope(envelope_id)
        assert envelope.status is EnvelopeStatus.OUT
        assert envelope.remote is not None
        assert {one.verdict for one in envelope.remote.files} == {"altered"}
        assert post.house.library.blobs.read(envelope.remote.files[0].sha256)
        fake.mend()
        settling.retry(post.house, row.id)
        later(post, fake, 2)
        assert post.envelope(envelope_id).status is EnvelopeStatus.COMPLETED


@pytest.mark.parametrize("lost", ["buyer", "seller"])
@pytest.mark.parametrize(("keep", "asked"), [("remote", 2), ("local", 3)])
def test_where_nothing_can_be_looked_up_a_person_decides_and_the_rest_goes_on(
    keep: settling.Side, asked: int, lost: str, post: Post
) -> None:
    """ClearPolicy: one request for each person, none of which can be read again."""
    with FAKES["clearpolicy"](now=post.clock.at).serving() as fake:
        document = fake.add_document("House rules", "signature")  # type: ignore[attr-defined]
        post.account(fake)
        fake.fail("POST /attestation-requests", "reset_after", skip=int(lost == "seller"))
        envelope_id = post.pushed("buyer", "seller", options={"document_id": document["id"]})
        later(post, fake)
        row = post.rows()["send"]
        assert (row.state, row.step) == ("unknown", f"request {lost}")
        settling.resolve(post.house, row.id, keep)
        later(post, fake)
        assert post.states() == {"send": "confirmed"}
        assert len(fake.asked_for("POST /attestation-requests")) == asked
        remote = post.envelope(envelope_id).remote
        assert remote is not None
        assert remote.id
