"""An envelope that is voided, or taken back, before it has arrived whole: nothing more leaves, and no draft stays."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from app.domain import errors
from app.domain.envelope import Envelope, EnvelopeStatus
from app.domain.remote import RemoteStatus
from app.services import ending, erasing, outbox, overseeing, settling
from app.services.house import House
from app.store import AccountRecord, Library
from app.sync.request import Answer, Request
from app.sync.transport import Transport
from tests.fakes.clearpolicy import ClearPolicy
from tests.fakes.documenso import Documenso
from tests.fakes.every import FAKES
from tests.support import far_side, houses
from tests.support.command_line import CommandLine
from tests.support.outboxes import START, Post, posts, quick

WHY = "Changed our minds"
DRAFTING = {"documenso": "POST /envelope/create", "pigeon": "POST /documents?upload"}
SENDING = {"documenso": "POST /envelope/distribute", "pigeon": "POST /documents/{id}/send"}
DELETING = {"documenso": "POST /envelope/delete", "pigeon": "DELETE /documents/{id}"}


@pytest.fixture(params=sorted(DRAFTING))
def fake(request: pytest.FixtureRequest, post: Post) -> Iterator[Any]:
    with FAKES[request.param](now=post.clock.at).serving() as served:
        post.account(served)
        yield served


def there(fake: Any) -> list[Any]:
    held = fake.envelopes if isinstance(fake, Documenso) else fake.documents
    return list(held.values())


def goes_on(post: Post, fake: Any, times: int = 4) -> None:
    for _ in range(times):
        fake.advance(3600)
        post.clock.at = fake.now
        post.run()


def drafted(post: Post, fake: Any, **failing: Any) -> str:
    """A draft is there, and was not sent out."""
    fake.fail(SENDING[fake.name], **(failing or {"kind": "status", "status": 422}))
    envelope_id = post.pushed("buyer")
    goes_on(post, fake, 2)
    assert len(there(fake)) == 1
    return envelope_id


def test_a_draft_goes_with_the_envelope_that_is_voided(post: Post, fake: Any) -> None:
    envelope_id = drafted(post, fake)
    assert post.states() == {"send": "failed"}
    ending.void(post.house, envelope_id, WHY)
    assert (post.states()["send"], settling.is_unwanted(post.rows()["send"])) == ("waiting", True)
    line = CommandLine(post.house, post.folder)
    assert "waiting    call off" in line.run("sync", "status").out
    goes_on(post, fake)
    assert there(fake) == []
    assert "withdrawn  send" in line.run("sync", "status").out
    assert settling.state_of(post.rows()["send"]) == "withdrawn"
    assert len(fake.asked_for(DELETING[fake.name])) == 1
    assert post.envelope(envelope_id).status is EnvelopeStatus.VOIDED
    with pytest.raises(errors.NothingToRetry):
        settling.retry(post.house, post.rows()["send"].id)


def test_what_waits_to_be_sent_out_is_not_sent_out_any_more(post: Post, fake: Any) -> None:
    envelope_id = drafted(post, fake, kind="status", status=429, times=0)
    fake.mend()
    asked = len(fake.asked_for(SENDING[fake.name]))
    ending.void(post.house, envelope_id, WHY)
    goes_on(post, fake)
    assert there(fake) == []
    assert len(fake.asked_for(SENDING[fake.name])) == asked


@pytest.mark.parametrize("kind", ["reset", "reset_after"])
def test_a_draft_whose_answer_was_lost_is_looked_up_and_goes(kind: str, post: Post, fake: Any) -> None:
    fake.fail(DRAFTING[fake.name], kind)
    envelope_id = post.pushed("buyer")
    post.run()
    assert (post.rows()["send"].step, len(there(fake))) == ("create", int(kind == "reset_after"))
    ending.void(post.house, envelope_id, WHY)
    goes_on(post, fake)
    assert there(fake) == []
    assert settling.state_of(post.rows()["send"]) == "withdrawn"
    assert len(fake.asked_for(DRAFTING[fake.name])) == 1
    assert fake.asked_for(SENDING[fake.name]) == []


@pytest.mark.parametrize("kind", ["reset", "reset_after", "status", "html"])
def test_whatever_breaks_it_is_deleted_once(kind: str, post: Post, fake: Any) -> None:
    envelope_id = drafted(post, fake)
    fake.fail(DELETING[fake.name], kind, **({"status": 503} if kind == "status" else {}))
    ending.void(post.house, envelope_id, WHY)
    goes_on(post, fake, 6)
    assert there(fake) == []
    assert settling.state_of(post.rows()["send"]) == "withdrawn"


def test_a_draft_that_somebody_deleted_there_is_away(post: Post, fake: Any) -> None:
    envelope_id = drafted(post, fake)
    (fake.envelopes if isinstance(fake, Documenso) else fake.documents).clear()
    ending.void(post.house, envelope_id, WHY)
    goes_on(post, fake)
    assert settling.state_of(post.rows()["send"]) == "withdrawn"


def test_what_went_out_all_the_same_is_voided_and_not_deleted(post: Post, fake: Any) -> None:
    fake.fail(SENDING[fake.name], "reset_after")
    envelope_id = post.pushed("buyer")
    while not fake.asked_for(SENDING[fake.name]):
        fake.advance(5)
        post.clock.at = fake.now
        post.run()
    assert post.rows()["send"].step in ("distribute", "send")
    ending.void(post.house, envelope_id, WHY)
    goes_on(post, fake)
    assert post.states() == {"send": "confirmed", "follow": "confirmed", "void": "confirmed"}
    assert post.rows()["void"].request == {"reason": WHY}
    assert fake.asked_for(DELETING[fake.name]) == []
    remote = post.envelope(envelope_id).remote
    assert remote is not None
    assert (remote.status, remote.conflict) == (RemoteStatus.VOIDED, "")


def test_a_draft_goes_when_the_envelope_is_taken_back(post: Post, fake: Any) -> None:
    envelope_id = drafted(post, fake)
    overseeing.take_back(post.house, envelope_id)
    assert post.envelope(envelope_id).remote is None
    goes_on(post, fake)
    assert there(fake) == []
    assert settling.state_of(post.rows()["send"]) == "withdrawn"


def test_erasing_does_not_keep_a_draft_alive(post: Post, fake: Any) -> None:
    envelope_id = drafted(post, fake)
    ending.void(post.house, envelope_id, WHY)
    erasing.erase(post.house, envelope_id)
    goes_on(post, fake)
    assert there(fake) == []
    assert settling.state_of(post.rows()["send"]) == "withdrawn"


@pytest.mark.parametrize("name", sorted(set(far_side.VOIDS) - set(DRAFTING)))
def test_a_lost_creation_is_looked_up_and_nobody_is_written_to(name: str, post: Post) -> None:
    """Where the first request sends it out: it was not done, so it is not done again to be voided."""
    with FAKES[name](now=START).serving() as fake:
        post.account(fake)
        fake.fail(far_side.CREATES[name][-1], "reset")
        envelope_id = post.pushed("buyer", options=far_side.options_of(fake))
        post.run()
        assert post.rows()["send"].step == "create"
        ending.void(post.house, envelope_id, WHY)
        goes_on(post, fake)
        assert settling.state_of(post.rows()["send"]) == "withdrawn"
        assert set(post.states()) == {"send"}
        assert len(fake.asked_for(far_side.CREATES[name][-1])) == 1


@dataclass
class Interrupted:
    """A way to the service on which somebody does something else while a request is under way."""

    real: Transport
    do: Callable[[], object]

    def send(self, request: Request) -> Answer:
        if not request.is_safe:
            self.do()
        return self.real.send(request)


def test_voided_while_it_is_being_sent_it_ends_voided(post: Post, fake: Any) -> None:
    """The runner's answer is lost to it, and is looked for."""
    envelope_id = post.pushed("buyer")

    def void_once() -> None:
        if post.envelope(envelope_id).status is EnvelopeStatus.OUT:
            ending.void(post.house, envelope_id, WHY)

    def reach(house: House, account: AccountRecord) -> Any:
        return Interrupted(quick(house, account), void_once)

    outbox.run_once(post.house, reach=reach)
    assert len(there(fake)) == 1
    goes_on(post, fake)
    assert there(fake) == []
    assert settling.state_of(post.rows()["send"]) == "withdrawn"
    assert len(fake.asked_for(DRAFTING[fake.name])) == 1


