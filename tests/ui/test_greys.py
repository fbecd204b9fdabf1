"""Everything that is grey says why: in its tool tip and to a screen reader."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from app.domain.envelope import EnvelopeStatus
from app.domain.geometry import Rect
from app.domain.ids import FieldId
from app.services.house import House
from app.ui.frame.memory import Memory
from app.ui.shell import Shell
from app.ui.theme import Theme
from tests.support.faults import put
from tests.support.greys import silent
from tests.support.inline_runner import InlineRunner
from tests.support.studios import Bench, a_field, bench, keep_draft, paper_house
from tests.ui.test_home import Stage

FIELDS = (
    a_field("a", Rect(100, 100, 160, 24), label="Street"),
    a_field("b", Rect(100, 160, 160, 24), kind="number"),
    a_field("c", Rect(100, 220, 160, 24), kind="dropdown", options=("One", "Two")),
)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with paper_house(tmp_path / "library") as built:
        yield built


@pytest.fixture
def made(house: House, theme: Theme, runner: InlineRunner) -> Iterator[Bench]:
    with bench(house, keep_draft(house, fields=FIELDS, documents=2), runner) as found:
        yield found


@pytest.mark.parametrize("statuses", [(), *((status,) for status in EnvelopeStatus)], ids=str)
def test_on_home(shell: Shell, memory: Memory, tmp_path: Path, statuses: tuple[EnvelopeStatus, ...]) -> None:
    stage = Stage(shell, memory, tmp_path, statuses)
    if statuses:
        stage.page.show_envelope("E0000000")
        stage.look()
    assert silent(shell) == []


def test_in_a_window_without_a_library(shell: Shell) -> None:
    assert silent(shell) == []


@pytest.mark.parametrize("chosen", [(), ("a",), ("b",), ("c",), ("a", "b"), ("a", "b", "c")], ids=str)
def test_in_the_editor(made: Bench, chosen: tuple[str, ...]) -> None:
    made.studio.draft.select([FieldId(name) for name in chosen])
    assert silent(made.window) == []


def test_in_an_editor_with_nothing_in_it(house: House, theme: Theme, runner: InlineRunner) -> None:
    with bench(house, keep_draft(house, people=(), documents=0), runner) as empty:
        assert silent(empty.window) == []


def test_in_an_envelope_that_is_out(house: House, theme: Theme, runner: InlineRunner) -> None:
    envelope = keep_draft(house, fields=FIELDS)
    put(house, envelope, status=EnvelopeStatus.OUT)
    with bench(house, envelope, runner) as out:
        assert silent(out.window) == []
        out.studio.draft.select([FieldId("a")])
        assert silent(out.window) == []


@pytest.mark.parametrize("place", [0, 1])
def test_in_the_menus_of_documents_and_pages(made: Bench, place: int) -> None:
    document = str(made.studio.draft.envelope.documents[place].id)
    menus = made.studio.documents.document_menu(document), made.studio.documents.page_menu()
    assert any(not action.isEnabled() for menu in menus for action in menu.actions())
    assert silent(made.window) == []


@pytest.mark.parametrize(
    "action",
    ["edit.repeat", "field.conditions", "field.formula", "envelope.style", "envelope.settings", "view.contents",
     "view.go_to", "edit.save_block", "view.find", "field.tab_order", "recipient.edit"],
)  # fmt: skip
def test_in_the_dialogs_of_the_editor(made: Bench, action: str) -> None:
    made.studio.draft.select([FieldId("b")])
    made.do(action)
    with closing(made.window, QDialog):
        assert silent(made.window) == []


def test_where_a_dialog_cannot_go_on(house: House, theme: Theme, runner: InlineRunner) -> None:
    lonely = keep_draft(house, fields=FIELDS[1:2])
    with bench(house, lonely, runner) as made:
        made.studio.draft.select([FieldId("b")])
        made.do("field.conditions")
        made.do("field.formula")
        made.do("edit.repeat")
        with closing(made.window, QDialog):
            greyed = [b for d in made.window.findChildren(QDialog) for b in d.findChildren(QPushButton)]
            assert any(not button.isEnabled() for button in greyed)
            assert silent(made.window) == []


@contextmanager
def closing(window: QWidget, kind: type[QWidget]) -> Iterator[None]:
    yield
    for each in window.findChildren(kind):
        each.close()
