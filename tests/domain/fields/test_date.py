"""Days: chosen, bounded, and written the same in every process."""

from __future__ import annotations

import locale
from dataclasses import replace
from datetime import date as Day

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import errors
from app.domain.fields import day_format
from app.domain.fields.base import Constraint, Field
from app.domain.fields.registry import accept, check, kind_of
from app.settings import declarations
from tests.support.drafts import field

days = st.dates(Day(1, 1, 1), Day(9999, 12, 31))


def dated(form: str = "%Y-%m-%d", low: str | None = None, high: str | None = None) -> Field:
    return replace(field(1, "date"), date_format=form, constraint=Constraint(minimum=low, maximum=high))


def shown(form: str, day: str) -> str:
    return kind_of(dated(form)).text_of(dated(form), day)


@given(days)
def test_a_day_is_stored_as_iso_8601(day: Day) -> None:
    assert accept(dated(), day.isoformat()) == day.isoformat()
    assert accept(dated(), f" {day.isoformat()} ") == day.isoformat()


@pytest.mark.parametrize("text", ["31.01.2026", "2026-02-30", "2026-13-01", "tomorrow", "2026", True])
def test_what_is_no_day_is_refused_with_an_example(text: str | bool) -> None:
    with pytest.raises(errors.ValueRefused) as refused:
        accept(dated(), text)
    assert (refused.value.rule, refused.value.expected) == ("format", "2026-01-31")


@given(days, days, days)
def test_the_first_and_the_last_day_belong_to_the_range(one: Day, other: Day, day: Day) -> None:
    low, high = min(one, other), max(one, other)
    bounded = dated(low=low.isoformat(), high=high.isoformat())
    check(bounded, "fields[0]")
    if low <= day <= high:
        assert accept(bounded, day.isoformat()) == day.isoformat()
        return
    with pytest.raises(errors.ValueRefused) as refused:
        accept(bounded, day.isoformat())
    assert refused.value.rule == ("minimum" if day < low else "maximum")


def test_a_required_day_is_a_day_and_an_optional_one_may_be_left_out() -> None:
    assert accept(replace(dated(), required=False), "") == ""
    with pytest.raises(errors.ValueRefused) as refused:
        accept(dated(), "")
    assert refused.value.rule == "required"


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("%Y-%m-%d", "2026-03-05"),
        ("%d.%m.%Y", "05.03.2026"),
        ("%m/%d/%y", "03/05/26"),
        ("%d %B %Y", "05 March 2026"),
        ("%b %d, %Y", "Mar 05, 2026"),
    ],
)
def test_a_day_is_shown_in_the_fields_form(form: str, text: str) -> None:
    check(dated(form), "fields[0]")
    assert shown(form, "2026-03-05") == text


@given(days.filter(lambda day: day.year >= 1000), st.sampled_from(["%Y-%m-%d", "%d %B %Y", "%b/%d/%y"]))
def test_a_day_is_written_as_strftime_writes_it_in_the_c_locale(day: Day, form: str) -> None:
    assert locale.setlocale(locale.LC_TIME) in ("C", "C.UTF-8")
    assert day_format.written(day, form) == day.strftime(form)


def test_months_do_not_follow_the_locale_of_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """The window sets the locale, the process that seals does not: both must write the same."""

    class German(Day):
        def strftime(self, _form: str) -> str:
            return "5. M\u00e4rz 2026"

    assert day_format.written(German(2026, 3, 5), "%d %B %Y") == "05 March 2026"


TOO_LITTLE = ("", "%", "%d", "%Y-%m", "%H:%M")
TOO_MUCH = ("%d.%m.%Y %d", "%Q%d%m%Y", "%-d.%m.%Y", "%d de %B de %Y", "%d\n%m\n%Y", "%d" * 50)


@pytest.mark.parametrize("form", TOO_LITTLE + TOO_MUCH)
def test_a_form_that_hides_part_of_the_day_or_means_nothing_is_refused_when_the_field_is_made(form: str) -> None:
    with pytest.raises(errors.SpecError) as refused:
        check(dated(form), "fields[4]")
    assert refused.value.path == "fields[4].date_format"


def test_every_form_the_preferences_offer_is_one_a_field_takes() -> None:
    (declared,) = [one for one in declarations() if one.key == "date_format"]
    for form, example in declared.choices:
        check(dated(form), "fields[0]")
        assert shown(form, "2026-01-31") == example


@pytest.mark.parametrize(
    ("low", "high", "key"),
    [("soon", None, "minimum"), (None, "2026-02-30", "maximum"), ("2026-02-02", "2026-02-01", "minimum")],
)
def test_bounds_that_are_none_are_refused_when_the_field_is_made(low: str | None, high: str | None, key: str) -> None:
    with pytest.raises(errors.SpecError) as refused:
        check(dated(low=low, high=high), "fields[1]")
    assert refused.value.path == f"fields[1].{key}"


def test_the_day_of_signing_is_written_by_the_program() -> None:
    assert kind_of(field(1, "date_signed")).automatic
    assert not kind_of(field(1, "date")).automatic
