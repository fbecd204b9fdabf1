"""The style of an envelope and what fields make of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from app.domain import drafting, errors, signing
from app.domain.audit import Moment
from app.domain.drawing import INK, Colour
from app.domain.fields.base import Align, TextStyle
from app.domain.fields.plausible import longest_plausible, overflows
from app.domain.fields.registry import draw, kind_of
from app.domain.geometry import Rect
from app.domain.style import EnvelopeStyle, check
from tests.support.drafts import TYPED, FlatMetrics, at, draft, field, recipient

METRICS = FlatMetrics()
HOUSE = EnvelopeStyle(size_pt=9, bold=True, colour="#102030", date_format="%d. %B %Y", language="de")


def test_a_field_inherits_what_it_leaves_open_and_keeps_what_it_says() -> None:
    envelope = draft([recipient("buyer")], [field(1)], style=HOUSE)
    inherited = envelope.styled(field(1))
    assert (inherited.style.size_pt, inherited.style.bold, inherited.style.colour) == (9, True, "#102030")
    assert (inherited.date_format, inherited.style.language) == ("%d. %B %Y", "de")
    own = envelope.styled(field(1, style=TextStyle(size_pt=7, bold=False, align=Align.RIGHT), date_format="%Y/%m/%d"))
    assert (own.style.size_pt, own.style.bold, own.style.align) == (7, False, Align.RIGHT)
    assert own.date_format == "%Y/%m/%d"


def test_text_is_drawn_in_the_envelopes_face_size_and_colour() -> None:
    envelope = draft([recipient("buyer")], [field(1)], style=HOUSE)
    (run,) = draw(envelope.styled(field(1)), "Jane", METRICS).runs
    assert (run.face, run.size, run.colour) == ("sans-bold", 9, Colour(0x10, 0x20, 0x30))


def test_a_chosen_ink_is_that_of_signatures_and_ticks_too() -> None:
    blue = TextStyle(colour="#0000ff")
    (run,) = draw(field(1, "signature", style=blue), TYPED, METRICS).runs
    assert run.colour == Colour(0, 0, 255)
    tick = draw(field(1, "checkbox", style=blue), True, METRICS).paths[-1]
    assert tick.stroke == Colour(0, 0, 255)
    assert draw(field(1, "checkbox"), True, METRICS).paths[-1].stroke == INK


@pytest.mark.parametrize(
    ("language", "written"),
    [("de", "9. Januar 2026"), ("fr", "9. janvier 2026"), ("es", "9. enero 2026"), ("en", "9. January 2026")],
)
def test_months_are_written_in_the_language_of_the_envelope(language: str, written: str) -> None:
    envelope = draft([recipient("buyer")], [], style=replace(HOUSE, language=language))
    one = envelope.styled(field(1, "date"))
    assert kind_of(one).text_of(one, "2026-01-09") == f"0{written}"


def test_short_months_tell_june_from_july() -> None:
    one = field(1, "date", date_format="%d %b %Y", style=TextStyle(language="fr"))
    assert kind_of(one).text_of(one, "2026-06-01") == "01 juin 2026"
    assert kind_of(one).text_of(one, "2026-07-01") == "01 juil 2026"


def test_the_day_is_that_of_the_envelopes_zone() -> None:
    late = Moment(datetime(2026, 3, 4, 23, 30, tzinfo=UTC), 1, "boot", 60)
    assert signing.local_day(late) == "2026-03-05"
    assert signing.local_day(late, "America/New_York") == "2026-03-04"
    assert signing.local_day(late, "Nowhere/Else") == "2026-03-05"


@pytest.mark.parametrize(
    ("style", "path"),
    [
        (EnvelopeStyle(face="comic"), "style.font"),
        (EnvelopeStyle(size_pt=1), "style.font_size"),
        (EnvelopeStyle(colour="red"), "style.colour"),
        (EnvelopeStyle(date_format="%x"), "style.date_format"),
        (EnvelopeStyle(language="tlh"), "style.language"),
        (EnvelopeStyle(time_zone="Mars/Olympus"), "style.time_zone"),
        (EnvelopeStyle(time_zone="../../etc/passwd"), "style.time_zone"),
    ],
)
def test_a_style_that_cannot_be_is_refused_with_its_path(style: EnvelopeStyle, path: str) -> None:
    with pytest.raises(errors.SpecError) as refused:
        drafting.change(draft([recipient("buyer")], []), at(1), style=style)
    assert refused.value.path == path


def test_the_usual_style_is_a_good_one() -> None:
    check(EnvelopeStyle(), "style")
    check(EnvelopeStyle(time_zone="Europe/Berlin"), "style")


def test_a_comb_has_a_letter_in_the_middle_of_each_cell() -> None:
    combed = field(1, rect=Rect(0, 0, 100, 20), style=TextStyle(comb=5))
    runs = draw(combed, "abc", METRICS).runs
    assert [run.text for run in runs] == ["a", "b", "c"]
    assert [run.x + run.width / 2 for run in runs] == pytest.approx([10, 30, 50])
    assert len({run.y for run in runs}) == 1


def test_a_comb_takes_as_many_letters_as_it_has_cells() -> None:
    combed = field(1, style=TextStyle(comb=3))
    assert kind_of(combed).accept(combed, "abc") == "abc"
    with pytest.raises(errors.ValueRefused) as refused:
        kind_of(combed).accept(combed, "abcd")
    assert (refused.value.rule, refused.value.expected) == ("length", "3")


def test_several_lines_begin_at_the_top() -> None:
    tall = Rect(0, 0, 200, 100)
    middle = draw(field(1, rect=tall), "one line", METRICS).runs[0].y
    top = draw(field(1, rect=tall, style=TextStyle(multiline=True)), "one line", METRICS).runs[0].y
    assert top < 20 < middle


@pytest.mark.parametrize(
    ("kind", "style", "path"),
    [
        ("text", TextStyle(comb=0), "comb"),
        ("text", TextStyle(comb=3, multiline=True), "comb"),
        ("date", TextStyle(comb=8), "comb"),
        ("number", TextStyle(multiline=True), "multiline"),
        ("signature", TextStyle(multiline=True), "multiline"),
        ("text", TextStyle(colour="#FFF"), "colour"),
        ("text", TextStyle(face="papyrus"), "font"),
        ("text", TextStyle(language="xx"), "language"),
    ],
)
def test_looks_that_make_no_sense_are_refused(kind: str, style: TextStyle, path: str) -> None:
    with pytest.raises(errors.SpecError) as refused:
        kind_of(field(1, kind)).check(field(1, kind, style=style), "fields[0]")
    assert refused.value.path == f"fields[0].{path}"


def test_room_is_measured_by_the_longest_answer_to_expect() -> None:
    assert longest_plausible(field(1, "dropdown", options=("a", "longest", "bb"))) == "longest"
    assert longest_plausible(field(1, "date", date_format="%d %B %Y")) == "28 September 2028"
    assert len(longest_plausible(field(1, style=TextStyle(comb=22)))) == 22
    assert longest_plausible(field(1, "checkbox")) == ""
    narrow = field(1, "email", rect=Rect(0, 0, 30, 12))
    assert overflows(narrow, longest_plausible(narrow), METRICS)
    assert not overflows(field(1, "email"), "j@ex.com", METRICS)


def test_tab_order_is_as_numbered_and_then_down_the_page() -> None:
    fields = [field(2), field(4, tab_index=2), field(6, tab_index=1), field(8)]
    envelope = draft([recipient("buyer")], fields)
    assert [f.id for f in envelope.fields_of("buyer")] == ["F6", "F4", "F2", "F8"]
