"""Verify over a real library: versions side by side, and pages of the very bytes that were judged."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from app.domain.geometry import Rect
from app.services import sealing_files
from app.services.house import House
from app.services.sealing_files import Order
from app.ui.desk import Desk
from app.ui.frame.memory import Memory
from app.ui.models.verdicts import HouseJudge
from app.ui.shell import Shell
from app.ui.verify.page import VerifyPage
from tests.support import houses
from tests.support.desks import Notices, Ways
from tests.support.inline_runner import InlineRunner
from tests.support.pages import write_pdf


@pytest.fixture(scope="module")
def rooms() -> Iterator[houses.Rooms]:
    with houses.rooms() as shared:
        yield shared


@pytest.fixture
def house(rooms: houses.Rooms, tmp_path: Path) -> Iterator[House]:
    with houses.house(rooms, tmp_path / "library") as built:
        yield built


@pytest.fixture
def page(house: House, shell: Shell, memory: Memory, tmp_path: Path, qtbot: QtBot) -> VerifyPage:
    """Over a file that was sealed twice."""
    key, source = sealing_files.signing_key(house, None, None), write_pdf(tmp_path / "a.pdf", pages=3)
    for number in (1, 2):
        out = tmp_path / f"{number}.pdf"
        sealing_files.seal_file(house, source, out, key, Order(page=number, rect=Rect(100, 300, 200, 50)))
        source = out
    desk = Desk(house, InlineRunner(), Notices(), Ways(), lambda _: None)
    made = VerifyPage(desk, HouseJudge(house), shell.actions_, memory)
    qtbot.addWidget(made)
    made.verify([source])
    return made


def links(page: VerifyPage, words: str) -> list[QPushButton]:
    return [each for each in page.findChildren(QPushButton) if each.text() == words]


def test_what_was_signed_stands_beside_what_there_is_now(page: VerifyPage) -> None:
    assert page._then.isHidden()
    links(page, "Show what was signed")[0].click()
    assert not page._then.isHidden()
    assert len(page._then.sheets) == len(page._view.sheets) == 3
    assert page._older.count() == 1
    links(page, "Show it as it is now")[0].click()
    assert page._then.isHidden()
    assert page._older.count() == 0


def test_pages_are_those_of_the_bytes_that_were_judged(page: VerifyPage, tmp_path: Path) -> None:
    (finding,) = page._verdicts.findings
    before = finding.file.read_bytes()
    write_pdf(tmp_path / "2.pdf")
    assert finding.file.read_bytes() == before
    assert finding.file != finding.path
    assert page._shown == finding.file


def test_the_report_is_saved_as_a_pdf(page: VerifyPage, tmp_path: Path) -> None:
    page.save_report()
    dialog = page.findChild(QFileDialog)
    assert dialog is not None
    dialog.fileSelected.emit(str(tmp_path / "report.pdf"))
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF-")
    dialog.reject()
