"""Formulas among fields: computed when somebody fills in, never by hand, told in the trail."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from app.domain import drafting, errors, preflight, signing
from app.domain.envelope import Envelope
from app.domain.fields.base import Constraint, Field
from app.domain.fields.condition import Condition, Effect, Group, Op, Test
from app.domain.formulas.computing import computed, cycles, preview, unknown
from app.domain.ids import FieldId
from tests.support.drafts import NOW, TYPED, at, consented, draft, field, recipient, seals, sent

PRICE, PIECES, TOTAL = FieldId("F1"), FieldId("F2"), FieldId("F3")


def order(formula: str = "round(price * pieces, 2)", kind: str = "number", **more: Any) -> Envelope:
    fields = [
        field(1, "number", mapping_key="price", label="Price of one"),
        field(2, "number", mapping_key="pieces"),
        replace(field(3, kind, mapping_key="total"), formula=formula, **more),
        field(4, "signature"),
    ]
    return draft([recipient("buyer")], fields)


def filled_in(envelope: Envelope, **values: str) -> Envelope:
    for name, value in values.items():
        envelope = signing.fill(envelope, "buyer", envelope.field(FieldId(name)), value, at(4)).envelope
    return envelope


def test_a_total_follows_what_is_entered() -> None:
    out = consented(sent(order()), "buyer")
    assert TOTAL not in filled_in(out, F1="19.99").values
    assert filled_in(out, F1="19.99", F2="3").values[TOTAL] == "59.97"
    assert filled_in(filled_in(out, F1="19.99", F2="3"), F2="4").values[TOTAL] == "79.96"


def test_a_total_of_what_the_sender_wrote_stands_when_the_room_opens() -> None:
    envelope = order("7 * 6")
    assert consented(sent(envelope), "buyer").values[TOTAL] == "42"


def test_nobody_writes_into_a_computed_field_and_nobody_misses_it() -> None:
    out = consented(sent(order()), "buyer")
    with pytest.raises(errors.ValueRefused) as refused:
        signing.fill(out, "buyer", out.field(TOTAL), "1", at(4))
    assert (refused.value.rule, refused.value.expected) == ("read_only", "computed by its formula")
    assert TOTAL not in {one.id for one in signing.missing(out, "buyer")}


def test_the_trail_says_what_was_computed_and_how() -> None:
    out = filled_in(consented(sent(order()), "buyer"), F1="2", F2="3")
    out = signing.fill(out, "buyer", out.field(FieldId("F4")), TYPED, at(4)).envelope
    step = signing.finish(signing.with_automatic(out, "buyer", at(5)), "buyer", seals(out), at(5))
    (entry,) = [one for one in step.entries if one.kind == "field_computed"]
    assert entry.facts["formula"] == "round(price * pieces, 2)"
    assert entry.facts["value_sha256"] == signing.hash_of("6.00")


def test_a_required_result_that_fails_is_not_sealed() -> None:
    out = filled_in(consented(sent(order("price / pieces")), "buyer"), F1="2", F2="0")
    out = signing.fill(out, "buyer", out.field(FieldId("F4")), TYPED, at(4)).envelope
    with pytest.raises(errors.FormulaError, match="divides by zero"):
        signing.check_finishable(out, "buyer")
    signing.check_finishable(filled_in(out, F2="1"), "buyer")


def test_a_result_that_does_not_fit_its_field_says_so() -> None:
    envelope = replace(order("price & ' Euro'"), values={PRICE: "2"})
    problem = computed(envelope).problems[TOTAL]
    assert "does not fit the field" in problem.problem
    limited = order("price * 1000", constraint=Constraint(maximum="10"))
    assert TOTAL in computed(replace(limited, values={PRICE: "2"})).problems


def test_a_third_has_an_end() -> None:
    assert computed(order("1 / 3")).values[TOTAL] == "0.333333333333"


def test_a_day_is_computed_and_written_as_the_field_says() -> None:
    envelope = order("start + 14", kind="date")
    start = field(5, "date", mapping_key="start", value="2026-02-20")
    assert computed(replace(envelope, fields=(*envelope.fields, start))).values[TOTAL] == "2026-03-06"


def test_names_are_keys_then_labels_then_ids_whatever_their_case() -> None:
    values = {PRICE: "2", PIECES: "3"}
    for formula in ("PRICE", "[price of one]", "[F1]"):
        assert computed(replace(order(formula), values=values)).values[TOTAL] == "2"


def test_hidden_fields_count_nothing() -> None:
    envelope = order("sum(price, pieces)")
    hidden = Condition(Effect.SHOW, (Group((Test(PRICE, Op.ABOVE, "10"),)),))
    fields = tuple(replace(f, conditions=(hidden,)) if f.id == PIECES else f for f in envelope.fields)
    envelope = replace(envelope, fields=fields, values={PRICE: "2", PIECES: "3"})
    assert computed(envelope).values[TOTAL] == "2"
    assert computed(replace(envelope, values={PRICE: "11", PIECES: "3"})).values[TOTAL] == "14"


def test_a_result_may_show_a_field() -> None:
    envelope = order("price * 2")
    shown = Condition(Effect.SHOW, (Group((Test(TOTAL, Op.ABOVE, "100"),)),))
    fields = tuple(replace(f, conditions=(shown,)) if f.id == PIECES else f for f in envelope.fields)
    out = consented(sent(replace(envelope, fields=fields)), "buyer")
    assert "F2" not in {one.id for one in signing.missing(filled_in(out, F1="2"), "buyer")}
    assert "F2" in {one.id for one in signing.missing(filled_in(out, F1="200"), "buyer")}


def test_formulas_of_formulas_are_computed_in_order_and_circles_stay_empty() -> None:
    chain = [Field(FieldId(f"C{n}"), "number", field(1).document, 1, field(n).rect, "buyer", mapping_key=f"c{n}",
                   formula=f"c{n + 1} + 1" if n < 5 else "1") for n in range(1, 6)]  # fmt: skip
    assert computed(draft([recipient("buyer")], chain)).values[FieldId("C1")] == "5"
    circle = [*chain[:-1], replace(chain[-1], formula="c1")]
    envelope = draft([recipient("buyer")], circle)
    assert computed(envelope).values == {}
    assert [len(one) for one in cycles(envelope)] == [5]


def test_what_another_has_sealed_is_not_computed_again() -> None:
    from tests.support.drafts import finished

    people = [recipient("buyer"), recipient("seller", 2)]
    fields = [
        field(1, "number", mapping_key="price", value="2"),
        replace(field(3, "number"), formula="sum(price, extra)"),
        field(4, "signature"),
        field(5, "number", "seller", mapping_key="extra"),
        field(6, "signature", "seller"),
    ]
    out = finished(sent(draft(people, fields)), "buyer")
    before = out.values[TOTAL]
    later = consented(out, "seller")
    later = signing.fill(later, "seller", later.field(FieldId("F5")), "99", at(9)).envelope
    assert later.values[TOTAL] == before


def test_a_preview_takes_answers_and_refuses_where_it_fails() -> None:
    envelope = replace(order(), values={PRICE: "2", PIECES: "3"})
    assert preview(envelope, envelope.field(TOTAL), "price + total") == "8.00"
    with pytest.raises(errors.FormulaError):
        preview(envelope, envelope.field(TOTAL), "price +")
    assert [one.name for one in unknown(envelope, "price + cost * rate_*")] == ["cost", "rate_*"]


def test_a_formula_that_cannot_be_read_is_refused_when_it_is_written() -> None:
    with pytest.raises(errors.SpecError) as refused:
        drafting.set_fields(order(), order("price *").fields, at(1))
    assert refused.value.path == "fields[2].formula"
    assert "character 8" in refused.value.problem
    with pytest.raises(errors.SpecError) as refused:
        drafting.set_fields(order(), [replace(field(1, "signature"), formula="1")], at(1))
    assert refused.value.path == "fields[0].formula"


def test_preflight_finds_names_that_are_none_circles_and_what_comes_too_late() -> None:
    def codes(envelope: Envelope) -> set[str]:
        return {one.code for one in preflight.check(envelope, NOW + timedelta(minutes=1))}

    assert codes(order()) == set()
    assert codes(order("price * nothing")) == {"formula_unknown"}
    assert codes(order("total + 1")) == {"formula_cycle"}
    late = replace(order(), recipients=(recipient("buyer"), recipient("seller", 2)))
    fields = (*late.fields, field(5, "number", "seller", mapping_key="extra"), field(6, "signature", "seller"))
    fields = tuple(replace(f, formula="extra") if f.id == TOTAL else f for f in fields)
    assert codes(replace(late, fields=fields)) == {"formula_on_later"}
