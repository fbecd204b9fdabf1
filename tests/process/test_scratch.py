import os
import subprocess
import sys
import tempfile

from app.process import scratch


def test_fault_47_a_folder_is_closed_to_others_and_names_no_document():
    folder = scratch.make_folder()
    try:
        assert folder.stat().st_mode & 0o777 == 0o700
        assert folder.name.startswith(f"paraph-{os.getpid()}-")
    finally:
        scratch.remove_folder(folder)


def test_fault_47_folders_of_the_dead_are_swept_and_those_of_the_living_stay(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    mine = scratch.make_folder()
    with subprocess.Popen([sys.executable, "-c", ""]) as dead:
        pass
    theirs = tmp_path / f"paraph-{dead.pid}-abc"
    theirs.mkdir()
    (theirs / "page.tmp").write_text("x")
    foreign = tmp_path / "paraph-notes"
    foreign.mkdir()
    assert scratch.sweep() >= 1
    assert mine.exists()
    assert foreign.exists()
    assert not theirs.exists()


def test_a_link_in_the_temporary_folder_is_never_followed(tmp_path, monkeypatch):
    root, victim = tmp_path / "tmp", tmp_path / "victim"
    root.mkdir()
    victim.mkdir()
    (root / "paraph-999999999-abc").symlink_to(victim)
    monkeypatch.setattr(tempfile, "tempdir", str(root))
    scratch.sweep()
    assert victim.exists()
