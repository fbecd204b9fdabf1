"""Which shelves there are, and how many lie on each."""

from __future__ import annotations

from pytestqt.modeltest import ModelTester

from app.domain.envelope import EnvelopeStatus
from app.ui.models.library import Counts
from app.ui.models.shelves import SHELVES, ShelfRole, Shelves


def names(model: Shelves) -> list[str]:
    return [model.shelf_at(at).name for at in range(model.rowCount())]


def test_it_keeps_the_rules_of_item_models(qtmodeltester: ModelTester) -> None:
    model = Shelves()
    qtmodeltester.check(model)
    model.show_counts(Counts({EnvelopeStatus.VOIDED: 1}, 0))
    qtmodeltester.check(model)


def test_how_an_envelope_ended_badly_is_a_shelf_only_while_there_is_one() -> None:
    model = Shelves()
    assert "declined" not in names(model)
    model.show_counts(Counts({EnvelopeStatus.DECLINED: 2}, 0))
    assert "declined" in names(model)
    model.show_counts(Counts({}, 0))
    assert "declined" not in names(model)


def test_the_inbox_counts_turns_and_all_counts_everything() -> None:
    model = Shelves()
    model.show_counts(Counts({EnvelopeStatus.OUT: 5, EnvelopeStatus.DRAFT: 2}, 3))
    counts = {name: model.data(model.index(model.row_of(name)), ShelfRole.COUNT) for name in names(model)}
    assert counts == {"inbox": 3, "drafts": 2, "out": 5, "completed": 0, "all": 7}


def test_each_lasting_shelf_offers_a_next_step_when_it_is_empty() -> None:
    assert all(shelf.empty and shelf.hint for shelf in SHELVES if shelf.lasting)
