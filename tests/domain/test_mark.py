"""Marks: what people adopt as their signature, and that the ink on the page is the ink of their hand."""

from __future__ import annotations

from dataclasses import replace
from math import cos, hypot, inf, nan, sin

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from app.domain import errors
from app.domain.geometry import Rect, Size
from app.domain.ids import Sha256
from app.domain.mark import (
    BROADEST,
    HANDS,
    LONGEST_TEXT,
    MOST_POINTS,
    NEAREST,
    PEN_PT,
    InkPoint,
    InkStroke,
    Mark,
    _smoothed,
    ink_path,
)
from tests.support.drafts import INK, TYPED, FlatMetrics
from tests.support.outlines import bounds, distance, flattened, is_inked

PEN = 1.9
METRICS = FlatMetrics()
presses = st.floats(0, 1)


@st.composite
def strokes(draw: st.DrawFn, least: int = 1, most: int = 12, span: float = 400) -> InkStroke:
    place = st.floats(0, span, allow_subnormal=False)
    points = draw(st.lists(st.tuples(place, place, presses), min_size=least, max_size=most))
    return tuple(
        InkPoint(x, y, pressure, 7 * number, 120 * pressure - 60, 40 - 80 * pressure)
        for number, (x, y, pressure) in enumerate(points)
    )


def by_hand() -> InkStroke:
    """Loops as a signature has them, sampled as a mouse does."""
    angles = [n / 9 for n in range(120)]
    return tuple(InkPoint(60 + 3 * t * 5 + 30 * cos(t), 60 + 25 * sin(1.7 * t), 0.5, int(t * 70)) for t in angles)


def path_of(stroke: InkStroke) -> list[tuple[float, float]]:
    return [(point.x, point.y) for point in stroke]


@given(strokes(least=2))
def test_smoothing_keeps_the_ends_and_moves_no_ink_by_more_than_it_may(stroke: InkStroke) -> None:
    assume(hypot(stroke[1].x - stroke[0].x, stroke[1].y - stroke[0].y) > 1)
    smoothed = _smoothed(stroke, 0.3)
    assert smoothed[0] == stroke[0]
    assert smoothed[-1] == stroke[-1]
    raw = path_of(stroke)
    assert all(distance((point.x, point.y), raw) <= 0.3 + 1e-6 for point in smoothed)


@given(strokes(least=2))
def test_the_pens_path_is_under_the_ink(stroke: InkStroke) -> None:
    """At every sample, but for what smoothing and thinning may move."""
    path = ink_path(stroke, PEN)
    raw = path_of(stroke)
    assert all(is_inked(point, path, 1.5 * PEN * NEAREST + 1e-6) for point in raw)


@settings(max_examples=30)
@given(strokes(least=2, most=5, span=60))
def test_no_ink_is_far_from_where_the_pen_was(stroke: InkStroke) -> None:
    """A spline may swing out between far-apart samples, in proportion to their distance; never beyond the pen at
    samples as close as a pad gives them."""
    dense = densely(stroke)
    raw = path_of(dense)
    assert all(distance(point, raw) <= PEN + 0.5 for point in flattened(ink_path(dense, PEN)))


def densely(stroke: InkStroke) -> InkStroke:
    """The same way in steps of three points, as digitisers report it."""
    found: list[InkPoint] = [stroke[0]]
    for after in stroke[1:]:
        before = found[-1]
        steps = max(1, round(hypot(after.x - before.x, after.y - before.y) / 3))
        for step in range(1, steps + 1):
            part = step / steps
            x, y = before.x + (after.x - before.x) * part, before.y + (after.y - before.y) * part
            found.append(InkPoint(x, y, after.pressure, found[-1].ms + 8))
    return tuple(found)


