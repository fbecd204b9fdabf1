"""Two signers and a witness at one device, one of them without a mouse; on a real screen the keys are real ones."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from app.domain.envelope import EnvelopeStatus
from app.services import device, reading, sending, spec, specifying
from app.services.house import House
from app.tasks import TaskRunner
from app.ui.models.room import Screen
from app.ui.room.signature import DRAW
from app.ui.room.window import RoomWindow
from app.ui.theme import Theme
from tests.support import bundles, houses, pki
from tests.support.pages import write_pdf
from tests.ui.room_hands import Person, empty

FARTHEST = 40
"""Presses of Tab after which a button counts as out of reach."""


def a_place(kind: str, label: str, role: str, y: int) -> dict[str, object]:
    height = 50 if kind == "signature" else 24
    at = {"page": 1, "x": 80, "y": y, "width": 180, "height": height}
    return {"type": kind, "label": label, "recipient": role, **at}


SPEC = {
    "title": "Deed of gift",
    "documents": [{"path": "deed.pdf"}],
    "recipients": [
        {"role": "giver", "name": "Jane Smith", "order": 1},
        {"role": "taker", "name": "Bob Jones", "order": 2},
        {"role": "witness", "name": "Wanda Witt", "order": 3, "action": "witness"},
    ],
    "fields": [
        a_place("text", "Object", "giver", 200),
        a_place("signature", "Giver signs", "giver", 300),
        a_place("signature", "Taker signs", "taker", 400),
        a_place("signature", "Witness signs", "witness", 500),
    ],
}


class Keyboard:
    """Keys for whoever has the focus: through the X server where there is one, else through Qt."""

    def __init__(self, qtbot: QtBot, person: Person) -> None:
        self._qtbot, self._person = qtbot, person
        on_screen = os.environ.get("QT_QPA_PLATFORM") != "offscreen" and bool(os.environ.get("DISPLAY"))
        self._tool = shutil.which("xdotool") if on_screen else None

    def press(self, key: str) -> None:
        """By Qt's name of the key, which X shares for those used here."""
        if self._tool:
            subprocess.run([self._tool, "key", "--clearmodifiers", key], check=True, timeout=20)
            self._qtbot.wait(60)
        else:
            focused = self._focused()
            QTest.keySequence(focused, QKeySequence(key.capitalize()))
        self._person.wait_idle()

    def write(self, text: str) -> None:
        if self._tool:
            subprocess.run([self._tool, "type", "--delay", "15", text], check=True, timeout=20)
            self._qtbot.wait(100)
        else:
            QTest.keyClicks(self._focused(), text)

    def go_to(self, name: str) -> None:
        self._person.settle()
        for _ in range(FARTHEST):
            if self.here == name:
                return
            self.press("Tab")
        raise AssertionError(f"{name} is not reached by Tab; the last was {self.here}")

    def use(self, name: str) -> None:
        self.go_to(name)
        self.press("space")

    @property
    def here(self) -> str:
        focused = self._focused()
        text = focused.text() if isinstance(focused, QAbstractButton) else ""
        return focused.accessibleName() or text

    def _focused(self) -> QWidget:
        focused = self._person.room.focusWidget()
        assert focused is not None, "a person without a mouse would be lost here"
        return focused


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


def sits_down(keys: Keyboard, person: Person) -> None:
    name = person.model.recipient.name
    keys.use(f"Hand over to {name}")
    keys.use(f"I am {name}")
    person.wait_for(Screen.READING)
    keys.use("I agree to sign electronically")
    keys.use("Agree and continue")
    person.wait_for(Screen.WALK)


def signs_by_key(keys: Keyboard, person: Person) -> None:
    """From the signature field to the sheet, a typed name, and back to the page."""
    keys.press("Return")
    keys.go_to("Draw")
    keys.press("Right")
    keys.use("Place signature")
    person._qtbot.waitUntil(lambda: person.sitting.layer.sheet is None, timeout=10_000)
    person.wait_idle()


