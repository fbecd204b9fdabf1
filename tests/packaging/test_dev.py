"""The commands: what they start, with which words, and how they end."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.packaging.conftest import Scripts


@pytest.fixture
def started(scripts: Scripts, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The commands that would have been started; everything is taken for installed, and there is no screen."""
    commands: list[list[str]] = []

    def start(command: list[str], **_: object) -> int:
        commands.append([Path(command[0]).name, *command[1:]])
        return 0

    monkeypatch.setattr(scripts.dev, "prepare", lambda *_: None)
    monkeypatch.setattr(scripts.dev, "become", start)
    monkeypatch.setattr(scripts.dev.subprocess, "call", start)
    monkeypatch.setattr(scripts.screen.shutil, "which", lambda _: None)
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    return commands


def test_without_a_screen_the_program_shows_its_demo(scripts: Scripts, started: list[list[str]]) -> None:
    assert scripts.dev.main(["run"]) == 0
    assert started == [["paraph", "demo"]]


def test_with_a_screen_the_program_opens_its_window(
    scripts: Scripts, started: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", ":7")
    assert scripts.dev.main(["run"]) == 0
    assert started == [["paraph"]]


@pytest.mark.parametrize("words", [["--version"], ["demo", "--out", "D"], ["--help"], ["--", "x"]])
def test_further_words_are_the_programs(scripts: Scripts, started: list[list[str]], words: list[str]) -> None:
    assert scripts.dev.main(["run", *words]) == 0
    assert started == [["paraph", *words]]


def test_the_slow_tests_run_when_asked_for(scripts: Scripts, started: list[list[str]]) -> None:
    scripts.dev.main(["test", "-k", "seal"])
    scripts.dev.main(["test", "--all"])
    usual, everything = started
    assert usual[3:5] == ["-m", "not display and not slow"]
    assert usual[-2:] == ["-k", "seal"]
    assert everything[3:5] == ["-m", "not display"]
    assert "--all" not in everything


@pytest.mark.parametrize(
    ("codes", "ends"), [((0, 0), 0), ((0, 5), 0), ((5, 0), 0), ((5, 5), 5), ((0, 1), 1), ((2, 0), 2)]
)
def test_tests_fail_when_either_layer_fails(
    scripts: Scripts, started: list[list[str]], monkeypatch: pytest.MonkeyPatch, codes: tuple[int, int], ends: int
) -> None:
    answers = iter(codes)
    monkeypatch.setattr(scripts.dev, "pytest", lambda *_: next(answers))
    monkeypatch.setattr(scripts.dev, "own_screen", _some_screen)
    assert scripts.dev.main(["test"]) == ends


def test_a_check_nobody_knows_is_refused(
    scripts: Scripts, started: list[list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert scripts.dev.main(["check", "lynt"]) == 1
    assert "not lynt" in capsys.readouterr().err
    assert not started


def test_a_check_that_fails_does_not_stop_the_others(
    scripts: Scripts, started: list[list[str]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ends = iter((1, 0, 1))
    monkeypatch.setattr(scripts.dev.subprocess, "call", lambda *_, **__: next(ends))
    assert scripts.dev.main(["check"]) == 1
    assert "not clean: lint, contracts" in capsys.readouterr().err


def test_an_old_python_is_told_which_one_is_needed(
    scripts: Scripts, started: list[list[str]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(scripts.dev, "OLDEST", (99, 0))
    assert scripts.dev.main(["run"]) == 1
    assert "Python 3.11 or newer is needed" in capsys.readouterr().err
    assert not started


def test_without_the_libraries_of_qt_there_is_no_going_on(
    scripts: Scripts, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(scripts.machine, "provide", lambda _: "sudo apt-get install libgl1")
    monkeypatch.setattr(scripts.libraries, "provide", lambda _: None)
    monkeypatch.setattr(scripts.libraries, "qt_loads", lambda: False)
    assert scripts.dev.main(["run"]) == 1
    assert "Qt cannot be loaded" in capsys.readouterr().err


def test_missing_packages_are_no_hindrance_where_qt_loads_without_them(
    scripts: Scripts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scripts.machine, "provide", lambda _: "sudo apt-get install libgl1")
    monkeypatch.setattr(scripts.libraries, "provide", lambda _: None)
    monkeypatch.setattr(scripts.libraries, "qt_loads", lambda: True)
    monkeypatch.setattr(scripts.dev, "become", lambda _: 42)
    assert scripts.dev.main(["run", "--version"]) == 42


def test_the_screen_of_our_own_has_a_window_manager_and_goes_away(scripts: Scripts) -> None:
    if not all(shutil.which(program) for program in ("Xvfb", "openbox", "xdotool")):
        pytest.skip("needs Xvfb, openbox and xdotool")
    question = ["xdotool", "get_num_desktops"]
    with scripts.screen.own_screen() as environment:
        assert environment["QT_QPA_PLATFORM"] == "xcb"
        assert subprocess.run(question, env=environment, capture_output=True, check=True).stdout.strip()
    assert subprocess.run(question, env=environment, capture_output=True, check=False).returncode


@contextmanager
def _some_screen() -> Iterator[dict[str, str]]:
    yield {}
