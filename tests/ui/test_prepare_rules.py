"""Snapping, resizing, choosing, arranging, lengths, steps: the editor's rules without a window."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.geometry import Point, Rect, Size
from app.domain.ids import RecipientId
from app.domain.recipient import Recipient
from app.ui.models.lengths import Unit, shown, typed
from app.ui.prepare import clipboard
from app.ui.prepare.handles import Handle, Manner, bounds, handle_at, mapped, resized
from app.ui.prepare.recipients import in_order, reordered
from app.ui.prepare.selecting import after, clicked, field_at, surrounded
from app.ui.prepare.snapping import Axis, lines_of, snap_edges, snap_move
from tests.support.studios import a_field, near

A4 = Size(595, 842)
LEAST = Size(24, 12)
RECT = Rect(100, 200, 160, 40)


# -- snapping --------------------------------------------------------------------------------------------


def test_an_edge_near_a_neighbours_edge_stands_on_it_and_a_guide_says_so() -> None:
    lines = lines_of(A4, [Rect(100, 100, 80, 20)])
    snap = snap_move(Rect(103, 300, 50, 20), lines, reach=4)
    assert (snap.dx, snap.dy) == (-3, 0)
    (guide,) = snap.guides
    assert (guide.axis, guide.at) == (Axis.X, 100)
    assert (guide.start, guide.end) == (100, 320)


def test_the_nearest_of_several_stands_wins() -> None:
    lines = lines_of(A4, [Rect(100, 100, 80, 20), Rect(104, 200, 80, 20)])
    assert snap_move(Rect(103, 300, 50.3, 20), lines, reach=4).dx == 1


def test_nothing_in_reach_moves_nothing() -> None:
    assert snap_move(Rect(333, 333, 41, 17), lines_of(A4, []), reach=2).guides == ()


def test_the_middle_of_the_page_attracts_the_middle_of_a_field() -> None:
    snap = snap_move(Rect(595 / 2 - 30 + 2, 77, 60, 10), lines_of(A4, []), reach=3)
    assert snap.dx == pytest.approx(-2)


def test_an_edge_never_stands_on_a_middle() -> None:
    lines = lines_of(A4, [Rect(100, 100, 80, 20)])
    assert snap_move(Rect(141, 300, 51, 20), lines, reach=4).dx == 0
    assert snap_move(Rect(115.5, 300, 51, 20), lines, reach=4).dx == -1


def test_resizing_snaps_only_the_edges_that_move() -> None:
    lines = lines_of(A4, [Rect(330, 500, 50, 20)])
    assert snap_edges(Rect(100, 100, 228, 20), 1, 0, lines, reach=3).dx == 2
    assert snap_edges(Rect(331, 100, 198, 20), 1, 0, lines, reach=3).dx == 0


# -- resizing --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("handle", list(Handle))
def test_the_side_opposite_to_the_handle_stays(handle: Handle) -> None:
    start = handle.on(RECT)
    grown = resized(RECT, handle, Point(start.x + 7 * handle.across, start.y + 5 * handle.down), LEAST, A4)
    assert near(grown, _grown(handle, 7, 5))


def test_shift_keeps_the_ratio_and_alt_the_middle() -> None:
    ratio = resized(RECT, Handle.SOUTH_EAST, Point(340, 241), LEAST, A4, Manner(keeps_ratio=True))
    assert ratio.width / ratio.height == pytest.approx(4)
    assert ratio.width == pytest.approx(240)
    centred = resized(RECT, Handle.EAST, Point(280, 0), LEAST, A4, Manner(from_centre=True))
    assert centred == Rect(80, 200, 200, 40)


def test_no_field_becomes_smaller_than_its_kind_allows() -> None:
    small = resized(RECT, Handle.SOUTH_EAST, Point(0, 0), LEAST, A4)
    assert small == Rect(100, 200, 24, 12)
    other_way = resized(RECT, Handle.NORTH_WEST, Point(900, 900), LEAST, A4)
    assert (other_way.right, other_way.bottom, other_way.size) == (260, 240, LEAST)


@given(st.sampled_from(list(Handle)), st.floats(-500, 1500), st.floats(-500, 1500), st.booleans(), st.booleans())
def test_a_resized_field_is_always_on_its_page(handle: Handle, x: float, y: float, ratio: bool, centre: bool) -> None:
    rect = resized(RECT, handle, Point(x, y), LEAST, A4, Manner(ratio, centre))
    assert rect.within(A4)
    assert rect.width >= LEAST.width - 1e-6
    assert rect.height >= LEAST.height - 1e-6


def test_members_of_a_group_keep_their_relations() -> None:
    one, other = Rect(0, 0, 40, 20), Rect(60, 30, 40, 20)
    before = bounds((one, other))
    after_ = Rect(0, 0, 200, 100)
    assert mapped(one, before, after_, LEAST) == Rect(0, 0, 80, 40)
    assert mapped(other, before, after_, LEAST) == Rect(120, 60, 80, 40)


def test_a_handle_is_hit_eight_points_around_it_and_corners_come_first() -> None:
    assert handle_at(RECT, Point(107, 193), 8) is Handle.NORTH_WEST
    assert handle_at(RECT, Point(180, 205), 8) is Handle.NORTH
    assert handle_at(RECT, Point(180, 205), 8, middles=False) is None
    assert handle_at(RECT, Point(180, 220), 8) is None


# -- choosing --------------------------------------------------------------------------------------------


def test_of_fields_that_overlap_the_smallest_is_meant() -> None:
    large, small = a_field("large", Rect(0, 0, 200, 200)), a_field("small", Rect(50, 50, 20, 20))
    assert field_at((large, small), Point(60, 60)) is small
    assert field_at((small, large), Point(60, 60)) is small
    assert field_at((large, small), Point(10, 10)) is large
    assert field_at((large, small), Point(300, 10)) is None


def test_a_click_chooses_and_with_ctrl_puts_in_or_takes_out() -> None:
    a, b = a_field("a", RECT).id, a_field("b", RECT).id
    assert clicked((a,), b, adds=False) == (b,)
    assert clicked((a,), b, adds=True) == (a, b)
    assert clicked((a, b), a, adds=True) == (b,)
    assert clicked((a, b), None, adds=False) == ()
    assert clicked((a, b), None, adds=True) == (a, b)
    assert clicked((a, b), a, adds=False) == (a, b), "a drag of several begins with a press on one of them"


def test_a_marquee_to_the_right_encloses_and_to_the_left_touches() -> None:
    inside, cut = a_field("inside", Rect(10, 10, 10, 10)), a_field("cut", Rect(40, 10, 50, 10))
    assert surrounded((inside, cut), Rect(0, 0, 60, 60), encloses=True) == ("inside",)
    assert surrounded((inside, cut), Rect(0, 0, 60, 60), encloses=False) == ("inside", "cut")


def test_after_the_last_comes_the_first() -> None:
    ordered = tuple(a_field(name, RECT) for name in ("left", "right", "p2"))
    first, last = ordered[0], ordered[-1]
    assert after(ordered, last.id, 1) is first
    assert after(ordered, None, 1) is first
    assert after(ordered, None, -1) is last
    assert after((), None, 1) is None


# -- lengths ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("25.4", 72),
        ("25,4", 72),
        ("120-4", 116 * 72 / 25.4),
        ("1/2 in", 36),
        ("1 in + 10 mm", 72 + 720 / 25.4),
        ("72pt", 72),
        ("2*(10+2.7)", 72),
        ("-5", -5 * 72 / 25.4),
        ("1cm", 720 / 25.4),
        ("(1+1)in", 144),
    ],
)
def test_a_length_is_read_as_people_type_it(text: str, points: float) -> None:
    assert typed(text, Unit.MM) == pytest.approx(points)


@pytest.mark.parametrize("text", ["", "abc", "1//2", "3 in * 2 in", "(1", "1)", "2e5", "1/0", "9" * 80, "import os"])
def test_what_is_no_length_is_refused(text: str) -> None:
    assert typed(text, Unit.MM) is None


@given(st.floats(-2000, 2000), st.sampled_from(list(Unit)))
def test_a_length_that_is_shown_reads_back_within_its_last_place(points: float, unit: Unit) -> None:
    back = typed(shown(points, unit), unit)
    assert back is not None
    assert abs(back - points) <= 0.51 * unit.points / 10 ** unit.value[2]


# -- people ----------------------------------------------------------------------------------------------


def person(role: str, order: int) -> Recipient:
    return Recipient(RecipientId(role), role, role.title(), order=order)


def test_carrying_somebody_to_the_top_gives_steps_and_keeps_places_and_colours() -> None:
    people = (person("ana", 1), person("bob", 2), person("cy", 3))
    moved = reordered(people, ("cy", "ana", "bob"))
    assert [p.role for p in moved] == ["ana", "bob", "cy"]
    assert [p.role for p in in_order(moved)] == ["cy", "ana", "bob"]
    assert [p.order for p in moved] == [2, 3, 1]


def test_people_of_one_step_who_stay_neighbours_stay_in_one_step() -> None:
    people = (person("ana", 1), person("bob", 2), person("cy", 2))
    assert [p.order for p in reordered(people, ("bob", "cy", "ana"))] == [2, 1, 1]


# -- the clipboard ---------------------------------------------------------------------------------------


def test_copied_fields_come_back_with_everything_that_was_set() -> None:
    field = a_field("a", RECT, kind="dropdown", label="Size", options=("S", "M"), value="M", required=False)
    (back,) = clipboard.read(clipboard.written([field]))
    assert (back.kind, back.rect, back.recipient, back.page) == ("dropdown", RECT, "jane", 1)
    fresh = back.onto(a_field("b", RECT, kind="dropdown"))
    assert (fresh.label, fresh.options, fresh.value, fresh.required) == ("Size", ("S", "M"), "M", False)


@pytest.mark.parametrize("junk", [b"", b"{", b"[1]", b'[{"kind": "nonsense"}]', b"null", b'[{"kind": "text"}]'])
def test_a_clipboard_filled_by_a_stranger_gives_nothing(junk: bytes) -> None:
    data = clipboard.written([])
    data.setData(clipboard.MIME, junk)
    assert clipboard.read(data) == ()


def _grown(handle: Handle, dx: float, dy: float) -> Rect:
    left = RECT.x - (dx if handle.across < 0 else 0)
    top = RECT.y - (dy if handle.down < 0 else 0)
    return Rect(left, top, RECT.width + dx * abs(handle.across), RECT.height + dy * abs(handle.down))
