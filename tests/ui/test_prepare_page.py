"""The page Prepare with real mouse and keys: what a hand does ends in the store, and can be undone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QPushButton

from app.domain.changes import Changes
from app.domain.envelope import EnvelopeStatus, Routing
from app.domain.errors import LibraryUnwritable
from app.domain.fields.base import Align
from app.domain.fields.registry import KINDS
from app.domain.geometry import PageGeometry, Rect
from app.domain.ids import FieldId
from app.services import accounts, drafting, sending
from app.services.freezing import Frozen
from app.services.house import House
from app.ui.action import Need
from app.ui.canvas.layout import PageRef
from app.ui.models.keeper import Keeping
from app.ui.prepare.send_dialog import SendDialog, people_in_order
from app.ui.theme import Theme
from app.ui.widgets.failure import FailurePanel
from tests.support.inline_runner import InlineRunner
from tests.support.studios import LEFT, Bench, a_field, bench, keep_draft, move_over, near, paper_house, wait_for

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
TEXT = Rect(100, 100, 160, 24)
BELOW = Rect(300, 300, 80, 40)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with paper_house(tmp_path / "library") as built:
        yield built


@pytest.fixture
def empty(house: House, theme: Theme, runner: InlineRunner) -> Iterator[Bench]:
    with bench(house, keep_draft(house), runner) as made:
        yield made


@pytest.fixture
def two(house: House, theme: Theme, runner: InlineRunner) -> Iterator[Bench]:
    """Two fields on page 1."""
    fields = (a_field("a", TEXT), a_field("b", BELOW, kind="signature", role="bob"))
    with bench(house, keep_draft(house, fields=fields), runner) as made:
        yield made


@pytest.fixture
def unfrozen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sending without the makers and sealers behind it: documents stay as they are."""
    monkeypatch.setattr(sending, "freeze", lambda *given: Frozen(given[2], given[2].original))


# -- placing ---------------------------------------------------------------------------------------------


