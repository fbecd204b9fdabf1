"""Accounts at services, added, tried and taken away in the window; the service is a strict fake on this machine."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.domain.changes import Changes
from app.services import accounts
from app.services.house import House
from app.tasks import Runner, TaskRunner
from app.ui.desk import Desk
from app.ui.exchange.account_form import ASSUMED, AccountForm
from app.ui.exchange.accounts import AccountsTab
from app.ui.exchange.key_form import KeyForm
from app.ui.theme import Theme
from tests.fakes.visisign import VisiSign
from tests.support import houses
from tests.support.desks import Notices, Ways
from tests.support.http_server import Plain, Seen, serving
from tests.support.inline_runner import InlineRunner
from tests.support.naming import unnamed

hosts: list[QWidget] = []
"""Dialogs let go of themselves; what they stand over is kept until the test is over."""
KEY = "vsk_" + "0123456789abcdef" * 3


@pytest.fixture(scope="module")
def rooms() -> Iterator[houses.Rooms]:
    with houses.rooms() as shared:
        yield shared


@pytest.fixture
def house(rooms: houses.Rooms, tmp_path: Path) -> Iterator[House]:
    with houses.house(rooms, tmp_path / "library") as built:
        yield built


@pytest.fixture
def desk(house: House, theme: Theme) -> Desk:
    return desk_of(house, InlineRunner())


def desk_of(house: House, runner: Runner) -> Desk:
    """What is published is heard."""
    heard: list[Desk] = []

    def publish(changes: Changes) -> None:
        heard[0].changed.emit(changes)

    heard.append(Desk(house, runner, Notices(), Ways(), publish))
    return heard[0]


def form(desk: Desk, qtbot: QtBot, service: str) -> AccountForm:
    host = QWidget()
    qtbot.addWidget(host, before_close_func=lambda _: hosts.remove(host))
    hosts.append(host)
    made = AccountForm(desk, host)
    made.show()
    made.choose(service)
    return made


def line(shown: QWidget, title: str) -> QWidget:
    (found,) = (
        one
        for kind in (QLineEdit, QComboBox)
        for one in shown.findChildren(kind)
        if one.accessibleName() == title and one.isVisibleTo(shown)
    )
    return found


def write(shown: QWidget, title: str, text: str) -> None:
    found = line(shown, title)
    if isinstance(found, QComboBox):
        found.setCurrentText(text)
    else:
        assert isinstance(found, QLineEdit)
        found.setText(text)


def button(shown: QWidget, name: str) -> QPushButton:
    (found,) = (
        one
        for one in shown.findChildren(QPushButton)
        if name in (one.text(), one.accessibleName()) and one.isVisibleTo(shown)
    )
    return found


def said(shown: QWidget) -> str:
    return "\n".join(one.text() for one in shown.findChildren(QLabel) if one.isVisibleTo(shown))


def test_every_service_has_a_form_in_which_everything_has_a_name(desk: Desk, qtbot: QtBot) -> None:
    for service in accounts.providers():
        shown = form(desk, qtbot, service.name)
        for question in service.form:
            if accounts.is_asked(question, {}):
                assert question.help in said(shown)
        assert not unnamed(shown)


def test_add_says_what_is_missing_and_a_key_is_never_shown(desk: Desk, qtbot: QtBot) -> None:
    shown = form(desk, qtbot, "visisign")
    add = button(shown, "Add account")
    assert not add.isEnabled()
    assert add.toolTip() == "API key is missing."
    write(shown, "API key", KEY)
    assert add.isEnabled()
    key = line(shown, "API key")
    assert isinstance(key, QLineEdit)
    assert key.echoMode() is QLineEdit.EchoMode.Password
    assert KEY not in said(shown)


def test_an_account_is_kept_with_its_key_in_the_vault_only(desk: Desk, house: House, qtbot: QtBot) -> None:
    shown = form(desk, qtbot, "visisign")
    write(shown, "Name", "Office")
    write(shown, "API key", f"  {KEY}\n")
    button(shown, "Add account").click()
    (card,) = accounts.cards(house)
    assert (card.name, card.provider, card.has_secret) == ("Office", "visisign", True)
    assert not shown.isVisible()


def test_a_key_of_another_look_is_taken_and_remarked_upon(desk: Desk, qtbot: QtBot) -> None:
    shown = form(desk, qtbot, "visisign")
    write(shown, "API key", "something-else")
    button(shown, "Add account").click()
    assert isinstance(desk.notices, Notices)
    assert "does not look like a key" in str(desk.notices.warned)


@pytest.mark.parametrize(
    ("title", "value", "problem"),
    [
        ("Name", "a/b", "should be 1 to 64"),
        ("Address", "http://example.com/api", "Without https everybody"),
        ("API key or token", "ключ", "letters beyond ASCII"),
        ("Address of a signing session", "https://x/", "is not in its form"),
    ],
)
def test_what_is_wrong_stands_beside_its_line_and_nothing_is_kept(
    desk: Desk, house: House, qtbot: QtBot, title: str, value: str, problem: str
) -> None:
    shown = form(desk, qtbot, "pigeon")
    for name, usual in (("Address", "https://api.example.com/v1"), ("API key or token", "k" * 20), (title, value)):
        write(shown, name, usual)
    button(shown, "Add account").click()
    assert problem in said(shown)
    assert not accounts.cards(house)
    write(shown, title, f"{value}x")
    assert problem not in said(shown)


def test_a_name_that_is_taken_is_said(desk: Desk, house: House, qtbot: QtBot) -> None:
    accounts.add(house, "visisign", "Office", KEY)
    shown = form(desk, qtbot, "visisign")
    write(shown, "Name", "Office")
    write(shown, "API key", KEY)
    button(shown, "Add account").click()
    assert "Office" in said(shown)
    assert shown.isVisible()


def test_what_is_asked_depends_on_the_answers_before_and_what_is_assumed_is_marked(desk: Desk, qtbot: QtBot) -> None:
    shown = form(desk, qtbot, "clearpolicy")
    assert "Client id" not in said(shown)
    write(shown, "API token or client secret", "secret")
    write(shown, "Kind of credential", "client")
    assert "Client id" in said(shown)
    assert button(shown, "Add account").toolTip() == "Client id is missing."
    assert ASSUMED in said(form(desk, qtbot, "pigeon"))


def test_an_account_is_tried_and_says_what_came_of_it(desk: Desk, house: House, qtbot: QtBot) -> None:
    with VisiSign().serving() as fake:
        accounts.add(house, "visisign", "Office", fake.key, fake.url)
        shown = AccountsTab(desk)
        qtbot.addWidget(shown)
        shown.show()
        button(shown, "Try Office").click()
        assert "knows this account" in said(shown)
        fake.key = "another"
        button(shown, "Try Office").click()
        assert "knows this account" not in said(shown)
        assert "key" in said(shown)
        assert not unnamed(shown)


def test_a_service_that_hangs_can_be_left(house: House, theme: Theme, qtbot: QtBot) -> None:
    """The window goes on while it is waited for."""
    let_go = threading.Event()

    def hang(_: Seen) -> Plain:
        let_go.wait(60)
        return Plain(200, b"{}")

    runner = TaskRunner(lambda error: pytest.fail(str(error)))
    with serving(hang) as server:
        accounts.add(house, "visisign", "Slow", KEY, f"{server.url}/v1")
        shown = AccountsTab(desk_of(house, runner))
        qtbot.addWidget(shown)
        shown.show()
        qtbot.waitUntil(lambda: "Slow" in said(shown))
        button(shown, "Try Slow").click()
        assert "Asking" in said(shown)
        button(shown, "Try Slow").click()
        assert "not waited for" in said(shown)
        let_go.set()
        assert runner.close()


def test_removing_says_what_it_means_and_erases_the_key(desk: Desk, house: House, qtbot: QtBot) -> None:
    accounts.add(house, "visisign", "Office", KEY)
    shown = AccountsTab(desk)
    qtbot.addWidget(shown)
    shown.show()
    button(shown, "Remove Office").click()
    (box,) = shown.findChildren(QMessageBox)
    assert "Nothing changes at the service" in box.informativeText()
    (gone,) = (one for one in box.buttons() if one.text() == "Remove account")
    gone.click()
    assert not accounts.cards(house)
    assert not house.vault.names()
    assert "No accounts" in said(shown)


def test_an_account_gets_a_new_key_that_is_never_shown(desk: Desk, house: House, qtbot: QtBot) -> None:
    accounts.add(house, "visisign", "Office", "vsk_" + "f" * 48)
    tab = AccountsTab(desk)
    qtbot.addWidget(tab)
    tab.show()
    button(tab, "New key for Office").click()
    (shown,) = tab.findChildren(KeyForm)
    keep = button(shown, "Keep new key")
    assert (keep.isEnabled(), keep.toolTip()) == (False, "The new key is missing.")
    assert not unnamed(shown)
    typed = line(shown, "API key")
    assert isinstance(typed, QLineEdit)
    assert typed.echoMode() is QLineEdit.EchoMode.Password
    before = said(shown)
    typed.setText("schlüssel")
    keep.click()
    assert len(said(shown)) > len(before)
    typed.setText(KEY)
    assert said(shown) == before
    keep.click()
    assert not shown.isVisible()
    assert house.vault.get("account/Office") == KEY.encode()
