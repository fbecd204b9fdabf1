"""Decimal numbers, kept as typed."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import errors
from app.domain.fields.base import Constraint, Field
from app.domain.fields.registry import accept, check
from tests.support.drafts import field


def between(low: str | None, high: str | None) -> Field:
    return replace(field(1, "number"), constraint=Constraint(minimum=low, maximum=high))


def rule_of(one: Field, value: str) -> str:
    with pytest.raises(errors.ValueRefused) as refused:
        accept(one, value)
    return refused.value.rule


@given(st.decimals(-(10**9), 10**9, places=3))
def test_a_decimal_number_is_kept_to_its_last_digit(number: Decimal) -> None:
    assert accept(field(1, "number"), f" {number} ") == str(number)


ODD = ("1,5", "1_000", "1e9", "NaN", "Infinity", "0x10", "\u0661\u0662", "--1", ".", "1 000", "one")


@pytest.mark.parametrize("text", ODD)
def test_what_others_may_read_differently_is_no_number(text: str) -> None:
    assert rule_of(field(1, "number"), text) == "format"


@pytest.mark.parametrize("text", ["0", "-0.50", "+3", "007", "5.", ".5"])
def test_the_usual_ways_to_write_a_number_are_kept(text: str) -> None:
    assert accept(field(1, "number"), text) == text


@given(st.decimals(-100, 100, places=2), st.decimals(-100, 100, places=2), st.decimals(-150, 150, places=2))
def test_bounds_are_held_exactly_and_belong_to_the_range(low: Decimal, high: Decimal, number: Decimal) -> None:
    low, high = min(low, high), max(low, high)
    one = between(str(low), str(high))
    check(one, "fields[0]")
    if number < low:
        assert rule_of(one, str(number)) == "minimum"
    elif number > high:
        assert rule_of(one, str(number)) == "maximum"
    else:
        assert accept(one, str(number)) == str(number)


def test_an_optional_number_may_be_left_out() -> None:
    assert accept(replace(between("1", "2"), required=False), "  ") == ""


@pytest.mark.parametrize(
    ("low", "high", "key"),
    [("abc", None, "minimum"), (None, "1e5", "maximum"), ("", None, "minimum"), ("5", "4", "minimum")],
)
def test_bounds_that_are_none_are_refused_when_the_field_is_made(low: str | None, high: str | None, key: str) -> None:
    with pytest.raises(errors.SpecError) as refused:
        check(between(low, high), "fields[1]")
    assert refused.value.path == f"fields[1].{key}"
