"""Who can hardly read a page has its words in large letters, or has them read by the voice of the device."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.ui.models.room_speech import speak
from app.ui.room.large_type import SIZES_PX, LargeType
from app.ui.room.voice_program import PROGRAMS, found
from app.ui.theme import Theme
from app.ui.widgets.look import column, label
from tests.support.naming import unnamed
from tests.ui import room_seat
from tests.ui.room_hands import Person
from tests.ui.room_seat import SeatFor

seat = room_seat.seat

VOICE = """#!/bin/sh
printf '%s ' "$@" > "{said}.arguments"
cat > "{said}.new"
mv "{said}.new" "{said}"
exec sleep 60
"""


@pytest.fixture
def voice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A voice that writes down what it is given and speaks slowly."""
    said = tmp_path / "said"
    program = tmp_path / "bin" / "espeak-ng"
    program.parent.mkdir()
    program.write_text(VOICE.format(said=said), "utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")
    return said


@pytest.fixture
def mute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))


def opened(person: Person) -> LargeType:
    person.press("Read in large letters, or aloud")
    sheet = person.sitting.layer.sheet
    assert isinstance(sheet, LargeType)
    return sheet


def words_in(sheet: LargeType) -> str:
    return "\n".join(label.text() for label in sheet.findChildren(QLabel))


@pytest.mark.usefixtures("mute")
def test_the_words_of_each_page_stand_there_as_large_as_one_likes(seat: SeatFor) -> None:
    person, _ = seat()
    person.enter()
    person.take_over()
    sheet = opened(person)
    assert "The words of page 1" in words_in(sheet)
    assert "What you sign is the page as it was laid out." in words_in(sheet)
    (text,) = (label for label in sheet.findChildren(QLabel) if label.text() == "The words of page 1")
    before = text.fontInfo().pixelSize()
    person.press("Larger letters")
    assert text.fontInfo().pixelSize() > before
    person.press("Larger letters")
    assert text.fontInfo().pixelSize() == SIZES_PX[-1]
    assert (sheet._larger.isEnabled(), sheet._larger.toolTip()) == (False, "They cannot be larger.")
    assert (sheet._before.isEnabled(), sheet._before.toolTip()) == (False, "This is the first page.")
    person.press("The page after")
    assert "The words of page 2" in words_in(sheet)
    person.press("Back to the document")
    assert person.sitting.layer.sheet is None
    page = person.sitting.document.view.page
    assert page is not None
    assert page.page == 2
    assert not unnamed(sheet)


@pytest.mark.usefixtures("mute")
def test_without_a_voice_the_button_is_grey_and_says_why(seat: SeatFor) -> None:
    person, _ = seat()
    person.begin()
    sheet = opened(person)
    assert not sheet._speak.isEnabled()
    assert sheet._speak.toolTip() == "No voice is installed on this device."


def test_a_page_is_read_aloud_in_the_language_of_the_envelope_until_one_stops_it(seat: SeatFor, voice: Path) -> None:
    person, _ = seat()
    person.begin()
    sheet = opened(person)
    person.press("Read aloud")
    person.wait_until(voice.exists)
    assert voice.read_text("utf-8") == "The words of page 1"
    assert voice.with_suffix(".arguments").read_text().split() == ["--stdin", "-v", "en"]
    assert sheet._aloud.speaking
    person.press("Stop reading aloud")
    assert not sheet._aloud.speaking


@pytest.mark.parametrize("way", ["turned", "closed", "put away", "hidden"])
def test_nobody_is_read_to_who_has_gone_on(seat: SeatFor, voice: Path, way: str) -> None:
    person, _ = seat()
    person.begin()
    sheet = opened(person)
    person.press("Read aloud")
    person.wait_until(voice.exists)
    if way == "turned":
        person.press("The page after")
    elif way == "closed":
        person.press("Back to the document")
    elif way == "put away":
        person.key(Qt.Key.Key_Escape)
    else:
        person.room.hide_document()
    assert not sheet._aloud.speaking


def test_a_voice_is_looked_for_among_the_programs_of_each_system() -> None:
    for platform, programs in PROGRAMS.items():
        for number, program in enumerate(programs):
            installed = {one.name for one in programs[number:]}
            assert found(platform, lambda name, there=installed: name if name in there else None) is program  # type: ignore[misc]
        assert found(platform, lambda _: None) is None
    assert found("plan9", lambda name: name) is None


@pytest.mark.usefixtures("mute")
def test_it_is_said_in_the_language_of_the_room(seat: SeatFor) -> None:
    person, _ = seat()
    person.begin()
    try:
        person.model.choose_language("ar")
        person.wait_idle()
        person.press("القراءة بأحرف كبيرة أو بصوت مسموع")
        sheet = person.sitting.layer.sheet
        assert isinstance(sheet, LargeType)
        assert sheet.layoutDirection() is Qt.LayoutDirection.RightToLeft
    finally:
        speak("en")


@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_words_begin_where_the_page_begins_whatever_their_letters(
    qtbot: QtBot, theme: Theme, direction: Qt.LayoutDirection
) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    page.setLayout(column(label("Jane Smith")))
    page.setLayoutDirection(direction)
    page.resize(400, 40)
    page.show()
    seen = page.grab().toImage()
    paper = seen.pixelColor(200, 20)
    inked = [x for x in range(seen.width()) if any(seen.pixelColor(x, y) != paper for y in range(8, 32))]
    assert inked
    if direction is Qt.LayoutDirection.RightToLeft:
        assert min(inked) > 200
    else:
        assert max(inked) < 200


def test_no_words_lie_over_the_circles_of_a_choice_that_is_still_empty(seat: SeatFor) -> None:
    person, _ = seat()
    person.begin()
    circles, words = person.field("Heating"), person.field("Remarks")
    assert circles._drawing is not None
    assert not circles._drawing.empty
    assert words._drawing is None or words._drawing.empty
