"""Making a signature and placing it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from app.domain.mark import Mark
from app.ui.room.hands import HandCard
from app.ui.room.pad import Pad
from app.ui.room.signature import TYPE, UPLOAD
from tests.support.room import RoomDeskInMemory, a_field, an_envelope
from tests.ui import room_seat
from tests.ui.room_hands import LEFT, draw
from tests.ui.room_seat import SeatFor

seat = room_seat.seat
SHIFT = Qt.KeyboardModifier.ShiftModifier


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


def test_typing_replaces_the_name_that_is_offered(seat: SeatFor) -> None:
    person, _ = seat()
    person.begin()
    person.click(person.go_to("Signature"))
    person.sheet.choose(TYPE)
    person.write("Jane Smith")
    person.place()
    placed = person.value("Signature")
    assert isinstance(placed, Mark)
    assert placed.text == "Jane Smith"


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


def test_a_signature_is_kept_for_the_person_and_offered_to_nobody_else(seat: SeatFor) -> None:
    person, desk = seat(an_envelope([a_field("signature", label="Signature")]))
    person.begin()
    person.click(person.go_to("Signature"))
    person.draw_signature()
    person.press("Keep it for me on this device")
    person.place()
    assert [label for label, _ in desk.shelf.saved["Jane Smith", False]] == ["Draw, 2026-11-20"]
    person.click(person.field("Signature"))
    person.press("Saved")
    assert person.sheet.mark == desk.shelf.saved["Jane Smith", False][0][1]
    person.place()
    bob = RoomDeskInMemory(desk.shelf.envelope, "seller", shelf=desk.shelf)
    assert bob.saved_marks(False) == ()


def test_a_picture_is_straightened_and_freed_of_its_paper(seat: SeatFor, tmp_path: Path) -> None:
    person, desk = seat(an_envelope([a_field("signature", label="Signature")]))
    person.begin()
    person.click(person.go_to("Signature"))
    person.sheet.choose(UPLOAD)
    person.sheet._upload.take(tmp_path / "me.png")
    person.press("Turn by a quarter")
    person.press("Take the paper away")
    person._qtbot.waitUntil(lambda: len(desk.shelf.trims) == 2, timeout=2000)
    assert (desk.shelf.trims[-1].degrees, desk.shelf.trims[-1].ink_only) == (90.0, True)
