"""The device's word on where a trail stands, kept where a trail cannot reach."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.domain import errors
from app.domain.audit import ChainReport, Head, Moment
from app.domain.ids import EnvelopeId, Sha256
from app.services import auditing, countersigning, ending, exporting, reading, signing_at_once
from app.services.house import House
from app.store import Library
from app.vault import MemoryVault
from tests.support import houses, leases


class ShutVault(MemoryVault):
    """A vault nobody has the passphrase for."""

    def get(self, name: str) -> bytes:
        raise errors.VaultLocked(where="here")

    def put(self, name: str, secret: bytes) -> None:
        raise errors.VaultLocked(where="here")


class Settable(houses.SteppingClock):
    """A wall clock that somebody sets, beside one nobody can."""

    shift = timedelta()

    def moment(self) -> Moment:
        plain = super().moment()
        return replace(plain, wall=plain.wall + self.shift)


def signed(house: House, folder: Path, *roles: str) -> str:
    envelope_id = leases.sent(house, folder, *roles)
    signing_at_once.sign(house, envelope_id, roles[0], leases.act(roles[0]))
    return envelope_id


def test_each_ceremony_and_the_envelope_end_countersigned(house: House, tmp_path: Path) -> None:
    envelope_id = signed(house, tmp_path, "buyer", "seller")
    assert reading.trail(house, envelope_id)[-1].entry.kind == "countersigned"
    signing_at_once.sign(house, envelope_id, "seller", leases.act("seller"))
    kinds = [event.entry.kind for event in reading.trail(house, envelope_id)]
    assert kinds[-5:] == ["signed", "sealed", "countersigned", "completed", "countersigned"]
    report = auditing.verify_trail(house, envelope_id)
    assert (report.intact, report.countersigned) == (True, 3)


@pytest.mark.parametrize("end", ["declined", "voided"])
def test_the_other_ends_are_countersigned_too(house: House, tmp_path: Path, end: str) -> None:
    envelope_id = signed(house, tmp_path, "buyer", "seller")
    if end == "voided":
        ending.void(house, envelope_id, "A mistake")
    else:
        ending.decline(house, envelope_id, "seller", "Too dear")
    kinds = [event.entry.kind for event in reading.trail(house, envelope_id)]
    assert kinds[-2:] == [end, "countersigned"]


def test_an_envelope_ends_also_while_the_vault_is_shut(house: House, tmp_path: Path) -> None:
    envelope_id = leases.sent(house, tmp_path)
    ending.void(replace(house, vault=ShutVault()), envelope_id, "A mistake")
    assert reading.trail(house, envelope_id)[-1].entry.kind == "voided"
    assert auditing.verify_trail(house, envelope_id).intact


def test_a_signature_of_another_key_is_found(house: House, tmp_path: Path) -> None:
    envelope_id = signed(house, tmp_path, "buyer")
    records = [dict(record) for record in auditing.export_trail(house, envelope_id)]
    at = next(n for n, record in enumerate(records) if record["kind"] == "countersigned")
    records[at]["facts"] = {**records[at]["facts"], "signature": "30" * 8}
    whole = ChainReport(len(records), True)
    report = countersigning.judged(records, whole, countersigning.certificates(house))
    assert (report.intact, report.broken_at) == (False, at + 1)


@pytest.fixture
def rolled_back(rooms: houses.Rooms, tmp_path: Path) -> Iterator[tuple[House, str]]:
    """A whole profile of yesterday, with the vault of today."""
    vault = MemoryVault()
    library = tmp_path / "library"
    with houses.house(rooms, library, vault=vault) as house:
        envelope_id = signed(house, tmp_path, "buyer", "seller")
    shutil.copytree(library, tmp_path / "yesterday")
    with houses.house(rooms, library, vault=vault) as house:
        signing_at_once.sign(house, envelope_id, "seller", leases.act("seller"))
    with houses.house(rooms, tmp_path / "yesterday", vault=vault) as house:
        yield house, envelope_id


def test_fault_44_a_profile_rolled_back_is_detected(rolled_back: tuple[House, str]) -> None:
    house, envelope_id = rolled_back
    report = auditing.verify_trail(house, envelope_id)
    assert (report.intact, report.reason) == (False, countersigning.ROLLED_BACK)
    assert auditing.verify_trail(replace(house, vault=MemoryVault()), envelope_id).intact


def test_fault_44_a_database_rolled_back_alone_is_detected(rooms: houses.Rooms, tmp_path: Path) -> None:
    library = tmp_path / "library"
    with houses.house(rooms, library) as house:
        envelope_id = signed(house, tmp_path, "buyer", "seller")
    kept = {path.name: path.read_bytes() for path in library.glob("library.sqlite3*")}
    with houses.house(rooms, library) as house:
        signing_at_once.sign(house, envelope_id, "seller", leases.act("seller"))
    for path in library.glob("library.sqlite3*"):
        path.unlink()
    for name, data in kept.items():
        (library / name).write_bytes(data)
    with houses.house(rooms, library) as house:
        assert not auditing.verify_trail(house, envelope_id).intact


def test_the_notes_of_heads_survive_a_torn_line_and_believe_no_changed_one(tmp_path: Path) -> None:
    with Library.open(tmp_path / "library") as library:
        first = library.anchor(EnvelopeId("E1"), Head(3, Sha256("a" * 64)))
        log = tmp_path / "library" / "anchors.log"
        with log.open("a") as file:
            file.write("2 E1 4 bbb")
        second = library.anchor(EnvelopeId("E1"), Head(5, Sha256("c" * 64)))
        assert list(library.anchors().all()) == [first, second]
        assert second.number == 2
        log.write_text(log.read_text().replace(" 3 ", " 2 "))
        assert list(library.anchors().all()) == []


def test_a_draft_leaves_without_making_keys(house: House, tmp_path: Path) -> None:
    envelope_id = leases.draft(house, tmp_path)
    files = exporting.export(house, envelope_id, tmp_path / "out")
    trail = json.loads(next(f.path for f in files if f.kind == "audit").read_text())
    assert "seal" not in trail
    assert house.vault.names() == ()


@pytest.mark.parametrize("end", ["declined", "voided"])
def test_an_end_that_came_while_the_vault_was_shut_is_countersigned_at_the_next_chance(
    house: House, tmp_path: Path, end: str
) -> None:
    envelope_id = signed(house, tmp_path, "buyer", "seller")
    shut = replace(house, vault=ShutVault())
    if end == "voided":
        ending.void(shut, envelope_id, "A mistake")
    else:
        ending.decline(shut, envelope_id, "seller", "Too dear")
    assert not ending.countersign_late(shut).items, "the keys are still locked"
    before = auditing.verify_trail(house, envelope_id).countersigned
    assert ending.countersign_late(house).one("envelope") == envelope_id
    kinds = [event.entry.kind for event in reading.trail(house, envelope_id)]
    assert kinds[-2:] == [end, "countersigned"]
    report = auditing.verify_trail(house, envelope_id)
    assert (report.intact, report.countersigned) == (True, before + 1)
    assert not ending.countersign_late(house).items, "once"


def test_a_late_countersignature_tells_what_the_clock_did_before_it(rooms: houses.Rooms, tmp_path: Path) -> None:
    clock = Settable(datetime(2026, 1, 1, tzinfo=UTC))
    with houses.house(rooms, tmp_path / "library", clock) as house:
        envelope_id = leases.sent(house, tmp_path)
        ending.void(replace(house, vault=ShutVault()), envelope_id, "A mistake")
        clock.shift = timedelta(hours=-3)
        ending.countersign_late(house)
        kinds = [event.entry.kind for event in reading.trail(house, envelope_id)]
        assert kinds[-3:] == ["voided", "clock_noted", "countersigned"]
        assert auditing.verify_trail(house, envelope_id).intact


def test_what_is_gone_or_open_again_is_not_waited_for(house: House, tmp_path: Path) -> None:
    open_again = leases.sent(house, tmp_path)
    waiting = house.library.boxes(ending.UNSIGNED)
    for name in (open_again, "01JZZZZZZZZZZZZZZZZZZZZZZZ"):
        waiting.put(name, b"")
    ending.countersign_late(house)
    assert waiting.names() == ()
    assert "countersigned" not in [event.entry.kind for event in reading.trail(house, open_again)]
