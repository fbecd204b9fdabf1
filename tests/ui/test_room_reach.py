"""Who hears the pages, who touches them, who needs them larger: the room is theirs too."""

from __future__ import annotations

import gc

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QInputDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from app.domain.mark import Mark
from app.ui.models.room import Screen
from app.ui.models.room_platform import NO_PIN, SWITCHING, desktop, gaps
from app.ui.room.field_button import FieldButton
from app.ui.room.tag import Tag
from app.ui.room.tools import sight
from app.ui.room.voice import PageVoice
from app.ui.theme import STRONG_LIGHT, Theme, tokens_of
from tests.support.room import DRAWN, RoomDeskInMemory, a_field, an_envelope
from tests.ui import room_seat
from tests.ui.room_hands import Person
from tests.ui.room_seat import SeatFor

seat = room_seat.seat


def test_a_screen_reader_finds_the_words_of_the_page(seat: SeatFor) -> None:
    person, _ = seat()
    person.enter()
    person.take_over()
    person.settle()
    voices = [voice for voice in person.room.findChildren(PageVoice) if voice.isVisible()]
    assert voices
    read = QAccessible.queryAccessibleInterface(voices[0])
    assert read.role() == QAccessible.Role.StaticText
    assert read.text(QAccessible.Text.Name) == "Lease, page 1 of 2\nThe words of page 1"


def a_touch_screen() -> object:
    return QTest.createTouchDevice(QInputDevice.DeviceType.TouchScreen)


def spread(person: Person, start: tuple[QPoint, QPoint], end: tuple[QPoint, QPoint]) -> None:
    """Two fingers from one place to another."""
    paper = person.sitting.document.view.viewport()
    fingers = QTest.touchEvent(paper, a_touch_screen())
    fingers.press(0, start[0], paper).press(1, start[1], paper).commit()
    for step in range(5):
        now = [a + (b - a) * step / 4 for a, b in zip(start, end, strict=True)]
        fingers.move(0, now[0], paper).move(1, now[1], paper).commit()
    fingers.release(0, end[0], paper).release(1, end[1], paper).commit()


def test_two_fingers_enlarge_the_page_around_their_middle(seat: SeatFor) -> None:
    person, _ = seat()
    person.begin()
    view = person.sitting.document.view
    before = view.zoom
    spread(person, (QPoint(500, 300), QPoint(600, 300)), (QPoint(450, 300), QPoint(650, 300)))
    assert 1.9 < view.zoom / before < 2.1


def test_two_fingers_move_the_page(seat: SeatFor) -> None:
    person, _ = seat()
    person.begin()
    view = person.sitting.document.view
    zoom, top = view.zoom, view.verticalScrollBar().value()
    spread(person, (QPoint(500, 500), QPoint(600, 500)), (QPoint(500, 200), QPoint(600, 200)))
    assert abs(view.verticalScrollBar().value() - top - 300) < 5
    assert abs(view.zoom - zoom) < 0.01


def test_a_tap_presses_the_field_below_the_finger(seat: SeatFor) -> None:
    person, _ = seat(an_envelope([a_field("checkbox", label="Read", required=False)]))
    person.begin()
    paper = person.sitting.document.view.viewport()
    at = person.field("Read").geometry().center()
    finger = QTest.touchEvent(paper, a_touch_screen())
    finger.press(0, at, paper).commit()
    finger.release(0, at, paper).commit()
    person.wait_idle()
    assert person.value("Read") is True


def test_letters_and_contrast_are_the_signers_and_go_with_them(seat: SeatFor, theme: Theme) -> None:
    person, _ = seat()
    person.begin()
    menus = [menu for menu in person.sitting.document.header.findChildren(QMenu) if menu.actions()]
    choices = {action.text(): action for menu in menus for action in menu.actions()}
    choices["Letters at 200 %"].trigger()
    choices["High contrast"].trigger()
    # Asked of the theme in force: a run of tests may have dressed the application more than once.
    person.wait_until(lambda: sight() == (2.0, True))
    assert tokens_of(person.room.palette()) is STRONG_LIGHT
    person.room._leave("later")
    assert sight() == (1.0, False)


def test_the_host_reads_before_the_handover_what_cannot_be_prevented_here(seat: SeatFor) -> None:
    person, _ = seat()
    person.enter()
    person.read("Stay near the device")
    person.read("No host PIN is set")
    assert gaps(True, "win32") == (SWITCHING["win32"],)
    assert NO_PIN in gaps(False, "x11")
    assert desktop("linux", "wayland", {}) == "wayland"
    assert desktop("linux", "xcb", {}) == "x11"
    assert desktop("darwin") == "darwin"


def test_no_way_out_by_any_key_button_or_menu_of_any_screen(seat: SeatFor) -> None:
    """Whatever can be pressed is pressed; nothing closes the window or opens another."""
    person, desk = seat()
    person.enter()
    person.take_over()
    person.agree()
    gone: list[str] = []
    person.room.closed.connect(gone.append)
    # The list of what is left is a menu that pops up; its entries are pressed with those of the other menus.
    found = {b.accessibleName() or b.text() for b in person.buttons()}
    names = {name for name in found if "List of the fields" not in name}
    person.sitting.document.header.list_of_left()
    for name in sorted(names):
        for button in [b for b in person.buttons() if (b.accessibleName() or b.text()) == name][:1]:
            if isinstance(button, QPushButton | FieldButton | Tag):
                button.click()
            person.wait_idle()
            person.sitting.layer.clear()
    for menu in person.room.findChildren(QMenu):
        for action in [a for a in menu.actions() if "Language" not in a.text() and not a.isCheckable()]:
            action.trigger()
            person.wait_idle()
            person.sitting.layer.clear()
    assert not gone
    assert person.room.isVisible()
    assert person.model.screen in (Screen.WALK, Screen.REVIEW)
    assert all(isinstance(w, QWidget) for w in person.room.findChildren(QWidget))
    assert desk.shelf.envelope.recipient("seller").ceremony is None


def test_nothing_of_the_person_before_is_in_memory_once_the_next_one_sits(seat: SeatFor) -> None:
    """Saved or adopted, the marks of one person are not in the room of another."""
    person, _ = seat(an_envelope([a_field("text", label="Rooms", required=False)]))
    person.begin()
    person.press("Finish")
    person.press("Approve and finish")
    person.wait_for(Screen.THANKS)
    secret = Mark("typed", text="Jane's secret hand", hand="caveat")
    person.sitting.review._artist.mark(secret, 100, 30)
    del secret
    person.press("Hand over to Bob Jones")
    person.wait_for(Screen.HANDOVER)
    person.settle()
    gc.collect()
    found = [thing for thing in gc.get_objects() if isinstance(thing, Mark) and thing is not DRAWN]
    assert not [mark for mark in found if "secret hand" in mark.text]
    assert isinstance(person.model.desk, RoomDeskInMemory)
    assert person.model.adopted is not None


def test_the_page_is_enlarged_by_keys_where_the_window_is_narrow(seat: SeatFor) -> None:
    person, _ = seat()
    person.begin()
    person.room.resize(700, 1000)
    person.settle()
    assert not [b for b in person.buttons() if b.accessibleName() == "Show the page larger"]
    view = person.sitting.document.view
    before = view.zoom
    QTest.keyClick(person.room.focusWidget(), Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert view.zoom > before
