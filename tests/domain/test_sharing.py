"""Same name, same answer: fields of one recipient with one key and kind."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain import answering, clearing, errors, signing
from app.domain.envelope import Envelope
from app.domain.fields.base import Constraint
from app.domain.ids import FieldId
from tests.support.drafts import at, consented, draft, field, recipient, sent


def out(*more: object) -> Envelope:
    """Two towns of the buyer, one of the seller, one of another kind."""
    fields = [
        field(1, mapping_key="town"),
        field(2, mapping_key="town"),
        field(3, role="seller", mapping_key="town"),
        field(4, "number"),
        field(5, "signature"),
        field(6, "signature", "seller"),
        *more,
    ]
    return consented(sent(draft([recipient("buyer"), recipient("seller", 2)], fields)), "buyer")  # type: ignore[arg-type]


def test_one_answer_fills_all_of_its_key_and_nobody_elses() -> None:
    envelope = out()
    filled = signing.fill(envelope, "buyer", envelope.field(FieldId("F2")), "Porto", at(4)).envelope
    assert dict(filled.values) == {"F1": "Porto", "F2": "Porto"}
    assert [one.id for one in answering.sharing(envelope, envelope.field(FieldId("F1")))] == ["F2"]


def test_a_later_answer_replaces_the_earlier_everywhere() -> None:
    envelope = out()
    for town, name in (("Porto", "F1"), ("Faro", "F2")):
        envelope = signing.fill(envelope, "buyer", envelope.field(FieldId(name)), town, at(4)).envelope
    assert set(envelope.values.values()) == {"Faro"}


def test_taking_an_answer_back_takes_it_back_everywhere_and_formulas_follow() -> None:
    length = replace(field(7, "number"), formula="length(town)")
    envelope = out(length)
    filled = signing.fill(envelope, "buyer", envelope.field(FieldId("F1")), "Porto", at(4)).envelope
    assert filled.values[FieldId("F7")] == "5"
    cleared = clearing.clear(filled, "buyer", FieldId("F2"), at(5)).envelope
    assert dict(cleared.values) == {"F7": "0"}


def test_another_key_breaks_the_link() -> None:
    envelope = out()
    apart = tuple(replace(f, mapping_key="other") if f.id == "F2" else f for f in envelope.fields)
    envelope = replace(envelope, fields=apart)
    filled = signing.fill(envelope, "buyer", envelope.field(FieldId("F1")), "Porto", at(4)).envelope
    assert dict(filled.values) == {"F1": "Porto"}


def test_a_field_that_cannot_take_the_answer_is_left_and_still_missing() -> None:
    short = replace(field(7, mapping_key="town"), constraint=Constraint(max_length=3))
    envelope = out(short)
    filled = signing.fill(envelope, "buyer", envelope.field(FieldId("F1")), "Porto", at(4)).envelope
    assert FieldId("F7") not in filled.values
    assert "F7" in {one.id for one in signing.missing(filled, "buyer")}


def test_what_the_sender_wrote_for_good_is_not_written_over() -> None:
    fixed = replace(field(7, mapping_key="town"), read_only=True, value="Lisbon")
    envelope = out(fixed)
    filled = signing.fill(envelope, "buyer", envelope.field(FieldId("F1")), "Porto", at(4)).envelope
    assert filled.value_of(filled.field(FieldId("F7"))) == "Lisbon"
    with pytest.raises(errors.ValueRefused):
        signing.fill(envelope, "buyer", envelope.field(FieldId("F7")), "Porto", at(4))
