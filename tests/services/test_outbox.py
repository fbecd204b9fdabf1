"""Envelopes on their way to a strict VisiSign on this machine and back, whatever breaks in between."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator, Mapping
from contextlib import nullcontext, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pymupdf
import pytest

from app.domain import errors, finding, handing
from app.domain.audit import Entry
from app.domain.envelope import EnvelopeStatus
from app.domain.ids import EnvelopeId
from app.domain.recipient import RecipientStatus
from app.domain.remote import Remote, RemoteStatus
from app.domain.steps import Step
from app.services import (
    accounts,
    arriving,
    auditing,
    describing,
    desk,
    drafting,
    ending,
    erasing,
    exporting,
    outbox,
    pushing,
    sending,
    settling,
    signing_at_once,
    specifying,
)
from app.services.house import House
from app.services.spec import read
from app.store import AccountRecord, Library
from app.sync.download import Download
from app.sync.flow import Kind
from app.sync.transport import Transport
from tests.fakes import papers
from tests.fakes.clearpolicy import ClearPolicy
from tests.fakes.visisign import VisiSign
from tests.support import houses, leases
from tests.support.http_server import as_pdf
from tests.support.outboxes import ACCOUNT, START, Post, posts, quick
from tests.support.pages import pdf


@pytest.fixture
def post(rooms: houses.Rooms, tmp_path: Path) -> Iterator[Post]:
    with posts(rooms, tmp_path) as built:
        yield built


@pytest.fixture
def fake(post: Post) -> Iterator[VisiSign]:
    with VisiSign(now=post.clock.at).serving() as served:
        assert isinstance(served, VisiSign)
        post.account(served)
        yield served


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


def test_what_comes_back_leaves_the_library_with_the_rest(post: Post, fake: VisiSign) -> None:
    envelope_id = post.pushed("buyer")
    post.run()
    fake.sign()
    post.news()
    files = exporting.export(post.house, envelope_id, post.folder / "out")
    (remote,) = [one for one in files if one.kind == "remote"]
    assert remote.sha256 == post.envelope(envelope_id).remote.files[0].sha256  # type: ignore[union-attr]
    assert {"document", "certificate", "audit", "remote"} <= {one.kind for one in files}


def test_a_file_that_came_twice_leaves_once(post: Post, fake: VisiSign) -> None:
    """As when a spoilt one came between two good ones."""
    envelope_id = post.pushed("buyer")
    post.run()
    fake.sign()
    post.news()
    envelope = post.envelope(envelope_id)
    remote = handing.theirs(envelope)
    (good,) = remote.files
    spoilt = replace(good, verdict="unreadable", sha256=envelope.documents[0].original)
    again = replace(envelope, remote=replace(remote, files=(good, spoilt, good)))
    entry = Entry("remote_file", "system", post.house.moment(), {"document": good.title})
    post.house.library.record(Step(again, (entry,)))
    files = exporting.export(post.house, envelope_id, post.folder / "out")
    assert [one.sha256 for one in files if one.kind == "remote"] == [good.sha256, spoilt.sha256]


def test_what_was_signed_there_of_a_voided_envelope_keeps_its_bytes_and_is_named_so(post: Post, fake: VisiSign) -> None:
    envelope_id = post.pushed("buyer")
    post.run()
    fake.sign()
    outbox.run_once(post.house, kinds=["follow"], reach=quick)
    post.clock.at += timedelta(minutes=5)
    ending.void(post.house, envelope_id, "Changed our minds")
    post.news()
    (came,) = handing.theirs(post.envelope(envelope_id)).files
    files = exporting.export(post.house, envelope_id, post.folder / "out")
    (remote,) = [one for one in files if one.kind == "remote"]
    assert (remote.path.name, remote.sha256) == ("lease from work (VOIDED).pdf", came.sha256)


def test_a_signing_link_is_in_the_vault_and_nowhere_else(post: Post, fake: VisiSign) -> None:
    envelope_id = post.pushed("buyer")
    post.run()
    fake.sign()
    post.news()
    link = desk.Secrets(post.house, envelope_id)["link/buyer"]
    assert link.startswith("https://app.visisign.app/sign/tok_")
    token = link.rpartition("/")[2].encode()
    kept = [path for path in post.house.folder.rglob("*") if path.is_file()]
    assert kept
    assert not [path for path in kept if token in path.read_bytes()]
    assert post.house.vault.get(f"account/{ACCOUNT}").startswith(b"vsk_")


def test_who_signed_here_is_done_and_the_sealed_file_goes_up_for_the_others(post: Post, fake: VisiSign) -> None:
    """Signed on a place without a network; days later the outbox does the rest."""
    envelope_id = leases.sent(post.house, post.folder, "buyer", "seller")
    signing_at_once.sign(post.house, envelope_id, "buyer", leases.act("buyer"))
    sealed = post.envelope(envelope_id).documents[0].current
    assert sealed
    post.clock.at += timedelta(days=3)
    pushing.push(post.house, envelope_id, ACCOUNT)
    post.run()
    (sent,) = fake.requests.values()
    assert [one["name"] for one in sent.signers] == ["Seller Smith"]
    assert sent.paper == post.house.library.blobs.read(sealed)
    fake.sign()
    post.news()
    envelope = post.envelope(envelope_id)
    assert envelope.status is EnvelopeStatus.COMPLETED
    assert envelope.documents[0].current == sealed
    assert envelope.remote is not None
    assert envelope.remote.files[0].verdict == "extended"


def test_what_is_sealed_at_the_end_goes_up_as_the_page_looks(post: Post, fake: VisiSign) -> None:
    """Nothing is sealed yet: what was entered here is printed on the page, and no form of ours goes along."""
    envelope_id = leases.sent(post.house, post.folder, "buyer", "seller", sealing="at_completion", test_mode=True)
    signing_at_once.sign(post.house, envelope_id, "buyer", leases.act("buyer"))
    pushing.push(post.house, envelope_id, ACCOUNT)
    post.run()
    (sent,) = fake.requests.values()
    with pymupdf.open(stream=sent.paper, filetype="pdf") as paper:
        assert "As agreed" in paper[0].get_text()
        assert "TEST" in paper[0].get_text()
    assert papers.form_fields(sent.paper) == []
    assert sent.facts["test_mode"] is True
    fake.sign()
    post.news()
    envelope = post.envelope(envelope_id)
    assert envelope.status is EnvelopeStatus.COMPLETED
    assert envelope.certificate
    assert envelope.documents[0].current is None
    assert auditing.verify_trail(post.house, envelope_id).intact


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


def test_a_decline_there_ends_the_envelope_here(post: Post, fake: VisiSign) -> None:
    envelope_id = post.pushed("buyer")
    post.run()
    fake.decline()
    post.news()
    envelope = post.envelope(envelope_id)
    assert envelope.status is EnvelopeStatus.DECLINED
    assert envelope.recipient("buyer").status is RecipientStatus.DECLINED
    assert post.states()["follow"] == "confirmed"


def test_a_good_file_that_comes_again_counts_after_a_bad_one(post: Post, fake: VisiSign) -> None:
    """As when the program died after it had come, and a spoilt one came next."""
    envelope_id = post.pushed("buyer")
    post.run()
    fake.sign()
    post.news()
    envelope = post.envelope(envelope_id)
    assert envelope.remote is not None
    (good,) = envelope.remote.files
    bad = replace(good, verdict="unreadable", sha256=envelope.documents[0].original)
    for files, again in (((good, bad), True), ((bad, good), False)):
        before = replace(envelope, remote=replace(envelope.remote, files=files))
        came = arriving.Arrived(Download(good.sha256, 10), good)
        step = arriving.noted(before, came, post.house.moment())
        assert (step is not None) is again
        if step is not None:
            assert handing.theirs(step.envelope).file_of(good.document) == good


def test_a_file_of_fewer_pages_is_kept_aside_and_completes_nothing(
    post: Post, fake: VisiSign, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fault 67: another document."""
    envelope_id = post.pushed("buyer")
    post.run()
    fake.sign()
    (sent,) = fake.requests.values()
    monkeypatch.setattr(sent, "paper", pdf(1))
    post.news()
    row = post.rows()["download"]
    assert row.state == "failed"
    assert row.error is not None
    assert row.error["kind"] == "FileNotVerified"
    envelope = post.envelope(envelope_id)
    assert envelope.status is EnvelopeStatus.OUT
    assert envelope.remote is not None
    assert [one.verdict for one in envelope.remote.files] == ["other_document"]
    assert post.house.library.blobs.read(envelope.remote.files[0].sha256)


