"""A scan that leans is put right by hand: seen while it is turned, cut, undone; its fields go along."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from app.domain import errors
from app.domain.geometry import Point, Rect, Size
from app.services import drafting, pages, reading, viewing
from app.services.house import House
from app.ui.canvas.layout import PageRef
from app.ui.prepare.trim_dialog import TrimDialog
from app.ui.prepare.trim_view import TrimView
from app.ui.theme import Theme
from tests.support import houses
from tests.support.inline_runner import InlineRunner
from tests.support.studios import LEFT, Bench, bench, move_over

LEAN = 3.0
"""Degrees clockwise."""
DPI = 100
SIZE = (827, 1169)
BOX = (560, 300, 680, 340)
"""A black box off the middle of the scan, in its pixels, before it was laid on the glass askew."""


def scan(path: Path) -> Path:
    sheet = Image.new("L", SIZE, 255)
    pen = ImageDraw.Draw(sheet)
    for line in range(24):
        pen.rectangle((100, 400 + 28 * line, 700 - 25 * (line % 5), 408 + 28 * line), fill=90)
    pen.rectangle(BOX, fill=0)
    sheet.rotate(-LEAN, Image.Resampling.BICUBIC, fillcolor=255).save(path, dpi=(DPI, DPI))
    return path


@pytest.fixture(scope="module")
def rooms() -> Iterator[houses.Rooms]:
    with houses.rooms() as shared:
        yield shared


@pytest.fixture
def house(rooms: houses.Rooms, tmp_path: Path) -> Iterator[House]:
    with houses.house(rooms, tmp_path / "library") as built:
        yield built


@pytest.fixture
def made(house: House, theme: Theme, runner: InlineRunner, tmp_path: Path) -> Iterator[Bench]:
    envelope_id = drafting.from_files(house, [scan(tmp_path / "scan.png")]).one("envelope")
    with bench(house, envelope_id, runner) as found:
        found.studio.ghosts.show_offers((), ())
        yield found


def black(house: House, envelope_id: str) -> Rect:
    """Where the black box stands on the page now, in points."""
    document, scale = reading.envelope(house, envelope_id).documents[0], 2.0
    pixels = viewing.page_image(house, document.base, 1, scale)
    seen = Image.frombytes("RGB", (pixels.width, pixels.height), bytes(pixels.buffer), "raw", "BGRX", pixels.stride)
    pixels.release()
    found = seen.convert("L").point([255] * 40 + [0] * 216).getbbox()
    assert found is not None
    left, top, right, bottom = (edge / scale for edge in found)
    return Rect(left, top, right - left, bottom - top)


def place_on(made: Bench, box: Rect) -> None:
    """A field whose middle is that of the box."""
    made.page.add_recipient()
    size = Size(40, 12)
    rect = Rect(box.center.x - size.width / 2, box.center.y - size.height / 2, size.width, size.height)
    made.studio._place("text", PageRef(made.stored.documents[0].id, 1), rect)


def opened(made: Bench) -> TrimDialog:
    made.do("page.trim")
    (dialog,) = made.page.findChildren(TrimDialog)
    return dialog


def press(dialog: TrimDialog, words: str) -> None:
    (button,) = [b for b in dialog.findChildren(QPushButton) if b.text() == words]
    assert button.isEnabled(), button.toolTip()
    QTest.mouseClick(button, LEFT)


def pull(view: TrimView, start: tuple[float, float], end: tuple[float, float]) -> None:
    """From one place of the page to another."""
    one, other = (view.spot(*place).toPoint() for place in (start, end))
    QTest.mousePress(view, LEFT, pos=one)
    for step in range(1, 6):
        move_over(view, one + (other - one) * step / 5, button=LEFT)
    QTest.mouseRelease(view, LEFT, pos=other)


def test_turned_by_hand_a_leaning_scan_stands_straight_and_its_fields_go_along(made: Bench, house: House) -> None:
    before = made.stored
    place_on(made, black(house, made.envelope_id))
    placed = made.only()
    dialog = opened(made)
    dialog.degrees.setValue(-LEAN)
    press(dialog, "Apply")
    document = made.stored.documents[0]
    assert abs(house.looker.skew(viewing.blob_path(house, document.base), 1)) <= 0.2
    box, field = black(house, made.envelope_id), made.only()
    assert box.width == pytest.approx((BOX[2] - BOX[0]) * 72 / DPI, abs=1.5)
    assert (field.rect.center.x, field.rect.center.y) == pytest.approx((box.center.x, box.center.y), abs=1.0)
    assert field.rect.size == placed.rect.size
    assert abs(field.rect.center.y - placed.rect.center.y) > 3
    assert made.studio.draft.history.undoText() == "Crop and straighten page 1"
    made.do("edit.undo")
    assert made.only().rect == placed.rect
    assert made.stored.documents == before.documents


def test_straightened_by_itself_fields_go_along_too(made: Bench, house: House) -> None:
    place_on(made, black(house, made.envelope_id))
    made.do("page.straighten")
    box, field = black(house, made.envelope_id), made.only()
    assert (field.rect.center.x, field.rect.center.y) == pytest.approx((box.center.x, box.center.y), abs=1.0)


def test_turned_and_cut_in_one_step_the_page_is_the_frame(made: Bench, house: House) -> None:
    place_on(made, black(house, made.envelope_id))
    dialog = opened(made)
    press(dialog, "Straighten by itself")
    assert dialog.degrees.value() == pytest.approx(-LEAN, abs=0.2)
    pull(dialog.view, (50, 100), (550, 700))
    frame = dialog.view.frame
    assert (frame.x, frame.y, frame.right, frame.bottom) == pytest.approx((50, 100, 550, 700), abs=2)
    press(dialog, "Apply")
    (page,) = made.stored.documents[0].pages
    assert (page.size.width, page.size.height) == pytest.approx((frame.width, frame.height), abs=0.1)
    box, field = black(house, made.envelope_id), made.only()
    assert (field.rect.center.x, field.rect.center.y) == pytest.approx((box.center.x, box.center.y), abs=1.0)
    made.do("edit.undo")
    assert made.stored.documents[0].pages[0].size.height == pytest.approx(SIZE[1] * 72 / DPI, abs=0.5)
    made.do("edit.redo")
    assert made.stored.documents[0].pages[0].size.height == pytest.approx(frame.height, abs=0.1)


def test_the_preview_shows_the_page_as_it_will_be(made: Bench, house: House) -> None:
    dialog = opened(made)
    (apply,) = [b for b in dialog.findChildren(QPushButton) if b.text() == "Apply"]
    assert (apply.isEnabled(), apply.toolTip()) == (False, "Turn the page or draw a frame first.")
    dialog.degrees.setValue(-LEAN)
    shown = dialog.view.grab().toImage()
    ratio = shown.devicePixelRatio()

    def is_black(x: float, y: float) -> bool:
        at = (dialog.view.spot(x, y) * ratio).toPoint()
        return shown.pixelColor(at).red() < 60

    left, top, right, bottom = (edge * 72 / DPI for edge in BOX)
    corners = [(left + 2, top + 2), (right - 2, top + 2), (left + 2, bottom - 2), (right - 2, bottom - 2)]
    assert all(is_black(x, y) for x, y in corners)
    assert not is_black(left - 4, (top + bottom) / 2)


@pytest.fixture
def view(theme: Theme) -> Iterator[TrimView]:
    view = TrimView(Size(400, 600))
    view.resize(500, 700)
    view.show_page(QImage(4, 6, QImage.Format.Format_RGB32))
    view.show()
    yield view
    view.close()
    view.deleteLater()


def test_the_frame_is_drawn_pulled_by_its_handles_and_carried(view: TrimView) -> None:
    pull(view, (100, 100), (300, 400))
    assert near(view.frame, Rect(100, 100, 200, 300))
    pull(view, (300, 400), (350, 450))
    assert near(view.frame, Rect(100, 100, 250, 350))
    pull(view, (200, 250), (220, 280))
    assert near(view.frame, Rect(120, 130, 250, 350))
    pull(view, (220, 280), (900, 900))
    assert near(view.frame, Rect(150, 250, 250, 350))


def test_the_frame_is_never_off_the_page_nor_too_small(view: TrimView) -> None:
    pull(view, (400, 600), (-50, -50))
    assert near(view.frame, Rect(0, 0, 36, 36))
    pull(view, (200, 300), (900, 900))
    assert near(view.frame, Rect(200, 300, 200, 300))


def test_the_frame_goes_by_keys(view: TrimView) -> None:
    view.reframe(Rect(100, 100, 200, 200))
    QTest.keyClick(view, Qt.Key.Key_Right)
    QTest.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(view, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    assert view.frame == Rect(101, 110, 199, 200)
    assert view.accessibleDescription() == "199 by 200 points"


def test_nothing_is_trimmed_beyond_the_page_or_half_round(house: House, made: Bench) -> None:
    document = made.stored.documents[0].id
    with pytest.raises(errors.SpecError):
        pages.trim(house, made.envelope_id, document, 1, 46)
    with pytest.raises(errors.SpecError):
        pages.trim(house, made.envelope_id, document, 1, 0, Rect(0, 0, 5000, 10))
    with pytest.raises(errors.PageOutOfRange):
        pages.trim(house, made.envelope_id, document, 2, 1)


def test_a_rectangle_leans_about_the_middle_of_the_page() -> None:
    leaned = Rect(190, 40, 20, 20).leaned(Size(400, 600), 90)
    assert (leaned.center.x, leaned.center.y) == pytest.approx((450, 300))
    assert (leaned.width, leaned.height) == (20, 20)
    assert Point(200, 50) == Rect(190, 40, 20, 20).leaned(Size(400, 600), 0).center


def near(one: Rect, other: Rect, by: float = 1.5) -> bool:
    pairs = ((one.x, other.x), (one.y, other.y), (one.width, other.width), (one.height, other.height))
    return all(abs(a - b) <= by for a, b in pairs)
