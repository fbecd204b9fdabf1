"""A key at a trust service, added in the window: each login with its own lines, and the wait for the browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.domain.changes import Changes
from app.services import identities, remote_keys, remote_login, sealing_jobs
from app.services.house import House
from app.services.remote_login import BROWSER, CLIENT, TOKEN, Account
from app.services.visiting import Visit, Visits
from app.tasks import TaskRunner
from app.ui.desk import Desk
from app.ui.frame.visiting import TITLE, VisitDialog, Visiting
from app.ui.seal.identity_card import IN_BROWSER, PinDialog
from app.ui.seal.identity_keys import LOOK_FIRST, ServiceForm
from app.ui.theme import Theme
from tests.fakes import csc_login as fake
from tests.fakes.csc import TOKEN as BEARER
from tests.fakes.csc import Trust, trust_service
from tests.support import houses
from tests.support.browsing import Browser, get
from tests.support.certo import Certo, certo
from tests.support.desks import Notices, Ways
from tests.support.greys import silent
from tests.support.inline_runner import InlineRunner
from tests.support.naming import unnamed


@pytest.fixture(scope="module")
def pki(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Certo]:
    with certo(tmp_path_factory.mktemp("pki")) as served:
        yield served


@pytest.fixture(scope="module")
def rooms() -> Iterator[houses.Rooms]:
    with houses.rooms() as shared:
        yield shared


@pytest.fixture
def trust(pki: Certo) -> Iterator[Trust]:
    with trust_service({"k1": pki.person("expired"), "k2": pki.person("alice")}) as served:
        yield served


@pytest.fixture
def house(rooms: houses.Rooms, tmp_path: Path) -> Iterator[House]:
    with houses.house(rooms, tmp_path / "library") as built:
        yield built


@pytest.fixture
def form(house: House, theme: Theme, qtbot: QtBot) -> Iterator[ServiceForm]:
    heard: list[Changes] = []
    behind = QWidget()  # it goes when nobody holds it, and the form with it
    qtbot.addWidget(behind)
    made = ServiceForm(Desk(house, InlineRunner(), Notices(), Ways(), heard.append), behind)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    made.show()
    yield made
    made.close()


@pytest.fixture
def browser(house: House) -> Iterator[Browser]:
    made = Browser()
    house.visits.shown_by(made.show)
    yield made
    made.close()


def line(form: QWidget, name: str) -> QLineEdit:
    return next(each for each in form.findChildren(QLineEdit) if each.accessibleName() == name)


def fill(form: QWidget, **texts: str) -> None:
    for name, text in texts.items():
        found = line(form, name.replace("_", " "))
        found.clear()
        QTest.keyClicks(found, text)


def choose(form: ServiceForm, way: str) -> None:
    form._way.setCurrentIndex(form._way.findData(way))


def shown(form: ServiceForm) -> list[str]:
    return [path for path, one in form._lines.items() if one.whole.isVisibleTo(form)]


def said(widget: QWidget) -> str:
    return " ".join(each.text() for each in widget.findChildren(QLabel) if each.isVisibleTo(widget))


def names(house: House) -> set[str]:
    return {record.name for record in identities.records(house)}


def test_each_login_shows_the_lines_it_needs_and_says_what_is_missing(form: ServiceForm) -> None:
    always = ["url", "way", "list", "name"]
    assert shown(form) == ["url", "way", "token", "list", "name"]
    fill(form, Address="https://trust.example")
    lacks = {}
    for way in (TOKEN, CLIENT, BROWSER):
        choose(form, way)
        lacks[way] = form._seek.toolTip()
        assert [path for path in shown(form) if path in always] == always
    assert lacks == {
        TOKEN: "The access token is missing.", CLIENT: "The client id is missing.", BROWSER: "The client id is missing."
    }  # fmt: skip
    assert shown(form) == ["url", "way", "client", "secret", "list", "name"]
    fill(form, Client_id="paraph")
    assert form._seek.isEnabled()
    choose(form, CLIENT)
    assert form._seek.toolTip() == "The client secret is missing."
    assert line(form, "Client secret").echoMode() is QLineEdit.EchoMode.Password
    assert "http://127.0.0.1/callback" in said(form)
    assert form.missing() == LOOK_FIRST
    assert (unnamed(form), silent(form)) == ([], [])


def test_a_key_is_added_with_the_secret_of_a_client(form: ServiceForm, house: House, trust: Trust) -> None:
    fill(form, Address=trust.url)
    choose(form, CLIENT)
    fill(form, Client_id=fake.CLIENT, Client_secret="wrong")
    form._seek.click()
    assert "Check client id and secret." in form._lines["secret"].problem.text()
    fill(form, Client_secret=fake.SECRET)
    assert not form._lines["secret"].problem.text()
    QTest.keyClick(line(form, "Client secret"), Qt.Key.Key_Return)
    assert (form.list.count(), form.list.currentRow()) == (2, 1)
    form._add.click()
    assert names(house) == {"Alice"}
    assert [each["grant_type"] for each in trust.logins.asked][1:] == ["client_credentials"]


def test_a_person_logs_in_once_in_the_browser_to_look_and_to_add(
    form: ServiceForm, house: House, trust: Trust, browser: Browser
) -> None:
    fill(form, Address=trust.url)
    choose(form, BROWSER)
    fill(form, Client_id=fake.PUBLIC)
    form._seek.click()
    form._add.click()
    assert names(house) == {"Alice"}
    assert len(browser.visits) == 1


def test_a_page_that_was_not_answered_is_told_and_what_was_typed_stays(
    form: ServiceForm, house: House, trust: Trust, browser: Browser
) -> None:
    fill(form, Address=trust.url)
    choose(form, BROWSER)
    fill(form, Client_id=fake.PUBLIC)
    browser.habit = "cancelled"
    form._seek.click()
    assert "was not confirmed: it was stopped here" in form._problem.text()
    assert (names(house), house.vault.names()) == (set(), ())
    browser.habit = ""
    form._seek.click()
    assert form._problem.text() == ""
    assert form.list.count() == 2


def test_another_login_forgets_the_keys_of_the_one_before(form: ServiceForm, trust: Trust) -> None:
    fill(form, Address=trust.url, Access_token=BEARER)
    form._seek.click()
    assert form._add.isEnabled()
    choose(form, BROWSER)
    assert (form.list.count(), form._add.isEnabled(), form.missing()) == (0, False, LOOK_FIRST)


def test_a_key_released_in_the_browser_says_so_on_its_card_and_asks_for_nothing_to_type(
    house: House, trust: Trust, browser: Browser, theme: Theme, qtbot: QtBot
) -> None:
    trust.mode = "oauth2code"
    remote_keys.add(remote_login.session(house, Account(trust.url, BROWSER, fake.PUBLIC)), "far", "k2")
    signer = next(each for each in sealing_jobs.signers(house) if each.name == "far")
    typed: list[str] = []
    behind = QWidget()
    qtbot.addWidget(behind)
    dialog = PinDialog(signer, typed.append, behind)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    dialog.show()
    assert IN_BROWSER in said(dialog)
    assert dialog.windowTitle() == "Key of far"
    assert dialog.findChildren(QLineEdit) == []
    assert dialog._do.isEnabled()
    dialog._do.click()
    assert typed == [""]


# -- waiting -----------------------------------------------------------------------------------------------------


@pytest.fixture
def pages(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    opened: list[str] = []

    def open_url(url: QUrl) -> bool:
        opened.append(url.toString(QUrl.ComponentFormattingOption.FullyEncoded))
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    return opened


class Waiting:
    """A window, and a thread in which something waits for the browser."""

    def __init__(self, qtbot: QtBot) -> None:
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.window.show()
        self.failures: list[Exception] = []
        self.answers: list[object] = []
        self.visits = Visits()
        self.visiting = Visiting(lambda: self.window)
        self.visits.shown_by(self.visiting.show)
        self.runner = TaskRunner(self.failures.append)

    def ask(self) -> None:
        def page(redirect: str) -> str:
            return f"{redirect}?code=a%20b&state=s"

        self.runner.start(
            lambda _: self.visits.ask(page, "login.example", "Log in"),
            self.answers.append, self.failures.append, far=True,
        )  # fmt: skip

    def dialogs(self) -> list[VisitDialog]:
        return [each for each in self.window.findChildren(VisitDialog) if each.isVisible()]


@pytest.fixture
def waiting(theme: Theme, qtbot: QtBot) -> Iterator[Waiting]:
    made = Waiting(qtbot)
    yield made
    made.visits.close()
    assert made.runner.close()


def test_the_wait_is_shown_and_ends_by_itself_when_the_browser_comes_back(
    waiting: Waiting, pages: list[str], qtbot: QtBot
) -> None:
    waiting.ask()
    qtbot.waitUntil(lambda: bool(waiting.dialogs() and pages))
    (dialog,) = waiting.dialogs()
    assert "Log in at login.example." in said(dialog)
    assert "up to 5 minutes" in said(dialog)
    assert (unnamed(dialog), silent(dialog)) == ([], [])
    press(dialog, "Open the page again")
    assert pages == [pages[0]] * 2
    press(dialog, "Copy its address")
    assert QGuiApplication.clipboard().text() == pages[0]
    assert "on the clipboard" in said(dialog)
    back = Thread(target=get, args=(pages[0],))
    back.start()
    qtbot.waitUntil(lambda: bool(waiting.answers))
    back.join()
    assert waiting.answers == [{"code": "a b", "state": "s"}]
    qtbot.waitUntil(lambda: not waiting.dialogs())
    assert waiting.failures == []


@pytest.mark.parametrize("how", ["button", "escape", "close"])
def test_the_wait_can_be_stopped_and_that_is_told(waiting: Waiting, pages: list[str], qtbot: QtBot, how: str) -> None:
    waiting.ask()
    qtbot.waitUntil(lambda: bool(waiting.dialogs() and pages))
    (dialog,) = waiting.dialogs()
    if how == "button":
        press(dialog, "Cancel")
    elif how == "escape":
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
    else:
        dialog.close()
    qtbot.waitUntil(lambda: bool(waiting.failures))
    assert "it was stopped here" not in str(waiting.answers)
    assert getattr(waiting.failures[0], "reason", "") == "given_up"
    assert waiting.dialogs() == []


def test_a_window_that_goes_takes_the_wait_with_it(waiting: Waiting, pages: list[str], qtbot: QtBot) -> None:
    waiting.ask()
    qtbot.waitUntil(lambda: bool(waiting.dialogs() and pages))
    waiting.dialogs()[0].deleteLater()
    qtbot.waitUntil(lambda: bool(waiting.failures))
    assert getattr(waiting.failures[0], "reason", "") == "given_up"
    qtbot.wait(50)


def test_a_browser_that_does_not_open_leaves_the_address_to_copy(
    waiting: Waiting, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _: False)
    waiting.ask()
    qtbot.waitUntil(lambda: bool(waiting.dialogs()) and "Copy the address" in said(waiting.dialogs()[0]))
    waiting.visits.close()
    qtbot.waitUntil(lambda: bool(waiting.failures))


def test_a_visit_that_is_over_before_the_window_hears_of_it_opens_nothing(
    waiting: Waiting, pages: list[str], qtbot: QtBot
) -> None:
    visit = Visit("http://127.0.0.1:1/", "login.example", "Log in", 60, lambda _: None)
    waiting.visiting.show(visit)
    visit.end()
    qtbot.wait(50)
    assert (waiting.dialogs(), pages) == ([], [])


def press(dialog: QDialog, words: str) -> None:
    next(each for each in dialog.findChildren(QPushButton) if each.text() == words).click()


def test_the_dialog_is_named(waiting: Waiting, pages: list[str], qtbot: QtBot) -> None:
    waiting.ask()
    qtbot.waitUntil(lambda: bool(waiting.dialogs()))
    assert waiting.dialogs()[0].windowTitle() == TITLE
    assert TITLE in said(waiting.dialogs()[0])
