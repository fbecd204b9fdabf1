"""What happens to the machine while the library is in use: kills, full and read-only disks, other programs."""

from __future__ import annotations

import errno
import os
import random
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from app.domain import errors
from app.domain.audit import ChainReport
from app.domain.canonical import fingerprint
from app.domain.ids import Sha256
from app.store import Library, Query
from tests.store.conftest import Start
from tests.support.envelopes import envelope, identifier, recorded, retitled

KILLED = -9


def _line(child: subprocess.Popen[str]) -> str:
    assert child.stdout is not None
    line = child.stdout.readline().strip()
    assert line, child.stderr.read() if child.stderr else ""
    return line


def _expect_whole(library: Library) -> None:
    """Every page, every chain, and every blob an envelope names."""
    library.examine()
    for name in library.ids(Query()):
        assert library.judge(name).intact
        whole = library.envelope(name)
        assert library.head(name).count == whole.version
        for document in whole.documents:
            if document.current:
                library.blobs.read(document.current)


@pytest.mark.parametrize("seed", range(6))
def test_fault_36_a_kill_at_any_moment_loses_nothing_acknowledged(folder: Path, start: Start, seed: int) -> None:
    chance = random.Random(seed)
    child = start("seal_for_ever", folder)
    acknowledged = [int(_line(child)) for _ in range(chance.randint(1, 8))]
    time.sleep(chance.random() * 0.02)
    child.kill()
    rest, _ = child.communicate()
    acknowledged += [int(line) for line in rest.split("\n")[:-1]]
    with Library.open(folder) as library:
        _expect_whole(library)
        assert library.envelope(identifier(1)).version in (acknowledged[-1], acknowledged[-1] + 1)


@pytest.mark.parametrize(
    ("where", "whole"),
    [
        ("writing and renaming", False),
        ("blob and row", True),
        ("row and commit", True),
        ("events and commit", True),
    ],
)
def test_fault_37_a_kill_between_blob_and_row_leaves_at_most_an_orphan(
    folder: Path, start: Start, where: str, whole: bool
) -> None:
    child = start("die_between", folder, where)
    assert child.wait(60) == KILLED
    sealed = fingerprint(b"sealed" * 1000)
    with Library.open(folder) as library:
        _expect_whole(library)
        (before,) = library.rows(library.ids(Query()))
        assert library.envelope(before.id).version == 1
        incoming = list((library.blobs.folder / "incoming").iterdir())
        assert [path.name for path in library.blobs.all()] == [sealed] * whole
        assert len(incoming) == (not whole)
        assert library.sweep() == 0
        assert library.blobs.sweep(library.referenced(), time.time() + 3601) == 1
        assert not [*library.blobs.all(), *(library.blobs.folder / "incoming").iterdir()]


def test_fault_35_a_half_written_blob_never_has_its_name(folder: Path, start: Start) -> None:
    child = start("die_between", folder, "writing and renaming")
    child.wait(60)
    with Library.open(folder) as library, pytest.raises(errors.BlobMissing):
        library.blobs.path(Sha256(fingerprint(b"sealed" * 1000)))


def _in_own_disks(folder: Path) -> tuple[str, ...]:
    """A namespace of mounts for the child alone; no right of root is needed where the system allows it."""
    within = ("unshare", "--user", "--map-root-user", "--mount")
    if sys.platform != "linux" or not shutil.which("unshare"):
        pytest.skip("needs Linux and unshare")
    folder.mkdir()
    tried = subprocess.run([*within, "mount", "-t", "tmpfs", "none", str(folder)], capture_output=True, check=False)
    if tried.returncode:
        pytest.skip(f"no private mounts here: {tried.stderr.decode().strip()}")
    return within


def _lines(child: subprocess.Popen[str]) -> list[str]:
    out, problem = child.communicate(timeout=60)
    assert child.returncode == 0, problem
    return out.splitlines()


