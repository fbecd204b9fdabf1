"""Page tools in the editor over real documents: pages change, fields go along, undo leads all the way back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.domain.geometry import Rect, Size
from app.services import drafting, viewing
from app.services.house import House
from app.ui.canvas.layout import PageRef
from app.ui.models.keeper import differences
from app.ui.prepare.import_dialog import ImportDialog
from app.ui.prepare.stamp_tool import order_with
from app.ui.theme import Theme
from tests.support.inline_runner import InlineRunner
from tests.support.pages import write_pdf
from tests.support.studios import LEFT, Bench, bench, dressed, move_over, near

SPOT = Rect(100, 120, 160, 40)


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    return dressed(qapp)


@pytest.fixture
def made(house: House, tmp_path: Path, theme: Theme) -> Iterator[Bench]:
    """Three pages, a signature on the second."""
    envelope = drafting.from_files(house, [write_pdf(tmp_path / "Lease.pdf", 3)]).one("envelope")
    with bench(house, envelope, InlineRunner()) as found:
        found.page.add_recipient()
        place(found, 2)
        yield found


def place(made: Bench, page: int) -> None:
    ref = PageRef(made.stored.documents[0].id, page)
    made.studio._place("signature", ref, SPOT)


def numbers(made: Bench, document: int = 0) -> list[str]:
    """The words that tell the pages apart, in their order."""
    one = made.stored.documents[document]
    return [viewing.words(made.house, one.base, page + 1).words[1].text for page in range(len(one.pages))]


def go_to(made: Bench, page: int) -> None:
    made.studio.view.go_to(PageRef(made.stored.documents[0].id, page))


def is_kept(made: Bench) -> bool:
    return not differences(made.stored, made.studio.draft.envelope)


def test_a_turned_page_takes_its_fields_along_and_undo_turns_all_back(made: Bench) -> None:
    before = made.stored
    go_to(made, 2)
    made.do("page.turn_right")
    size = before.documents[0].pages[1].size
    assert made.stored.documents[0].pages[1].size == Size(size.height, size.width)
    assert near(made.only().rect, SPOT.turned(size, 1), 0.5)
    assert made.actions.qaction("edit.undo").text() == "Undo turn page 2"
    made.do("edit.undo")
    assert (made.stored.documents, made.stored.fields) == (before.documents, before.fields)
    made.do("edit.redo")
    assert near(made.only().rect, SPOT.turned(size, 1), 0.5)
    assert is_kept(made)


def test_pages_are_moved_deleted_and_brought_back(made: Bench) -> None:
    first = numbers(made)
    go_to(made, 2)
    made.do("page.up")
    assert numbers(made) == [first[1], first[0], first[2]]
    assert made.only().page == 1
    go_to(made, 1)
    made.do("page.delete")
    assert (numbers(made), made.stored.fields) == ([first[0], first[2]], ())
    made.do("edit.undo")
    made.do("edit.undo")
    assert (numbers(made), made.only().page) == (first, 2)


def test_a_blank_page_comes_behind_the_page_being_read_and_fields_behind_it_step_back(made: Bench) -> None:
    go_to(made, 1)
    made.do("page.blank")
    assert len(made.stored.documents[0].pages) == 4
    assert made.only().page == 3


def test_a_document_is_split_and_merged_again(made: Bench) -> None:
    go_to(made, 2)
    made.do("page.split")
    assert [len(document.pages) for document in made.stored.documents] == [1, 2]
    assert (made.only().document, made.only().page) == (made.stored.documents[1].id, 1)
    made.do("document.merge")
    assert [len(document.pages) for document in made.stored.documents] == [3]
    assert made.only().page == 2
    assert is_kept(made)


def test_pages_of_another_file_come_in_behind_the_page_being_read(made: Bench, tmp_path: Path) -> None:
    go_to(made, 1)
    document = made.stored.documents[0].id
    made.page.insert_from(document, 2, write_pdf(tmp_path / "Annex.pdf", 2))
    assert len(made.stored.documents[0].pages) == 5
    assert made.only().page == 4


def test_a_page_is_cropped_to_what_is_selected(made: Bench) -> None:
    made.studio.draft.select([made.only().id])
    made.do("page.crop")
    assert made.stored.documents[0].pages[1].size.width == pytest.approx(SPOT.width, abs=0.5)
    assert near(made.only().rect, Rect(0, 0, SPOT.width, SPOT.height), 0.5)


def test_a_thumbnail_carried_below_another_changes_the_order(made: Bench) -> None:
    first, stamps = numbers(made), made.studio.documents.stamps
    document = made.stored.documents[0].id
    start = stamps.frame_of(PageRef(document, 1)).rect_px.center().toPoint()
    end = stamps.frame_of(PageRef(document, 2)).rect_px.center().toPoint()
    end.setY(end.y() + 20)
    QTest.mousePress(stamps.viewport(), LEFT, pos=start)
    for share in (0.2, 0.6, 1.0):
        move_over(stamps.viewport(), start + (end - start) * share, button=LEFT)
    QTest.mouseRelease(stamps.viewport(), LEFT, pos=end)
    assert numbers(made) == [first[1], first[0], first[2]]


def test_thumbnails_are_chosen_by_keys_and_turned_together(made: Bench) -> None:
    stamps = made.studio.documents.stamps
    go_to(made, 1)
    stamps.setFocus()
    QTest.keyClick(stamps, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert [page.page for page in stamps.chosen] == [1, 2]
    made.do("page.turn_left")
    upright = [page.size.width < page.size.height for page in made.stored.documents[0].pages]
    assert upright == [False, False, True]


def test_what_is_straight_already_is_said_and_is_no_step(made: Bench) -> None:
    steps = made.studio.draft.history.count()
    made.do("page.straighten")
    assert made.studio.draft.history.count() == steps
    assert made.notices.told


def test_a_new_version_keeps_the_fields_and_undo_brings_the_old_one_back(made: Bench, tmp_path: Path) -> None:
    before = made.stored
    made.page.replace_with(before.documents[0], write_pdf(tmp_path / "New.pdf", 4))
    assert len(made.stored.documents[0].pages) == 4
    assert [field.id for field in made.stored.fields] == [before.fields[0].id]
    made.do("edit.undo")
    assert (made.stored.documents, made.stored.fields) == (before.documents, before.fields)


def test_the_order_after_carrying_pages() -> None:
    assert order_with(5, [2, 4], 1) == (2, 4, 1, 3, 5)
    assert order_with(5, [1], 6) == (2, 3, 4, 5, 1)
    assert order_with(3, [2], 2) == (1, 2, 3)
    assert order_with(3, [2], 3) == (1, 2, 3)


def test_a_tag_becomes_a_field_its_letters_leave_the_page_and_undo_brings_them_back(
    house: House, tmp_path: Path, theme: Theme
) -> None:
    tag = "BT /F1 12 Tf 72 600 Td ({{Street;type=text}}) Tj ET"
    envelope = drafting.from_files(house, [write_pdf(tmp_path / "Form.pdf", 1, marks=tag)]).one("envelope")
    with bench(house, envelope, InlineRunner()) as found:
        found.page.add_recipient()
        found.do("document.bring_in")
        (dialog,) = found.page.findChildren(ImportDialog)
        assert "Street" in dialog.list.item(0).text()
        dialog._go.click()
        assert (found.only().kind, found.only().recipient) == ("text", found.stored.recipients[0].role)
        assert "Street" not in printed(found)
        found.do("edit.undo")
        assert found.stored.fields == ()
        assert "Street" in printed(found)


def printed(made: Bench) -> str:
    words = viewing.words(made.house, made.stored.documents[0].base, 1).words
    return " ".join(word.text for word in words)
