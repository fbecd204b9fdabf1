"""The outbox at work: what waits, in which order, and that nothing is done twice, whatever breaks in between."""

from __future__ import annotations

import random
from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app.domain import errors, handing
from app.domain.envelope import EnvelopeStatus
from app.domain.ids import EnvelopeId
from app.domain.recipient import RecipientStatus
from app.domain.remote import Remote
from app.services import (
    accounts,
    auditing,
    describing,
    drafting,
    ending,
    outbox,
    pushing,
    sending,
    settling,
)
from app.services.house import House
from app.store import AccountRecord
from app.sync.flow import Kind
from app.sync.transport import Transport
from tests.fakes.clearpolicy import ClearPolicy
from tests.fakes.visisign import VisiSign
from tests.support.outboxes import ACCOUNT, Post, quick


def test_an_envelope_goes_up_is_signed_there_comes_back_and_is_completed_here(post: Post, fake: VisiSign) -> None:
    envelope_id = post.pushed("buyer", "seller")
    assert fake.requests == {}
    assert post.states() == {"send": "waiting"}
    post.run()
    assert post.states() == {"send": "confirmed", "follow": "waiting"}
    (sent,) = fake.requests.values()
    assert [one["email"] for one in sent.signers] == ["buyer@example.com", "seller@example.com"]
    fake.sign(values={"buyer_text": "As agreed"})
    post.run(minutes=5)
    envelope = post.envelope(envelope_id)
    assert envelope.recipient("buyer").status is RecipientStatus.COMPLETED
    assert envelope.recipient("seller").status is RecipientStatus.TURN
    fake.sign(values={"seller_text": "Me, too"})
    post.news()
    assert post.states() == {"send": "confirmed", "follow": "confirmed", "download": "confirmed"}
    envelope = post.envelope(envelope_id)
    assert envelope.status is EnvelopeStatus.COMPLETED
    assert describing.form_data(envelope)["buyer_text"] == "As agreed"
    assert envelope.remote is not None
    (file,) = envelope.remote.files
    assert post.house.library.blobs.read(file.sha256).startswith(b"%PDF-")
    assert file.sha256 != envelope.documents[0].prepared
    told = post.kinds(envelope_id)
    for kind in ("handed_over", "uploaded", "remote_signed", "remote_status", "remote_file", "completed"):
        assert kind in told, kind
    assert told.count("remote_signed") == 2
    assert auditing.verify_trail(post.house, envelope_id).intact
    assert envelope.certificate


def test_offline_is_a_normal_state(post: Post, fake: VisiSign) -> None:
    fake.fail("*", "reset", times=0)
    envelope_id = post.pushed("buyer")
    for _ in range(3):
        post.run(hours=2)
    row = post.rows()["send"]
    assert (row.state, row.error is not None) == ("waiting", True)
    assert row.next_at > post.clock.at
    fake.mend()
    post.run(hours=2)
    assert post.states() == {"send": "confirmed", "follow": "waiting"}
    assert len(fake.requests) == 1
    assert post.envelope(envelope_id).remote is not None


def test_a_lost_answer_is_found_by_our_operation_id_and_nothing_is_sent_twice(post: Post, fake: VisiSign) -> None:
    fake.fail("POST /signature_requests", "reset_after")
    envelope_id = post.pushed("buyer")
    post.run()
    assert post.rows()["send"].step == "create"
    post.run(minutes=1)
    assert list(fake.requests) == ["sr_1"]
    remote = post.envelope(envelope_id).remote
    assert remote is not None
    assert remote.id == "sr_1"
    assert len(fake.asked_for("POST /signature_requests")) == 1


@pytest.mark.parametrize("seed", range(12))
def test_any_mixture_of_faults_ends_with_one_request_and_a_completed_envelope(
    seed: int, post: Post, fake: VisiSign
) -> None:
    chance = random.Random(seed)
    envelope_id = post.pushed("buyer")
    for _ in range(12):
        kind = chance.choice(["reset", "reset_after", "status", "cut", "html", "not_json", ""])
        if kind:
            fake.fail("*", kind, status=chance.choice([429, 500, 503]), retry_after=chance.choice(["", "7"]))
        post.run(hours=3)
        fake.now = post.clock.at
        if fake.requests and chance.random() < 0.4:
            (sent,) = fake.requests.values()
            if sent.status == "sent":
                fake.sign()
    fake.mend()
    for row in post.rows().values():
        if row.state == "failed":
            settling.retry(post.house, row.id)
    for _ in range(6):
        post.run(hours=3)
        (sent,) = fake.requests.values()
        if sent.status == "sent":
            fake.sign()
    assert len(fake.requests) == 1
    assert post.envelope(envelope_id).status is EnvelopeStatus.COMPLETED
    assert set(post.states().values()) == {"confirmed"}
    assert auditing.verify_trail(post.house, envelope_id).intact


