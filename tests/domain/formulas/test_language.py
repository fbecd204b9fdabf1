"""The expression language: what it means, and what it says when it means nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import FormulaError
from app.domain.formulas.amounts import Amount
from app.domain.formulas.evaluating import evaluate
from app.domain.formulas.functions import FUNCTIONS
from app.domain.formulas.parsing import parse
from app.domain.formulas.tree import Reference, references

KNOWN: dict[str, Sequence[Amount]] = {
    "a": [Decimal("1.10")],
    "b": [Decimal("2.20")],
    "price_*": [Decimal("1.10"), None, Decimal("2.20")],
    "start": [date(2026, 1, 31)],
    "end": [date(2026, 3, 1)],
    "name": ["Ann"],
    "yes": [True],
    "blank": [None],
    "Net price": [Decimal(100)],
}


def value(formula: str) -> Amount:
    return evaluate(parse(formula), formula, lambda reference: KNOWN.get(reference.name, [None]))


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("1 + 2 * 3", Decimal(7)),
        ("(1 + 2) * 3", Decimal(9)),
        ("10 - 2 - 3", Decimal(5)),
        ("-2 - -3", Decimal(1)),
        ("0.1 + 0.2", Decimal("0.3")),
        ("a + b", Decimal("3.30")),
        ("[Net price] * 0.19", Decimal("19.00")),
        ("sum([price_*])", Decimal("3.30")),
        ("sum(price_*) / 2", Decimal("1.65")),
        ("average(price_*)", Decimal("1.65")),
        ("count(price_*)", Decimal(2)),
        ("min(a, b)", Decimal("1.10")),
        ("max(start, end)", date(2026, 3, 1)),
        ("round(2.345, 2)", Decimal("2.35")),
        ("round(-2.5)", Decimal(-3)),
        ("round(1234, -2)", Decimal(1200)),
        ("start + 30", date(2026, 3, 2)),
        ("30 + start", date(2026, 3, 2)),
        ("end - start", Decimal(29)),
        ("start - 31", date(2025, 12, 31)),
        ("year(start) + month(start) + day(start)", Decimal(2026 + 1 + 31)),
        ('"Dear " & name & ", " & a', "Dear Ann, 1.10"),
        ("join(', ', name, blank, 'Bob')", "Ann, Bob"),
        ('upper(name) & lower("X") & length(name)', "ANNx3"),
        ('if(a > 1, "more", "less")', "more"),
        ('if(a > 2, "more")', None),
        ("if(yes, 1, 1 / 0)", Decimal(1)),
        ('if(and(yes, not(empty(name))), "ok", "no")', "ok"),
        ("or(false, a = 1.1)", True),
        ('name = "ann"', True),
        ("name <> 'Bob'", True),
        ("name != 'ann'", False),
        ("start <= date('2026-01-31')", True),
        ("blank + 1", None),
        ("abs(0 - a)", Decimal("1.10")),
        ("sum(blank, 1)", Decimal(1)),
        ("blank & 'x'", "x"),
        ("a*2", Decimal("2.20")),
    ],
)
def test_a_formula_means(formula: str, expected: Amount) -> None:
    assert value(formula) == expected
    assert type(value(formula)) is type(expected)


@pytest.mark.parametrize(
    ("formula", "column", "problem"),
    [
        ("", 1, "a value is missing"),
        ("1 +", 4, "a value is missing"),
        ("(1", 3, "a closing bracket is missing"),
        ("1 2", 3, "this follows on nothing"),
        ("1)", 2, "this follows on nothing"),
        ("a + foo(1)", 5, "there is no function foo"),
        ("round()", 1, "round does not take 0 values"),
        ('1 & "open', 5, "a quotation mark is not closed"),
        ("a + [b", 5, "a bracket is not closed"),
        ("1 + ;", 5, "a value is missing"),
        ("a # b", 3, "# has no meaning here"),
        ("__import__('os')", 1, "there is no function __import__"),
        ("a.b", 2, ". has no meaning here"),
        ("(" * 40 + "1" + ")" * 40, 31, "too many brackets inside each other"),
        ("1" + "+1" * 150, 202, "the formula has too many parts"),
        ("1" * 2001, 2000, "the formula is too long"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_place_and_a_way_to_mend_it(
    formula: str, column: int, problem: str
) -> None:
    with pytest.raises(FormulaError) as refused:
        parse(formula)
    assert (refused.value.column, refused.value.problem) == (column, problem)
    assert refused.value.mend


@pytest.mark.parametrize(
    ("formula", "column", "problem"),
    [
        ("1 / 0", 3, "it divides by zero"),
        ("1 + a / (b - b)", 7, "it divides by zero"),
        ("name + 1", 6, "“Ann” is no number"),
        ("2 * (start * 2)", 12, "a day is no number"),
        ("start + end", 7, "two days cannot be added"),
        ("start + 0.5", 7, "0.5 is no whole number of days"),
        ("start + 99999999", 7, "the day lies outside the calendar"),
        ("if(name, 1, 2)", 4, "yes or no is wanted here"),
        ("name > 1", 6, "“Ann” and “1” cannot be compared"),
        ("1 + price_*", 5, "several fields stand where one is wanted"),
        ("date('soon')", 1, "“soon” is no day"),
        ("round(1, 99)", 1, "the number of decimals is not from -18 to 18"),
    ],
)
def test_what_cannot_be_computed_is_told_with_its_place(formula: str, column: int, problem: str) -> None:
    with pytest.raises(FormulaError) as refused:
        value(formula)
    assert (refused.value.column, refused.value.problem) == (column, problem)
    assert refused.value.mend


def test_numbers_do_not_grow_without_end() -> None:
    with pytest.raises(FormulaError, match="too large"):
        value("*".join(["9" * 40] * 45))


money = st.decimals(-(10**12), 10**12, places=2)


@given(money, money, money)
def test_money_is_exact(one: Decimal, other: Decimal, third: Decimal) -> None:
    formula = f"({one}) * 100 + ({other}) - ({third})"
    assert value(formula) == one * 100 + other - third


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused_inside_itself(formula: str) -> None:
    column = 1
    try:
        value(formula)
    except FormulaError as refused:
        column = refused.column
    assert 1 <= column <= len(formula) + 1


def test_names_are_found_where_they_stand() -> None:
    assert references(parse("[Net price] * if(yes, sum(price_*), 1)")) == (
        Reference("Net price", 1), Reference("yes", 18), Reference("price_*", 27),
    )  # fmt: skip


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_every_function_tells_how_it_is_used(name: str) -> None:
    function = FUNCTIONS[name]
    assert function.usage.startswith(f"{name}(")
    assert function.says
    assert 1 <= function.least <= function.most
