"""Whose turn it is."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import errors, routing
from app.domain.envelope import Envelope, EnvelopeStatus, Routing
from app.domain.recipient import Action, Recipient, RecipientStatus
from tests.support.drafts import draft, recipient

orders = st.lists(st.integers(1, 4), min_size=1, max_size=6)
actions = st.sampled_from(list(Action))


def out(people: list[Recipient], how: Routing = Routing.SEQUENTIAL) -> Envelope:
    return replace(draft(people, ()), status=EnvelopeStatus.OUT, routing=how)


def roles(people: tuple[Recipient, ...]) -> list[str]:
    return [one.role for one in people]


def over(envelope: Envelope, one: Recipient) -> Envelope:
    return envelope.with_recipient(replace(one, status=RecipientStatus.COMPLETED))


@st.composite
def envelopes(draw: st.DrawFn) -> Envelope:
    people = [recipient(f"r{n}", order, draw(actions)) for n, order in enumerate(draw(orders))]
    return out(people, draw(st.sampled_from(list(Routing))))


def test_in_sequence_the_lowest_number_acts_and_equal_numbers_act_together() -> None:
    envelope = out([recipient("c", 3), recipient("a", 1), recipient("b", 1)])
    assert roles(routing.current(envelope)) == ["a", "b"]
    assert routing.may_act(envelope, "b")
    assert not routing.may_act(envelope, "c")


def test_in_parallel_everybody_acts_at_once() -> None:
    envelope = out([recipient("c", 3), recipient("a", 1), recipient("x", 1, Action.COPY)], Routing.PARALLEL)
    assert roles(routing.current(envelope)) == ["a", "c"]


def test_who_only_gets_a_copy_holds_nobody_up() -> None:
    envelope = out([recipient("x", 1, Action.COPY), recipient("a", 2)])
    assert roles(routing.current(envelope)) == ["a"]


@given(envelopes())
def test_following_the_turn_everybody_acts_once_in_order_and_then_it_is_finished(envelope: Envelope) -> None:
    acted: list[Recipient] = []
    while current := routing.current(envelope):
        assert not routing.finished(envelope)
        acted.append(current[-1])
        envelope = over(envelope, current[-1])
    assert routing.finished(envelope)
    assert sorted(roles(tuple(acted))) == sorted(roles(routing.acting(envelope)))
    if envelope.routing is Routing.SEQUENTIAL:
        assert [one.order for one in acted] == sorted(one.order for one in acted)


@given(envelopes(), st.sampled_from([s for s in EnvelopeStatus if s is not EnvelopeStatus.OUT]))
def test_nobody_may_act_unless_the_envelope_is_out(envelope: Envelope, status: EnvelopeStatus) -> None:
    assert routing.current(replace(envelope, status=status)) == ()


@given(envelopes())
def test_the_turn_is_given_to_those_who_wait_for_it_and_nobody_else_changes(envelope: Envelope) -> None:
    advanced = routing.advanced(envelope)
    turn = set(roles(routing.current(envelope)))
    for before, after in zip(envelope.recipients, advanced.recipients, strict=True):
        assert after.status is (RecipientStatus.TURN if before.role in turn else RecipientStatus.WAITING)
    assert routing.advanced(advanced) == advanced


@pytest.mark.parametrize("status", [status for status in RecipientStatus if status.over])
def test_who_is_done_in_any_way_lets_the_next_one_act(status: RecipientStatus) -> None:
    envelope = out([recipient("a", 1, status=status), recipient("b", 2)])
    assert roles(routing.current(envelope)) == ["b"]


def test_the_reason_why_somebody_may_not_act_is_told() -> None:
    envelope = out([recipient("a"), recipient("b", 2), recipient("x", 1, Action.COPY)])
    assert routing.require_turn(envelope, "a", "sign").role == "a"
    with pytest.raises(errors.NotTheirTurn) as early:
        routing.require_turn(envelope, "b", "sign")
    assert early.value.waiting_for == ["a"]
    with pytest.raises(errors.NothingToDo):
        routing.require_turn(envelope, "x", "sign")
    with pytest.raises(errors.UnknownRole) as stranger:
        routing.require_turn(envelope, "z", "sign")
    assert stranger.value.roles == ["a", "b", "x"]
    with pytest.raises(errors.AlreadyActed):
        routing.require_turn(over(envelope, envelope.recipients[0]), "a", "sign")
    with pytest.raises(errors.WrongStatus) as still:
        routing.require_turn(replace(envelope, status=EnvelopeStatus.DRAFT), "a", "sign")
    assert (still.value.action, still.value.status, still.value.allowed) == ("sign", "draft", ["out"])