def test_a_refused_key_keeps_the_queue_and_is_said_once(post: Post, fake: VisiSign) -> None:
    first, second = post.pushed("buyer"), post.pushed("seller")
    fake.key = "vsk_another"
    run = post.run()
    assert [one.operation.state for one in run.told] == ["waiting"]
    assert isinstance(run.told[0].error, errors.CredentialRefused)
    assert {one.state for one in post.house.library.outbox.list()} == {"waiting"}
    fake.key = VisiSign.usual_key
    post.run(hours=2)
    assert len(fake.requests) == 2
    assert {post.states(one)["send"] for one in (first, second)} == {"confirmed"}


def test_with_a_new_key_what_waited_goes_out_at_once(post: Post, fake: VisiSign) -> None:
    envelope_id = post.pushed("buyer")
    fake.key = "vsk_" + "a" * 48
    post.run()
    assert post.rows(envelope_id)["send"].error is not None
    accounts.renew(post.house, ACCOUNT, fake.key)
    row = post.rows(envelope_id)["send"]
    assert (row.error, row.attempts, row.next_at <= post.clock.at) == (None, 0, True)
    post.run()
    assert post.states(envelope_id)["send"] == "confirmed"


def test_the_rhythm_slows_while_nothing_changes_and_starts_anew(post: Post, fake: VisiSign) -> None:
    post.pushed("buyer", "seller")
    post.run()
    waits = []
    for _ in range(5):
        post.run(hours=2)
        waits.append((post.rows()["follow"].next_at - post.clock.at).total_seconds())
    assert waits[1:] == sorted(waits[1:])
    assert waits[-1] > 3 * waits[0]
    fake.sign()
    post.run(hours=2)
    assert (post.rows()["follow"].next_at - post.clock.at).total_seconds() < 60


def test_the_order_within_an_envelope_is_kept(post: Post, fake: VisiSign) -> None:
    """A void that was asked for before it was known that the envelope had arrived."""
    fake.fail("POST /signature_requests", "reset_after")
    envelope_id = post.pushed("buyer")
    post.run()
    assert post.rows()["send"].step == "create"
    ending.void(post.house, envelope_id, "Changed our minds")
    assert post.states() == {"send": "waiting"}
    post.run(hours=1)
    post.run(hours=1)
    (sent,) = fake.requests.values()
    assert sent.status == "cancelled"
    assert post.states() == {"send": "confirmed", "void": "confirmed", "follow": "confirmed"}


def test_what_ran_out_of_time_while_it_waited_is_not_sent(post: Post, fake: VisiSign) -> None:
    until = (post.clock.at + timedelta(days=1)).astimezone(UTC).isoformat()
    post.pushed("buyer", expires_at=until)
    (told,) = post.run(days=2).told
    assert told.operation.state == "failed"
    assert fake.requests == {}


def test_a_clock_that_was_put_back_keeps_nothing_waiting(post: Post, fake: VisiSign) -> None:
    fake.fail("POST /signature_requests", "status", status=429, retry_after="600")
    post.clock.at += timedelta(days=365)
    post.pushed("buyer")
    post.run()
    assert post.rows()["send"].next_at > post.clock.at
    post.clock.at -= timedelta(days=365)
    post.run()
    assert len(fake.requests) == 1


def test_a_locked_vault_keeps_the_queue(post: Post, fake: VisiSign, monkeypatch: pytest.MonkeyPatch) -> None:
    post.pushed("buyer")

    def locked(name: str) -> bytes:
        raise errors.VaultLocked(where="file")

    with monkeypatch.context() as closed:
        closed.setattr(post.house.vault, "get", locked)
        (told,) = post.run().told
    assert (told.operation.state, type(told.error)) == ("waiting", errors.VaultLocked)
    post.run(hours=1)
    assert len(fake.requests) == 1


