"""Where things lie."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from app import paths


def test_what_is_asked_for_comes_before_the_environment_and_that_before_the_platform(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PARAPH_LIBRARY", str(tmp_path / "env"))
    assert paths.library_folder(str(tmp_path / "asked")) == tmp_path / "asked"
    assert paths.library_folder() == tmp_path / "env"
    monkeypatch.delenv("PARAPH_LIBRARY")
    assert paths.library_folder().name == paths.NAME


def test_a_library_is_named_from_home_or_from_where_one_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert paths.library_folder("here") == tmp_path / "here"
    assert paths.library_folder("~/there") == Path.home() / "there"


def test_a_resource_is_found_and_a_missing_one_is_named() -> None:
    assert paths.resource("fonts").is_dir()
    with pytest.raises(FileNotFoundError, match="resources/no/such"):
        paths.resource("no", "such")


def test_a_frozen_bundle_is_looked_into_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "resources" / "fonts").mkdir(parents=True)
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert paths.resource("fonts") == tmp_path / "resources" / "fonts"
    assert paths.resource("icons").parent == Path(paths.__file__).resolve().parents[1] / "resources"


def test_logs_and_documents_have_their_places() -> None:
    assert paths.NAME in str(paths.log_folder())
    assert paths.documents_folder().is_absolute()


@pytest.mark.parametrize(
    ("place", "kind"),
    [("mine", ""), ("share", "nfs4"), ("share/disk", ""), ("my work", "fuse.sshfs"), ("sharex", "")],
)
def test_fault_51_a_network_share_is_known_by_its_mount(place: str, kind: str, tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(
        "/dev/sda / ext4 rw 0 0\n"
        f"host:/x {tmp_path}/share nfs4 rw 0 0\n"
        f"/dev/sdb {tmp_path}/share/disk ext4 rw 0 0\n"
        f"host:/y {tmp_path}/my\\040work fuse.sshfs rw 0 0\n"
    )
    assert paths.share_under(tmp_path / place / "library", mounts) == kind
    assert paths.share_under(tmp_path, tmp_path / "absent") == ""
