"""A copy to take along: onto a stick, by e-mail, to the person's own telephone."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from pathlib import Path

import pymupdf
import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from app.domain.envelope import CopyMode
from app.services import preferences, reading
from app.services.house import House
from app.tasks import TaskRunner
from app.ui.canvas.code import CodeView
from app.ui.models.room import Screen
from app.ui.models.room_desk import Habits
from app.ui.models.room_speech import speak
from app.ui.room.copies import CopySheet
from app.ui.room.fetching import FetchPage
from app.ui.room.window import RoomWindow
from app.ui.theme import Scheme, Theme
from tests.support import houses, leases
from tests.support.room import RoomDeskInMemory, a_field, an_envelope
from tests.ui import room_seat
from tests.ui.room_hands import Person, empty
from tests.ui.room_seat import SeatFor
from tests.ui.test_room_house import fill_and_finish, sit
from tests.ui.test_room_locked import OUTWARD, reachable, words_of

seat = room_seat.seat
BY_QR = Habits("", 0, False, copies_by_qr=True)


def at_the_thanks(
    seat: SeatFor, habits: Habits = BY_QR, copies: CopyMode = CopyMode.ASK
) -> tuple[Person, RoomDeskInMemory]:
    person, desk = seat(an_envelope([a_field("text", label="Rooms", required=False)], copies=copies), habits=habits)
    person.begin()
    person.model.review()
    person.press("Approve and finish")
    person.wait_for(Screen.THANKS)
    return person, desk


def sheet_of(person: Person) -> CopySheet:
    sheet = person.sitting.layer.sheet
    assert isinstance(sheet, CopySheet)
    return sheet


def read_code(image: QImage) -> str:
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    rows = bytes(grey.constBits())
    side, stride = grey.width(), grey.bytesPerLine()
    samples = b"".join(rows[y * stride : y * stride + side] for y in range(grey.height()))
    found = pymupdf.Pixmap(pymupdf.csGRAY, side, grey.height(), samples, False)
    text, _ = pymupdf.mupdf.fz_decode_barcode_from_pixmap(found.this, 0)
    return str(text)


@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
@pytest.mark.parametrize("text_scale", [1.0, 2.0])
def test_the_code_on_the_screen_is_read_by_a_telephone(
    seat: SeatFor, theme: Theme, scheme: Scheme, text_scale: float
) -> None:
    theme.choose(scheme, text_scale)
    person, desk = at_the_thanks(seat)
    person.press("Save a copy…")
    person.press("Fetch it with a telephone")
    person.settle()
    (view,) = person.room.findChildren(CodeView)
    assert read_code(view.grab().toImage()) == desk.shelf.handed[0].url
    assert "0417" in person.seen()
    assert desk.shelf.handed[0].words.compare


def test_it_is_told_when_it_was_fetched_and_when_time_ran_out(seat: SeatFor) -> None:
    person, desk = at_the_thanks(seat)
    person.press("Save a copy…")
    person.press("Fetch it with a telephone")
    person.read("Ends in 300 s.")
    desk.shelf.handed[0].fetched = True
    person.read("It has been fetched.")
    person.press("Back")
    person.press("Fetch it with a telephone")
    desk.shelf.handed[1].left_s = 0
    person.read("It has ended.")


@pytest.mark.parametrize("way", ["Back", "escape", "leave"])
def test_nobody_listens_once_the_page_has_gone(seat: SeatFor, way: str) -> None:
    person, desk = at_the_thanks(seat)
    person.press("Save a copy…")
    person.press("Fetch it with a telephone")
    person.read("Compare the code:")
    if way == "Back":
        person.press("Back")
    elif way == "escape":
        person.sitting.layer.clear()
    else:
        person.room._leave("finished")
    assert desk.shelf.handed[0].left_s == 0


def test_a_copy_that_was_made_ready_too_late_is_not_handed_out(seat: SeatFor) -> None:
    person, desk = at_the_thanks(seat)
    person.press("Save a copy…")
    sheet = sheet_of(person)
    person.sitting.layer.clear()
    sheet._show_code(desk.hand_out(None))  # type: ignore[arg-type]
    assert desk.shelf.handed[0].left_s == 0
    assert not person.room.findChildren(FetchPage)


def test_it_is_offered_only_where_the_host_allows_it(seat: SeatFor) -> None:
    person, _ = at_the_thanks(seat, Habits("", 0, False))
    person.press("Save a copy…")
    names = {b.accessibleName() for b in person.buttons()}
    assert "Fetch it with a telephone" not in names


def test_in_the_signers_language_it_says_so_on_the_telephone_too(seat: SeatFor) -> None:
    person, desk = at_the_thanks(seat)
    person.model.choose_language("ar")
    person.settle()
    person.sitting.thanks.copy_wanted.emit()
    sheet_of(person)._fetch()
    person.wait_idle()
    words = desk.shelf.handed[0].words
    assert (words.language, words.right_to_left, words.title) == ("ar", True, "نسختك")
    speak("en")


@pytest.mark.parametrize("text_scale", [1.0, 2.0])
@pytest.mark.parametrize("language", ["en", "de", "ar"])
def test_no_words_are_cut_off(seat: SeatFor, theme: Theme, text_scale: float, language: str) -> None:
    theme.choose(Scheme.LIGHT, text_scale)
    person, _ = at_the_thanks(seat)
    person.model.choose_language(language)
    person.settle()
    person.sitting.thanks.copy_wanted.emit()
    sheet_of(person)._fetch()
    person.settle()
    cut = [b.text() for b in person.buttons() if b.text() and b.width() < b.minimumSizeHint().width()]
    assert not cut
    assert not [b.text() for b in person.room.findChildren(QAbstractButton) if b.isVisible() and b.height() < 44]
    speak("en")


def test_fault_88_no_way_of_taking_a_copy_leads_out_or_names_anything_of_the_host(seat: SeatFor) -> None:
    person, _ = at_the_thanks(seat)
    for step in ("", "Save a copy…", "Fetch it with a telephone", "Back", "Let the host save it"):
        if step:
            person.press(step)
        person.settle()
        for widget in reachable(person.room):
            text = words_of(widget)
            assert text.strip() or widget.objectName().startswith("qt_"), f"{step}: {widget}"
            assert not any(text.startswith(word) for word in OUTWARD), f"{step}: {text}"
    assert not person.room.close()


# -- over a real house ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def rooms() -> Iterator[houses.Rooms]:
    with houses.rooms() as shared:
        yield shared


@pytest.fixture
def house(rooms: houses.Rooms, tmp_path: Path) -> Iterator[House]:
    with houses.house(rooms, tmp_path / "library") as built:
        yield built


@pytest.fixture
def tasks(qapp: object) -> Iterator[TaskRunner]:
    failures: list[Exception] = []
    runner = TaskRunner(failures.append)
    yield runner
    runner.close()
    assert not failures


def test_a_telephone_fetches_the_sealed_document_once(
    qtbot: QtBot, theme: Theme, house: House, tasks: TaskRunner, tmp_path: Path
) -> None:
    preferences.change(house, copies_by_qr=True, copies_address="127.0.0.1")
    envelope_id = leases.sent(house, tmp_path)
    room = RoomWindow(house, tasks, envelope_id, "buyer")
    person = sit(qtbot, room)
    fill_and_finish(person)
    person.press("Save a copy…")
    person.press("Fetch it with a telephone")
    person.read("Compare the code:")
    person.settle()
    (view,) = room.findChildren(CodeView)
    host, _, path = read_code(view.grab().toImage()).removeprefix("http://").partition("/")
    telephone = http.client.HTTPConnection(host, timeout=10)
    telephone.request("GET", f"/{path}")
    page = telephone.getresponse().read().decode()
    assert person.sitting.layer.sheet is not None
    assert any(text.isdigit() and text in page for text in person.seen().split("\n"))
    telephone = http.client.HTTPConnection(host, timeout=10)
    telephone.request("POST", f"/{path}")
    fetched = telephone.getresponse().read()
    telephone.close()
    document = reading.envelope(house, envelope_id).documents[0]
    assert fetched == house.library.blobs.read(document.latest)
    person.read("It has been fetched.")
    facts = reading.trail(house, envelope_id)[-1].entry
    assert (facts.kind, facts.facts["way"]) == ("copy_given", "qr")
    empty([room])
