"""Home: what lies where, what is chosen, and what can be done with it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDrag
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QListView, QPushButton
from pytestqt.qtbot import QtBot

from app.domain import errors
from app.domain.changes import Changes
from app.domain.envelope import EnvelopeStatus
from app.services import viewing
from app.ui.action import Place
from app.ui.frame.memory import Memory
from app.ui.frame.pages import PageSpec
from app.ui.home.asking import Question
from app.ui.home.page import HomePage
from app.ui.shell import Shell
from app.ui.widgets.failure import FailurePanel
from tests.support.desks import FakeEnvelopes, FakeGlances, Ways, desk, envelope, row
from tests.support.inline_runner import InlineRunner
from tests.support.naming import unnamed
from tests.support.studios import Paper

STATUSES = (EnvelopeStatus.OUT, EnvelopeStatus.DRAFT, EnvelopeStatus.COMPLETED, EnvelopeStatus.OUT)


class Stage:
    """Home in a window, over four envelopes."""

    def __init__(self, shell: Shell, memory: Memory, folder: Path, statuses: tuple[EnvelopeStatus, ...]) -> None:
        kept = [envelope(n, status, status is EnvelopeStatus.COMPLETED) for n, status in enumerate(statuses)]
        self.envelopes = FakeEnvelopes([row(n, status) for n, status in enumerate(statuses)])
        self.glances = FakeGlances({one.id: one for one in kept})
        self.ways = Ways()
        self.shell = shell
        self.desk = desk(InlineRunner(), folder, self.ways)
        self.page = HomePage(self.desk, self.envelopes, self.glances, shell.actions_, memory)
        shell.furnish([PageSpec("home", "Home", "house", Place.HOME, lambda: self.page)])
        shell.show_page("home")
        self.look()

    def look(self) -> None:
        """The short moment after which a choice is opened is over."""
        self.page._looking.timeout.emit()

    def choose(self, at: int) -> None:
        self.rows.setCurrentIndex(self.rows.model().index(at, 0))
        self.look()

    def titles(self) -> list[str]:
        model = self.rows.model()
        for at in range(model.rowCount()):
            model.index(at, 0).data()
        return [str(model.index(at, 0).data()) for at in range(model.rowCount())]

    @property
    def rows(self) -> QListView:
        return next(v for v in self.page.findChildren(QListView) if v.accessibleName() == "Envelopes")

    @property
    def shelves(self) -> QListView:
        return next(v for v in self.page.findChildren(QListView) if v.accessibleName() == "Shelves")

    def words(self) -> str:
        return " ".join(label.text() for label in self.page.findChildren(QLabel) if label.isVisibleTo(self.page))


@pytest.fixture
def stage(shell: Shell, memory: Memory, tmp_path: Path) -> Stage:
    return Stage(shell, memory, tmp_path, STATUSES)


def test_it_begins_with_what_waits_here(stage: Stage) -> None:
    assert stage.titles() == ["Agreement 0", "Agreement 3"]
    assert "Inbox" in stage.words()


def test_it_begins_with_drafts_where_nothing_waits(shell: Shell, memory: Memory, tmp_path: Path) -> None:
    stage = Stage(shell, memory, tmp_path, (EnvelopeStatus.DRAFT, EnvelopeStatus.COMPLETED))
    assert stage.titles() == ["Agreement 0"]


def test_the_first_envelope_that_appears_is_shown_at_once(shell: Shell, memory: Memory, tmp_path: Path) -> None:
    stage = Stage(shell, memory, tmp_path, ())
    assert stage.titles() == []
    stage.envelopes.kept.append(row(0))
    stage.glances.kept["E0000000"] = envelope(0)
    stage.desk.publish(Changes.of("envelope", "E0000000"))
    assert stage.titles() == ["Agreement 0"]


def test_an_empty_library_offers_the_next_step(shell: Shell, memory: Memory, tmp_path: Path) -> None:
    stage = Stage(shell, memory, tmp_path, ())
    assert "Nobody is waiting here" in stage.words()
    buttons = [b for b in stage.page.findChildren(QPushButton) if b.text() == "Choose files…"]
    assert len(buttons) == 1


def test_a_shelf_is_chosen_by_keys(stage: Stage) -> None:
    for _ in range(3):
        QTest.keyClick(stage.shelves, Qt.Key.Key_Down)
    assert stage.titles() == ["Agreement 2"]


def test_the_documents_of_a_finished_envelope_are_printed_as_they_stand(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def page_image(_: object, sha256: str, page: int, scale: float, clip: object) -> Paper:
        drawn.append((sha256, page))
        return Paper(10, 10)

    drawn: list[tuple[str, int]] = []
    monkeypatch.setattr(viewing, "page_image", page_image)
    for _ in range(3):
        QTest.keyClick(stage.shelves, Qt.Key.Key_Down)
    stage.look()
    stage.shell.actions_.qaction("envelope.print").trigger()
    (dialog,) = stage.page.findChildren(QPrintDialog)
    assert (dialog.minPage(), dialog.maxPage()) == (1, 2)
    dialog.printer().setOutputFileName(str(tmp_path / "out.pdf"))
    dialog.accepted.emit(dialog.printer())
    assert drawn == [("ab" * 32, 1), ("ab" * 32, 2)]
    assert (tmp_path / "out.pdf").stat().st_size > 0
    dialog.reject()


def test_search_narrows_as_one_types_and_says_when_nothing_is_found(stage: Stage, qtbot: QtBot) -> None:
    field = stage.page.findChild(QLineEdit)
    assert field is not None
    QTest.keyClicks(field, "agreement 3")
    qtbot.waitUntil(lambda: stage.titles() == ["Agreement 3"])
    QTest.keyClicks(field, "x")
    qtbot.waitUntil(lambda: stage.titles() == [])
    assert "Nothing found for “agreement 3x”" in stage.words()


def test_the_chosen_envelope_is_shown_beside_the_list(stage: Stage) -> None:
    stage.choose(1)
    words = stage.words()
    assert "Agreement 3" in words
    assert "People" in words
    assert "Ana Ruiz" in words


def test_the_choice_survives_a_change_of_the_list(stage: Stage) -> None:
    stage.choose(1)
    stage.envelopes.kept.insert(0, row(9, EnvelopeStatus.OUT))
    stage.desk.publish(Changes.of("envelope", "E0000009"))
    assert stage.rows.currentIndex().row() == 2


def test_enter_opens_the_chosen_envelope(stage: Stage) -> None:
    stage.choose(0)
    QTest.keyClick(stage.rows, Qt.Key.Key_Return)
    assert stage.ways.gone == [("prepare", "E0000000")]


def test_start_signing_leads_into_the_room(stage: Stage) -> None:
    stage.shell.actions_.qaction("envelope.sign").trigger()
    assert stage.ways.gone == [("room", "E0000000")]


def test_what_the_chosen_envelope_does_not_allow_is_grey(stage: Stage) -> None:
    assert stage.shell.actions_.reason_against("envelope.void") == ""
    stage.page.show_envelope("E0000001")
    stage.look()
    assert "draft" in stage.shell.actions_.reason_against("envelope.void")
    assert "Send it out first" in stage.shell.actions_.reason_against("envelope.sign")


def test_voiding_wants_a_reason_first(stage: Stage) -> None:
    stage.page.void_chosen()
    question = stage.page.findChild(Question)
    assert question is not None
    do = next(b for b in question.findChildren(QPushButton) if b.text() == "Void envelope")
    assert not do.isEnabled()
    assert "reason" in do.toolTip()
    field = question.findChild(QLineEdit)
    assert field is not None
    QTest.keyClicks(field, "Wrong version")
    assert do.isEnabled()
    question.reject()


def test_an_envelope_that_cannot_be_read_says_what_to_do(shell: Shell, memory: Memory, tmp_path: Path) -> None:
    stage = Stage(shell, memory, tmp_path, STATUSES)
    stage.glances.error = errors.BlobMissing(sha256="ab")
    stage.choose(1)
    assert stage.page.findChild(FailurePanel) is not None
    assert "Restore it" in stage.words()


def test_the_inbox_is_counted_for_the_navigation(shell: Shell, memory: Memory, tmp_path: Path) -> None:
    counts: list[int] = []
    stage = Stage(shell, memory, tmp_path, STATUSES)
    stage.page.inbox_changed.connect(counts.append)
    stage.desk.publish(Changes.of("envelope", "E0000000"))
    assert counts == [2]


def test_every_control_has_a_name(stage: Stage) -> None:
    assert unnamed(stage.page) == []


def test_a_large_list_is_painted_without_asking_for_all_of_it(stage: Stage, qtbot: QtBot) -> None:
    stage.envelopes.kept[:] = [row(n, EnvelopeStatus.OUT) for n in range(3_000)]
    stage.glances.kept.update({f"E{n:07}": envelope(n, EnvelopeStatus.OUT) for n in range(2)})
    stage.desk.publish(Changes.of("envelope", "E0000000"))
    stage.envelopes.asked.clear()
    stage.page.resize(1000, 640)
    stage.page.grab()
    assert len(stage.envelopes.asked) <= 2


def test_a_finished_envelope_is_dragged_out_as_files_with_names_of_their_own(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blob = tmp_path / "blob"
    blob.write_bytes(b"%PDF-1.7 sealed")
    monkeypatch.setattr(viewing, "blob_path", lambda *_: blob)
    carried: list[list[Path]] = []

    def record(drag: QDrag, actions: Qt.DropAction) -> Qt.DropAction:
        carried.append([Path(url.toLocalFile()) for url in drag.mimeData().urls()])
        return actions

    monkeypatch.setattr(QDrag, "exec", record)
    stage.rows.startDrag(Qt.DropAction.CopyAction)
    assert carried == []
    stage.page.show_envelope("E0000002")
    stage.look()
    stage.rows.startDrag(Qt.DropAction.CopyAction)
    assert [[file.name for file in files] for files in carried] == [["Agreement.pdf"]]
    assert carried[0][0].read_bytes() == b"%PDF-1.7 sealed"


def test_when_the_last_draft_is_sent_out_home_goes_to_where_something_waits(
    shell: Shell, memory: Memory, tmp_path: Path
) -> None:
    stage = Stage(shell, memory, tmp_path, (EnvelopeStatus.DRAFT,))
    assert "Drafts" in stage.words()
    stage.envelopes.kept[:] = [row(0, EnvelopeStatus.OUT)]
    stage.desk.publish(Changes.of("envelope", "E0000000"))
    assert stage.titles() == ["Agreement 0"]
    assert "Inbox" in stage.words()


def test_an_empty_shelf_that_a_person_has_chosen_stays(stage: Stage) -> None:
    stage.envelopes.kept[:] = [found for found in stage.envelopes.kept if found.status is not EnvelopeStatus.DRAFT]
    stage.shelves.setCurrentIndex(stage.shelves.model().index(1, 0))
    assert stage.titles() == []
    assert "No drafts" in stage.words()
