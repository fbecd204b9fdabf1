"""Aligning, spreading, making alike."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.arranging import Axis, Edge, align, distribute, match_spacing, same_size, tidy
from app.domain.geometry import Rect

coordinates, sizes = st.integers(0, 500), st.integers(1, 120)
rects = st.lists(st.builds(Rect, coordinates, coordinates, sizes, sizes), min_size=1, max_size=8)
THREE = (Rect(10, 10, 20, 10), Rect(100, 50, 40, 20), Rect(60, 200, 30, 30))


@pytest.mark.parametrize(
    ("edge", "expected"),
    [
        (Edge.LEFT, [(60, 10), (60, 50), (60, 200)]),
        (Edge.RIGHT, [(70, 10), (50, 50), (60, 200)]),
        (Edge.CENTER, [(65, 10), (55, 50), (60, 200)]),
        (Edge.TOP, [(10, 200), (100, 200), (60, 200)]),
        (Edge.MIDDLE, [(10, 210), (100, 205), (60, 200)]),
        (Edge.BOTTOM, [(10, 220), (100, 210), (60, 200)]),
    ],
)
def test_all_take_the_edge_of_the_last_selected(edge: Edge, expected: list[tuple[float, float]]) -> None:
    assert [(rect.x, rect.y) for rect in align(THREE, edge)] == expected


@given(rects, st.sampled_from(Edge))
def test_aligning_twice_changes_nothing_more_and_no_size(some: list[Rect], edge: Edge) -> None:
    once = align(some, edge)
    assert [rect.size for rect in once] == [rect.size for rect in some]
    assert once[-1] == some[-1]
    again = align(once, edge)
    assert all(a.x == pytest.approx(b.x) and a.y == pytest.approx(b.y) for a, b in zip(once, again, strict=True))


def start(rect: Rect, axis: Axis) -> float:
    return rect.x if axis is Axis.ACROSS else rect.y


def length(rect: Rect, axis: Axis) -> float:
    return rect.width if axis is Axis.ACROSS else rect.height


@given(rects, st.sampled_from(Axis))
def test_gaps_become_equal_and_the_outermost_stay(some: list[Rect], axis: Axis) -> None:
    spread = distribute(some, axis)
    assert [rect.size for rect in spread] == [rect.size for rect in some]
    if len(some) > 2:
        order = sorted(range(len(some)), key=lambda n: (start(some[n], axis), n))
        gaps = [
            start(spread[b], axis) - start(spread[a], axis) - length(spread[a], axis)
            for a, b in itertools.pairwise(order)
        ]
        assert gaps == pytest.approx([gaps[0]] * len(gaps))
        assert start(spread[order[0]], axis) == start(some[order[0]], axis)
        assert start(spread[order[-1]], axis) == pytest.approx(start(some[order[-1]], axis))


def test_every_gap_becomes_that_before_the_key() -> None:
    column = (Rect(0, 0, 10, 10), Rect(0, 15, 10, 10), Rect(0, 70, 10, 10))
    assert [rect.y for rect in match_spacing(column, Axis.DOWN, 1)] == [0, 15, 30]
    assert [rect.y for rect in match_spacing(column, Axis.DOWN, 2)] == [0, 55, 110]


def test_sizes_are_taken_over_together_or_apart() -> None:
    assert [rect.size for rect in same_size(THREE, 0)] == [THREE[0].size] * 3
    assert [rect.width for rect in same_size(THREE, 0, height=False)] == [20, 20, 20]
    assert [rect.height for rect in same_size(THREE, 0, height=False)] == [10, 20, 30]


@given(rects)
def test_a_tidy_column_has_one_left_edge_one_width_one_gap_and_no_overlap(some: list[Rect]) -> None:
    column = tidy(some, 0)
    if len(some) < 2:
        assert column == tuple(some)
        return
    assert {(rect.x, rect.width) for rect in column} == {(some[0].x, some[0].width)}
    down = sorted(column, key=lambda rect: rect.y)
    gaps = [b.y - a.bottom for a, b in itertools.pairwise(down)]
    assert min(gaps) >= -1e-6
    assert gaps == pytest.approx([gaps[0]] * len(gaps))


def test_nothing_is_arranged_into_nothing() -> None:
    assert align((), Edge.LEFT) == distribute((), Axis.DOWN) == same_size(()) == tidy(()) == ()
