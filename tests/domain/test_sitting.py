"""Several people at one machine: witness, attesting by name, later, elsewhere, somebody else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain import attesting, copying, errors, preflight, routing, seeing, signing, sitting, visibility
from app.domain.ceremony import Stage
from app.domain.envelope import CopyMode, Envelope, Routing
from app.domain.ids import DocumentId, FieldId
from app.domain.recipient import Action, Attestation, AuthMethod
from app.domain.seeing import Seen
from tests.support.drafts import at, consented, draft, field, filled, finished, recipient, sent, two_signers

D1 = DocumentId("D1")


def with_witness(**more: object) -> Envelope:
    people = (recipient("buyer"), recipient("watcher", 1, Action.WITNESS), recipient("seller", 2))
    return draft(people, (field(1, "signature"), field(3, "signature", "seller")), **more)


@pytest.mark.parametrize("order", list(Routing))
def test_a_witness_acts_after_the_one_whose_act_they_saw(order: Routing) -> None:
    envelope = sent(with_witness(routing=order))
    assert not routing.may_act(envelope, "watcher")
    with pytest.raises(errors.NotTheirTurn):
        signing.open_room(envelope, "watcher", at(1))
    envelope = finished(envelope, "buyer")
    assert routing.may_act(envelope, "watcher")
    opened = signing.open_room(envelope, "watcher", at(6))
    assert opened.entries[0].facts["witness_of"] == "buyer"


def test_that_somebody_asked_is_told_and_not_what() -> None:
    envelope = consented(sent(two_signers()), "buyer")
    (entry,) = sitting.question(envelope, "buyer", at(3)).entries
    assert (entry.kind, entry.facts) == ("question_asked", {"role": "buyer"})
    with pytest.raises(errors.RuleError):
        sitting.question(envelope, "seller", at(3))


def test_both_times_of_a_witnessed_act_are_told() -> None:
    envelope = consented(finished(sent(with_witness()), "buyer"), "watcher")
    facts = signing.finish(envelope, "watcher", {}, at(7)).entries[0].facts
    assert (facts["witness_of"], facts["seen_at"], facts["apart_s"]) == ("buyer", "2026-03-04T12:05:00.000000Z", 120)


def test_a_witness_of_somebody_named_waits_for_them() -> None:
    people = (recipient("watcher", 1, Action.WITNESS, witness_of="seller"), recipient("buyer"), recipient("seller"))
    fields = (field(1, "signature"), field(3, "signature", "seller"))
    envelope = finished(sent(draft(people, fields)), "buyer")
    assert [one.role for one in routing.current(envelope)] == ["seller"]
    assert [one.role for one in routing.current(finished(envelope, "seller"))] == ["watcher"]


def attested(action: Action = Action.ACKNOWLEDGE, **more: object) -> Envelope:
    return sent(draft((recipient("buyer", 1, action, name="Ana María Ruiz", **more),), ()))


def test_who_acknowledges_needs_a_name_and_one_act_and_no_signature() -> None:
    envelope = consented(attested(), "buyer")
    with pytest.raises(errors.AcknowledgmentMissing):
        signing.check_finishable(envelope, "buyer")
    with pytest.raises(errors.WrongPerson):
        attesting.acknowledge(envelope, "buyer", "Ana Ruiz", at(4))
    step = attesting.acknowledge(envelope, "buyer", " ana  maría RUIZ", at(4))
    facts = signing.finish(step.envelope, "buyer", {}, at(5)).entries[0].facts
    assert (facts["action"], facts["attestation"]) == ("acknowledge", "acknowledgment")


@pytest.mark.parametrize(
    ("document", "request_", "wanted"),
    [
        ("signature", None, "signature"),
        ("acknowledgment", None, "acknowledgment"),
        ("acknowledgment", "signature", "signature"),
        ("signature", "acknowledgment", "acknowledgment"),
    ],
)
def test_a_request_overrides_what_the_document_asks_for(document: str, request_: str | None, wanted: str) -> None:
    asked = Attestation(request_) if request_ else None
    envelope = draft((recipient("buyer", attestation=asked),), (field(1, "signature"),))
    envelope = envelope.with_documents(replace(d, attestation=Attestation(document)) for d in envelope.documents)
    envelope = consented(sent(envelope), "buyer")
    assert attesting.attestation_of(envelope, envelope.recipient("buyer")) == wanted
    assert bool(signing.missing(envelope, "buyer")) is (wanted == "signature")


def test_nobody_acknowledges_before_they_agreed() -> None:
    with pytest.raises(errors.WrongStage):
        attesting.acknowledge(attested(), "buyer", "Ana María Ruiz", at(1))


def test_who_signs_later_finds_everything_at_the_same_field_after_a_new_handover() -> None:
    envelope = filled(consented(sent(two_signers()), "buyer"), "buyer")
    away = sitting.put_off(envelope, "buyer", FieldId("F2"), at(5)).envelope
    ceremony = away.recipient("buyer").ceremony
    assert ceremony is not None
    assert (ceremony.stage, ceremony.resume_at) == (Stage.AWAY, "F2")
    for act in (
        lambda: signing.fill(away, "buyer", away.field(FieldId("F2")), "x", at(6)),
        lambda: signing.finish(away, "buyer", {}, at(6)),
        lambda: signing.show_page(away, "buyer", D1, 1, at(6)),
        lambda: signing.identify(away, "buyer", "known", (), at(6)),
        lambda: seeing.saw(away, "buyer", [], at(6)),
    ):
        with pytest.raises(errors.WrongStage):
            act()
    back = signing.open_room(away, "buyer", at(7)).envelope
    assert back.values == envelope.values
    with pytest.raises(errors.NotTheirField):
        sitting.put_off(envelope, "buyer", FieldId("F3"), at(5))


def test_passing_somebody_over_changes_nothing_but_the_trail() -> None:
    envelope = sent(two_signers())
    step = sitting.skip(envelope, "buyer", "gone for coffee", at(1))
    assert step.envelope == envelope
    assert [entry.kind for entry in step.entries] == ["skipped"]
    with pytest.raises(errors.NotTheirTurn):
        sitting.skip(envelope, "seller", "", at(1))


def test_who_wants_to_sign_elsewhere_may_still_sit_down() -> None:
    step = sitting.choose_remote(consented(sent(two_signers()), "buyer"), "buyer", at(4))
    assert step.envelope.recipient("buyer").remote
    with pytest.raises(errors.WrongStage):
        signing.fill(step.envelope, "buyer", step.envelope.field(FieldId("F2")), "x", at(5))
    assert not signing.open_room(step.envelope, "buyer", at(6)).envelope.recipient("buyer").remote


def test_who_hands_on_their_part_takes_their_entries_along_and_says_why() -> None:
    envelope = filled(consented(sent(two_signers()), "buyer"), "buyer")
    with pytest.raises(errors.ReasonMissing):
        sitting.delegate(envelope, "buyer", "Bob", "bob@example.com", " ", at(5))
    step = sitting.delegate(envelope, "buyer", "Bob", "bob@example.com", "On leave", at(5))
    after = step.envelope.recipient("buyer")
    assert (after.name, after.ceremony, dict(step.envelope.values)) == ("Bob", None, {})
    assert [(entry.kind, entry.actor) for entry in step.entries] == [("delegated", "recipient:buyer")]
    with pytest.raises(errors.WrongStage):
        sitting.delegate(sent(two_signers()), "buyer", "Bob", "", "On leave", at(5))


def test_the_device_is_given_back_by_who_had_it() -> None:
    with pytest.raises(errors.WrongStage):
        sitting.hand_back(sent(two_signers()), "buyer", "", at(1))
    envelope = finished(sent(two_signers()), "buyer")
    (entry,) = sitting.hand_back(envelope, "buyer", "Present, no pressure", at(6), host="Hanna").entries
    assert (entry.kind, entry.actor, entry.facts["host"]) == ("handed_back", "host", "Hanna")


def test_what_was_seen_is_a_list_of_numbers() -> None:
    envelope = consented(sent(two_signers()), "buyer")
    step = seeing.saw(envelope, "buyer", [Seen(D1, 2, 1500, 125), Seen(D1, 1, -4, 100)], at(4))
    assert step.entries[0].facts["pages"] == [[1, 2, 1500, 125], [1, 1, 0, 100]]
    with pytest.raises(errors.PageOutOfRange):
        seeing.saw(envelope, "buyer", [Seen(D1, 9, 1, 100)], at(4))


def test_hidden_signers_are_hidden_with_everything_of_theirs() -> None:
    envelope = finished(sent(two_signers(hide_other_signers=True)), "buyer")
    seen = visibility.visible_to(envelope, "seller")
    assert [one.role for one in seen.people] == ["seller"]
    assert seen.sources == {D1: "a" * 64}
    shown = visibility.without_others(envelope, "seller")
    assert "Buyer" not in str(shown.recipients)
    assert not shown.values
    assert {one.recipient for one in shown.fields} == {"seller"}
    open_ = visibility.visible_to(replace(envelope, hide_other_signers=False), "seller")
    assert (len(open_.people), open_.sources) == (2, {D1: "b" * 64})


@pytest.mark.parametrize(
    ("mode", "may", "must"),
    [(CopyMode.ASK, True, False), (CopyMode.ALWAYS, True, True), (CopyMode.DISABLED, False, False)],
)
def test_the_sender_decides_about_copies(mode: CopyMode, may: bool, must: bool) -> None:
    envelope = sent(two_signers(copy_mode=mode))
    seen = visibility.visible_to(envelope, "buyer")
    assert (seen.may_copy, seen.must_copy) == (may, must)
    if not may:
        with pytest.raises(errors.CopyRefused):
            copying.give_copy(envelope, "buyer", [], at(9))


def codes(envelope: Envelope) -> set[str]:
    return {finding.code for finding in preflight.check(envelope, at().wall)}


def test_a_witness_of_nobody_or_too_early_and_a_code_without_address_stand_in_the_way() -> None:
    fields = (field(1, "signature"),)
    alone = (recipient("watcher", 1, Action.WITNESS), recipient("buyer", 2))
    assert "witness_without_signer" in codes(draft(alone, fields))
    early = (recipient("watcher", 1, Action.WITNESS, witness_of="buyer"), recipient("buyer", 2))
    assert "witness_before_signer" in codes(draft(early, fields))
    reader = draft((recipient("buyer"), recipient("file", 2, Action.COPY)), fields)
    assert "witness_without_signer" not in codes(reader)
    by_mail = (recipient("buyer", auth=(AuthMethod("email_code", ""),)),)
    assert "code_without_address" in codes(draft(by_mail, fields))
    assert not codes(with_witness()) & {"witness_without_signer", "witness_before_signer", "code_without_address"}


def test_who_only_confirms_by_name_needs_no_signature_field() -> None:
    people = (recipient("buyer", attestation=Attestation.ACKNOWLEDGMENT),)
    assert "signer_without_signature" not in codes(draft(people, ()))
