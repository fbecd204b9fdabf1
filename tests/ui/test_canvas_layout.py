"""Where pages lie on the desk, which pictures are wanted, how large a fit is: all without a window."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.domain.geometry import Rect, Size
from app.ui.canvas import zoom
from app.ui.canvas.layout import GAP, MARGIN, TITLE, Box, Layout, PageRef, Sheet
from app.ui.canvas.tiles import (
    WHOLE_PIXELS,
    TileCache,
    TileKey,
    ahead_of,
    clip_of,
    device_scale,
    draft_scale,
    is_whole,
    seen_part,
    tiles_of,
)
from app.ui.canvas.zoom import PX_PER_PT, Fit

A4 = Size(595, 842)


def sheets(*sizes: Size, document: str = "D1") -> tuple[Sheet, ...]:
    return tuple(Sheet(PageRef(document, number), size) for number, size in enumerate(sizes, start=1))


def test_pages_lie_one_below_the_other_with_gaps_that_do_not_grow_with_the_zoom() -> None:
    layout = Layout(sheets(A4, A4, A4))
    for scale in (0.5, 1.0, 3.0):
        for index in range(3):
            assert layout.top(index, scale) == MARGIN + index * (GAP + A4.height * scale)
        assert layout.height(scale) == layout.top(2, scale) + A4.height * scale + MARGIN


def test_each_document_of_several_has_room_for_its_title() -> None:
    layout = Layout((*sheets(A4), *sheets(A4, document="D2")))
    assert layout.starts == (True, True)
    assert layout.top(1, 1.0) - layout.top(0, 1.0) == A4.height + GAP + TITLE
    assert Layout(sheets(A4, A4)).starts == (False, False)


def test_pages_of_different_widths_share_one_middle() -> None:
    layout = Layout(sheets(A4, Size(200, 100), Size(1200, 300)))
    middles = {round(box.x + box.width / 2, 6) for box in (layout.box(i, 1.5, 500) for i in range(3))}
    assert middles == {(1200 * 1.5 + 2 * MARGIN) / 2}


@given(st.lists(st.tuples(st.floats(50, 2000), st.floats(50, 2000)), min_size=1, max_size=30), st.floats(0.1, 8))
def test_a_point_of_a_page_goes_to_the_desk_and_back(sizes: list[tuple[float, float]], scale: float) -> None:
    layout = Layout(sheets(*(Size(*size) for size in sizes)))
    for index, sheet in enumerate(layout.sheets):
        rect = Rect(sheet.size.width * 0.3, sheet.size.height * 0.6, 10, 10)
        box = layout.place(index, rect, scale, 900)
        found, point = layout.nearest(box.x, box.y, scale, 900)
        assert found == index
        assert abs(point.x - rect.x) < 1e-6
        assert abs(point.y - rect.y) < 1e-6


def test_the_visible_pages_are_found_among_five_thousand() -> None:
    layout = Layout(sheets(*(A4,) * 5000))
    top = layout.top(3210, 1.0)
    assert layout.between(top, top + 900, 1.0) == range(3210, 3212)
    assert layout.between(top - 10, top - 5, 1.0) == range(3210, 3210)
    assert layout.between(0, layout.height(1.0), 1.0) == range(5000)


def test_an_empty_desk_has_no_pages_to_see() -> None:
    assert list(Layout(()).between(0, 1000, 1.0)) == []


def test_a_page_up_to_four_million_pixels_is_one_picture_and_a_larger_one_is_tiled() -> None:
    assert list(tiles_of(7, A4, 2.0, None)) == [TileKey(7, 2.0)]
    assert not is_whole(A4, 4.0)
    tiles = list(tiles_of(7, A4, 4.0, None))
    assert A4.width * A4.height * 16 > WHOLE_PIXELS
    covered = sum(clip.width * clip.height for key in tiles if (clip := clip_of(key, A4)) is not None)
    assert abs(covered - A4.width * A4.height) < 1e-6


def test_only_the_tiles_that_are_seen_are_wanted() -> None:
    tiles = list(tiles_of(0, A4, 8.0, Rect(0, 0, 100, 100)))
    assert {key.cell for key in tiles} == {(0, 0)}


def test_the_seen_part_of_a_page_is_told_in_points() -> None:
    assert seen_part(Box(100, 100, 400, 800), Box(0, 500, 1000, 600), 2.0) == Rect(0, 200, 200, 200)
    assert seen_part(Box(0, 0, 10, 10), Box(0, 500, 10, 10), 1.0) is None


def test_three_pages_ahead_in_the_direction_of_travel_are_drawn_beforehand() -> None:
    assert tuple(ahead_of(range(10, 12), 100, down=True)) == (12, 13, 14, 9)
    assert tuple(ahead_of(range(10, 12), 100, down=False)) == (9, 8, 7, 12)
    assert tuple(ahead_of(range(2), 2, down=True)) == ()


def test_the_faster_pages_go_by_the_further_ahead_they_are_drawn_up_to_a_limit() -> None:
    assert len(ahead_of(range(10, 12), 1000, True, pages_s=22)) == 6
    assert len(ahead_of(range(10, 12), 1000, True, pages_s=1e6)) == 13


def test_the_cache_never_holds_more_than_its_cap_and_keeps_what_was_shown_last() -> None:
    cache: TileCache[str] = TileCache(100)
    for number in range(5):
        cache.put(TileKey(number, 1.0), str(number), 30)
        assert cache.get(TileKey(0, 1.0)) == "0"
        assert cache.size <= 100
    assert TileKey(1, 1.0) not in cache
    assert TileKey(4, 1.0) in cache


def test_the_sharpest_whole_picture_stands_in_for_one_that_is_not_there_yet() -> None:
    cache: TileCache[str] = TileCache(1000)
    assert cache.stand_in(3) is None
    for key, name in ((TileKey(3, 0.5), "small"), (TileKey(3, 1.0), "large"), (TileKey(3, 4.0, (0, 0)), "tile")):
        cache.put(key, name, 10)
    found = cache.stand_in(3)
    assert found is not None
    assert found[1] == "large"
    cache.forget(3)
    assert cache.stand_in(3) is None
    assert cache.size == 0


def test_scales_a_hair_apart_are_one_scale() -> None:
    assert device_scale(1.33333333) == device_scale(4 / 3)
    assert max(A4.width, A4.height) * draft_scale(A4) <= 481


def test_fit_width_and_fit_page_leave_the_margins_free() -> None:
    window = Size(1000, 700)
    width = zoom.fitting(Fit.WIDTH, A4, A4.width, window)
    page = zoom.fitting(Fit.PAGE, A4, A4.width, window)
    assert width is not None
    assert abs(A4.width * width * PX_PER_PT - (1000 - 2 * MARGIN)) < 1e-6
    assert page is not None
    assert abs(A4.height * page * PX_PER_PT - (700 - 2 * MARGIN)) < 1e-6
    assert zoom.fitting(Fit.FREE, A4, A4.width, window) is None


def test_zoom_steps_meet_their_ends() -> None:
    assert zoom.step_up(1.0) == 1.1
    assert zoom.step_down(1.0) == 0.9
    assert zoom.step_up(8.0) == 8.0
    assert zoom.bounded(100) == 8.0
