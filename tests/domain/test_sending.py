"""Out and back to draft."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain import errors, sending
from app.domain.envelope import EnvelopeStatus
from app.domain.ids import Sha256
from app.domain.recipient import RecipientStatus
from tests.support.drafts import at, consented, draft, field, filled, finished, recipient, sent, two_signers


def test_sending_freezes_every_document_and_gives_the_turn_to_the_first() -> None:
    envelope = replace(two_signers(), documents=draft((), (), documents=2).documents)
    prepared = {one.id: Sha256(str(number) * 64) for number, one in enumerate(envelope.documents)}
    step = sending.send(envelope, prepared, at(1))
    out = step.envelope
    assert (out.status, out.sent_at) == (EnvelopeStatus.OUT, at(1).wall)
    assert [one.prepared for one in out.documents] == ["0" * 64, "1" * 64]
    assert [one.status for one in out.recipients] == [RecipientStatus.TURN, RecipientStatus.WAITING]
    assert [entry.kind for entry in step.entries] == ["frozen", "out"]
    assert [one["prepared"] for one in step.entries[0].facts["documents"]] == ["0" * 64, "1" * 64]
    assert step.entries[1].facts["turn"] == ["buyer"]
    assert [(one["role"], one["order"]) for one in step.entries[1].facts["recipients"]] == [("buyer", 1), ("seller", 2)]


def test_what_preflight_finds_stands_in_the_way() -> None:
    with pytest.raises(errors.PreflightFailed) as failed:
        sending.ready(draft((recipient("buyer"),), (field(1),)), at())
    assert [one["code"] for one in failed.value.findings] == ["signer_without_signature"]


def test_an_envelope_is_sent_once() -> None:
    with pytest.raises(errors.WrongStatus):
        sending.ready(sent(two_signers()), at())


def test_back_in_draft_nothing_of_the_first_sending_is_left() -> None:
    begun = filled(consented(sent(two_signers()), "buyer"), "buyer")
    step = sending.back_to_draft(begun, at(9))
    assert step.envelope == replace(two_signers(), updated_at=at(9).wall)
    assert [entry.kind for entry in step.entries] == ["back_to_draft"]
    assert sent(step.envelope, 10).status is EnvelopeStatus.OUT


def test_once_somebody_has_signed_there_is_no_way_back() -> None:
    with pytest.raises(errors.AlreadyActed) as signed:
        sending.back_to_draft(finished(sent(two_signers()), "buyer"), at(9))
    assert signed.value.role == "buyer"


def test_a_draft_is_not_moved_back_to_draft() -> None:
    with pytest.raises(errors.WrongStatus):
        sending.back_to_draft(two_signers(), at())
