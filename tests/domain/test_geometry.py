"""Places on the page as displayed, and their way to PDF user space and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.geometry import PageGeometry, Point, Rect, Size

coordinates = st.floats(-5000, 5000, allow_subnormal=False)
lengths = st.floats(1, 3000)
rects = st.builds(Rect, coordinates, coordinates, lengths, lengths)
sizes = st.builds(Size, lengths, lengths)
turns = st.integers(-8, 8)


@st.composite
def pages(draw: st.DrawFn) -> PageGeometry:
    left, bottom = draw(coordinates), draw(coordinates)
    rotate = draw(st.sampled_from([0, 90, 180, 270, 360, -90, 450]))
    return PageGeometry(left, bottom, left + draw(lengths), bottom + draw(lengths), rotate, draw(st.floats(0.1, 75)))


def near(one: Rect, other: Rect) -> bool:
    pairs = ((one.x, other.x), (one.y, other.y), (one.right, other.right), (one.bottom, other.bottom))
    return all(a == pytest.approx(b, abs=1e-4) for a, b in pairs)


@given(pages(), rects)
def test_a_place_survives_the_way_to_the_pdf_and_back(page: PageGeometry, rect: Rect) -> None:
    assert near(page.from_pdf(page.to_pdf(rect)), rect)


@given(pages(), rects)
def test_the_corners_of_a_pdf_rectangle_may_come_in_any_order(page: PageGeometry, rect: Rect) -> None:
    left, bottom, right, top = page.to_pdf(rect)
    assert left <= right
    assert bottom <= top
    assert near(page.from_pdf((right, top, left, bottom)), rect)
    assert near(page.from_pdf((left, top, right, bottom)), rect)


@given(pages())
def test_fault_12_13_14_the_whole_displayed_page_is_the_whole_crop_box(page: PageGeometry) -> None:
    box = page.to_pdf(Rect(0, 0, page.size.width, page.size.height))
    assert box == pytest.approx((page.left, page.bottom, page.right, page.top), abs=1e-4)


@pytest.mark.parametrize(
    ("rotate", "corner"), [(0, (10, 220)), (90, (10, 20)), (180, (110, 20)), (270, (110, 220))]
)
def test_fault_12_the_top_left_of_what_is_seen_is_the_corner_that_rotation_brought_there(
    rotate: int, corner: tuple[float, float]
) -> None:
    box = PageGeometry(10, 20, 110, 220, rotate).to_pdf(Rect(0, 0, 5, 5))
    assert corner[0] in (box[0], box[2])
    assert corner[1] in (box[1], box[3])


def test_fault_14_a_user_unit_makes_the_displayed_page_larger_and_not_the_pdf_numbers() -> None:
    page = PageGeometry(0, 0, 100, 200, user_unit=2)
    assert page.size == Size(200, 400)
    assert page.to_pdf(Rect(20, 40, 20, 20)) == (10, 170, 20, 180)


@given(rects, sizes, turns)
def test_turning_and_turning_back_changes_nothing(rect: Rect, size: Size, quarters: int) -> None:
    turned_size = Size(size.height, size.width) if quarters % 2 else size
    assert near(rect.turned(size, quarters).turned(turned_size, -quarters), rect)


@given(rects, sizes, turns, turns)
def test_turning_twice_is_turning_by_the_sum(rect: Rect, size: Size, first: int, second: int) -> None:
    between = Size(size.height, size.width) if first % 2 else size
    assert near(rect.turned(size, first).turned(between, second), rect.turned(size, first + second))


@given(pages(), st.floats(0, 0.8), st.floats(0, 0.8), st.sampled_from([90, 180, 270]))
def test_turning_the_page_keeps_the_mark_on_the_same_spot_of_the_paper(
    page: PageGeometry, right: float, down: float, by: int
) -> None:
    mark = Rect(right * page.size.width, down * page.size.height, 0.1 * page.size.width, 0.1 * page.size.height)
    after = PageGeometry(page.left, page.bottom, page.right, page.top, page.rotate + by, page.user_unit)
    assert after.to_pdf(mark.turned(page.size, by // 90)) == pytest.approx(page.to_pdf(mark), abs=1e-3)


@given(rects, sizes)
def test_clamping_brings_any_rectangle_onto_the_page_and_moves_none_that_is_there(rect: Rect, size: Size) -> None:
    clamped = rect.clamped(size)
    assert clamped.within(size)
    assert clamped.width == min(rect.width, size.width)
    assert clamped.height == min(rect.height, size.height)
    assert near(clamped.clamped(size), clamped)
    if rect.within(size, 0):
        assert near(clamped, rect)


@given(rects, rects)
def test_overlap_is_mutual_and_no_larger_than_either(one: Rect, other: Rect) -> None:
    assert one.overlap(other) == other.overlap(one)
    assert 0 <= one.overlap(other) <= min(one.width * one.height, other.width * other.height) * (1 + 1e-6)
    assert one.overlap(one) == pytest.approx(one.width * one.height, rel=1e-6)


def test_rectangles_that_only_touch_do_not_overlap() -> None:
    assert Rect(0, 0, 10, 10).overlap(Rect(10, 0, 10, 10)) == 0


@given(rects, st.floats(0, 4000))
def test_an_inset_stays_inside_or_shrinks_to_nothing(rect: Rect, by: float) -> None:
    inset = rect.inset(by)
    assert inset.width == pytest.approx(max(0, rect.width - 2 * by))
    assert inset.height == pytest.approx(max(0, rect.height - 2 * by))


def test_a_rectangle_holds_its_edges_and_its_middle_but_nothing_beyond() -> None:
    rect = Rect(10, 20, 30, 40)
    assert rect.contains(rect.center)
    assert rect.contains(Point(10, 20))
    assert rect.contains(Point(40, 60))
    assert not rect.contains(Point(9.9, 30))
    assert rect.moved(5, -5) == Rect(15, 15, 30, 40)


@pytest.mark.parametrize("bad", [(0, 0, -1, 1), (0, 0, 1, -1), (float("nan"), 0, 1, 1), (0, float("inf"), 1, 1)])
def test_what_has_no_size_or_no_place_is_no_rectangle(bad: tuple[float, float, float, float]) -> None:
    with pytest.raises(ValueError, match="not a rectangle"):
        Rect(*bad)
