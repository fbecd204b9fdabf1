"""What every kind of field promises, over the registry: a new kind is proved by being entered there."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import errors
from app.domain.drawing import Drawing
from app.domain.fields.base import Constraint, Field, FormType, PictureValue, TextStyle, Value
from app.domain.fields.registry import KINDS, accept, check, draw, kind_of
from app.domain.geometry import Rect, Size
from app.domain.mark import Mark
from tests.support.drafts import HANDED_IN, INK, PICTURE, TYPED, FlatMetrics, field, value_for
from tests.support.outlines import bounds

METRICS = FlatMetrics()
every_kind = pytest.mark.parametrize("kind", sorted(KINDS))
kinds = st.sampled_from(sorted(KINDS))
values: st.SearchStrategy[Value] = st.one_of(
    st.booleans(),
    st.text(max_size=80),
    st.sampled_from([INK, TYPED, Mark("drawn"), Mark("typed"), PICTURE, HANDED_IN]),
    st.sampled_from(["red", "2026-01-31", "12.5", "a@b.cd", ""]),
)


def of(kind: str, width: float = 160, height: float = 40) -> Field:
    return field(1, kind, rect=Rect(10, 10, width, height))


@every_kind
def test_a_kind_names_itself_and_its_sizes_make_sense(kind: str) -> None:
    known = KINDS[kind]
    assert known.name == kind
    assert known.title
    assert known.icon
    assert len(known.key) <= 1
    assert known.minimum_size.width <= known.default_size.width
    assert known.minimum_size.height <= known.default_size.height
    assert isinstance(known.form, FormType)


def test_no_two_kinds_share_a_key_of_the_editor() -> None:
    keys = [kind.key for kind in KINDS.values() if kind.key]
    assert len(keys) == len(set(keys))


def test_the_product_has_the_kinds_it_promises() -> None:
    written = "signature initials date date_signed text number name email company title"
    other = "checkbox radio dropdown image stamp attachment note"
    assert {*written.split(), *other.split()} == set(KINDS)


@every_kind
def test_a_field_as_it_is_placed_demands_nothing_impossible(kind: str) -> None:
    check(of(kind), "fields[0]")
    check(replace(of(kind), value=value_for(of(kind))), "fields[0]")


@every_kind
def test_an_empty_field_draws_a_drawing_of_its_size(kind: str) -> None:
    drawing = draw(of(kind), None, METRICS)
    assert isinstance(drawing, Drawing)
    assert (drawing.width, drawing.height) == (160, 40)


@every_kind
def test_a_filled_field_draws_more_than_an_empty_one(kind: str) -> None:
    one = of(kind)
    value = accept(one, value_for(one))
    assert draw(one, value, METRICS) != draw(one, None, METRICS)


@every_kind
def test_what_was_accepted_is_accepted_again_unchanged_and_has_words(kind: str) -> None:
    one = of(kind)
    value = accept(one, value_for(one))
    assert accept(one, value) == value
    assert isinstance(kind_of(one).text_of(one, value), str)
    assert isinstance(kind_of(one).form_value(one, value), str)


@given(kinds, values, st.booleans())
def test_any_value_is_accepted_or_refused_with_its_reason_and_what_was_accepted_can_be_drawn(
    kind: str, value: Value, required: bool
) -> None:
    one = replace(of(kind), required=required)
    accepted, refusal = outcome(one, value)
    if refusal is None:
        assert outcome(one, accepted) == (accepted, None)
        draw(one, accepted, METRICS)
    elif isinstance(refusal, errors.ValueRefused):
        assert refusal.rule in {"required", "format", "options", "length", "pattern"}
        assert refusal.expected
        assert len(refusal.value) <= 80
    else:
        assert isinstance(value, Mark)


def outcome(one: Field, value: Value) -> tuple[Value, errors.RuleError | None]:
    try:
        return accept(one, value), None
    except (errors.ValueRefused, errors.MarkRefused) as refusal:
        return value, refusal


@given(kinds, st.floats(1, 400), st.floats(1, 200), st.booleans())
def test_paths_and_pictures_stay_inside_the_field_whatever_its_size(
    kind: str, width: float, height: float, filled: bool
) -> None:
    one = of(kind, width, height)
    drawing = draw(one, value_for(one) if filled else None, METRICS)
    assert all(box.within(Size(width, height)) for box in bounds(drawing))


@given(kinds, st.floats(0, 3), st.floats(0, 3))
def test_text_stays_inside_a_field_that_is_not_below_its_smallest_size(
    kind: str, wider: float, higher: float
) -> None:
    least = KINDS[kind].minimum_size
    one = of(kind, max(least.width, 40) * (1 + wider), max(least.height, 12) * (1 + higher))
    for run in draw(one, short(one), METRICS).runs:
        assert Rect(run.x, run.y - 0.9 * run.size, run.width, 1.2 * run.size).within(one.rect.size)


def short(one: Field) -> Value:
    """Few enough letters for the smallest field; marks and choices as they are."""
    value = value_for(one)
    if one.kind == "email":
        return "j@ex.com"
    if one.kind == "attachment":
        return replace(HANDED_IN, name="a.pdf", size=9)
    return "Jane" if value == "Jane Smith" else value


@every_kind
def test_a_refusal_names_the_field_as_people_know_it(kind: str) -> None:
    one = replace(of(kind), mapping_key="the_key")
    wrong: Value = PICTURE if not isinstance(value_for(one), PictureValue) else True
    with pytest.raises(errors.ValueRefused) as refused:
        accept(one, wrong)
    assert refused.value.field == "the_key"


@every_kind
def test_a_read_only_field_keeps_the_senders_value(kind: str) -> None:
    one = of(kind)
    sender: Value = accept(one, value_for(one))
    locked = replace(one, read_only=True, value=sender)
    assert accept(locked, sender) == sender
    with pytest.raises(errors.ValueRefused) as refused:
        accept(locked, "something else")
    assert refused.value.rule == "read_only"


@every_kind
def test_what_the_room_offers_is_acceptable(kind: str) -> None:
    offered = KINDS[kind].default_for("Jane Smith", "jane@example.com", "2026-01-31")
    if offered is not None:
        assert accept(of(kind), offered) == offered


def test_the_room_offers_what_it_knows_about_the_recipient() -> None:
    offered = {name: kind.default_for("Jane", "jane@example.com", "2026-01-31") for name, kind in KINDS.items()}
    assert {name: value for name, value in offered.items() if value is not None} == {
        "name": "Jane",
        "email": "jane@example.com",
        "date": "2026-01-31",
        "date_signed": "2026-01-31",
    }
    assert KINDS["email"].default_for("Jane", "", "2026-01-31") is None


@every_kind
@pytest.mark.parametrize("key", ["minimum", "maximum", "max_length", "pattern"])
def test_a_demand_nobody_would_check_is_refused_when_the_field_is_made(kind: str, key: str) -> None:
    demand = {"minimum": "1", "maximum": "1", "max_length": 5, "pattern": "a"}[key]
    one = replace(of(kind), constraint=Constraint(**{key: demand}))
    if key in KINDS[kind].demands and not kind.startswith("date"):
        check(one, "fields[3]")
        return
    with pytest.raises(errors.SpecError) as refused:
        check(one, "fields[3]")
    assert refused.value.path == f"fields[3].{key}"


@every_kind
@pytest.mark.parametrize("size", [-1, 0, 3, 1000, float("nan"), float("inf")])
def test_a_text_size_no_eye_can_read_is_refused(kind: str, size: float) -> None:
    with pytest.raises(errors.SpecError) as refused:
        check(replace(of(kind), style=TextStyle(size_pt=size)), "fields[0]")
    assert refused.value.path == "fields[0].font_size"


@pytest.mark.parametrize(
    ("kind", "value"),
    [("number", "twelve"), ("date", "31.01.2026"), ("email", "jane"), ("dropdown", "green"), ("signature", "x")],
)
def test_a_senders_own_value_must_fit_the_field(kind: str, value: Value) -> None:
    with pytest.raises(errors.SpecError) as refused:
        check(replace(of(kind), value=value), "fields[2]")
    assert refused.value.path == "fields[2].value"


def test_a_senders_empty_value_is_no_reason_to_refuse_a_required_field() -> None:
    check(replace(of("text"), value=""), "fields[0]")
    check(replace(of("checkbox"), value=False), "fields[0]")


def test_a_mark_that_is_none_is_refused_as_a_senders_value_too() -> None:
    with pytest.raises(errors.SpecError) as refused:
        check(replace(of("signature"), value=Mark("typed")), "fields[0]")
    assert refused.value.path == "fields[0].value"


def test_people_know_a_field_by_its_key_then_its_label_then_its_kind() -> None:
    one = replace(of("text"), label="Place", mapping_key="place_key")
    assert one.name == "place_key"
    assert replace(one, mapping_key=None).name == "Place"
    assert replace(one, mapping_key=None, label="").name == "text"
    assert one.at(Rect(1, 2, 3, 4)).page == one.page
    assert one.at(Rect(1, 2, 3, 4), 2).page == 2
