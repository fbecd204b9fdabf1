"""The other ends: declined, voided, expired; and somebody else in a recipient's place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from app.domain import ending, errors
from app.domain.ceremony import Stage
from app.domain.envelope import EnvelopeStatus, Routing
from app.domain.recipient import Action, AuthMethod, RecipientStatus
from app.domain.steps import Step
from tests.support.drafts import NOW, at, consented, draft, field, filled, finished, recipient, sent, two_signers


def test_one_no_ends_the_envelope_and_is_told_with_its_reason() -> None:
    step = ending.decline(consented(sent(two_signers()), "buyer"), "buyer", "Too dear", at(9))
    buyer = step.envelope.recipient("buyer")
    assert (step.envelope.status, step.envelope.end_reason) == (EnvelopeStatus.DECLINED, "Too dear")
    assert (buyer.status, buyer.decline_reason) == (RecipientStatus.DECLINED, "Too dear")
    assert buyer.ceremony is not None
    assert buyer.ceremony.stage is Stage.DECLINED
    assert step.entries[0].facts == {"role": "buyer", "reason": "Too dear"}


def test_a_recipient_may_decline_without_ever_having_been_in_the_room() -> None:
    step = ending.decline(sent(two_signers()), "buyer", "No", at(9))
    assert step.envelope.recipient("buyer").ceremony is None


def test_only_whose_turn_it_is_may_decline() -> None:
    out = sent(two_signers())
    with pytest.raises(errors.NotTheirTurn) as early:
        ending.decline(out, "seller", "No", at())
    assert early.value.waiting_for == ["buyer"]
    with pytest.raises(errors.AlreadyActed):
        ending.decline(finished(out, "buyer"), "buyer", "No", at())
    with pytest.raises(errors.UnknownRole):
        ending.decline(out, "witness", "No", at())
    reader = sent(draft((recipient("a", action=Action.APPROVE), recipient("file", action=Action.COPY)), ()))
    with pytest.raises(errors.NothingToDo):
        ending.decline(reader, "file", "No", at())


@pytest.mark.parametrize(
    "act",
    [
        lambda words: ending.decline(sent(two_signers()), "buyer", words, at()),
        lambda words: ending.void(sent(two_signers()), words, at()),
        lambda words: ending.reassign(sent(two_signers()), "buyer", words, "", at()),
    ],
)
def test_an_end_without_words_is_no_evidence(act: Callable[[str], Step]) -> None:
    for nothing in ("", "  \n"):
        with pytest.raises(errors.ReasonMissing):
            act(nothing)


def test_taken_back_it_is_voided_and_what_was_signed_stays() -> None:
    signed = finished(sent(two_signers()), "buyer")
    step = ending.void(signed, "Mistake", at(9))
    assert (step.envelope.status, step.envelope.end_reason) == (EnvelopeStatus.VOIDED, "Mistake")
    assert step.envelope.documents == signed.documents
    assert step.envelope.values == signed.values


@pytest.mark.parametrize("minutes", [5, 6])
def test_time_ends_it_at_its_limit(minutes: int) -> None:
    out = sent(two_signers(expires_at=NOW + timedelta(minutes=5)))
    assert ending.overdue(out, at(minutes))
    step = ending.expire(out, at(minutes))
    assert step.envelope.status is EnvelopeStatus.EXPIRED
    assert step.entries[0].facts == {"expires_at": "2026-03-04T12:05:00.000000Z"}


def test_nothing_else_than_time_expires_it() -> None:
    with pytest.raises(errors.NotOverdue) as early:
        ending.expire(sent(two_signers(expires_at=NOW + timedelta(minutes=5))), at(4.9))
    assert early.value.expires_at == "2026-03-04T12:05:00.000000Z"
    with pytest.raises(errors.NotOverdue) as never:
        ending.expire(sent(two_signers()), at(9e6))
    assert never.value.expires_at == ""
    assert not ending.overdue(two_signers(expires_at=NOW), at(9))


def test_another_person_takes_the_part_and_nothing_of_the_first_ones_entries() -> None:
    secret = AuthMethod("access_code", "hash")
    people = (recipient("buyer", auth=(secret,), email="old@example.com", phone="1"), recipient("seller"))
    fields = (field(1, "signature"), field(2), field(3, "signature", "seller"))
    out = sent(draft(people, fields, routing=Routing.PARALLEL))
    begun = filled(consented(filled(consented(out, "buyer"), "buyer"), "seller"), "seller")
    step = ending.reassign(begun, "buyer", "Ana Ruiz", "ana@example.com", at(9))
    after = step.envelope.recipient("buyer")
    assert (after.name, after.email, after.phone) == ("Ana Ruiz", "ana@example.com", "")
    assert after.id == begun.recipients[0].id
    assert (after.status, after.ceremony, after.viewed_at) == (RecipientStatus.TURN, None, None)
    assert after.auth == (secret,)
    assert set(step.envelope.values) == {"F3"}
    assert step.entries[0].facts == {"role": "buyer", "name": "Ana Ruiz", "before": "Buyer"}


def test_who_waits_for_their_turn_may_be_replaced_and_goes_on_waiting() -> None:
    step = ending.reassign(sent(two_signers()), "seller", "Ana Ruiz", "", at(9))
    assert step.envelope.recipient("seller").status is RecipientStatus.WAITING


def test_who_has_acted_is_not_replaced() -> None:
    with pytest.raises(errors.AlreadyActed):
        ending.reassign(finished(sent(two_signers()), "buyer"), "buyer", "Ana Ruiz", "", at())


def test_only_what_is_out_can_end() -> None:
    over = ending.void(sent(two_signers()), "Mistake", at()).envelope
    for envelope in (two_signers(), over):
        for act in (
            lambda e: ending.decline(e, "buyer", "No", at()),
            lambda e: ending.void(e, "No", at()),
            lambda e: ending.expire(e, at()),
            lambda e: ending.reassign(e, "buyer", "Ana", "", at()),
        ):
            with pytest.raises(errors.WrongStatus) as still:
                act(envelope)
            assert still.value.allowed == ["out"]