@settings(max_examples=12)
@given(st.sampled_from([(200, 50), (72, 32), (40, 16), (20, 12), (400, 300)]), st.floats(0.2, 12))
def test_on_the_page_ink_is_within_three_tenths_of_a_point_of_the_hand(box: tuple[int, int], zoom: float) -> None:
    """Whatever the pad's size: smoothing is measured on the page, as the pen is."""
    stroke = tuple(replace(p, x=p.x * zoom, y=p.y * zoom) for p in by_hand())
    width, height = box
    (path,) = Mark("drawn", strokes=(stroke,)).draw(width, height, METRICS).paths
    xs, ys = [p.x for p in stroke], [p.y for p in stroke]
    pad = min(2.0, width / 10, height / 10)
    factor = min((width - 2 * pad) / (max(xs) - min(xs)), (height - 2 * pad) / (max(ys) - min(ys)))
    dx, dy = (width - (max(xs) + min(xs)) * factor) / 2, (height - (max(ys) + min(ys)) * factor) / 2
    on_page = [(x * factor + dx, y * factor + dy) for x, y in zip(xs, ys, strict=True)]
    assert all(is_inked(point, path, 0.3) for point in on_page)
    assert all(distance(point, on_page) <= 0.81 * PEN_PT + 0.3 for point in flattened(path))


@given(st.lists(strokes(), min_size=1, max_size=3), st.floats(10, 400), st.floats(10, 200))
def test_ink_stays_inside_its_box(ink: list[InkStroke], width: float, height: float) -> None:
    drawing = Mark("drawn", strokes=tuple(ink)).draw(width, height, METRICS)
    assert all(box.within(Size(width, height)) for box in bounds(drawing))


def test_ink_fills_its_box_without_distortion() -> None:
    drawing = INK.draw(200, 50, METRICS)
    box = next(bounds(drawing))
    assert box.height > 0.2 * 50 or box.width > 0.8 * 200
    assert box.width / box.height == pytest.approx(4.0 * 29 / 12, rel=0.2)
    assert box.center.x == pytest.approx(100, abs=2)
    assert box.center.y == pytest.approx(25, abs=2)


def test_a_tap_of_the_pen_is_a_dot_of_its_width() -> None:
    path = ink_path((InkPoint(5, 5),), PEN)
    assert path.stroke is not None
    assert path.width == PEN
    assert distance((5, 5), flattened(path)) == 0


def test_pressure_makes_the_line_broad_and_speed_makes_it_thin() -> None:
    def breadth(pressure: float, ms: int) -> float:
        stroke = tuple(InkPoint(6.0 * n, 0, pressure, ms * n) for n in range(20))
        return max(y for _, y in flattened(ink_path(stroke, PEN)))

    assert breadth(0.9, 10) > breadth(0.2, 10)
    assert breadth(0.5, 100) > breadth(0.5, 2)


@pytest.mark.parametrize("lean", [(0.0, 60.0), (0.0, -60.0), (60.0, 0.0), (0.0, 90.0), (0.0, 20.0)])
def test_a_leaning_pen_draws_broader_across_the_way_it_leans_and_not_along_it(lean: tuple[float, float]) -> None:
    def breadth(tilt: tuple[float, float], *, down: bool) -> float:
        ways = ((0.0, 6.0 * n) if down else (6.0 * n, 0.0) for n in range(30))
        stroke = tuple(InkPoint(x, y, 0.5, 10 * n, *tilt) for n, (x, y) in enumerate(ways))
        return max(point[0 if down else 1] for point in flattened(ink_path(stroke, PEN)))

    upright = breadth((0.0, 0.0), down=False)
    along = breadth(lean, down=lean[0] == 0)
    across = breadth(lean, down=lean[0] != 0)
    assert along == pytest.approx(upright)
    assert upright * 1.04 < across <= upright * (1 + BROADEST)


