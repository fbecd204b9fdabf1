"""A counter in a real window, by mouse and keys: three people in a row, and the host's PIN at the end."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from math import sin
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from app import bootstrap, paths
from app.domain.envelope import Envelope, EnvelopeStatus
from app.services import kiosk, preferences, verifying, viewing
from app.services.house import House
from app.services.reading import Query
from app.ui.frame.memory import Memory
from app.ui.room.field_button import FieldButton
from app.ui.room.kiosk import KioskRoom
from app.ui.room.pad import Pad
from app.ui.start import Start
from app.ui.windows import Program
from tests.support import leases
from tests.support.hand import Hand, visible, wait_for
from tests.support.pki import pdfsig
from tests.ui.room_hands import empty

pytestmark = [pytest.mark.display, pytest.mark.timeout(300)]
WAVE = [(0.2 + 0.02 * n, 0.5 + 0.2 * sin(n)) for n in range(26)]
PIN = "2580"


@dataclass
class Counter:
    """A program that runs, and the hand before it."""

    program: Program
    hand: Hand

    @property
    def house(self) -> House:
        assert self.program.house is not None
        return self.program.house

    @property
    def room(self) -> KioskRoom:
        (found,) = visible(KioskRoom)
        return found

    def reads(self, words: str) -> bool:
        return any(words in label.text() for label in visible(QLabel))

    def runs(self) -> list[Envelope]:
        found = [self.house.library.envelope(one) for one in self.house.library.ids(Query())]
        return sorted((one for one in found if "kiosk" in one.metadata), key=lambda one: one.created_at)


def filled(library: Path, folder: Path) -> str:
    """A draft to sign at a counter, and a PIN."""
    house = bootstrap.build(library, lambda: "a passphrase")
    people = [{"role": "visitor", "name": "Visitor"}]
    place = {"type": "signature", "recipient": "visitor", "page": 1, "x": 72, "y": 200, "width": 180, "height": 50}
    made = leases.draft(house, folder, "visitor", recipients=people, fields=[place], title="House rules")
    preferences.set_pin(house, PIN)
    house.close()
    return made


@pytest.fixture
def library(tmp_path: Path) -> Path:
    folder = tmp_path / "library"
    folder.mkdir()
    (folder / "sample-shown").touch()
    return folder


@pytest.fixture
def made(library: Path, tmp_path: Path) -> str:
    return filled(library, tmp_path)


def begin(qapp: QApplication, library: Path) -> Counter:
    start = Start(
        build=lambda _: bootstrap.build(library, lambda: "a passphrase"),
        resources=paths.resource("icons").parent,
        library=library,
        log=lambda: library,
        version="0",
    )
    program = Program(qapp, start, Memory(library))  # type: ignore[arg-type]
    program.open_window().resize(1240, 860)
    program.load()
    wait_for(lambda: program.house is not None, "the library")
    return Counter(program, Hand())


def end(counter: Counter) -> None:
    empty(visible(KioskRoom))  # type: ignore[arg-type]
    for window in list(counter.program.windows):
        window.close()
    counter.program.close()
    counter.program.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def counter(qapp: QApplication, library: Path, made: str) -> Iterator[Counter]:
    if shutil.which("xdotool") is None:
        pytest.skip("xdotool is not here")
    counter = begin(qapp, library)
    yield counter
    end(counter)


def sign(counter: Counter, name: str, number: int) -> None:
    """From the name to the thanks, and the place left to the next."""
    hand = counter.hand
    hand.write("Your name", name)
    hand.press("Begin")
    hand.press("I agree to sign electronically")
    hand.press("Agree and continue")
    hand.press("Start", QPushButton)
    wait_for(lambda: isinstance(counter.room.focusWidget(), FieldButton), "the field")
    hand.do("key", "space")
    wait_for(lambda: bool(visible(Pad)), "the pad")
    (pad,) = visible(Pad)
    hand.draw(pad, WAVE)
    hand.press("Place signature")
    hand.press("Finish", QPushButton)
    hand.press("Sign and finish")
    wait_for(lambda: counter.reads(f"Your number: {number}"), "the number", 40)
    hand.press("Done")
    wait_for(lambda: not visible(Pad) and counter.room.start is not None, "the first page")


def test_three_people_in_a_row_leave_three_sealed_documents(counter: Counter, made: str) -> None:
    wait_for(counter.program.windows[0].isActiveWindow, "the window")
    page = counter.program._furnishings[counter.program.windows[0]]
    page.home(made)
    counter.hand.do("key", "ctrl+k")
    counter.hand.do("type", "--delay", 12, "Run as a kiosk")
    counter.hand.do("key", "Return")
    counter.hand.press("Start the kiosk")
    wait_for(lambda: bool(visible(KioskRoom)), "the kiosk")
    people = ("Ana Ruiz", "Bob Jones", "Chen Li")
    for number, name in enumerate(people, start=1):
        sign(counter, name, number)
    counter.hand.press("For the host")
    counter.hand.write("PIN of the host", PIN)
    counter.hand.do("key", "Return")
    wait_for(lambda: not visible(KioskRoom), "the way out")
    wait_for(lambda: bool(counter.program.windows[0].isVisible()), "the program")
    runs = counter.runs()
    assert [(one.title, one.recipients[0].name) for one in runs] == [
        (f"House rules #{number}", name) for number, name in enumerate(people, start=1)
    ]
    for run, name in zip(runs, people, strict=True):
        assert run.status is EnvelopeStatus.COMPLETED
        sealed = viewing.blob_path(counter.house, run.documents[0].latest)
        judged = verifying.verify(counter.house, sealed)
        assert judged.all_valid
        assert [one.signer for one in judged.report.signatures] == [name]
        assert pdfsig(sealed).count("Signature is Valid") == 1


def test_a_program_that_was_cut_off_in_a_run_comes_up_as_the_kiosk(
    qapp: QApplication, library: Path, made: str
) -> None:
    house = bootstrap.build(library, lambda: "a passphrase")
    kiosk.start(house, made)
    kiosk.begin(house, "Ana Ruiz")
    house.close()
    counter = begin(qapp, library)
    try:
        wait_for(lambda: bool(visible(KioskRoom)), "the kiosk")
        wait_for(lambda: counter.room.start is not None, "the first page")
        assert not any(window.isVisible() for window in counter.program.windows)
        (run,) = counter.runs()
        assert (run.status, run.end_reason) == (EnvelopeStatus.VOIDED, kiosk.CUT_OFF)
    finally:
        end(counter)
