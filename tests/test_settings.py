"""Settings: declared once, read with care, written whole."""

from __future__ import annotations

import json
import os
import stat
from dataclasses import fields, replace
from pathlib import Path

import pytest

from app import settings
from app.domain.errors import LibraryUnwritable, SpecError
from app.settings import Settings, declarations


def write(folder: Path, text: str) -> None:
    (folder / "settings.json").write_text(text, "utf-8")


def kept(folder: Path) -> dict[str, object]:
    found: dict[str, object] = json.loads((folder / "settings.json").read_text("utf-8"))
    return found


def refused(folder: Path, text: str) -> SpecError:
    write(folder, text)
    with pytest.raises(SpecError) as problem:
        settings.load(folder)
    return problem.value


def test_without_a_file_everything_has_its_default(tmp_path: Path) -> None:
    assert settings.load(tmp_path) == Settings()
    assert settings.load(tmp_path / "not made yet") == Settings()


def test_what_was_saved_is_loaded(tmp_path: Path) -> None:
    chosen = replace(Settings(), theme="dark", host_name="Ünal Ç", idle_minutes=0, reduced_motion=True)
    settings.save(tmp_path, chosen)
    assert settings.load(tmp_path) == chosen
    assert "Ünal" in (tmp_path / "settings.json").read_text("utf-8")


def test_keys_nobody_knows_are_kept_and_missing_ones_have_their_default(tmp_path: Path) -> None:
    write(tmp_path, '{"theme": "dark", "from_a_newer_version": {"a": [1]}}')
    assert settings.load(tmp_path) == replace(Settings(), theme="dark")
    settings.save(tmp_path, replace(settings.load(tmp_path), units="in"))
    assert kept(tmp_path)["from_a_newer_version"] == {"a": [1]}
    assert settings.load(tmp_path) == replace(Settings(), theme="dark", units="in")


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '"dark"', "[" * 100_000, "\ufeff{}"])
def test_a_file_that_is_no_object_is_named_and_not_replaced(tmp_path: Path, text: str) -> None:
    assert refused(tmp_path, text).path == "settings.json"
    with pytest.raises(SpecError):
        settings.save(tmp_path, Settings())
    assert (tmp_path / "settings.json").read_text("utf-8") == text


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_bytes(b'{"host_name": "\xff"}')
    with pytest.raises(SpecError):
        settings.load(tmp_path)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("theme", "purple"),
        ("theme", None),
        ("theme", 5),
        ("reduced_motion", 1),
        ("reduced_motion", "yes"),
        ("idle_minutes", True),
        ("idle_minutes", 2.5),
        ("idle_minutes", -1),
        ("idle_minutes", 121),
        ("expires_after_days", 10**9),
        ("host_name", ["a"]),
        ("date_format", "%x"),
    ],
)
def test_a_value_of_the_wrong_type_or_out_of_range_is_named(tmp_path: Path, key: str, value: object) -> None:
    assert refused(tmp_path, json.dumps({key: value})).path == f"settings.json: {key}"


def test_every_setting_is_declared_with_words_and_a_default_it_would_accept(tmp_path: Path) -> None:
    declared = list(declarations())
    assert [one.key for one in declared] == [one.name for one in fields(Settings)]
    for one in declared:
        assert one.section
        assert one.title
        assert one.help or one.control == "hidden"
        assert bool(one.choices) == (one.control == "choice")
        assert one.control != "number" or one.least <= one.default <= one.most
        assert not one.choices or one.default in dict(one.choices)
    settings.save(tmp_path, Settings())
    assert settings.load(tmp_path) == Settings()


@pytest.mark.parametrize("one", [one for one in declarations() if one.choices], ids=lambda one: one.key)
def test_every_choice_that_is_offered_is_taken(tmp_path: Path, one: settings.Declaration) -> None:
    for value, words in one.choices:
        assert words
        write(tmp_path, json.dumps({one.key: value}))
        assert getattr(settings.load(tmp_path), one.key) == value


def test_the_file_is_its_owners_alone(tmp_path: Path) -> None:
    settings.save(tmp_path, Settings())
    assert stat.S_IMODE((tmp_path / "settings.json").stat().st_mode) == 0o600


def test_fault_38_a_full_disk_leaves_the_old_settings_and_no_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.save(tmp_path, replace(Settings(), theme="dark"))

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(LibraryUnwritable) as problem:
        settings.save(tmp_path, replace(Settings(), theme="light"))
    assert problem.value.reason == "No space left on device"
    assert settings.load(tmp_path).theme == "dark"
    assert [path.name for path in tmp_path.iterdir()] == ["settings.json"]


def test_fault_35_the_new_file_is_on_the_disk_before_it_takes_the_old_ones_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.save(tmp_path, replace(Settings(), theme="dark"))
    seen: list[str] = []

    def killed(descriptor: int) -> None:
        seen.append(json.loads(Path(f"/proc/self/fd/{descriptor}").read_text("utf-8"))["theme"])
        seen.append(str(kept(tmp_path)["theme"]))

    monkeypatch.setattr(os, "fsync", killed)
    settings.save(tmp_path, replace(Settings(), theme="light"))
    assert seen == ["light", "dark"]
    assert kept(tmp_path)["theme"] == "light"


def test_a_folder_that_is_not_there_cannot_be_written_to(tmp_path: Path) -> None:
    with pytest.raises(LibraryUnwritable):
        settings.save(tmp_path / "gone", Settings())


def test_what_a_killed_program_left_behind_is_in_nobodys_way(tmp_path: Path) -> None:
    (tmp_path / "settings.json.new").write_text("half a fi", "utf-8")
    settings.save(tmp_path, replace(Settings(), theme="dark"))
    assert settings.load(tmp_path).theme == "dark"
    assert not (tmp_path / "settings.json.new").exists()
