"""One recipient's way through the ceremony: in order, or not at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from app.domain import copying, ending, errors, routing, signing
from app.domain.audit import Moment
from app.domain.ceremony import TRIES, IdEvidence, Stage
from app.domain.envelope import Envelope, EnvelopeStatus
from app.domain.ids import DocumentId, FieldId, Sha256
from app.domain.mark import Mark
from app.domain.recipient import Action, AuthMethod, RecipientStatus
from app.domain.steps import Step
from tests.support.drafts import (
    INK,
    PICTURE,
    TEXT,
    TYPED,
    at,
    consented,
    draft,
    field,
    filled,
    finished,
    recipient,
    seals,
    sent,
    two_signers,
)

Act = Callable[[Envelope], Step | None]
D1 = DocumentId("D1")
ACTS: dict[str, Act] = {
    "open": lambda e: signing.open_room(e, "buyer", at(1)),
    "identify": lambda e: signing.identify(e, "buyer", "passport", (), at(2)),
    "wrong code": lambda e: signing.wrong_code(e, "buyer", "access_code", at(2)),
    "consent": lambda e: signing.consent(e, "buyer", TEXT, "en", at(3)),
    "show": lambda e: signing.show_page(e, "buyer", D1, 1, at(3)),
    "adopt": lambda e: signing.adopt(e, "buyer", TYPED, at(3)),
    "fill": lambda e: signing.fill(e, "buyer", e.field(FieldId("F2")), "x", at(4)),
    "finish": lambda e: signing.finish(e, "buyer", seals(e), at(5)),
}
ALLOWED = {
    "nothing": {"open"},
    Stage.OPENED: {"open", "identify", "wrong code"},
    Stage.IDENTIFIED: {"open", "consent", "show"},
    Stage.CONSENTED: {"open", "show", "adopt", "fill", "finish"},
}


def at_stage(stage: object) -> Envelope:
    envelope = sent(two_signers())
    if stage == "nothing":
        return envelope
    envelope = signing.open_room(envelope, "buyer", at(1)).envelope
    if stage is Stage.OPENED:
        return envelope
    envelope = signing.identify(envelope, "buyer", "passport", (), at(2)).envelope
    return envelope if stage is Stage.IDENTIFIED else filled(consented(envelope, "buyer"), "buyer")


def ceremony(envelope: Envelope, role: str = "buyer") -> signing.Ceremony:
    found = envelope.recipient(role).ceremony
    assert found is not None
    return found


@pytest.mark.parametrize("act", sorted(ACTS))
@pytest.mark.parametrize("stage", sorted(ALLOWED))
def test_every_step_is_taken_in_its_stage_and_refused_in_every_other(stage: object, act: str) -> None:
    envelope = at_stage(stage)
    if act in ALLOWED[stage]:  # type: ignore[index]
        ACTS[act](envelope)
        return
    with pytest.raises(errors.WrongStage) as wrong:
        ACTS[act](envelope)
    assert wrong.value.role == "buyer"
    assert wrong.value.stage == (stage if isinstance(stage, Stage) else "not opened")


@pytest.mark.parametrize("act", sorted(ACTS))
def test_fault_87_nothing_is_done_twice_after_the_end(act: str) -> None:
    with pytest.raises(errors.AlreadyActed):
        ACTS[act](finished(sent(two_signers()), "buyer"))


@pytest.mark.parametrize("act", sorted(ACTS))
def test_nothing_is_done_in_an_envelope_that_is_not_out(act: str) -> None:
    for envelope in (two_signers(), ending.void(at_stage(Stage.CONSENTED), "Mistake", at(5)).envelope):
        with pytest.raises(errors.WrongStatus):
            ACTS[act](envelope)


@pytest.mark.parametrize("act", sorted(ACTS))
def test_nothing_is_done_before_ones_turn_or_by_who_only_gets_a_copy(act: str) -> None:
    people = (recipient("other", 1, Action.APPROVE), recipient("buyer", 2))
    early = sent(draft(people, (field(1, "signature"), field(2))))
    with pytest.raises(errors.NotTheirTurn) as waits:
        ACTS[act](early)
    assert waits.value.waiting_for == ["other"]
    reader = replace(early, recipients=(early.recipients[0], replace(early.recipients[1], action=Action.COPY)))
    with pytest.raises(errors.NothingToDo):
        ACTS[act](reader)


def test_a_ceremony_leaves_a_trail_of_what_was_done_and_not_of_what_was_written() -> None:
    kinds: list[str] = []
    envelope = sent(two_signers())
    texts = []
    for act in ("open", "identify", "consent", "show", "adopt", "fill"):
        step = ACTS[act](envelope)
        assert step is not None
        envelope = step.envelope
        kinds += [entry.kind for entry in step.entries]
        texts += [str(entry.facts) for entry in step.entries]
    assert kinds == ["room_opened", "identified", "consented", "page_shown", "adopted", "field_filled"]
    assert not any("Jane" in text for text in texts)
    assert ceremony(envelope).consent is not None
    assert envelope.recipient("buyer").status is RecipientStatus.VIEWED


def test_all_who_act_finish_and_then_the_envelope_is_complete() -> None:
    envelope = finished(sent(two_signers()), "buyer")
    assert [one.status for one in envelope.recipients] == [RecipientStatus.COMPLETED, RecipientStatus.TURN]
    with pytest.raises(errors.NotTheirTurn) as waits:
        signing.complete(envelope, None, at(6))
    assert waits.value.waiting_for == ["seller"]
    envelope = finished(envelope, "seller")
    assert routing.finished(envelope)
    done = signing.complete(envelope, Sha256("9" * 64), at(7))
    assert (done.envelope.status, done.envelope.completed_at) == (EnvelopeStatus.COMPLETED, at(7).wall)
    assert done.entries[0].facts == {"certificate_sha256": "9" * 64}
    with pytest.raises(errors.WrongStatus):
        signing.complete(done.envelope, None, at(8))


def test_finishing_keeps_the_new_revision_of_every_document_and_tells_it() -> None:
    envelope = at_stage(Stage.CONSENTED)
    step = signing.finish(envelope, "buyer", seals(envelope), at(5))
    assert [one.current for one in step.envelope.documents] == ["b" * 64]
    assert [entry.kind for entry in step.entries] == ["signed", "sealed"]
    assert step.entries[1].facts["document"] == "Document 1"
    assert step.envelope.recipient("buyer").completed_at == at(5).wall
    assert ceremony(step.envelope).stage is Stage.FINISHED


def test_without_a_signature_nobody_finishes() -> None:
    envelope = consented(sent(two_signers()), "buyer")
    with pytest.raises(errors.SignatureMissing) as missing:
        signing.check_finishable(envelope, "buyer")
    assert missing.value.needs == ["signature"]
    envelope = signing.fill(envelope, "buyer", envelope.field(FieldId("F1")), TYPED, at(4)).envelope
    with pytest.raises(errors.ValueRefused) as gap:
        signing.check_finishable(envelope, "buyer")
    assert (gap.value.rule, gap.value.field) == ("required", "Field 2")
    envelope = signing.fill(envelope, "buyer", envelope.field(FieldId("F2")), "x", at(4)).envelope
    signing.check_finishable(envelope, "buyer")


def test_what_is_missing_is_told_in_reading_order_and_only_what_the_recipient_can_fill() -> None:
    fields = (
        field(5),
        field(1, "signature"),
        field(3, required=False),
        field(7, "date_signed"),
        field(9, read_only=True),
        field(11, value="sender's"),
        field(13, "checkbox"),
        field(2, "text", "seller"),
    )
    envelope = sent(draft((recipient("buyer"), recipient("seller", 2, Action.APPROVE)), fields))
    assert [one.id for one in signing.missing(envelope, "buyer")] == ["F1", "F5", "F13"]


def test_a_tick_taken_back_is_missing_again() -> None:
    box = field(3, "checkbox")
    envelope = consented(sent(draft((recipient("buyer", action=Action.APPROVE),), (box,))), "buyer")
    envelope = replace(envelope, values={box.id: False})
    assert signing.missing(envelope, "buyer") == (box,)


def test_nobody_fills_what_is_not_theirs_or_not_there() -> None:
    envelope = at_stage(Stage.CONSENTED)
    with pytest.raises(errors.NotTheirField):
        signing.fill(envelope, "buyer", envelope.field(FieldId("F4")), "x", at(4))
    with pytest.raises(errors.UnknownField):
        signing.fill(envelope, "buyer", field(99), "x", at(4))


def test_a_field_that_was_changed_on_its_way_counts_as_it_stands_in_the_envelope() -> None:
    fields = (field(1, "signature"), field(2, read_only=True, value="a"))
    envelope = consented(sent(draft((recipient("buyer"),), fields)), "buyer")
    with pytest.raises(errors.ValueRefused) as refused:
        signing.fill(envelope, "buyer", field(2), "b", at(4))
    assert refused.value.rule == "read_only"


def test_nobody_dates_their_own_signature() -> None:
    envelope = sent(draft((recipient("buyer"),), (field(1, "signature"), field(2, "date_signed"))))
    envelope = consented(envelope, "buyer")
    with pytest.raises(errors.ValueRefused) as refused:
        signing.fill(envelope, "buyer", envelope.field(FieldId("F2")), "2020-01-01", at(4))
    assert refused.value.rule == "read_only"
    dated = signing.with_automatic(envelope, "buyer", at(5))
    assert dated.values == {"F2": "2026-03-04"}


@pytest.mark.parametrize(("offset", "day"), [(0, "2026-01-31"), (60, "2026-02-01"), (-1400, "2026-01-31")])
def test_the_day_of_signing_is_that_of_the_signers_own_wall(offset: int, day: str) -> None:
    late = Moment(datetime(2026, 1, 31, 23, 30, tzinfo=timezone(timedelta(0))), 1, "boot", offset)
    assert signing.local_day(late) == day


def test_marks_are_adopted_apart_and_a_poor_one_is_refused() -> None:
    envelope = signing.adopt(at_stage(Stage.CONSENTED), "buyer", INK, at(4)).envelope
    envelope = signing.adopt(envelope, "buyer", TYPED, at(4), initials=True).envelope
    assert (ceremony(envelope).signature, ceremony(envelope).initials) == (INK, TYPED)
    with pytest.raises(errors.MarkRefused):
        signing.adopt(envelope, "buyer", Mark("drawn"), at(4))


def test_a_page_is_told_once_and_only_if_the_document_has_it() -> None:
    envelope = at_stage(Stage.IDENTIFIED)
    step = signing.show_page(envelope, "buyer", D1, 2, at(3))
    assert step is not None
    assert step.entries[0].facts == {"role": "buyer", "document": "Document 1", "page": 2}
    assert signing.show_page(step.envelope, "buyer", D1, 2, at(4)) is None
    for page in (0, 3, -1):
        with pytest.raises(errors.PageOutOfRange):
            signing.show_page(envelope, "buyer", D1, page, at(3))
    with pytest.raises(errors.UnknownDocument):
        signing.show_page(envelope, "buyer", DocumentId("D9"), 1, at(3))


def test_fault_50_a_ceremony_that_was_cut_off_asks_again_who_is_there_and_keeps_what_was_entered() -> None:
    begun = signing.adopt(at_stage(Stage.CONSENTED), "buyer", INK, at(4)).envelope
    step = signing.open_room(begun, "buyer", at(60))
    again = ceremony(step.envelope)
    assert step.entries[0].facts == {"role": "buyer", "resumed": True}
    assert (again.stage, again.consent, again.signature, again.tries_left) == (Stage.OPENED, None, INK, TRIES)
    assert again.opened_at == ceremony(begun).opened_at
    assert step.envelope.values == begun.values


def with_code(kinds: tuple[str, ...] = ("access_code",)) -> Envelope:
    buyer = recipient("buyer", auth=tuple(AuthMethod(kind, "hash") for kind in kinds))
    envelope = sent(draft((buyer,), (field(1, "signature"),)))
    return signing.open_room(envelope, "buyer", at(1)).envelope


def test_who_did_not_pass_what_the_sender_asked_for_is_not_identified() -> None:
    with pytest.raises(errors.AccessDenied) as denied:
        signing.identify(with_code(), "buyer", "known to me", (), at(2))
    assert (denied.value.method, denied.value.tries_left) == ("access_code", TRIES)
    with pytest.raises(errors.AccessDenied):
        signing.identify(with_code(("access_code", "sms")), "buyer", "known to me", ("access_code",), at(2))
    step = signing.identify(with_code(), "buyer", "known to me", ("access_code",), at(2), IdEvidence.PASSPORT, "417")
    assert step.entries[0].facts == {
        "role": "buyer", "how": "known to me", "methods": ["access_code"], "evidence": "passport", "digits": "417",
    }  # fmt: skip


def test_after_the_last_wrong_code_even_the_right_one_waits_for_the_host() -> None:
    envelope = with_code()
    for left in range(TRIES - 1, -1, -1):
        step = signing.wrong_code(envelope, "buyer", "access_code", at(2))
        assert step.entries[0].facts["tries_left"] == left
        envelope = step.envelope
    assert signing.wrong_code(envelope, "buyer", "access_code", at(2)).entries[0].facts["tries_left"] == 0
    with pytest.raises(errors.AccessDenied) as denied:
        signing.identify(envelope, "buyer", "known to me", ("access_code",), at(2))
    assert denied.value.tries_left == 0
    opened = signing.open_room(envelope, "buyer", at(3)).envelope
    signing.identify(opened, "buyer", "known to me", ("access_code",), at(4))


def test_first_viewed_is_when_they_were_first_identified() -> None:
    envelope = at_stage(Stage.IDENTIFIED)
    again = signing.open_room(envelope, "buyer", at(50)).envelope
    again = signing.identify(again, "buyer", "passport", (), at(60)).envelope
    assert again.recipient("buyer").viewed_at == at(2).wall


def test_the_hash_of_a_value_tells_values_apart_and_not_ways_of_writing_one() -> None:
    values = ("a", "b", True, False, INK, TYPED, PICTURE)
    assert len({signing.hash_of(value) for value in values}) == len(values)
    assert signing.hash_of("\u00c5") == signing.hash_of("A\u030a")


def test_sealed_once_at_completion_every_document_is_closed_after_the_last_act() -> None:
    early = finished(sent(two_signers()), "buyer")
    with pytest.raises(errors.NotTheirTurn):
        signing.close_documents(early, seals(early), at(6))
    done = finished(early, "seller")
    step = signing.close_documents(done, {D1: {"sha256": "e" * 64, "level": "B-B"}}, at(6))
    assert step.envelope.documents[0].current == "e" * 64
    assert [entry.kind for entry in step.entries] == ["sealed"]


def test_a_copy_given_is_told_and_only_of_somebody_who_is_there() -> None:
    step = copying.give_copy(sent(two_signers()), "buyer", [TEXT] * 3, at(9))
    assert step.entries[0].facts == {"role": "buyer", "files": 3, "sha256": [TEXT] * 3, "way": "folder", "to": ""}
    assert step.envelope == sent(two_signers())
    with pytest.raises(errors.UnknownRole):
        copying.give_copy(sent(two_signers()), "witness", [], at(9))


def test_two_steps_become_one_that_tells_both() -> None:
    first = signing.open_room(sent(two_signers()), "buyer", at(1))
    second = signing.identify(first.envelope, "buyer", "passport", (), at(2))
    whole = first.then(second)
    assert whole.envelope == second.envelope
    assert [entry.kind for entry in whole.entries] == ["room_opened", "identified"]
    assert [entry.actor for entry in whole.entries] == ["host", "host"]
