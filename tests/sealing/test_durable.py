"""A batch is on the disk before anybody is told of it, and its folder is flushed once."""

from __future__ import annotations

import os
import stat
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.domain import errors
from app.domain.identity import KeyMaterial
from app.sealing import jobs, wire
from tests.support.acts import an_act
from tests.support.documents import Party, Sheet, prepared
from tests.support.pki import a_signer


def batch(folder: Path, authority: KeyMaterial, count: int) -> dict[str, Any]:
    party, key = Party(1), a_signer(authority)
    requests = []
    for number in range(count):
        source = prepared(folder / f"{number}.pdf", Sheet(parties=(party,)))
        act = an_act(source, folder / f"out-{number}.pdf", party, key)
        requests.append(wire.request_to_json(replace(act, fills=(), appearance=None)))
    return {"key": wire.key_to_json(key), "requests": requests}


def test_many_files_in_one_folder_are_made_durable_together_after_the_last(
    tmp_path: Path, authority: KeyMaterial, monkeypatch: pytest.MonkeyPatch
) -> None:
    flushed: list[tuple[Path, int]] = []
    monkeypatch.setattr(jobs, "make_durable", lambda each: flushed.append((each, len(list(each.glob("out-*.pdf"))))))
    answer = jobs.seal_many(batch(tmp_path, authority, 5))
    assert isinstance(answer, list)
    assert all("value" in each for each in answer if isinstance(each, dict))
    assert flushed == [(tmp_path, 5)]


def test_a_folder_that_cannot_be_flushed_is_told(
    tmp_path: Path, authority: KeyMaterial, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.fsync

    def fail(handle: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(5, "Input/output error")
        real(handle)

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(errors.NotWritable) as told:
        jobs.seal_many(batch(tmp_path, authority, 1))
    assert told.value.facts["reason"] == "Input/output error"


def test_a_single_seal_is_durable_by_itself(
    tmp_path: Path, authority: KeyMaterial, monkeypatch: pytest.MonkeyPatch
) -> None:
    flushed: list[Path] = []
    monkeypatch.setattr("app.sealing.publishing.make_durable", flushed.append)
    asked = batch(tmp_path, authority, 1)
    (request,) = asked["requests"]
    jobs.seal({**request, "key": asked["key"]})
    assert flushed == [tmp_path]


def test_a_file_that_cannot_be_flushed_is_told_and_hides_no_other(
    tmp_path: Path, authority: KeyMaterial, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.replace

    def replaced(path: Path, target: Path) -> Path:
        if target.name == "out-1.pdf":
            raise OSError(28, "No space left on device")
        return real(path, target)

    monkeypatch.setattr(Path, "replace", replaced)
    answers: Any = jobs.seal_many(batch(tmp_path, authority, 3))
    assert [*answers[0], *answers[2]] == ["value", "value"]
    assert answers[1] == {
        "error": "NotWritable",
        "facts": {"path": str(tmp_path / "out-1.pdf"), "reason": "No space left on device"},
    }
    assert sorted(each.name for each in tmp_path.iterdir() if each.name.startswith((".", "out"))) == [
        "out-0.pdf", "out-2.pdf",
    ]  # fmt: skip


def test_a_folder_that_is_not_there_hides_no_file_of_another(tmp_path: Path, authority: KeyMaterial) -> None:
    asked = batch(tmp_path, authority, 2)
    asked["requests"][0]["out"] = str(tmp_path / "nowhere" / "out.pdf")
    answers: Any = jobs.seal_many(asked)
    assert answers[0]["error"] == "NotWritable"
    assert "value" in answers[1]
