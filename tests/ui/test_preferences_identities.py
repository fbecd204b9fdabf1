"""Identities in the window: listed, made, added from files, cards and services, chosen, exported and removed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography import x509
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.domain.changes import Changes
from app.services import device, identities
from app.services.house import House
from app.ui.desk import Desk
from app.ui.home.asking import Question
from app.ui.preferences.identities import IdentitiesCard, IdentityLine, export
from app.ui.seal.identity_adding import PLACES, AddIdentity
from app.ui.seal.identity_form import IdentityForm
from app.ui.seal.identity_keys import ServiceForm, TokenForm
from app.ui.seal.identity_own import FileForm
from app.ui.theme import Theme
from tests.cli.test_pkcs12 import with_two_keys
from tests.fakes.csc import TOKEN, Trust, trust_service
from tests.support import houses
from tests.support.certo import PASSPHRASE, Certo, certo
from tests.support.desks import Notices, Ways
from tests.support.greys import silent
from tests.support.inline_runner import InlineRunner
from tests.support.naming import unnamed
from tests.support.softhsm import Slots, slots


@pytest.fixture(scope="module")
def pki(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Certo]:
    with certo(tmp_path_factory.mktemp("pki")) as served:
        yield served


@pytest.fixture(scope="module")
def hsm(tmp_path_factory: pytest.TempPathFactory, pki: Certo) -> Iterator[Slots]:
    """Carol's card, and one that is too old."""
    with pytest.MonkeyPatch.context() as patch:
        made = slots(tmp_path_factory.mktemp("cards") / "hsm")
        patch.setenv("SOFTHSM2_CONF", made.environment["SOFTHSM2_CONF"])
        for person in ("carol", "expired"):
            made.put(made.token(f"{person}'s card"), pki.person(person))
        yield made


@pytest.fixture(scope="module")
def rooms(hsm: Slots) -> Iterator[houses.Rooms]:
    with houses.rooms() as shared:
        yield shared


@pytest.fixture
def trust(pki: Certo) -> Iterator[Trust]:
    with trust_service({"k1": pki.person("expired"), "k2": pki.person("alice")}) as served:
        yield served


class Stage:
    def __init__(self, house: House, qtbot: QtBot) -> None:
        self.house, self.notices, self.runner = house, Notices(), InlineRunner()
        self.desk = Desk(house, self.runner, self.notices, Ways(), self._hear)
        self.card = IdentitiesCard(self.desk)
        qtbot.addWidget(self.card)
        self.card.show()

    def _hear(self, changes: Changes) -> None:
        self.desk.changed.emit(changes)

    def lines(self) -> dict[str, IdentityLine]:
        QApplication.processEvents()
        return {each._kept.name: each for each in self.card.findChildren(IdentityLine) if each.isVisible()}

    def form(self, words: str) -> IdentityForm:
        """By the menu, as a person opens it."""
        (menu,) = self.card.findChildren(AddIdentity)[0].findChildren(QMenu)
        next(action for action in menu.actions() if action.text() == words).trigger()
        made = self.card.findChildren(IdentityForm)[-1]
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        assert isinstance(made, IdentityForm)
        return made


@pytest.fixture
def stage(rooms: houses.Rooms, theme: Theme, qtbot: QtBot, tmp_path: Path) -> Iterator[Stage]:
    with houses.house(rooms, tmp_path / "library") as house:
        device.seal(house)
        yield Stage(house, qtbot)


def fill(form: IdentityForm, name: str, text: str) -> None:
    line = next(each for each in form.findChildren(QLineEdit) if each.accessibleName() == name)
    line.clear()
    QTest.keyClicks(line, text)


def press(widget: QWidget, words: str) -> None:
    button = next(each for each in widget.findChildren(QPushButton) if words in (each.text(), each.accessibleName()))
    assert button.isEnabled(), button.toolTip()
    button.click()


def said(widget: QWidget) -> str:
    return " ".join(each.text() for each in widget.findChildren(QLabel) if each.isVisibleTo(widget))


def complaints(form: IdentityForm) -> dict[str, str]:
    found = {path: line.problem.text() for path, line in form._lines.items()}
    return {path: text for path, text in {**found, "": form._problem.text()}.items() if text}


def names(stage: Stage) -> set[str]:
    return {record.name for record in identities.records(stage.house) if record.kind != "device"}


def test_those_of_the_device_stand_there_and_say_why_they_stay(stage: Stage) -> None:
    authority, seal = sorted(stage.lines())
    assert "signs no documents itself" in said(stage.lines()[authority])
    for line in stage.lines().values():
        remove = next(each for each in line.findChildren(QPushButton) if each.text() == "Remove…")
        assert "must stay explainable" in remove.toolTip()
        assert line.accessibleDescription()
    press(stage.lines()[seal], "Make default")
    assert identities.records(stage.house)[0].name == seal
    assert (unnamed(stage.card), silent(stage.card)) == ([], [])


