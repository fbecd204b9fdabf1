"""Where the sender wants each signature to be confirmed by itself."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QCheckBox

from app.domain.envelope import Envelope
from app.domain.errors import ConfirmEach
from app.ui.models.room import Screen
from tests.support.room import DRAWN, a_field, an_envelope
from tests.ui import room_seat
from tests.ui.room_hands import Person
from tests.ui.room_seat import SeatFor

seat = room_seat.seat
LABELS = ("First", "Second", "Third")


def three() -> Envelope:
    fields = [a_field("signature", y=150 + 150 * n, label=label) for n, label in enumerate(LABELS)]
    return replace(an_envelope(fields), confirm_each_field=True)


def filled(person: Person) -> list[bool]:
    return [person.value(label) is not None for label in LABELS]


def test_a_signature_made_once_is_placed_by_a_press_on_each_field(seat: SeatFor) -> None:
    person, desk = seat(three())
    person.begin()
    person.click(person.go_to("First"))
    person.read("The sender wants each place confirmed by itself")
    assert not [box for box in person.sheet.findChildren(QCheckBox) if box.isVisible() and "all" in box.text()]
    person.draw_signature()
    person.place()
    assert filled(person) == [True, False, False]
    person.click(person.go_to("Second"))
    assert filled(person) == [True, True, False]
    person.click(person.go_to("Third"))
    assert filled(person) == [True, True, True]
    assert desk.shelf.events.count("adopted") == 1
    assert desk.shelf.events.count("field_filled") == 3
    person.press("Finish")
    person.wait_for(Screen.REVIEW)


def test_otherwise_one_act_may_place_them_all(seat: SeatFor) -> None:
    person, _ = seat(replace(three(), confirm_each_field=False))
    person.begin()
    person.click(person.go_to("First"))
    assert "each place confirmed by itself" not in person.seen()
    person.draw_signature()
    (everywhere,) = [box for box in person.sheet.findChildren(QCheckBox) if "all" in box.text()]
    everywhere.setChecked(True)
    person.place()
    assert filled(person) == [True, True, True]


def test_not_even_by_the_desk_are_several_placed_at_once(seat: SeatFor) -> None:
    person, desk = seat(three())
    person.begin()
    with pytest.raises(ConfirmEach):
        desk.fill({field.id: DRAWN for field in person.model.walk.fields})
    assert filled(person) == [False, False, False]
