"""What helps somebody through the fields: the sender's words beside them, keys, the way through all, no alarm."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from app.domain.fields.base import Field
from app.ui.models.room import Screen
from app.ui.room import offline
from app.ui.room.document import KEYS
from app.ui.room.header import Header
from app.ui.room.offline import OFFLINE, OfflineLine
from app.ui.room.parts import TOUCH
from tests.support.room import a_field, an_envelope
from tests.ui import room_seat
from tests.ui.room_hands import Person
from tests.ui.room_seat import SeatFor

seat = room_seat.seat
CTRL = Qt.KeyboardModifier.ControlModifier
IBAN = "It stands on your bank card."


def some_fields() -> list[Field]:
    return [
        a_field("text", y=100, label="IBAN", help=IBAN),
        a_field("text", y=200, label="Remarks", required=False),
        a_field("checkbox", y=300, label="Pets", help="Only dogs count."),
        a_field("signature", y=400, label="Signature"),
    ]


def key(person: Person, pressed: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Through the window, where shortcuts are looked for."""
    QTest.keyClick(person.room, pressed, held)
    person.wait_idle()


def test_what_the_sender_says_of_a_field_stands_beside_it_while_one_is_there(seat: SeatFor) -> None:
    person, _ = seat(an_envelope(some_fields()))
    person.begin()
    filling = person.sitting.document.filling
    assert filling.hint == ""
    person.press("Start")
    assert filling.hint == IBAN
    person.write("DE02 1203")
    assert filling.hint == IBAN, "writing does not take it away, as it takes a placeholder"
    person.key(Qt.Key.Key_Return)
    assert person.model.current is not None
    assert person.model.current.label == "Pets"
    assert filling.hint == "Only dogs count.", "also of what is pressed and not written"
    person.model.go_to(person.field("Signature").field)
    assert filling.hint == ""


def test_a_complaint_is_read_before_an_explanation(seat: SeatFor) -> None:
    person, _ = seat(an_envelope([a_field("email", label="E-mail", help="Where the key goes.")]))
    person.begin()
    person.press("Start")
    person.write("nobody")
    person.press("Next")
    filling = person.sitting.document.filling
    assert filling.said
    assert filling.hint == ""


def test_f1_explains_the_field_and_where_there_is_nothing_to_explain_the_keys(seat: SeatFor) -> None:
    person, _ = seat(an_envelope(some_fields()))
    person.begin()
    filling = person.sitting.document.filling
    key(person, Qt.Key.Key_F1)
    assert filling.hint == IBAN, "of the field that comes next"
    person.go_to("Remarks")
    assert filling.hint == ""
    key(person, Qt.Key.Key_F1)
    assert filling.hint == KEYS


def test_the_page_is_fitted_and_shown_as_large_as_on_paper_by_the_editors_keys(seat: SeatFor) -> None:
    person, _ = seat()
    person.begin()
    view = person.sitting.document.view
    key(person, Qt.Key.Key_0, CTRL)
    page = view.frames()[0].rect_px
    assert page.height() <= view.viewport().height()
    key(person, Qt.Key.Key_1, CTRL)
    assert view.zoom == pytest.approx(1.0)


def choose_in_menu(person: Person, words: str) -> None:
    """In that of the bar."""
    header = person.sitting.document.findChild(Header)
    assert header is not None
    (choice,) = [action for menu in header.findChildren(QMenu) for action in menu.actions() if action.text() == words]
    choice.trigger()
    person.wait_idle()


def test_one_goes_through_what_is_needed_or_through_every_field(seat: SeatFor) -> None:
    person, _ = seat(an_envelope(some_fields()))
    person.begin()
    person.press("Start")
    person.write("DE02 1203")
    person.press("Next")
    assert person.model.current is not None
    assert person.model.current.label == "Pets", "what is optional is passed by"
    choose_in_menu(person, "Go through every field, also what is optional")
    person.model.go_to(person.field("IBAN").field)
    met = []
    for _ in range(3):
        person.press("Next")
        assert person.model.current is not None
        met.append(person.model.current.label)
    assert met == ["Remarks", "Pets", "Signature"]
    person.press("Next")
    assert person.model.current is not None
    assert person.model.current.label == "Pets", "nobody finishes past what is missing"
    assert person.model.screen is Screen.WALK


def test_without_a_network_a_quiet_line_says_that_nothing_is_lost(
    seat: SeatFor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(offline, "is_offline", lambda: True)
    person, _ = seat()
    person.enter()
    assert OFFLINE in person.seen()
    person.take_over()
    assert OFFLINE in person.seen()
    monkeypatch.setattr(offline, "is_offline", lambda: False)
    line = person.room.findChild(OfflineLine)
    assert line is not None
    line.look_again()
    assert OFFLINE not in person.seen()


def test_large_controls_stand_at_the_lower_edge(seat: SeatFor) -> None:
    person, _ = seat(an_envelope(some_fields()))
    person.begin()
    person.press("Start")
    filling, paper = person.sitting.document.filling, person.sitting.document.view.viewport()
    assert filling.entry is not None
    assert filling.entry.geometry().bottom() < paper.height() / 2, "over its field"
    choose_in_menu(person, "Write at the lower edge, in large controls")
    for label in ("IBAN", "Remarks"):
        person.go_to(label)
        box = filling.entry.geometry()
        assert box.height() >= 2 * TOUCH
        assert box.width() > paper.width() * 0.9
        assert paper.height() - 20 < box.bottom() < paper.height()
    person.write("By a finger")
    person.key(Qt.Key.Key_Return)
    assert person.value("Remarks") == "By a finger"


def test_a_keyboard_on_the_screen_does_not_cover_what_is_written(seat: SeatFor) -> None:
    person, _ = seat(an_envelope([a_field("text", y=760, page=2, label="Remarks")]))
    person.begin()
    person.press("Start")
    document = person.sitting.document
    entry = document.filling.entry
    assert entry is not None
    keyboard = QRectF(0, person.room.height() * 0.55, person.room.width(), person.room.height() * 0.45)
    document.keep_clear_of(keyboard)
    person.settle()
    assert entry.mapTo(person.room, entry.rect().bottomLeft()).y() < keyboard.top()
    document.keep_clear_of(QRectF())
    person.settle()
    assert document.view.mapTo(person.room, document.view.rect().bottomLeft()).y() > keyboard.top()
