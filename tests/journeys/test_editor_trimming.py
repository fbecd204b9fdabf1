"""A leaning scan put right with a real pointer: found by the program, framed by hand, applied, undone."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.services import drafting, viewing
from app.services.house import House
from app.ui.prepare.trim_dialog import TrimDialog
from tests.support.hand import Hand, visible, wait_for
from tests.support.inline_runner import InlineRunner
from tests.support.studios import Bench, bench, dressed
from tests.ui.test_trimming_by_hand import LEAN, SIZE, scan

pytestmark = [pytest.mark.display, pytest.mark.timeout(120)]


@pytest.fixture
def made(house: House, tmp_path: Path, qapp: QApplication) -> Iterator[Bench]:
    if shutil.which("xdotool") is None:
        pytest.skip("xdotool is not here")
    dressed(qapp)
    envelope = drafting.from_files(house, [scan(tmp_path / "scan.png")]).one("envelope")
    with bench(house, envelope, InlineRunner(), (1300, 940)) as found:
        found.studio.ghosts.show_offers((), ())
        QTest.qWaitForWindowExposed(found.window)
        found.window.activateWindow()
        wait_for(found.window.isActiveWindow, "the window")
        yield found


def test_a_leaning_scan_is_straightened_framed_and_brought_back(made: Bench, house: House) -> None:
    hand, before = Hand(), made.stored.documents
    made.do("page.trim")
    wait_for(lambda: bool(visible(TrimDialog)), "the page to be put right")
    (dialog,) = visible(TrimDialog)
    QTest.qWaitForWindowExposed(dialog)
    hand.press("Straighten by itself")
    wait_for(lambda: abs(dialog.degrees.value() + LEAN) < 0.25, "the angle")
    view = dialog.view

    def on_screen(x: float, y: float) -> QPoint:
        return view.mapToGlobal(view.spot(x, y).toPoint())

    hand.drag(on_screen(60, 120), on_screen(540, 700))
    wait_for(lambda: view.frame != view.whole, "the frame")
    hand.drag(on_screen(view.frame.right, view.frame.bottom), on_screen(560, 740))
    wait_for(lambda: view.frame.bottom > 730, "the larger frame")
    frame = view.frame
    assert (frame.x, frame.y, frame.right, frame.bottom) == pytest.approx((60, 120, 560, 740), abs=3)
    hand.press("Apply")
    wait_for(lambda: made.stored.documents != before, "the new page")
    document = made.stored.documents[0]
    size = document.pages[0].size
    assert (size.width, size.height) == pytest.approx((frame.width, frame.height), abs=0.1)
    assert abs(house.looker.skew(viewing.blob_path(house, document.base), 1)) <= 0.3
    made.studio.view.setFocus()
    hand.do("key", "ctrl+z")
    wait_for(lambda: made.stored.documents == before, "the page as it was")
    assert made.stored.documents[0].pages[0].size.width == pytest.approx(SIZE[0] * 72 / 100, abs=0.5)
