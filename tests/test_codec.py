"""Values to JSON and back, and the path of what does not fit."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import codec
from app.domain.audit import Moment
from app.domain.envelope import Envelope
from app.domain.errors import SpecError
from app.domain.fields.base import Value
from app.domain.geometry import PageGeometry, Rect
from app.domain.mark import Mark
from tests.support.drafts import INK, PICTURE, TYPED, consented, filled, finished, sent, two_signers

PLACE = {"x": 0, "y": 0, "width": 1, "height": 1}


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


@dataclass(frozen=True)
class Thing:
    """As specs are: no key that is not declared."""

    __pydantic_config__ = {"extra": "forbid"}
    name: str
    colour: Colour = Colour.RED
    size: int = 1
    value: str | bool | None = None
    places: tuple[Rect, ...] = ()
    words: dict[str, str] = field(default_factory=dict)


def refused(data: object) -> SpecError:
    with pytest.raises(SpecError) as problem:
        codec.decode(Thing, data)
    with pytest.raises(SpecError) as same:
        codec.decode_text(Thing, json.dumps(data))
    assert same.value.path == problem.value.path
    return problem.value


@pytest.mark.parametrize("stage", ["draft", "out", "half", "done"])
def test_an_envelope_comes_back_as_it_went_at_every_stage(stage: str) -> None:
    out = sent(two_signers(metadata={"case": "42"}))
    envelope = {
        "draft": two_signers(),
        "out": out,
        "half": filled(consented(out, "buyer"), "buyer"),
        "done": finished(finished(out, "buyer"), "seller"),
    }[stage]
    assert codec.decode_text(Envelope, codec.encode_text(envelope)) == envelope
    assert codec.decode(Envelope, json.loads(json.dumps(codec.encode(envelope)))) == envelope


@pytest.mark.parametrize("value", ["text", "", "true", "2026-01-31", True, False, INK, TYPED, PICTURE])
def test_a_value_keeps_its_kind(value: Value) -> None:
    again = codec.decode(Value, codec.encode(value, Value))  # type: ignore[arg-type,var-annotated]
    assert again == value
    assert type(again) is type(value)


@given(st.text(st.characters(exclude_categories=["Cs"])), st.datetimes(timezones=st.just(UTC)))
def test_any_text_and_any_instant_survive(text: str, when: datetime) -> None:
    mark = replace(TYPED, text=text)
    assert codec.decode_text(Mark, codec.encode_text(mark)) == mark
    moment = Moment(when, 1, "boot")
    assert codec.decode_text(Moment, codec.encode_text(moment)) == moment


@given(*[st.floats(allow_nan=False, allow_infinity=False)] * 4)
def test_a_place_survives_to_the_last_bit(left: float, bottom: float, right: float, top: float) -> None:
    page = PageGeometry(left, bottom, right, top)
    assert codec.decode_text(PageGeometry, codec.encode_text(page)) == page


@pytest.mark.parametrize(
    ("data", "path", "problem"),
    [
        ({}, "name", "is missing"),
        ({"name": "a", "nmae": "b"}, "nmae", "unknown key"),
        ({"name": 5}, "name", "string"),
        ({"name": "a", "size": "many"}, "size", "integer"),
        ({"name": "a", "size": 1.5}, "size", "integer"),
        ({"name": "a", "colour": "green"}, "colour", "red"),
        ({"name": "a", "places": [PLACE, {"x": 0, "y": 0, "width": 1}]}, "places[1].height", "missing"),
        ({"name": "a", "places": [{**PLACE, "width": -1}]}, "places[0]", "not a rectangle"),
        ({"name": "a", "words": {"k": 5}}, "words.k", "string"),
        ({"name": "a", "value": 5}, "value", "string"),
        ([], "(the whole file)", ""),
    ],
)
def test_what_does_not_fit_is_named_by_its_path(data: object, path: str, problem: str) -> None:
    found = refused(data)
    assert found.path == path
    assert problem in found.problem


@pytest.mark.parametrize("text", ["", "{", "nonsense", '{"name": "a"} more', "[" * 100_000, b'"\xed\xa0\x80"'])
def test_what_is_no_json_is_refused_as_a_whole(text: str | bytes) -> None:
    with pytest.raises(SpecError) as problem:
        codec.decode_text(Thing, text)
    assert problem.value.path == "(the whole file)"


@pytest.mark.parametrize("number", ["NaN", "Infinity", "1e999"])
def test_a_place_of_no_number_is_none(number: str) -> None:
    with pytest.raises(SpecError) as problem:
        codec.decode_text(Rect, f'{{"x": {number}, "y": 0, "width": 1, "height": 1}}')
    assert "not a rectangle" in problem.value.problem


def test_the_schema_names_every_key_and_forbids_others() -> None:
    schema = codec.schema(Thing)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert set(schema["properties"]) == {"name", "colour", "size", "value", "places", "words"}
    assert schema["required"] == ["name"]
    assert schema["additionalProperties"] is False


def test_what_is_written_is_plain_json() -> None:
    thing = Thing("a", Colour.BLUE, places=(Rect(0, 1.5, 2, 3),), words={"k": "v"})
    assert codec.encode(thing) == {
        "name": "a",
        "colour": "blue",
        "size": 1,
        "value": None,
        "places": [{"x": 0, "y": 1.5, "width": 2, "height": 3}],
        "words": {"k": "v"},
    }
    assert json.loads(codec.encode_text(thing)) == codec.encode(thing)
