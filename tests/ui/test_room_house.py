"""The room over a real house: real library, real seals."""

from __future__ import annotations

import gc
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.domain.envelope import EnvelopeStatus
from app.domain.mark import Mark
from app.services import marks, reading, samples, sending, specifying, viewing
from app.services.house import House
from app.tasks import TaskRunner
from app.ui.models.room import Screen
from app.ui.models.room_walk import Control
from app.ui.room.window import RoomWindow
from app.ui.theme import Theme
from tests.support import houses
from tests.support.leases import DRAWN, sent
from tests.ui.room_hands import Person, empty

SIMPLE = {"text": "As agreed", "name": "Jane Smith", "date": "2026-12-01", "checkbox": True}


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


def sit(qtbot: QtBot, room: RoomWindow) -> Person:
    person = Person(qtbot, room)
    person.begin()
    return person


def fill_and_finish(person: Person) -> None:
    """By the model where the journey by hand is proved elsewhere; the last press is a real one."""
    for field in person.model.walk.missing:
        if field.options:
            person.model.fill({field.id: field.options[0]})
        elif field.kind in SIMPLE:
            person.model.fill({field.id: SIMPLE[field.kind]})
    for control in (Control.INITIALS, Control.SIGNATURE):
        if places := person.model.walk.of_control(control):
            person.model.adopt(DRAWN, control, places, lambda: None, lambda words: pytest.fail(words.happened))
    person.wait_idle()
    person.press("Finish")
    person.press("Sign and finish")
    person.wait_for(Screen.THANKS)


def test_two_people_sign_the_samples_one_after_the_other_in_one_room(
    qtbot: QtBot, theme: Theme, house: House, tasks: TaskRunner
) -> None:
    envelope_id = specifying.new(house, samples.sample_spec()).one("envelope")
    sending.send(house, envelope_id)
    room = RoomWindow(house, tasks, envelope_id, "client")
    person = sit(qtbot, room)
    fill_and_finish(person)
    person.press("Hand over to Bob Jones")
    person.wait_for(Screen.HANDOVER)
    person.take_over()
    person.agree()
    fill_and_finish(person)
    person.read("the envelope is complete")
    envelope = reading.envelope(house, envelope_id)
    assert envelope.status is EnvelopeStatus.COMPLETED
    if pdfsig := shutil.which("pdfsig"):
        for document in envelope.documents:
            told = subprocess.run(
                [pdfsig, "-nocert", viewing.blob_path(house, document.latest)],
                capture_output=True,
                text=True,
                check=False,
            ).stdout
            assert told.count("Signature is Valid.") == 2
            assert "Jane Smith" in told
            assert "Bob Jones" in told
    empty([room])


def test_a_room_that_was_cut_off_goes_on_with_what_was_entered(
    qtbot: QtBot, theme: Theme, house: House, tasks: TaskRunner, tmp_path: Path
) -> None:
    envelope_id = sent(house, tmp_path)
    room = RoomWindow(house, tasks, envelope_id, "buyer")
    person = sit(qtbot, room)
    text = person.model.walk.missing[0]
    person.model.fill({text.id: "Half a sentence"})
    person.wait_idle()
    empty([room])  # as after a power cut: no goodbye, nothing handed back
    again = RoomWindow(house, tasks, envelope_id, "buyer")
    person = sit(qtbot, again)
    assert person.model.envelope.values[text.id] == "Half a sentence"
    person.press("Continue")
    assert person.model.current is not None
    assert person.model.current.kind == "signature"
    empty([again])


def test_a_signer_takes_the_sealed_documents_along(
    qtbot: QtBot, theme: Theme, house: House, tasks: TaskRunner, tmp_path: Path
) -> None:
    envelope_id = sent(house, tmp_path)
    room = RoomWindow(house, tasks, envelope_id, "buyer")
    person = sit(qtbot, room)
    fill_and_finish(person)
    stick = tmp_path / "stick"
    person.press("Save a copy…")
    person.sitting.layer.sheet.save(stick)  # type: ignore[union-attr]
    person.read("Saved: 1 file.")
    assert [file.name for file in stick.iterdir()] == ["lease.pdf"], "and no evidence about anybody else"
    assert reading.trail(house, envelope_id)[-1].entry.kind == "copy_given"
    empty([room])


def test_no_saved_signature_of_anybody_else_is_in_the_rooms_memory(
    qtbot: QtBot, theme: Theme, house: House, tasks: TaskRunner, tmp_path: Path
) -> None:
    envelope_id = sent(house, tmp_path)
    marks.save(house, "Seller Smith", "usual", Mark("typed", text="hand of the seller", hand="caveat"))
    marks.save(house, "Buyer Smith", "usual", Mark("typed", text="hand of the buyer", hand="caveat"))
    room = RoomWindow(house, tasks, envelope_id, "buyer")
    person = sit(qtbot, room)
    signature = next(field for field in person.model.walk.fields if field.kind == "signature")
    person.model.go_to(signature)
    person.wait_idle()
    person.click(person.sitting.document.fields.button_of(signature))
    person.find("Saved")
    gc.collect()
    written = {thing.text for thing in gc.get_objects() if isinstance(thing, Mark)}
    assert "hand of the buyer" in written
    assert "hand of the seller" not in written
    person.press("Saved")
    person.place()
    assert [use.envelope for use in marks.offered(house, "buyer smith")[0].used] == [envelope_id]
    empty([room])
