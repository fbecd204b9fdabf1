"""What leaves the library."""

import hashlib
import json
from pathlib import Path

import pytest

from app.domain import errors
from app.services import auditing, copies, ending, exporting, reading, signing_at_once, verifying
from app.services.exporting import Options, safe_name
from app.services.house import House
from tests.support import leases


@pytest.fixture
def completed(house: House, tmp_path: Path) -> str:
    envelope_id = leases.sent(house, tmp_path, "buyer", title="Lease / 2026")
    signing_at_once.sign(house, envelope_id, "buyer", leases.act("buyer"))
    return envelope_id


def test_every_file_is_there_with_its_fingerprint(house: House, completed: str, tmp_path: Path) -> None:
    files = exporting.export(house, completed, tmp_path / "out", Options(True, "secret", "COPY"))
    assert [f.kind for f in files] == [
        "document", "certificate", "watermarked", "encrypted", "combined", "audit", "data", "personal",
        "seal", "authority",
    ]  # fmt: skip
    for file in files:
        assert hashlib.sha256(file.path.read_bytes()).hexdigest() == file.sha256
    assert len({f.path for f in files}) == len(files)
    assert not [path for path in (tmp_path / "out").iterdir() if path.name.startswith(".")]
    assert house.looker.inspect(next(f.path for f in files if f.kind == "encrypted")).needs_password
    assert "COPY" in house.looker.text(next(f.path for f in files if f.kind == "watermarked"), 1).text


def test_an_exported_trail_is_whole_and_every_change_of_it_is_found(
    house: House, completed: str, tmp_path: Path
) -> None:
    files = exporting.export(house, completed, tmp_path)
    path = next(f.path for f in files if f.kind == "audit")
    assert auditing.verify_file(path).report.intact
    trail = json.loads(path.read_text())
    for change in (
        lambda events: events.pop(),
        lambda events: events.pop(2),
        lambda events: events.insert(1, events[1]),
        lambda events: events.reverse(),
        lambda events: events[3]["facts"].update(turn=["seller"]),
        lambda events: events[0].update(time="2020-01-01T00:00:00.000000Z"),
    ):
        changed = json.loads(json.dumps(trail))
        change(changed["events"])
        path.write_text(json.dumps(changed))
        assert not auditing.verify_file(path).report.intact


def test_a_voided_envelope_leaves_as_marked_copies_and_its_seals_hold_under_a_name_that_says_so(
    house: House, tmp_path: Path
) -> None:
    envelope_id = leases.sent(house, tmp_path)
    signing_at_once.sign(house, envelope_id, "buyer", leases.act("buyer"))
    ending.void(house, envelope_id, "Wrong price")
    files = exporting.export(house, envelope_id, tmp_path / "out")
    (document,) = (f.path for f in files if f.kind == "document")
    assert "VOIDED" in house.looker.text(document, 2).text
    assert document.name == "lease (VOIDED).pdf"
    assert not verifying.verify(house, document).all_valid
    (sealed,) = (f.path for f in files if f.kind == "sealed")
    assert sealed.name == "lease (VOIDED, as sealed).pdf"
    assert verifying.verify(house, sealed).all_valid
    assert sealed.read_bytes() == house.library.blobs.read(reading.envelope(house, envelope_id).documents[0].latest)


def test_what_nobody_sealed_leaves_voided_as_a_marked_copy_alone(house: House, tmp_path: Path) -> None:
    envelope_id = leases.sent(house, tmp_path)
    ending.void(house, envelope_id, "Wrong price")
    files = exporting.export(house, envelope_id, tmp_path / "out")
    assert [f.path.name for f in files if f.path.suffix == ".pdf"] == ["lease (VOIDED).pdf"]


@pytest.mark.parametrize("hide", [False, True])
def test_a_copy_taken_along_of_a_voided_envelope_is_marked(house: House, tmp_path: Path, hide: bool) -> None:
    envelope_id = leases.sent(house, tmp_path, hide_other_signers=hide)
    signing_at_once.sign(house, envelope_id, "buyer", leases.act("buyer"))
    ending.void(house, envelope_id, "Wrong price")
    (copy, *_) = copies.give(house, envelope_id, "buyer", tmp_path / "out")
    assert copy.path.name == "lease (VOIDED).pdf"
    assert "VOIDED" in house.looker.text(copy.path, 1).text


def test_fault_71_names_are_of_our_own_making() -> None:
    for title, wanted in {
        "../../etc/passwd": "etc passwd",
        "a/b\\c:d": "a b c d",
        "CON": "CON_",
        "\u202egnp.exe": "gnp.exe",
        "  . ": "document",
        "Vertrag für Zoë": "Vertrag für Zoë",
        "x" * 300: "x" * 80,
    }.items():
        assert safe_name(title) == wanted


def test_titles_that_are_alike_get_numbers(tmp_path: Path) -> None:
    folder = exporting.Folder(tmp_path)
    names = [folder.name("Lease", ".pdf").name for _ in range(3)]
    assert names == ["Lease.pdf", "Lease 2.pdf", "Lease 3.pdf"]


def test_a_place_that_cannot_be_written_is_named(house: House, completed: str, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(errors.NotWritable) as refused:
        exporting.export(house, completed, tmp_path / "file")
    assert refused.value.path == str(tmp_path / "file")


def test_fault_44_a_tail_cut_off_the_trail_is_found(house: House, completed: str) -> None:
    assert auditing.verify_trail(house, completed).intact
    assert reading.head(house, completed).count == len(reading.trail(house, completed))
