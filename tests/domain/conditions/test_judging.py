"""Conditions that say nothing, and circles."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain import drafting, errors, preflight
from app.domain.conditions.judging import Verdict, cycles, verdict
from app.domain.envelope import Envelope
from app.domain.fields.base import Constraint, Field
from app.domain.fields.condition import Condition, Effect, Group, Match, Op, Test
from app.domain.ids import FieldId
from tests.support.drafts import NOW, at, draft, field, recipient

A, B = FieldId("F1"), FieldId("F2")


def judged(looked_at: Field, match: Match, *tests: Test) -> Verdict:
    condition = Condition(Effect.SHOW, (Group(tests, match),))
    return verdict(draft([recipient("buyer")], [looked_at]), condition)


def test_not_a_or_not_b_of_one_choice_is_always_true() -> None:
    colour = field(1, "radio")
    assert judged(colour, Match.ANY, Test(A, Op.IS_NOT, "red"), Test(A, Op.IS_NOT, "blue")) is Verdict.ALWAYS
    assert judged(colour, Match.ALL, Test(A, Op.IS, "red"), Test(A, Op.IS, "blue")) is Verdict.NEVER
    assert judged(colour, Match.ANY, Test(A, Op.IS, "red"), Test(A, Op.IS, "green")) is Verdict.DEPENDS
    assert judged(colour, Match.ANY, Test(A, Op.IS, "green")) is Verdict.NEVER


@pytest.mark.parametrize(
    ("kind", "tests", "expected"),
    [
        ("number", [Test(A, Op.ABOVE, "10"), Test(A, Op.BELOW, "5")], Verdict.NEVER),
        ("number", [Test(A, Op.ABOVE, "5"), Test(A, Op.BELOW, "10")], Verdict.DEPENDS),
        ("number", [Test(A, Op.ABOVE, "5"), Test(A, Op.BELOW, "6")], Verdict.DEPENDS),
        ("date", [Test(A, Op.ABOVE, "2026-01-01"), Test(A, Op.BELOW, "2025-01-01")], Verdict.NEVER),
        ("date", [Test(A, Op.AT_LEAST, "2026-01-01"), Test(A, Op.AT_MOST, "2026-01-01")], Verdict.DEPENDS),
        ("text", [Test(A, Op.IS, "a"), Test(A, Op.IS, "b")], Verdict.NEVER),
        ("text", [Test(A, Op.CONTAINS, "a"), Test(A, Op.CONTAINS, "b")], Verdict.DEPENDS),
        ("text", [Test(A, Op.FILLED), Test(A, Op.EMPTY)], Verdict.NEVER),
        ("text", [Test(A, Op.CHECKED)], Verdict.NEVER),
        ("signature", [Test(A, Op.FILLED)], Verdict.ALWAYS),
    ],
)
def test_what_can_never_hold_is_found(kind: str, tests: list[Test], expected: Verdict) -> None:
    assert judged(field(1, kind), Match.ALL, *tests) is expected


def test_limits_of_the_field_are_known() -> None:
    small = field(1, "number", constraint=Constraint(maximum="10"))
    assert judged(small, Match.ALL, Test(A, Op.ABOVE, "10")) is Verdict.NEVER
    assert judged(small, Match.ALL, Test(A, Op.AT_MOST, "10")) is Verdict.ALWAYS
    ticked = field(1, "checkbox")
    assert judged(ticked, Match.ALL, Test(A, Op.CHECKED)) is Verdict.ALWAYS
    assert judged(replace(ticked, required=False), Match.ALL, Test(A, Op.CHECKED)) is Verdict.DEPENDS


def test_circles_are_found_once_and_named() -> None:
    envelope = circle()
    assert [set(one) for one in cycles(envelope)] == [{"F1", "F2"}]
    assert "condition_cycle" in codes(envelope)


def circle() -> Envelope:
    filled = Group((Test(B, Op.FILLED),)), Group((Test(A, Op.FILLED),))
    one = field(1, conditions=(Condition(Effect.SHOW, (filled[0],)),))
    other = field(2, conditions=(Condition(Effect.SHOW, (filled[1],)),))
    return draft([recipient("buyer")], [one, other, field(4, "signature")])


def codes(envelope: Envelope) -> dict[str, str]:
    found = preflight.check(envelope, NOW + timedelta(minutes=1))
    return {one.code: str(one.severity) for one in found}


def test_a_required_field_that_is_never_shown_stops_sending_and_an_optional_one_does_not() -> None:
    never = Condition(Effect.SHOW, (Group((Test(A, Op.FILLED), Test(A, Op.EMPTY))),))
    fields = [field(1), field(2, conditions=(never,)), field(4, "signature")]
    envelope = draft([recipient("buyer")], fields)
    assert codes(envelope) == {"required_never_shown": "error"}
    optional = replace(envelope, fields=(fields[0], replace(fields[1], required=False), fields[2]))
    assert codes(optional) == {"condition_never": "warning"}


def test_what_is_always_so_what_is_gone_and_what_comes_too_late_is_told() -> None:
    always = Condition(Effect.SHOW, (Group((Test(A, Op.FILLED), Test(A, Op.EMPTY)), Match.ANY),))
    signature = field(4, "signature")
    assert codes(draft([recipient("buyer")], [field(1), field(2, conditions=(always,)), signature])) == {
        "condition_always": "warning"
    }
    gone = Condition(Effect.SHOW, (Group((Test(FieldId("F9"), Op.FILLED),)),))
    assert codes(draft([recipient("buyer")], [field(2, conditions=(gone,)), signature])) == {
        "condition_broken": "error"
    }
    people = [recipient("buyer"), recipient("seller", 2)]
    later = Condition(Effect.SHOW, (Group((Test(A, Op.FILLED),)),))
    fields = [field(1, role="seller", required=False), field(2, conditions=(later,)), signature]
    assert "condition_on_later" in codes(draft(people, [*fields, field(5, "signature", "seller")]))


@pytest.mark.parametrize(
    ("conditions", "path"),
    [
        ((Condition(Effect.SHOW, ()),), "fields[0].conditions[0].groups"),
        ((Condition(Effect.SHOW, (Group(()),)),), "fields[0].conditions[0].groups[0].tests"),
        (
            (Condition(Effect.SHOW, (Group((Test(B, Op.IS),)),)),),
            "fields[0].conditions[0].groups[0].tests[0].value",
        ),
        ((Condition(Effect.SHOW, (Group((Test(B, Op.FILLED),)),)),) * 2, "fields[0].conditions[1].effect"),
    ],
)
def test_a_condition_that_cannot_be_is_refused_with_its_path(conditions: tuple[Condition, ...], path: str) -> None:
    envelope = draft([recipient("buyer")], [field(2)])
    with pytest.raises(errors.SpecError) as refused:
        drafting.set_fields(envelope, [field(1, conditions=conditions), field(2)], at(1))
    assert refused.value.path == path


def test_a_note_is_part_of_the_page_and_cannot_be_hidden() -> None:
    hidden = Condition(Effect.SHOW, (Group((Test(A, Op.FILLED),)),))
    with pytest.raises(errors.SpecError) as refused:
        drafting.set_fields(
            draft([recipient("buyer")], []), [field(1), replace(field(2, "note"), conditions=(hidden,))], at(1)
        )
    assert refused.value.path == "fields[1].conditions"


def test_a_document_can_only_be_shown() -> None:
    envelope = draft([recipient("buyer")], [field(1)])
    hidden = Condition(Effect.REQUIRE, (Group((Test(A, Op.FILLED),)),))
    with pytest.raises(errors.SpecError) as refused:
        drafting.change(envelope, at(1), documents=(replace(envelope.documents[0], conditions=(hidden,)),))
    assert refused.value.path == "documents[0].conditions[0].effect"
