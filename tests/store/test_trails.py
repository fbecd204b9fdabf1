"""The audit trail: it only grows, and what is done to it behind our back is seen."""

from __future__ import annotations

import shutil
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain import audit, errors
from app.domain.audit import Head
from app.domain.envelope import Envelope, EnvelopeStatus
from app.store import Library
from tests.support.envelopes import envelope, recorded, retitled

STEPS = 5


@pytest.fixture
def kept(library: Library) -> Envelope:
    """An envelope with five events, and another one with two."""
    (current,) = library.record(recorded(envelope(1, EnvelopeStatus.OUT)))
    for number in range(2, STEPS + 1):
        (current,) = library.record(retitled(current, f"Title {number}"))
    (other,) = library.record(recorded(envelope(2, EnvelopeStatus.OUT)))
    library.record(retitled(other, "Other"))
    return current


def _forge(folder: Path, *statements: str) -> None:
    """As somebody with the file and without scruples would: the triggers go first."""
    with sqlite3.connect(folder / "library.sqlite3") as raw:
        for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            raw.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            assert raw.execute(statement).rowcount > 0
    raw.close()


def test_a_trail_is_whole_and_verifies_as_exported(library: Library, kept: Envelope) -> None:
    events = library.trail(kept.id)
    assert [event.sequence for event in events] == [1, 2, 3, 4, 5]
    assert library.head(kept.id) == audit.head_of(events)
    assert library.judge(kept.id) == audit.ChainReport(STEPS, True)
    assert audit.verify(library.records(kept.id)) == audit.ChainReport(STEPS, True)
    assert library.records(kept.id) == tuple({**event.body(), "sha256": event.sha256} for event in events)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE events SET body = '{}'",
        "UPDATE events SET sha256 = '' WHERE sequence = 1",
        "DELETE FROM events WHERE sequence = 5",
        "DELETE FROM events",
        "DELETE FROM envelopes",
    ],
)
def test_the_database_itself_refuses_to_change_a_trail(
    folder: Path, library: Library, kept: Envelope, statement: str
) -> None:
    raw = sqlite3.connect(folder / "library.sqlite3", isolation_level=None)
    with pytest.raises(sqlite3.IntegrityError):
        raw.execute(statement)
    raw.close()
    assert library.judge(kept.id).intact


FACT = "UPDATE events SET body = replace(body, '\"sender\"', '\"system\"') WHERE envelope = 1 AND sequence = {}"


@pytest.mark.parametrize(
    ("statements", "broken_at"),
    [
        ([FACT.format(1)], 1),
        ([FACT.format(3)], 3),
        ([FACT.format(5)], 5),
        (["UPDATE events SET body = 'no JSON' WHERE envelope = 1 AND sequence = 2"], 2),
        (["UPDATE events SET body = '[]' WHERE envelope = 1 AND sequence = 2"], 2),
        (["UPDATE events SET sha256 = 'x' WHERE envelope = 1 AND sequence = 4"], 4),
        (["DELETE FROM events WHERE envelope = 1 AND sequence = 1"], 1),
        (["DELETE FROM events WHERE envelope = 1 AND sequence = 3"], 3),
        (
            [
                "DELETE FROM events WHERE envelope = 1 AND sequence = 3",
                "UPDATE events SET sequence = sequence - 1 WHERE envelope = 1 AND sequence > 3",
            ],
            3,
        ),
        (
            [
                "UPDATE events SET sequence = 99 WHERE envelope = 1 AND sequence = 2",
                "UPDATE events SET sequence = 2 WHERE envelope = 1 AND sequence = 3",
                "UPDATE events SET sequence = 3 WHERE envelope = 1 AND sequence = 99",
            ],
            2,
        ),
        (["DELETE FROM events WHERE envelope = 1 AND sequence = 5"], 5),
        (["DELETE FROM events WHERE envelope = 1 AND sequence > 2"], 3),
        (["DELETE FROM events WHERE envelope = 1"], 1),
        (["UPDATE envelopes SET events = 4 WHERE key = 1"], 4),
        (["INSERT INTO events SELECT envelope, 6, sha256, body FROM events WHERE envelope = 1 AND sequence = 5"], 6),
    ],
    ids=[
        "first edited",
        "edited",
        "last edited",
        "no JSON",
        "no object",
        "hash edited",
        "first deleted",
        "deleted",
        "deleted and closed up",
        "swapped",
        "tail cut",
        "long tail cut",
        "all deleted",
        "count lowered",
        "added",
    ],
)
def test_fault_44_what_was_done_to_a_trail_is_seen(
    folder: Path, library: Library, kept: Envelope, statements: list[str], broken_at: int
) -> None:
    _forge(folder, *statements)
    report = library.judge(kept.id)
    assert not report.intact
    assert report.broken_at == broken_at
    assert report.reason
    assert library.judge(envelope(2).id).intact