def test_one_is_made_here_chosen_and_removed_after_a_question(stage: Stage) -> None:
    form = stage.form("Make one here…")
    assert form._add.toolTip() == "Your name is missing."
    fill(form, "Your name", "Jane Smith")
    fill(form, "E-mail address", "jane@example.com")
    press(form, "Add identity")
    assert not form.isVisible()
    press(stage.lines()["Jane Smith"], "Make default")
    assert next(iter(stage.lines())) == "Jane Smith"
    assert "Default" in stage.lines()["Jane Smith"].accessibleName().title()
    press(stage.lines()["Jane Smith"], "Remove…")
    (question,) = stage.card.findChildren(Question)
    assert "destroyed" in said(question)
    assert "own seal is used" in said(question)
    press(question, "Remove it")
    assert names(stage) == set()
    assert "Jane Smith" not in stage.lines()


def test_a_name_that_is_taken_is_said_beside_the_name(stage: Stage) -> None:
    identities.create(stage.house, "Jane", "Jane")
    form = stage.form("Make one here…")
    fill(form, "Your name", "Jane")
    press(form, "Add identity")
    assert list(complaints(form)) == ["name"]
    fill(form, "Its name here", "Jane at work")
    assert complaints(form) == {}
    press(form, "Add identity")
    assert names(stage) == {"Jane", "Jane at work"}


@pytest.mark.parametrize(
    ("person", "passphrase", "path", "words"),
    [
        ("alice", "wrong", "secret", "does not open"),
        ("expired", PASSPHRASE, "path", "it has expired"),
        ("early", PASSPHRASE, "path", "not valid yet"),
        ("server", PASSPHRASE, "path", "not meant for signing"),
    ],
)
def test_a_file_that_cannot_be_taken_is_told_beside_its_line(
    stage: Stage, pki: Certo, tmp_path: Path, person: str, passphrase: str, path: str, words: str
) -> None:
    form = stage.form("From a certificate file…")
    fill(form, "Certificate file", str(pki.pkcs12_file(person, tmp_path)))
    fill(form, "Passphrase", passphrase)
    press(form, "Add identity")
    assert list(complaints(form)) == [path]
    assert words in complaints(form)[path]
    assert names(stage) == set()
    assert stage.notices.failures == []


def test_a_file_that_is_none_or_holds_two_keys_or_is_not_there_is_told_too(stage: Stage, tmp_path: Path) -> None:
    (tmp_path / "a.p12").write_bytes(b"nothing of the kind")
    (tmp_path / "two.p12").write_bytes(with_two_keys())
    form = stage.form("From a certificate file…")
    told = (("a.p12", "damaged"), ("two.p12", "export the one you mean into a file of its own"), ("b.p12", "b.p12"))
    for name, words in told:
        fill(form, "Certificate file", str(tmp_path / name))
        press(form, "Add identity")
        assert words in complaints(form)["path"]


def test_a_certificate_file_is_added_under_the_name_of_the_file(stage: Stage, pki: Certo, tmp_path: Path) -> None:
    form = stage.form("From a certificate file…")
    assert isinstance(form, FileForm)
    form._chosen(str(pki.pkcs12_file("alice", tmp_path)))
    fill(form, "Passphrase", PASSPHRASE)
    secret = next(each for each in form.findChildren(QLineEdit) if each.accessibleName() == "Passphrase")
    assert secret.echoMode() is QLineEdit.EchoMode.Password
    QTest.keyClick(secret, Qt.Key.Key_Return)
    assert names(stage) == {"alice"}
    told = said(stage.lines()["alice"])
    assert "Issued by Issuing" in told
    assert str(tmp_path / "alice.p12") in told


def test_a_card_is_found_and_added_by_keyboard_and_what_is_too_old_says_so(stage: Stage, hsm: Slots) -> None:
    form = stage.form("From a card or token…")
    assert isinstance(form, TokenForm)
    form.look_in(str(hsm.module))
    rows = [form.list.item(at).text() for at in range(form.list.count())]
    assert len(rows) == 2
    carol = next(at for at, text in enumerate(rows) if text.startswith("Carol"))
    assert form.list.currentRow() == carol
    assert "carol's card" in rows[carol]
    assert "PIN: " in rows[carol]
    QTest.keyClick(form.list, Qt.Key.Key_Down if carol == 0 else Qt.Key.Key_Up)
    assert form._add.toolTip() == "It cannot be used: it has expired."
    QTest.keyClick(form.list, Qt.Key.Key_Return)
    assert names(stage) == set()
    QTest.keyClick(form.list, Qt.Key.Key_Up if carol == 0 else Qt.Key.Key_Down)
    QTest.keyClick(form.list, Qt.Key.Key_Return)
    assert names(stage) == {"Carol"}
    again = stage.form("From a card or token…")
    assert isinstance(again, TokenForm)
    again.look_in(str(hsm.module))
    (here,) = [again.list.item(at).text() for at in range(2) if again.list.item(at).text().startswith("Carol")]
    assert here.endswith("It is here already, as Carol.")
    assert not again._add.isEnabled()


