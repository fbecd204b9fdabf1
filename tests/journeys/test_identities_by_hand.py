"""In a real window: a key at a trust service and one on a card are added, and both seal a file, by mouse and keys."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QPushButton, QScrollArea, QWidget

from app.domain.verdict import Verdict
from app.services import identities, verifying
from app.ui.frame.visiting import VisitDialog
from app.ui.home.asking import Question
from app.ui.preferences.identities import NONE_YET, IdentitiesCard
from app.ui.seal.identity_adding import AddIdentity
from app.ui.seal.identity_card import PinDialog
from app.ui.seal.identity_keys import KeyForm
from app.ui.seal.page import SealPage
from app.ui.widgets.failure import FailureDialog
from app.ui.widgets.toast import Toast
from tests.fakes import csc_login
from tests.fakes.csc import OTP, PIN, TOKEN, Trust, trust_service
from tests.journeys import test_the_window
from tests.journeys.test_the_window import Journey
from tests.support import softhsm
from tests.support.browsing import get
from tests.support.certo import Certo, certo
from tests.support.hand import visible, wait_for
from tests.support.pages import write_pdf
from tests.support.softhsm import Slots, slots

pytestmark = [pytest.mark.display, pytest.mark.timeout(240)]
SEALED = "1 file sealed, each read again and verified."
TOKENS, SERVICE = 3, 4
"""Their places in the menu."""


@pytest.fixture(scope="module")
def pki(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Certo]:
    with certo(tmp_path_factory.mktemp("pki")) as served:
        yield served


@pytest.fixture
def hsm(tmp_path: Path, pki: Certo, monkeypatch: pytest.MonkeyPatch) -> Slots:
    made = slots(tmp_path / "hsm")
    monkeypatch.setenv("SOFTHSM2_CONF", made.environment["SOFTHSM2_CONF"])
    made.put(made.token("Office card"), pki.person("carol"))
    return made


@pytest.fixture
def trust(pki: Certo) -> Iterator[Trust]:
    with trust_service({"k1": pki.person("expired"), "k2": pki.person("alice")}, asks=("PIN", "OTP")) as served:
        yield served


journey = test_the_window.journey


def add(journey: Journey, place: int) -> KeyForm:
    """In one go: the menu waits for its answer."""
    (button,) = visible(AddIdentity)
    show(button)
    spot = button.mapToGlobal(button.rect().center())
    journey.hand.do(
        "mousemove",
        spot.x(),
        spot.y(),
        "click",
        1,
        "sleep",
        0.6,
        "key",
        *["Down"] * place,
        "sleep",
        0.2,
        "key",
        "Return",
    )
    wait_for(lambda: bool(visible(KeyForm)), "the form")
    return visible(KeyForm)[0]


def added(journey: Journey, form: KeyForm, name: str) -> None:
    wait_for(lambda: form.chosen is not None, "the keys")
    journey.hand.press("Add identity")
    wait_for(lambda: name in {each.name for each in identities.records(journey.house)}, f"{name} to be kept")
    wait_for(lambda: not visible(KeyForm), "the form to close")


def choose(journey: Journey, name: str) -> None:
    (who,) = visible(QComboBox, "Whose seal")
    wait_for(lambda: who.findText(f"{name} ({name})") >= 0, name)
    journey.hand.click(who)
    journey.hand.do("type", "--delay", 30, name)
    journey.hand.do("key", "Return")
    wait_for(lambda: who.currentText() == f"{name} ({name})", f"{name} to be chosen")


def seal(journey: Journey, page: SealPage, *secrets: tuple[str, str]) -> None:
    wait_for(lambda: page._seal.isEnabled() and not visible(Toast), "the button")
    journey.hand.click(page._seal)
    wait_for(lambda: bool(visible(PinDialog)), "the card and its PIN")
    for name, secret in secrets:
        journey.hand.write(name, secret)
    journey.hand.do("key", "Return")
    wait_for(lambda: not visible(PinDialog), "the run")


def signer(journey: Journey, path: Path) -> str:
    judged = verifying.verify(journey.house, path).report
    assert judged.verdict is Verdict.VALID
    return judged.signatures[-1].signer


def show(inside: QWidget) -> None:
    """As a person scrolls to it."""
    above = inside.parentWidget()
    while not isinstance(above, QScrollArea):
        assert above is not None
        above = above.parentWidget()
    above.ensureWidgetVisible(inside, 0, 0)
    QTest.qWait(200)


def preferences(journey: Journey) -> None:
    journey.hand.do("key", "ctrl+comma")
    wait_for(lambda: bool(visible(IdentitiesCard)), "the preferences")


def press(journey: Journey, words: str) -> None:
    """A button of a line of the list."""
    wait_for(lambda: bool(visible(QPushButton, words)), words)
    show(visible(QPushButton, words)[0])
    journey.hand.press(words)


def add_both(journey: Journey, trust: Trust, source: Path) -> SealPage:
    """One from the preferences, one from the page Seal, which stays open with the file."""
    preferences(journey)
    wait_for(lambda: journey.reads(NONE_YET), "the list")
    form = add(journey, SERVICE)
    journey.hand.write("Address", trust.url)
    journey.hand.write("Access token", TOKEN)
    journey.hand.do("key", "Return")
    added(journey, form, "Alice")
    press(journey, "Make default: Alice")
    wait_for(lambda: identities.records(journey.house)[0].is_default, "the default")
    journey.program.windows[0].show_page("seal")
    wait_for(lambda: bool(visible(SealPage)), "the page")
    (page,) = visible(SealPage)
    page.take_files((source,))
    wait_for(lambda: page._form.signer is not None, "the keys")
    added(journey, add(journey, TOKENS), "Carol")
    return page


def remove(journey: Journey, name: str) -> None:
    preferences(journey)
    press(journey, f"Remove: {name}")
    wait_for(lambda: bool(visible(Question)), "the question")
    journey.hand.press("Remove it")
    wait_for(lambda: name not in {each.name for each in identities.records(journey.house)}, f"{name} to go")


def test_keys_at_a_service_and_on_a_card_are_added_and_seal(
    hsm: Slots, journey: Journey, trust: Trust, pki: Certo, tmp_path: Path
) -> None:
    """The cards are there first: a module looks for them once, when it is loaded."""
    hand, house = journey.hand, journey.house
    verifying.add_trust(house, pki.root_file(tmp_path))
    page = add_both(journey, trust, write_pdf(tmp_path / "Lease.pdf"))
    wait_for(lambda: page._form.signer is not None and page._form.signer.name == "Carol", "Carol to be chosen")
    seal(journey, page, ("PIN", "0000"))
    wait_for(lambda: bool(visible(FailureDialog)), "what is wrong")
    assert visible(FailureDialog)[0].windowTitle() == "Wrong PIN"
    hand.press("Close", QPushButton)
    sealed = tmp_path / "sealed" / "Lease.pdf"
    assert not sealed.exists()
    seal(journey, page, ("PIN", softhsm.PIN))
    wait_for(lambda: journey.reads(SEALED), "the end of the run")
    assert signer(journey, sealed) == "Carol"

    hand.press("Clear", QPushButton)
    page.take_files((write_pdf(tmp_path / "Annex.pdf"),))
    choose(journey, "Alice")
    seal(journey, page, ("PIN", PIN), ("OTP", "000000"))
    wait_for(lambda: journey.reads("0 files sealed, 1 not."), "the refusal")
    assert trust.signed == 0
    seal(journey, page, ("PIN", PIN), ("OTP", OTP))
    wait_for(lambda: journey.reads(SEALED), "the end of the run")
    assert signer(journey, tmp_path / "sealed" / "Annex.pdf") == "Alice"
    assert trust.signed == 1

    remove(journey, "Alice")
    assert house.vault.names().count("identity/Alice/token") == 0


class Page:
    """The person's browser: it answers what it is sent to, or is closed."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.answers = True
        self.opened: list[str] = []
        self.threads: list[Thread] = []
        monkeypatch.setattr(QDesktopServices, "openUrl", self._open)

    def _open(self, url: QUrl) -> bool:
        self.opened.append(url.toString(QUrl.ComponentFormattingOption.FullyEncoded))
        if self.answers:
            self.threads.append(Thread(target=self._answer, args=(self.opened[-1],)))
            self.threads[-1].start()
        return True

    def _answer(self, url: str) -> None:
        while url:
            _, url = get(url)


