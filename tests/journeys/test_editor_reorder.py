"""Recipients and documents carried to another place with a real pointer, undone by a real key."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListWidget

from app.domain.geometry import Rect
from tests.support.hand import Hand, wait_for
from tests.support.inline_runner import InlineRunner
from tests.support.studios import Bench, a_field, bench, dressed, keep_draft, paper_house

pytestmark = [pytest.mark.display, pytest.mark.timeout(120)]
PEOPLE = ("Jane Smith", "Bob Jones", "Chen Li", "Dora Maar")


@pytest.fixture
def made(qapp: QApplication, tmp_path: Path) -> Iterator[Bench]:
    if shutil.which("xdotool") is None:
        pytest.skip("xdotool is not here")
    dressed(qapp)
    with paper_house(tmp_path / "library") as house:
        field = a_field("his", Rect(100, 100, 160, 24), role="bob")
        envelope_id = keep_draft(house, people=PEOPLE, documents=3, fields=(field,))
        with bench(house, envelope_id, InlineRunner(), (1400, 940)) as found:
            QTest.qWaitForWindowExposed(found.window)
            found.window.activateWindow()
            wait_for(found.window.isActiveWindow, "the window")
            QTest.qWait(60)
            yield found


def spot(of: QListWidget, row: int, share: float) -> QPoint:
    """On the screen, so far down the row."""
    rect = of.visualItemRect(of.item(row))
    return of.viewport().mapToGlobal(QPoint(rect.left() + 60, rect.top() + round(rect.height() * share)))


def carry(start: QPoint, end: QPoint) -> None:
    """All of it by one child process: while Qt itself carries something, nothing goes on here."""
    moves: list[object] = []
    for share in range(1, 13):
        at = start + (end - start) * (share / 12)
        moves += ["mousemove", at.x(), at.y(), "sleep", 0.02]
    begin = ("mousemove", start.x(), start.y(), "sleep", 0.05, "mousedown", 1, "sleep", 0.05)
    Hand().do(*begin, *moves, "sleep", 0.1, "mouseup", 1)
    QTest.qWait(60)


def order(made: Bench) -> list[str]:
    """Who acts first, second and so on, as it is stored."""
    return [one.role for one in sorted(made.stored.recipients, key=lambda one: one.order)]


def rows(of: QListWidget) -> list[str]:
    return [of.item(row).text() for row in range(of.count())]


@pytest.mark.parametrize(
    ("start", "end", "share", "expected"),
    [
        (0, 2, 0.9, ["bob", "chen", "jane", "dora"]),
        (0, 3, 0.95, ["bob", "chen", "dora", "jane"]),
        (3, 0, 0.1, ["dora", "jane", "bob", "chen"]),
        (2, 1, 0.1, ["jane", "chen", "bob", "dora"]),
        (1, 2, 0.9, ["jane", "chen", "bob", "dora"]),
    ],
)
def test_a_recipient_is_carried_up_and_down(
    made: Bench, start: int, end: int, share: float, expected: list[str]
) -> None:
    people, hand = made.studio.side.people, Hand()
    carry(spot(people, start, 0.5), spot(people, end, share))
    wait_for(lambda: order(made) == expected, "the new order")
    names = {one.role: one.name for one in made.stored.recipients}
    assert rows(people) == [names[role] for role in expected]
    assert made.stored.fields[0].recipient == "bob"
    assert [one.role for one in made.stored.recipients] == ["jane", "bob", "chen", "dora"], "colours stay"
    made.studio.view.setFocus()
    hand.do("key", "ctrl+z")
    wait_for(lambda: order(made) == ["jane", "bob", "chen", "dora"], "the old order")
    assert rows(people) == list(PEOPLE)


def test_a_recipient_dropped_upon_another_takes_its_place_and_nobody_is_lost(made: Bench) -> None:
    people = made.studio.side.people
    carry(spot(people, 0, 0.5), spot(people, 2, 0.5))
    wait_for(lambda: order(made) != ["jane", "bob", "chen", "dora"], "another order")
    assert sorted(order(made)) == ["bob", "chen", "dora", "jane"]
    assert people.count() == 4


def test_a_recipient_let_go_beside_the_list_or_where_it_was_stays(made: Bench) -> None:
    people = made.studio.side.people
    carry(spot(people, 1, 0.5), made.viewport.mapToGlobal(QPoint(300, 300)))
    carry(spot(people, 1, 0.3), spot(people, 1, 0.7))
    QTest.qWait(100)
    assert order(made) == ["jane", "bob", "chen", "dora"]
    assert rows(people) == list(PEOPLE)
    assert made.studio.draft.history.count() == 0


@pytest.mark.parametrize(
    ("start", "end", "share", "expected"),
    [(0, 2, 0.9, ["D2", "D3", "D1"]), (2, 0, 0.1, ["D3", "D1", "D2"]), (0, 1, 0.9, ["D2", "D1", "D3"])],
)
def test_a_document_is_carried_up_and_down_and_its_pages_with_it(
    made: Bench, start: int, end: int, share: float, expected: list[str]
) -> None:
    documents, hand = made.studio.documents.list, Hand()
    carry(spot(documents, start, 0.5), spot(documents, end, share))
    wait_for(lambda: [one.id for one in made.stored.documents] == expected, "the new order")
    assert rows(documents) == [f"Paper {name[1]}" for name in expected]
    shown = dict.fromkeys(sheet.ref.document for sheet in made.studio.view.sheets)
    assert list(shown) == expected
    made.studio.view.setFocus()
    hand.do("key", "ctrl+z")
    wait_for(lambda: [one.id for one in made.stored.documents] == ["D1", "D2", "D3"], "the old order")
    assert rows(documents) == ["Paper 1", "Paper 2", "Paper 3"]


def test_a_document_let_go_where_it_was_stays(made: Bench) -> None:
    documents = made.studio.documents.list
    carry(spot(documents, 1, 0.3), spot(documents, 1, 0.7))
    QTest.qWait(100)
    assert rows(documents) == ["Paper 1", "Paper 2", "Paper 3"]
    assert made.studio.draft.history.count() == 0
