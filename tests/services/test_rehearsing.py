"""Trying an envelope as one of its recipients, and what is found."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.domain import errors
from app.domain.fields.base import TextStyle
from app.domain.fields.condition import Condition, Effect, Group, Op, Test
from app.services import drafting, reading, rehearsing
from app.services.house import House
from tests.support import leases


def changed(house: House, envelope_id: str, key: str, **changes: Any) -> None:
    """The field of this mapping key, changed."""
    fields = reading.envelope(house, envelope_id).fields
    drafting.set_fields(house, envelope_id, [replace(f, **changes) if f.mapping_key == key else f for f in fields])


def found(house: House, envelope_id: str, role: str = "buyer") -> list[tuple[str, str]]:
    return [(one.code, one.subject) for one in rehearsing.rehearse(house, envelope_id, role).findings]


def test_an_envelope_in_order_is_played_to_its_end_and_nothing_is_kept(house: House, tmp_path: Path) -> None:
    envelope_id = leases.draft(house, tmp_path)
    before = reading.envelope(house, envelope_id), reading.trail(house, envelope_id)
    rehearsal = rehearsing.rehearse(house, envelope_id, "seller")
    assert (rehearsal.findings, rehearsal.fields) == ((), 2)
    assert rehearsal.minutes >= 1
    assert (reading.envelope(house, envelope_id), reading.trail(house, envelope_id)) == before


def test_a_condition_that_never_holds_hides_its_field_for_ever(house: House, tmp_path: Path) -> None:
    envelope_id = leases.draft(house, tmp_path)
    signature = next(f for f in reading.envelope(house, envelope_id).fields_of("buyer") if f.kind == "signature")
    never = Condition(Effect.SHOW, (Group((Test(signature.id, Op.EMPTY),)),))
    changed(house, envelope_id, "buyer_text", conditions=(never,))
    assert ("unreachable", "buyer_text") in found(house, envelope_id)
    always = Condition(Effect.SHOW, (Group((Test(signature.id, Op.FILLED),)),))
    changed(house, envelope_id, "buyer_text", conditions=(always,))
    assert ("always", "buyer_text") in found(house, envelope_id)


def test_text_without_room_and_text_too_faint_are_found(house: House, tmp_path: Path) -> None:
    envelope_id = leases.draft(house, tmp_path)
    changed(house, envelope_id, "buyer_text", style=TextStyle(size_pt=20, colour="#dddddd"))
    field = next(f for f in reading.envelope(house, envelope_id).fields if f.mapping_key == "buyer_text")
    changed(house, envelope_id, "buyer_text", rect=replace(field.rect, width=20))
    assert {("overflow", "buyer_text"), ("contrast", "buyer_text")} <= set(found(house, envelope_id))


def test_a_walk_that_jumps_back_up_is_found(house: House, tmp_path: Path) -> None:
    envelope_id = leases.draft(house, tmp_path)
    fields = reading.envelope(house, envelope_id).fields
    last_first = [replace(f, tab_index=1) if f.kind == "signature" and f.recipient == "buyer" else f for f in fields]
    drafting.set_fields(house, envelope_id, last_first)
    assert ("tab_order", "buyer_text") in found(house, envelope_id)


def test_what_nobody_could_fill_in_is_said_in_words(house: House, tmp_path: Path) -> None:
    envelope_id = leases.draft(house, tmp_path)
    fields = reading.envelope(house, envelope_id).fields
    constraint = replace(fields[1].constraint, pattern="[A-Z]{2}[0-9]{7}")
    changed(house, envelope_id, "buyer_text", constraint=constraint)
    (finding,) = (f for f in rehearsing.rehearse(house, envelope_id, "buyer").findings if f.code == "cannot_finish")
    assert "buyer_text" in finding.sentence


def test_who_only_gets_a_copy_has_nothing_to_rehearse(house: House, tmp_path: Path) -> None:
    people = [*leases.spec_of("buyer")["recipients"], {"role": "file", "name": "Archive", "action": "copy"}]
    envelope_id = leases.draft(house, tmp_path, "buyer", recipients=people)
    with pytest.raises(errors.NothingToDo):
        rehearsing.rehearse(house, envelope_id, "file")


def test_contrast_is_that_of_the_standard() -> None:
    assert rehearsing.contrast("#000000") == pytest.approx(21)
    assert rehearsing.contrast("#ffffff") == pytest.approx(1)
    assert rehearsing.contrast("#767676") == pytest.approx(4.54, abs=0.01)
