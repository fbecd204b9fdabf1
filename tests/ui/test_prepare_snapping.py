"""What a moving field is drawn to besides its neighbours' edges: print, equal gaps, equal sizes, the grid."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.geometry import PT_PER_MM, Rect, Size
from app.pdf import PageGuides
from app.pdf.printed import Ruling
from app.ui.prepare.handles import Handle
from app.ui.prepare.printed import lines_of_print
from app.ui.prepare.snapping import NOTHING, Axis, on_grid, snap_edges, snap_move
from app.ui.prepare.spacing import distances, equal_gaps, equal_sizes

A4 = Size(595, 842)
FIELD = Rect(100, 300, 100, 20)


def printed(**what: tuple[object, ...]) -> PageGuides:
    return PageGuides(**what, margins=Rect(0, 0, 595, 842))  # type: ignore[arg-type]


def test_a_field_stands_on_a_printed_line_and_the_guide_says_that_it_is_printed() -> None:
    lines = tuple(lines_of_print(printed(horizontals=(Ruling(323, 90, 300),))))
    snap = snap_move(FIELD, lines, reach=6)
    assert snap.dy == pytest.approx(3)
    assert [guide.is_printed for guide in snap.guides if guide.axis is Axis.Y] == [True]


def test_a_field_ends_on_a_line_of_writing_and_never_hangs_from_it() -> None:
    lines = tuple(lines_of_print(printed(baselines=(Ruling(322, 20, 90),))))
    assert snap_move(FIELD, lines, reach=6).dy == pytest.approx(2)
    assert snap_move(Rect(100, 320, 100, 20), lines, reach=6).dy == 0


def test_a_checkbox_goes_into_the_middle_of_a_printed_box() -> None:
    lines = tuple(lines_of_print(printed(boxes=(Rect(50, 60, 16, 16),))))
    snap = snap_move(Rect(51.4, 62.5, 12, 12), lines, reach=3)
    assert (snap.dx, snap.dy) == (pytest.approx(0.6), pytest.approx(-0.5))


def test_a_third_field_finds_the_gap_of_the_first_two_and_shows_both() -> None:
    row = [Rect(10, 300, 50, 20), Rect(90, 300, 50, 20)]
    stands = equal_gaps(Rect(172, 300, 50, 20), row)
    snap = snap_move(Rect(172, 300, 50, 20), (), 6, stands)
    assert snap.dx == pytest.approx(-2)
    assert [round(span.length, 6) for span in snap.spans] == [30, 30]


def test_a_field_between_two_finds_the_middle_of_the_gap() -> None:
    row = [Rect(10, 300, 50, 20), Rect(200, 300, 50, 20)]
    moving = Rect(112, 303, 30, 20)
    snap = snap_move(moving, (), 6, equal_gaps(moving, row))
    assert snap.dx == pytest.approx(115 - 112)


def test_what_is_not_beside_the_field_makes_no_gap() -> None:
    assert equal_gaps(FIELD, [Rect(10, 10, 5, 5), Rect(300, 700, 5, 5)]) == ()


def test_pulling_an_edge_finds_the_width_of_another_field() -> None:
    growing = Rect(100, 100, 157, 20)
    stands = equal_sizes(growing, Handle.EAST, [Rect(300, 500, 160, 31)])
    snap = snap_edges(growing, 1, 0, (), 6, stands)
    assert snap.dx == pytest.approx(3)
    left = equal_sizes(growing, Handle.WEST, [Rect(300, 500, 160, 31)])
    assert snap_edges(growing, -1, 0, (), 6, left).dx == pytest.approx(-3)


def test_distances_go_to_the_nearest_neighbour_or_else_to_the_page() -> None:
    beside = distances(FIELD, [Rect(240, 300, 20, 20)], A4)
    assert [(span.axis, span.length) for span in beside] == [(Axis.X, 40), (Axis.Y, 300)]
    alone = distances(FIELD, [], A4)
    assert [(span.axis, span.start, span.end) for span in alone] == [(Axis.X, 0, 100), (Axis.Y, 0, 300)]


def test_where_nothing_is_near_the_corner_goes_to_the_grid() -> None:
    step = 5 * PT_PER_MM
    snap = on_grid(NOTHING, FIELD, step)
    moved = FIELD.moved(snap.dx, snap.dy)
    assert moved.x / step == pytest.approx(round(moved.x / step))
    assert moved.y / step == pytest.approx(round(moved.y / step))
    assert on_grid(NOTHING, FIELD, 0) is NOTHING


rects = st.builds(Rect, st.floats(0, 500), st.floats(0, 700), st.floats(8, 90), st.floats(8, 90))


@given(rects, st.lists(rects, max_size=8), st.floats(0, 12))
def test_no_snap_goes_further_than_it_reaches(moving: Rect, others: list[Rect], reach: float) -> None:
    lines = tuple(lines_of_print(printed(boxes=tuple(others))))
    snap = snap_move(moving, lines, reach, equal_gaps(moving, others))
    assert abs(snap.dx) <= reach
    assert abs(snap.dy) <= reach
