"""Several people at one device, and the ways to get up: later, elsewhere, somebody else; nobody's entries are lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QPlainTextEdit

from app.domain import one_time_code
from app.domain.ceremony import Stage
from app.domain.envelope import CopyMode, Envelope, Routing
from app.domain.fields.condition import Condition, Effect, Group, Op, Test
from app.domain.ids import RecipientId
from app.domain.recipient import Action, AuthMethod, Recipient
from app.ui.models.room import Screen
from app.ui.models.room_desk import Habits
from app.ui.models.room_speech import spoken_language
from app.ui.room.locked import LockedRoom
from tests.support.inline_runner import InlineRunner
from tests.support.room import DOCUMENT, RoomDeskInMemory, a_field, an_envelope
from tests.ui import room_seat
from tests.ui.room_hands import Person, empty
from tests.ui.room_seat import SeatFor

seat = room_seat.seat


def together() -> Envelope:
    """Both may act now."""
    return replace(an_envelope([a_field("text", label="Rooms"), a_field("signature", y=300, label="Signature")]),
                   routing=Routing.PARALLEL)  # fmt: skip


def in_the_box(person: Person, name: str, text: str) -> None:
    found = [w for w in person.room.findChildren(QLineEdit) + person.room.findChildren(QPlainTextEdit)
             if w.accessibleName() == name and w.isVisible()]  # fmt: skip
    found[0].setFocus()
    person.write(text)


def test_who_signs_later_comes_back_to_the_same_field(seat: SeatFor, runner: InlineRunner) -> None:
    person, desk = seat()
    person.begin()
    person.go_to("Rooms")
    person.sitting.document.header.later_wanted.emit()
    person.press("Sign later")
    person.read("You sign later")
    ceremony = desk.shelf.envelope.recipient("buyer").ceremony
    assert ceremony is not None
    assert ceremony.stage is Stage.AWAY
    again = Person(person._qtbot, LockedRoom(RoomDeskInMemory(desk.shelf.envelope, shelf=desk.shelf), runner))
    again.begin()
    assert again.model.current is not None
    assert again.model.current.label == "Rooms"
    empty([again.room])


def test_the_host_begins_with_somebody_else_and_nobody_is_lost(seat: SeatFor) -> None:
    person, desk = seat(together())
    person.enter()
    person.press("Somebody else first…")
    person.read("Bob Jones")
    person.press("Begin with Bob Jones")
    person.wait_for(Screen.HANDOVER)
    person.read("Bob Jones")
    assert "skipped" in desk.shelf.events
    assert {one.name for one in person.model.queue if one.may_sit} == {"Jane Smith", "Bob Jones"}


def test_who_would_rather_sign_elsewhere_is_noted_and_the_next_one_sits_down(seat: SeatFor) -> None:
    person, desk = seat(together())
    person.begin()
    person.sitting.document.header.elsewhere_wanted.emit()
    person.press("I sign at another place")
    person.read("You sign at another place")
    assert desk.shelf.envelope.recipient("buyer").remote
    person.press("Hand over to Bob Jones")
    person.wait_for(Screen.HANDOVER)
    person.press("Somebody else first…") if person._named("Somebody else first…") else None
    assert person.model.recipient.name == "Bob Jones"


def test_delegating_names_a_person_and_wants_a_reason(seat: SeatFor) -> None:
    person, desk = seat()
    person.begin()
    person.sitting.document.header.delegate_wanted.emit()
    assert not any(b.text().endswith("Hand on") for b in person.buttons())
    in_the_box(person, "Their name", "Carla Diaz")
    in_the_box(person, "Their e-mail", "carla@example.com")
    in_the_box(person, "Your reason", "I have left the company")
    person.press("Hand on")
    person.read("Somebody else signs for you")
    assert desk.shelf.envelope.recipient("buyer").name == "Carla Diaz"
    assert "delegated" in desk.shelf.events


def test_a_question_costs_nothing_and_stands_in_the_trail(seat: SeatFor) -> None:
    person, desk = seat()
    person.begin()
    person.sitting.document.header.question_asked.emit()
    person.read("Ask before you sign")
    person.press("Back to the document")
    assert person.model.screen is Screen.WALK
    assert desk.shelf.events.count("question_asked") == 1


def test_a_code_by_e_mail_is_sent_when_the_person_asks_for_it(seat: SeatFor) -> None:
    envelope = an_envelope()
    jane = replace(envelope.recipient("buyer"), auth=(AuthMethod("email_code", "123456"),))
    person, desk = seat(envelope.with_recipient(jane))
    person.enter()
    person.press("Hand over to Jane Smith")
    person.read("A code goes to jane@example.com by e-mail.")
    person.press("Send the code")
    assert desk.shelf.mailed_to == ["jane@example.com"]
    in_the_box(person, "Code from the e-mail", "123456")
    person.press("I am Jane Smith")
    person.wait_for(Screen.READING)


def test_another_code_may_be_asked_for_after_a_pause_and_only_so_often(
    seat: SeatFor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(one_time_code, "PAUSE", timedelta(milliseconds=700))
    envelope = an_envelope()
    jane = replace(envelope.recipient("buyer"), auth=(AuthMethod("email_code", "123456"),))
    person, desk = seat(envelope.with_recipient(jane))
    person.enter()
    person.press("Hand over to Jane Smith")
    word = "Send the code"
    for sent in range(1, one_time_code.MOST + 1):
        desk.shelf.at = datetime.now(UTC) - timedelta(seconds=1)
        person.press(word)
        word = "Send again"
        assert len(desk.shelf.mailed_to) == sent
        (again,) = [b for b in person.room.findChildren(QAbstractButton) if b.accessibleName() == word]
        assert not again.isEnabled()
        if sent < one_time_code.MOST:
            assert again.toolTip().startswith("You can ask for another in")
            person.wait_until(again.isEnabled)
            person.read("more can be sent")
    person.read("No more can be sent until the host hands over again.")


def test_a_witness_is_told_whose_signature_they_saw(seat: SeatFor) -> None:
    envelope = an_envelope([a_field("signature", label="Signature")])
    witness = Recipient(RecipientId("R3"), "witness", "Wanda Wit", action=Action.WITNESS, witness_of="buyer", order=3)
    with_her = replace(envelope, recipients=(*envelope.recipients, witness))
    person, _ = seat(with_her)
    person.enter()
    room = LockedRoom(RoomDeskInMemory(with_her, "witness"), InlineRunner())
    assert room.sitting.model.desk.role == "witness"
    room._open_to_leave = True
    empty([room])


def test_who_acknowledges_types_their_name_and_nobody_elses(seat: SeatFor) -> None:
    envelope = an_envelope([])
    jane = replace(envelope.recipient("buyer"), action=Action.ACKNOWLEDGE)
    person, desk = seat(envelope.with_recipient(jane))
    person.begin()
    person.press("Finish")
    person.wait_for(Screen.REVIEW)
    assert not any(b.accessibleName() == "Acknowledge and finish" for b in person.buttons())
    in_the_box(person, "Type your full name", "Bob Jones")
    person.press("Acknowledge and finish")
    person.read("Another name")
    in_the_box(person, "Type your full name", "x")
    person.sitting.review._name.setText("jane  smith")
    person.press("Acknowledge and finish")
    person.wait_for(Screen.THANKS)
    assert "acknowledged" in desk.shelf.events


def test_an_answer_shows_and_hides_fields_at_once(seat: SeatFor) -> None:
    tick = a_field("checkbox", label="Married", required=False)
    shown = Condition(Effect.SHOW, (Group((Test(tick.id, Op.CHECKED),)),))
    spouse = a_field("text", y=200, label="Spouse", conditions=(shown,))
    person, _ = seat(an_envelope([tick, spouse]))
    person.begin()
    button = person.sitting.document.fields.button_of(spouse)
    assert not button.isVisible()
    assert [field.label for field in person.model.walk.fields] == ["Married"]
    person.click(person.field("Married"))
    assert button.isVisible()
    assert [field.label for field in person.model.walk.missing] == ["Spouse"]
    person.click(person.field("Married"))
    assert not button.isVisible()
    assert person.model.walk.done


def test_a_result_follows_the_answers_and_is_shown_in_the_review(seat: SeatFor) -> None:
    rent = a_field("number", label="Rent", mapping_key="rent")
    year = a_field("number", y=200, label="Year", formula="rent * 12")
    person, _ = seat(an_envelope([rent, year]))
    person.begin()
    person.press("Start")
    person.write("700")
    person.key(Qt.Key.Key_Return)
    person.wait_for(Screen.REVIEW)
    person.read("8400")


def test_the_language_changes_inside_and_nothing_entered_is_lost(seat: SeatFor) -> None:
    person, desk = seat(an_envelope([a_field("text", label="Rooms")]))
    person.begin()
    person.press("Start")
    person.write("four")
    person.model.choose_language("ar")
    person.wait_idle()
    assert person.value("Rooms") == "four"
    assert person.sitting.layoutDirection() is Qt.LayoutDirection.RightToLeft
    assert person.sitting.document.view.layoutDirection() is Qt.LayoutDirection.LeftToRight
    person.model.choose_language("de")
    person.press("Abschließen")
    person.press("Genehmigen und abschließen")
    person.wait_for(Screen.THANKS)
    assert spoken_language().code == "de"
    consent = desk.shelf.envelope.recipient("buyer").ceremony
    assert consent is not None
    assert consent.consent is not None
    assert consent.consent.language == "en", "the text that was agreed to was the English one"


def test_the_next_person_is_greeted_in_the_hosts_language(seat: SeatFor) -> None:
    person, _ = seat(an_envelope([a_field("text", label="Rooms", required=False)]))
    person.begin()
    person.model.choose_language("fr")
    person.press("Terminer")
    person.press("Approuver et terminer")
    person.wait_for(Screen.THANKS)
    person.press("Passer à Bob Jones")
    person.wait_for(Screen.HANDOVER)
    person.read("Please pass the device to")


def test_a_copy_goes_by_mail_where_the_host_has_an_account(seat: SeatFor) -> None:
    envelope = an_envelope([a_field("text", label="Rooms", required=False)], copies=CopyMode.ASK)
    person, desk = seat(envelope, habits=Habits("", 0, False, sends_mail=True))
    person.begin()
    person.press("Finish")
    person.press("Approve and finish")
    person.wait_for(Screen.THANKS)
    person.press("Save a copy…")
    person.press("E-mail it to jane@example.com")
    person.read("Sent to jane@example.com.")
    assert desk.shelf.mailed_to == ["jane@example.com"]


def test_what_was_looked_at_is_told_once_and_only_where_it_was_announced(seat: SeatFor) -> None:
    person, desk = seat(habits=Habits("", 0, False, records_views=True))
    person.enter()
    person.take_over()
    person.read("with a small picture of the place where you sign.")
    person._qtbot.wait(1100)
    person.sitting.document._looking.tell()
    person.wait_idle()
    assert desk.shelf.events.count("pages_seen") == 1
    silent, quiet = seat()
    silent.enter()
    silent.take_over()
    silent._qtbot.wait(1100)
    silent.sitting.document._looking.tell()
    assert "pages_seen" not in quiet.shelf.events


def test_where_every_page_must_be_read_nobody_agrees_before(seat: SeatFor) -> None:
    person, _ = seat(habits=Habits("", 0, False, read_to_end=True))
    person.enter()
    person.take_over()
    person.settle()
    person.press("I agree to sign electronically")
    assert not any(b.accessibleName() == "Agree and continue" for b in person.buttons())
    for page in (1, 2):
        person.model.tell_shown(DOCUMENT, page)
    person.wait_idle()
    person.press("Agree and continue")
    person.wait_for(Screen.WALK)


def test_without_a_page_of_thanks_the_next_person_comes_at_once(seat: SeatFor) -> None:
    envelope = an_envelope([a_field("text", label="Rooms", required=False)], copies=CopyMode.DISABLED)
    person, _ = seat(envelope, habits=Habits("", 0, False, thanks=False))
    person.begin()
    person.press("Finish")
    person.press("Approve and finish")
    person.read("Please pass the device to")
    assert person.model.recipient.name == "Bob Jones"
