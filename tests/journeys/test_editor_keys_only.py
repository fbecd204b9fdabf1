"""Without a mouse: two recipients, five fields on two pages, sent out. Every key arrives as from a keyboard."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.domain.envelope import EnvelopeStatus
from app.services import drafting
from app.services.house import House
from app.ui.prepare.send_dialog import SendDialog
from tests.support.hand import Hand, visible, wait_for
from tests.support.inline_runner import InlineRunner
from tests.support.pages import write_pdf
from tests.support.studios import Bench, bench, dressed

pytestmark = [pytest.mark.display, pytest.mark.timeout(120)]


@pytest.fixture
def made(house: House, tmp_path: Path, qapp: QApplication) -> Iterator[Bench]:
    if shutil.which("xdotool") is None:
        pytest.skip("xdotool is not here")
    dressed(qapp)
    envelope = drafting.from_files(house, [write_pdf(tmp_path / "Lease.pdf", 2)]).one("envelope")
    with bench(house, envelope, InlineRunner(), (1400, 960)) as found:
        QTest.qWaitForWindowExposed(found.window)
        found.window.activateWindow()
        wait_for(found.window.isActiveWindow, "the window")
        QTest.qWait(60)
        yield found


class Keys:
    """The keyboard of the screen, and nothing else."""

    def __init__(self, made: Bench) -> None:
        self.made, self._hand = made, Hand()

    def press(self, *names: str) -> None:
        for name in names:
            self._hand.do("key", name)
        QTest.qWait(30)

    def write(self, text: str) -> None:
        self._hand.do("type", "--delay", 8, text)
        QTest.qWait(30)

    def to_pages(self) -> None:
        """Tab leads out of the form and on to the pages sooner or later, as for anybody without a mouse."""
        for _ in range(60):
            if self.made.studio.view.hasFocus():
                return
            self.press("Tab")
        raise AssertionError("Tab does not lead to the pages")

    def place(self, letter: str, *carry: str) -> None:
        before = len(self.made.stored.fields)
        self.press(letter, *carry, "Return")
        wait_for(lambda: len(self.made.stored.fields) == before + 1, f"the field of {letter}")


def test_an_envelope_is_prepared_and_sent_by_keys_alone(made: Bench) -> None:
    keys = Keys(made)
    for name, email in (("Ana Ruiz", "ana@example.com"), ("Bob Ray", "bob@example.com")):
        keys.press("ctrl+shift+a")
        keys.write(name)
        keys.press("Tab")
        keys.write(email)
        keys.press("Return")
    assert [recipient.name for recipient in made.stored.recipients] == ["Ana Ruiz", "Bob Ray"]
    keys.to_pages()
    keys.press("1")
    keys.place("s", "shift+Down", "shift+Down", "shift+Left", "shift+Left")
    keys.place("d", "shift+Down", "shift+Down", "shift+Down", "shift+Left", "shift+Left")
    keys.place("t", "shift+Up")
    keys.press("Escape", "2", "ctrl+Next")
    assert made.studio.view.page is not None
    assert made.studio.view.page.page == 2
    keys.place("s", "shift+Right")
    keys.place("i", "shift+Down", "shift+Down")
    keys.press("Escape")
    placed = [(field.kind, field.page, field.recipient) for field in made.stored.fields]
    roles = [recipient.role for recipient in made.stored.recipients]
    assert placed == [
        ("signature", 1, roles[0]),
        ("date", 1, roles[0]),
        ("text", 1, roles[0]),
        ("signature", 2, roles[1]),
        ("initials", 2, roles[1]),
    ]
    wait_for(lambda: made.actions.qaction("envelope.send").isEnabled(), "the way out")
    keys.press("ctrl+Return")
    wait_for(lambda: bool(visible(SendDialog)), "the card")
    keys.press("Return")
    wait_for(lambda: made.stored.status is EnvelopeStatus.OUT, "the envelope to be out", 40)


def test_screen_readers_are_told_each_field_its_owner_page_and_place(made: Bench) -> None:
    keys = Keys(made)
    keys.press("ctrl+shift+a")
    keys.write("Ana Ruiz")
    keys.press("Return")
    keys.to_pages()
    keys.place("s")
    root = QAccessible.queryAccessibleInterface(made.studio.view)
    names = [root.child(at).text(QAccessible.Text.Name) for at in range(root.childCount())]
    assert len(names) == 1
    assert names[0].startswith("Signature, Ana Ruiz, page 1, ")
    assert names[0].endswith("mm from top, required")
    assert root.child(0).state().selected