def carry(made: Bench, kind: str, at: QPoint, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """From the palette to a place of the viewport, as a mouse does it."""
    button = made.studio.side.palette_.button(kind)
    QTest.mousePress(button, LEFT, pos=QPoint(20, 10))
    target = made.viewport.mapToGlobal(at)
    for share in (0.1, 0.4, 0.7, 1.0):
        start = button.mapToGlobal(QPoint(20, 10))
        move_over(button, button.mapFromGlobal(start + (target - start) * share), held, LEFT)
    QTest.mouseRelease(button, LEFT, held, button.mapFromGlobal(target))


@pytest.mark.parametrize("zoom", [0.5, 0.9, 1.0, 1.37, 2.0])
def test_a_field_dropped_from_the_palette_is_stored_where_it_was_dropped(empty: Bench, zoom: float) -> None:
    empty.studio.view.set_zoom(zoom)
    empty.studio.view.verticalScrollBar().setValue(0)
    at = empty.at(251, 177)
    dropped = empty.studio.view.to_page(PageRef("D1", 1), QPointF(at))
    carry(empty, "signature", at)
    field = empty.only()
    assert (field.kind, field.page, field.recipient) == ("signature", 1, "jane")
    assert field.rect.center.x == pytest.approx(dropped.x, abs=6 / empty.studio.view.scale + 0.01)
    assert field.rect.size == KINDS["signature"].default_size
    assert near(field.rect, empty.studio.draft.envelope.fields[0].rect)


def test_without_snapping_the_middle_is_exactly_at_the_pointer(empty: Bench) -> None:
    at = empty.at(200, 260)
    point = empty.studio.view.to_page(PageRef("D1", 1), QPointF(at))
    empty.studio.tool.arm("text")
    empty.click(at, ALT)
    assert empty.only().rect.center.x == pytest.approx(point.x)
    assert empty.only().rect.center.y == pytest.approx(point.y)


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_on_a_turned_page_the_stored_place_is_that_of_the_page_as_displayed(
    house: House, theme: Theme, runner: InlineRunner, rotate: int
) -> None:
    page = PageGeometry(40, 30, 540, 730, rotate, user_unit=1.5)
    with bench(house, keep_draft(house, pages=(page,)), runner) as made:
        at = made.at(333, 222)
        point = made.studio.view.to_page(PageRef("D1", 1), QPointF(at))
        made.studio.tool.arm("checkbox")
        made.click(at, ALT)
        rect = made.only().rect
        assert (rect.center.x, rect.center.y) == (pytest.approx(point.x), pytest.approx(point.y))
        assert near(page.from_pdf(page.to_pdf(rect)), rect)


def test_a_ghost_of_true_size_follows_the_pointer_before_it_drops(empty: Bench) -> None:
    empty.studio.tool.arm("signature")
    empty.move(empty.at(300, 300), ALT)
    ghost = empty.studio.overlay.doing.ghost
    assert ghost is not None
    assert ghost.rect.size == KINDS["signature"].default_size
    assert empty.stored.fields == ()


def test_carried_outside_the_pages_the_field_hangs_at_the_pointer_and_drops_nowhere(empty: Bench) -> None:
    button = empty.studio.side.palette_.button("text")
    QTest.mousePress(button, LEFT, pos=QPoint(20, 10))
    move_over(button, QPoint(40, 60), button=LEFT)
    carried = empty.studio._carried
    assert carried.isVisible()
    usual = KINDS["text"].default_size.width * empty.studio.view.scale
    assert carried.width() == pytest.approx(usual, abs=2)
    QTest.mouseRelease(button, LEFT, pos=QPoint(40, 60))
    assert not carried.isVisible()
    assert empty.stored.fields == ()


def test_escape_puts_a_carried_field_back(empty: Bench) -> None:
    button = empty.studio.side.palette_.button("text")
    QTest.mousePress(button, LEFT, pos=QPoint(20, 10))
    move_over(button, button.mapFromGlobal(empty.viewport.mapToGlobal(empty.at(200, 200))), button=LEFT)
    assert empty.studio.overlay.doing.ghost is not None
    QTest.keyClick(button, Qt.Key.Key_Escape)
    assert empty.studio.overlay.doing.ghost is None
    QTest.mouseRelease(button, LEFT, pos=QPoint(20, 10))
    assert empty.stored.fields == ()


def test_pick_then_draw_makes_a_field_as_large_as_it_was_drawn(empty: Bench) -> None:
    QTest.mouseClick(empty.studio.side.palette_.button("text"), LEFT)
    start, end = empty.at(100, 400), empty.at(340, 460)
    first, last = (empty.studio.view.to_page(PageRef("D1", 1), QPointF(at)) for at in (start, end))
    empty.drag(start, end)
    assert near(empty.only().rect, Rect(first.x, first.y, last.x - first.x, last.y - first.y))


def test_one_click_places_one_and_a_double_click_keeps_the_tool(empty: Bench) -> None:
    button = empty.studio.side.palette_.button("checkbox")
    QTest.mouseClick(button, LEFT)
    empty.click(empty.at(100, 100))
    empty.click(empty.at(100, 200))
    assert len(empty.stored.fields) == 1
    QTest.mouseDClick(button, LEFT)
    for y in (300, 350, 400):
        empty.click(empty.at(100, y))
    assert len(empty.stored.fields) == 4
    empty.key(Qt.Key.Key_Escape)
    assert empty.studio.tool.armed is None


def test_a_letter_picks_a_kind_and_enter_drops_it_without_a_mouse(empty: Bench) -> None:
    empty.studio.view.setFocus()
    empty.key(Qt.Key.Key_S)
    empty.key(Qt.Key.Key_Right, SHIFT)
    ghost = empty.studio.overlay.doing.ghost
    assert ghost is not None
    empty.key(Qt.Key.Key_Return)
    assert empty.only().kind == "signature"
    assert near(empty.only().rect, ghost.rect)


def test_dropped_at_the_edge_a_field_stays_on_the_page(empty: Bench) -> None:
    empty.studio.tool.arm("signature")
    empty.click(empty.at(590, 838))
    rect = empty.only().rect
    assert rect.within(empty.studio.view.size_of(PageRef("D1", 1)))


def test_where_there_is_nobody_yet_a_signer_without_a_name_comes_along_in_one_step(
    house: House, theme: Theme, runner: InlineRunner
) -> None:
    with bench(house, keep_draft(house, people=()), runner) as made:
        made.studio.tool.arm("signature")
        made.click(made.at(200, 200))
        (nobody,) = made.stored.recipients
        assert made.only().recipient == nobody.role
        made.do("edit.undo")
        assert (made.stored.recipients, made.stored.fields) == ((), ())


# -- choosing and moving ---------------------------------------------------------------------------------


def test_a_drag_moves_the_field_by_what_the_hand_moved_and_is_one_step(two: Bench) -> None:
    scale = two.studio.view.scale
    start = two.at(150, 112)
    two.drag(start, start + QPoint(60, 90), ALT)
    assert near(two.stored.field(FieldId("a")).rect, TEXT.moved(60 / scale, 90 / scale))
    assert two.studio.draft.history.count() == 1
    assert two.studio.draft.history.undoText() == "Move field"
    two.do("edit.undo")
    assert two.stored.field(FieldId("a")).rect == TEXT
    two.do("edit.redo")
    assert near(two.stored.field(FieldId("a")).rect, TEXT.moved(60 / scale, 90 / scale))


def test_nothing_is_stored_before_the_hand_lets_go_and_escape_gives_up(two: Bench) -> None:
    start = two.at(150, 112)
    QTest.mousePress(two.viewport, LEFT, pos=start)
    two.move(start + QPoint(0, 80), button=LEFT)
    assert two.studio.overlay.doing.moved
    assert two.stored.field(FieldId("a")).rect == TEXT
    two.key(Qt.Key.Key_Escape)
    QTest.mouseRelease(two.viewport, LEFT, pos=start + QPoint(0, 80))
    assert two.studio.draft.history.count() == 0
    assert two.field("a").rect == TEXT


def test_a_field_goes_over_to_another_page(two: Bench) -> None:
    two.studio.view.set_zoom(0.5)
    two.studio.view.verticalScrollBar().setValue(0)
    start, end = two.at(150, 112), two.at(150, 112, page=2)
    two.drag(start, end, ALT)
    moved = two.stored.field(FieldId("a"))
    assert moved.page == 2
    assert near(moved.rect, TEXT, by=1 / two.studio.view.scale)


def test_a_group_keeps_its_relations_and_none_of_it_leaves_the_page(two: Bench) -> None:
    two.do("edit.select_all")
    two.drag(two.at(150, 112), two.at(590, 112), ALT)
    a, b = two.stored.field(FieldId("a")).rect, two.stored.field(FieldId("b")).rect
    assert b.right == pytest.approx(595)
    assert b.x - a.x == pytest.approx(BELOW.x - TEXT.x)


def test_a_moving_field_snaps_to_its_neighbour_and_shows_why(two: Bench) -> None:
    start = two.at(150, 112)
    QTest.mousePress(two.viewport, LEFT, pos=start)
    two.move(start + QPoint(round(202 * two.studio.view.scale), 40), button=LEFT)
    assert two.studio.overlay.doing.guides
    QTest.mouseRelease(two.viewport, LEFT, pos=start)
    assert two.stored.field(FieldId("a")).rect.x == pytest.approx(300, abs=0.01)


def test_eight_handles_resize_with_sixteen_pixels_to_hit(two: Bench) -> None:
    two.click(two.at(340, 320))
    for offset in (QPoint(0, 0), QPoint(7, 7), QPoint(-7, -7)):
        before = two.field("b").rect
        corner = two.at(before.right, before.bottom) + offset
        two.drag(corner, corner + QPoint(20, 12), ALT)
        after = two.stored.field(FieldId("b")).rect
        assert after.width > before.width
    assert two.studio.draft.history.undoText() == "Resize field"


def test_a_resize_stops_at_the_smallest_size_of_the_kind(two: Bench) -> None:
    two.click(two.at(340, 320))
    two.drag(two.at(380, 340), two.at(301, 301))
    assert two.stored.field(FieldId("b")).rect.size == KINDS["signature"].minimum_size


def test_shift_keeps_the_ratio_of_what_is_resized(two: Bench) -> None:
    two.click(two.at(340, 320))
    two.drag(two.at(380, 340), two.at(480, 345), SHIFT)
    size = two.stored.field(FieldId("b")).rect
    assert size.width / size.height == pytest.approx(2.0)


def test_a_marquee_chooses_what_it_encloses_and_to_the_left_what_it_touches(two: Bench) -> None:
    two.drag(two.at(80, 80), two.at(300, 320))
    assert two.studio.draft.selection == ("a",)
    two.drag(two.at(420, 320), two.at(80, 80))
    assert set(two.studio.draft.selection) == {"a", "b"}
    two.click(two.at(500, 600))
    assert two.studio.draft.selection == ()


def test_ctrl_click_adds_and_takes_away(two: Bench) -> None:
    two.click(two.at(150, 112))
    two.click(two.at(340, 320), CTRL)
    assert two.studio.draft.selection == ("a", "b")
    two.click(two.at(150, 112), CTRL)
    assert two.studio.draft.selection == ("b",)


def test_arrows_nudge_by_one_point_shift_by_ten_and_ctrl_resizes(two: Bench) -> None:
    two.click(two.at(150, 112))
    two.key(Qt.Key.Key_Right)
    two.key(Qt.Key.Key_Down, SHIFT)
    assert near(two.stored.field(FieldId("a")).rect, TEXT.moved(1, 10))
    two.key(Qt.Key.Key_Right, CTRL)
    assert two.stored.field(FieldId("a")).rect.width == 161


def test_nudges_without_a_pause_are_one_step(two: Bench) -> None:
    two.click(two.at(150, 112))
    for _ in range(5):
        two.key(Qt.Key.Key_Left)
    assert two.studio.draft.history.count() == 1
    two.do("edit.undo")
    assert two.stored.field(FieldId("a")).rect == TEXT


def test_no_nudge_leaves_the_page(two: Bench) -> None:
    two.studio.draft.replace_fields("Move", [two.field("a").at(Rect(0, 0, 160, 24))])
    two.studio.draft.select([FieldId("a")])
    two.key(Qt.Key.Key_Left)
    assert two.field("a").rect.x == 0


def test_tab_goes_from_field_to_field_and_then_on(two: Bench) -> None:
    two.studio.view.setFocus()
    two.key(Qt.Key.Key_Tab)
    assert two.studio.draft.selection == ("a",)
    two.key(Qt.Key.Key_Tab)
    assert two.studio.draft.selection == ("b",)
    two.key(Qt.Key.Key_Tab)
    assert not two.studio.view.hasFocus()


def test_a_locked_field_stays_where_it_is(two: Bench) -> None:
    two.studio.draft.replace_fields("Lock", [replace(two.field("a"), locked=True)])
    two.drag(two.at(150, 112), two.at(150, 300))
    assert two.stored.field(FieldId("a")).rect == TEXT


def test_fields_are_children_of_the_pages_for_screen_readers(two: Bench) -> None:
    two.click(two.at(150, 112))
    pages = QAccessible.queryAccessibleInterface(two.studio.view)
    names = [pages.child(index).text(QAccessible.Text.Name) for index in range(pages.childCount())]
    assert names[0] == "Text, Jane Smith, page 1, 35.3 mm from left, 35.3 mm from top, required"
    assert names[1].startswith("Signature, Bob Jones, page 1")
    assert pages.child(0).state().selected
    middle = pages.child(1).rect().center()
    assert pages.childAt(middle.x(), middle.y()).text(QAccessible.Text.Name) == names[1]
    assert pages.child(99) is None


# -- the clipboard and the rest of the table -------------------------------------------------------------


def test_copy_and_paste_onto_another_page_and_duplicate(two: Bench) -> None:
    two.click(two.at(150, 112))
    two.do("edit.copy")
    two.studio.view.go_to(PageRef("D1", 2))
    two.do("edit.paste_in_place")
    pasted = two.studio.draft.chosen[0]
    assert (pasted.page, pasted.rect, pasted.id) == (2, TEXT, pasted.id)
    assert pasted.id != "a"
    two.do("edit.duplicate")
    assert two.studio.draft.chosen[0].rect == TEXT.moved(12, 12)
    assert len(two.stored.fields) == 4


def test_ctrl_and_drag_leaves_the_field_and_carries_a_copy(two: Bench) -> None:
    two.drag(two.at(150, 112), two.at(150, 500), CTRL | ALT)
    assert two.stored.field(FieldId("a")).rect == TEXT
    assert len(two.stored.fields) == 3


def test_cut_and_delete_remove_and_undo_brings_back_with_the_selection(two: Bench) -> None:
    two.do("edit.select_all")
    two.do("edit.delete")
    assert two.stored.fields == ()
    two.do("edit.undo")
    assert len(two.stored.fields) == 2
    assert len(two.studio.draft.selection) == 2


def test_aligning_goes_by_the_field_chosen_last(two: Bench) -> None:
    two.click(two.at(340, 320))
    two.click(two.at(150, 112), CTRL)
    two.do("arrange.left")
    assert two.stored.field(FieldId("b")).rect.x == TEXT.x


def test_a_grey_action_says_why(two: Bench) -> None:
    assert two.actions.reason_against("edit.cut") == Need.SELECTION.value
    assert two.actions.reason_against("arrange.left") == Need.SEVERAL.value
    assert two.actions.reason_against("edit.undo") == Need.UNDOABLE.value
    assert "signature" in two.actions.reason_against("envelope.send")


def test_undo_and_redo_are_named_after_the_step(two: Bench) -> None:
    two.click(two.at(150, 112))
    two.do("edit.delete")
    assert two.actions.qaction("edit.undo").text() == "Undo delete text"


def test_number_keys_give_the_selection_to_a_recipient(two: Bench) -> None:
    two.click(two.at(150, 112))
    two.key(Qt.Key.Key_2)
    assert two.stored.field(FieldId("a")).recipient == "bob"
    current = two.studio.draft.current
    assert current is not None
    assert current.role == "bob"


def test_the_menu_of_a_field_offers_what_can_be_done(two: Bench) -> None:
    two.click(two.at(150, 112))
    menu = two.studio.field_menu()
    shown = [action.text() for action in menu.actions()]
    assert "Duplicate" in shown
    assert "Align left edges" not in shown


# -- particulars -----------------------------------------------------------------------------------------


def editor(made: Bench, name: str) -> object:
    from PySide6.QtWidgets import QWidget

    found = [w for w in made.studio.side.properties.findChildren(QWidget) if w.accessibleName() == name]
    return found[0]


def test_a_label_is_typed_as_one_step(two: Bench) -> None:
    two.click(two.at(150, 112))
    line = editor(two, "Label")
    QTest.keyClicks(line, "Order number")
    assert two.stored.field(FieldId("a")).label == "Order number"
    assert two.studio.draft.history.count() == 1
    two.do("edit.undo")
    assert two.stored.field(FieldId("a")).label == ""


def test_places_are_typed_in_millimetres_with_sums_and_kept_on_the_page(two: Bench) -> None:
    two.click(two.at(150, 112))
    line = editor(two, "Distance from the left")
    line.selectAll()
    QTest.keyClicks(line, "20+5.4")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert two.stored.field(FieldId("a")).rect.x == pytest.approx(72)
    line.selectAll()
    QTest.keyClicks(line, "9999")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert two.stored.field(FieldId("a")).rect.right == pytest.approx(595)


def test_values_that_differ_show_as_mixed_and_change_together(two: Bench) -> None:
    two.do("edit.select_all")
    line = editor(two, "Width")
    assert line.placeholderText() == "Mixed"
    QTest.keyClicks(line, "72 pt")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert {field.rect.width for field in two.stored.fields} == {72}


def test_a_starting_value_the_field_would_refuse_is_not_stored(two: Bench) -> None:
    two.studio.draft.replace_fields("Kind", [replace(two.field("a"), kind="email")])
    two.click(two.at(150, 112))
    line = editor(two, "Starts as")
    QTest.keyClicks(line, "nobody")
    assert two.stored.field(FieldId("a")).value is None
    assert "name@example.com" in line.toolTip()
    QTest.keyClicks(line, "@example.com")
    assert two.stored.field(FieldId("a")).value == "nobody@example.com"


def test_text_is_aligned_and_sized_as_chosen(two: Bench) -> None:
    two.click(two.at(150, 112))
    box = editor(two, "Aligned")
    box.setCurrentIndex(2)
    box.activated.emit(2)
    assert two.stored.field(FieldId("a")).style.align is Align.RIGHT


# -- people ----------------------------------------------------------------------------------------------


def test_a_recipient_is_added_and_named_and_typing_is_one_step(empty: Bench) -> None:
    empty.do("recipient.add")
    steps = empty.studio.draft.history.count()
    QTest.keyClicks(empty.studio.side.form._name, "Zoe Strand")
    assert empty.stored.recipients[-1].name == "Zoe Strand"
    assert empty.studio.draft.history.count() == steps + 1
    empty.do("edit.undo")
    empty.do("edit.undo")
    assert len(empty.stored.recipients) == 2


def test_new_fields_belong_to_the_recipient_that_is_chosen(empty: Bench) -> None:
    empty.studio.side.people.setCurrentRow(1)
    empty.studio.tool.arm("date")
    empty.click(empty.at(200, 200))
    assert empty.only().recipient == "bob"


def test_carrying_a_recipient_changes_the_step_and_not_the_colour(empty: Bench) -> None:
    empty.studio.side.people.setCurrentRow(1)
    QTest.keyClick(empty.studio.side.people, Qt.Key.Key_Up, ALT)
    jane, bob = empty.stored.recipients
    assert (jane.role, jane.order, bob.order) == ("jane", 2, 1)
    assert empty.studio.draft.index_of("jane") == 0


def test_the_fields_of_a_removed_recipient_go_where_a_person_says(two: Bench) -> None:
    from app.ui.prepare.recipient_form import remove

    jane, bob = two.studio.draft.envelope.recipients
    remove(two.studio.draft, jane, bob)
    assert {field.recipient for field in two.stored.fields} == {"bob"}
    two.do("edit.undo")
    remove(two.studio.draft, jane, None)
    assert [field.id for field in two.stored.fields] == ["b"]
    assert [recipient.role for recipient in two.stored.recipients] == ["bob"]


def test_a_renamed_role_takes_its_fields_along(two: Bench) -> None:
    from app.ui.prepare.recipient_form import with_role

    envelope = two.studio.draft.envelope
    two.studio.draft.edit("Rename", with_role(envelope, envelope.recipients[0], "tenant"))
    assert two.stored.field(FieldId("a")).recipient == "tenant"


# -- documents, title, keeping ---------------------------------------------------------------------------


def test_documents_are_removed_with_their_fields_and_come_back_by_undo(
    house: House, theme: Theme, runner: InlineRunner
) -> None:
    with bench(house, keep_draft(house, documents=2, fields=(a_field("a", TEXT),)), runner) as made:
        made.studio.remove_wanted.emit("D1")
        assert [document.id for document in made.stored.documents] == ["D2"]
        assert made.stored.fields == ()
        made.do("edit.undo")
        assert [document.id for document in made.stored.documents] == ["D1", "D2"]
        assert len(made.stored.fields) == 1
        made.studio.ordered.emit(("D2", "D1"))
        assert [document.id for document in made.stored.documents] == ["D2", "D1"]
        assert made.studio.view.sheets[0].ref.document == "D2"


def test_the_title_is_edited_in_place(empty: Bench) -> None:
    told: list[str] = []
    empty.page.title_changed.connect(told.append)
    title = empty.studio.top.title
    title.setFocus()
    title.selectAll()
    QTest.keyClicks(title, "Lease of the mill")
    QTest.keyClick(title, Qt.Key.Key_Return)
    assert empty.stored.title == "Lease of the mill"
    assert told[-1] == "Lease of the mill"
    title.clear()
    title.editingFinished.emit()
    assert title.text() == "Lease of the mill"


def test_every_step_is_in_the_store_at_once_and_writes_never_overtake_each_other(house: House, theme: Theme) -> None:
    held = InlineRunner()
    envelope_id = keep_draft(house, fields=(a_field("a", TEXT),))
    with bench(house, envelope_id, held) as made:
        held.held = True
        for step in range(1, 6):
            made.studio.draft.replace_fields("Move", [made.field("a").at(TEXT.moved(step, 0))])
        writes = len(held.waiting)
        assert writes <= 2, "one write under way, the others wait for its end"
        held.release()
        wait_for(lambda: made.stored.field(FieldId("a")).rect == TEXT.moved(5, 0))


def test_what_could_not_be_kept_is_said_and_tried_again(two: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> Changes:
        raise LibraryUnwritable(library="somewhere", reason="the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(drafting, "change", full)
        two.drag(two.at(150, 112), two.at(150, 400), ALT)
        keeper = two.page._keeper
        assert keeper is not None
        assert keeper.state is Keeping.FAILED
        banner = two.studio._banner
        assert banner is not None
        assert "disk is full" in banner.accessibleName()
    assert two.stored.field(FieldId("a")).rect == TEXT
    banner.acted.emit()
    assert keeper.is_done
    assert two.stored.field(FieldId("a")).rect == two.field("a").rect


def test_a_window_that_closes_keeps_what_was_not_yet_kept(house: House, theme: Theme) -> None:
    held = InlineRunner()
    with bench(house, keep_draft(house, fields=(a_field("a", TEXT),)), held) as made:
        held.held = True
        made.studio.draft.replace_fields("Move", [made.field("a").at(TEXT.moved(7, 0))])
        made.window.close()
        assert made.stored.field(FieldId("a")).rect == TEXT.moved(7, 0)
        held.waiting.clear()


def test_news_from_another_window_replaces_what_is_shown(two: Bench) -> None:
    changes = drafting.change(two.house, two.envelope_id, title="Renamed elsewhere")
    two.page._desk.publish(changes)
    assert two.studio.top.title.text() == "Renamed elsewhere"
    assert not two.studio.draft.history.canUndo()


# -- findings and sending --------------------------------------------------------------------------------


def test_a_finding_jumps_to_its_field(two: Bench) -> None:
    two.studio.draft.replace_fields("Move", [two.field("a").at(BELOW)])
    two.studio.draft.select(())
    two.page._check()
    findings = [each.finding for each in two.studio.preflight.findings]
    overlap = next(finding for finding in findings if finding.code == "fields_overlap")
    two.studio.preflight.jump_wanted.emit(overlap)
    assert two.studio.draft.selection == (overlap.field,)


def test_sending_is_grey_while_an_error_stands_and_then_sends(two: Bench, unfrozen: None) -> None:
    assert not two.actions.qaction("envelope.send").isEnabled()
    two.studio.tool.arm("signature")
    two.click(two.at(200, 600))
    two.page._check()
    two.do("envelope.send")
    dialog = two.page.findChild(SendDialog)
    assert dialog.focusWidget() is dialog._send, "Enter does what the dialog is for"
    dialog.agreed.emit()
    assert [panel.accessibleName() for panel in dialog.findChildren(FailurePanel)] == []
    assert two.stored.status is EnvelopeStatus.OUT
    assert not two.studio.draft.is_editable
    dialog.begin.emit("jane")
    assert two.ways.gone == [("room", two.envelope_id)]
    dialog.accept()


def test_what_a_service_cannot_take_is_one_press_away(two: Bench) -> None:
    """A field of a kind it does not have, and a person without a place to sign."""
    accounts.add(two.house, "visisign", "work", "vsk_" + "0" * 48, "http://127.0.0.1:9/v1", {})
    two.studio.draft.replace_fields("Kind", [replace(two.field("a"), kind="dropdown", options=("x", "y"))])
    for begun, chosen in (("The field", "a"), ("Jane has no place to sign", None)):
        two.studio.draft.select(())
        two.studio.draft.make_current("bob")
        two.page.send_out()
        dialog = two.page.findChildren(SendDialog)[-1]
        (which,) = dialog.road.findChildren(QComboBox)
        which.setCurrentIndex(1)
        (go,) = (
            one for one in dialog.road.findChildren(QPushButton)
            if one.accessibleName().startswith(f"Go there: {begun}")
        )  # fmt: skip
        go.click()
        assert not dialog.isVisible()
        assert two.studio.draft.selection == ((FieldId(chosen),) if chosen else ())
    assert two.studio.draft.current is not None
    assert two.studio.draft.current.role == "jane"


def test_what_is_out_opens_to_be_read_and_takes_no_change(two: Bench, unfrozen: None) -> None:
    test_sending_is_grey_while_an_error_stands_and_then_sends(two, unfrozen)
    before = two.stored.fields
    two.drag(two.at(150, 112), two.at(150, 400))
    carry(two, "text", two.at(300, 500))
    assert two.stored.fields == before
    assert two.actions.reason_against("edit.delete") == Need.DRAFT.value
    assert two.studio._banner is not None


def test_the_card_says_who_acts_when(two: Bench) -> None:
    envelope = two.stored
    assert [when for _, when in people_in_order(envelope)] == ["signs first", "then signs"]
    together = replace(envelope, routing=Routing.PARALLEL)
    assert [when for _, when in people_in_order(together)] == ["signs", "signs"]


def test_an_envelope_that_is_not_there_is_said_so(house: House, theme: Theme, runner: InlineRunner) -> None:
    from PySide6.QtWidgets import QMainWindow

    from app.ui.action_set import ActionSet
    from app.ui.desk import Desk
    from app.ui.prepare.page import PreparePage
    from tests.support.desks import Notices, Ways

    window = QMainWindow()
    desk = Desk(house, runner, Notices(), Ways(), lambda _: None, window)
    page = PreparePage(desk, ActionSet(window), "01JUNKNOWN")
    assert page.findChild(FailurePanel) is not None
    page.deleteLater()
    window.deleteLater()
