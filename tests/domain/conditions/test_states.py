"""What is shown, required and enabled by the answers so far."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import errors, signing
from app.domain.conditions.states import shown_documents, standing, state_of, states
from app.domain.conditions.testing import holds
from app.domain.envelope import Envelope
from app.domain.fields.base import Field, Value
from app.domain.fields.condition import Condition, Effect, Group, Match, Op, Test
from app.domain.ids import FieldId
from tests.support.drafts import at, consented, draft, field, recipient, sent

MARRIED, SPOUSE, CHILDREN = FieldId("F1"), FieldId("F2"), FieldId("F3")


def when(name: FieldId, op: Op, value: str = "", effect: Effect = Effect.SHOW) -> Condition:
    return Condition(effect, (Group((Test(name, op, value),)),))


def family(**spouse: Any) -> Envelope:
    """A box, a field it shows, a field that one shows, and a signature."""
    fields = [
        field(1, "checkbox", required=False, label="Married"),
        replace(field(2, "text", label="Spouse"), conditions=(when(MARRIED, Op.CHECKED),), **spouse),
        replace(field(3, "number", label="Children"), conditions=(when(SPOUSE, Op.FILLED),)),
        field(4, "signature"),
    ]
    return draft([recipient("buyer")], fields)


def answered(envelope: Envelope, **values: Value) -> Envelope:
    return replace(envelope, values={FieldId(name): value for name, value in values.items()})


def test_a_field_is_shown_only_while_its_condition_holds() -> None:
    spouse = family().field(SPOUSE)
    assert not state_of(family(), spouse).shown
    assert state_of(answered(family(), F1=True), spouse).shown


def test_a_hidden_field_counts_as_empty_for_others() -> None:
    left_over = answered(family(), F1=False, F2="Ann")
    assert not state_of(left_over, left_over.field(CHILDREN)).shown
    married = answered(family(), F1=True, F2="Ann")
    assert state_of(married, married.field(CHILDREN)).shown


def test_a_hidden_field_holds_nothing_and_is_not_missing() -> None:
    out = consented(sent(family()), "buyer")
    assert {one.id for one in signing.missing(out, "buyer")} == {"F4"}
    left_over = answered(out, F1=False, F2="Ann")
    assert standing(left_over, left_over.field(SPOUSE)) is None
    assert standing(answered(out, F1=True, F2="Ann"), out.field(SPOUSE)) == "Ann"


def test_what_an_answer_shows_is_missing_until_it_is_filled() -> None:
    out = consented(sent(family()), "buyer")
    ticked = signing.fill(out, "buyer", out.field(MARRIED), True, at(4)).envelope
    assert {one.id for one in signing.missing(ticked, "buyer")} == {"F2", "F4"}
    named = signing.fill(ticked, "buyer", out.field(SPOUSE), "Ann", at(5)).envelope
    assert {one.id for one in signing.missing(named, "buyer")} == {"F3", "F4"}


def test_nobody_fills_a_hidden_or_a_disabled_field() -> None:
    out = consented(sent(family()), "buyer")
    with pytest.raises(errors.ValueRefused) as refused:
        signing.fill(out, "buyer", out.field(SPOUSE), "Ann", at(4))
    assert (refused.value.rule, refused.value.expected) == ("read_only", "nothing, as long as its condition hides it")
    disabled = (when(MARRIED, Op.UNCHECKED, effect=Effect.DISABLE),)
    fields = [field(1, "checkbox", required=False), field(2, conditions=disabled), field(4, "signature")]
    out = consented(sent(draft([recipient("buyer")], fields)), "buyer")
    assert {one.id for one in signing.missing(out, "buyer")} == {"F4"}
    with pytest.raises(errors.ValueRefused, match="disables"):
        signing.fill(out, "buyer", out.field(SPOUSE), "Ann", at(4))


def test_an_optional_field_becomes_required_by_an_answer() -> None:
    fields = [
        field(1, "checkbox", required=False),
        field(2, required=False, conditions=(when(MARRIED, Op.CHECKED, effect=Effect.REQUIRE),)),
        field(4, "signature"),
    ]
    out = consented(sent(draft([recipient("buyer")], fields)), "buyer")
    assert {one.id for one in signing.missing(out, "buyer")} == {"F4"}
    ticked = signing.fill(out, "buyer", out.field(MARRIED), True, at(4)).envelope
    assert {one.id for one in signing.missing(ticked, "buyer")} == {"F2", "F4"}
    with pytest.raises(errors.ValueRefused):
        signing.fill(ticked, "buyer", out.field(SPOUSE), " ", at(5))


def test_a_documents_condition_is_that_of_all_its_fields() -> None:
    from app.domain.ids import DocumentId

    envelope = draft([recipient("buyer")], [field(1, "checkbox", required=False)], documents=2)
    second = replace(envelope.documents[1], conditions=(when(MARRIED, Op.CHECKED),))
    annex = replace(field(2), document=DocumentId("D2"))
    envelope = replace(envelope.with_documents([second]), fields=(*envelope.fields, annex))
    assert shown_documents(envelope) == {"D1"}
    assert not state_of(envelope, annex).shown
    assert shown_documents(envelope, {MARRIED: True}) == {"D1", "D2"}


def test_conditions_can_be_tried_with_answers_nobody_gave() -> None:
    assert states(family(), {MARRIED: True})[SPOUSE].shown
    assert not states(family())[SPOUSE].shown


def test_a_circle_ends() -> None:
    one = field(1, conditions=(when(FieldId("F2"), Op.FILLED),))
    other = field(2, conditions=(when(FieldId("F1"), Op.FILLED),))
    assert set(states(draft([recipient("buyer")], [one, other]))) == {"F1", "F2"}


@pytest.mark.parametrize(
    ("op", "wanted", "value", "passes"),
    [
        (Op.IS, "5", "5.0", True), (Op.IS, "Yes", "yes", True), (Op.IS, "5", "", False),
        (Op.IS_NOT, "red", "blue", True), (Op.IS_NOT, "red", None, True),
        (Op.CONTAINS, "OX", "fox", True), (Op.CONTAINS, "x", None, False),
        (Op.ABOVE, "9", "10", True), (Op.ABOVE, "10", "10", False), (Op.AT_LEAST, "10", "10.0", True),
        (Op.BELOW, "2026-02-01", "2026-01-31", True), (Op.AT_MOST, "2026-01-31", "2026-02-01", False),
        (Op.BELOW, "5", None, False), (Op.ABOVE, "5", "many", False), (Op.ABOVE, "5", "2026-01-31", False),
        (Op.FILLED, "", "x", True), (Op.FILLED, "", "", False), (Op.EMPTY, "", None, True),
        (Op.CHECKED, "", True, True), (Op.CHECKED, "", False, False), (Op.UNCHECKED, "", None, True),
    ],
)  # fmt: skip
def test_a_look_at_a_field(op: Op, wanted: str, value: Value | None, passes: bool) -> None:
    assert holds(Test(MARRIED, op, wanted), value) is passes


@given(st.lists(st.lists(st.booleans(), min_size=1, max_size=3), min_size=1, max_size=3), st.data())
def test_groups_join_as_all_and_any_say(answers: list[list[bool]], data: st.DataObject) -> None:
    matches = [data.draw(st.sampled_from(Match)) for _ in answers]
    outer = data.draw(st.sampled_from(Match))
    boxes: list[Field] = []
    groups = []
    for row, match in zip(answers, matches, strict=True):
        tests = []
        for ticked in row:
            boxes.append(field(len(boxes) + 1, "checkbox", required=False, value=ticked))
            tests.append(Test(boxes[-1].id, Op.CHECKED))
        groups.append(Group(tuple(tests), match))
    target = field(99, conditions=(Condition(Effect.SHOW, tuple(groups), outer),))
    joined = [all(row) if match is Match.ALL else any(row) for row, match in zip(answers, matches, strict=True)]
    expected = all(joined) if outer is Match.ALL else any(joined)
    assert state_of(draft([recipient("buyer")], [*boxes, target]), target).shown is expected
