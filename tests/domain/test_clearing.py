"""Taking back what was entered."""

from __future__ import annotations

import pytest

from app.domain import clearing, errors, signing
from app.domain.ceremony import IdEvidence
from app.ui.models.room_desk import Identified
from tests.support.room import RoomDeskInMemory, a_field, an_envelope


def consented() -> RoomDeskInMemory:
    desk = RoomDeskInMemory(an_envelope([a_field("checkbox", label="Rules read")]))
    desk.open()
    desk.identify(Identified("Known", IdEvidence.KNOWN), {})
    desk.consent("en")
    return desk


def test_a_required_tick_can_be_taken_back_and_is_missing_again() -> None:
    desk = consented()
    tick = desk.envelope().fields[0]
    desk.fill({tick.id: True})
    assert not signing.missing(desk.envelope(), "buyer")
    desk.clear(tick.id)
    assert signing.missing(desk.envelope(), "buyer") == (tick,)
    assert desk.shelf.events[-2:] == ["field_filled", "field_cleared"], "the trail keeps both"


def test_nobody_clears_somebody_elses_field() -> None:
    desk = consented()
    theirs = next(field for field in desk.envelope().fields if field.recipient == "seller")
    with pytest.raises(errors.NotTheirField):
        desk.clear(theirs.id)


def test_nothing_is_cleared_before_consent() -> None:
    desk = RoomDeskInMemory(an_envelope())
    desk.open()
    with pytest.raises(errors.WrongStage):
        clearing.clear(desk.envelope(), "buyer", desk.envelope().fields[0].id, desk._moment())
