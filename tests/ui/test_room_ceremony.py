"""Somebody signs: the whole way by mouse and keyboard, and every way it may end."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QRadioButton
from pytestqt.qtbot import QtBot

from app.domain import errors
from app.domain.envelope import CopyMode, EnvelopeStatus
from app.domain.mark import Mark
from app.ui.models.room import Screen
from app.ui.models.room_walk import Control
from app.ui.room.copies import CopySheet
from app.ui.room.signature import TYPE
from tests.support.inline_runner import InlineRunner
from tests.support.room import DRAWN, a_field, an_envelope
from tests.ui import room_seat
from tests.ui.room_hands import LEFT, Person
from tests.ui.room_seat import SeatFor

seat = room_seat.seat
SHIFT = Qt.KeyboardModifier.ShiftModifier


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
    places = person.model.walk.of_control(Control.SIGNATURE)
    person.model.adopt(DRAWN, Control.SIGNATURE, places, lambda: None, lambda _: None)
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
    assert not person.sitting.handover._signer._codes[0].isEnabled()
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


def test_the_senders_words_reach_the_signer_and_nobody_before(seat: SeatFor) -> None:
    person, _ = seat(replace(an_envelope(), message="Please read page two."))
    person.enter()
    assert "page two" not in person.seen()
    person.press("Hand over to Jane Smith")
    person.read("The sender writes: Please read page two.")


def test_where_signers_are_hidden_from_each_other_the_next_one_is_not_named(seat: SeatFor) -> None:
    person, _ = seat(replace(an_envelope([a_field("signature", label="Signature")]), hide_other_signers=True))
    sign_at_once(person)
    person.find("Hand over to the next person")
    assert "Bob Jones" not in person.seen()
