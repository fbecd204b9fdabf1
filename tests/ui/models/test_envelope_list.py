"""A list of any length: ids at once, rows by the page, nothing waits."""

from __future__ import annotations

import pytest
from pytestqt.modeltest import ModelTester

from app.domain.changes import Changes
from app.domain.envelope import EnvelopeStatus
from app.services.reading import Query
from app.ui.models.envelope_list import PAGE, PAGES_KEPT, UNDER_WAY, EnvelopeList, ListRole, spoken
from tests.support.desks import FakeEnvelopes, ManyEnvelopes, row
from tests.support.inline_runner import InlineRunner


def listing(envelopes: FakeEnvelopes, runner: InlineRunner, failures: list[Exception] | None = None) -> EnvelopeList:
    return EnvelopeList(envelopes, runner, (failures if failures is not None else []).append)


def test_it_keeps_the_rules_of_item_models(runner: InlineRunner, qtmodeltester: ModelTester) -> None:
    model = listing(FakeEnvelopes([row(n) for n in range(130)]), runner)
    qtmodeltester.check(model)
    model.seek(Query())
    assert model.rowCount() == 130
    qtmodeltester.check(model)


def test_a_hundred_thousand_rows_have_a_true_length_and_ask_only_for_what_is_seen(runner: InlineRunner) -> None:
    envelopes = ManyEnvelopes(100_000)
    model = listing(envelopes, runner)
    model.seek(Query())
    assert model.rowCount() == 100_000
    assert [len(ids) for ids in envelopes.asked] == [PAGE]
    envelopes.asked.clear()
    assert model.data(model.index(99_999)) in ("Loading", "Agreement 99999")
    assert model.data(model.index(99_999)) == "Agreement 99999"
    assert [len(ids) for ids in envelopes.asked] == [100_000 % PAGE]


def test_a_row_that_has_not_come_yet_is_a_placeholder_and_is_drawn_again_when_it_comes() -> None:
    runner = InlineRunner()
    model = listing(ManyEnvelopes(200), runner)
    model.seek(Query())
    changed: list[tuple[int, int]] = []
    model.dataChanged.connect(lambda first, last: changed.append((first.row(), last.row())))
    runner.held = True
    assert model.data(model.index(70)) == "Loading"
    assert model.data(model.index(70), ListRole.ROW) is None
    runner.release()
    assert changed == [(PAGE, 2 * PAGE - 1)]
    assert model.data(model.index(70)) == "Agreement 70"


def test_flying_past_asks_for_the_page_where_one_lands_first() -> None:
    runner = InlineRunner()
    envelopes = ManyEnvelopes(100_000)
    model = listing(envelopes, runner)
    model.seek(Query())
    envelopes.asked.clear()
    runner.held = True
    for number in range(5_000, 100_000, 5_000):
        model.data(model.index(number))
    model.data(model.index(99_000))
    runner.release()
    asked = [int(ids[0][1:]) // PAGE for ids in envelopes.asked]
    assert 99_000 // PAGE in asked[: UNDER_WAY + 1]
    assert len(asked) <= 3 * UNDER_WAY


def test_memory_stays_small_however_far_one_scrolls(runner: InlineRunner) -> None:
    model = listing(ManyEnvelopes(100_000), runner)
    model.seek(Query())
    for number in range(0, 100_000, PAGE):
        model.data(model.index(number))
    assert len(model._pages) == PAGES_KEPT


def test_rows_of_an_older_search_never_land_in_a_newer_one() -> None:
    runner = InlineRunner()
    envelopes = FakeEnvelopes([row(0, title="Alpha"), row(1, title="Beta")])
    model = listing(envelopes, runner)
    model.seek(Query())
    runner.held = True
    model.seek(Query())
    model.seek(Query(search="beta"))
    runner.release()
    model.data(model.index(0))
    assert model.rowCount() == 1
    assert model.data(model.index(0)) == "Beta"


def test_the_latest_search_wins() -> None:
    runner = InlineRunner(held=True)
    model = listing(FakeEnvelopes([row(0, title="Alpha"), row(1, title="Beta")]), runner)
    model.seek(Query(search="alpha"))
    model.seek(Query(search="beta"))
    runner.release()
    model.data(model.index(0))
    assert model.data(model.index(0)) == "Beta"


def test_a_change_is_read_again_and_other_news_is_not(runner: InlineRunner) -> None:
    envelopes = FakeEnvelopes([row(0)])
    model = listing(envelopes, runner)
    model.seek(Query())
    envelopes.kept.append(row(1))
    model.take_changes(Changes.of("setting", "theme"))
    assert model.rowCount() == 1
    model.take_changes(Changes.of("envelope", "E0000001"))
    assert model.rowCount() == 2


def test_an_envelope_is_found_by_its_id(runner: InlineRunner) -> None:
    model = listing(FakeEnvelopes([row(5), row(6)]), runner)
    assert model.row_of("E0000006") == -1
    model.seek(Query())
    assert model.row_of("E0000006") == 1
    assert model.id_at(1) == "E0000006"
    assert model.id_at(2) is None


def test_a_library_that_fails_is_told_to_whoever_shows_errors(runner: InlineRunner) -> None:
    class Broken(FakeEnvelopes):
        def ids(self, query: Query) -> list[str]:  # type: ignore[override]
            raise OSError("disk")

    failures: list[Exception] = []
    model = listing(Broken(), runner, failures)
    model.seek(Query())
    assert [str(error) for error in failures] == ["disk"]


@pytest.mark.parametrize("status", list(EnvelopeStatus))
def test_a_row_speaks_for_itself(status: EnvelopeStatus) -> None:
    words = spoken(row(3, status))
    assert "Agreement 3" in words
    assert "Ana Ruiz, Bob Jones" in words or "Ana Ruiz and Bob Jones" in words
