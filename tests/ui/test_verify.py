"""Verify: drop a PDF, read one sentence, see the evidence."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton, QTabBar, QWidget
from pytestqt.qtbot import QtBot

from app.domain import errors
from app.domain.verdict import Verdict
from app.ui.action import Place
from app.ui.canvas.view import PageView
from app.ui.frame.memory import Memory
from app.ui.frame.pages import PageSpec
from app.ui.shell import Shell
from app.ui.verify.page import VerifyPage
from app.ui.verify.signature_card import SignatureCard
from app.ui.widgets.failure import FailurePanel
from tests.support.desks import FakeJudge, Notices, desk, judged
from tests.support.inline_runner import InlineRunner
from tests.support.naming import unnamed


class Stage:
    def __init__(self, shell: Shell, memory: Memory, folder: Path) -> None:
        self.judge = FakeJudge()
        self.notices = Notices()
        self.shell = shell
        self.page = VerifyPage(desk(InlineRunner(), folder, notices=self.notices), self.judge, shell.actions_, memory)
        shell.furnish([PageSpec("verify", "Verify", "shield-check", Place.VERIFY, lambda: self.page)])
        shell.show_page("verify")

    def words(self) -> str:
        return " ".join(label.text() for label in self.page.findChildren(QLabel) if label.isVisibleTo(self.page))


@pytest.fixture
def stage(shell: Shell, memory: Memory, tmp_path: Path) -> Stage:
    return Stage(shell, memory, tmp_path)


def test_the_empty_page_invites_a_file(stage: Stage) -> None:
    assert "Drop a signed PDF here" in stage.words()
    assert not stage.shell.actions_.qaction("verify.copy").isEnabled()


def test_a_dropped_pdf_is_judged_in_one_sentence(stage: Stage) -> None:
    assert stage.page.take_files((Path("contract.pdf"),))
    assert "Everything holds." in stage.words()
    cards = stage.page.findChildren(SignatureCard)
    assert [card.accessibleName() for card in cards] == ["Signature of Ana Ruiz: Valid"]
    assert stage.shell.actions_.qaction("verify.copy").isEnabled()


def test_fault_85_every_word_of_the_verdict_stands_outside_of_the_page(stage: Stage) -> None:
    stage.page.verify([Path("contract.pdf")])
    said: list[QWidget] = [label for label in stage.page.findChildren(QLabel) if label.text() == "Everything holds."]
    said += stage.page.findChildren(SignatureCard)
    assert len(said) == 2
    views = stage.page.findChildren(PageView)
    assert views
    assert not any(view.isAncestorOf(one) for view in views for one in said)
    assert not any(view.findChildren(QLabel) for view in views)


def test_what_is_no_pdf_is_left_for_a_new_envelope(stage: Stage) -> None:
    assert not stage.page.take_files((Path("picture.png"),))


def test_a_bad_file_says_what_to_do_instead_of_a_verdict(stage: Stage) -> None:
    stage.judge.answers["bad.pdf"] = errors.NotADocument(path="bad.pdf", found="a text")
    stage.page.verify([Path("bad.pdf")])
    assert stage.page.findChild(FailurePanel) is not None
    assert "Everything holds" not in stage.words()
    assert not stage.shell.actions_.qaction("verify.copy").isEnabled()


def test_several_files_stand_behind_tabs(stage: Stage) -> None:
    stage.judge.answers["b.pdf"] = judged(Path("b.pdf"), Verdict.INVALID, "It was changed after it was signed.")
    stage.page.verify([Path("a.pdf"), Path("b.pdf")])
    tabs = stage.page.findChild(QTabBar)
    assert tabs is not None
    assert "Everything holds." in stage.words()
    tabs.setCurrentIndex(1)
    assert "It was changed after it was signed." in stage.words()


def test_details_unfold_the_facts(stage: Stage) -> None:
    stage.page.verify([Path("a.pdf")])
    fold = next(b for b in stage.page.findChildren(QPushButton) if b.text() == "Details")
    assert "Paraph device" not in stage.words()
    fold.click()
    assert "Paraph device" in stage.words()


def test_a_signature_is_shown_where_it_stands(stage: Stage) -> None:
    stage.page.verify([Path("a.pdf")])
    show = next(b for b in stage.page.findChildren(QPushButton) if b.text() == "Show on the page")
    show.click()
    assert stage.page._outlines.pointed_at == stage.page._verdicts.findings[0].cards[0].spot


def test_the_report_is_copied(stage: Stage, qtbot: QtBot) -> None:
    stage.page.verify([Path("a.pdf")])
    stage.shell.actions_.qaction("verify.copy").trigger()
    assert "Everything holds." in QGuiApplication.clipboard().text()
    assert stage.notices.told == ["The report is on the clipboard"]


def test_the_report_is_saved_as_json(stage: Stage, tmp_path: Path) -> None:
    stage.page.verify([Path("a.pdf")])
    stage.page.save_report()
    dialog = stage.page.findChild(QFileDialog)
    assert dialog is not None
    out = tmp_path / "report.json"
    dialog.fileSelected.emit(str(out))
    assert json.loads(out.read_text())[0]["verdict"] == "valid"
    dialog.reject()


def test_a_folder_that_cannot_be_written_is_told(stage: Stage, tmp_path: Path) -> None:
    stage.page.verify([Path("a.pdf")])
    stage.page.save_report()
    dialog = stage.page.findChild(QFileDialog)
    assert dialog is not None
    dialog.fileSelected.emit(str(tmp_path / "nowhere" / "report.json"))
    assert [error.kind for error in stage.notices.failures if isinstance(error, errors.NotWritable)] == ["NotWritable"]
    dialog.reject()


def test_every_control_has_a_name(stage: Stage) -> None:
    stage.page.verify([Path("a.pdf"), Path("b.pdf")])
    assert [name for name in unnamed(stage.page) if "QFileDialog" not in name] == []
