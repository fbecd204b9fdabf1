"""Ticks, buttons and lists."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import errors
from app.domain.fields.choice import button_in, rows
from app.domain.fields.registry import accept, check, draw, kind_of
from app.domain.geometry import Rect
from tests.support.drafts import FlatMetrics, field

METRICS = FlatMetrics()
choices = pytest.mark.parametrize("kind", ["radio", "dropdown"])


def test_a_required_box_must_be_ticked_and_an_optional_one_need_not() -> None:
    assert accept(field(1, "checkbox"), True) is True
    assert accept(replace(field(1, "checkbox"), required=False), False) is False
    with pytest.raises(errors.ValueRefused) as refused:
        accept(field(1, "checkbox"), False)
    assert refused.value.rule == "required"


def test_a_tick_has_a_state_for_the_form_and_a_word_for_people() -> None:
    one = field(1, "checkbox")
    assert [kind_of(one).form_value(one, value) for value in (True, False)] == ["Yes", "Off"]
    assert [kind_of(one).text_of(one, value) for value in (True, False)] == ["yes", "no"]


def test_a_ticked_box_is_the_empty_box_with_a_tick_in_it() -> None:
    empty, ticked = (draw(field(1, "checkbox"), value, METRICS).paths for value in (False, True))
    assert ticked[:-1] == empty
    assert draw(field(1, "checkbox"), None, METRICS).paths == empty


@choices
def test_only_what_is_offered_can_be_chosen(kind: str) -> None:
    assert accept(field(1, kind), "red") == "red"
    for wrong in ("green", "Red", "", True):
        with pytest.raises(errors.ValueRefused) as refused:
            accept(field(1, kind), wrong)
        assert refused.value.rule == "options"
    assert accept(replace(field(1, kind), required=False), "") == ""


@choices
@pytest.mark.parametrize("options", [(), ("red", "blue", "red")])
def test_a_choice_of_nothing_or_of_the_same_twice_is_refused(kind: str, options: tuple[str, ...]) -> None:
    with pytest.raises(errors.SpecError) as refused:
        check(field(1, kind, options=options), "fields[5]")
    assert refused.value.path == "fields[5].options"


@given(st.integers(1, 12), st.floats(1, 300), st.floats(1, 300))
def test_the_rows_of_a_group_share_its_box_and_each_button_lies_in_its_row(
    count: int, width: float, height: float
) -> None:
    options = tuple(f"Option {number}" for number in range(count))
    one = field(1, "radio", options=options, rect=Rect(0, 0, width, height))
    found = rows(one)
    assert len(found) == count
    assert sum(row.height for row in found) == pytest.approx(height)
    for row in found:
        button = button_in(row)
        assert button.width > 0
        assert row.overlap(button) == pytest.approx(button.width * button.height, rel=1e-6)


def test_the_chosen_button_alone_has_a_dot_and_all_have_their_words() -> None:
    one = field(1, "radio", options=("red", "blue", "green"), rect=Rect(0, 0, 120, 60))
    empty, chosen = draw(one, None, METRICS), draw(one, "blue", METRICS)
    assert len(chosen.paths) == len(empty.paths) + 1
    dot = next(path for path in chosen.paths if path.fill is not None)
    ys = [y for segment in dot.segments for _, y in segment.points]
    assert 20 < min(ys) < max(ys) < 40
    assert [run.text for run in chosen.runs] == ["red", "blue", "green"]


def test_the_words_stand_beside_the_buttons_and_not_on_them() -> None:
    one = field(1, "radio", rect=Rect(0, 0, 120, 40))
    button = button_in(rows(one)[0])
    assert all(run.x >= button.right for run in draw(one, None, METRICS).runs)
