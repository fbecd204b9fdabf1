"""What a screen reader says about fields and what happens to them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.fields.base import Field
from app.domain.fields.condition import Condition, Effect, Group, Op, Test
from app.domain.geometry import Rect
from app.domain.ids import FieldId
from app.ui.models.lengths import Unit
from app.ui.models.narration import choice_words, field_words, step_words
from tests.support.drafts import draft, field, recipient

MM = 72 / 25.4
ONE = field(1, "signature", label="", rect=Rect(40 * MM, 210 * MM, 160, 40))
TWO = field(2, "text", rect=Rect(0, 0, 100, 20))
WHOLE = draft([recipient("buyer", name="Ana Ruiz")], (ONE, TWO))
SHOWN = Condition(Effect.SHOW, (Group((Test(TWO.id, Op.FILLED),)),))


def test_a_field_is_told_by_kind_owner_and_place() -> None:
    owner = WHOLE.recipient(ONE.recipient or "").name
    words = f"Signature, {owner}, page 1, 40 mm from left, 210 mm from top, required"
    assert field_words(WHOLE, ONE, Unit.MM) == words


@pytest.mark.parametrize(
    ("changed", "word"),
    [
        (replace(ONE, label="Your name"), "Signature, Your name, "),
        (replace(ONE, read_only=True), ", read-only"),
        (replace(ONE, locked=True), ", locked"),
        (replace(ONE, linked="set"), ", repeated on other pages"),
        (replace(ONE, conditions=(SHOWN,)), ", with a condition"),
    ],
)
def test_what_is_special_about_a_field_is_told(changed: Field, word: str) -> None:
    assert word in field_words(WHOLE, changed, Unit.MM)
    assert word not in field_words(WHOLE, ONE, Unit.MM)


def test_what_is_optional_is_not_called_required() -> None:
    assert "required" not in field_words(WHOLE, replace(ONE, required=False), Unit.MM)


def test_each_step_tells_what_it_did() -> None:
    empty = replace(WHOLE, fields=())
    moved = replace(WHOLE, fields=(ONE.at(Rect(0, 0, 160, 40)), TWO))
    grown = replace(WHOLE, fields=(ONE.at(replace(ONE.rect, width=144)), TWO))
    told = {
        "placed": step_words(replace(WHOLE, fields=(TWO,)), WHOLE, Unit.IN),
        "several": step_words(empty, WHOLE, Unit.MM),
        "deleted": step_words(WHOLE, replace(WHOLE, fields=(TWO,)), Unit.MM),
        "gone": step_words(WHOLE, empty, Unit.MM),
        "moved": step_words(WHOLE, moved, Unit.PT),
        "grown": step_words(WHOLE, grown, Unit.IN),
    }
    owner = WHOLE.recipient(ONE.recipient or "").name
    assert told["placed"].startswith(f"Signature, {owner}, page 1, 1.575 in from left")
    assert told["several"] == "2 fields placed"
    assert told["deleted"] == f"Deleted: Signature, {owner}, page 1"
    assert told["gone"] == "2 fields deleted"
    assert "0 pt from left, 0 pt from top" in told["moved"]
    assert told["grown"] == f"Signature, {owner}, 2 by 0.556 in"


def test_what_is_not_seen_on_a_page_is_left_to_the_panel() -> None:
    renamed = replace(WHOLE, fields=(replace(ONE, help="Sign here"), TWO))
    assert step_words(WHOLE, renamed, Unit.MM) == ""


def test_a_choice_is_told_by_its_field_or_its_number() -> None:
    assert choice_words(WHOLE, (), Unit.MM) == "Nothing selected"
    assert choice_words(WHOLE, (TWO,), Unit.MM) == field_words(WHOLE, TWO, Unit.MM)
    assert choice_words(WHOLE, (ONE, TWO), Unit.MM) == "2 fields selected"


def test_ids_decide_what_is_the_same_field() -> None:
    other = replace(WHOLE, fields=(replace(ONE, id=FieldId("other")), TWO))
    assert step_words(WHOLE, other, Unit.MM).count(". ") == 1
