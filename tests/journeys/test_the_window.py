"""The whole road in a real window, by mouse and keys: open, place, send, two people sign, verify."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from math import sin
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from app import bootstrap, paths
from app.domain.envelope import Envelope, EnvelopeStatus
from app.domain.geometry import Point
from app.services import reading, verifying, viewing
from app.services.house import House
from app.ui.canvas.layout import PageRef
from app.ui.frame.memory import Memory
from app.ui.prepare.studio import Studio
from app.ui.room.locked import LockedRoom
from app.ui.room.pad import Pad
from app.ui.start import Start
from app.ui.windows import Program
from tests.support.hand import Hand, visible, wait_for
from tests.support.pages import write_pdf
from tests.support.pki import pdfsig
from tests.ui.room_hands import empty

pytestmark = [pytest.mark.display, pytest.mark.timeout(240)]
WAVE = [(0.2 + 0.02 * n, 0.5 + 0.2 * sin(n)) for n in range(26)]
LINE = [(0.2 + 0.03 * n, 0.8) for n in range(16)]


@dataclass
class Journey:
    """A program that runs, and the hand before it."""

    program: Program
    hand: Hand

    @property
    def house(self) -> House:
        assert self.program.house is not None
        return self.program.house

    @property
    def envelope(self) -> Envelope:
        """The one that is being prepared."""
        return reading.envelope(self.house, self.studio.draft.envelope.id)

    @property
    def studio(self) -> Studio:
        (found,) = visible(Studio)
        return found

    def reads(self, words: str) -> bool:
        return any(words in label.text() for label in visible(QLabel))


@pytest.fixture
def journey(qapp: QApplication, tmp_path: Path) -> Iterator[Journey]:
    if shutil.which("xdotool") is None:
        pytest.skip("xdotool is not here")
    library = tmp_path / "library"
    library.mkdir()
    (library / "sample-shown").touch()
    start = Start(
        build=lambda _: bootstrap.build(library, lambda: "a passphrase"),
        resources=paths.resource("icons").parent,
        library=library,
        log=lambda: tmp_path,
        version="0",
    )
    program = Program(qapp, start, Memory(library))  # type: ignore[arg-type]
    shell = program.open_window()
    shell.resize(1240, 860)
    program.load()
    wait_for(lambda: program.house is not None, "the library")
    wait_for(shell.isActiveWindow, "the window")
    yield Journey(program, Hand())
    # The last signer's thanks stand until the host comes back; a modal room would keep every later window in its shade.
    empty(visible(LockedRoom))
    for window in list(program.windows):
        window.close()
    program.close()
    program.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def place(journey: Journey, kind: str, x: float, y: float) -> None:
    """Drags a kind of field from the palette onto the first page, its middle to this place (points)."""
    studio, before = journey.studio, len(journey.envelope.fields)
    button = studio.side.palette_.button(kind)
    document = journey.envelope.documents[0].id
    spot = studio.view.frame_of(PageRef(document, 1)).point(Point(x, y)).toPoint()
    target = studio.view.viewport().mapToGlobal(spot)
    journey.hand.drag(button.mapToGlobal(button.rect().center()), target)
    wait_for(lambda: len(journey.envelope.fields) == before + 1, f"the {kind} to be stored")
    placed = journey.envelope.fields[-1]
    # Within what a pixel is worth at this zoom and what snapping may move.
    reach = 6 / studio.view.scale + 0.5
    assert placed.rect.center.x == pytest.approx(x, abs=reach)
    assert placed.rect.center.y == pytest.approx(y, abs=reach)


def add_person(journey: Journey, name: str) -> None:
    before = len(journey.envelope.recipients)
    journey.hand.press("Add recipient")
    wait_for(lambda: len(journey.envelope.recipients) == before + 1, "another recipient")
    journey.hand.write("Name", name)
    journey.hand.press("Done")
    wait_for(lambda: name in [r.name for r in journey.envelope.recipients], f"{name} to be stored")


def sign(journey: Journey, name: str) -> None:
    """In the room, from the host's card to the seal."""
    hand = journey.hand
    wait_for(lambda: bool(visible(LockedRoom)), "the room")
    hand.press(f"Hand over to {name}")
    hand.press(f"I am {name}")
    hand.press("I agree to sign electronically")
    hand.press("Agree and continue")
    room = visible(LockedRoom)[0]
    field = next(f for f in room.sitting.model.walk.fields if f.kind == "signature")
    room.sitting.model.go_to(field)
    wait_for(lambda: not room.sitting.model.busy, "the field")
    hand.click(room.sitting.document.fields.button_of(field))
    wait_for(lambda: bool(visible(Pad)), "the pad")
    (pad,) = visible(Pad)
    hand.draw(pad, WAVE)
    hand.draw(pad, LINE)
    wait_for(lambda: len(pad.strokes) == 2, "two strokes")
    hand.press("Place signature")
    hand.press("Finish", QPushButton)
    hand.press("Sign and finish")
    wait_for(lambda: journey.reads(f"Thank you, {name.split(maxsplit=1)[0]}"), "the thanks", 40)


def test_open_place_send_two_people_sign_with_drawn_strokes_and_the_result_is_valid(
    journey: Journey, tmp_path: Path
) -> None:
    journey.program.take([write_pdf(tmp_path / "Lease.pdf", 2)])
    wait_for(lambda: bool(visible(Studio)), "the editor")
    add_person(journey, "Ann Lee")
    place(journey, "signature", 200, 300)
    place(journey, "date_signed", 200, 380)
    add_person(journey, "Bob Ray")
    place(journey, "signature", 420, 300)
    names = {r.role: r.name for r in journey.envelope.recipients}
    owners = [(f.kind, names[f.recipient or ""]) for f in journey.envelope.fields]
    assert owners == [("signature", "Ann Lee"), ("date_signed", "Ann Lee"), ("signature", "Bob Ray")]
    journey.hand.press("Send out")
    wait_for(lambda: journey.reads("then signs"), "the question")
    dialog_send(journey)
    envelope_id = journey.envelope.id
    wait_for(
        lambda: reading.envelope(journey.house, envelope_id).status is EnvelopeStatus.OUT, "the envelope to be out"
    )
    journey.hand.press("Start signing as Ann Lee")
    sign(journey, "Ann Lee")
    journey.hand.press("Hand over to Bob Ray")
    sign(journey, "Bob Ray")
    whole = reading.envelope(journey.house, envelope_id)
    assert whole.status is EnvelopeStatus.COMPLETED
    sealed = viewing.blob_path(journey.house, whole.documents[0].latest)
    judged = verifying.verify(journey.house, sealed)
    assert judged.all_valid
    assert [one.signer for one in judged.report.signatures] == ["Ann Lee", "Bob Ray"]
    assert pdfsig(sealed).count("Signature is Valid") == 2


def dialog_send(journey: Journey) -> None:
    """The button of the card, not the one behind it."""
    from app.ui.prepare.send_dialog import SendDialog

    wait_for(lambda: bool(visible(SendDialog)), "the card")
    (dialog,) = visible(SendDialog)
    (button,) = [b for b in dialog.findChildren(type(dialog._send)) if b.text() == "Send out"]
    journey.hand.click(button, QPoint(button.width() // 2, button.height() // 2))