@pytest.mark.parametrize(
    ("mark", "problem"),
    [
        (Mark("drawn"), "too_simple"),
        (Mark("drawn", strokes=((),)), "too_simple"),
        (Mark("drawn", strokes=((InkPoint(0, 0), InkPoint(20, 0)),)), "too_simple"),
        (Mark("drawn", strokes=tuple((InkPoint(9.0 * n, 0),) for n in range(9))), "too_simple"),
        (Mark("drawn", strokes=((InkPoint(0, 0), InkPoint(nan, 0)),)), "unreadable"),
        (Mark("drawn", strokes=((InkPoint(0, 0), InkPoint(inf, 0)),)), "unreadable"),
        (Mark("drawn", strokes=((InkPoint(0, 0), InkPoint(50, 0, 7)),)), "unreadable"),
        (Mark("drawn", strokes=((InkPoint(0, 0), InkPoint(50, 0, tilt_x=91)),)), "unreadable"),
        (Mark("drawn", strokes=((InkPoint(0, 0), InkPoint(50, 0, tilt_y=nan)),)), "unreadable"),
        (Mark("drawn", strokes=(tuple(InkPoint(n % 90, 0) for n in range(MOST_POINTS + 1)),)), "unreadable"),
        (Mark("typed"), "empty"),
        (Mark("typed", text=" \t"), "empty"),
        (Mark("typed", text="Jane\nSmith"), "unreadable"),
        (Mark("typed", text="J" * (LONGEST_TEXT + 1)), "unreadable"),
        (Mark("typed", text="Jane", hand="comic"), "unknown_hand"),
        (Mark("image"), "empty"),
        (Mark("image", picture=Sha256("0" * 64), picture_size=(0, 5)), "empty"),
    ],
)
def test_what_is_nobodys_signature_is_refused(mark: Mark, problem: str) -> None:
    with pytest.raises(errors.MarkRefused) as refused:
        mark.checked()
    assert refused.value.problem == problem


@pytest.mark.parametrize("hand", HANDS)
def test_a_name_in_each_hand_is_a_signature(hand: str) -> None:
    mark = Mark("typed", text=" Jane Smith ", hand=hand)
    assert mark.checked() is mark
    (run,) = mark.draw(200, 50, METRICS).runs
    assert (run.text, run.face) == ("Jane Smith", f"hand-{hand}")


def test_names_joined_by_invisible_letters_are_names() -> None:
    assert Mark("typed", text="\u0646\u06cc\u200c\u0645\u0627").checked().text


@given(st.text("ab cÅ", min_size=1).filter(str.strip), st.floats(5, 400), st.floats(5, 200))
def test_typed_marks_stay_inside_their_box(text: str, width: float, height: float) -> None:
    drawing = replace(TYPED, text=text).draw(width, height, METRICS)
    for run in drawing.runs:
        tall = Rect(run.x, run.y - 0.9 * run.size, run.width, 1.2 * run.size)
        assert tall.within(Size(width, height))


def test_a_mark_without_anything_draws_nothing() -> None:
    for mark in (Mark("drawn"), Mark("drawn", strokes=((),)), Mark("typed"), Mark("image")):
        assert mark.draw(100, 40, METRICS).empty


def test_a_picture_is_given_the_whole_box_to_be_fitted_into() -> None:
    (picture,) = Mark("image", picture=Sha256("5" * 64), picture_size=(4, 3)).draw(100, 40, METRICS).pictures
    assert picture.rect == Rect(0, 0, 100, 40)


def test_the_fingerprint_tells_marks_apart_and_is_the_same_for_the_same() -> None:
    other_words, other_hand = replace(TYPED, text="Jane Smyth"), replace(TYPED, hand=HANDS[0])
    leaning = tuple(replace(point, tilt_x=30.0) for point in INK.strokes[0])
    marks = (
        INK,
        replace(INK, strokes=INK.strokes * 2),
        replace(INK, strokes=(leaning,)),
        TYPED,
        other_words,
        other_hand,
    )
    assert len({mark.fingerprint for mark in marks}) == len(marks)
    assert replace(TYPED, text="\u00c5").fingerprint == replace(TYPED, text="A\u030a").fingerprint
