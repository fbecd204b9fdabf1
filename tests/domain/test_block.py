"""Fields that belong together."""

from __future__ import annotations

from dataclasses import replace
from itertools import count

import pytest

from app.domain.block import made_of, placed
from app.domain.errors import SpecError
from app.domain.fields.base import Field
from app.domain.fields.condition import Condition, Effect, Group, Op, Test
from app.domain.geometry import Point, Rect, Size
from app.domain.ids import DocumentId, FieldId
from tests.support.drafts import PICTURE, field


def when(name: str) -> tuple[Condition, ...]:
    return (Condition(Effect.SHOW, (Group((Test(FieldId(name), Op.FILLED),)),)),)


def signing_block() -> tuple[Field, ...]:
    return (
        field(1, "signature", rect=Rect(100, 200, 200, 50)),
        field(2, "name", rect=Rect(100, 260, 120, 20), conditions=when("F1")),
        field(3, "date", rect=Rect(230, 260, 70, 20), conditions=when("F9"), linked="set", tab_index=3),
    )


def test_a_block_keeps_relative_places_and_what_its_fields_say_about_each_other() -> None:
    block = made_of(" Signing ", signing_block())
    assert (block.name, block.size, block.roles) == ("Signing", Size(200, 80), ("buyer",))
    assert [f.rect for f in block.fields] == [Rect(0, 0, 200, 50), Rect(0, 60, 120, 20), Rect(130, 60, 70, 20)]
    assert [len(f.conditions) for f in block.fields] == [0, 1, 0]
    assert (block.fields[2].linked, block.fields[2].tab_index) == (None, None)


def test_pictures_stay_behind() -> None:
    block = made_of("Stamp", [field(1, "stamp", value=PICTURE), field(2, "text", value="Berlin")])
    assert [f.value for f in block.fields] == [None, "Berlin"]


def put(at: Point) -> tuple[Field, ...]:
    numbers = count(1)
    block = made_of("Signing", signing_block())
    return placed(
        block, DocumentId("D2"), 4, Size(600, 800), at, lambda: FieldId(f"N{next(numbers)}"), {"buyer": "seller"}
    )


def test_a_block_is_put_down_for_somebody_else_with_new_fields() -> None:
    fields = put(Point(50, 60))
    assert [f.rect for f in fields] == [Rect(50, 60, 200, 50), Rect(50, 120, 120, 20), Rect(180, 120, 70, 20)]
    assert {(f.document, f.page, f.recipient) for f in fields} == {("D2", 4, "seller")}
    assert fields[1].conditions[0].looks_at == (fields[0].id,)


def test_a_block_moves_onto_the_page_as_a_whole() -> None:
    fields = put(Point(590, -20))
    assert [f.rect for f in fields] == [Rect(400, 0, 200, 50), Rect(400, 60, 120, 20), Rect(530, 60, 70, 20)]


@pytest.mark.parametrize(("name", "fields"), [("", signing_block()), ("x" * 81, signing_block()), ("x", ())])
def test_a_block_has_a_name_and_fields(name: str, fields: tuple[Field, ...]) -> None:
    with pytest.raises(SpecError):
        made_of(name, fields)


def test_a_block_is_of_one_page() -> None:
    with pytest.raises(SpecError, match="one page"):
        made_of("x", [field(1), replace(field(2), page=2)])
