"""Placing by a box drawn first, by what is printed, and as a person's habits say."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from app.domain.fields.registry import KINDS
from app.domain.geometry import PT_PER_MM, Rect
from app.pdf import PageGuides
from app.pdf.printed import Ruling
from app.services import preferences
from app.services.house import House
from app.ui.models.lengths import Unit, shown
from app.ui.prepare.kind_picker import KindPicker
from app.ui.prepare.snapping import Axis
from app.ui.theme import Theme
from tests.support.inline_runner import InlineRunner
from tests.support.studios import Bench, BlankLooker, a_field, bench, keep_draft, near, paper_house

TEXT = Rect(100, 100, 160, 24)
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with paper_house(tmp_path / "library") as built:
        yield built


@pytest.fixture
def empty(house: House, theme: Theme, runner: InlineRunner) -> Iterator[Bench]:
    with bench(house, keep_draft(house), runner) as made:
        yield made


def picker_of(made: Bench) -> KindPicker:
    (found,) = [each for each in made.viewport.findChildren(KindPicker) if each.isVisible()]
    return found


def test_a_box_drawn_over_nothing_becomes_what_a_letter_says(empty: Bench) -> None:
    empty.drag(empty.at(300, 300), empty.at(420, 348))
    QTest.keyClick(picker_of(empty).list, Qt.Key.Key_S)
    field = empty.only()
    assert field.kind == "signature"
    assert near(field.rect, Rect(300, 300, 120, 48), 1.0)
    assert empty.studio.view.hasFocus()


def test_escape_puts_the_box_away_and_nothing_is_placed(empty: Bench) -> None:
    empty.drag(empty.at(300, 300), empty.at(420, 348))
    assert empty.studio.overlay.doing.marquee is not None
    QTest.keyClick(picker_of(empty).list, Qt.Key.Key_Escape)
    assert empty.studio.overlay.doing.marquee is None
    assert empty.stored.fields == ()


def test_arrows_and_enter_choose_too_and_a_small_box_grows_to_what_the_kind_needs(empty: Bench) -> None:
    empty.drag(empty.at(300, 300), empty.at(312, 312))
    chooser = picker_of(empty)
    QTest.keyClick(chooser.list, Qt.Key.Key_Down)
    QTest.keyClick(chooser.list, Qt.Key.Key_Return)
    assert empty.only().kind == "initials"
    assert empty.only().rect.size == KINDS["initials"].minimum_size


def test_a_marquee_that_met_a_field_asks_nothing(house: House, theme: Theme, runner: InlineRunner) -> None:
    with bench(house, keep_draft(house, fields=(a_field("a", TEXT),)), runner) as made:
        made.drag(made.at(90, 90), made.at(300, 200))
        assert made.studio.draft.selection == ("a",)
        assert not made.viewport.findChildren(KindPicker)


def test_a_dropped_field_stands_on_the_printed_line_and_alt_lets_it_go(
    house: House, theme: Theme, runner: InlineRunner
) -> None:
    looker = cast("BlankLooker", house.looker)
    looker.printed = PageGuides(horizontals=(Ruling(412, 80, 320),), margins=Rect(0, 0, 595, 842))
    with bench(house, keep_draft(house), runner) as made:
        made.studio.tool.arm("text")
        made.click(made.at(220, 398))
        assert made.only().rect.bottom == pytest.approx(412)
        made.do("edit.undo")
        made.studio.tool.arm("text")
        made.click(made.at(220, 398), ALT)
        assert made.only().rect.center.y == pytest.approx(398, abs=0.5)


def test_snapping_can_be_switched_off_and_a_grid_chosen(house: House, theme: Theme, runner: InlineRunner) -> None:
    preferences.change(house, snapping="off", grid_mm="5")
    with bench(house, keep_draft(house), runner) as made:
        made.studio.tool.arm("text")
        made.click(made.at(217, 401))
        step = 5 * PT_PER_MM
        rect = made.only().rect
        assert rect.x / step == pytest.approx(round(rect.x / step))
        assert rect.y / step == pytest.approx(round(rect.y / step))


def test_large_handles_are_hit_from_further_away(house: House, theme: Theme, runner: InlineRunner) -> None:
    preferences.change(house, large_handles=True)
    with bench(house, keep_draft(house, fields=(a_field("a", TEXT),)), runner) as made:
        made.click(made.at(180, 112))
        corner = made.at(260, 124)
        made.drag(corner + QPoint(11, 0), made.at(322, 186), ALT)
        assert made.only().rect.width > 200


def test_distances_are_shown_while_a_new_field_looks_for_its_place(
    house: House, theme: Theme, runner: InlineRunner
) -> None:
    with bench(house, keep_draft(house, fields=(a_field("a", TEXT),)), runner) as made:
        made.studio.tool.arm("text")
        made.move(made.at(300, 400))
        doing = made.studio.overlay.doing
        assert doing.ghost is not None
        assert len(doing.measures) == 2
        down = next(each for each in doing.measures if each.span.axis is Axis.Y)
        assert down.span.length == pytest.approx(doing.ghost.rect.y - TEXT.bottom)
        assert down.words == shown(down.span.length, Unit.MM)


def test_distances_are_shown_while_a_field_moves(house: House, theme: Theme, runner: InlineRunner) -> None:
    with bench(house, keep_draft(house, fields=(a_field("a", TEXT),)), runner) as made:
        made.move(made.at(180, 112))
        QTest.mousePress(made.viewport, Qt.MouseButton.LeftButton, pos=made.at(180, 112))
        for step in (10, 40, 77):
            made.move(made.at(180 + step, 200), ALT, Qt.MouseButton.LeftButton)
        measures = made.studio.overlay.doing.measures
        assert len(measures) == 2
        assert all(measure.words and not measure.is_equal for measure in measures)
        made.key(Qt.Key.Key_Escape)
