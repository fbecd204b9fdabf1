"""The desk in a window: places at any zoom, pictures as they are needed, hands."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.domain.errors import DocumentDamaged
from app.domain.geometry import Point, Rect, Size
from app.ui.canvas.feeder import CAPACITY, UNDER_WAY
from app.ui.canvas.layout import PageRef, Sheet
from app.ui.canvas.view import PageView
from app.ui.canvas.zoom import Fit
from app.ui.theme import Theme
from tests.support.inline_runner import InlineRunner
from tests.support.studios import Paper, move_over, wait_for

A4 = Size(595, 842)


def desk_of(count: int, size: Size = A4) -> tuple[Sheet, ...]:
    return tuple(Sheet(PageRef("D", number), size) for number in range(1, count + 1))


class Press:
    """Draws grey pages and remembers what was asked and lent."""

    def __init__(self, shade: int = 0x40) -> None:
        self.asked: list[tuple[int, float, Rect | None]] = []
        self.lent: list[Paper] = []
        self.shade = shade

    def __call__(self, page: PageRef, scale: float, clip: Rect | None) -> Paper:
        self.asked.append((page.page, scale, clip))
        part = clip or Rect(0, 0, A4.width, A4.height)
        self.lent.append(Paper(max(1, round(part.width * scale)), max(1, round(part.height * scale)), self.shade))
        return self.lent[-1]


@pytest.fixture
def view(theme: Theme, runner: InlineRunner) -> Iterator[PageView]:
    view = PageView(runner)
    view.resize(900, 700)
    view.show()
    yield view
    view.close()
    view.deleteLater()


def test_a_place_of_a_page_goes_to_the_window_and_back_at_every_zoom(view: PageView) -> None:
    view.show_sheets(desk_of(5), None)
    page = PageRef("D", 2)
    for zoom in (0.25, 0.5, 1.0, 1.37, 2.0, 8.0):
        view.set_zoom(zoom)
        view.go_to(page)
        box = view.from_page(page, Rect(100, 50, 30, 20))
        back = view.to_page(page, box.topLeft())
        assert back.x == pytest.approx(100, abs=1e-6)
        assert back.y == pytest.approx(50, abs=1e-6)
        assert box.width() == pytest.approx(30 * view.scale)


def test_the_page_under_the_pointer_is_told_and_none_beside_it(view: PageView) -> None:
    view.show_sheets(desk_of(2), None)
    view.set_zoom(0.5)
    frame = view.frame_of(PageRef("D", 1))
    assert view.page_at(frame.rect_px.center()) == PageRef("D", 1)
    assert view.page_at(frame.rect_px.topLeft() - QPointF(5, 5)) is None
    pointer = view.pointer_at(frame.rect_px.topLeft() - QPointF(5, 5))
    assert pointer is not None
    assert not pointer.on_page
    assert pointer.point.x < 0


def test_the_wheel_with_ctrl_zooms_to_the_pointer(view: PageView) -> None:
    view.show_sheets(desk_of(9), None)
    view.set_zoom(1.0)
    view.go_to(PageRef("D", 4))
    at = QPointF(450, 333)
    before = view.pointer_at(at)
    assert before is not None
    for _ in range(4):
        turn_wheel(view, at, 120)
    after = view.pointer_at(at)
    assert after is not None
    assert view.zoom == pytest.approx(1.2**4)
    assert after.page == before.page
    assert after.point.y == pytest.approx(before.point.y, abs=3 / view.scale)


def test_fit_width_follows_the_window_and_a_free_zoom_does_not(view: PageView) -> None:
    view.show_sheets(desk_of(3), None)
    assert view.fit is Fit.WIDTH
    narrow = view.zoom
    view.resize(1200, 700)
    assert view.zoom > narrow
    view.set_zoom(1.0)
    view.resize(700, 700)
    assert view.zoom == 1.0


def test_a_fit_at_the_top_of_the_first_page_stays_at_the_top(view: PageView) -> None:
    view.show_sheets(desk_of(3), None)
    view.resize(500, 700)
    view.resize(1100, 700)
    assert view.verticalScrollBar().value() == 0


def test_the_page_being_read_is_told_as_pages_go_by(view: PageView) -> None:
    told: list[PageRef] = []
    view.page_changed.connect(told.append)
    view.show_sheets(desk_of(6), None)
    view.go_to(PageRef("D", 5))
    assert view.page == PageRef("D", 5)
    assert told[-1] == PageRef("D", 5)


def test_a_rectangle_is_brought_into_sight_with_as_little_movement_as_it_takes(view: PageView) -> None:
    view.show_sheets(desk_of(6), None)
    view.set_zoom(1.0)
    rect = Rect(100, 700, 100, 40)
    view.reveal(PageRef("D", 1), rect)
    box = view.from_page(PageRef("D", 1), rect)
    assert view.viewport().rect().contains(box.toAlignedRect())
    kept = view.verticalScrollBar().value()
    view.reveal(PageRef("D", 1), rect)
    assert view.verticalScrollBar().value() == kept
    view.reveal(PageRef("D", 3), rect, upper_third=True)
    middle = view.from_page(PageRef("D", 3), rect).center().y()
    assert middle == pytest.approx(view.viewport().height() / 3, abs=2)


def test_a_document_that_joins_leaves_the_page_being_read_where_it_is(view: PageView) -> None:
    view.show_sheets(desk_of(6), None)
    view.set_zoom(1.0)
    view.go_to(PageRef("D", 4))
    before = view.frame_of(PageRef("D", 4)).rect_px.top()
    first = tuple(Sheet(PageRef("new", number), A4) for number in (1, 2))
    view.show_sheets((*first, *desk_of(6)), None)
    assert view.frame_of(PageRef("D", 4)).rect_px.top() == pytest.approx(before, abs=1)


def test_what_is_seen_is_drawn_first_then_three_pages_ahead(view: PageView, runner: InlineRunner) -> None:
    press = Press()
    view.show_sheets(desk_of(50), press)
    view.set_zoom(1.0)
    wait_for(lambda: view.is_settled)
    pages = [page for page, _, _ in press.asked]
    assert pages[0] == 1
    assert set(pages) <= {1, 2, 3, 4, 5}


def test_at_most_two_requests_are_under_way_and_what_scrolled_by_is_not_asked_for(
    theme: Theme, qapp: QApplication
) -> None:
    held = InlineRunner(held=True)
    view = PageView(held)
    view.resize(900, 700)
    view.show()
    press = Press()
    view.show_sheets(desk_of(200), press)
    QTest.qWait(10)
    assert len(held.waiting) == UNDER_WAY
    view.go_to(PageRef("D", 150))
    QTest.qWait(10)
    assert len(held.waiting) == UNDER_WAY
    held.release()
    wait_for(lambda: view.is_settled)
    pages = [page for page, _, _ in press.asked]
    assert all(page <= 2 or page >= 147 for page in pages)
    view.close()
    view.deleteLater()


def test_every_lent_picture_is_given_back(view: PageView) -> None:
    press = Press()
    view.show_sheets(desk_of(20), press)
    wait_for(lambda: view.is_settled)
    view.go_to(PageRef("D", 11))
    wait_for(lambda: view.is_settled)
    assert press.lent
    assert all(paper.released for paper in press.lent)


def test_the_drawn_page_stands_on_the_paper_pixel_on_pixel(view: PageView) -> None:
    view.show_sheets(desk_of(1), Press(shade=0x40))
    view.set_zoom(0.5)
    wait_for(lambda: view.is_settled)
    frame = view.frame_of(PageRef("D", 1)).rect_px.toRect()
    image = view.viewport().grab().toImage()
    ratio = image.devicePixelRatio()
    for corner in (frame.topLeft() + QPoint(2, 2), frame.bottomRight() - QPoint(3, 3), frame.center()):
        assert image.pixelColor((QPointF(corner) * ratio).toPoint()).red() == 0x40


def test_a_huge_page_is_drawn_in_tiles_of_what_is_seen(view: PageView) -> None:
    press = Press()
    view.show_sheets(desk_of(1), press)
    view.set_zoom(8.0)
    wait_for(lambda: view.is_settled)
    clips = [clip for _, scale, clip in press.asked if clip is not None]
    assert clips
    assert all(max(clip.width, clip.height) * view.scale <= 1025 for clip in clips)
    assert sum(clip.width * clip.height for clip in clips) < A4.width * A4.height / 4


def test_the_cache_stays_below_its_cap_over_a_thousand_pages(view: PageView) -> None:
    view.show_sheets(desk_of(1000), Press())
    view.set_zoom(1.0)
    for page in range(1, 1000, 9):
        view.go_to(PageRef("D", page))
        QTest.qWait(1)
    assert view._feeder.cache.size <= CAPACITY


def test_a_page_that_cannot_be_drawn_keeps_its_place_and_is_asked_for_once(view: PageView) -> None:
    asked: list[int] = []
    failures: list[Exception] = []

    def refuse(page: PageRef, scale: float, clip: Rect | None) -> Paper:
        asked.append(page.page)
        raise DocumentDamaged(path="paper.pdf", reason="torn")

    view.failed.connect(failures.append)
    view.show_sheets(desk_of(1), refuse)
    view.set_zoom(0.5)
    wait_for(lambda: view.is_settled)
    asked_before = len(asked)
    view.viewport().update()
    view._plan()
    QTest.qWait(20)
    assert len(asked) == asked_before
    assert isinstance(failures[0], DocumentDamaged)


def test_pictures_of_a_document_that_was_replaced_are_dropped(theme: Theme, qapp: QApplication) -> None:
    held = InlineRunner(held=True)
    view = PageView(held)
    view.resize(600, 700)
    view.show()
    view.show_sheets(desk_of(1), Press(shade=0x10))
    QTest.qWait(10)
    view.show_sheets(desk_of(1), Press(shade=0x90))
    QTest.qWait(10)
    held.release()
    wait_for(lambda: view.is_settled)
    centre = view.frame_of(PageRef("D", 1)).rect_px.toRect().topLeft() + QPoint(20, 20)
    image: QImage = view.viewport().grab().toImage()
    assert image.pixelColor((QPointF(centre) * image.devicePixelRatio()).toPoint()).red() == 0x90
    view.close()
    view.deleteLater()


def test_the_middle_button_and_space_pan(view: PageView) -> None:
    view.show_sheets(desk_of(9), None)
    view.set_zoom(1.0)
    view.go_to(PageRef("D", 3))
    before = view.verticalScrollBar().value()
    QTest.mousePress(view.viewport(), Qt.MouseButton.MiddleButton, pos=QPoint(300, 300))
    move_over(view.viewport(), QPoint(300, 200), button=Qt.MouseButton.MiddleButton)
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.MiddleButton, pos=QPoint(300, 200))
    assert view.verticalScrollBar().value() == before + 100
    QTest.keyPress(view, Qt.Key.Key_Space)
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(300, 200))
    move_over(view.viewport(), QPoint(300, 300), button=Qt.MouseButton.LeftButton)
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(300, 300))
    QTest.keyRelease(view, Qt.Key.Key_Space)
    assert view.verticalScrollBar().value() == before


def test_a_click_is_told_in_points_of_the_page(view: PageView) -> None:
    told: list[tuple[PageRef, Point]] = []
    view.clicked.connect(lambda page, point: told.append((page, point)))
    view.show_sheets(desk_of(2), None)
    view.set_zoom(1.0)
    at = view.frame_of(PageRef("D", 1)).point(Point(120, 240)).toPoint()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    ((page, point),) = told
    assert page == PageRef("D", 1)
    assert point.x == pytest.approx(120, abs=0.5)
    assert point.y == pytest.approx(240, abs=0.5)


def turn_wheel(
    view: PageView, at: QPointF, angle: int, held: Qt.KeyboardModifier = Qt.KeyboardModifier.ControlModifier
) -> None:
    event = QWheelEvent(
        at,
        QPointF(view.viewport().mapToGlobal(at.toPoint())),
        QPoint(),
        QPoint(0, angle),
        Qt.MouseButton.NoButton,
        held,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view.viewport(), event)
