"""The room as a rehearsal: marked as one, left without a PIN, and nothing of it stays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.domain.geometry import Rect
from app.domain.recipient import Action
from app.services import drafting, preferences, reading, rehearsing
from app.services.house import House
from app.tasks import TaskRunner
from app.ui.models.room import Screen
from app.ui.models.room_speech import speak
from app.ui.prepare.rehearsal_dialogs import RehearsedDialog, RehearseDialog
from app.ui.room.rehearsal import RehearsalRoom
from app.ui.theme import Theme
from app.ui.widgets.elided import ElidedLabel
from tests.services.test_scratch import everything
from tests.support import houses, leases
from tests.support.inline_runner import InlineRunner
from tests.support.studios import Bench, bench
from tests.ui.room_hands import Person, empty

W = TypeVar("W", bound=QWidget)


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


@pytest.fixture
def envelope_id(house: House, tmp_path: Path) -> str:
    return leases.draft(house, tmp_path)


@pytest.fixture
def person(qtbot: QtBot, theme: Theme, house: House, tasks: TaskRunner, envelope_id: str) -> Iterator[Person]:
    room = RehearsalRoom(house, tasks, rehearsing.begin(house, envelope_id, "buyer"))
    yield Person(qtbot, room)
    empty([room])
    speak("en")


def enter(person: Person) -> None:
    """A rehearsal begins at the document: nobody is handed anything."""
    person.room.resize(1280, 800)
    person.room.show()
    person.sitting.begin()
    person.wait_for(Screen.READING)
    person.wait_idle()


def test_it_says_on_every_page_that_it_is_none(person: Person) -> None:
    enter(person)
    for press, screen in (("Fill in for me", Screen.WALK), ("Finish", Screen.REVIEW)):
        person.read("Rehearsal as Buyer Smith")
        person.read("Nothing you enter here is kept, signed or sent.")
        person.press(press)
        person.wait_for(screen)
    person.read("Rehearsal as Buyer Smith")


def test_it_is_played_to_the_end_and_nothing_of_it_is_kept(
    qtbot: QtBot, person: Person, house: House, envelope_id: str
) -> None:
    before = everything(house, envelope_id)
    enter(person)
    person.press("Fill in for me")
    person.wait_for(Screen.WALK)
    person.wait_idle()
    assert person.model.walk.done
    (fill,) = [b for b in person.room.findChildren(QPushButton) if b.accessibleName() == "Fill in for me"]
    assert (fill.isEnabled(), fill.toolTip()) == (False, "There is nothing to fill in now.")
    person.press("Finish")
    person.press("Sign and finish")
    person.wait_for(Screen.THANKS)
    with qtbot.waitSignal(person.room.closed):
        person.find("Give the device back").click()
    assert everything(house, envelope_id) == before


def test_it_is_left_at_any_time_and_without_the_hosts_pin(
    qtbot: QtBot, theme: Theme, house: House, tasks: TaskRunner, envelope_id: str
) -> None:
    preferences.set_pin(house, "2468")
    QGuiApplication.clipboard().setText("the host's own")
    for leave in ("button", "window"):
        person = Person(qtbot, RehearsalRoom(house, tasks, rehearsing.begin(house, envelope_id, "buyer")))
        enter(person)
        with qtbot.waitSignal(person.room.closed):
            if leave == "button":
                person.find("End the rehearsal").click()
            else:
                person.room.close()
    assert QGuiApplication.clipboard().text() == "the host's own"


def test_the_room_speaks_the_language_of_the_envelope(
    qtbot: QtBot, theme: Theme, house: House, tasks: TaskRunner, envelope_id: str
) -> None:
    envelope = reading.envelope(house, envelope_id)
    drafting.change(house, envelope_id, style=replace(envelope.style, language="de"))
    person = Person(qtbot, RehearsalRoom(house, tasks, rehearsing.begin(house, envelope_id, "buyer")))
    enter(person)
    person.read("Probe als Buyer Smith")
    person.model.choose_language("en")
    person.read("Rehearsal as Buyer Smith")
    empty([person.room])
    speak("en")


def test_in_arabic_the_band_begins_at_the_right(person: Person) -> None:
    enter(person)
    person.model.choose_language("ar")
    person.settle()
    (title,) = [
        each
        for each in person.room.findChildren(ElidedLabel)
        if "Buyer Smith" in each.text() and "تجربة" in each.text()
    ]
    drawn = title.grab().toImage()
    ground = drawn.pixelColor(0, 0)
    inked = [x for x in range(drawn.width()) if any(drawn.pixelColor(x, y) != ground for y in range(drawn.height()))]
    assert drawn.width() - inked[-1] < 12 < inked[0]


# -- in the editor ---------------------------------------------------------------------------------------


@pytest.fixture
def made(house: House, theme: Theme, runner: InlineRunner, envelope_id: str) -> Iterator[Bench]:
    with bench(house, envelope_id, runner) as found:
        yield found


def dialog(made: Bench, kind: type[W]) -> W:
    (found,) = [each for each in made.page.findChildren(kind) if each.isVisible()]
    return found


def test_one_chooses_as_whom_and_jumps_from_a_finding_to_its_field(made: Bench) -> None:
    text = next(f for f in made.stored.fields_of("buyer") if f.kind == "text")
    narrow = replace(text, rect=Rect(72, 200, 20, 24), style=replace(text.style, size_pt=20.0))
    made.studio.draft.replace_fields("Narrow", [narrow])
    made.do("envelope.rehearse")
    asked = dialog(made, RehearseDialog)
    (start,) = [b for b in asked.findChildren(QPushButton) if b.accessibleName() == "Rehearse as Buyer Smith"]
    start.click()
    assert made.ways.gone[-1] == ("rehearse", (made.envelope_id, "buyer"))
    found = dialog(made, RehearsedDialog)
    line = next(n for n in range(found.list.count()) if "no room" in found.list.item(n).text())
    made.studio.draft.select(())
    QTest.mouseClick(
        found.list.viewport(), Qt.MouseButton.LeftButton, pos=found.list.visualItemRect(found.list.item(line)).center()
    )
    assert made.studio.draft.selection == (text.id,)


def test_where_nothing_is_wrong_that_is_said_with_the_time_it_takes(made: Bench) -> None:
    made.page.rehearse_as("seller")
    found = dialog(made, RehearsedDialog)
    said = [label.text() for label in found.findChildren(QLabel)]
    assert said == ["Nothing stands in the way of Seller Smith", "2 fields; about 1 minute to read and fill in."]
    assert not found.list.isVisible()


def test_with_nobody_who_acts_the_button_says_why_it_is_grey(made: Bench) -> None:
    people = [replace(r, action=Action.COPY) for r in made.studio.draft.envelope.recipients]
    made.studio.draft.edit("Copies", replace(made.studio.draft.envelope, recipients=tuple(people)))
    assert made.actions.reason_against("envelope.rehearse") == "Add somebody who acts on it first."


def test_who_is_alone_is_not_chosen(house: House, theme: Theme, runner: InlineRunner, tmp_path: Path) -> None:
    with bench(house, leases.draft(house, tmp_path, "buyer"), runner) as made:
        made.do("envelope.rehearse")
        assert made.ways.gone[-1][0] == "rehearse"
