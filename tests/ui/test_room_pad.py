"""Drawing: mouse, pen, finger; strokes kept as vectors."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.ui.room.pad import Pad
from app.ui.theme import Theme
from tests.ui.room_hands import LEFT, draw, pen


@pytest.fixture
def pad(qtbot: QtBot, theme: Theme) -> Pad:
    pad = Pad("Sign here")
    qtbot.addWidget(pad)
    pad.resize(600, 200)
    pad.show()
    return pad


def write(pad: Pad, tilt: tuple[float, float], pressure: float = 0.5) -> None:
    """A line across the pad, slow enough to be broad."""
    pen(pad, QEvent.Type.TabletPress, QPointF(60, 90), pressure, tilt)
    for x in range(70, 500, 8):
        pen(pad, QEvent.Type.TabletMove, QPointF(x, 90), pressure, tilt)
    pen(pad, QEvent.Type.TabletRelease, QPointF(500, 90), 0, tilt)


def ink(pad: Pad) -> int:
    """How dark a column in the middle is, in all: in proportion to the breadth of the line."""
    seen = pad.grab().toImage()
    return sum(255 - seen.pixelColor(280, y).lightness() for y in range(70, 110))


def test_a_stroke_of_the_mouse_is_kept_point_by_point(pad: Pad) -> None:
    draw(pad, 20)
    assert len(pad.strokes) == 1
    assert len(pad.strokes[0]) >= 20
    assert pad.mark is not None
    assert pad.mark.checked().capture == "drawn"
    times = [point.ms for point in pad.strokes[0]]
    assert times == sorted(times)


def test_undo_takes_back_one_stroke_and_clear_all(pad: Pad) -> None:
    draw(pad, 10)
    draw(pad, 10, top=0.7)
    pad.undo()
    assert len(pad.strokes) == 1
    pad.clear()
    assert pad.mark is None
    pad.undo()
    assert pad.mark is None


def test_a_pen_is_kept_with_its_pressure(pad: Pad) -> None:
    pen(pad, QEvent.Type.TabletPress, QPointF(50, 100), 0.2)
    pen(pad, QEvent.Type.TabletMove, QPointF(90, 80), 0.9)
    pen(pad, QEvent.Type.TabletRelease, QPointF(140, 110), 0.4)
    assert [round(point.pressure, 1) for point in pad.strokes[0]] == [0.2, 0.9, 0.4]


def test_a_pen_that_leans_is_kept_so_and_draws_broader_across(pad: Pad) -> None:
    write(pad, (0, 0))
    upright = ink(pad)
    pad.clear()
    write(pad, (0, 60))
    assert {(point.tilt_x, point.tilt_y) for point in pad.strokes[0]} == {(0, 60)}
    assert ink(pad) > upright
    pad.clear()
    write(pad, (-60, 0))
    assert ink(pad) == upright


def test_pressing_a_pen_makes_the_line_broad(pad: Pad) -> None:
    write(pad, (0, 0), pressure=0.1)
    light = ink(pad)
    pad.clear()
    write(pad, (0, 0), pressure=1)
    assert ink(pad) > light


def test_a_pen_that_is_lifted_ends_as_it_wrote(pad: Pad) -> None:
    write(pad, (0, 0), pressure=0.8)
    assert {round(point.pressure, 1) for point in pad.strokes[0]} == {0.8}


def test_the_button_on_the_side_of_a_pen_draws_nothing(pad: Pad) -> None:
    pen(pad, QEvent.Type.TabletPress, QPointF(50, 100), 0.5, button=Qt.MouseButton.RightButton)
    pen(pad, QEvent.Type.TabletMove, QPointF(90, 80), 0.5, button=Qt.MouseButton.RightButton)
    pen(pad, QEvent.Type.TabletRelease, QPointF(90, 80), 0, button=Qt.MouseButton.RightButton)
    assert pad.mark is None


def test_a_finger_draws(pad: Pad) -> None:
    device = QTest.createTouchDevice()
    QTest.touchEvent(pad, device).press(0, QPoint(50, 100), pad).commit()
    for step in range(1, 8):
        QTest.touchEvent(pad, device).move(0, QPoint(50 + 20 * step, 100 - 5 * step), pad).commit()
    QTest.touchEvent(pad, device).release(0, QPoint(190, 65), pad).commit()
    assert len(pad.strokes) == 1
    assert len(pad.strokes[0]) >= 8


def test_a_palm_draws_nothing_while_a_pen_is_used(pad: Pad) -> None:
    pen(pad, QEvent.Type.TabletPress, QPointF(50, 100), 0.5)
    pen(pad, QEvent.Type.TabletRelease, QPointF(150, 100), 0.5)
    device = QTest.createTouchDevice()
    QTest.touchEvent(pad, device).press(0, QPoint(300, 150), pad).commit()
    QTest.touchEvent(pad, device).release(0, QPoint(330, 150), pad).commit()
    assert len(pad.strokes) == 1


def test_a_palm_that_lies_there_before_the_pen_leaves_no_ink(pad: Pad) -> None:
    device = QTest.createTouchDevice()
    QTest.touchEvent(pad, device).press(0, QPoint(300, 150), pad).commit()
    QTest.touchEvent(pad, device).move(0, QPoint(304, 152), pad).commit()
    assert len(pad.strokes) == 1
    pen(pad, QEvent.Type.TabletMove, QPointF(60, 90), 0, button=Qt.MouseButton.NoButton)
    assert pad.mark is None
    write(pad, (0, 0))
    QTest.touchEvent(pad, device).move(0, QPoint(310, 155), pad).commit()
    QTest.touchEvent(pad, device).release(0, QPoint(310, 155), pad).commit()
    assert [round(point.y) for point in pad.strokes[0]] == [90] * len(pad.strokes[0])
    assert len(pad.strokes) == 1


def test_a_finger_on_the_pad_does_not_disturb_a_stroke_of_the_pen(pad: Pad) -> None:
    device = QTest.createTouchDevice()
    pen(pad, QEvent.Type.TabletPress, QPointF(60, 90), 0.5)
    QTest.touchEvent(pad, device).press(0, QPoint(300, 150), pad).commit()
    pen(pad, QEvent.Type.TabletMove, QPointF(120, 80), 0.5)
    QTest.touchEvent(pad, device).release(0, QPoint(300, 150), pad).commit()
    pen(pad, QEvent.Type.TabletRelease, QPointF(180, 100), 0)
    assert [(point.x, point.y) for point in pad.strokes[0]] == [(60, 90), (120, 80), (180, 100)]


def test_what_is_drawn_is_seen_while_it_is_drawn(pad: Pad) -> None:
    before = pad.grab().toImage()
    QTest.mousePress(pad, LEFT, Qt.KeyboardModifier.NoModifier, QPoint(100, 60))
    for x in range(110, 300, 10):
        QTest.mouseMove(pad, QPoint(x, 60))
    during = pad.grab().toImage()
    QTest.mouseRelease(pad, LEFT, Qt.KeyboardModifier.NoModifier, QPoint(300, 60))
    assert before.pixelColor(200, 60).lightness() > 240
    assert during.pixelColor(200, 60).lightness() < 120
