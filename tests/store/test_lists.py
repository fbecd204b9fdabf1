"""Pages, ids, rows, counts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.envelope import EnvelopeStatus
from app.domain.ids import EnvelopeId
from app.domain.recipient import Action, RecipientStatus
from app.store import Library, Query
from app.store.dialect import EVERY_ID
from app.store.listing import Ids
from tests.support.envelopes import STATUSES, envelope, identifier, recorded


@pytest.fixture
def sixty(library: Library) -> Library:
    """Ten of each status, numbered by age."""
    library.record(*(recorded(envelope(number, STATUSES[number % 6])) for number in range(60)))
    return library


def test_the_newest_come_first_with_the_true_total(sixty: Library) -> None:
    page = sixty.list(Query(limit=7))
    assert [row.id for row in page.rows] == [identifier(number) for number in range(59, 52, -1)]
    assert page.total == 60


def test_pages_by_offset_and_by_cursor_are_the_same_pages(sixty: Library) -> None:
    seen, cursor = [], None
    for offset in range(0, 63, 7):
        by_offset, by_cursor = sixty.list(Query(limit=7, offset=offset)), sixty.list(Query(limit=7, after=cursor))
        assert by_offset == by_cursor
        seen += by_cursor.rows
        cursor = by_cursor.end
    assert tuple(seen) == sixty.rows(sixty.ids(Query()))
    assert len(seen) == 60
    assert sixty.list(Query(limit=7, after=cursor)).end is None


def test_envelopes_of_one_instant_are_neither_lost_nor_doubled_between_pages(library: Library) -> None:
    same = envelope(0).created_at
    library.record(*(recorded(replace(envelope(number), created_at=same)) for number in range(9)))
    first = library.list(Query(limit=4))
    second = library.list(Query(limit=9, after=first.end))
    assert [row.id for row in (*first.rows, *second.rows)] == [identifier(number) for number in range(8, -1, -1)]


@pytest.mark.parametrize("status", STATUSES)
def test_a_status_shows_its_own(sixty: Library, status: EnvelopeStatus) -> None:
    page = sixty.list(Query(status=(status,), limit=4))
    assert page.total == 10
    assert {row.status for row in page.rows} == {status}
    assert len(sixty.ids(Query(status=(status,)))) == 10


def test_several_statuses_are_one_list_by_age(sixty: Library) -> None:
    page = sixty.list(Query(status=(EnvelopeStatus.VOIDED, EnvelopeStatus.DECLINED), limit=99))
    assert page.total == len(page.rows) == 20
    assert [row.id for row in page.rows] == sorted((row.id for row in page.rows), reverse=True)


def test_the_inbox_holds_what_is_out_and_somebodys_turn(sixty: Library) -> None:
    waiting = envelope(99, EnvelopeStatus.OUT)
    nobody = tuple(replace(recipient, action=Action.COPY) for recipient in waiting.recipients)
    sixty.record(recorded(replace(waiting, recipients=nobody)))
    inbox = sixty.list(Query(needs_host=True))
    assert inbox.total == 10
    assert {row.status for row in inbox.rows} == {EnvelopeStatus.OUT}
    assert len(sixty.ids(Query(needs_host=True))) == 10


def test_counts_know_every_status(sixty: Library, library: Library) -> None:
    assert sixty.counts() == dict.fromkeys(EnvelopeStatus, 10)


def test_a_row_tells_who_and_how_far(library: Library) -> None:
    out = envelope(1, EnvelopeStatus.OUT)
    buyer, seller = out.recipients
    archive = replace(seller, id="R9", role="file", name="", action=Action.COPY, order=9)
    people = (replace(buyer, status=RecipientStatus.COMPLETED), seller, archive)
    library.record(recorded(replace(out, recipients=people)))
    (row,) = library.list(Query()).rows
    assert (row.title, row.created_at, row.updated_at) == (out.title, out.created_at, out.updated_at)
    assert row.progress == (1, 2)
    assert row.next_step == (seller.name,)
    assert [(p.role, p.status) for p in row.recipients] == [(p.role, p.status) for p in people]
    assert row.recipients[0].initials == buyer.initials


def test_rows_come_in_the_order_asked_for_without_those_that_are_gone(sixty: Library) -> None:
    wanted = [identifier(5), EnvelopeId("GONE"), identifier(50), identifier(6)]
    assert [row.id for row in sixty.rows(wanted)] == [identifier(5), identifier(50), identifier(6)]
    assert sixty.rows(()) == ()


def test_more_rows_than_one_statement_may_name(library: Library) -> None:
    library.record(*(recorded(envelope(number)) for number in range(1203)))
    ids = library.ids(Query())
    assert [row.id for row in library.rows(ids)] == list(ids)


@pytest.mark.parametrize(
    "names",
    [(), ("A",), ("AB", "CD", "EF"), ("A", "BCD", "E"), ("AB", "C", "DEF"), ("A", "B C".replace(" ", "xx"), "D")],
    ids=len,
)
def test_ids_are_a_sequence_of_whatever_width(names: tuple[str, ...]) -> None:
    ids = Ids(" ".join(names))
    assert len(ids) == len(names)
    assert tuple(ids) == ids[:] == names
    assert [ids[number] for number in range(len(names))] == list(names)
    assert ids[1:] == names[1:]
    assert ids[::-1] == names[::-1]
    for outside in (len(names), -len(names) - 1):
        with pytest.raises(IndexError):
            ids[outside]


def test_ids_are_by_age_whichever_way_the_index_is_walked(sixty: Library) -> None:
    newest_first = tuple(identifier(number) for number in range(59, -1, -1))
    assert sixty.ids(Query())[:] == newest_first
    with sixty._dialect.snapshot() as ask:
        ask("PRAGMA reverse_unordered_selects = ON", {})
        assert ask(EVERY_ID, {}) == [(" ".join(reversed(newest_first)),)]
    assert sixty.ids(Query())[:] == newest_first


def test_the_last_id_can_be_asked_for_from_the_end(sixty: Library) -> None:
    assert sixty.ids(Query())[-1] == identifier(0)
