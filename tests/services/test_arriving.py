"""What comes back from a service: taken in, judged, and beside ours when it leaves the library again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from app.domain import handing
from app.domain.audit import Entry
from app.domain.envelope import EnvelopeStatus
from app.domain.recipient import RecipientStatus
from app.domain.steps import Step
from app.services import (
    arriving,
    auditing,
    desk,
    ending,
    exporting,
    outbox,
    pushing,
    settling,
    signing_at_once,
)
from app.sync.download import Download
from tests.fakes.visisign import VisiSign
from tests.support import leases
from tests.support.http_server import as_pdf
from tests.support.outboxes import ACCOUNT, Post, quick
from tests.support.pages import pdf


def test_what_comes_back_leaves_the_library_with_the_rest(post: Post, fake: VisiSign) -> None:
    envelope_id = post.pushed("buyer")
    post.run()
    fake.sign()
    post.news()
    files = exporting.export(post.house, envelope_id, post.folder / "out")
    (remote,) = [one for one in files if one.kind == "remote"]
    assert remote.sha256 == post.envelope(envelope_id).remote.files[0].sha256  # type: ignore[union-attr]
    assert {"document", "certificate", "audit", "remote"} <= {one.kind for one in files}


def test_started_anew_between_a_file_and_the_end_the_trail_holds(
    post: Post, fake: VisiSign, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The program died once the file was noted, and the machine was started anew before it went on."""
    envelope_id = post.pushed("buyer")
    post.run()
    fake.sign()

    def dead(*_: Any) -> Any:
        raise KeyboardInterrupt

    with monkeypatch.context() as dying:
        dying.setattr(arriving, "completed", dead)
        with pytest.raises(KeyboardInterrupt):
            post.news()
    assert "remote_file" in post.kinds(envelope_id)
    real = post.clock.moment
    monkeypatch.setattr(post.clock, "moment", lambda: replace(real(), boot="another-boot"))
    post.run(minutes=5)
    assert post.envelope(envelope_id).status is EnvelopeStatus.COMPLETED
    report = auditing.verify_trail(post.house, envelope_id)
    assert (report.intact, report.reason) == (True, "")
    assert post.kinds(envelope_id).count("clock_noted") == 1


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
