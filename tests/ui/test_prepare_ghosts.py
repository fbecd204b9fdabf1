"""Places found in the documents: pale until a person accepts them, by keys, by a click, or all at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.domain.geometry import Rect
from app.pdf import FoundField, Source
from app.services import drafting
from app.services.house import House
from app.ui.theme import Theme
from tests.support.inline_runner import InlineRunner
from tests.support.studios import Bench, BlankLooker, a_field, bench, keep_draft, near, paper_house

SIGN = Rect(100, 600, 180, 40)
DATE = Rect(350, 610, 100, 24)
LATER = Rect(100, 200, 160, 24)
FOUND = (
    FoundField(Source.DETECTED, "date", "date", 1, DATE, label="Date:", confidence=0.9),
    FoundField(Source.DETECTED, "signature", "signature", 1, SIGN, label="Signature:", confidence=0.9),
    FoundField(Source.DETECTED, "text", "name", 2, LATER, label="Name:", confidence=0.9, role_hint="signer2"),
)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with paper_house(tmp_path / "library") as built:
        cast("BlankLooker", built.looker).found = FOUND
        yield built


@pytest.fixture
def made(house: House, theme: Theme, runner: InlineRunner) -> Iterator[Bench]:
    with bench(house, keep_draft(house), runner) as found:
        yield found


def test_what_was_found_is_told_and_not_placed(made: Bench) -> None:
    assert made.studio.ghost_bar.isVisible()
    assert "3 places" in made.studio.ghost_bar._words.text()
    assert made.stored.fields == ()


def test_enter_accepts_one_after_the_other_and_tab_too(made: Bench) -> None:
    QTest.mouseClick(made.studio.ghost_bar.review, Qt.MouseButton.LeftButton)
    assert made.studio.window().focusWidget() is made.studio.view
    made.key(Qt.Key.Key_Return)
    assert near(made.only().rect, SIGN)
    assert (made.only().kind, made.only().label, made.only().recipient) == ("signature", "Signature", "jane")
    made.key(Qt.Key.Key_Tab)
    assert [field.kind for field in made.stored.fields] == ["signature", "date"]
    made.do("edit.undo")
    assert [field.kind for field in made.stored.fields] == ["signature"]


def test_shift_and_enter_accept_all_in_one_step_each_for_whom_it_names(made: Bench) -> None:
    made.do("document.find_fields")
    made.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert [(f.kind, f.page, f.recipient) for f in made.stored.fields] == [
        ("signature", 1, "jane"),
        ("date", 1, "jane"),
        ("text", 2, "bob"),
    ]
    assert made.studio.draft.history.count() == 1
    assert not made.studio.ghost_bar.isVisible()


def test_arrows_look_further_delete_puts_away_and_escape_leaves(made: Bench) -> None:
    made.do("document.find_fields")
    ghosts = made.studio.ghosts
    made.key(Qt.Key.Key_Down)
    assert ghosts.current is not None
    assert ghosts.current.found.kind == "date"
    made.key(Qt.Key.Key_Delete)
    assert [offer.found.kind for offer in ghosts.offers] == ["signature", "text"]
    made.key(Qt.Key.Key_Escape)
    made.key(Qt.Key.Key_Return)
    assert made.stored.fields == ()


def test_a_click_accepts_the_ghost_under_it_only_while_one_looks_through_them(made: Bench) -> None:
    middle = made.at(SIGN.center.x, SIGN.center.y)
    made.click(middle)
    assert made.stored.fields == ()
    made.do("document.find_fields")
    made.click(made.at(SIGN.center.x, SIGN.center.y))
    assert made.only().kind == "signature"


def test_where_a_field_stands_already_nothing_is_offered(house: House, theme: Theme, runner: InlineRunner) -> None:
    field = a_field("a", SIGN, kind="signature")
    with bench(house, keep_draft(house, fields=(field,)), runner) as made:
        assert [offer.found.kind for offer in made.studio.ghosts.offers] == ["date", "text"]


def test_where_there_is_nobody_yet_somebody_comes_along(house: House, theme: Theme, runner: InlineRunner) -> None:
    with bench(house, keep_draft(house, people=()), runner) as made:
        made.do("document.find_fields")
        made.key(Qt.Key.Key_Return)
        (nobody,) = made.stored.recipients
        assert made.only().recipient == nobody.role


def test_the_keyboard_comes_back_to_the_pages_after_a_document_was_changed(made: Bench, runner: InlineRunner) -> None:
    made.studio.view.setFocus()
    runner.held = True
    made.page.rework("Change", lambda house: drafting.change(house, made.envelope_id, title="Changed"))
    assert not made.studio.isEnabled()
    runner.release()
    assert made.studio.window().focusWidget() is made.studio.view
