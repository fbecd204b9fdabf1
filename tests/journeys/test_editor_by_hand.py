"""The editor with a real pointer and real keys: each way of placing, pulling, snapping, choosing, copying, repeating
ends in the stored rectangle."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from app.domain.fields.base import Field
from app.domain.fields.registry import KINDS
from app.domain.geometry import Point, Rect
from app.services import drafting
from app.services.house import House
from app.ui.canvas.layout import PageRef
from app.ui.prepare.kind_picker import KindPicker
from app.ui.prepare.repeat_dialog import RepeatDialog
from tests.support.hand import Hand, visible, wait_for
from tests.support.inline_runner import InlineRunner
from tests.support.pages import write_pdf
from tests.support.studios import Bench, bench, dressed

pytestmark = [pytest.mark.display, pytest.mark.timeout(120)]

LINE_Y = 842 - 500
LINE = "1 w 72 500 m 340 500 l S"
FIELD = Rect(100, 200, 160, 24)


class Person:
    """A hand over the pages of one envelope; places in points of a page."""

    def __init__(self, made: Bench) -> None:
        self.made, self.hand = made, Hand()
        self.document = made.stored.documents[0].id

    @property
    def fields(self) -> tuple[Field, ...]:
        return self.made.stored.fields

    def spot(self, x: float, y: float, page: int = 1) -> QPoint:
        at = self.made.studio.view.frame_of(PageRef(self.document, page)).point(Point(x, y)).toPoint()
        return self.made.viewport.mapToGlobal(at)

    def point(self, spot: QPoint, page: int = 1) -> Point:
        """What is under a pixel of the screen."""
        at = self.made.viewport.mapFromGlobal(spot)
        return self.made.studio.view.to_page(PageRef(self.document, page), QPointF(at))

    def click(self, x: float, y: float, page: int = 1) -> None:
        at = self.spot(x, y, page)
        self.hand.do("mousemove", at.x() - 3, at.y(), "mousemove", at.x(), at.y(), "click", 1)
        QTest.qWait(30)

    def drag(self, start: tuple[float, float], end: tuple[float, float], held: str = "", page: int = 1) -> None:
        """A key is held once the button is down: with Alt before, window managers take the whole window along."""
        one, other = self.spot(*start, page), self.spot(*end, page)
        self.hand.do("mousemove", one.x(), one.y(), "mousedown", 1)
        if held:
            self.hand.do("keydown", held)
        for share in range(1, 11):
            at = one + (other - one) * (share / 10)
            self.hand.do("mousemove", at.x(), at.y())
        self.hand.do("mouseup", 1)
        if held:
            self.hand.do("keyup", held)
        QTest.qWait(30)

    def keys(self, *names: str) -> None:
        self.made.studio.view.setFocus()
        for name in names:
            self.hand.do("key", name)
        QTest.qWait(40)

    def field(self, rect: Rect = FIELD, kind: str = "text", page: int = 1) -> Field:
        """One that stands there already; nothing is selected."""
        self.made.studio._place(kind, PageRef(self.document, page), rect)
        self.made.studio.draft.select(())
        return self.fields[-1]

    def rect_of(self, field: Field) -> Rect:
        return self.made.stored.field(field.id).rect


@pytest.fixture
def person(house: House, tmp_path: Path, qapp: QApplication) -> Iterator[Person]:
    if shutil.which("xdotool") is None:
        pytest.skip("xdotool is not here")
    dressed(qapp)
    lease = write_pdf(tmp_path / "Lease.pdf", 3, marks=LINE)
    envelope = drafting.from_files(house, [lease]).one("envelope")
    with bench(house, envelope, InlineRunner(), (1400, 960)) as made:
        made.page.add_recipient()
        made.studio.side.form.hide()
        made.studio.ghosts.show_offers((), ())
        QTest.qWaitForWindowExposed(made.window)
        made.window.activateWindow()
        wait_for(made.window.isActiveWindow, "the window")
        made.studio.view.set_zoom(0.75)
        QTest.qWait(60)
        yield Person(made)


def near(rect: Rect, wanted: Sequence[float], by: float = 1.0) -> bool:
    """`by` in points; at 75 % a pixel of the screen is one of them."""
    return all(abs(a - b) <= by for a, b in zip((rect.x, rect.y, rect.width, rect.height), wanted, strict=True))


# -- E4: placing -----------------------------------------------------------------------------------------


def test_dragged_from_the_palette(person: Person) -> None:
    button = person.made.studio.side.palette_.button("signature")
    target = person.spot(333, 444)
    person.hand.drag(button.mapToGlobal(button.rect().center()), target)
    wait_for(lambda: len(person.fields) == 1, "the signature")
    at, size = person.point(target), KINDS["signature"].default_size
    assert near(person.fields[0].rect, (at.x - size.width / 2, at.y - size.height / 2, size.width, size.height), 6.5)


def test_picked_then_clicked_and_picked_then_drawn(person: Person) -> None:
    person.hand.click(person.made.studio.side.palette_.button("date"))
    person.click(300, 600)
    assert person.fields[0].kind == "date"
    assert person.fields[0].rect.center.x == pytest.approx(300, abs=6.5)
    person.hand.click(person.made.studio.side.palette_.button("text"))
    person.drag((100, 660), (330, 700))
    assert near(person.fields[1].rect, (100, 660, 230, 40), 1.5)


def test_an_empty_box_becomes_what_a_letter_says(person: Person) -> None:
    person.drag((380, 400), (500, 450))
    wait_for(lambda: bool(visible(KindPicker)), "the picker")
    person.hand.do("key", "s")
    wait_for(lambda: len(person.fields) == 1, "the signature")
    assert person.fields[0].kind == "signature"
    assert near(person.fields[0].rect, (380, 400, 120, 50), 1.5)


def test_shift_on_the_palette_keeps_the_tool_until_escape(person: Person) -> None:
    person.hand.do("keydown", "shift")
    person.hand.click(person.made.studio.side.palette_.button("checkbox"))
    person.hand.do("keyup", "shift")
    for y in (420, 480, 540):
        person.click(450, y)
    person.hand.do("key", "Escape")
    person.click(450, 620)
    assert [field.kind for field in person.fields] == ["checkbox"] * 3


# -- E5: eight handles -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("grip", "by", "wanted"),
    [
        ((0, 0), (-30, -30), (70, 570, 190, 90)),
        ((0.5, 0), (0, -30), (100, 570, 160, 90)),
        ((1, 0), (30, -30), (100, 570, 190, 90)),
        ((1, 0.5), (30, 0), (100, 600, 190, 60)),
        ((1, 1), (30, 30), (100, 600, 190, 90)),
        ((0.5, 1), (0, 30), (100, 600, 160, 90)),
        ((0, 1), (-30, 30), (70, 600, 190, 90)),
        ((0, 0.5), (-30, 0), (70, 600, 190, 60)),
    ],
)
def test_each_handle_pulls_its_edges(
    person: Person, grip: tuple[float, float], by: tuple[float, float], wanted: tuple[float, ...]
) -> None:
    field = person.field(Rect(100, 600, 160, 60))
    person.click(180, 630)
    start = (100 + 160 * grip[0], 600 + 60 * grip[1])
    person.drag(start, (start[0] + by[0], start[1] + by[1]))
    # A margin or a printed line within six pixels may draw the edge to itself.
    assert near(person.rect_of(field), wanted, 6.5)


def test_alt_resizes_from_the_centre_and_shift_keeps_the_ratio(person: Person) -> None:
    field = person.field(Rect(200, 600, 160, 40))
    person.click(280, 620)
    person.drag((360, 640), (400, 650), "shift")
    after = person.rect_of(field)
    assert after.width / after.height == pytest.approx(4, rel=0.01)
    assert after.width > 180
    person.hand.do("key", "ctrl+z")
    person.click(280, 620)
    person.drag((360, 620), (390, 620), "alt")
    assert near(person.rect_of(field), (170, 600, 220, 40), 1.5)


def test_arrows_nudge_by_one_by_ten_and_resize(person: Person) -> None:
    field = person.field(Rect(100, 600, 160, 60))
    person.click(180, 630)
    person.keys("Right", "Right", "shift+Down", "ctrl+Right")
    assert person.rect_of(field) == Rect(102, 610, 161, 60)


# -- E6: snapping ----------------------------------------------------------------------------------------


def test_a_dragged_field_stands_on_the_printed_line_and_alt_suspends_it(person: Person) -> None:
    field = person.field(Rect(100, 200, 160, 24))
    below = LINE_Y - 24
    person.drag((180, 212), (180, below + 12 - 3))
    assert person.rect_of(field).bottom == pytest.approx(LINE_Y, abs=0.3)
    person.hand.do("key", "ctrl+z")
    person.drag((180, 212), (180, below + 12 - 3), "alt")
    assert person.rect_of(field).bottom == pytest.approx(LINE_Y - 3, abs=1)


def test_a_dragged_field_finds_its_neighbours_edge_and_the_gap_of_two(person: Person) -> None:
    person.field(Rect(100, 600, 100, 24))
    person.field(Rect(230, 600, 100, 24))
    third = person.field(Rect(420, 700, 100, 24))
    person.drag((470, 712), (412, 614))
    rect = person.rect_of(third)
    assert (rect.x, rect.y) == (pytest.approx(360, abs=0.01), pytest.approx(600, abs=0.01))


# -- E7: several -----------------------------------------------------------------------------------------


def test_marquee_ctrl_click_and_ctrl_a_choose_and_a_group_moves_together(person: Person) -> None:
    one, two = person.field(Rect(100, 600, 100, 24)), person.field(Rect(100, 640, 140, 24))
    third = person.field(Rect(350, 700, 100, 24))
    draft = person.made.studio.draft
    person.drag((80, 580), (300, 680))
    assert set(draft.selection) == {one.id, two.id}
    person.hand.do("keydown", "ctrl")
    person.click(400, 712)
    person.hand.do("keyup", "ctrl")
    assert set(draft.selection) == {one.id, two.id, third.id}
    person.drag((140, 612), (160, 562), "alt")
    assert near(person.rect_of(one), (120, 550, 100, 24), 1.2)
    assert near(person.rect_of(third), (370, 650, 100, 24), 1.2)
    assert person.rect_of(two).y - person.rect_of(one).y == pytest.approx(40)
    person.click(500, 450)
    assert draft.selection == ()
    person.keys("ctrl+a")
    assert len(draft.selection) == 3


# -- E8: copying -----------------------------------------------------------------------------------------


def test_copied_pasted_in_place_duplicated_and_carried_off_with_ctrl(person: Person) -> None:
    person.field(Rect(100, 600, 100, 24))
    person.click(150, 612)
    person.keys("ctrl+c", "ctrl+shift+v")
    assert person.fields[1].rect == Rect(100, 600, 100, 24)
    person.keys("ctrl+d")
    assert person.fields[2].rect == Rect(112, 612, 100, 24)
    person.keys("ctrl+z", "ctrl+z")
    person.click(150, 612)
    person.drag((150, 612), (350, 712), "ctrl")
    assert person.fields[0].rect == Rect(100, 600, 100, 24)
    assert near(person.fields[1].rect, (300, 700, 100, 24), 6.5)
    person.keys("ctrl+x")
    assert len(person.fields) == 1
    person.made.studio.view.go_to(PageRef(person.document, 3))
    person.keys("ctrl+shift+v")
    assert person.fields[1].page == 3


# -- E9: repeating ---------------------------------------------------------------------------------------


def test_repeated_on_pages_by_keys_alone(person: Person) -> None:
    field = person.field(Rect(450, 780, 90, 30), "initials")
    person.click(495, 795)
    person.keys("ctrl+r")
    wait_for(lambda: bool(visible(RepeatDialog)), "the dialog")
    (dialog,) = visible(RepeatDialog)
    line = dialog.range.lineEdit()
    assert isinstance(line, QLineEdit)
    line.setFocus()
    person.hand.do("key", "ctrl+a")
    person.hand.do("type", "1, 3")
    person.hand.do("key", "Return")
    wait_for(lambda: len(person.fields) == 2, "the copy")
    assert [(f.page, f.rect) for f in person.fields] == [(1, field.rect), (3, field.rect)]
    assert person.fields[0].linked is not None
    assert person.fields[0].linked == person.fields[1].linked