def finishes(keys: Keyboard, person: Person, button: str) -> None:
    keys.press("Return")
    person.wait_for(Screen.REVIEW)
    keys.use(button)
    person.wait_for(Screen.THANKS)


def first_signer_without_a_mouse(keys: Keyboard, person: Person) -> None:
    sits_down(keys, person)
    keys.use("Start")
    keys.write("A violin")
    keys.press("Return")
    signs_by_key(keys, person)
    finishes(keys, person, "Sign and finish")


def second_signer_with_one(person: Person) -> None:
    person.take_over()
    person.agree()
    person.click(person.go_to("Taker signs"))
    person.sheet.choose(DRAW)
    person.draw_signature()
    person.place()
    person.press("Finish")
    person.press("Sign and finish")
    person.wait_for(Screen.THANKS)


def the_journey(qtbot: QtBot, house: House, tasks: TaskRunner, folder: Path, real: bool) -> None:
    write_pdf(folder / "deed.pdf", 1)
    (folder / "spec.json").write_text(json.dumps(SPEC), "utf-8")
    envelope_id = specifying.new(house, spec.read(folder / "spec.json")).one("envelope")
    sending.send(house, envelope_id)
    room = RoomWindow(house, tasks, envelope_id, "giver")
    person = Person(qtbot, room)
    if real:
        room.enter()
        qtbot.waitUntil(room.isActiveWindow, timeout=5000)
        person.wait_for(Screen.HANDOVER)
    else:
        person.enter()
    keys = Keyboard(qtbot, person)
    first_signer_without_a_mouse(keys, person)
    keys.use("Hand over to Bob Jones")
    person.wait_for(Screen.HANDOVER)
    second_signer_with_one(person)
    keys.use("Hand over to Wanda Witt")
    person.wait_for(Screen.HANDOVER)
    person.read("Witness to the signature of Bob Jones.")
    sits_down(keys, person)
    keys.use("Start")
    signs_by_key(keys, person)
    finishes(keys, person, "Witness and finish")
    person.read("the envelope is complete")
    empty([room])
    proved(house, envelope_id, folder / "out")


def proved(house: House, envelope_id: str, folder: Path) -> None:
    """By pyHanko and poppler, and the certificate by the trail that went out with it."""
    envelope = reading.envelope(house, envelope_id)
    assert envelope.status is EnvelopeStatus.COMPLETED
    bundle, authority = bundles.exported(house, envelope_id, folder), device.authority(house)
    assert len(bundle.all("signed")) == 3
    seen = bundle.last("signed", role="witness")["facts"]
    assert (seen["witness_of"], seen["seen_at"]) == ("taker", bundle.last("signed", role="taker")["time"])
    assert not bundle.untold()
    deed = pki.judged(folder / "deed.pdf", authority, datetime.now(UTC))
    assert [one.signer for one in deed] == ["Jane Smith", "Bob Jones", "Wanda Witt"]
    (certificate,) = pki.judged(folder / "certificate.pdf", authority, datetime.now(UTC))
    assert all(one.good for one in (*deed, certificate))
    assert deed[-1].whole_file
    assert certificate.whole_file
    if shutil.which("pdfsig"):
        told = pki.pdfsig(folder / "deed.pdf")
        assert told.count("Signature is Valid.") == 3, told
        assert all(name in told for name in ("Jane Smith", "Bob Jones", "Wanda Witt"))
        assert "Signature is Valid." in pki.pdfsig(folder / "certificate.pdf")


def test_two_signers_and_a_witness_sign_at_one_device_one_by_keys_alone(
    qtbot: QtBot, theme: Theme, house: House, tasks: TaskRunner, tmp_path: Path
) -> None:
    the_journey(qtbot, house, tasks, tmp_path, real=False)


@pytest.mark.display
def test_the_same_with_real_keys_on_a_real_screen(
    qtbot: QtBot, theme: Theme, house: House, tasks: TaskRunner, tmp_path: Path
) -> None:
    the_journey(qtbot, house, tasks, tmp_path, real=True)
