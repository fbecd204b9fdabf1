"""Many fields at once: repeated on pages, linked, dressed alike, put in order; findings mended by a button."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QToolButton

from app.domain.fields.base import TextStyle
from app.domain.geometry import PageGeometry, Rect
from app.domain.ids import FieldId
from app.services.house import House
from app.ui.prepare.arrange_bar import ArrangeBar
from app.ui.prepare.repeat_dialog import RepeatDialog
from app.ui.theme import Theme
from tests.support.inline_runner import InlineRunner
from tests.support.studios import Bench, a_field, bench, keep_draft, near, paper_house

SPOT = Rect(400, 760, 100, 30)
A4, A3 = PageGeometry(0, 0, 595, 842), PageGeometry(0, 0, 842, 1191)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with paper_house(tmp_path / "library") as built:
        yield built


@pytest.fixture
def made(house: House, theme: Theme, runner: InlineRunner) -> Iterator[Bench]:
    """Initials at the foot of the first of five pages, the third of which is larger."""
    fields = (a_field("a", SPOT, kind="initials"),)
    pages = (A4, A4, A3, A4, A4)
    with bench(house, keep_draft(house, pages=pages, fields=fields), runner) as found:
        found.studio.draft.select([FieldId("a")])
        yield found


def asked(made: Bench) -> RepeatDialog:
    made.do("edit.repeat")
    (dialog,) = made.studio.findChildren(RepeatDialog)
    return dialog


def press(dialog: RepeatDialog, words: str) -> None:
    (button,) = [each for each in dialog.findChildren(QPushButton) if each.text() == words]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def pages_of(made: Bench) -> list[int]:
    return sorted(field.page for field in made.stored.fields)


@pytest.mark.parametrize(
    ("typed", "pages"),
    [("All pages", [1, 2, 3, 4, 5]), ("All but first and last", [1, 2, 3, 4]), ("2-3, 5", [1, 2, 3, 5]),
     ("Odd pages", [1, 3, 5]), ("even", [1, 2, 4])],
)  # fmt: skip
def test_fields_are_repeated_on_the_pages_that_were_named(made: Bench, typed: str, pages: list[int]) -> None:
    dialog = asked(made)
    dialog.range.setEditText(typed)
    press(dialog, "Repeat")
    assert pages_of(made) == pages
    assert made.studio.draft.history.count() == 1


def test_what_is_no_range_is_said_and_cannot_be_done(made: Bench) -> None:
    dialog = asked(made)
    dialog.range.setEditText("7-9")
    (button,) = [each for each in dialog.findChildren(QPushButton) if each.text() == "Repeat"]
    assert not button.isEnabled()
    assert "5 pages" in dialog._says.text()


def test_on_a_larger_page_the_field_keeps_its_distance_from_the_corner(made: Bench) -> None:
    dialog = asked(made)
    dialog.range.setEditText("3")
    dialog.fit.setCurrentIndex(4)
    press(dialog, "Repeat")
    (copy,) = [field for field in made.stored.fields if field.page == 3]
    assert near(copy.rect, SPOT.moved(842 - 595, 1191 - 842), 0.01)


def test_a_linked_set_is_edited_once_until_it_is_broken(made: Bench) -> None:
    press(asked(made), "Repeat")
    made.studio.draft.select([FieldId("a")])
    made.key(Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    assert {field.rect.y for field in made.stored.fields if field.page != 3} == {750.0}
    made.do("edit.loosen")
    made.key(Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    assert sorted({field.rect.y for field in made.stored.fields if field.page != 3}) == [740.0, 750.0]


def test_separate_copies_go_their_own_ways(made: Bench) -> None:
    dialog = asked(made)
    dialog.apart.setChecked(True)
    press(dialog, "Repeat")
    assert all(field.linked is None for field in made.stored.fields)
    assert "repeated" in made.actions.reason_against("edit.loosen")


def test_only_the_look_is_pasted(house: House, theme: Theme, runner: InlineRunner) -> None:
    dressed = TextStyle(size_pt=14.0, bold=True, multiline=True)
    fields = (
        a_field("a", Rect(100, 100, 160, 24), label="First", style=dressed),
        a_field("b", Rect(100, 200, 160, 24), label="Second"),
        a_field("c", Rect(100, 300, 160, 24), kind="number"),
    )
    with bench(house, keep_draft(house, fields=fields), runner) as made:
        made.studio.draft.select([FieldId("a")])
        made.do("edit.copy")
        made.studio.draft.select([FieldId("b"), FieldId("c")])
        made.do("edit.paste_style")
        assert made.field("b") == replace(fields[1], style=dressed)
        assert made.field("c").style == replace(dressed, multiline=False)


def test_gaps_sizes_and_columns_follow_the_field_chosen_last(house: House, theme: Theme, runner: InlineRunner) -> None:
    fields = (
        a_field("a", Rect(100, 100, 100, 20)),
        a_field("b", Rect(130, 140, 120, 24)),
        a_field("c", Rect(90, 230, 160, 30)),
    )
    with bench(house, keep_draft(house, fields=fields), runner) as made:
        made.studio.draft.select([FieldId("a"), FieldId("c"), FieldId("b")])
        made.do("arrange.spacing_down")
        assert made.field("c").rect.y == pytest.approx(140 + 24 + 20)
        made.do("arrange.size")
        assert {field.rect.size for field in made.stored.fields} == {fields[1].rect.size}
        made.do("arrange.tidy")
        assert {field.rect.x for field in made.stored.fields} == {130}
        assert made.studio.draft.history.undoText() == "Tidy 3 fields"


def test_a_finding_is_mended_by_its_button_and_undo_takes_it_back(
    house: House, theme: Theme, runner: InlineRunner
) -> None:
    with bench(house, keep_draft(house, people=("Jane Smith",)), runner) as made:
        made.do("envelope.findings")
        bar = made.studio.preflight
        assert [each.finding.code for each in bar.findings if each.mendable] == ["signer_without_signature"]
        QTest.qWait(20)
        (button,) = [each for each in bar.findChildren(QPushButton) if each.text() == "Mend"]
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        assert made.only().kind == "signature"
        assert made.studio.draft.selection == (made.only().id,)
        QTest.qWait(200)
        assert bar.findings == ()
        made.do("edit.undo")
        assert made.stored.fields == ()


def test_a_selection_saved_as_a_block_is_put_down_elsewhere_by_a_click_or_by_keys(
    house: House, theme: Theme, runner: InlineRunner, tmp_path: Path
) -> None:
    fields = (
        a_field("s", Rect(100, 100, 160, 40), kind="signature"),
        a_field("d", Rect(100, 150, 100, 20), kind="date"),
    )
    with bench(house, keep_draft(house, fields=fields), runner) as made:
        made.studio.draft.select([FieldId("s"), FieldId("d")])
        made.page.save_block_as("Sign here")
        side = made.studio.side
        assert [side.blocks.item(at).text() for at in range(side.blocks.count())] == ["Sign here"]
        made.page.pick_block("Sign here")
        made.move(made.at(300, 400))
        made.click(made.at(300, 400))
        put = made.studio.draft.chosen
        assert [(field.kind, field.recipient) for field in put] == [("signature", "jane"), ("date", "jane")]
        assert near(put[0].rect, Rect(220, 365, 160, 40), 1.0)
        assert put[1].rect.y - put[0].rect.y == pytest.approx(50)
        made.page.pick_block("Sign here")
        made.key(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
        made.key(Qt.Key.Key_Return)
        assert len(made.stored.fields) == 6
        made.page.export_blocks_to(tmp_path / "mine.json")
        made.page.remove_block("Sign here")
        assert side.blocks.count() == 0
        made.page.import_blocks_from(tmp_path / "mine.json")
        assert side.blocks.count() == 1


def test_tools_for_several_come_and_go_without_moving_the_pages(
    house: House, theme: Theme, runner: InlineRunner
) -> None:
    fields = (a_field("a", Rect(100, 100, 160, 24)), a_field("b", Rect(140, 200, 160, 24)))
    with bench(house, keep_draft(house, fields=fields), runner) as made:
        (bar,) = made.studio.preflight.findChildren(ArrangeBar)
        before = made.at(0, 0)
        assert not bar.isVisible()
        made.studio.draft.select([FieldId("a"), FieldId("b")])
        assert bar.isVisible()
        assert made.at(0, 0) == before
        (left,) = [b for b in bar.findChildren(QToolButton) if b.accessibleName() == "Align left edges"]
        QTest.mouseClick(left, Qt.MouseButton.LeftButton)
        assert made.field("a").rect.x == 140


def test_the_fields_of_others_are_dimmed_until_they_become_the_current_ones(
    house: House, theme: Theme, runner: InlineRunner
) -> None:
    fields = (a_field("a", Rect(100, 100, 160, 40)), a_field("b", Rect(100, 200, 160, 40), role="bob"))
    with bench(house, keep_draft(house, fields=fields), runner) as made:

        def ink(name: str) -> int:
            made.viewport.repaint()
            edge = made.field(name).rect
            return made.viewport.grab().toImage().pixelColor(made.at(edge.x + 80, edge.y + 3)).lightness()

        before = ink("b")
        made.do("view.dim_others")
        assert ink("b") > before
        assert "view.dim_others" in made.page.standing().checked
        made.key(Qt.Key.Key_2)
        assert ink("b") == before
        assert ink("a") > before


def test_the_longest_answers_to_expect_are_seen_in_their_boxes(
    house: House, theme: Theme, runner: InlineRunner
) -> None:
    fields = (a_field("a", Rect(100, 100, 160, 24)), a_field("b", Rect(100, 200, 160, 24), kind="date"))
    with bench(house, keep_draft(house, fields=fields), runner) as made:

        def written(name: str) -> str:
            made.viewport.repaint()
            drawing = made.studio.overlay._drawing(made.field(name))
            return "" if drawing is None else "".join(run.text for run in drawing.runs)

        assert written("a") == written("b") == ""
        made.do("view.longest")
        assert "view.longest" in made.page.standing().checked
        assert written("a").startswith("The parties agree")
        assert "2028" in written("b")
        made.do("view.longest")
        assert written("a") == ""
        assert made.stored.values == {}