def test_fault_38_a_full_disk_refuses_rolls_back_and_can_still_be_read(tmp_path: Path, start: Start) -> None:
    disk = tmp_path / "disk"
    child = start("fill_small_disk", disk, within=_in_own_disks(disk))
    assert _lines(child) == ["LibraryUnwritable"] * 3 + ["read True left 0", "version 2 True"]


def test_fault_38_and_39_a_write_that_fails_in_the_middle_is_rolled_back(folder: Path, start: Start) -> None:
    child = start("limit_file_size", folder)
    assert _lines(child) == ["LibraryUnwritable", "LibraryUnwritable", "read True left 0"]
    with Library.open(folder) as library:
        _expect_whole(library)
        assert library.envelope(identifier(1)).version == 1


def test_fault_39_a_library_on_a_read_only_disk_is_refused(tmp_path: Path, start: Start) -> None:
    disk = tmp_path / "disk"
    child = start("open_read_only", disk, within=_in_own_disks(disk))
    assert _lines(child) == ["LibraryUnwritable"] * 2


@pytest.mark.parametrize("number", [errno.EIO, errno.ENOSPC, errno.EROFS, errno.EDQUOT])
def test_fault_39_a_disk_that_fails_under_a_blob_is_told_and_leaves_nothing(
    library: Library, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def fail(_: object) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr("app.store.blobs._sync_file", fail)
        with pytest.raises(errors.LibraryUnwritable) as refused:
            library.blobs.put_bytes(b"never durable")
    assert refused.value.reason == os.strerror(number)
    assert not [*library.blobs.all(), *(library.blobs.folder / "incoming").iterdir()]
    assert library.blobs.read(library.blobs.put_bytes(b"never durable")) == b"never durable"


def test_fault_39_a_place_that_cannot_hold_a_library_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(errors.LibraryUnwritable):
        Library.open(tmp_path / "file" / "library")
    with pytest.raises(errors.LibraryUnwritable):
        Library.open(tmp_path / "file")


def test_fault_40_eight_processes_record_in_turn_and_the_chain_is_whole(
    folder: Path, library: Library, start: Start
) -> None:
    (shared,) = library.record(recorded(envelope()))
    children = [start("edit", folder, shared.id, 50) for _ in range(8)]
    for child in children:
        assert _lines(child) == ["done"]
    assert library.envelope(shared.id).version == 401
    assert library.judge(shared.id) == ChainReport(401, True)
    assert len({event.entry.moment for event in library.trail(shared.id)}) == 1
    _expect_whole(library)


def test_fault_40_processes_that_make_a_library_together_make_one(folder: Path, start: Start) -> None:
    children = [start("open_it", folder) for _ in range(4)]
    assert [_lines(child) for child in children] == [["0"]] * 4


def test_fault_41_a_writer_waits_and_then_says_that_the_library_is_busy(folder: Path, start: Start) -> None:
    with Library.open(folder, busy_s=0.4) as library:
        (kept,) = library.record(recorded(envelope()))
        holder = start("hold_lock", folder)
        assert _line(holder) == "held"
        began = time.monotonic()
        with pytest.raises(errors.LibraryBusy) as refused:
            library.record(retitled(kept, "Mine"))
        assert time.monotonic() - began >= 0.4
        assert refused.value.seconds == 0.4
        assert library.envelope(kept.id) == kept, "readers never wait"
        assert library.list(Query()).total == 1
        holder.communicate("go\n")
        (after,) = library.record(retitled(kept, "Mine"))
        assert library.envelope(kept.id) == after


def test_fault_41_a_writer_that_waits_long_enough_gets_its_turn(folder: Path, library: Library, start: Start) -> None:
    (kept,) = library.record(recorded(envelope()))
    holder = start("hold_lock", folder)
    assert _line(holder) == "held"
    free = threading.Timer(0.3, lambda: holder.communicate("go\n"))
    free.start()
    (after,) = library.record(retitled(kept, "Mine"))
    free.join()
    assert after.version == 2
