"""From the finish screen in a real window: a copy onto a stick, by e-mail, into the host's folder, to a telephone."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit, QPushButton

from app.services import mailing, preferences, reading
from app.services.mailing import Account
from app.ui.canvas.code import CodeView
from app.ui.models.room_places import Entry
from app.ui.room import copies
from app.ui.room.locked import LockedRoom
from tests.journeys import test_the_window
from tests.journeys.test_the_window import Journey, sign
from tests.support import leases, mail
from tests.support.hand import visible, wait_for
from tests.ui.test_room_copies import read_code

pytestmark = [pytest.mark.display, pytest.mark.timeout(240)]
journey = test_the_window.journey
PIN = "2580"


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[mail.Running]:
    (tmp_path / "mail").mkdir()
    with mail.server(tmp_path / "mail") as running:
        monkeypatch.setenv("SSL_CERT_FILE", str(running.certificate))
        yield running


def test_every_way_of_taking_a_copy_from_the_finish_screen(
    journey: Journey, tmp_path: Path, server: mail.Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick, folder = tmp_path / "STICK", tmp_path / "the hosts folder"
    stick.mkdir()
    folder.mkdir()
    monkeypatch.setattr(copies, "plugged_in", lambda: (Entry("STICK", stick, True),))
    house, hand = journey.house, journey.hand
    preferences.set_pin(house, PIN)
    preferences.change(house, copies_by_qr=True, copies_address="127.0.0.1")
    mailing.set_account(
        house, Account("localhost", server.port, "starttls", mail.USER, "host@example.com"), mail.PASSWORD
    )
    place = {"type": "signature", "recipient": "buyer", "page": 1, "x": 72, "y": 200, "width": 180, "height": 50}
    envelope_id = leases.sent(
        house, tmp_path, "buyer", "seller", fields=[place, {**place, "recipient": "seller", "y": 400}]
    )
    journey.program._furnishings[journey.program.windows[0]].room(envelope_id, "buyer")
    sign(journey, "Buyer Smith")
    sealed = house.library.blobs.read(reading.envelope(house, envelope_id).documents[0].latest)
    hand.press("Save a copy…")
    hand.press("Save on STICK")
    wait_for(lambda: journey.reads("Saved: 1 file."), "the stick")
    hand.press("E-mail it to buyer@example.com")
    wait_for(lambda: journey.reads("Sent to buyer@example.com."), "the letter")
    hand.press("Let the host save it")
    hand.write("PIN of the host", PIN)
    hand.do("key", "Return")
    wait_for(lambda: bool(visible(QFileDialog)), "the host's choice")
    into_dialog(journey, folder)
    wait_for(lambda: journey.reads("Saved: 1 file.") and bool(list(folder.iterdir())), "the folder")
    fetched = fetch(journey)
    wait_for(lambda: journey.reads("It has been fetched."), "the telephone")
    hand.press("Back")
    hand.press("Done")
    (letter,) = server.letters.received
    (attached,) = letter.iter_attachments()
    files = [next(one.glob("*.pdf")).read_bytes() for one in (stick, folder)]
    assert [*files, attached.get_content(), fetched] == [sealed] * 4
    given = [
        event.entry.facts["way"] for event in reading.trail(house, envelope_id) if event.entry.kind == "copy_given"
    ]
    assert given == ["drive", "email", "folder", "qr"]
    hand.press("Give the device back")
    hand.write("PIN of the host", PIN)
    hand.do("key", "Return")
    wait_for(lambda: not visible(LockedRoom), "the way out")


def into_dialog(journey: Journey, folder: Path) -> None:
    (dialog,) = visible(QFileDialog)
    line = dialog.findChild(QLineEdit)
    assert line is not None
    journey.hand.click(line)
    journey.hand.do("key", "ctrl+a")
    journey.hand.do("type", "--delay", 12, str(folder))
    (choose,) = [b for b in dialog.findChildren(QPushButton) if b.text().replace("&", "") == "Choose"]
    journey.hand.click(choose)
    if visible(QFileDialog):
        journey.hand.click(choose)  # the first press only put away what completes the path


def fetch(journey: Journey) -> bytes:
    """As a telephone does: scans, compares, presses."""
    journey.hand.press("Fetch it with a telephone")
    wait_for(lambda: bool(visible(CodeView)), "the code")
    (view,) = visible(CodeView)
    host, _, path = read_code(view.grab().toImage()).removeprefix("http://").partition("/")
    answers = []
    for method in ("GET", "POST"):
        telephone = http.client.HTTPConnection(host, timeout=10)
        telephone.request(method, f"/{path}")
        answers.append(telephone.getresponse().read())
        telephone.close()
    page, data = answers
    assert any(label in page.decode() for label in codes())
    return data


def codes() -> list[str]:
    """Four figures on the screen."""
    return [label.text() for label in visible(QLabel) if len(label.text()) == 4 and label.text().isdigit()]
