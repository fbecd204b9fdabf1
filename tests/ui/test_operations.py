"""The tab Operations: a whole catalogue in the window, over a real house and strict fakes on this machine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import (
    QFileDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
)
from pytestqt.qtbot import QtBot

from app.services import operating
from app.sync.registry import PROVIDERS
from app.ui.desk import Desk
from app.ui.exchange.answer import MOST_NODES, AnswerView
from app.ui.exchange.arguments import Arguments
from app.ui.exchange.operations import OperationsTab
from app.ui.theme import Theme
from tests.fakes.every import FAKES
from tests.fakes.visisign import VisiSign
from tests.support import houses
from tests.support.desks import Notices, Ways
from tests.support.inline_runner import InlineRunner
from tests.support.naming import unnamed
from tests.support.outboxes import Post, posts


@pytest.fixture(scope="module")
def rooms() -> Iterator[houses.Rooms]:
    with houses.rooms() as shared:
        yield shared


@pytest.fixture
def post(rooms: houses.Rooms, tmp_path: Path) -> Iterator[Post]:
    with posts(rooms, tmp_path) as built:
        yield built


@pytest.fixture
def fake(post: Post) -> Iterator[VisiSign]:
    with VisiSign(now=post.clock.at).serving() as served:
        assert isinstance(served, VisiSign)
        post.account(served)
        yield served


class Bench:
    """The tab in a window of its own; `runner` does at once what it is given."""

    def __init__(self, post: Post, qtbot: QtBot) -> None:
        self.runner = InlineRunner()
        desk = Desk(post.house, self.runner, Notices(), Ways(), lambda _: None)
        self.tab = OperationsTab(desk)
        qtbot.addWidget(self.tab)
        self.tab.resize(1100, 800)
        self.tab.show()

    @property
    def list(self) -> QListWidget:
        return next(one for one in self.tab.findChildren(QListWidget) if one.accessibleName() == "Operations")

    def choose(self, name: str) -> None:
        (at,) = (at for at in range(self.list.count()) if self.list.item(at).toolTip().startswith(f"{name}:"))
        self.list.setCurrentRow(at)
        QCoreApplication.sendPostedEvents()

    def type(self, **given: str) -> None:
        assert self.tab._arguments is not None
        for name, text in given.items():
            for line in self.tab._arguments.findChildren(QLineEdit):
                if line.accessibleName() == name:
                    line.setText(text)
            for text_edit in self.tab._arguments.findChildren(QPlainTextEdit):
                if text_edit.accessibleName() == name:
                    text_edit.setPlainText(text)

    @property
    def run(self) -> QPushButton:
        return self.tab._run

    def said(self) -> str:
        QCoreApplication.sendPostedEvents()
        return "\n".join(one.text() for one in self.tab.findChildren(QLabel) if one.isVisibleTo(self.tab))

    def tree(self) -> dict[str, str]:
        found: dict[str, str] = {}

        def walk(item: QTreeWidgetItem, above: str) -> None:
            for at in range(item.childCount()):
                child = item.child(at)
                assert child is not None
                path = f"{above}{child.text(0)}"
                found[path] = child.text(1)
                walk(child, f"{path}.")

        (tree,) = self.tab.findChildren(QTreeWidget)
        walk(tree.invisibleRootItem(), "")
        return found


@pytest.fixture
def bench(post: Post, fake: VisiSign, qtbot: QtBot, theme: Theme) -> Bench:
    return Bench(post, qtbot)


def test_the_whole_catalogue_is_there_with_its_marks(bench: Bench) -> None:
    known = PROVIDERS["visisign"].operations
    assert bench.list.count() == len(known)
    marked = [bench.list.item(at).text().endswith("(unverified)") for at in range(bench.list.count())]
    assert marked == [one.is_unverified for one in known]
    bench.choose("list_webhooks")
    assert "Nobody has told how the service does this" in bench.said()
    assert not unnamed(bench.tab)


@pytest.mark.parametrize("provider", sorted(FAKES))
def test_every_operation_has_a_form_with_a_line_for_each_argument(provider: str, qtbot: QtBot, theme: Theme) -> None:
    for one in PROVIDERS[provider].operations:
        form = Arguments(one)
        qtbot.addWidget(form)
        assert list(form.given()) == [each.name for each in one.arguments]
        assert not unnamed(form)
        hidden = [line.accessibleName() for line in form.findChildren(QLineEdit) if line.echoMode().value == 2]
        assert set(hidden) <= {each.name for each in one.arguments if each.is_secret}


def test_what_is_missing_is_said_and_an_answer_is_a_tree(post: Post, fake: VisiSign, bench: Bench) -> None:
    envelope = post.pushed("buyer")
    post.run()
    remote = post.envelope(envelope).remote
    assert remote is not None
    bench.choose("get_signature_request")
    assert bench.run.toolTip() == "id is missing."
    bench.type(id=remote.id)
    bench.run.click()
    assert "buyer@example.com" in [text for path, text in bench.tree().items() if path.endswith("signers.1.email")]
    assert bench.run.text() == "Run"
    bench.choose("list_signature_requests")
    assert not bench.tree()


def test_what_changes_something_asks_first(post: Post, fake: VisiSign, bench: Bench, qtbot: QtBot) -> None:
    envelope = post.pushed("buyer")
    post.run()
    remote = post.envelope(envelope).remote
    assert remote is not None
    bench.choose("cancel_signature_request")
    bench.type(id=remote.id)
    assert bench.run.text() == "Change it there…"
    before = len(fake.log)
    bench.run.click()
    box = bench.tab.findChild(QMessageBox)
    assert box is not None
    assert len(fake.log) == before
    next(one for one in box.buttons() if one.text() == "Change it there").click()
    assert len(fake.log) == before + 1
    assert fake.requests[remote.id].status == "cancelled"


def test_a_file_is_saved_where_the_person_says(post: Post, fake: VisiSign, bench: Bench, tmp_path: Path) -> None:
    envelope = post.pushed("buyer")
    post.run()
    fake.sign()
    remote = post.envelope(envelope).remote
    assert remote is not None
    bench.choose("download_files")
    bench.type(id=remote.id)
    bench.run.click()
    dialog = bench.tab.findChild(QFileDialog)
    assert dialog is not None
    dialog.fileSelected.emit(str(tmp_path / "signed.pdf"))
    dialog.reject()
    assert (tmp_path / "signed.pdf").read_bytes().startswith(b"%PDF")
    assert "signed.pdf was saved" in bench.said()


def test_a_wrong_value_is_named_before_anything_is_sent(fake: VisiSign, bench: Bench) -> None:
    bench.choose("send_with_template")
    bench.type(template_id="tmpl_1", signers="not json")
    next_log = len(fake.log)
    bench.tab._begin(PROVIDERS["visisign"].operation("send_with_template"))
    assert len(fake.log) == next_log
    assert "should be JSON" in bench.said()


def test_an_at_sign_that_is_typed_is_a_letter_and_no_file(tmp_path: Path) -> None:
    """On the command line it names a file."""
    operation = PROVIDERS["visisign"].operation("create_signature_request")
    paper = tmp_path / "@lease.pdf"
    paper.write_bytes(b"%PDF-1.7\n")
    typed = operating.words(operation, {"title": "@secrets", "message": "", "file": str(paper)})
    values = operating.values(operation, typed)
    assert values["title"] == "@secrets"
    assert set(values) == {"title", "file"}


def test_nobody_waits_for_a_service_that_hangs(fake: VisiSign, bench: Bench) -> None:
    bench.choose("list_signature_requests")
    bench.runner.held = True
    bench.run.click()
    assert bench.run.text() == "Stop waiting"
    assert "Asking…" in bench.said()
    bench.run.click()
    assert "not waited for any longer" in bench.said()
    bench.runner.release()
    assert not bench.tree()


def test_without_an_account_it_says_where_one_is_added(post: Post, qtbot: QtBot, theme: Theme) -> None:
    assert "Add one on the tab Accounts" in Bench(post, qtbot).said()


def test_a_search_narrows_the_list(bench: Bench) -> None:
    (search,) = (one for one in bench.tab.findChildren(QLineEdit) if one.accessibleName() == "Search operations")
    search.setText("webhook")
    shown = [bench.list.item(at).toolTip() for at in range(bench.list.count()) if not bench.list.item(at).isHidden()]
    assert shown
    assert all("webhook" in one for one in shown)


def test_a_huge_answer_is_whole_as_text_and_short_as_a_tree(qtbot: QtBot, theme: Theme) -> None:
    view = AnswerView()
    qtbot.addWidget(view)
    view.show_answer({"items": list(range(MOST_NODES * 2))})
    (items,) = [view.tree.topLevelItem(0)]
    assert items is not None
    assert items.childCount() == MOST_NODES - 1
    assert str(MOST_NODES * 2 - 1) in view.text.toPlainText()
