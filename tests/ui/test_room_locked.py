"""Fault 88: somebody who signs cannot get at anything of the host's; and the host can always get out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QMenu, QWidget
from pytestqt.qtbot import QtBot

from app.ui.models import room_places
from app.ui.models.room import Screen
from app.ui.room.curtain import Idle
from app.ui.room.locked import LockedRoom
from app.ui.room.upload import Upload
from app.ui.theme import Scheme, Theme
from tests.support.inline_runner import InlineRunner
from tests.support.room import RoomDeskInMemory, a_field, an_envelope
from tests.ui.room_hands import LEFT, Person, empty

Enter = Callable[..., Person]
OUTWARD = ("Open", "Quit", "Close", "Settings", "Preferences", "Home", "Export", "Print", "Save as", "Help", "About")


@pytest.fixture
def enter(qtbot: QtBot, theme: Theme, runner: InlineRunner) -> Iterator[Enter]:
    rooms: list[LockedRoom] = []

    def make(**habits: object) -> Person:
        desk = RoomDeskInMemory(an_envelope(), **habits)  # type: ignore[arg-type]
        rooms.append(LockedRoom(desk, runner))
        return Person(qtbot, rooms[-1])

    yield make
    empty(rooms)


def words_of(widget: QWidget) -> str:
    """All that a widget could say to anybody who can reach it."""
    said = [widget.accessibleName(), widget.toolTip(), widget.windowTitle(), widget.accessibleDescription()]
    if isinstance(widget, QAbstractButton | QLabel | QLineEdit):
        said.append(widget.text())
    if isinstance(widget, QMenu):
        said += [action.text() for action in widget.actions()]
    return "\n".join(said)


def reachable(room: LockedRoom) -> list[QWidget]:
    """What can take the focus or be pressed."""
    parts = [w for w in room.findChildren(QWidget) if w.isVisible() and w.isEnabled()]
    return [w for w in parts if w.focusPolicy() != Qt.FocusPolicy.NoFocus or isinstance(w, QAbstractButton)]


def on_each_screen(person: Person) -> Iterator[str]:
    person.enter()
    yield "handover"
    person.press("Hand over to Jane Smith")
    yield "confirmation"
    person.press("I am Jane Smith")
    yield "reading"
    person.agree()
    yield "walk"
    person.click(person.go_to("Signature"))
    for way in range(3):
        person.sheet.choose(way)
        yield f"signature {way}"
    person.press("Back to the document")
    person.sitting.document.header.decline_wanted.emit()
    yield "decline"
    person.press("Back to the document")
    person.sitting.document.header.later_wanted.emit()
    yield "later"


def test_fault_88_no_widget_of_the_room_leads_out_or_names_anything_of_the_host(enter: Enter) -> None:
    person = enter()
    for screen in on_each_screen(person):
        widgets = reachable(person.room)
        assert widgets, screen
        for widget in widgets:
            for word in OUTWARD:
                assert not words_of(widget).startswith(word), f"{screen}: {words_of(widget)}"
    assert not hasattr(person.model, "house")
    assert not hasattr(person.sitting, "house")


def test_fault_88_everything_that_can_be_reached_has_a_name(enter: Enter) -> None:
    person = enter()
    for screen in on_each_screen(person):
        nameless = [
            widget
            for widget in reachable(person.room)
            if not words_of(widget).strip() and not widget.objectName().startswith("qt_")
        ]
        assert not nameless, f"{screen}: {nameless}"


def test_what_is_to_be_touched_is_large_enough_for_a_finger(enter: Enter) -> None:
    person = enter()
    for screen in on_each_screen(person):
        small = [
            f"{screen}: {words_of(button)!r} {button.size()}"
            for button in person.buttons()
            if button.height() < 44 and button.accessibleName() and "left" not in button.accessibleName()
        ]
        assert not small, small


def test_the_window_manager_cannot_close_a_room_somebody_sits_in(enter: Enter) -> None:
    person = enter()
    person.begin()
    assert not person.room.close()
    assert person.room.isVisible()
    assert person.room.windowModality() == Qt.WindowModality.ApplicationModal


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_F4, Qt.Key.Key_Q, Qt.Key.Key_W, Qt.Key.Key_F11])
def test_no_key_leaves_the_room(enter: Enter, key: Qt.Key) -> None:
    person = enter()
    person.begin()
    for modifier in (
        Qt.KeyboardModifier.NoModifier,
        Qt.KeyboardModifier.ControlModifier,
        Qt.KeyboardModifier.AltModifier,
    ):
        QTest.keyClick(person.room, key, modifier)
    assert person.room.isVisible()
    assert person.model.screen is Screen.WALK


def test_other_windows_are_hidden_while_somebody_signs_and_come_back_after(
    enter: Enter, qtbot: QtBot, theme: Theme
) -> None:
    host = QLabel("Everything the host has")
    qtbot.addWidget(host)
    host.show()
    QGuiApplication.clipboard().setText("the host's secret")
    person = enter()
    outcomes: list[str] = []
    person.room.closed.connect(outcomes.append)
    person.room.enter()
    person.wait_for(Screen.HANDOVER)
    assert not host.isVisible()
    assert not QGuiApplication.clipboard().text(), "nothing of the host's can be pasted"
    person.press("Not now")
    hold = person.find("I am the host: press and hold")
    QTest.mousePress(hold, LEFT)
    qtbot.waitUntil(lambda: bool(outcomes), timeout=4000)
    assert outcomes == ["later"]
    assert host.isVisible()


def test_with_a_pin_the_room_opens_only_to_it(enter: Enter, qtbot: QtBot) -> None:
    person = enter(pin="2580")
    outcomes: list[str] = []
    person.room.closed.connect(outcomes.append)
    person.begin()
    person.sitting.document.header.later_wanted.emit()
    person.press("Sign later")
    person.press("Give the device back")
    assert not any(b.text().startswith("I am the host") for b in person.buttons())
    person.write("1111")
    person.key(Qt.Key.Key_Return)
    person.read("That was not the PIN.")
    assert not outcomes
    person.write("2580")
    person.key(Qt.Key.Key_Return)
    assert outcomes == ["later"]


def test_whoever_signs_later_finds_their_entries_again(enter: Enter, qtbot: QtBot, runner: InlineRunner) -> None:
    person = enter()
    person.begin()
    person.press("Start")
    person.key(Qt.Key.Key_Return)
    shelf = person.model.desk.shelf  # type: ignore[attr-defined]
    again = LockedRoom(RoomDeskInMemory(shelf.envelope, shelf=shelf), runner)
    other = Person(qtbot, again)
    other.begin()
    assert other.value("Your name") == "Jane Smith"
    other.press("Continue")
    assert other.model.current is not None
    assert other.model.current.label == "E-mail"
    empty([again])


# -- the curtain ----------------------------------------------------------------------------------------------


def test_f9_hides_the_document_and_only_a_word_brings_it_back(enter: Enter) -> None:
    person = enter()
    person.begin()
    person.click(person.go_to("Signature"))
    person.draw_signature()
    QTest.keyClick(person.room, Qt.Key.Key_F9)
    person.read("Hidden")
    picture = person.room.grab().toImage()
    assert picture.pixelColor(QPoint(640, 20)) == picture.pixelColor(QPoint(20, 780)), "one even ground"
    person.key(Qt.Key.Key_Escape)
    person.read("Hidden")
    person.press("I am Jane Smith, go on")
    assert person.sheet.mark is not None, "no stroke is lost"


def test_the_room_is_blanked_when_nobody_touches_it(qtbot: QtBot, theme: Theme) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    fell: list[bool] = []
    idle = Idle(0.002, owner)
    idle.fell_idle.connect(lambda: fell.append(True))
    qtbot.waitUntil(lambda: bool(fell), timeout=2000)
    idle.stop()


def test_touching_the_device_puts_the_blanking_off(qtbot: QtBot, theme: Theme) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    fell: list[bool] = []
    idle = Idle(0.005, owner)
    idle.fell_idle.connect(lambda: fell.append(True))
    for _ in range(6):
        qtbot.wait(100)
        QTest.mouseMove(owner, QPoint(5, 5))
        QTest.keyClick(owner, Qt.Key.Key_A)
    assert not fell
    idle.stop()


def test_with_zero_minutes_the_room_is_never_blanked(qtbot: QtBot, theme: Theme) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    idle = Idle(0, owner)
    assert not idle._timer.isActive()


# -- files ----------------------------------------------------------------------------------------------------


def test_pictures_are_looked_for_only_on_what_was_plugged_in(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    stick = tmp_path / "stick"
    (stick / "Photos").mkdir(parents=True)
    (stick / "me.PNG").write_bytes(b"x")
    (stick / "letter.docx").write_bytes(b"x")
    (stick / ".hidden.png").write_bytes(b"x")
    (tmp_path / "host.png").write_bytes(b"x")
    (stick / "way-out").symlink_to(tmp_path, target_is_directory=True)
    (stick / "link.png").symlink_to(tmp_path / "host.png")
    assert [entry.name for entry in room_places.entries(stick)] == ["Photos", "me.PNG"]
    assert room_places.entries(tmp_path / "nowhere") == ()
    for place in room_places.plugged_in():
        assert str(place.path).startswith(room_places.PLUGGED_IN)


def test_a_stick_without_a_label_is_called_by_the_end_of_its_path(monkeypatch: pytest.MonkeyPatch) -> None:
    def volume(name: str, root: str) -> SimpleNamespace:
        facts = {"name": name, "rootPath": root, "isReady": True, "isRoot": root == "/"}
        return SimpleNamespace(**{key: (lambda value=value: value) for key, value in facts.items()})

    places = (("", "/"), ("", "/media/me/1A2B-3C4D"), ("HOLIDAY", "/media/me/2"), ("", "/elsewhere"))
    found = [volume(name, place) for name, place in places]
    monkeypatch.setattr(room_places, "QStorageInfo", SimpleNamespace(mountedVolumes=lambda: found))
    assert [place.name for place in room_places.plugged_in()] == ["1A2B-3C4D", "HOLIDAY"]


def test_a_picture_from_a_stick_becomes_the_signature(enter: Enter, tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    person = enter()
    person.begin()
    person.click(person.go_to("Signature"))
    person.sheet.choose(2)
    upload = person.sheet.findChild(Upload)
    assert upload is not None
    upload.take(tmp_path / "letter.txt")
    person.read("Not a document")
    upload.take(tmp_path / "me.png")
    person.place()
    placed = person.value("Signature")
    assert placed is not None
    assert placed.capture == "image"  # type: ignore[union-attr]


@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
@pytest.mark.parametrize("text_scale", [1.0, 2.0])
def test_no_words_are_cut_off_at_either_scheme_and_twice_the_size(
    enter: Enter, theme: Theme, scheme: Scheme, text_scale: float
) -> None:
    theme.choose(scheme, text_scale)
    person = enter()
    for screen in on_each_screen(person):
        person.settle()
        cut = [
            f"{screen}: {button.text()}"
            for button in person.buttons()
            if button.text() and button.width() < button.minimumSizeHint().width()
        ]
        assert not cut, cut


def test_a_room_that_cannot_be_opened_says_why_and_lets_the_host_out(enter: Enter, qtbot: QtBot) -> None:
    person = enter()
    person.room.sitting.model.desk.void()  # type: ignore[attr-defined]
    outcomes: list[str] = []
    person.room.closed.connect(outcomes.append)
    person.room.show()
    person.sitting.begin()
    person.press("Give the device back")
    assert outcomes == ["later"]


def test_nothing_of_the_room_flashes_up_as_a_window_of_its_own(enter: Enter) -> None:
    person = enter()
    for screen in on_each_screen(person):
        strays = [w for w in QApplication.topLevelWidgets() if w.isVisible() and w is not person.room]
        assert not strays, f"{screen}: {strays}"


def test_a_field_of_nobody_else_is_shown(enter: Enter) -> None:
    person = enter()
    person.begin()
    kinds = {button.field.recipient for button in person.sitting.document.fields._buttons.values()}
    assert kinds == {"buyer"}
    assert a_field("text").recipient == "buyer"
