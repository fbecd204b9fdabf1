"""Text in a box: as large as fits, wrapped, never lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.drawing import Drawing
from app.domain.fields.base import Align, TextStyle
from app.domain.fields.typesetting import FLOOR_PT, LARGEST_PT, PADDING_PT, set_text, wrap
from tests.support.drafts import FlatMetrics

METRICS = FlatMetrics()
TALL = 1.2
texts = st.text("abc de-\n", min_size=1, max_size=120)
widths, heights = st.floats(10, 400), st.floats(8, 200)


def laid(text: str, width: float, height: float, **style: object) -> Drawing:
    return set_text(text, width, height, TextStyle(**style), METRICS)  # type: ignore[arg-type]


@given(texts, st.floats(3, 300), st.floats(4, 20))
def test_wrapping_loses_and_adds_nothing_but_breaks(text: str, inner: float, size: float) -> None:
    lines = wrap(text, inner, size, "sans", METRICS)
    assert "".join("".join(lines).split()) == "".join(text.split())


@given(texts, st.floats(3, 300), st.floats(4, 20))
def test_no_line_is_wider_than_the_box_unless_one_letter_is(text: str, inner: float, size: float) -> None:
    for line in wrap(text, inner, size, "sans", METRICS):
        assert len(line) * 0.5 * size <= inner + 1e-6 or len(line) == 1


def test_a_written_line_end_is_kept_and_words_stay_whole_where_they_fit() -> None:
    assert wrap("one two\nthree", 8 * 5, 10, "sans", METRICS) == ["one two", "three"]
    assert wrap("one two", 5 * 5, 10, "sans", METRICS) == ["one", "two"]
    assert wrap("abcdefg", 3 * 5, 10, "sans", METRICS) == ["abc", "def", "g"]


@given(texts, widths, heights)
def test_what_is_larger_than_the_floor_fits_the_box_wholly(text: str, width: float, height: float) -> None:
    runs = laid(text, width, height).runs
    if not runs or runs[0].size <= FLOOR_PT:
        return
    assert all(PADDING_PT - 1e-6 <= run.x <= run.x + run.width <= width - PADDING_PT + 1e-6 for run in runs)
    assert min(run.y - 0.9 * run.size for run in runs) >= -1e-6
    assert max(run.y + 0.3 * run.size for run in runs) <= height + 1e-6


@given(texts, widths, heights)
def test_all_lines_have_one_size_between_the_floor_and_the_largest(text: str, width: float, height: float) -> None:
    sizes = {run.size for run in laid(text, width, height).runs}
    assert len(sizes) <= 1
    assert all(FLOOR_PT <= size <= LARGEST_PT for size in sizes)


@given(st.text("abc ", min_size=1, max_size=60).filter(str.strip), widths, heights, st.floats(1, 3))
def test_more_room_never_makes_the_text_smaller(text: str, width: float, height: float, more: float) -> None:
    small, large = laid(text, width, height).runs[0].size, laid(text, width * more, height * more).runs[0].size
    # Sizes are tried in steps of half a point from a start that depends on the height.
    assert large >= small - 0.5


def test_a_short_text_is_written_large_in_the_middle_of_the_height() -> None:
    (run,) = laid("Jane", 200, 24).runs
    assert run.size == LARGEST_PT
    assert run.y - 0.9 * run.size + TALL * run.size / 2 == pytest.approx(12)


def test_text_shrinks_before_it_is_cut() -> None:
    roomy, tight = laid("a word or two", 200, 24), laid("a word or two " * 3, 100, 40)
    assert roomy.runs[0].size > tight.runs[0].size
    assert len(tight.runs) > 1


def test_what_does_not_fit_at_the_floor_starts_at_the_top_so_that_its_beginning_is_read() -> None:
    runs = laid("a word " * 60, 60, 30).runs
    assert runs[0].size == FLOOR_PT
    assert runs[0].y - 0.9 * FLOOR_PT == pytest.approx(0)


def test_a_size_the_sender_chose_is_kept() -> None:
    assert {run.size for run in laid("a word " * 9, 60, 30, size_pt=9.0).runs} == {9.0}


@pytest.mark.parametrize(("align", "x"), [(Align.LEFT, 2), (Align.CENTER, 100 - 12), (Align.RIGHT, 198 - 24)])
def test_a_line_stands_where_the_sender_wants_it(align: Align, x: float) -> None:
    (run,) = laid("Jane", 200, 24, align=align).runs
    assert run.x == pytest.approx(x)
