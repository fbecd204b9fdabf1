"""A ceremony in a scratch copy keeps the rules and leaves nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain import errors
from app.domain.ceremony import Stage
from app.domain.trim import PLAIN
from app.services import reading, rehearsing
from app.services.house import House
from tests.journeys.test_geometry import picture
from tests.support import leases


def everything(house: House, envelope_id: str) -> object:
    files = {
        path: path.stat().st_size for path in house.folder.rglob("*") if path.is_file() and "-wal" not in path.name
    }
    return reading.envelope(house, envelope_id), reading.trail(house, envelope_id), files


def test_played_from_handover_to_seal_it_leaves_nothing_in_the_library(house: House, tmp_path: Path) -> None:
    envelope_id = leases.draft(house, tmp_path)
    before = everything(house, envelope_id)
    play = rehearsing.begin(house, envelope_id, "buyer")
    play.open()
    play.consent("de")
    play.fill_in()
    play.finish()
    me = play.envelope.recipient("buyer")
    assert me.ceremony is not None
    assert (me.ceremony.stage, me.ceremony.identified_by) == (Stage.FINISHED, "rehearsal")
    assert len(play.envelope.values) == 2
    assert everything(house, envelope_id) == before


def test_the_rules_of_the_ceremony_hold(house: House, tmp_path: Path) -> None:
    play = rehearsing.begin(house, leases.draft(house, tmp_path), "buyer")
    play.open()
    with pytest.raises(errors.WrongStage):
        play.fill_in()
    play.consent("en")
    with pytest.raises(errors.SignatureMissing):
        play.finish()
    theirs = play.envelope.fields_of("seller")[0]
    with pytest.raises(errors.NotTheirField):
        play.fill({theirs.id: "Mine"})


def test_nobody_is_asked_for_a_code_and_nobody_gets_a_copy(house: House, tmp_path: Path) -> None:
    (buyer,) = leases.spec_of("buyer")["recipients"]
    asked = [{**buyer, "auth": [{"type": "access_code", "code": "Q7-41"}]}]
    envelope_id = leases.draft(house, tmp_path, "buyer", recipients=asked)
    assert reading.envelope(house, envelope_id).recipient("buyer").auth
    play = rehearsing.begin(house, envelope_id, "buyer")
    play.open()
    play.consent("en")
    assert play.envelope.copy_mode == "disabled"


def test_a_picture_goes_with_the_rehearsal(house: House, tmp_path: Path) -> None:
    envelope_id = leases.draft(house, tmp_path)
    before = everything(house, envelope_id)
    play = rehearsing.begin(house, envelope_id, "buyer")
    taken = play.take_picture(picture(tmp_path / "mark.png", 60, 40), PLAIN)
    kept = play.picture_file(taken.sha256)
    assert kept.is_file()
    assert everything(house, envelope_id) == before
    play.close()
    assert not kept.exists()
    with pytest.raises(errors.BlobMissing):
        play.picture_file(taken.sha256)
