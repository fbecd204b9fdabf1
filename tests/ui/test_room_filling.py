"""Filling in fields on the page."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QDate, QLocale, Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from app.ui.models.room import Screen
from app.ui.models.room_speech import speak
from app.ui.room.entries.choice import ChoiceEntry
from app.ui.room.entries.date import DateEntry
from app.ui.room.fields import FieldLayer
from tests.ui import room_seat
from tests.ui.room_seat import SeatFor

seat = room_seat.seat


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    yield
    speak("en")


SHIFT = Qt.KeyboardModifier.ShiftModifier


def test_what_does_not_fit_is_said_beside_the_field_and_the_person_stays(seat: SeatFor) -> None:
    person, desk = seat()
    person.begin()
    person.go_to("E-mail")
    person.room.focusWidget().selectAll()  # type: ignore[union-attr]
    person.write("jane at home")
    person.press("Next")
    filling = person.sitting.document.filling
    assert "name@example.com" in filling.said
    assert filling.entry is not None
    assert person.model.current is not None
    assert person.model.current.label == "E-mail"
    assert not desk.shelf.envelope.values
    person.room.focusWidget().selectAll()  # type: ignore[union-attr]
    person.write("jane@example.org")
    assert not filling.said, "the complaint goes as soon as it is taken to heart"
    person.key(Qt.Key.Key_Return)
    assert person.value("E-mail") == "jane@example.org"


def test_esc_gives_up_the_field_and_never_the_room(seat: SeatFor) -> None:
    person, desk = seat()
    person.begin()
    person.go_to("Your name")
    person.write("Somebody")
    person.key(Qt.Key.Key_Escape)
    person.key(Qt.Key.Key_Escape)
    person.key(Qt.Key.Key_Escape)
    assert person.room.isVisible()
    assert person.model.screen is Screen.WALK
    assert not desk.shelf.envelope.values


def test_a_pause_in_writing_stores_what_stands_there(seat: SeatFor, qtbot: QtBot) -> None:
    person, desk = seat()
    person.begin()
    person.go_to("Remarks")
    person.write("The tap drips")
    qtbot.waitUntil(lambda: bool(desk.shelf.envelope.values), timeout=3000)
    assert person.value("Remarks") == "The tap drips"
    assert person.sitting.document.filling.entry is not None, "and the person goes on writing"


def test_pressing_elsewhere_leaves_the_field_and_stores_it(seat: SeatFor) -> None:
    person, _ = seat()
    person.begin()
    person.go_to("Remarks")
    person.write("No pets")
    person.sitting.document.view.setFocus()
    person.wait_idle()
    assert person.value("Remarks") == "No pets"


def test_every_field_can_be_pressed_out_of_order(seat: SeatFor) -> None:
    person, _ = seat()
    person.begin()
    tick = person.go_to("House rules read")
    person.click(tick)
    assert person.value("House rules read") is True
    assert person.model.current is not None
    assert person.model.current.label == "House rules read"


def test_shift_enter_goes_back_and_tab_goes_to_the_next_field_whatever_it_is(seat: SeatFor) -> None:
    person, _ = seat()
    person.begin()
    person.go_to("Rooms")
    person.key(Qt.Key.Key_Return, SHIFT)
    assert person.model.current is not None
    assert person.model.current.label == "E-mail"
    person.go_to("House rules read")
    person.key(Qt.Key.Key_Tab)
    assert person.model.current.label == "Initials"
    person.key(Qt.Key.Key_Backtab, SHIFT)
    assert person.model.current.label == "House rules read"


def test_a_date_is_picked_in_the_calendar_or_written(seat: SeatFor) -> None:
    person, _ = seat()
    person.begin()
    person.go_to("Move in")
    entry = person.sitting.document.filling.entry
    assert isinstance(entry, DateEntry)
    line = entry.findChild(QLineEdit)
    assert line is not None
    line.selectAll()
    person.write("2027-02-30")
    person.key(Qt.Key.Key_Return)
    assert "2026-01-31" in person.sitting.document.filling.said
    person.press("Open the calendar")
    entry._calendar.clicked.emit(QDate(2027, 3, 1))
    person.wait_idle()
    assert person.value("Move in") == "2027-03-01"


def test_a_choice_is_made_with_the_arrows(seat: SeatFor) -> None:
    person, _ = seat()
    person.begin()
    person.go_to("Heating")
    assert isinstance(person.sitting.document.filling.entry, ChoiceEntry)
    person.key(Qt.Key.Key_Down)
    person.key(Qt.Key.Key_Return)
    assert person.value("Heating") == "Wood"


def test_a_field_on_the_walk_stands_in_the_upper_half_and_its_control_is_high_enough_to_touch(seat: SeatFor) -> None:
    person, _ = seat()
    person.begin()
    person.go_to("Floor")
    document = person.sitting.document
    box = document.fields.box_of(person.field("Floor").field)
    assert 0 < box.center().y() < document.view.viewport().height() / 2
    assert document.filling.entry is not None
    assert document.filling.entry.height() >= 44


def test_the_list_of_what_is_left_leads_to_each_field(seat: SeatFor) -> None:
    person, _ = seat()
    person.begin()
    header = person.sitting.document.header
    assert header._left.text() == "10 of 10 left"
    actions = header.list_of_left().actions()
    assert len(actions) == 10
    next(action for action in actions if action.text().startswith("Heating")).trigger()
    assert person.model.current is not None
    assert person.model.current.label == "Heating"


def test_a_required_tick_can_be_taken_back(seat: SeatFor) -> None:
    person, desk = seat()
    person.begin()
    tick = person.go_to("House rules read")
    person.click(tick)
    person.click(tick)
    assert person.value("House rules read") is None
    assert desk.shelf.events[-1] == "field_cleared"
    assert person.field("House rules read").field in person.model.walk.missing


def test_a_required_text_can_be_emptied_and_is_asked_for_again(seat: SeatFor) -> None:
    person, _ = seat()
    person.begin()
    person.go_to("Rooms")
    person.write("3")
    person.key(Qt.Key.Key_Return)
    person.go_to("Rooms")
    person.key(Qt.Key.Key_Backspace)
    person.press("Next")
    assert person.value("Rooms") is None


def test_days_and_numbers_are_typed_and_read_in_the_persons_own_form(seat: SeatFor) -> None:
    person, desk = seat()
    person.begin()
    person.model.choose_language("de")
    person.settle()
    person.go_to("Move in")
    entry = person.sitting.document.filling.entry
    assert isinstance(entry, DateEntry)
    line = entry.findChild(QLineEdit)
    assert line is not None
    assert line.text() == "20.11.2026", "the form of the field is 2026-11-20"
    assert entry._calendar.locale().language() is QLocale.Language.German
    line.selectAll()
    person.write("3.4.2027")
    person.key(Qt.Key.Key_Return)
    person.go_to("Rooms")
    person.write("1.234,5")
    person.key(Qt.Key.Key_Return)
    assert person.value("Move in") == "2027-04-03"
    assert person.value("Rooms") == "1234.5"
    assert desk.shelf.envelope.values
    person.go_to("Rooms")
    again = person.room.focusWidget()
    assert isinstance(again, QLineEdit)
    assert again.text() == "1234,5"


def test_a_window_may_be_sized_before_the_envelope_is_read(seat: SeatFor) -> None:
    person, _ = seat()
    assert not person.model.is_open
    (layer,) = person.room.findChildren(FieldLayer)
    layer.place()
    person.enter()
    assert person.model.is_open
