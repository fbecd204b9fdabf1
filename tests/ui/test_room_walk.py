"""The way from field to field."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.fields.registry import KINDS
from app.ui.models.room_walk import Control, automatic_of, control_of, place_of, shown_text, spoken, verb_of, walk_of
from tests.support.room import DRAWN, a_field, an_envelope


def test_the_walk_holds_what_a_hand_fills_in_reading_order() -> None:
    walk = walk_of(an_envelope(), "buyer")
    labels = [field.label for field in walk.fields]
    assert labels[:3] == ["Your name", "E-mail", "Rooms"]
    assert labels[-1] == "Second signature"
    assert "date_signed" not in {field.kind for field in walk.fields}
    assert [field.kind for field in automatic_of(an_envelope(), "buyer")] == ["date_signed"]


def test_next_goes_from_one_required_empty_field_to_the_next_and_round_again() -> None:
    walk = walk_of(an_envelope(), "buyer")
    first = walk.next_missing()
    assert first is not None
    assert first.label == "Your name"
    rooms = next(field for field in walk.fields if field.label == "Rooms")
    following = walk.next_missing(rooms.id)
    assert following is not None
    assert following.label == "Move in", "the optional remarks do not block the way"
    again = walk.next_missing(walk.fields[-1].id)
    assert again == first


def test_the_last_missing_field_is_next_also_from_itself() -> None:
    envelope = an_envelope([a_field("text", label="Only")])
    walk = walk_of(envelope, "buyer")
    assert walk.next_missing(walk.fields[0].id) == walk.fields[0]


def test_nothing_is_next_when_all_is_filled() -> None:
    envelope = an_envelope([a_field("signature")])
    filled = replace(envelope, values={envelope.fields[0].id: DRAWN})
    walk = walk_of(filled, "buyer")
    assert walk.done
    assert walk.next_missing() is None


def test_beside_ends_at_either_end() -> None:
    walk = walk_of(an_envelope(), "buyer")
    assert walk.beside(walk.fields[0].id, -1) is None
    assert walk.beside(walk.fields[-1].id, 1) is None
    assert walk.beside(walk.fields[1].id, -1) == walk.fields[0]


@pytest.mark.parametrize("kind", [name for name, kind in KINDS.items() if kind.needs_recipient and not kind.automatic])
def test_every_kind_a_hand_fills_has_a_control_and_a_verb(kind: str) -> None:
    field = a_field(kind, options=("One",))
    assert control_of(field) in Control
    assert verb_of(field)


def test_a_high_text_field_takes_several_lines() -> None:
    low = a_field("text")
    high = replace(low, rect=replace(low.rect, height=80))
    assert (control_of(low), control_of(high)) == (Control.TEXT, Control.LINES)


def test_a_screen_reader_hears_what_is_wanted_and_where() -> None:
    envelope = an_envelope()
    signature = next(field for field in envelope.fields if field.label == "Signature")
    assert spoken(envelope, signature, None, True) == "Signature, required, still to be filled, page 2"
    assert spoken(envelope, signature, DRAWN, False) == "Signature, required, drawn by hand, page 2"
    assert place_of(envelope, signature) == "page 2"
    assert shown_text(a_field("checkbox"), True) == "yes"