def test_fault_76_a_file_nobody_can_read_is_kept_aside_and_completes_nothing(
    post: Post, fake: VisiSign, monkeypatch: pytest.MonkeyPatch
) -> None:
    envelope_id = post.pushed("buyer")
    post.run()
    fake.sign()
    monkeypatch.setattr(fake, "files", lambda _: as_pdf(b"%PDF-1.7\n" + b"nonsense " * 200))
    post.news()
    row = post.rows()["download"]
    assert row.state == "failed"
    assert "does not pass" in settling.sentence(row)
    assert str(post.house.folder) not in settling.sentence(row)
    envelope = post.envelope(envelope_id)
    assert envelope.status is EnvelopeStatus.OUT
    assert envelope.remote is not None
    assert [one.verdict for one in envelope.remote.files] == ["unreadable"]


def test_a_sealed_file_that_was_changed_on_its_way_is_refused(
    post: Post, fake: VisiSign, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Our own seal tells it."""
    envelope_id = leases.sent(post.house, post.folder, "buyer", "seller")
    signing_at_once.sign(post.house, envelope_id, "buyer", leases.act("buyer"))
    pushing.push(post.house, envelope_id, ACCOUNT)
    post.run()
    fake.sign()
    (sent,) = fake.requests.values()
    at = sent.paper.index(b"/Type")
    monkeypatch.setattr(sent, "paper", sent.paper[:at] + b"/Tyqe" + sent.paper[at + 5 :])
    post.news()
    envelope = post.envelope(envelope_id)
    assert envelope.status is EnvelopeStatus.OUT
    assert envelope.remote is not None
    assert [one.verdict for one in envelope.remote.files] in (["invalid"], ["unreadable"])


def test_who_chose_to_sign_elsewhere_goes_and_the_others_sign_here_first(post: Post, fake: VisiSign) -> None:
    envelope_id = leases.sent(post.house, post.folder, "buyer", "seller")
    envelope = post.envelope(envelope_id)
    chosen = envelope.with_recipient(replace(envelope.recipient("seller"), remote=True))
    post.house.library.record(Step(chosen, (Entry("remote_chosen", "host", post.house.moment(), {"role": "seller"}),)))
    journey = pushing.plan(post.house, envelope_id, ACCOUNT)
    assert journey.recipients == ("seller",)
    assert journey.problems == ("buyer still has to sign here; let them finish first, or let everybody sign there",)
    signing_at_once.sign(post.house, envelope_id, "buyer", leases.act("buyer"))
    assert pushing.plan(post.house, envelope_id, ACCOUNT).problems == ()


@pytest.mark.parametrize("kind", ["cut", "html", "redirect", "status"])
def test_a_download_that_breaks_is_fetched_again_and_never_kept_half(kind: str, post: Post, fake: VisiSign) -> None:
    envelope_id = post.pushed("buyer")
    post.run()
    fake.sign()
    fake.fail("GET /signature_requests/{id}/files", kind, status=503)
    post.news()
    assert post.rows()["download"].state == "waiting"
    assert post.envelope(envelope_id).remote.files == ()  # type: ignore[union-attr]
    assert not list((post.house.folder / "blobs" / "incoming").iterdir())
    post.run(hours=2)
    assert post.envelope(envelope_id).status is EnvelopeStatus.COMPLETED


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


def test_what_stands_in_the_way_is_told_before_anything_changes(post: Post, fake: VisiSign) -> None:
    envelope_id = leases.draft(post.house, post.folder, "buyer")
    specifying.edit(
        post.house,
        envelope_id,
        read(_spec(post.folder, recipients=[{"role": "buyer", "name": "Jane Smith"}])),
    )
    journey = pushing.plan(post.house, envelope_id, ACCOUNT)
    assert journey.problems == ("buyer has no e-mail address",)
    assert journey.places == (finding.error("no_email", "buyer", role="buyer"),)
    with pytest.raises(errors.CannotTravel):
        pushing.push(post.house, envelope_id, ACCOUNT)
    assert post.envelope(envelope_id).status is EnvelopeStatus.DRAFT
    assert post.rows() == {}


def test_what_stays_behind_is_told_before_it_goes(post: Post, fake: VisiSign) -> None:
    envelope_id = leases.draft(
        post.house,
        post.folder,
        "buyer",
        hide_other_signers=True,
        copy_mode="disabled",
        password="open sesame",
        attachments=[{"path": "lease.pdf"}],
    )
    assert set(pushing.plan(post.house, envelope_id, ACCOUNT).lost) == {
        "the attachments stay here",
        "signers see each other there",
        "whether signers may take a copy is the service's affair",
        "the password is not asked for there: only its hash is kept here",
    }


def _spec(folder: Path, **more: object) -> Path:
    path = folder / "more.json"
    path.write_text(json.dumps(more), "utf-8")
    return path


def test_it_is_handed_over_once(post: Post, fake: VisiSign) -> None:
    envelope_id = post.pushed("buyer")
    with pytest.raises(errors.AlreadyHandedOver):
        pushing.push(post.house, envelope_id, ACCOUNT)
    with pytest.raises(errors.NotHandedOver):
        settling.ask(post.house, envelope_id, Kind.REMIND, role="buyer")
    other = leases.draft(post.house, post.folder, "buyer")
    sending.send(post.house, other)
    with pytest.raises(errors.NotHandedOver):
        settling.ask(post.house, other, Kind.REMIND, role="buyer")


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


class Killed(BaseException):
    """The program died here."""


def mortal(chance: random.Random, real: Callable[..., Any]) -> Callable[..., Any]:
    def write(*given: Any, **more: Any) -> Any:
        fate = chance.random()
        if fate < 0.15:
            raise Killed
        done = real(*given, **more)
        if fate > 0.85:
            raise Killed
        return done

    return write


def sign_if_there(fake: VisiSign) -> None:
    for sent in fake.requests.values():
        if sent.status == "sent":
            fake.sign()


@pytest.mark.parametrize("seed", range(20))
def test_killed_at_any_write_it_goes_on_and_nothing_is_there_twice(
    seed: int, post: Post, fake: VisiSign, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before or after any commit and any secret that is kept; the lock of a dead program is free."""
    chance, library = random.Random(seed), post.house.library
    envelope_id = post.pushed("buyer")
    with monkeypatch.context() as dangerous:
        for owner, name in ((library, "record"), (library.outbox, "save"), (post.house.vault, "put")):
            dangerous.setattr(owner, name, mortal(chance, getattr(owner, name)))
        for _ in range(40):
            with suppress(Killed):
                post.run(hours=2)
            fake.now = post.clock.at
            if chance.random() < 0.3:
                sign_if_there(fake)
    for _ in range(4):
        post.run(hours=2)
        sign_if_there(fake)
    assert list(fake.requests) == ["sr_1"]
    assert len(fake.asked_for("POST /signature_requests")) == 1
    envelope = post.envelope(envelope_id)
    assert envelope.status is EnvelopeStatus.COMPLETED
    assert envelope.remote is not None
    assert len(envelope.remote.files) == 1
    assert sorted(post.states().values()) == ["confirmed"] * 3
    assert auditing.verify_trail(post.house, envelope_id).intact


def test_a_signing_link_is_there_for_who_asks(post: Post, fake: VisiSign) -> None:
    envelope_id = post.pushed("buyer")
    assert settling.link(post.house, envelope_id, "buyer") == ""
    post.run()
    assert settling.link(post.house, envelope_id, "buyer").startswith("https://")
    assert settling.link(post.house, envelope_id, "seller") == ""


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


def test_erasing_takes_people_out_of_the_outbox_and_their_links_out_of_the_vault(post: Post, fake: VisiSign) -> None:
    envelope_id = post.pushed("buyer")
    post.run()
    ending.void(post.house, envelope_id, "Changed our minds")
    erasing.erase(post.house, envelope_id)
    assert settling.link(post.house, envelope_id, "buyer") == ""
    rows = post.house.library.outbox.list(envelope_id)
    assert rows
    assert not [one for one in rows if "buyer" in str(one.request) + str(one.facts)]
    post.run(hours=1)
    (sent,) = fake.requests.values()
    assert sent.status == "cancelled"
    assert post.states()["void"] == "confirmed"


@pytest.mark.parametrize("kind", [Kind.SEND, Kind.REMIND])
def test_a_library_put_back_from_a_backup_sends_nothing_again(kind: Kind, rooms: houses.Rooms, tmp_path: Path) -> None:
    """What waits in it was done since: it is looked for; a letter that cannot be looked for is a person's."""
    with VisiSign(now=START).serving() as fake:
        assert isinstance(fake, VisiSign)
        with posts(rooms, tmp_path) as post:
            post.account(fake)
            envelope_id = post.pushed("buyer")
            if kind is Kind.REMIND:
                post.run()
                settling.ask(post.house, envelope_id, kind, role="buyer")
            backup = post.house.library.back_up()
            post.run()
            vault = post.house.vault
        Library.restore(tmp_path / "library", backup).close()
        with posts(rooms, tmp_path) as post:
            again = replace(post, house=replace(post.house, vault=vault))
            again.run(minutes=5)
            assert len(fake.requests) == 1
            assert len(fake.asked_for("POST /signature_requests")) == 1
            wanted = {Kind.SEND: "confirmed", Kind.REMIND: "unknown"}
            assert again.states()[str(kind)] == wanted[kind]
            if kind is Kind.REMIND:
                settling.resolve(again.house, again.rows()["remind"].id, "remote")
                assert again.states()["remind"] == "confirmed"
                assert len(fake.asked_for("POST /signature_requests/{id}/remind")) == 1