def test_a_void_that_meets_the_runner_is_worked_out_anew(
    post: Post, fake: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    envelope_id = drafted(post, fake)
    real, left = settling.withdrawing, [2]

    def meanwhile(house: House, envelope: Envelope) -> Any:
        rows = real(house, envelope)
        if left[0]:
            left[0] -= 1
            post.house.library.outbox.save(replace(post.rows()["send"], attempts=left[0]))
        return rows

    monkeypatch.setattr(settling, "withdrawing", meanwhile)
    ending.void(post.house, envelope_id, WHY)
    goes_on(post, fake)
    assert there(fake) == []


def test_what_is_being_called_off_is_not_taken_back_as_well(post: Post, fake: Any) -> None:
    envelope_id = drafted(post, fake)
    fake.fail(DELETING[fake.name], "status", status=403, times=0)
    ending.void(post.house, envelope_id, WHY)
    goes_on(post, fake)
    assert post.rows()["send"].state == "failed"
    seen = overseeing.there(post.house, post.envelope(envelope_id))
    assert seen is not None
    assert seen.against["take_back"]
    settling.resolve(post.house, post.rows()["send"].id, "local")
    assert settling.state_of(post.rows()["send"]) == "withdrawn"


@pytest.mark.parametrize("name", sorted(DRAFTING))
def test_a_library_put_back_looks_before_it_says_that_nothing_left(
    name: str, rooms: houses.Rooms, tmp_path: Path
) -> None:
    """What waits in it has been sent out since."""
    with FAKES[name](now=START).serving() as fake:
        with posts(rooms, tmp_path) as post:
            post.account(fake)
            envelope_id = post.pushed("buyer")
            backup, vault = post.house.library.back_up(), post.house.vault
            goes_on(post, fake, 2)
        Library.restore(tmp_path / "library", backup).close()
        with posts(rooms, tmp_path) as before:
            post = replace(before, house=replace(before.house, vault=vault))
            ending.void(post.house, envelope_id, WHY)
            goes_on(post, fake, 6)
            assert len(fake.asked_for(DRAFTING[name])) == len(fake.asked_for(SENDING[name])) == 1
            assert post.states()["void"] == "confirmed"


def test_who_was_asked_at_clearpolicy_stays_asked_and_that_is_said(post: Post) -> None:
    with ClearPolicy(now=START).serving() as fake:
        assert isinstance(fake, ClearPolicy)
        post.account(fake)
        fake.fail("POST /attestation-requests", "status", status=422, skip=1)
        envelope_id = post.pushed("buyer", "seller", options=far_side.options_of(fake))
        post.run()
        assert len(fake.requests) == 1
        ending.void(post.house, envelope_id, WHY)
        goes_on(post, fake)
        row = post.rows()["send"]
        assert row.state == "failed"
        assert "1 of 2 people had been asked" in settling.sentence(row)
        assert len(fake.requests) == 1
        settling.resolve(post.house, row.id, "local")
        assert settling.state_of(post.rows()["send"]) == "withdrawn"


def test_a_person_who_says_it_was_not_done_means_that_it_is_not_done_again(post: Post) -> None:
    with ClearPolicy(now=START).serving() as fake:
        assert isinstance(fake, ClearPolicy)
        post.account(fake)
        fake.fail("POST /attestation-requests", "reset")
        envelope_id = post.pushed("buyer", options=far_side.options_of(fake))
        post.run()
        ending.void(post.house, envelope_id, WHY)
        assert post.rows()["send"].state == "unknown"
        settling.resolve(post.house, post.rows()["send"].id, "local")
        goes_on(post, fake)
        assert settling.state_of(post.rows()["send"]) == "withdrawn"
        assert fake.requests == {}