def test_fault_44_another_envelopes_trail_is_not_ones_own(folder: Path, library: Library, kept: Envelope) -> None:
    _forge(
        folder,
        "DELETE FROM events WHERE envelope = 1",
        "UPDATE events SET envelope = 1 WHERE envelope = 2",
        "UPDATE envelopes SET (events, head) = (SELECT events, head FROM envelopes WHERE key = 2) WHERE key = 1",
    )
    report = library.judge(kept.id)
    assert (report.intact, report.broken_at) == (False, 1)


def test_fault_44_a_tail_cut_with_its_count_is_seen_by_a_head_kept_elsewhere(
    folder: Path, library: Library, kept: Envelope
) -> None:
    anchor = library.head(kept.id)
    _forge(
        folder,
        "DELETE FROM events WHERE envelope = 1 AND sequence > 3",
        "UPDATE envelopes SET events = 3, head = (SELECT sha256 FROM events WHERE envelope = 1 AND sequence = 3) "
        "WHERE key = 1",
    )
    assert library.judge(kept.id).intact
    report = library.judge(kept.id, anchor)
    assert (report.intact, report.broken_at) == (False, 4)


def test_fault_44_a_library_put_back_to_an_earlier_day_is_seen_by_a_head_kept_elsewhere(folder: Path) -> None:
    with Library.open(folder) as library:
        (current,) = library.record(recorded(envelope()))
    shutil.copytree(folder, folder.with_name("yesterday"))
    with Library.open(folder) as library:
        library.record(retitled(current, "Signed since"))
        anchor = library.head(current.id)
        assert library.judge(current.id, anchor).intact
    shutil.rmtree(folder)
    folder.with_name("yesterday").rename(folder)
    with Library.open(folder) as library:
        assert library.judge(current.id).intact
        assert not library.judge(current.id, anchor).intact
        library.record(recorded(library.envelope(current.id), "edited", changed=["another history"]))
        assert library.judge(current.id).intact
        assert not library.judge(current.id, anchor).intact


def test_an_earlier_head_is_a_place_on_the_way(library: Library, kept: Envelope) -> None:
    third = library.trail(kept.id)[2]
    assert library.judge(kept.id, Head(3, third.sha256)).intact
    assert library.judge(kept.id, Head()).intact


def test_fault_44_a_trail_goes_on_after_a_cut_and_the_gap_stays_visible(
    folder: Path, library: Library, kept: Envelope
) -> None:
    _forge(folder, "DELETE FROM events WHERE envelope = 1 AND sequence = 5")
    library.record(retitled(kept, "As if nothing had happened"))
    report = library.judge(kept.id)
    assert (report.intact, report.broken_at) == (False, 5)


def test_a_line_that_is_no_event_is_named(folder: Path, library: Library, kept: Envelope) -> None:
    _forge(folder, "UPDATE events SET body = '{}' WHERE envelope = 1 AND sequence = 2")
    with pytest.raises(errors.TrailUnreadable) as refused:
        library.trail(kept.id)
    assert refused.value.path == f"{kept.id}#2"


def test_a_draft_that_went_out_and_came_back_can_go(library: Library, kept: Envelope) -> None:
    (back,) = library.record(recorded(replace(kept, status=EnvelopeStatus.DRAFT), "back_to_draft"))
    library.delete_draft(back.id)
    with pytest.raises(errors.UnknownEnvelope):
        library.head(back.id)


