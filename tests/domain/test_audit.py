"""The chain of events: whatever is done to it later is seen."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.domain.audit import ROOT, Entry, Head, Moment, head_of, link, stamp, verify
from app.domain.canonical import canonical, fingerprint
from app.domain.ids import EnvelopeId, Sha256
from tests.support.drafts import at

ENVELOPE = EnvelopeId("E1")
Records = list[dict[str, Any]]

facts = st.dictionaries(
    st.sampled_from(["role", "how", "page"]),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=8) | st.integers(0, 99) | st.none(),
)
entries = st.builds(Entry, st.sampled_from(["created", "signed"]), st.just("host"), st.just(at()), facts)


@st.composite
def chains(draw: st.DrawFn) -> tuple[Records, Head]:
    events = link(ENVELOPE, Head(), draw(st.lists(entries, min_size=1, max_size=6)))
    return records_of(events), head_of(events)


def records_of(events: Any) -> Records:
    """Through JSON, as an export and its reader do."""
    found: Records = json.loads(json.dumps([{**event.body(), "sha256": event.sha256} for event in events]))
    return found


def holds(records: Records, head: Head) -> bool:
    """What the two keepers of chains do: every link, and that the end is the end."""
    last = Head(len(records), Sha256(str(records[-1].get("sha256")))) if records else Head()
    return verify(records).intact and last == head


def rehashed(records: Records) -> Records:
    """A forger who knows the format mends every hash from the first link on."""
    previous: str = ROOT
    mended = []
    for number, record in enumerate(records, start=1):
        body = {**record, "sequence": number, "previous": previous}
        body.pop("sha256")
        previous = fingerprint(canonical(body))
        mended.append({**body, "sha256": previous})
    return mended


@given(chains())
def test_a_chain_that_nobody_touched_holds(chain: tuple[Records, Head]) -> None:
    records, head = chain
    assert holds(records, head)
    assert verify(records).events == len(records)


@given(chains(), st.data())
def test_fault_44_any_edit_of_any_key_of_any_event_is_found_at_its_place(
    chain: tuple[Records, Head], data: st.DataObject
) -> None:
    records, _ = chain
    number = data.draw(st.integers(0, len(records) - 1))
    key = data.draw(st.sampled_from(sorted(records[number])))
    value = data.draw(st.none() | st.integers() | st.text(max_size=5) | st.booleans() | facts | st.floats())
    assume(json.dumps(records[number][key]) != json.dumps(value))
    records[number][key] = value
    report = verify(records)
    assert not report.intact
    assert report.broken_at == number + 1
    assert report.reason


@given(chains(), st.data())
def test_fault_44_a_key_added_or_removed_is_found(chain: tuple[Records, Head], data: st.DataObject) -> None:
    records, _ = chain
    number = data.draw(st.integers(0, len(records) - 1))
    changed = dict(records[number])
    if data.draw(st.booleans()):
        changed["remark"] = "added"
    else:
        changed.pop(data.draw(st.sampled_from(sorted(changed))))
    records[number] = changed
    assert not verify(records).intact


@given(chains(), st.data())
def test_fault_44_an_event_deleted_doubled_or_swapped_is_found(
    chain: tuple[Records, Head], data: st.DataObject
) -> None:
    records, head = chain
    number = data.draw(st.integers(0, len(records) - 1))
    deleted = records[:number] + records[number + 1 :]
    assert not holds(deleted, head)
    doubled = [*records[: number + 1], *records[number:]]
    assert not holds(doubled, head)
    other = data.draw(st.integers(0, len(records) - 1))
    assume(other != number)
    records[number], records[other] = records[other], records[number]
    assert not holds(records, head)


@given(chains(), st.data())
def test_fault_44_a_tail_cut_off_is_seen_only_against_the_head(
    chain: tuple[Records, Head], data: st.DataObject
) -> None:
    records, head = chain
    cut = records[: data.draw(st.integers(0, len(records) - 1))]
    assert verify(cut).intact
    assert not holds(cut, head)


@given(chains(), st.data())
def test_fault_44_even_a_forger_who_mends_every_hash_is_betrayed_by_the_head(
    chain: tuple[Records, Head], data: st.DataObject
) -> None:
    records, head = chain
    number = data.draw(st.integers(0, len(records) - 1))
    forged = [dict(record) for record in records]
    forged[number]["kind"] = "forged"
    forged = rehashed(forged)
    assert verify(forged).intact
    assert not holds(forged, head)


@given(st.lists(entries, min_size=1, max_size=4), st.lists(entries, min_size=1, max_size=4))
def test_a_chain_goes_on_where_it_stood(first: list[Entry], second: list[Entry]) -> None:
    begun = link(ENVELOPE, Head(), first)
    more = link(ENVELOPE, head_of(begun), second)
    assert records_of((*begun, *more)) == records_of(link(ENVELOPE, Head(), [*first, *second]))


def test_an_event_of_another_envelope_does_not_belong_into_the_chain() -> None:
    (mine,) = link(ENVELOPE, Head(), [Entry("created", "sender", at())])
    (foreign,) = link(EnvelopeId("E2"), Head(1, mine.sha256), [Entry("out", "sender", at())])
    report = verify(records_of((mine, foreign)))
    assert (report.intact, report.broken_at) == (False, 2)


def test_words_are_composed_before_they_are_hashed_so_that_what_is_exported_is_what_was_hashed() -> None:
    (event,) = link(ENVELOPE, Head(), [Entry("signed", "recipient:A\u030a", at(), {"how": "A\u030a"})])
    assert event.body()["facts"] == {"how": "\u00c5"}
    assert event.body()["actor"] == "recipient:\u00c5"
    (record,) = records_of((event,))
    record["facts"]["how"] = "A\u030a"
    assert not verify([record]).intact


def test_a_machine_that_runs_for_years_still_has_a_chain_every_json_reader_reads_alike() -> None:
    long = Moment(at().wall, 2**62, "a-boot")
    (event,) = link(ENVELOPE, Head(), [Entry("created", "sender", long)])
    assert event.body()["monotonic_ns"] == str(2**62)
    assert verify(records_of((event,))).intact


def test_a_bottomless_event_is_no_event_and_no_crash() -> None:
    (record,) = records_of(link(ENVELOPE, Head(), [Entry("created", "sender", at())]))
    deep: list[Any] = []
    for _ in range(900):
        deep = [deep]
    record["facts"] = {"deep": deep}
    assert not verify([record]).intact


def test_an_empty_trail_is_whole_and_stands_at_the_root() -> None:
    assert verify([]).intact
    assert head_of(()) == Head(0, ROOT)


def test_times_are_told_in_utc_with_microseconds() -> None:
    zone = timezone(timedelta(hours=2))
    assert stamp(datetime(2026, 1, 31, 14, 0, 0, 5, tzinfo=zone)) == "2026-01-31T12:00:00.000005Z"


def test_the_order_is_that_of_the_sequence_also_when_the_clock_went_back() -> None:
    """Fault 49."""
    back = replace(at(), wall=at(-60).wall)
    events = link(ENVELOPE, Head(), [Entry("created", "sender", at()), Entry("out", "sender", back)])
    assert [event.sequence for event in events] == [1, 2]
    assert verify(records_of(events)).intact


@pytest.mark.parametrize("claimed", [None, 5, "", "0" * 64, []])
def test_a_hash_that_is_none_is_a_broken_link(claimed: object) -> None:
    (record,) = records_of(link(ENVELOPE, Head(), [Entry("created", "sender", at())]))
    assert verify([{**record, "sha256": claimed}]).broken_at == 1
