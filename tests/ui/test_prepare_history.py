"""Any sequence of editing: the store equals the screen after each step, and history leads back to the start and on."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication

from app.domain.arranging import Edge, align, tidy
from app.domain.changes import Changes
from app.domain.envelope import Document, Envelope, EnvelopeStatus
from app.domain.errors import EnvelopeChanged, LibraryUnwritable, WrongStatus
from app.domain.fields.base import TextStyle
from app.domain.fields.condition import Condition, Effect, Group, Op, Test
from app.domain.geometry import PageGeometry, Rect, Size
from app.domain.ids import DocumentId, EnvelopeId, FieldId, RecipientId, Sha256
from app.domain.recipient import Recipient
from app.domain.repeating import Fit
from app.ui.canvas.layout import PageRef
from app.ui.models.draft import Aspect, Draft
from app.ui.models.keeper import KEPT, Keeper, Keeping
from app.ui.prepare import clipboard, commands
from app.ui.prepare.recipient_form import remove
from tests.support.desks import NOON
from tests.support.inline_runner import InlineRunner
from tests.support.studios import a_field, wait_for

A4 = Size(595, 842)
JANE = Recipient(RecipientId("R1"), "jane", "Jane Smith")
BOB = Recipient(RecipientId("R2"), "bob", "Bob Jones", order=2)
SPOT = Rect(100, 100, 120, 24)


def start() -> Envelope:
    document = Document(DocumentId("D1"), "Paper", Sha256("0" * 64), (PageGeometry(0, 0, 595, 842),) * 2)
    return Envelope(
        EnvelopeId("E1"), "Agreement", NOON, NOON, documents=(document,), recipients=(JANE, BOB),
        fields=(a_field("one", SPOT), a_field("two", SPOT.moved(0, 100), role="bob")),
    )  # fmt: skip


class Store:
    """What a library would hold: the keys written last."""

    def __init__(self, envelope: Envelope) -> None:
        self.envelope = envelope
        self.writes = 0
        self.refuses: list[Exception] = []

    def save(self, changed: dict[str, Any]) -> Changes:
        if self.refuses:
            raise self.refuses.pop(0)
        self.writes += 1
        self.envelope = replace(self.envelope, **changed)
        return Changes.of("envelope", self.envelope.id)


def kept(draft: Draft, runner: InlineRunner | None = None) -> tuple[Keeper, Store]:
    store = Store(draft.envelope)
    keeper = Keeper(runner or InlineRunner(), store.save, draft.envelope)
    draft.changed.connect(lambda _: keeper.keep(draft.envelope))
    return keeper, store


def same(one: Envelope, other: Envelope) -> bool:
    return all(getattr(one, key) == getattr(other, key) for key in KEPT)


def act(draft: Draft, what: str, number: int) -> None:
    """One thing a person may do; what cannot be done now is left out, as a grey button would."""
    fields, chosen = draft.envelope.fields, draft.chosen
    if what == "place":
        rect = Rect(10 + number * 3 % 300, 20 + number * 7 % 700, 60 + number % 200, 24)
        commands.place(draft, a_field(f"new{number}", rect), draft.envelope.recipients)
    elif what == "choose" and fields:
        draft.select([fields[number % len(fields)].id, fields[-1].id])
    elif what == "undo":
        draft.history.undo()
    elif what == "redo":
        draft.history.redo()
    elif what == "title":
        draft.edit("Rename envelope", replace(draft.envelope, title=f"Title {number}"), merge="title")
    elif what == "remove" and draft.envelope.recipients:
        remove(draft, draft.envelope.recipients[0], None)
    elif chosen:
        _act_on_chosen(draft, what, number)


def _act_on_chosen(draft: Draft, what: str, number: int) -> None:
    names = (FieldId(f"copy{n}") for n in range(number * 100, number * 100 + 99))
    if what == "repeat":
        mine = [field for field in draft.chosen if field.document == "D1"]
        document, linked = draft.envelope.documents[0], number % 2 == 0
        commands.repeat(draft, mine, (1, 2), document, list(Fit)[number % 5], lambda: next(names), linked)
    elif what == "tidy" and len(draft.chosen) > 1:
        commands.arrange(draft, "Tidy", tidy, lambda _: A4)
    elif what == "delete":
        commands.delete(draft)
    elif what == "nudge":
        commands.nudge(draft, 1 if number % 2 else -1, 10, number % 3 == 0, lambda _: A4)
    elif what == "duplicate":
        commands.duplicate(draft, commands.beside(draft.chosen, lambda _: A4), lambda: next(names))
    elif what == "align" and len(draft.chosen) > 1:
        commands.arrange(draft, "Align", partial(align, edge=list(Edge)[number % 6]), lambda _: A4)
    elif what == "carry":
        commands.move_to_page(draft, PageRef("D1", 1 + number % 2), lambda _: A4)
    else:
        _mark_chosen(draft, what, number)


def _mark_chosen(draft: Draft, what: str, number: int) -> None:
    """What changes no place."""
    if what == "loosen":
        draft.replace_alone("Break the linked set", [replace(f, linked=None) for f in draft.chosen])
    elif what == "look":
        copied = clipboard.read(clipboard.written(draft.envelope.fields[:1]))
        commands.paste_look(draft, [replace(copied[0], changes={**copied[0].changes, "style": TextStyle(bold=True)})])
    elif what == "order":
        draft.replace_alone("Tab order", [replace(f, tab_index=number % 5) for f in draft.chosen])
    elif what == "condition":
        shown = Condition(Effect.SHOW, (Group((Test(draft.envelope.fields[0].id, Op.FILLED),)),))
        draft.replace_fields("Change conditions", [replace(f, conditions=(shown,)) for f in draft.chosen])
    elif what == "label":
        draft.replace_fields(
            "Change label", [replace(f, label=f"L{number}") for f in draft.chosen], merge=f"label {draft.selection}"
        )


FIRST = ["place", "choose", "undo", "redo", "title", "remove"]
DEEDS = [
    *FIRST,
    "delete",
    "nudge",
    "duplicate",
    "align",
    "carry",
    "label",
    "repeat",
    "loosen",
    "look",
    "tidy",
    "order",
    "condition",
]


@given(st.lists(st.tuples(st.sampled_from(DEEDS), st.integers(0, 10_000)), max_size=40))
def test_the_store_equals_the_screen_and_history_leads_back_and_on(
    qapp: QApplication, deeds: list[tuple[str, int]]
) -> None:
    draft = Draft(start())
    _, store = kept(draft)
    for number, (what, luck) in enumerate(deeds):
        act(draft, what, luck * 50 + number)
        assert same(store.envelope, draft.envelope)
        assert all(field.rect.within(A4) for field in draft.envelope.fields)
        assert {field.id for field in draft.chosen} == set(draft.selection)
    end = draft.envelope
    steps = draft.history.index()
    draft.history.setIndex(0)
    assert same(draft.envelope, start())
    assert same(store.envelope, start())
    draft.history.setIndex(steps)
    assert same(draft.envelope, end)
    assert same(store.envelope, end)


def test_at_least_two_hundred_steps_are_kept(qapp: QApplication) -> None:
    draft = Draft(start())
    for number in range(250):
        draft.edit("Rename envelope", replace(draft.envelope, title=f"Title {number}"))
    assert draft.history.count() == 250
    draft.history.setIndex(0)
    assert draft.envelope.title == "Agreement"


def test_typing_is_one_step_until_something_else_is_chosen(qapp: QApplication) -> None:
    draft = Draft(start())
    draft.select([FieldId("one")])
    for text in ("a", "ab", "abc"):
        act(draft, "label", len(text))
    assert draft.history.count() == 1
    draft.select([FieldId("two")])
    draft.select([FieldId("one")])
    act(draft, "label", 9)
    assert draft.history.count() == 2


def test_a_step_that_changes_nothing_is_none(qapp: QApplication) -> None:
    draft = Draft(start())
    draft.edit("Rename envelope", replace(draft.envelope, title="Agreement"))
    assert draft.history.count() == 0


def test_what_a_change_touched_is_told(qapp: QApplication) -> None:
    draft = Draft(start())
    told: list[Aspect] = []
    draft.changed.connect(told.append)
    draft.edit("Rename", replace(draft.envelope, title="Other"))
    draft.replace_fields("Move", [draft.envelope.fields[0].at(SPOT.moved(1, 1))])
    assert told == [Aspect.DETAILS, Aspect.FIELDS]


def test_what_is_out_cannot_be_edited(qapp: QApplication) -> None:
    draft = Draft(replace(start(), status=EnvelopeStatus.OUT))
    with pytest.raises(WrongStatus):
        draft.edit("Rename", replace(draft.envelope, title="Other"))


def test_steps_made_during_a_write_are_written_together_afterwards(qapp: QApplication) -> None:
    held = InlineRunner(held=True)
    draft = Draft(start())
    keeper, store = kept(draft, held)
    for number in range(10):
        draft.edit("Rename", replace(draft.envelope, title=f"Title {number}"))
    assert keeper.state is Keeping.SAVING
    held.release()
    assert store.writes == 2
    assert store.envelope.title == "Title 9"
    assert keeper.state is Keeping.SAVED


def test_a_refused_write_is_told_and_stays_wanted(qapp: QApplication) -> None:
    draft = Draft(start())
    keeper, store = kept(draft)
    told: list[Exception] = []
    keeper.failed.connect(told.append)
    store.refuses.append(LibraryUnwritable(library="x", reason="full"))
    draft.edit("Rename", replace(draft.envelope, title="Other"))
    assert isinstance(told[0], LibraryUnwritable)
    assert (keeper.state, keeper.is_done) == (Keeping.FAILED, False)
    draft.edit("Rename", replace(draft.envelope, title="Another"))
    assert store.envelope.title == "Another"
    assert keeper.is_done


def test_a_write_that_met_another_one_is_tried_again_before_the_window_closes(qapp: QApplication) -> None:
    held = InlineRunner(held=True)
    draft = Draft(start())
    keeper, store = kept(draft, held)
    draft.edit("Rename", replace(draft.envelope, title="Other"))
    store.refuses.append(EnvelopeChanged(envelope="E1"))
    keeper.flush()
    assert store.envelope.title == "Other"
    held.release()


def test_writes_that_cost_much_are_followed_by_a_pause_and_then_by_all_that_came_meanwhile(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    worked = iter(range(100))
    monkeypatch.setattr("app.ui.models.keeper.thread_time", lambda: next(worked) * 0.05)
    draft = Draft(start())
    keeper, store = kept(draft)
    for number in range(5):
        draft.edit("Rename", replace(draft.envelope, title=f"Title {number}"))
    assert store.writes == 2
    assert not keeper.is_done
    wait_for(lambda: keeper.is_done)
    assert (store.writes, store.envelope.title) == (3, "Title 4")
