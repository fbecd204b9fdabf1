"""A small picture of the place where somebody signed: in the trail, the bundle and the certificate, or switched off."""

import hashlib
import json
from pathlib import Path

import pytest
from PIL import Image

from app.domain import errors
from app.domain.envelope import Envelope
from app.services import erasing, exporting, preferences, reading, signing, signing_at_once
from app.services.exporting import Exported
from app.services.house import House
from tests.independent import check_bundle
from tests.support import bundles, leases

MODES: dict[str, dict[str, object]] = {
    "each act sealed": {},
    "sealed at the end": {"sealing": "at_completion"},
    "others hidden": {"hide_other_signers": True},
}


def sits_down_and_signs(house: House, envelope_id: str, role: str) -> None:
    """As in the room: somebody is watched."""
    signing.open_room(house, envelope_id, role)
    signing.identify(house, envelope_id, role, "Known to me")
    signing.consent(house, envelope_id, role)
    signing.adopt(house, envelope_id, role, leases.DRAWN)
    for field in reading.envelope(house, envelope_id).fields_of(role):
        value = leases.DRAWN if field.kind == "signature" else "As agreed"
        signing.fill(house, envelope_id, role, field.id, value)
    signing.finish(house, envelope_id, role)


def spots_of(files: tuple[Exported, ...]) -> list[Exported]:
    return [file for file in files if file.kind == "spot"]


def dark_share(path: Path) -> float:
    with Image.open(path) as picture:
        grey = picture.convert("L").tobytes()
    return sum(value < 128 for value in grey) / len(grey)


def sent(house: House, folder: Path, **more: object) -> Envelope:
    return reading.envelope(house, leases.sent(house, folder, "buyer", "seller", **more))


@pytest.mark.parametrize("mode", MODES)
def test_the_picture_shows_the_signature_and_is_what_the_trail_names(house: House, tmp_path: Path, mode: str) -> None:
    envelope = sent(house, tmp_path, **MODES[mode])
    for role in ("buyer", "seller"):
        sits_down_and_signs(house, envelope.id, role)
    house.library.sweep()
    files = exporting.export(house, envelope.id, tmp_path / "out")
    events = json.loads((tmp_path / "out" / "audit.json").read_text("utf-8"))["events"]
    numbers = [event["sequence"] for event in events if event["kind"] == "spot_pictured"]
    named = [events[number - 1]["facts"] for number in numbers]
    where = [(facts["role"], facts["document"], facts["page"]) for facts in named]
    assert where == [("buyer", "lease", 2), ("seller", "lease", 2)]
    pictures = spots_of(files)
    assert [facts["sha256"] for facts in named] == [file.sha256 for file in pictures]
    for file in pictures:
        assert hashlib.sha256(file.path.read_bytes()).hexdigest() == file.sha256
        assert dark_share(file.path) > 0.01
        with Image.open(file.path) as picture:
            assert max(picture.size) <= 720
    told = bundles.exported(house, envelope.id, tmp_path / "again")
    assert all(facts["sha256"] in told.certificate for facts in named)
    assert check_bundle.check(tmp_path / "out") == []
    for file in pictures:
        file.path.write_bytes(file.path.read_bytes()[:-1])
    assert check_bundle.check(tmp_path / "out") == [f"no file is the picture of event {n}" for n in numbers]
    kinds = [event["kind"] for event in events]
    assert kinds.index("signed") < kinds.index("spot_pictured") < kinds.index("countersigned")


def test_nothing_is_pictured_where_the_record_is_switched_off(house: House, tmp_path: Path) -> None:
    preferences.change(house, record_views=False)
    envelope = sent(house, tmp_path)
    sits_down_and_signs(house, envelope.id, "buyer")
    assert not spots_of(exporting.export(house, envelope.id, tmp_path / "out"))
    assert "spot_pictured" not in [event.entry.kind for event in reading.trail(house, envelope.id)]


def test_nothing_is_pictured_where_nobody_sat_before_the_room(house: House, tmp_path: Path) -> None:
    envelope = sent(house, tmp_path)
    signing_at_once.sign(house, envelope.id, "buyer", leases.act("buyer"))
    assert not spots_of(exporting.export(house, envelope.id, tmp_path / "out"))


def test_a_page_that_cannot_be_pictured_keeps_nobody_from_signing_and_the_trail_says_so(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    envelope = sent(house, tmp_path)

    def refuse(*_: object, **__: object) -> tuple[int, int]:
        raise errors.DocumentTooHeavy(path="lease", limit=1)

    monkeypatch.setattr(house.looker, "picture", refuse)
    sits_down_and_signs(house, envelope.id, "buyer")
    (missing,) = (event for event in reading.trail(house, envelope.id) if event.entry.kind == "spot_missing")
    assert missing.entry.facts["problem"] == "DocumentTooHeavy"
    assert reading.envelope(house, envelope.id).recipient("buyer").completed_at is not None


def test_erasing_personal_data_takes_the_pictures_too(house: House, tmp_path: Path) -> None:
    envelope = sent(house, tmp_path)
    for role in ("buyer", "seller"):
        sits_down_and_signs(house, envelope.id, role)
    assert len(spots_of(exporting.export(house, envelope.id, tmp_path / "out"))) == 2
    erasing.erase(house, envelope.id)
    assert not spots_of(exporting.export(house, envelope.id, tmp_path / "after"))