def test_a_log_in_that_cannot_be_had_keeps_the_queue(post: Post) -> None:
    """Offline, and with a secret that was changed there: the client's secret must be exchanged before anything else."""
    fake = ClearPolicy(now=post.clock.at)
    document = fake.add_document("House rules", "signature")
    with fake.serving():
        accounts.add(
            post.house, fake.name, ACCOUNT, fake.client.secret, fake.url,
            {"credential": "client", "client_id": fake.client.id},
        )  # fmt: skip
        post.pushed("buyer", options={"document_id": document["id"]})
        port = int(fake.origin.rpartition(":")[2])
    client, kinds = fake.client, []
    for serving, known in ((False, client), (True, replace(client, secret="another")), (True, client)):
        fake.client = known
        with fake.serving(port) if serving else nullcontext():
            post.clock.at += timedelta(hours=1)
            (told,) = outbox.run_once(post.house).told
            kinds.append((told.operation.state, told.error.kind if told.error else ""))
    assert kinds == [("waiting", "NoConnection"), ("waiting", "CredentialRefused"), ("confirmed", "")]
    assert len(fake.requests) == 1


def test_bytes_that_are_lost_fail_their_own_operation_and_hold_up_no_other(post: Post, fake: VisiSign) -> None:
    lost = post.pushed("buyer")
    (document,) = post.rows(lost)["send"].request["documents"]
    post.house.library.blobs.path(document["sha256"]).unlink()
    other = post.pushed("seller", pages=3)
    post.run()
    assert post.states(lost) == {"send": "failed"}
    assert post.states(other)["send"] == "confirmed"


def test_an_account_that_was_removed_fails_its_operations(post: Post, fake: VisiSign) -> None:
    post.pushed("buyer")
    accounts.remove(post.house, ACCOUNT)
    (told,) = post.run().told
    assert told.operation.state == "failed"
    assert "no account" in settling.sentence(told.operation)


def test_two_runners_share_the_work_without_sharing_an_account(post: Post, fake: VisiSign) -> None:
    """While one has the account, the other leaves it alone and says so."""
    post.pushed("buyer")
    nested: list[outbox.Run] = []

    def reach(house: House, account: AccountRecord) -> Transport:
        nested.append(outbox.run_once(house, reach=quick))
        return quick(house, account)

    outbox.run_once(post.house, reach=reach)
    assert [run.busy for run in nested] == [[ACCOUNT]]
    assert nested[0].told == []
    assert len(fake.requests) == 1


def test_news_pause_when_a_person_wants_quiet(post: Post, fake: VisiSign) -> None:
    post.pushed("buyer")
    post.run()
    asked = len(fake.log)
    post.house.preferences.current = replace(post.house.settings, pause_news=True)
    post.clock.at += timedelta(hours=2)
    outbox.run_automatically(post.house, reach=quick)
    assert len(fake.log) == asked
    post.run()
    assert len(fake.log) > asked


def test_the_time_of_everything_is_in_utc(post: Post, fake: VisiSign) -> None:
    post.pushed("buyer")
    said = settling.told(post.rows()["send"])
    assert datetime.fromisoformat(said["next_at"]).utcoffset() == timedelta(0)
    assert set(said) == {"op", "account", "envelope", "kind", "state", "attempts", "next_at", "error"}
    assert said["error"] is None
    assert EnvelopeId(said["envelope"])


def test_many_go_in_one_run(post: Post, fake: VisiSign, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fake, "_judge_people", lambda _: None)
    first = post.pushed("buyer")
    row = post.rows()["send"]
    clones = [_clone(post, first, row.request, number) for number in range(60)]
    post.run()
    assert len(fake.requests) == 61
    assert {post.house.library.outbox.get(one).state for one in clones} == {"confirmed"}


def _clone(post: Post, like: str, request: Mapping[str, Any], number: int) -> str:
    """The same envelope under another id, handed over, too."""
    made = drafting.copy(post.house, like).one("envelope")
    sending.send(post.house, made)
    operation = f"01JCLONE{number:018d}"
    remote = Remote(ACCOUNT, "visisign", operation, ("buyer",))
    step = handing.hand_over(post.envelope(made), remote, {}, post.house.moment())
    row = pushing.operation_of(
        post.house, operation, Kind.SEND, ACCOUNT, post.envelope(made), {**request, "operation": operation}
    )
    drafting.record(post.house, step, row)
    return operation