def test_a_login_and_each_seal_are_confirmed_in_the_browser_or_given_up(
    journey: Journey, trust: Trust, pki: Certo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand, house, browser = journey.hand, journey.house, Page(monkeypatch)
    trust.mode = "oauth2code"
    verifying.add_trust(house, pki.root_file(tmp_path))
    preferences(journey)
    wait_for(lambda: journey.reads(NONE_YET), "the list")
    form = add(journey, SERVICE)
    hand.write("Address", trust.url)
    hand.click(visible(QComboBox, "Log in with")[0])
    hand.do("type", "--delay", 30, "Your")
    hand.do("key", "Return")
    hand.write("Client id", csc_login.PUBLIC)
    hand.do("key", "Return")
    added(journey, form, "Alice")
    assert len(browser.opened) == 1
    journey.program.windows[0].show_page("seal")
    wait_for(lambda: bool(visible(SealPage)), "the page")
    (page,) = visible(SealPage)
    page.take_files((write_pdf(tmp_path / "Lease.pdf"),))
    choose(journey, "Alice")

    browser.answers = False
    seal(journey, page)
    wait_for(lambda: bool(visible(VisitDialog)), "the wait for the browser")
    hand.do("key", "Escape")
    wait_for(lambda: journey.reads("0 files sealed, 1 not."), "the refusal")
    sealed = tmp_path / "sealed" / "Lease.pdf"
    assert (trust.signed, sealed.exists(), visible(VisitDialog)) == (0, False, [])

    browser.answers = True
    seal(journey, page)
    wait_for(lambda: journey.reads(SEALED), "the end of the run")
    assert signer(journey, sealed) == "Alice"
    assert (trust.signed, len(browser.opened)) == (1, 3)
    for thread in browser.threads:
        thread.join()
