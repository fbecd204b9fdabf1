"""What the editor can say, a spec can say, and show repeats it; stored and read again it is the same."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from app import codec
from app.domain import errors
from app.domain.envelope import Envelope
from app.domain.fields.base import PictureValue
from app.domain.fields.condition import Effect, Match, Op
from app.services import condition_words, describing, reading, spec, specifying, styling
from app.services.house import House
from app.services.spec import parse
from tests.journeys.test_geometry import picture
from tests.support.pages import write_pdf

STYLE = {"font": "sans", "font_size": 9, "bold": True, "colour": "#102030", "date_format": "%d.%m.%Y",
         "time_zone": "Europe/Berlin", "language": "de"}  # fmt: skip


def lease(**more: Any) -> dict[str, Any]:
    """Married shows Spouse; a total is computed; an IBAN has a comb."""
    common = {"recipient": "buyer", "page": 1, "x": 72, "width": 200, "height": 20}
    return {
        "title": "Lease",
        "style": STYLE,
        "documents": [{"path": "lease.pdf"}],
        "recipients": [{"role": "buyer", "name": "Ann"}],
        "fields": [
            {**common, "type": "checkbox", "y": 100, "width": 18, "label": "Married", "required": False},
            {**common, "type": "text", "y": 130, "label": "Spouse", "tab_index": 2, "conditions": [
                {"tests": [{"field": "Married", "op": "checked"}]}]},
            {**common, "type": "number", "y": 160, "mapping_key": "rent", "value": "800"},
            {**common, "type": "number", "y": 190, "mapping_key": "deposit", "formula": "round(rent * 3, 2)",
             "conditions": [{"effect": "require", "match": "any", "groups": [
                 {"tests": [{"field": "rent", "op": "above", "value": 500}]},
                 {"match": "any", "tests": [{"field": "#1", "op": "unchecked"}]}]}]},
            {**common, "type": "text", "y": 220, "mapping_key": "iban", "preset": "iban", "comb": 22,
             "tooltip": "Where the deposit goes", "locked": True, "linked": "set", "colour": "#0000ff", "font_size": 8},
            {**common, "type": "text", "y": 250, "height": 60, "label": "Remarks", "multiline": True, "bold": False,
             "required": False},
            {**common, "type": "signature", "y": 330, "height": 50},
        ],
        **more,
    }  # fmt: skip


def made(house: House, folder: Path, body: dict[str, Any]) -> Envelope:
    write_pdf(folder / "lease.pdf", 2)
    changes = specifying.new(house, parse(json.dumps(body), folder))
    return reading.envelope(house, changes.one("envelope"))


def test_every_word_of_the_editor_is_taken_over(house: House, tmp_path: Path) -> None:
    envelope = made(house, tmp_path, lease())
    married, spouse, _, deposit, iban, remarks, _ = envelope.fields
    assert (envelope.style.time_zone, envelope.style.language, envelope.style.size_pt) == ("Europe/Berlin", "de", 9)
    (shown,) = spouse.conditions
    assert (shown.effect, shown.looks_at, spouse.tab_index) == (Effect.SHOW, (married.id,), 2)
    (required,) = deposit.conditions
    assert (required.effect, required.match, len(required.groups)) == (Effect.REQUIRE, Match.ANY, 2)
    assert (required.groups[0].tests[0].op, required.groups[0].tests[0].value) == (Op.ABOVE, "500")
    assert deposit.formula == "round(rent * 3, 2)"
    assert (iban.style.comb, iban.constraint.preset, iban.tooltip, iban.locked) == (
        22,
        "iban",
        "Where the deposit goes",
        True,
    )
    assert (iban.linked, iban.style.colour, iban.style.size_pt) == ("set", "#0000ff", 8)
    assert (remarks.style.multiline, remarks.style.bold) == (True, False)


def test_what_show_says_makes_the_same_envelope_again(house: House, tmp_path: Path) -> None:
    first = made(house, tmp_path, lease())
    told = json.loads(json.dumps(describing.whole(first), default=str))
    again = lease(
        style=told["style"],
        fields=[{k: v for k, v in f.items() if k not in ("id",)} for f in told["fields"]],
    )
    second = made(house, tmp_path, again)
    retold = json.loads(json.dumps(describing.whole(second), default=str))
    keep = [{k: v for k, v in f.items() if k != "id"} for f in told["fields"]]
    assert [{k: v for k, v in f.items() if k != "id"} for f in retold["fields"]] == keep
    assert retold["style"] == told["style"]


def test_stored_and_read_again_it_is_the_same(house: House, tmp_path: Path) -> None:
    envelope = made(house, tmp_path, lease())
    assert codec.decode_text(Envelope, codec.encode_text(envelope)) == envelope


def test_an_envelope_stored_before_there_was_all_this_can_be_read(house: House, tmp_path: Path) -> None:
    data = codec.encode(made(house, tmp_path, lease()))
    del data["style"]
    for field in data["fields"]:
        for key in ("tooltip", "tab_index", "formula", "conditions", "linked"):
            del field[key]
        field["style"] = {"face": "sans", "size_pt": None, "align": "left"}
        field["date_format"] = "%Y-%m-%d"
        del field["constraint"]["preset"]
    for document in data["documents"]:
        for key in ("conditions", "encrypted", "xfa"):
            del document[key]
    old = codec.decode(Envelope, data)
    assert old.fields[1].conditions == ()
    assert old.styled(old.fields[1]).style.face == "sans"


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"style": {"font": "comic"}}, "style.font"),
        ({"style": {"shape": 1}}, "style.shape"),
        ({"conditions": [{"tests": [{"field": "Nobody", "op": "filled"}]}]}, "fields[0].conditions[0].tests[0].field"),
        ({"conditions": [{"tests": [{"field": "#9", "op": "filled"}]}]}, "fields[0].conditions[0].tests[0].field"),
        ({"conditions": [{}]}, "fields[0].conditions[0]"),
        (
            {"conditions": [{"tests": [{"field": "#1", "op": "is"}]}]},
            "fields[0].conditions[0].groups[0].tests[0].value",
        ),
        ({"conditions": [{"tests": [{"field": "#1", "op": "likes"}]}]}, "fields[0].conditions[0].tests[0].op"),
        ({"formula": "1 +"}, "fields[0].formula"),
        ({"preset": "nonsense"}, "fields[0].preset"),
        ({"comb": 0}, "fields[0].comb"),
        ({"tab_index": 0}, "fields[0].tab_index"),
        ({"colour": "red"}, "fields[0].colour"),
    ],
)
def test_a_wrong_word_is_refused_with_its_path(house: House, tmp_path: Path, change: dict[str, Any], path: str) -> None:
    body = lease()
    if "style" in change:
        body |= change
    else:
        place = {"recipient": "buyer", "page": 1, "x": 72, "y": 100}
        body["fields"] = [{"type": "text", **place, **change}]
    with pytest.raises(errors.SpecError) as refused:
        made(house, tmp_path, body)
    assert refused.value.path == path
    assert reading.page(house, reading.Query()).total == 0


def test_a_document_may_be_shown_on_a_condition(house: House, tmp_path: Path) -> None:
    write_pdf(tmp_path / "annex.pdf")
    when = [{"tests": [{"field": "Married", "op": "checked"}]}]
    envelope = made(
        house, tmp_path, lease(documents=[{"path": "lease.pdf"}, {"path": "annex.pdf", "conditions": when}])
    )
    assert envelope.documents[1].conditions[0].looks_at == (envelope.fields[0].id,)
    told = describing.whole(envelope)["documents"][1]["conditions"]
    assert told[0]["groups"][0]["tests"] == [{"field": "Married", "op": "checked", "value": ""}]


def test_a_stamp_is_given_as_the_path_of_a_picture(house: House, tmp_path: Path) -> None:
    picture(tmp_path / "stamp.png", 30, 20)
    stamp = {"type": "stamp", "recipient": "buyer", "page": 1, "x": 10, "y": 10, "value": "stamp.png"}
    envelope = made(house, tmp_path, lease(fields=[stamp]))
    value = envelope.fields[0].value
    assert isinstance(value, PictureValue)
    assert (value.width, value.height) == (30, 20)
    with pytest.raises(errors.FileMissing):
        made(house, tmp_path, lease(fields=[{**stamp, "value": "nothing.png"}]))


def test_the_schema_names_every_new_key() -> None:
    schema = spec.schema()
    field = schema["$defs"]["FieldSpec"]["properties"]
    new = {"conditions", "formula", "preset", "comb", "multiline", "tooltip", "tab_index", "locked", "linked", "bold"}
    assert new <= set(field)
    assert "style" in schema["properties"]


def test_conditions_are_sentences(house: House, tmp_path: Path) -> None:
    envelope = made(house, tmp_path, lease())
    assert condition_words.sentences(envelope, envelope.fields[1]) == ("Show *Spouse* when *Married* is checked",)
    (words,) = condition_words.sentences(envelope, envelope.fields[3])
    assert words == "Require *deposit* when *rent* is above “500” or *Married* is not checked"
    assert Op.CHECKED in condition_words.ops_for(envelope.fields[0])
    assert set(condition_words.OPS) == set(Op)


def test_a_style_is_set_taken_from_a_field_and_given_back(house: House, tmp_path: Path) -> None:
    envelope = made(house, tmp_path, lease())
    iban = envelope.fields[4]
    assert styling.overrides(iban) == ("size_pt", "colour")
    styling.make_default(house, envelope.id, iban.id)
    after = reading.envelope(house, envelope.id)
    assert (after.style.colour, after.style.size_pt) == ("#0000ff", 8)
    assert styling.overrides(after.fields[4]) == ()
    assert after.fields[4].style.comb == 22
    styling.reset_overrides(house, envelope.id, [f.id for f in after.fields])
    styling.set_style(house, envelope.id, envelope.style)
    last = reading.envelope(house, envelope.id)
    assert last.style == envelope.style
    assert not any(styling.overrides(f) for f in last.fields)
