"""Somebody signs: the whole way with mouse and keyboard, and every turn it may take."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QRadioButton
from pytestqt.qtbot import QtBot

from app.domain import errors
from app.domain.envelope import CopyMode, Envelope, EnvelopeStatus
from app.domain.mark import Mark
from app.ui.models.room import Screen
from app.ui.room.copies import CopySheet
from app.ui.room.entries.choice import ChoiceEntry
from app.ui.room.entries.date import DateEntry
from app.ui.room.hands import HandCard
from app.ui.room.locked import LockedRoom
from app.ui.room.pad import Pad
from app.ui.room.signature import TYPE
from app.ui.theme import Theme
from tests.support.inline_runner import InlineRunner
from tests.support.room import DRAWN, RoomDeskInMemory, a_field, an_envelope
from tests.ui.room_hands import LEFT, Person, draw, empty

SeatFor = Callable[..., tuple[Person, RoomDeskInMemory]]
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def seat(qtbot: QtBot, theme: Theme, runner: InlineRunner) -> Iterator[SeatFor]:
    rooms: list[LockedRoom] = []

    def make(envelope: Envelope | None = None, **habits: object) -> tuple[Person, RoomDeskInMemory]:
        desk = RoomDeskInMemory(envelope or an_envelope(), **habits)  # type: ignore[arg-type]
        rooms.append(LockedRoom(desk, runner))
        return Person(qtbot, rooms[-1]), desk

    yield make
    empty(rooms)
    assert not runner.failures


# -- the whole way --------------------------------------------------------------------------------------------


def test_somebody_signs_from_handover_to_thanks(seat: SeatFor) -> None:
    person, desk = seat()
    person.begin()
    person.press("Start")
    person.key(Qt.Key.Key_Return)  # the name is offered
    person.write("jane@example.com")
    person.key(Qt.Key.Key_Return)
    person.write("3,5")
    person.key(Qt.Key.Key_Return)
    person.key(Qt.Key.Key_Return)  # today's date is offered
    person.key(Qt.Key.Key_Return)  # the tick
    assert person.value("House rules read") is True
    person.key(Qt.Key.Key_Return)
    person.key(Qt.Key.Key_Return)  # the initials' sheet
    person.sheet.choose(TYPE)
    person.place()
    person.key(Qt.Key.Key_Return)
    person.click(person.room.findChildren(QRadioButton)[-1])
    person.key(Qt.Key.Key_Return)
    person.key(Qt.Key.Key_Return)
    assert person.model.current is not None
    assert person.model.current.label == "Signature"
    person.key(Qt.Key.Key_Return)
    person.draw_signature()
    person.press("Use for all 2 of my signature fields")
    person.place()
    person.press("Finish")
    assert person.model.screen is Screen.REVIEW
    person.press("Sign and finish")
    person.wait_for(Screen.THANKS)
    person.read("Thank you, Jane")
    values = desk.shelf.envelope.values
    assert values[person.field("Rooms").field.id] == "3.5"
    assert isinstance(values[person.field("Second signature").field.id], Mark)
    assert desk.shelf.events.count("signed") == 1


def test_pages_that_were_on_the_screen_are_noted_and_told(seat: SeatFor, qtbot: QtBot) -> None:
    person, desk = seat()
    person.enter()
    person.take_over()
    qtbot.waitUntil(lambda: desk.shelf.events.count("page_shown") == 1, timeout=3000)
    person.read("You have seen 1 of 2 pages.")
    view = person.sitting.document.view
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    qtbot.waitUntil(lambda: desk.shelf.events.count("page_shown") == 2, timeout=3000)
    person.read("You have seen 2 of 2 pages.")


def test_after_the_first_signer_the_second_is_handed_the_device(seat: SeatFor) -> None:
    person, desk = seat(an_envelope([a_field("signature", label="Signature")]))
    told: list[str] = []
    person.room.next_signer.connect(told.append)
    sign_at_once(person)
    first = person.sitting
    person.press("Hand over to Bob Jones")
    assert told == ["seller"]
    assert person.sitting is not first, "nothing of the first person's is kept"
    assert person.model.screen is Screen.HANDOVER
    person.read("Bob Jones")
    assert "Jane Smith" not in person.seen()
    assert desk.shelf.events[-1] == "room_opened"


def sign_at_once(person: Person) -> None:
    person.begin()
    person.press("Start")
    person.key(Qt.Key.Key_Return)
    person.draw_signature()
    person.place()
    person.press("Finish")
    person.press("Sign and finish")
    person.wait_for(Screen.THANKS)


def test_fault_87_a_double_click_on_sign_makes_one_signature(seat: SeatFor, runner: InlineRunner) -> None:
    person, desk = seat(an_envelope([a_field("signature", label="Signature")]))
    person.begin()
    person.model.adopt(DRAWN, *mark_of(person), lambda: None, lambda _: None)
    person.press("Finish")
    runner.held = True
    sign = person.find("Sign and finish")
    QTest.mouseDClick(sign, LEFT)
    QTest.mouseClick(sign, LEFT)
    QTest.mouseDClick(sign, LEFT)
    assert person.model.screen is Screen.SEALING
    runner.release()
    assert person.model.screen is Screen.THANKS
    assert desk.shelf.events.count("signed") == 1


def mark_of(person: Person):  # type: ignore[no-untyped-def]
    from app.ui.models.room_walk import Control

    return Control.SIGNATURE, person.model.walk.of_control(Control.SIGNATURE)


# -- handover and consent -------------------------------------------------------------------------------------


def test_a_card_that_was_seen_is_noted_with_its_last_digits(seat: SeatFor) -> None:
    person, desk = seat()
    person.enter()
    person.press("Passport seen")
    assert not person.sitting.handover._host._pass.isEnabled()
    person.sitting.handover._host._detail.setFocus()
    person.write("417")
    person.take_over()
    ceremony = desk.shelf.envelope.recipient("buyer").ceremony
    assert ceremony is not None
    assert ceremony.identified_by == "Passport seen, ends in 417"


def test_the_usual_way_of_identification_is_offered_in_the_hosts_own_words(seat: SeatFor) -> None:
    person, desk = seat(usual="Member of our club")
    person.enter()
    person.take_over()
    ceremony = desk.shelf.envelope.recipient("buyer").ceremony
    assert ceremony is not None
    assert ceremony.identified_by == "Member of our club"


def test_the_document_is_shown_only_to_somebody_who_said_who_they_are(seat: SeatFor) -> None:
    person, _ = seat()
    person.enter()
    assert not person.sitting.document.isVisible()
    person.press("Hand over to Jane Smith")
    person.press("I am somebody else")
    assert not person.sitting.document.isVisible()
    person.read("How do you know that this is Jane Smith?")


def test_an_access_code_is_asked_and_its_tries_are_counted(seat: SeatFor) -> None:
    person, _ = seat(an_envelope(code="1234"))
    person.enter()
    person.press("Hand over to Jane Smith")
    for left in ("4 tries are left", "3 tries are left"):
        person.write("0000")
        person.key(Qt.Key.Key_Return)
        person.read(left)
    person.write("1234")
    person.key(Qt.Key.Key_Return)
    assert person.model.screen is Screen.READING


def test_after_the_last_try_only_the_host_goes_on(seat: SeatFor) -> None:
    person, desk = seat(an_envelope(code="1234"))
    person.enter()
    person.press("Hand over to Jane Smith")
    for _ in range(5):
        person.write("0000")
        person.key(Qt.Key.Key_Return)
    person.read("No tries are left")
    assert not person.sitting.handover._signer._code.isEnabled()
    assert desk.shelf.events.count("access_denied") == 5


def test_consent_is_not_ticked_beforehand_and_nothing_goes_on_without_it(seat: SeatFor) -> None:
    person, desk = seat()
    person.enter()
    person.take_over()
    panel = person.sitting.document.consent
    assert not panel._tick.isChecked()
    assert not panel._go.isEnabled()
    assert panel._go.toolTip()
    assert "consented" not in desk.shelf.events
    person.press("Read the whole text")
    person.read("The whole text.")
    person.key(Qt.Key.Key_Escape)
    assert "The whole text." not in person.seen()
    person.agree()


def test_fields_cannot_be_filled_before_consent(seat: SeatFor) -> None:
    person, desk = seat()
    person.enter()
    person.take_over()
    QTest.mouseClick(person.field("Your name"), LEFT)
    assert person.sitting.document.filling.entry is None
    assert not desk.shelf.envelope.values


# -- filling --------------------------------------------------------------------------------------------------


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
    from PySide6.QtCore import QDate

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


# -- signing --------------------------------------------------------------------------------------------------


def test_a_dot_is_no_signature_and_is_told_so(seat: SeatFor) -> None:
    person, desk = seat()
    person.begin()
    person.click(person.go_to("Signature"))
    pad = person.sheet.findChild(Pad)
    assert pad is not None
    QTest.mouseClick(pad, LEFT)
    person.press("Place signature")
    person.read("too simple")
    assert not desk.shelf.envelope.values


def test_what_is_drawn_is_seen_in_the_real_field_before_it_is_placed(seat: SeatFor) -> None:
    person, desk = seat()
    person.begin()
    button = person.go_to("Signature")
    person.click(button)
    person.draw_signature()
    assert button._drawing is not None
    assert not button._drawing.empty
    assert not desk.shelf.envelope.values
    person.press("Back to the document")
    assert button._drawing is None, "what was not placed is gone"


def test_ctrl_z_takes_back_a_stroke(seat: SeatFor) -> None:
    person, _ = seat()
    person.begin()
    person.click(person.go_to("Signature"))
    person.draw_signature()
    pad = person.sheet.findChild(Pad)
    assert pad is not None
    assert len(pad.strokes) == 2
    person.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert len(pad.strokes) == 1


def test_an_adopted_signature_is_placed_with_one_press_each(seat: SeatFor) -> None:
    person, desk = seat()
    person.begin()
    person.click(person.go_to("Signature"))
    person.draw_signature()
    assert not person.sheet._all.isChecked(), "nobody signs twice by not looking"
    person.place()
    second = person.field("Second signature").field.id
    assert second not in desk.shelf.envelope.values
    person.click(person.go_to("Second signature"))
    assert desk.shelf.envelope.values[second] == person.value("Signature")
    assert desk.shelf.events.count("adopted") == 1


def test_initials_are_offered_typed_in_eight_hands(seat: SeatFor) -> None:
    person, _ = seat()
    person.begin()
    person.click(person.go_to("Initials"))
    person.sheet.choose(TYPE)
    cards = person.sheet.findChildren(HandCard)
    assert len(cards) == 8
    person.click(cards[0])
    person.place()
    placed = person.value("Initials")
    assert isinstance(placed, Mark)
    assert (placed.text, placed.hand) == ("JS", cards[0].hand)


def test_letters_no_hand_can_write_are_said_and_not_placed(seat: SeatFor) -> None:
    person, _ = seat()
    person.begin()
    person.click(person.go_to("Signature"))
    person.sheet.choose(TYPE)
    line = person.sheet.findChild(QLineEdit, options=Qt.FindChildOption.FindChildrenRecursively)
    assert line is not None
    person.sheet._hands._name.setText("田中")
    person.read("No hand here can write")
    assert not person.sheet._place.isEnabled()


# -- review, seal, and the ways out ---------------------------------------------------------------------------


def test_an_entry_can_be_changed_from_the_review(seat: SeatFor) -> None:
    person, _ = seat(an_envelope([a_field("text", label="Name of the cat")]))
    person.begin()
    person.press("Start")
    person.write("Tom")
    person.key(Qt.Key.Key_Return)
    assert person.model.screen is Screen.REVIEW
    person.press("Change Name of the cat, page 1")
    assert person.model.screen is Screen.WALK
    assert person.sitting.document.filling.entry is not None
    person.room.focusWidget().selectAll()  # type: ignore[union-attr]
    person.write("Felix")
    person.key(Qt.Key.Key_Return)
    person.read("Felix")
    person.press("Approve and finish")
    assert person.model.screen is Screen.THANKS


def test_a_seal_that_fails_says_what_to_do_and_offers_another_try(seat: SeatFor) -> None:
    person, desk = seat(an_envelope([a_field("text", label="Word")]))
    desk.fails_with = errors.SealNotMade(path="Lease", reason="the disk is full")
    person.begin()
    person.press("Start")
    person.write("Yes")
    person.key(Qt.Key.Key_Return)
    person.press("Approve and finish")
    person.read("the disk is full")
    person.press("Approve and finish")
    assert person.model.screen is Screen.THANKS
    assert "the disk is full" not in person.seen()


def test_declining_wants_a_reason_and_ends_in_a_clear_state(seat: SeatFor) -> None:
    person, desk = seat()
    person.begin()
    person.sitting.document.header.decline_wanted.emit()
    decline = next(
        b for b in person.room.findChildren(type(person.find("Back to the document"))) if b.text() == "Decline"
    )
    assert not decline.isEnabled()
    person.write("The rent is wrong")
    person.press("Decline")
    assert person.model.screen is Screen.DECLINED
    person.read("You have declined")
    assert desk.shelf.envelope.status is EnvelopeStatus.DECLINED


def test_refusing_consent_leads_to_declining_and_back(seat: SeatFor) -> None:
    person, desk = seat()
    person.enter()
    person.take_over()
    person.press("I do not agree")
    person.press("Back to the document")
    assert person.model.screen is Screen.READING
    assert desk.shelf.envelope.status is EnvelopeStatus.OUT


@pytest.mark.parametrize(
    ("copies", "offered"), [(CopyMode.ASK, True), (CopyMode.ALWAYS, True), (CopyMode.DISABLED, False)]
)
def test_a_copy_is_offered_as_the_sender_decided(seat: SeatFor, copies: CopyMode, offered: bool, tmp_path) -> None:  # type: ignore[no-untyped-def]
    person, desk = seat(an_envelope([a_field("text", label="Word")], copies=copies))
    person.begin()
    person.press("Start")
    person.write("Yes")
    person.key(Qt.Key.Key_Return)
    person.press("Approve and finish")
    person.find("Give the device back" if not offered else "Save a copy…")
    assert any(b.accessibleName() == "Save a copy…" for b in person.buttons()) is offered
    if offered:
        person.press("Save a copy…")
        sheet = person.sitting.layer.sheet
        assert isinstance(sheet, CopySheet)
        sheet.save(tmp_path)
        assert desk.shelf.copied_to == [tmp_path]
        person.read("Saved: 1 file.")


def test_a_wave_is_drawn_as_it_was_made(seat: SeatFor) -> None:
    person, desk = seat(an_envelope([a_field("signature", label="Signature")]))
    person.begin()
    person.press("Start")
    person.key(Qt.Key.Key_Return)
    pad = person.sheet.findChild(Pad)
    assert pad is not None
    draw(pad, 30)
    drawn = pad.strokes
    person.place()
    kept = desk.shelf.envelope.values[person.field("Signature").field.id]
    assert isinstance(kept, Mark)
    assert kept.strokes == drawn
