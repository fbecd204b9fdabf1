"""The editor on a real screen, with the pointer moved by xdotool: what a person's hand does, not what Qt is told."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF
from PySide6.QtTest import QTest

from app.domain.fields.registry import KINDS
from app.domain.geometry import Rect
from app.domain.ids import FieldId
from app.services.house import House
from app.ui.canvas.layout import PageRef
from app.ui.theme import Theme
from tests.support.inline_runner import InlineRunner
from tests.support.studios import Bench, a_field, bench, keep_draft, paper_house, wait_for

pytestmark = pytest.mark.display
FIELD = Rect(100, 100, 160, 24)


class Hand:
    """The pointer and the keyboard of the screen. The program goes on while xdotool works."""

    def __init__(self, made: Bench) -> None:
        self._made = made

    def drag(self, start: QPoint, end: QPoint) -> None:
        self.do("mousemove", start.x(), start.y(), "mousedown", 1)
        for share in (0.1, 0.25, 0.4, 0.55, 0.7, 0.85, 0.95, 1.0):
            at = start + (end - start) * share
            self.do("mousemove", at.x(), at.y())
        self.do("mouseup", 1)

    def press(self, keys: str) -> None:
        self.do("key", keys)

    def do(self, *words: object) -> None:
        child = subprocess.Popen(["xdotool", *map(str, words)])
        wait_for(lambda: child.poll() is not None)
        assert child.returncode == 0
        QTest.qWait(15)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with paper_house(tmp_path / "library") as built:
        yield built


@pytest.fixture
def made(house: House, theme: Theme, runner: InlineRunner) -> Iterator[Bench]:
    if shutil.which("xdotool") is None:
        pytest.skip("needs xdotool")
    with bench(house, keep_draft(house, fields=(a_field("a", FIELD),)), runner, size=(1240, 940)) as found:
        QTest.qWaitForWindowExposed(found.window)
        found.window.activateWindow()
        wait_for(found.window.isActiveWindow)
        yield found


def on_screen(made: Bench, x: float, y: float) -> QPoint:
    return made.viewport.mapToGlobal(made.at(x, y))


def test_a_signature_dragged_from_the_palette_is_stored_under_the_pointer(made: Bench) -> None:
    button = made.studio.side.palette_.button("signature")
    target = on_screen(made, 333, 444)
    Hand(made).drag(button.mapToGlobal(button.rect().center()), target)
    wait_for(lambda: len(made.stored.fields) == 2)
    placed = made.stored.fields[-1]
    point = made.studio.view.to_page(PageRef("D1", 1), QPointF(made.viewport.mapFromGlobal(target)))
    reach = 6 / made.studio.view.scale + 0.5
    assert placed.kind == "signature"
    assert placed.rect.size == KINDS["signature"].default_size
    assert placed.rect.center.x == pytest.approx(point.x, abs=reach)
    assert placed.rect.center.y == pytest.approx(point.y, abs=reach)


def test_a_field_is_dragged_undone_and_redone_by_keys(made: Bench) -> None:
    hand = Hand(made)
    hand.drag(on_screen(made, 150, 112), on_screen(made, 150, 412))
    wait_for(lambda: made.stored.field(FieldId("a")).rect != FIELD)
    moved = made.stored.field(FieldId("a")).rect
    assert moved.y == pytest.approx(400, abs=6)
    hand.press("ctrl+z")
    wait_for(lambda: made.stored.field(FieldId("a")).rect == FIELD)
    hand.press("ctrl+shift+z")
    wait_for(lambda: made.stored.field(FieldId("a")).rect == moved)


def test_the_corner_of_a_field_is_pulled_by_its_handle(made: Bench) -> None:
    hand = Hand(made)
    at = on_screen(made, 150, 112)
    hand.do("mousemove", at.x(), at.y(), "click", 1)
    wait_for(lambda: made.studio.draft.selection == ("a",))
    hand.drag(on_screen(made, 260, 124), on_screen(made, 310, 174))
    wait_for(lambda: made.stored.field(FieldId("a")).rect != FIELD)
    after = made.stored.field(FieldId("a")).rect
    assert (after.x, after.y) == (100, 100)
    assert after.width == pytest.approx(210, abs=6)
    assert after.height == pytest.approx(74, abs=6)


def test_a_key_and_a_click_place_a_date(made: Bench) -> None:
    hand = Hand(made)
    at = on_screen(made, 400, 500)
    made.studio.view.setFocus()
    hand.press("d")
    hand.do("mousemove", at.x() - 5, at.y(), "mousemove", at.x(), at.y(), "click", 1)
    wait_for(lambda: len(made.stored.fields) == 2)
    assert made.stored.fields[-1].kind == "date"
    hand.press("Delete")
    wait_for(lambda: len(made.stored.fields) == 1)


def test_escape_in_the_middle_of_a_drag_leaves_everything_as_it_was(made: Bench) -> None:
    hand = Hand(made)
    start, end = on_screen(made, 150, 112), on_screen(made, 300, 400)
    hand.do("mousemove", start.x(), start.y(), "mousedown", 1)
    hand.do("mousemove", (start.x() + end.x()) // 2, (start.y() + end.y()) // 2, "mousemove", end.x(), end.y())
    assert made.studio.overlay.doing.moved
    hand.press("Escape")
    hand.do("mouseup", 1)
    assert made.stored.field(FieldId("a")).rect == FIELD
    assert made.studio.draft.history.count() == 0
