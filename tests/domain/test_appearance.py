"""Designs of seals: what is told, where it stands, and what cannot be drawn."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from app.domain import errors
from app.domain.appearance import PAPER, Appearance, Line, Side, Stated, check, draw, fits, written
from app.domain.drawing import INK, Colour, Drawing
from app.domain.ids import Sha256
from app.domain.mark import InkPoint, Mark
from app.fonts import BundledMetrics
from app.glyphs import qr

METRICS = BundledMetrics()
AT = datetime(2026, 6, 30, 22, 5, 9, tzinfo=UTC)
SAID = Stated("Jane Smith", AT, "I agree", "Bonn")
MARK = Mark("drawn", strokes=((InkPoint(0, 0), InkPoint(60, 20), InkPoint(90, 0)),))
PICTURE = Sha256("ab" * 32)


def drawn(design: Appearance, width: float = 240, height: float = 80, stated: Stated = SAID) -> Drawing:
    return draw(design, stated, width, height, METRICS, qr.drawing)


def texts(drawing: Drawing) -> list[str]:
    return [run.text for run in drawing.runs]


def test_lines_stand_in_the_order_chosen_and_the_others_are_left_out() -> None:
    design = Appearance(lines=(Line.PLACE, Line.NAME), date_format="%d")
    assert texts(drawn(design)) == ["Bonn", "Jane Smith"]
    assert texts(drawn(design, stated=replace(SAID, place=""))) == ["Jane Smith"]


@pytest.mark.parametrize(
    ("form", "zone", "language", "told"),
    [
        ("%d.%m.%Y %H:%M:%S %Z", "", "en", "30.06.2026 22:05:09 UTC"),
        ("%d. %B %Y, %H:%M %Z", "Europe/Berlin", "de", "01. Juli 2026, 00:05 CEST"),
        ("%b %d %y %I:%M %p %z", "Asia/Kolkata", "en", "Jul 01 26 03:35 AM +05:30"),
        ("signed on %Y-%m-%d", "America/Los_Angeles", "en", "signed on 2026-06-30"),
    ],
)
def test_a_date_is_written_in_any_form_and_zone(form: str, zone: str, language: str, told: str) -> None:
    check(Appearance(date_format=form, time_zone=zone, language=language))
    assert written(AT, form, zone, language) == told


@pytest.mark.parametrize("side", list(Side))
@pytest.mark.parametrize("image", [{"mark": MARK}, {"picture": PICTURE}])
def test_picture_and_lines_stand_where_the_design_says_and_stay_in_the_box(
    side: Side, image: dict[str, object]
) -> None:
    found = drawn(Appearance(side=side, **image))  # type: ignore[arg-type]
    if found.pictures:
        box = found.pictures[0].rect
        left, top, right, bottom = box.x, box.y, box.right, box.bottom
    else:
        points = [point for path in found.paths for segment in path.segments for point in segment.points]
        left, right = min(x for x, _ in points), max(x for x, _ in points)
        top, bottom = min(y for _, y in points), max(y for _, y in points)
    assert min(left, top) >= 0
    assert left < right <= 240
    assert top < bottom <= 80
    assert all(run.x >= 0 and run.x + run.width <= 240.01 and 0 < run.y <= 80 for run in found.runs)
    first = found.runs[0]
    if side is Side.LEFT:
        assert right <= first.x
    elif side is Side.TOP:
        assert bottom <= first.y - first.size * 0.5
    else:
        assert left < first.x + first.width
        assert right > first.x


def test_a_mark_behind_the_lines_is_paler_than_they_are() -> None:
    (beside,), (behind,) = (drawn(Appearance(mark=MARK, side=side)).paths for side in (Side.LEFT, Side.BEHIND))
    assert beside.fill == INK
    assert behind.fill is not None
    assert min(behind.fill.red, behind.fill.green, behind.fill.blue) > 150


def test_lines_on_a_picture_stand_on_paper_so_that_they_can_be_read_whatever_it_shows() -> None:
    found = drawn(Appearance(picture=PICTURE, side=Side.BEHIND))
    assert len(found.paths) == len(found.runs) == 4
    for path, run in zip(found.paths, found.runs, strict=True):
        xs, ys = zip(*(point for segment in path.segments for point in segment.points), strict=True)
        assert path.fill == PAPER
        assert 0 <= min(xs) <= run.x < run.x + run.width <= max(xs) <= 240
        assert 0 <= min(ys) < run.y - run.size / 2 < run.y < max(ys) <= 80


@pytest.mark.parametrize(
    "design",
    [
        Appearance(picture=PICTURE, side=Side.BEHIND, ink="#ffffff"),
        Appearance(picture=PICTURE, side=Side.BEHIND, lines=()),
        Appearance(picture=PICTURE, side=Side.LEFT),
        Appearance(side=Side.BEHIND),
    ],
)
def test_light_ink_and_lines_on_no_picture_need_no_paper(design: Appearance) -> None:
    assert drawn(design).paths == ()


def test_the_ink_colours_lines_and_mark_alike() -> None:
    found = drawn(Appearance(mark=MARK, ink="#14507a"))
    assert {run.colour for run in found.runs} | {path.fill for path in found.paths} == {Colour(0x14, 0x50, 0x7A)}


def test_text_shrinks_to_its_floor_and_a_box_too_small_is_known() -> None:
    large, small = (drawn(Appearance(), 240, height).runs[0].size for height in (90, 34))
    assert large == 12
    assert 6 <= small < 12
    assert fits(Appearance(), SAID, 240, 34, METRICS)
    assert drawn(Appearance(), 60, 20).runs[0].size == 6
    assert not fits(Appearance(), SAID, 60, 20, METRICS)


@pytest.mark.parametrize("lines", [(), (Line.NAME, Line.DATE)])
def test_a_code_stands_at_the_right_of_everything_or_alone_in_the_middle(lines: tuple[Line, ...]) -> None:
    found = drawn(Appearance(lines=lines, code="https://example.com/check"))
    (code,) = found.paths
    xs, ys = zip(*(point for segment in code.segments for point in segment.points), strict=True)
    assert 0 < max(xs) - min(xs) == pytest.approx(max(ys) - min(ys))
    assert max(ys) <= 80
    if lines:
        assert max(run.x + run.width for run in found.runs) <= min(xs) < max(xs) <= 240
    else:
        assert (min(xs) + max(xs)) / 2 == pytest.approx(120)


def test_a_picture_alone_has_the_whole_box() -> None:
    (picture,) = drawn(Appearance(picture=PICTURE, lines=())).pictures
    assert (picture.rect.width, picture.rect.height) == (240, 80)


@pytest.mark.parametrize("name", ["\u738b\u5c0f\u660e", "Jane \U0001f600"])
def test_letters_no_face_has_are_named_and_never_drawn_as_boxes(name: str) -> None:
    with pytest.raises(errors.GlyphsMissing) as missing:
        drawn(Appearance(), stated=replace(SAID, name=name))
    assert set(missing.value.characters) == {c for c in name if not c.isascii()}
    assert texts(drawn(Appearance(lines=(Line.REASON,)), stated=replace(SAID, name=name))) == ["I agree"]


@pytest.mark.parametrize(
    ("design", "key"),
    [
        (Appearance(lines=()), "lines"),
        (Appearance(lines=(Line.NAME, Line.NAME)), "lines"),
        (Appearance(date_format=""), "date_format"),
        (Appearance(date_format="%Q"), "date_format"),
        (Appearance(date_format="100%"), "date_format"),
        (Appearance(date_format="%d\n%m"), "date_format"),
        (Appearance(date_format="%d" * 40), "date_format"),
        (Appearance(time_zone="Mars/Olympus"), "time_zone"),
        (Appearance(language="tlh"), "language"),
        (Appearance(ink="blue"), "ink"),
        (Appearance(code="x" * 201), "code"),
        (Appearance(code="a\nb"), "code"),
        (Appearance(face="comic"), "face"),
    ],
)
def test_what_cannot_be_meant_is_refused_by_its_key(design: Appearance, key: str) -> None:
    with pytest.raises(errors.SpecError) as refused:
        check(design)
    assert refused.value.path == f"design.{key}"
