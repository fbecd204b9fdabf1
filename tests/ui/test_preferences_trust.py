"""Preferences show whom one trusts, and take a list in only after its signer was compared."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app.domain.changes import Changes
from app.services import device, verifying, vouching
from app.services.house import House
from app.ui.desk import Desk
from app.ui.home.asking import Question
from app.ui.preferences.trust import SignerDialog, TrustCard, grouped
from app.ui.theme import Theme
from tests.support import houses
from tests.support import trusted_lists as making
from tests.support.desks import Notices, Ways
from tests.support.inline_runner import InlineRunner
from tests.support.naming import unnamed
from tests.support.trusted_lists import Entry, fingerprint, operator, written

SIGNER = operator()


@pytest.fixture(scope="module")
def rooms() -> Iterator[houses.Rooms]:
    with houses.rooms() as shared:
        yield shared


class Stage:
    def __init__(self, house: House, qtbot: QtBot) -> None:
        self.house, self.notices = house, Notices()
        self.desk = Desk(house, InlineRunner(), self.notices, Ways(), self._hear)
        self.card = TrustCard(self.desk)
        qtbot.addWidget(self.card)
        self.card.show()

    def _hear(self, changes: Changes) -> None:
        self.desk.changed.emit(changes)

    def words(self) -> str:
        QApplication.processEvents()
        return " ".join(each.text() for each in self.card.findChildren(QLabel) if each.isVisibleTo(self.card))

    def button(self, name: str) -> QPushButton:
        QApplication.processEvents()
        shown = (each for each in self.card.findChildren(QPushButton) if each.isVisibleTo(self.card))
        return next(each for each in shown if name in (each.text(), each.accessibleName()))


@pytest.fixture
def stage(rooms: houses.Rooms, theme: Theme, qtbot: QtBot, tmp_path: Path) -> Iterator[Stage]:
    with houses.house(rooms, tmp_path / "library") as house:
        device.authority(house)
        yield Stage(house, qtbot)


def test_the_devices_own_authority_stands_there_and_says_why_it_stays(stage: Stage) -> None:
    (own,) = verifying.trust_list(stage.house)
    button = stage.button(f"Remove {own.subject}")
    assert not button.isEnabled()
    assert "nobody could check" in button.toolTip()
    assert unnamed(stage.card) == []


def test_a_list_is_imported_after_its_signer_was_compared_and_removed_after_a_question(
    stage: Stage, tmp_path: Path
) -> None:
    entry = Entry(device.authority(stage.house).certificate_der)
    path = written(tmp_path / "at.xml", making.xml([entry]), SIGNER)
    stage.card._look(path)
    (dialog,) = stage.card.findChildren(SignerDialog)
    told = " ".join(each.text() for each in dialog.findChildren(QLabel))
    assert grouped(fingerprint(SIGNER)) in told
    assert unnamed(dialog) == []
    assert vouching.lists(stage.house) == ()
    next(each for each in dialog.findChildren(QPushButton) if each.text().startswith("It is the same")).click()
    assert [each.scheme.territory for each in vouching.lists(stage.house)] == ["AT"]
    assert "1 of 1 services granted" in stage.words()
    stage.button("Remove Trusted list AT, Supervisor of Testland").click()
    (question,) = stage.card.findChildren(Question)
    next(each for each in question.findChildren(QPushButton) if each.text() == "Remove it").click()
    assert vouching.lists(stage.house) == ()
    assert "services granted" not in stage.words()


def test_a_list_that_was_spoilt_is_told_and_not_kept(stage: Stage, tmp_path: Path) -> None:
    path = written(tmp_path / "at.xml", making.xml(), SIGNER)
    path.write_bytes(path.read_bytes().replace(b"Testland", b"Mordland"))
    stage.card._take_in(path, fingerprint(SIGNER))
    assert vouching.lists(stage.house) == ()
    assert len(stage.notices.failures) == 1