def test_a_module_that_is_none_is_told_and_the_usual_ones_are_looked_in_again(stage: Stage, tmp_path: Path) -> None:
    form = stage.form("From a card or token…")
    assert isinstance(form, TokenForm)
    (tmp_path / "x.so").write_bytes(b"no library")
    form.look_in(str(tmp_path / "x.so"))
    assert "cannot be used as a PKCS#11 module" in complaints(form)["list"]
    assert form._module is None
    press(form, "Look again")
    assert complaints(form) == {}


def test_a_key_at_a_service_is_chosen_among_those_of_the_account(stage: Stage, trust: Trust) -> None:
    form = stage.form("From a trust service…")
    assert form._add.toolTip() == "Look for the keys of this account first."
    fill(form, "Address", trust.url)
    fill(form, "Access token", "wrong")
    press(form, "Look for keys")
    assert "Get a new one from the service." in complaints(form)["token"]
    assert "wrong" not in complaints(form)["token"]
    fill(form, "Access token", TOKEN)
    token = next(each for each in form.findChildren(QLineEdit) if each.accessibleName() == "Access token")
    assert token.echoMode() is QLineEdit.EchoMode.Password
    QTest.keyClick(token, Qt.Key.Key_Return)
    assert isinstance(form, ServiceForm)
    assert (form.list.count(), form.list.currentRow()) == (2, 1)
    assert names(stage) == set()
    press(form, "Add identity")
    assert names(stage) == {"Alice"}
    assert "At a trust service · 127.0.0.1, key k2" in said(stage.lines()["Alice"])


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("nothing", "no address of a web service"),
        ("http://127.0.0.1:9/csc", "127.0.0.1"),
        ("http://example.com", "http"),
    ],
)
def test_a_service_that_is_not_there_is_told_beside_its_address(stage: Stage, url: str, words: str) -> None:
    form = stage.form("From a trust service…")
    fill(form, "Address", url)
    fill(form, "Access token", TOKEN)
    press(form, "Look for keys")
    assert words in complaints(form)["url"]


def test_keys_of_another_account_are_forgotten_when_the_address_changes(stage: Stage, trust: Trust) -> None:
    form = stage.form("From a trust service…")
    assert isinstance(form, ServiceForm)
    fill(form, "Address", trust.url)
    fill(form, "Access token", TOKEN)
    stage.runner.held = True
    press(form, "Look for keys")
    fill(form, "Address", "https://other.example")
    stage.runner.release()
    assert form.list.count() == 0
    assert not form._add.isEnabled()


def test_a_form_that_is_closed_while_it_works_still_tells_what_came_of_it(stage: Stage) -> None:
    form = stage.form("Make one here…")
    fill(form, "Your name", "Jane")
    stage.runner.held = True
    press(form, "Add identity")
    assert form._add.toolTip() == "It is being added."
    form.reject()
    assert not form.isVisible()
    stage.runner.release()
    assert names(stage) == {"Jane"}
    assert "Jane" in stage.lines()
    assert stage.notices.told == ["Jane was added"]


def test_certificates_are_exported_without_their_keys(stage: Stage, tmp_path: Path) -> None:
    export(stage.desk, tmp_path / "device.pem", lambda: identities.ensure_device(stage.house))
    text = (tmp_path / "device.pem").read_text("ascii")
    found = x509.load_pem_x509_certificate(text.encode())
    assert found.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    assert "PRIVATE" not in text
    export(stage.desk, tmp_path / "none" / "x.pem", lambda: text)
    assert len(stage.notices.failures) == 1


def test_every_form_is_named_and_gone_through_from_top_to_bottom(stage: Stage) -> None:
    for words, kind in PLACES:
        form = stage.form(words)
        assert isinstance(form, kind)
        assert (unnamed(form), silent(form)) == ([], [])
        first = next(iter(form._lines.values())).control
        order: list[QWidget] = []
        following: QWidget | None = form.nextInFocusChain()
        while following is not None and following is not form:
            order.append(following)
            following = following.nextInFocusChain()
        places = [order.index(line.control) for line in form._lines.values()]
        assert places == sorted(places)
        assert order.index(first) < order.index(form._add)
        form.close()
