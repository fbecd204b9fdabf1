"""The bytes of documents."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain import errors
from app.domain.canonical import fingerprint
from app.domain.ceremony import Ceremony, Stage
from app.domain.envelope import Attachment
from app.domain.fields.base import PictureValue
from app.domain.ids import FieldId, Sha256
from app.domain.mark import Mark
from app.store import Blobs, Library
from app.store import blobs as module
from tests.support.envelopes import envelope, recorded

HOUR_S = 3600


@pytest.fixture
def blobs(folder: Path) -> Blobs:
    return Blobs(folder)


def _incoming(blobs: Blobs) -> list[Path]:
    return list((blobs.folder / "incoming").iterdir())


def _age(path: Path, seconds: float) -> None:
    then = time.time() - seconds
    os.utime(path, (then, then))


def test_a_blob_is_named_by_its_content_and_private(blobs: Blobs, tmp_path: Path) -> None:
    source = tmp_path / "Contract with Jane.pdf"
    source.write_bytes(b"%PDF-1.7 " + bytes(3_000_000))
    name = blobs.put(source)
    assert name == fingerprint(source.read_bytes())
    assert blobs.read(name) == source.read_bytes()
    assert stat.S_IMODE(blobs.path(name).stat().st_mode) == 0o600
    assert stat.S_IMODE(blobs.path(name).parent.stat().st_mode) == 0o700
    assert source.exists()
    assert not _incoming(blobs)
    with blobs.open(name) as file:
        assert file.read(8) == b"%PDF-1.7"


def test_the_same_bytes_are_kept_once_however_they_come(blobs: Blobs, tmp_path: Path) -> None:
    source, made = tmp_path / "a", blobs.new_file(".pdf")
    source.write_bytes(b"same")
    made.write_bytes(b"same")
    assert {blobs.put(source), blobs.put_bytes(b"same"), blobs.adopt(made)} == {fingerprint(b"same")}
    assert len(list(blobs.all())) == 1
    assert not _incoming(blobs)


def test_a_new_file_is_private_and_moves_in(blobs: Blobs) -> None:
    made = blobs.new_file(".pdf")
    assert made.suffix == ".pdf"
    assert stat.S_IMODE(made.stat().st_mode) == 0o600
    made.write_bytes(b"by a worker")
    made.chmod(0o644)
    name = blobs.adopt(made)
    assert not made.exists()
    assert blobs.read(name) == b"by a worker"
    assert stat.S_IMODE(blobs.path(name).stat().st_mode) == 0o600


@pytest.mark.parametrize("name", ["0" * 64, "", "../../etc/passwd", "A" * 64, "0" * 63 + "\n"])
def test_what_is_not_there_is_missing_whatever_it_is_called(blobs: Blobs, name: str) -> None:
    with pytest.raises(errors.BlobMissing):
        blobs.path(Sha256(name))


def test_a_source_that_cannot_be_read_is_the_sources_fault(blobs: Blobs, tmp_path: Path) -> None:
    with pytest.raises(errors.FileMissing):
        blobs.put(tmp_path / "nowhere")
    with pytest.raises(errors.FileUnreadable):
        blobs.put(tmp_path)
    with pytest.raises(errors.FileUnreadable):
        blobs.adopt(tmp_path / "never made")
    assert not _incoming(blobs)


def _flip(data: bytearray) -> None:
    data[len(data) // 2] ^= 1


@pytest.mark.parametrize("damage", [_flip, lambda data: data.pop(), lambda data: data.append(0), bytearray.clear])
def test_fault_43_a_blob_changed_on_disk_is_set_aside(blobs: Blobs, damage: Callable[[bytearray], object]) -> None:
    name = blobs.put_bytes(b"as it was" * 99)
    changed = bytearray(blobs.path(name).read_bytes())
    damage(changed)
    blobs.path(name).write_bytes(changed)
    with pytest.raises(errors.BlobDamaged) as refused:
        blobs.path(name, verify=True)
    assert refused.value.sha256 == name
    assert (blobs.folder.parent / "quarantine" / name).read_bytes() == changed
    with pytest.raises(errors.BlobDamaged):
        blobs.path(name)
    with pytest.raises(errors.BlobDamaged):
        blobs.read(name)


def test_fault_43_reading_verifies_and_the_right_bytes_put_again_heal(blobs: Blobs) -> None:
    name = blobs.put_bytes(b"right")
    blobs.path(name).write_bytes(b"wrong")
    with pytest.raises(errors.BlobDamaged):
        blobs.read(name)
    assert blobs.put_bytes(b"right") == name
    assert blobs.read(name) == b"right"


def test_fault_43_putting_the_right_bytes_over_changed_ones_heals(blobs: Blobs) -> None:
    name = blobs.put_bytes(b"right")
    blobs.path(name).write_bytes(b"wrong")
    blobs.put_bytes(b"right")
    assert blobs.path(name, verify=True).read_bytes() == b"right"


def test_fault_37_an_orphan_is_swept_when_it_is_old(library: Library) -> None:
    kept, orphan, young = (library.blobs.put_bytes(data) for data in (b"kept", b"orphan", b"young"))
    whole = envelope()
    document = whole.documents[0]
    library.record(recorded(whole.with_documents([replace(document, original=kept)])))
    for name in (kept, orphan):
        _age(library.blobs.path(name), HOUR_S + 60)
    assert library.sweep() == 1
    assert library.blobs.read(kept) == b"kept"
    assert library.blobs.read(young) == b"young"
    with pytest.raises(errors.BlobMissing):
        library.blobs.path(orphan)


def test_fault_47_unfinished_files_are_swept_when_old_and_tell_no_names(blobs: Blobs, tmp_path: Path) -> None:
    old, young = blobs.new_file(".pdf"), blobs.new_file(".pdf")
    _age(old, HOUR_S + 60)
    assert blobs.sweep(()) == 1
    assert _incoming(blobs) == [young]
    source = tmp_path / "Jane Smith.pdf"
    source.write_bytes(b"x")
    blobs.put(source)
    assert not [path for path in blobs.folder.rglob("*") if "Jane" in path.name]


def test_fault_37_bytes_put_again_are_young_again(blobs: Blobs) -> None:
    name = blobs.put_bytes(b"twice")
    _age(blobs.path(name), HOUR_S * 5)
    blobs.put_bytes(b"twice")
    assert blobs.sweep(()) == 0
    assert blobs.read(name) == b"twice"


def test_fault_37_bytes_put_again_while_the_sweep_is_at_them_stay(
    blobs: Blobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = blobs.put_bytes(b"twice")
    place = blobs.path(name)
    _age(place, HOUR_S * 5)
    rename = Path.replace

    def put_again_first(self: Path, target: Path) -> Path:
        monkeypatch.undo()
        blobs.put_bytes(b"twice")
        return rename(self, target)

    monkeypatch.setattr(Path, "replace", put_again_first)
    assert blobs.sweep(()) == 0
    assert blobs.read(name) == b"twice"


def test_every_kind_of_reference_keeps_its_blob(library: Library) -> None:
    """Names are looked for in the whole envelope as it is stored, so that none can be forgotten."""
    names = [library.blobs.put_bytes(bytes([number])) for number in range(9)]
    whole = envelope()
    document = replace(
        whole.documents[0], original=names[0], source=names[1], normalised=names[2], prepared=names[3], current=names[4]
    )
    ceremony = Ceremony(Stage.OPENED, whole.created_at, signature=Mark("image", picture=names[5], picture_size=(1, 1)))
    whole = replace(
        whole.with_documents([document]),
        attachments=(Attachment("plan", names[6], 1),),
        certificate=names[7],
        recipients=(replace(whole.recipients[0], ceremony=ceremony),),
        values={FieldId("F"): PictureValue(names[8], 1, 1)},
    )
    library.record(recorded(whole))
    for name in names:
        _age(library.blobs.path(name), HOUR_S * 2)
    assert library.sweep() == 0
    assert {path.name for path in library.blobs.all()} == set(names)


def test_a_blob_is_synchronised_before_it_has_its_name(blobs: Blobs, monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[str] = []
    sync_file, sync_folder, rename = module._sync_file, module.sync_folder, Path.replace
    monkeypatch.setattr(module, "_sync_file", lambda path: (order.append("file"), sync_file(path)))
    monkeypatch.setattr(module, "sync_folder", lambda path: (order.append(path.name), sync_folder(path)))
    monkeypatch.setattr(Path, "replace", lambda path, target: (order.append("rename"), rename(path, target)))
    name = blobs.put_bytes(b"durable")
    assert order == ["file", "blobs", "rename", name[:2]]
