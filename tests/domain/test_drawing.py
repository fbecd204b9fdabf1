"""Lines of text, and the curves drawings are made of."""

from __future__ import annotations

from math import hypot

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.drawing import BLACK, INK, Drawing, FaceSpan, TextRun, advance, ellipse, line, polyline
from app.domain.geometry import Rect
from tests.support.drafts import FlatMetrics
from tests.support.outlines import bounds, flattened


class TwoFaces(FlatMetrics):
    """Digits come from another, wider face."""

    def spans(self, text: str, face: str) -> list[FaceSpan]:
        return [FaceSpan("digits" if c.isdigit() else face, c, 1.0 if c.isdigit() else 0.5) for c in text]


def test_runs_of_several_faces_stand_side_by_side_on_one_baseline() -> None:
    runs = line(TwoFaces(), "a1b", 10, 20, 8, "sans", BLACK)
    assert [(run.text, run.face, run.x, run.width) for run in runs] == [
        ("a", "sans", 10, 4),
        ("1", "digits", 14, 8),
        ("b", "sans", 22, 4),
    ]
    assert {run.y for run in runs} == {20}
    assert advance(TwoFaces(), "a1b", 8, "sans") == 16


@given(st.floats(-100, 100), st.floats(-100, 100), st.floats(0.5, 300), st.floats(0.5, 300))
def test_an_ellipse_stays_within_a_thousandth_of_its_box(x: float, y: float, width: float, height: float) -> None:
    rect = Rect(x, y, width, height)
    for px, py in flattened(ellipse(rect, fill=INK)):
        round_the_middle = hypot((px - rect.center.x) / (width / 2), (py - rect.center.y) / (height / 2))
        assert round_the_middle == pytest.approx(1, abs=1e-3)


def test_a_polyline_goes_through_its_points_with_its_pen() -> None:
    path = polyline([(0, 0), (10, 0), (10, 5)], INK, 2)
    assert flattened(path) == [(0, 0), (10, 0), (10, 5)]
    (box,) = bounds(Drawing(10, 5, paths=(path,)))
    assert box == Rect(-1, -1, 12, 7)


def test_a_drawing_knows_whether_it_is_empty_and_which_faces_it_needs() -> None:
    assert Drawing(5, 5).empty
    run = TextRun("a", 0, 0, 8, "sans", 4)
    whole = Drawing(5, 5, runs=(run, TextRun("b", 4, 0, 8, "hand-caveat", 4), run))
    assert not whole.empty
    assert whole.faces() == ("hand-caveat", "sans")
