"""One page at a time: where it lies, how it is turned, and what is drawn."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QInputDialog

from app.domain.geometry import Rect, Size
from app.pdf import Hit
from app.ui.canvas.layout import PageRef, Sheet
from app.ui.canvas.view import PageView
from app.ui.canvas.zoom import Fit
from app.ui.theme import Theme
from tests.support.inline_runner import InlineRunner
from tests.support.studios import NO, Bench, BlankLooker, bench, keep_draft, paper_house, wait_for
from tests.ui.test_canvas_view import A4, Press, desk_of, turn_wheel


@pytest.fixture
def view(theme: Theme, runner: InlineRunner) -> Iterator[PageView]:
    view = PageView(runner)
    view.resize(900, 700)
    view.show()
    yield view
    view.close()
    view.deleteLater()


@pytest.fixture
def made(theme: Theme, runner: InlineRunner, tmp_path: Path) -> Iterator[Bench]:
    with paper_house(tmp_path / "library") as house, bench(house, keep_draft(house), runner) as found:
        yield found


def paged(view: PageView, sheets: tuple[Sheet, ...]) -> PageView:
    view.show_sheets(sheets, Press())
    view.set_paged(True)
    return view


def test_the_page_being_read_is_alone_and_places_on_it_hold(view: PageView) -> None:
    sheets = (*desk_of(2), Sheet(PageRef("D", 3), Size(1190, 842)), *(Sheet(PageRef("E", n), A4) for n in (1, 2)))
    view.show_sheets(sheets, None)
    view.go_to(PageRef("D", 2))
    view.set_paged(True)
    assert view.visible_pages() == (PageRef("D", 2),)
    for sheet in sheets:
        view.go_to(sheet.ref)
        assert (view.visible_pages(), view.page) == ((sheet.ref,), sheet.ref)
        at = view.from_page(sheet.ref, Rect(100, 50, 1, 1)).topLeft()
        point = view.to_page(sheet.ref, at)
        assert (point.x, point.y) == pytest.approx((100, 50))
        assert view.page_at(at) == sheet.ref
    view.set_paged(False)
    assert view.page == PageRef("E", 2)
    assert len(view.visible_pages()) > 1


def test_a_fit_is_that_of_the_page_and_not_of_the_widest(view: PageView) -> None:
    paged(view, (*desk_of(1), Sheet(PageRef("D", 2), Size(1190, 842))))
    view.set_fit(Fit.WIDTH)
    narrow = view.zoom
    view.go_to(PageRef("D", 2))
    assert view.zoom == pytest.approx(narrow / 2, rel=0.01)
    view.set_fit(Fit.PAGE)
    view.go_to(PageRef("D", 1))
    frame = view.frame_of(PageRef("D", 1)).rect_px
    assert view.viewport().rect().toRectF().contains(frame)


def test_the_wheel_reads_to_the_foot_and_then_turns(view: PageView) -> None:
    paged(view, desk_of(3)).set_zoom(1.0)
    notches = 0
    while view.page == PageRef("D", 1):
        turn_wheel(view, QPointF(400, 300), -120, NO)
        notches += 1
    assert notches > 2
    assert view.page == PageRef("D", 2)
    assert view.verticalScrollBar().value() == 0
    turn_wheel(view, QPointF(400, 300), 120, NO)
    assert view.page == PageRef("D", 1)
    assert view.verticalScrollBar().value() == view.verticalScrollBar().maximum()


def test_a_fine_wheel_turns_once_a_notch(view: PageView) -> None:
    paged(view, desk_of(3)).set_fit(Fit.PAGE)
    for _ in range(7):
        turn_wheel(view, QPointF(400, 300), -15, NO)
    assert view.page == PageRef("D", 1)
    turn_wheel(view, QPointF(400, 300), -15, NO)
    assert view.page == PageRef("D", 2)


def test_the_keys_turn_at_the_ends_and_go_to_the_first_and_last(view: PageView) -> None:
    paged(view, desk_of(4)).set_fit(Fit.PAGE)
    seen = []
    for key in (Qt.Key.Key_PageDown, Qt.Key.Key_End, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp, Qt.Key.Key_Home):
        QTest.keyClick(view, key)
        assert view.page is not None
        seen.append(view.page.page)
    assert seen == [2, 4, 4, 3, 1]


def test_something_sought_on_another_page_is_turned_to(view: PageView) -> None:
    told: list[PageRef] = []
    paged(view, desk_of(4)).page_changed.connect(told.append)
    view.reveal(PageRef("D", 4), Rect(100, 700, 50, 10))
    assert told == [PageRef("D", 4)]
    assert view.viewport().rect().toRectF().contains(view.from_page(PageRef("D", 4), Rect(100, 700, 50, 10)))


def test_only_the_page_that_is_seen_and_those_ahead_are_drawn(view: PageView) -> None:
    press = Press()
    view.show_sheets(desk_of(40), press)
    view.set_paged(True)
    press.asked.clear()
    view.go_to(PageRef("D", 20))
    wait_for(lambda: view.is_settled)
    assert {page for page, _, _ in press.asked} <= set(range(18, 25))
    assert 20 in {page for page, _, _ in press.asked}


def test_in_the_editor_it_is_ticked_and_the_page_being_read_stays(made: Bench) -> None:
    made.studio.view.go_to(PageRef("D1", 2))
    made.do("view.single_page")
    assert made.actions.qaction("view.single_page").isChecked()
    assert made.studio.view.visible_pages() == (PageRef("D1", 2),)
    made.do("view.next_page")
    assert made.studio.view.page == PageRef("D1", 3)
    made.do("view.fit_page")
    assert made.actions.qaction("view.fit_page").isChecked()
    made.do("view.single_page")
    assert not made.actions.qaction("view.single_page").isChecked()
    assert made.studio.view.page == PageRef("D1", 3)


def test_in_the_editor_a_field_is_placed_on_the_page_that_is_shown(made: Bench) -> None:
    made.do("view.single_page")
    made.do("view.fit_page")
    made.do("view.next_page")
    made.key(Qt.Key.Key_D)
    made.click(made.at(300, 400, 2))
    assert (made.only().kind, made.only().page) == ("date", 2)
    assert made.only().rect.center.x == pytest.approx(300, abs=3)


def test_in_the_editor_find_and_go_to_page_turn_to_it(made: Bench) -> None:
    made.do("view.single_page")
    cast("BlankLooker", made.house.looker).hits = (Hit(3, (Rect(50, 700, 60, 10),)),)
    made.do("view.find")
    QTest.keyClicks(made.studio.finder.line, "lease")
    wait_for(lambda: made.studio.view.page == PageRef("D1", 3))
    made.do("view.go_to")
    (asked,) = made.page.findChildren(QInputDialog)
    asked.setIntValue(2)
    asked.accept()
    assert made.studio.view.visible_pages() == (PageRef("D1", 2),)
