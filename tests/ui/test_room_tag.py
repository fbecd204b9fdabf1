"""Where the tag beside a field may stand."""

from __future__ import annotations

from app.domain.geometry import Rect, Size
from app.ui.models.room_tag import Side, place

TAG = Size(90, 44)
PAGE = Rect(200, 0, 800, 1100)
ROOM = Rect(0, 0, 1200, 800)


def test_the_tag_stands_left_of_its_field_where_nothing_is_printed() -> None:
    spot = place(TAG, Rect(300, 200, 150, 30), PAGE, ROOM, [])
    assert spot.side is Side.LEFT
    assert spot.rect.right <= 300
    assert spot.rect.center.y == 215


def test_the_tag_gives_way_to_a_caption_left_of_the_field() -> None:
    caption = Rect(500, 205, 90, 20)
    spot = place(TAG, Rect(600, 200, 150, 30), PAGE, ROOM, [caption])
    assert spot.rect.overlap(caption) == 0


def test_on_a_scan_the_tag_keeps_to_the_edge_of_the_page() -> None:
    spot = place(TAG, Rect(600, 200, 150, 30), PAGE, ROOM, None)
    assert spot.side is Side.EDGE
    assert spot.rect.right <= PAGE.x + 20


def test_in_a_narrow_window_the_tag_stands_above_its_field() -> None:
    spot = place(TAG, Rect(4, 200, 100, 30), Rect(0, 0, 120, 800), Rect(0, 0, 120, 600), None)
    assert spot.rect.bottom <= 200 or spot.rect.x >= 0
    assert spot.rect.right <= 120
