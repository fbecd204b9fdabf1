"""What is said about time: by the machine, and since when an authority bears it out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from app.domain.audit import Proven
from app.domain.timestamping import claims, signed

NOON = datetime(2026, 11, 20, 12, 3, tzinfo=UTC)


def event(sequence: int, kind: str, **facts: Any) -> dict[str, Any]:
    time = (NOON + timedelta(minutes=sequence)).isoformat()
    return {
        "sequence": sequence, "kind": kind, "time": time, "offset_minutes": 120, "previous": "ab" * 32, "facts": facts,
    }  # fmt: skip


TRAIL = [event(1, "out"), event(2, "signed", role="buyer"), event(3, "signed", role="seller"), event(4, "completed")]


def test_without_a_time_stamp_there_is_the_machines_word_in_the_signers_own_time() -> None:
    first, _ = signed(TRAIL, ())
    assert first.sentence == "Signed by buyer on this machine at 2026-11-20 14:05 (machine clock)."


def test_the_earliest_time_stamp_behind_an_act_proves_it() -> None:
    late = Proven(9, NOON + timedelta(hours=9), "Other authority")
    early = Proven(5, NOON + timedelta(hours=4), "Time authority")
    between = Proven(3, NOON + timedelta(minutes=30), "Time authority")
    buyer, seller = signed(TRAIL, (late, early, between))
    assert buyer.proven is between
    assert seller.proven is early
    assert seller.sentence == (
        "Signed by seller on this machine at 2026-11-20 14:06 (machine clock); proven to exist before "
        "2026-11-20 18:03, says Time authority."
    )


def test_a_time_stamp_before_an_act_proves_nothing_of_it() -> None:
    (_, seller) = signed(TRAIL, (Proven(3, NOON, "Time authority"),))
    assert seller.proven is None


def test_a_token_is_claimed_over_the_event_before_it_and_what_is_none_is_empty() -> None:
    found = list(claims([*TRAIL, event(5, "time_stamped", token="AAEC"), event(6, "time_stamped", token="no token")]))
    assert [(one.sequence, one.sha256, one.token) for one in found] == [
        (5, "ab" * 32, b"\x00\x01\x02"),
        (6, "ab" * 32, b""),
    ]
