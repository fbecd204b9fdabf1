"""Handing an envelope to a service: what goes up, and what is told before anything does."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pymupdf
import pytest

from app.domain import errors, finding
from app.domain.audit import Entry
from app.domain.envelope import EnvelopeStatus
from app.domain.steps import Step
from app.services import (
    auditing,
    pushing,
    sending,
    settling,
    signing_at_once,
    specifying,
)
from app.services.spec import read
from app.sync.flow import Kind
from tests.fakes import papers
from tests.fakes.visisign import VisiSign
from tests.support import leases
from tests.support.outboxes import ACCOUNT, Post


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
